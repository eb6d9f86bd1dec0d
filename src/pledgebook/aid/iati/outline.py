"""Activities seen from above: which are whole, what stands directly in each, and where."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pledgebook.aid.iati.fields import ACTIVITY, PORTIONS, known_children
from pledgebook.aid.iati.tags import BEYOND, Mask, Places, Tags

#: What a part of an activity belongs to: one of PORTIONS by its place in them, every portion (the activity's own tags), or none.
EVERY, NONE = -1, -2
_LINE_END = 0x0A


class Outline:
    """Cleaned activities one behind the other, cut into their own tags and their children.

    `whole` tells which activities open and close as they should. Part n begins at `begins[n]` and ends where the next one begins;
    `kinds[n]` is the portion it belongs to and `owners[n]` the place of its activity.
    """

    def __init__(self, activities: Sequence[bytes]) -> None:
        #: The activities, and what Tags want behind them.
        self.data = b"".join([*activities, BEYOND])
        self.bounds: Places = np.cumsum([0, *map(len, activities)])
        self.tags = Tags(self.data)
        firsts = np.searchsorted(self.tags.at, self.bounds[:-1])
        lasts = np.append(firsts[1:], len(self.tags.at)) - 1
        base = self.tags.after[firsts] - self.tags.steps[firsts]
        self.tag_owners: Places = np.repeat(np.arange(len(activities)), lasts - firsts + 1)
        #: How many elements of its activity are open before each tag.
        self.depth: Places = self.tags.after - self.tags.steps - base[self.tag_owners]
        self.whole = self._whole(firsts, lasts, base)
        self._children: Mask = (self.depth == 1) & ~self.tags.closing
        self._cut(firsts, lasts)

    def _whole(self, firsts: Places, lasts: Places, base: Places) -> Mask:
        inside = self.tags.after.copy()
        inside[lasts] = np.iinfo(np.int64).max
        inside[self.tags.broken] = np.iinfo(np.int64).min
        whole: Mask = (lasts > firsts) & (self.tags.after[lasts] == base) & (np.minimum.reduceat(inside, firsts) > base)
        return whole

    def _cut(self, firsts: Places, lasts: Places) -> None:
        numbers = np.flatnonzero(self._children)
        child_kinds = np.full(len(numbers), NONE, np.int8)
        for kind, portion in enumerate(PORTIONS):
            for name in known_children(portion, ACTIVITY):
                child_kinds[self.tags.named(numbers, name)] = kind
        kinds: NDArray[np.int8] = np.full(len(self.tags.at), NONE, np.int8)
        kinds[numbers] = child_kinds
        kinds[firsts], kinds[lasts] = EVERY, EVERY
        parts = np.zeros(len(kinds), bool)
        parts[numbers], parts[firsts], parts[lasts] = True, True, True
        self.begins: Places = self.tags.at[parts]
        self.kinds: NDArray[np.int8] = kinds[parts]
        self.owners: Places = self.tag_owners[parts]
        self.opens: Places = np.searchsorted(self.begins, self.bounds[:-1])

    def inner(self, depth: int) -> tuple[Places, Places]:
        """The start tags with so many elements of their activity open before them, and which element each stands in."""
        above = np.cumsum((self.depth == depth - 1) & ~self.tags.closing)
        numbers = np.flatnonzero((self.depth == depth) & ~self.tags.closing)
        return numbers, above[numbers]

    def lines(self, kind: int, chosen: Mask) -> Places:
        """The lines of the children of the chosen activities that are of a kind, from the activity's first (0)."""
        parts = (self.kinds == kind) & chosen[self.owners]
        lines: Places = np.searchsorted(self.line_ends, self.begins[parts]) - self._lines_before[self.owners[parts]]
        return lines

    @cached_property
    def line_ends(self) -> Places:
        """Where lines end."""
        return np.flatnonzero(self.tags.bytes == _LINE_END)

    @cached_property
    def _lines_before(self) -> Places:
        """How many lines end before each activity."""
        return np.searchsorted(self.line_ends, self.bounds[:-1])
