"""Both readers over a stretch of a file: the fast one wherever it can, the careful one for the rest."""

from collections.abc import Sequence

import numpy as np

from pledgebook.aid.iati.clean import Fault
from pledgebook.aid.iati.doubts import doubtful
from pledgebook.aid.iati.fast import Refused, read_fast
from pledgebook.aid.iati.outline import Outline
from pledgebook.aid.iati.raw import Raw, joined
from pledgebook.aid.iati.slow import read_slow
from pledgebook.aid.iati.tags import Mask


def read_raw(activities: Sequence[bytes], outline: Outline) -> tuple[Raw, list[tuple[int, Fault]]]:
    """The rows of cleaned activities, numbered from 0 in their order, and what was wrong in them."""
    careful = doubtful(outline)
    read = _read_or_refuse(outline, ~careful, careful)
    if read and not careful.any():
        return joined(read), []
    slow, faults = read_slow({number: activities[number] for number in np.flatnonzero(careful).tolist()})
    return joined([*read, slow]), faults


def _read_or_refuse(outline: Outline, chosen: Mask, refused: Mask) -> list[Raw]:
    """The rows of what the fast reader takes, halving what it refuses until single activities stand alone; these are marked in `refused`."""
    numbers = np.flatnonzero(chosen)
    if not len(numbers):
        return []
    try:
        return [read_fast(outline, chosen)]
    except Refused:
        if len(numbers) == 1:
            refused[numbers] = True
            return []
    first, second = chosen.copy(), chosen.copy()
    middle = numbers[len(numbers) // 2]
    first[middle:], second[:middle] = False, False
    return _read_or_refuse(outline, first, refused) + _read_or_refuse(outline, second, refused)
