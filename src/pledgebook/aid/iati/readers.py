"""Both readers over a stretch of a file: the fast one wherever it can, the careful one for the rest."""

from collections.abc import Sequence

from pledgebook.aid.iati.doubts import with_odd_names, with_repeats
from pledgebook.aid.iati.fast import Refused, read_fast
from pledgebook.aid.iati.portions import Portions, portion
from pledgebook.aid.iati.raw import Raw, joined
from pledgebook.aid.iati.slow import Fault, read_slow


def read_raw(activities: Sequence[bytes], portions: Portions) -> tuple[Raw, list[tuple[int, Fault]]]:
    """The rows of cleaned activities, numbered from 0 in their order, and what was wrong in them."""
    odd: set[int] = set()
    for name, parts in portions.parts().items():
        odd |= with_odd_names(name, parts) | with_repeats(name, parts)
    read, refused = _read_or_refuse(portions, [number for number in range(len(activities)) if number not in odd])
    odd.update(refused)
    if not odd and read:
        return joined(read), []
    slow, faults = read_slow([(number, activities[number]) for number in sorted(odd)])
    return joined([*read, slow]), faults


def _read_or_refuse(portions: Portions, numbers: Sequence[int]) -> tuple[list[Raw], list[int]]:
    """The rows of what the fast reader takes, halving what it refuses until the single activity stands alone."""
    if not numbers:
        return [], []
    try:
        return [read_fast(portions if len(numbers) == len(portions.main) else portions.of(numbers), numbers)], []
    except Refused:
        if len(numbers) == 1:
            return [], [numbers[0]]
    middle = len(numbers) // 2
    left, right = _read_or_refuse(portions, numbers[:middle]), _read_or_refuse(portions, numbers[middle:])
    return left[0] + right[0], left[1] + right[1]
