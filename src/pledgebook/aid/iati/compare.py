"""Both readers over the same activities, side by side."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from pledgebook.aid.iati.doubts import doubtful
from pledgebook.aid.iati.fast import Refused, read_fast
from pledgebook.aid.iati.outline import Outline
from pledgebook.aid.iati.rules import ILL_FORMED
from pledgebook.aid.iati.slow import read_slow


def differences(activities: Sequence[bytes]) -> list[str]:
    """Where the careful reader gives other rows of cleaned activities than the fast one.

    Compared are well-formed activities that the fast reader takes. (A fault inside a tag, such as a lost quote, it does not always notice; lxml
    mends it by guessing.)
    """
    outline = Outline(activities)
    sure = ~doubtful(outline)
    try:
        fast = read_fast(outline, sure)
    except Refused:
        return [] if len(activities) == 1 else [found for activity in activities for found in differences([activity])]
    slow, faults = read_slow({number: activities[number] for number in np.flatnonzero(sure).tolist()})
    if any(fault.rule is ILL_FORMED for _, fault in faults):
        return []
    return [f"{'/'.join(name)}: {_first(fast[name], slow[name])}" for name in slow if not fast[name].equals(slow[name])]


def _first(one: pa.RecordBatch, other: pa.RecordBatch) -> str:
    rows = zip(one.to_pylist(), other.to_pylist(), strict=False)
    for row, (left, right) in enumerate(rows):
        if left != right:
            told = {name: (left[name], right[name]) for name in left if left[name] != right[name]}
            return f"row {row} at {left.get('a')}, {left.get('b')}: {told}"
    return f"{len(one)} rows and {len(other)}"
