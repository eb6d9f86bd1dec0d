"""Intervals that hold what they promise: the level at which past forecasts would have covered the counts that came (split conformal prediction).

Counts are whole numbers, so a central 90 % interval holds more than 90 % by construction: 95 % is usual where counts are small. A conformal
level corrects for that and for a model's own error in one step, separately for quiet and for busy areas, as one level for both would take from
the busy what it gives to the quiet. Source: Vovk, Gammerman and Shafer, Algorithmic Learning in a Random World (2005), Mondrian prediction.
The guarantee needs months that are exchangeable; a war's months are not, so coverage is measured, not assumed.
"""

import numpy as np

from pledgebook.events.forecast.distributions import Counts, Forecast, Numbers
from pledgebook.events.forecast.scores import LEVEL, bounds

#: An area is busy where the forecast's median is at least this.
BUSY = 2
#: With fewer past forecasts of a kind the plain level stands.
ENOUGH = 30


def needed_level(forecast: Forecast, counts: Counts) -> Numbers:
    """The least level, by area, whose central interval holds the count that came; 0 to 1, 0 where the median is enough."""
    above, below = 1 - 2 * forecast.at_most(counts), 2 * forecast.at_most(counts - 1) - 1
    return np.maximum(np.maximum(above, below), 0.0)


def conformal_level(needed: Numbers, level: float = LEVEL) -> float:
    """The ceil((n + 1) * level)-th least of n needed levels; `level` itself if there are fewer than ENOUGH."""
    rank = int(np.ceil((len(needed) + 1) * level))
    if len(needed) < max(ENOUGH, rank):
        return level
    return float(min(np.sort(needed)[rank - 1], 1 - 1e-9))


def is_busy(forecast: Forecast) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which areas are forecast to be busy."""
    busy: np.ndarray[tuple[int], np.dtype[np.bool_]] = forecast.quantile(0.5) >= BUSY
    return busy


def calibrated_bounds(forecast: Forecast, past: list[tuple[Forecast, Counts]], level: float = LEVEL) -> tuple[Counts, Counts]:
    """The interval by area at the conformal level of its kind; `past` are forecasts of the same model and horizon, with what came."""
    if not past:
        return bounds(forecast, level)
    needed = np.concatenate([needed_level(each, came) for each, came in past])
    kind = np.concatenate([is_busy(each) for each, _ in past])
    quiet = bounds(forecast, conformal_level(needed[~kind], level))
    busy = bounds(forecast, conformal_level(needed[kind], level))
    here = is_busy(forecast)
    return np.where(here, busy[0], quiet[0]), np.where(here, busy[1], quiet[1])
