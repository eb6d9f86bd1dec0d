"""Models that learn from all areas together how the next month follows from the level of the months before it.

The level of a series is its exponentially discounted mean. How far the next month strays from it, and how much of it passes on to other areas, is
learned on every month that has already passed: for a horizon of 3 months on levels and the counts 3 months later. Nothing later is seen.
"""

from dataclasses import dataclass, field

import numpy as np

from pledgebook.events.forecast.distributions import Counts, Forecast, Numbers, mixture, negative_binomial
from pledgebook.events.forecast.regression import Link, Prior, Regression
from pledgebook.events.forecast.simple import Model, NegativeBinomial

#: A third of an event a month: below it the logarithm of a level says nothing.
FLOOR = 0.3
#: With fewer past pairs of level and outcome than this many months, areas are taken one by one.
ENOUGH = 3


def levels(history: Counts, discount: float) -> Numbers:
    """The discounted mean up to and with each month, areas x months. `discount` is the weight of the last month, above 0, at most 1."""
    found = np.zeros(history.shape)
    total, weight = np.zeros(len(history)), 0.0
    for month in range(history.shape[1]):
        total = (1 - discount) * total + history[:, month]
        weight = (1 - discount) * weight + 1
        found[:, month] = total / weight
    return found


@dataclass(frozen=True)
class Level:
    """Negative binomial around the level. Its size grows with the level; it may have extra zeros, and look at neighbours and the whole country.

    `neighbours`: areas x areas, each row adding up to 1, or all 0 for an area without any; None leaves them out.
    """

    discount: float
    link: Link = "identity"
    country: bool = False
    inflated: bool = False
    neighbours: Numbers | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """With what it looks at."""
        more = [word for word, used in self._extras() if used]
        return ", ".join([f"level {self.discount:g}", self.link, *more])

    def _extras(self) -> list[tuple[str, bool]]:
        return [("neighbours", self.neighbours is not None), ("country", self.country), ("extra zeros", self.inflated)]

    def __call__(self, history: Counts, horizon: int = 1) -> Forecast:
        """Fitted on all areas and all pairs of months that have passed."""
        if history.shape[1] < horizon + ENOUGH:
            return NegativeBinomial()(history, horizon)
        means, sizes = self._columns(history)
        known = history.shape[1] - horizon
        regression = self._regression(means.shape[-1])
        weights = regression.fit(_rows(means[:, :known]), _rows(sizes[:, :known]), history[:, horizon:].reshape(-1).astype(float))
        mean, size, zeros = regression.predict(weights, means[:, -1], sizes[:, -1])
        return _inflated(negative_binomial(mean, size), zeros)

    def _columns(self, history: Counts) -> tuple[Numbers, Numbers]:
        """What mean and size depend on: areas x months x columns each."""
        own = levels(history, self.discount)
        looked = [own]
        if self.neighbours is not None:
            looked.append(self.neighbours @ own)
        if self.country:
            looked.append(np.broadcast_to(own.mean(axis=0), own.shape))
        if self.link == "log":
            looked = [np.log(each + FLOOR) for each in looked]
        one = np.ones(own.shape)
        return np.stack([*looked, one], axis=-1), np.stack([one, np.log(own + FLOOR)], axis=-1)

    def _regression(self, columns: int) -> Regression:
        """Priors: nine tenths of the level stay, others' levels count little, variance is well above the mean, extra zeros are few."""
        others = columns - 2
        if self.link == "identity":
            mean = Prior(np.array([np.log(0.9), *[-3.0] * others, -2.0]), np.full(columns, 0.5))
        else:
            mean = Prior(np.array([0.9, *[0.0] * others, 0.0]), np.full(columns, 4.0))
        zeros = Prior(np.array([-3.0, -1.0]), np.array([0.5, 4.0])) if self.inflated else None
        return Regression(self.link, mean, Prior(np.array([0.5, 0.3]), np.array([0.5, 4.0])), zeros)


def _rows(columns: Numbers) -> Numbers:
    return columns.reshape(-1, columns.shape[-1])


def _inflated(forecast: Forecast, zeros: Numbers) -> Forecast:
    pmf = forecast.pmf * (1 - zeros)[:, None]
    pmf[:, 0] += zeros
    return Forecast(pmf)


@dataclass(frozen=True)
class Pool:
    """Several models' forecasts mixed in equal parts (a linear pool): their disagreement becomes spread."""

    name: str
    parts: tuple[Model, ...]

    def __call__(self, history: Counts, horizon: int = 1) -> Forecast:
        """The mixture of the parts' forecasts."""
        return mixture([part(history, horizon) for part in self.parts], np.full(len(self.parts), 1 / len(self.parts)))
