"""Baselines that look at one area alone and learn nothing: zero, the last value, a window of months, Poisson, negative binomial.

A model is a value that is called with the counts up to a month and tells of the month `horizon` months later. Windows take what there is
when the counts are shorter.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from pledgebook.events.forecast.distributions import POISSON, Counts, Forecast, Numbers, negative_binomial, point, weighted


class Model(Protocol):
    """What makes a forecast: `history` is areas x months with at least one month, `horizon` at least 1."""

    @property
    def name(self) -> str:
        """How tables call it, its settings included."""
        ...

    def __call__(self, history: Counts, horizon: int = 1) -> Forecast:
        """The forecast for the month `horizon` months after the last one of `history`."""
        ...


@dataclass(frozen=True)
class Zero:
    """Nothing will happen."""

    name: str = "zero"

    def __call__(self, history: Counts, horizon: int = 1) -> Forecast:  # noqa: ARG002 - the same for every horizon
        """Probability 1 on nought."""
        return point(np.zeros_like(history[:, -1]))


@dataclass(frozen=True)
class LastValue:
    """It will be as it is."""

    name: str = "last value"

    def __call__(self, history: Counts, horizon: int = 1) -> Forecast:  # noqa: ARG002 - the same for every horizon
        """Probability 1 on the last month's count."""
        return point(history[:, -1])


@dataclass(frozen=True)
class Empirical:
    """One of the last `window` months will come again, each as likely; ViEWS calls this the conflictology benchmark."""

    window: int = 12

    @property
    def name(self) -> str:
        """With the window."""
        return f"empirical, {self.window} months"

    def __call__(self, history: Counts, horizon: int = 1) -> Forecast:  # noqa: ARG002 - the same for every horizon
        """The counts of the window, each with the same probability."""
        return weighted(history[:, -self.window :], np.ones(min(self.window, history.shape[1])))


@dataclass(frozen=True)
class Poisson:
    """Poisson with the mean of the last `window` months."""

    window: int = 12

    @property
    def name(self) -> str:
        """With the window."""
        return f"Poisson, {self.window} months"

    def __call__(self, history: Counts, horizon: int = 1) -> Forecast:  # noqa: ARG002 - the same for every horizon
        """The variance is the mean: the one thing that counts of events never have."""
        return negative_binomial(history[:, -self.window :].mean(axis=1), np.full(len(history), POISSON))


@dataclass(frozen=True)
class NegativeBinomial:
    """Negative binomial with mean and variance (by `window` - 1) of the last `window` months of each area alone."""

    window: int = 12

    @property
    def name(self) -> str:
        """With the window."""
        return f"negative binomial, {self.window} months"

    def __call__(self, history: Counts, horizon: int = 1) -> Forecast:  # noqa: ARG002 - the same for every horizon
        """By the method of moments; Poisson where the variance is no more than the mean or one month is all there is."""
        months = history[:, -self.window :]
        mean = months.mean(axis=1)
        variance = months.var(axis=1, ddof=1) if months.shape[1] > 1 else mean
        return negative_binomial(mean, size_for(mean, variance))


def size_for(mean: Numbers, variance: Numbers) -> Numbers:
    """The size with which a negative binomial of this mean has this variance: mean^2 / (variance - mean), at most Poisson's."""
    excess = np.maximum(variance - mean, 1e-12)
    return np.clip(mean * mean / excess, 1e-6, POISSON)
