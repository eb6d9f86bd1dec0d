"""Negative binomial with shared information: areas lend each other what a dozen months of one area cannot tell (empirical Bayes)."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar

from pledgebook.events.forecast.distributions import Counts, Forecast, Numbers, log_pmf, negative_binomial
from pledgebook.events.forecast.simple import size_for

#: A mean of nought is no knowledge that nothing can happen: half an event, spread over the window.
HALF = 0.5


@dataclass(frozen=True)
class Pooled:
    """One size for all areas by maximum likelihood; each area's mean drawn to the mean of all, the more the less sure it is.

    Areas differ by orders of magnitude, so means are shrunk as logarithms (normal-normal empirical Bayes, Efron and Morris 1975). The
    forecast's variance has the doubt about the mean added.
    """

    window: int = 12

    @property
    def name(self) -> str:
        """With the window."""
        return f"negative binomial, pooled, {self.window} months"

    def __call__(self, history: Counts, horizon: int = 1) -> Forecast:  # noqa: ARG002 - the same for every horizon
        """Shrunk means, shared size, both from the last `window` months."""
        months = history[:, -self.window :]
        means = np.maximum(months.mean(axis=1), HALF / months.shape[1])
        size = shared_size(months, means)
        doubt = (1 / means + 1 / size) / months.shape[1]
        shrunk, left = shrink(np.log(means), doubt)
        mean = np.exp(shrunk)
        variance = mean + mean * mean / size + mean * mean * np.expm1(left)
        return negative_binomial(mean, size_for(mean, variance))


def shared_size(months: Counts, means: Numbers) -> float:
    """The size that makes counts (areas x months) with these means likeliest, between e^-4 and e^8."""

    def loss(log_size: float) -> float:
        return -float(log_pmf(months, means[:, None], np.exp(log_size)).sum())

    return float(np.exp(minimize_scalar(loss, bounds=(-4.0, 8.0), method="bounded").x))


def shrink(values: Numbers, doubts: Numbers) -> tuple[Numbers, Numbers]:
    """Values drawn to their mean and the variance left in each; `doubts` are the variances of the values as measured."""
    spread = max(float(values.var(ddof=1)) - float(doubts.mean()), 1e-6) if len(values) > 1 else 1e6
    trust = spread / (spread + doubts)
    return trust * values + (1 - trust) * values.mean(), trust * doubts
