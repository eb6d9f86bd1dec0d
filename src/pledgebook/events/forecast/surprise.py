"""How surprising a month was: the probability of so many events or more under a baseline that has seen the months before it only."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pledgebook.events.forecast.distributions import Counts, Forecast, Numbers
from pledgebook.events.forecast.rolling import Step


@dataclass(frozen=True)
class Surprise:
    """By area: the count, what was expected, P(X >= count), and mid-p = P(X > count) + P(X = count) / 2. Small is surprising.

    P(X >= count) <= p happens with a probability of at most p if the baseline is right, so a threshold is a rate of false alarms. The mid-p
    has mean 1/2 and is the better figure to average or to draw.
    """

    month: int
    count: Counts
    expected: Numbers
    at_least: Numbers
    mid_p: Numbers


def surprise(step: Step) -> Surprise:
    """The surprise of one month in each area."""
    at_least = step.forecast.at_least(step.came)
    return Surprise(step.month, step.came, step.forecast.mean(), at_least, at_least - step.forecast.at(step.came) / 2)


@dataclass(frozen=True)
class Alarms:
    """At one threshold: cells whose P(X >= count) is at most the threshold, and how many false ones to expect if every baseline is right.

    `expected` is exact for whole counts, which often cannot reach the threshold; `bound` = threshold x cells is what it never exceeds.
    `familywise` is a bound on the probability of any false alarm at all (Markov: no more than the expected number).
    """

    threshold: float
    cells: int
    fired: int
    expected: float
    bound: float
    familywise: float


def alarms(steps: Sequence[Step], threshold: float) -> Alarms:
    """Alarms over all months and areas of `steps`."""
    cells = sum(len(step.came) for step in steps)
    fired = sum(int((step.forecast.at_least(step.came) <= threshold).sum()) for step in steps)
    expected = float(sum(chance_of_alarm(step.forecast, threshold).sum() for step in steps))
    return Alarms(threshold, cells, fired, expected, threshold * cells, min(1.0, expected))


def chance_of_alarm(forecast: Forecast, threshold: float) -> Numbers:
    """The probability, by area, that a count drawn from the forecast itself sets off an alarm; at most `threshold`."""
    return forecast.at_least(least_alarming(forecast, threshold))


def least_alarming(forecast: Forecast, threshold: float) -> Counts:
    """The least count, by area, whose P(X >= count) is at most `threshold`: one more than the quantile at 1 - threshold."""
    return forecast.quantile(1 - threshold) + 1


def threshold_for(false_alarms: float, cells: int) -> float:
    """The threshold at which no more than this many false alarms are to be expected among so many cells (Bonferroni's bound)."""
    return float(np.clip(false_alarms / cells, 0.0, 1.0))
