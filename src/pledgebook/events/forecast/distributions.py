"""A forecast of counts: for each area the probability of each count, exactly; and the ways to make one."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln, xlog1py, xlogy
from scipy.stats import nbinom

Counts = NDArray[np.int64]
Numbers = NDArray[np.float64]

#: What a distribution may leave out above its greatest count; it is put on that count.
TAIL = 1e-7
#: No table of probabilities is longer than this; a forecast whose tail reaches further is cut there, its rest on the last count.
LONGEST = 1 << 15
#: A size above this is a Poisson distribution to six decimal places.
POISSON = 1e7


@dataclass(frozen=True)
class Forecast:
    """Probabilities of 0, 1, 2, ... in each area: `pmf` has the shape areas x counts, its rows add up to 1."""

    pmf: Numbers

    @cached_property
    def cdf(self) -> Numbers:
        """P(X <= count), areas x counts; its last column is 1."""
        summed = np.minimum(np.cumsum(self.pmf, axis=1), 1.0)
        summed[:, -1] = 1.0
        return summed

    def quantile(self, probability: float) -> Counts:
        """The least count whose P(X <= count) is at least `probability`, for each area."""
        # A probability that falls short by rounding alone is reached.
        found: Counts = np.argmax(self.cdf >= probability - 1e-12, axis=1).astype(np.int64)
        return found

    def mean(self) -> Numbers:
        """The expected count of each area."""
        expected: Numbers = self.pmf @ np.arange(self.pmf.shape[1])
        return expected

    def at(self, counts: ArrayLike) -> Numbers:
        """P(X = count), one count for each area; 0 above the table."""
        return _pick(self.pmf, counts, beyond=0.0)

    def at_most(self, counts: ArrayLike) -> Numbers:
        """P(X <= count), one count for each area; 0 below nought."""
        return _pick(self.cdf, counts, beyond=1.0)

    def at_least(self, counts: ArrayLike) -> Numbers:
        """P(X >= count), one count for each area."""
        return np.maximum(1.0 - self.at_most(np.asarray(counts) - 1), 0.0)


def _pick(table: Numbers, counts: ArrayLike, *, beyond: float) -> Numbers:
    """The entry of each row at its count: 0 before the first column, `beyond` after the last."""
    at = np.asarray(counts, dtype=np.int64)
    found = table[np.arange(len(table)), np.clip(at, 0, table.shape[1] - 1)]
    picked: Numbers = np.where(at < 0, 0.0, np.where(at >= table.shape[1], beyond, found))
    return picked


def weighted(values: Counts, weights: Numbers) -> Forecast:
    """Past counts as they were, each with its weight; both areas x values, or weights of one row for all areas."""
    shares = np.broadcast_to(weights / weights.sum(axis=-1, keepdims=True), values.shape)
    pmf = np.zeros((len(values), int(values.max(initial=0)) + 1))
    np.add.at(pmf, (np.arange(len(values))[:, None], values), shares)
    return Forecast(pmf)


def point(values: Counts) -> Forecast:
    """All probability on one count for each area."""
    return weighted(values[:, None], np.ones(1))


def negative_binomial(mean: Numbers, size: Numbers) -> Forecast:
    """Negative binomial with this mean and size in each area; its variance is mean + mean^2 / size, an infinite size means Poisson."""
    means = np.maximum(np.asarray(mean, dtype=float), 1e-9)
    sizes = np.clip(np.broadcast_to(size, means.shape), 1e-6, POISSON)
    reach = nbinom.isf(TAIL, sizes, sizes / (sizes + means))
    length = int(min(np.max(reach, initial=0) + 2, LONGEST))
    return Forecast(_folded(np.exp(log_pmf(np.arange(length), means[:, None], sizes[:, None]))))


def log_pmf(counts: ArrayLike, mean: ArrayLike, size: ArrayLike) -> Numbers:
    """The log of the negative binomial's probability; the three broadcast. Counts from 0, mean and size above 0."""
    x, m, r = (np.asarray(each, dtype=float) for each in (counts, mean, size))
    found: Numbers = gammaln(x + r) - gammaln(r) - gammaln(x + 1) + xlogy(x, m / (r + m)) - xlog1py(r, m / r)
    return found


def _folded(pmf: Numbers) -> Numbers:
    """Rows that add up to 1: what is missing lies on the greatest count."""
    pmf = pmf.copy()
    pmf[:, -1] = np.maximum(1.0 - pmf[:, :-1].sum(axis=1), 0.0)
    folded: Numbers = pmf / pmf.sum(axis=1, keepdims=True)
    return folded


def mixture(parts: list[Forecast], weights: Numbers) -> Forecast:
    """Forecasts together; `weights` is parts, or parts x areas, and adds up to 1 over the parts."""
    length = max(part.pmf.shape[1] for part in parts)
    shares = np.broadcast_to(weights.reshape(len(parts), -1), (len(parts), len(parts[0].pmf)))
    pmf = np.zeros((len(parts[0].pmf), length))
    for part, share in zip(parts, shares, strict=True):
        pmf[:, : part.pmf.shape[1]] += share[:, None] * part.pmf
    return Forecast(pmf)
