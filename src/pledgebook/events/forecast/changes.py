"""When a series of counts changed its level: dates by optimal partitioning of a negative binomial likelihood, with how sure each date is.

Each segment has a mean of its own, all share one size. The segments with the least cost are found exactly, as PELT finds them (Killick, Fearnhead
and Eckley, JASA 2012; without its pruning, which months do not need): cost = -log likelihood + `penalty` for each change.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, xlogy

from pledgebook.events.forecast.distributions import Counts, Numbers

#: Sizes that are tried; the likeliest is kept. Below 1 bursts are no changes, above 30 nearly Poisson.
SIZES = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
#: A segment has at least this many months.
SHORTEST = 3
#: A date is as likely as the best one if it costs no more than this much more, in nats: half the 95 % point of chi-squared with one degree.
CLOSE = 1.92


@dataclass(frozen=True)
class Change:
    """A change that begins with the month of index `at`, and is no earlier than `earliest`, no later than `latest` (about 95 %).

    `before` and `after` are the means of the segments on both sides, `gain` the log likelihood that the change adds, in nats.
    """

    at: int
    earliest: int
    latest: int
    before: float
    after: float
    gain: float


def changes(counts: Counts, penalty: float | None = None) -> tuple[Change, ...]:
    """The changes in one series (months), in order. `penalty` in nats for each; by default 2 log n, which keeps false ones rare."""
    if len(counts) < 2 * SHORTEST:
        return ()
    price = 2 * np.log(len(counts)) if penalty is None else penalty
    found = [_partition(_Costs(counts, size), price) for size in SIZES]
    best = min(range(len(SIZES)), key=lambda at: found[at][0])
    return _described(_Costs(counts, SIZES[best]), found[best][1])


class _Costs:
    """Minus the log likelihood of any segment, at its own mean and one size, from running sums."""

    def __init__(self, counts: Counts, size: float) -> None:
        self.counts, self.size = counts, size
        fixed = gammaln(counts + size) - gammaln(size) - gammaln(counts + 1)
        self._sums = np.concatenate([[0], np.cumsum(counts)]).astype(float)
        self._fixed = np.concatenate([[0.0], np.cumsum(fixed)])

    def of(self, starts: NDArray[np.int64], stop: int) -> Numbers:
        """The costs of the segments from each start up to, not with, the stop."""
        months, total = stop - starts, self._sums[stop] - self._sums[starts]
        mean = total / months
        share = mean / (self.size + mean)
        likely = self._fixed[stop] - self._fixed[starts] + xlogy(total, share) - months * self.size * np.log1p(mean / self.size)
        return -np.asarray(likely, dtype=float)

    def one(self, start: int, stop: int) -> float:
        """The cost of one segment."""
        return float(self.of(np.array([start]), stop)[0])

    def mean(self, start: int, stop: int) -> float:
        """The mean of one segment."""
        return float(self._sums[stop] - self._sums[start]) / (stop - start)


def _partition(costs: _Costs, price: float) -> tuple[float, list[int]]:
    """The least cost of all partitions, and the starts of its segments after the first."""
    months = len(costs.counts)
    least = np.full(months + 1, np.inf)
    least[0], came_from = -price, np.zeros(months + 1, dtype=int)
    for stop in range(SHORTEST, months + 1):
        starts = np.arange(0, stop - SHORTEST + 1)
        total = least[starts] + costs.of(starts, stop) + price
        came_from[stop] = starts[int(np.argmin(total))]
        least[stop] = total.min()
    starts_found, at = [], int(came_from[months])
    while at > 0:
        starts_found.append(at)
        at = int(came_from[at])
    return float(least[months]), starts_found[::-1]


def _described(costs: _Costs, starts: list[int]) -> tuple[Change, ...]:
    edges = [0, *starts, len(costs.counts)]
    return tuple(_change(costs, *edges[at - 1 : at + 2]) for at in range(1, len(edges) - 1))


def _change(costs: _Costs, start: int, at: int, stop: int) -> Change:
    """A change with the dates that would do nearly as well between the changes on both sides of it."""
    dates = range(start + 1, stop)
    split = np.array([costs.one(start, date) + costs.one(date, stop) for date in dates])
    close = [date for date, cost in zip(dates, split, strict=True) if cost <= costs.one(start, at) + costs.one(at, stop) + CLOSE]
    gain = costs.one(start, stop) - costs.one(start, at) - costs.one(at, stop)
    return Change(at, min(close), max(close), costs.mean(start, at), costs.mean(at, stop), gain)
