"""Made-up counts for tests of forecasts."""

import numpy as np

from pledgebook.events.forecast.distributions import Counts


def walking(areas: int = 8, months: int = 40, *, sway: float = 0.3, seed: int = 5) -> Counts:
    """Counts whose levels wander: negative binomial of size 3 around a random walk of logarithms with steps of `sway`, areas x months."""
    chance = np.random.default_rng(seed)
    start = chance.normal(1.5, 1.5, size=(areas, 1))
    mean = np.exp(np.clip(start + np.cumsum(chance.normal(0, sway, size=(areas, months)), axis=1), -3, 5))
    return chance.negative_binomial(3, 3 / (3 + mean)).astype(np.int64)


def constant(mean: float, size: float, areas: int, months: int, seed: int = 5) -> Counts:
    """Counts of one mean and size everywhere."""
    return np.random.default_rng(seed).negative_binomial(size, size / (size + mean), (areas, months)).astype(np.int64)
