"""Negative binomial with shared information: areas lend each other what a dozen months of one area cannot tell (empirical Bayes)."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize, minimize_scalar

from pledgebook.events.forecast.distributions import Counts, Forecast, Numbers, log_pmf, negative_binomial
from pledgebook.events.forecast.simple import size_for

#: A mean of nought is no knowledge that nothing can happen: half an event, spread over the window.
HALF = 0.5


@dataclass(frozen=True)
class Pooled:
    """One size for all areas by maximum likelihood; each area's mean drawn to what areas are like, the more the less sure it is.

    Means come from a gamma distribution whose mean and shape are the likeliest for the totals of all areas (Robbins 1956 for counts); months
    count for less where they are overdispersed. The forecast's variance has the doubt about the mean added.
    """

    window: int = 12

    @property
    def name(self) -> str:
        """With the window."""
        return f"negative binomial, pooled, {self.window} months"

    def __call__(self, history: Counts, horizon: int = 1) -> Forecast:  # noqa: ARG002 - the same for every horizon
        """Shrunk means and a shared size, both from the last `window` months."""
        months = history[:, -self.window :]
        length = months.shape[1]
        plain = np.maximum(months.mean(axis=1), HALF / length)
        size = shared_size(months, plain)
        worth = 1 / (1 + plain / size)
        centre, shape = prior_of(months.sum(axis=1), length)
        counted, seen = shape + worth * months.sum(axis=1), shape / centre + worth * length
        mean, doubt = counted / seen, counted / seen**2
        return negative_binomial(mean, size_for(mean, mean + mean**2 / size + doubt * (1 + 1 / size)))


def shared_size(months: Counts, means: Numbers) -> float:
    """The size that makes counts (areas x months) with these means likeliest, between e^-4 and e^8."""

    def loss(log_size: float) -> float:
        return -float(log_pmf(months, means[:, None], np.exp(log_size)).sum())

    return float(np.exp(minimize_scalar(loss, bounds=(-4.0, 8.0), method="bounded").x))


def prior_of(totals: Counts, months: int) -> tuple[float, float]:
    """Mean and shape of the gamma distribution of areas' means, the likeliest for their totals over as many months.

    The shape is held between e^-3 and e^4, near 1 where there are few areas; the mean at half an event over all areas at least.
    """
    centre = max(float(totals.mean()), HALF / len(totals)) / months

    def loss(logs: Numbers) -> float:
        return (
            -float(log_pmf(totals, months * np.exp(logs[0]), np.exp(logs[1])).sum())
            + float((logs[0] - np.log(centre)) ** 2 + logs[1] ** 2) / 8
        )

    found = minimize(loss, np.array([np.log(centre), 0.0]), method="L-BFGS-B", bounds=[(-12, 12), (-3, 4)]).x
    return float(np.exp(found[0])), float(np.exp(found[1]))
