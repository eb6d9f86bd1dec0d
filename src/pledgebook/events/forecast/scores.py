"""How good a forecast was, once the month is known: the scores of the ViEWS prediction challenge, exact instead of from draws. Less is better.

Source: the 2023/24 challenge's evaluation (prio-data/prediction_competition_2023: CRPS, ignorance over bins, interval score at 90 %); Gneiting and
Raftery, Strictly Proper Scoring Rules, Prediction, and Estimation (JASA 2007).
"""

from dataclasses import dataclass, fields

import numpy as np

from pledgebook.events.forecast.distributions import Counts, Forecast, Numbers

#: Where the challenge's bins of counts begin; the last has no end.
BINS = (0, 1, 3, 6, 11, 26, 51, 101, 251, 501, 1001)
#: The challenge scores this many draws, and adds one to each bin so that none has probability 0.
DRAWS = 1000
LEVEL = 0.9


@dataclass(frozen=True)
class Scores:
    """Means over areas and months. `crps`, `interval` and `median_error` in counts, `ignorance` in bits; `coverage` and `below`, `above` are shares."""

    crps: float
    ignorance: float
    coverage: float
    below: float
    above: float
    interval: float
    width: float
    median_error: float


def crps(forecast: Forecast, counts: Counts) -> Numbers:
    """Continuous ranked probability score by area, in counts: the sum over k of (P(X <= k) - [count <= k])^2."""
    ahead = np.arange(forecast.cdf.shape[1]) >= counts[:, None]
    beyond = np.maximum(counts - forecast.cdf.shape[1], 0)
    score: Numbers = ((forecast.cdf - ahead) ** 2).sum(axis=1) + beyond
    return score


def ignorance(forecast: Forecast, counts: Counts) -> Numbers:
    """Minus the log2 of the probability of the bin that came, by area, in bits; at most log2(1011) = 9.98, as in the challenge."""
    starts = np.asarray(BINS)
    edges = starts[starts < forecast.pmf.shape[1]]
    binned = np.zeros((len(counts), len(BINS)))
    binned[:, : len(edges)] = np.add.reduceat(forecast.pmf, edges, axis=1)
    came = np.searchsorted(starts, counts, side="right") - 1
    share = (DRAWS * binned[np.arange(len(counts)), came] + 1) / (DRAWS + len(BINS))
    score: Numbers = -np.log2(share)
    return score


def bounds(forecast: Forecast, level: float = LEVEL) -> tuple[Counts, Counts]:
    """The central interval: the quantiles at (1 - level) / 2 and (1 + level) / 2 by area. Both ends belong to it."""
    return forecast.quantile((1 - level) / 2), forecast.quantile((1 + level) / 2)


def interval_score(forecast: Forecast, counts: Counts, level: float = LEVEL) -> Numbers:
    """Width of the central interval, and 2 / (1 - level) for each count by which it is missed; by area."""
    low, high = bounds(forecast, level)
    missed = np.maximum(low - counts, 0) + np.maximum(counts - high, 0)
    score: Numbers = high - low + missed * (2 / (1 - level))
    return score


def score(forecasts: list[Forecast], counts: list[Counts]) -> Scores:
    """The means of all scores over forecasts, each with the counts that came."""
    return mean_of([_of(forecast, came) for forecast, came in zip(forecasts, counts, strict=True)])


def mean_of(parts: list[Scores]) -> Scores:
    """The plain mean of scores over as many areas each."""
    return Scores(*(float(np.mean([getattr(part, each.name) for part in parts])) for each in fields(Scores)))


def _of(forecast: Forecast, counts: Counts) -> Scores:
    low, high = bounds(forecast)
    return Scores(
        crps=float(crps(forecast, counts).mean()),
        ignorance=float(ignorance(forecast, counts).mean()),
        coverage=float(((low <= counts) & (counts <= high)).mean()),
        below=float((counts < low).mean()),
        above=float((counts > high).mean()),
        interval=float(interval_score(forecast, counts).mean()),
        width=float((high - low).mean()),
        median_error=float(np.abs(forecast.quantile(0.5) - counts).mean()),
    )
