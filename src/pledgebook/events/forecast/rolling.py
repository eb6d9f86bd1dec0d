"""Evaluation by rolling origin: each month is forecast from the months before it alone, then scored. Months are held back by time, never at random."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pledgebook.events.forecast.calibration import calibrated_bounds
from pledgebook.events.forecast.distributions import Counts, Forecast, Numbers
from pledgebook.events.forecast.scores import LEVEL, Scores, crps, score
from pledgebook.events.forecast.simple import Model

#: No forecast is made from fewer months.
SHORTEST = 6


@dataclass(frozen=True)
class Step:
    """One forecast and the counts that came: for the month with this index, made `horizon` months before it."""

    month: int
    forecast: Forecast
    came: Counts


@dataclass(frozen=True)
class Interval:
    """The calibrated 90 % interval: share of counts covered, mean width, mean interval score."""

    coverage: float
    width: float
    interval: float


@dataclass(frozen=True)
class Result:
    """How a model did over months: the scores of its forecasts as they are, and of the intervals calibrated on earlier months."""

    model: str
    horizon: int
    scores: Scores
    calibrated: Interval


def roll(model: Model, counts: Counts, horizon: int = 1) -> list[Step]:
    """A forecast for each month that has at least SHORTEST months before its origin; `counts` is areas x months."""
    months = range(SHORTEST + horizon - 1, counts.shape[1])
    return [Step(month, model(counts[:, : month - horizon + 1], horizon), counts[:, month]) for month in months]


def evaluate(name: str, steps: Sequence[Step], months: range, horizon: int = 1) -> Result:
    """The means over the steps whose month is in `months`; intervals are calibrated on steps known when each forecast was made."""
    chosen = [step for step in steps if step.month in months]
    if not chosen:
        raise ValueError(f"no month of {months} has a forecast")
    scores = score([step.forecast for step in chosen], [step.came for step in chosen])
    return Result(name, horizon, scores, _calibrated(steps, chosen, horizon))


def _calibrated(steps: Sequence[Step], chosen: Sequence[Step], horizon: int) -> Interval:
    found: list[tuple[float, float, float]] = []
    for step in chosen:
        past = [(each.forecast, each.came) for each in steps if each.month <= step.month - horizon]
        low, high = calibrated_bounds(step.forecast, past)
        missed = np.maximum(low - step.came, 0) + np.maximum(step.came - high, 0)
        width = high - low
        found.append((float((missed == 0).mean()), float(width.mean()), float((width + missed * 2 / (1 - LEVEL)).mean())))
    coverage, width_mean, interval = np.mean(found, axis=0)
    return Interval(float(coverage), float(width_mean), float(interval))


def monthly_crps(steps: Sequence[Step], months: range) -> Numbers:
    """The mean CRPS over areas of each month in `months`, in order."""
    return np.array([crps(step.forecast, step.came).mean() for step in steps if step.month in months])


def difference(better: Numbers, worse: Numbers, *, seed: int = 5, times: int = 4000, block: int = 3) -> tuple[float, float, float]:
    """The mean of `worse` - `better` and its 95 % interval by bootstrap over blocks of months in a row, which keeps what months share."""
    gaps = worse - better
    chance = np.random.default_rng(seed)
    starts = chance.integers(0, len(gaps), size=(times, -(-len(gaps) // block)))
    picked = (starts[:, :, None] + np.arange(block)) % len(gaps)
    means = gaps[picked.reshape(times, -1)[:, : len(gaps)]].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(gaps.mean()), float(low), float(high)
