"""Negative binomial regression by penalised maximum likelihood, with its gradient: mean, size and share of extra zeros each by its own columns.

The likelihood is smooth and the penalty keeps every weight near its prior where the data say little, so few months suffice and the same counts
end at the same weights.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import minimize
from scipy.special import digamma, expit

from pledgebook.events.forecast.distributions import Numbers, log_pmf

Link = Literal["identity", "log"]


@dataclass(frozen=True)
class Prior:
    """Where the weights of one part begin, and how firmly they are held there (the inverse of a variance)."""

    start: Numbers
    firmness: Numbers


@dataclass(frozen=True)
class Regression:
    """What is fitted. `link` "identity": mean = columns x exp(weights), "log": mean = exp(columns x weights); size = exp(columns x weights).

    `zeros` (or None): log odds of an extra zero = columns x weights, with the columns of the size.
    """

    link: Link
    mean: Prior
    size: Prior
    zeros: Prior | None = None

    def fit(self, means: Numbers, sizes: Numbers, counts: Numbers) -> Numbers:
        """The likeliest weights: those of the mean, the size, the zeros, one after the other. Rows are cases, `means` and `sizes` their columns."""
        parts = [part for part in (self.mean, self.size, self.zeros) if part is not None]
        start = np.concatenate([part.start for part in parts])
        firmness = np.concatenate([part.firmness for part in parts])

        def loss(weights: Numbers) -> tuple[float, Numbers]:
            value, slope = self._likelihood(weights, means, sizes, counts)
            off = weights - start
            return float((firmness * off * off).sum() / 2 - value), firmness * off - slope

        found: Numbers = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
        return found

    def predict(self, weights: Numbers, means: Numbers, sizes: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Mean and size of the counts before extra zeros, and the share of extra zeros, for each row."""
        mean_weights, size_weights, zero_weights = self._split(weights)
        mean, _ = self._mean(mean_weights, means)
        share = expit(sizes @ zero_weights) if self.zeros is not None else np.zeros(len(mean))
        return mean, _size(size_weights, sizes), share

    def _split(self, weights: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        first, second = len(self.mean.start), len(self.mean.start) + len(self.size.start)
        return weights[:first], weights[first:second], weights[second:]

    def _mean(self, weights: Numbers, columns: Numbers) -> tuple[Numbers, Numbers]:
        """The mean of each row, and its slope along each weight."""
        if self.link == "identity":
            parts = columns * np.exp(np.clip(weights, -30, 30))
            return np.maximum(parts.sum(axis=1), 1e-9), parts
        mean = np.exp(np.clip(columns @ weights, -12, 12))
        return mean, columns * mean[:, None]

    def _likelihood(self, weights: Numbers, means: Numbers, sizes: Numbers, counts: Numbers) -> tuple[float, Numbers]:
        """The log likelihood and its slope along each weight."""
        mean_weights, size_weights, zero_weights = self._split(weights)
        mean, along = self._mean(mean_weights, means)
        size = _size(size_weights, sizes)
        logs = log_pmf(counts, mean, size)
        share, value, slope = np.ones(len(counts)), logs, np.zeros(0)
        if self.zeros is not None:
            value, share, odds = _with_zeros(logs, counts, sizes @ zero_weights)
            slope = odds @ sizes
        by_mean = share * (counts / mean - (counts + size) / (size + mean))
        by_size = digamma(counts + size) - digamma(size) + np.log(size / (size + mean)) + 1 - (counts + size) / (size + mean)
        return float(value.sum()), np.concatenate([by_mean @ along, (share * size * by_size) @ sizes, slope])


def _size(weights: Numbers, columns: Numbers) -> Numbers:
    size: Numbers = np.exp(np.clip(columns @ weights, -6, 12))
    return size


def _with_zeros(logs: Numbers, counts: Numbers, odds: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Log likelihood with extra zeros; how much of each case is no extra zero; the slope along the log odds."""
    extra, p = expit(odds), np.exp(logs)
    none = counts == 0
    total = np.where(none, extra, 0.0) + (1 - extra) * p
    value = np.where(none, np.log(np.maximum(total, 1e-300)), np.log1p(-np.minimum(extra, 1 - 1e-12)) + logs)
    ours = np.where(none, (1 - extra) * p / np.maximum(total, 1e-300), 1.0)
    slope = np.where(none, extra * (1 - extra) * (1 - p) / np.maximum(total, 1e-300), -extra)
    return value, ours, slope
