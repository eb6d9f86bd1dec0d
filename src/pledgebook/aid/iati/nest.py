"""Raw rows as what stands in what: the children of one kind, and for each row the row that it stands in."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from pledgebook.aid.iati.columns import Rows, numbers, text, valid
from pledgebook.aid.iati.fields import ACTIVITY, PORTIONS, known_children, portion_of
from pledgebook.aid.iati.passes import LEVELS
from pledgebook.aid.iati.raw import LINE, Raw

#: How many bits of a key tell a row's place among its siblings; the others tell the row above.
_BITS = 32


class Nest:
    """The raw tables of a stretch. Rows of a table are in the order of the file."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self._keys: dict[tuple[str, str], Rows] = {}
        self._above: dict[tuple[str, str, str], Rows] = {}
        self._kinds: dict[tuple[str, str], Rows] = {}
        self._levels: dict[tuple[str, str, str], Rows] = {}
        self._texts: dict[tuple[str, str, str], pa.Array] = {}

    def level(self, portion: str, container: str, name: str) -> Rows:
        """A column that tells where the rows stand."""
        if (portion, container, name) not in self._levels:
            self._levels[portion, container, name] = numbers(self.raw[portion, container][name])
        return self._levels[portion, container, name]

    def text(self, portion: str, container: str, field: str) -> pa.Array:
        """What all rows say in a field, without white space around it; null where they say nothing."""
        if (portion, container, field) not in self._texts:
            self._texts[portion, container, field] = text(self.raw[portion, container][field])
        return self._texts[portion, container, field]

    def above(self, portion: str, container: str, ancestor: str) -> Rows:
        """For each row of the container's table the row of the ancestor's table that it stands in."""
        if (portion, container, ancestor) not in self._above:
            made = self.level(portion, container, LEVELS[0])
            for way, name in zip(_ways(ancestor), LEVELS[1:], strict=False):
                made = np.searchsorted(self._keys_of(portion, way), (made << _BITS) | self.level(portion, container, name))
            self._above[portion, container, ancestor] = made
        return self._above[portion, container, ancestor]

    def _keys_of(self, portion: str, container: str) -> Rows:
        """A number for each row by the row above it and its place there: in ascending order."""
        if (portion, container) not in self._keys:
            parent = container.rpartition("/")[0]
            up = self.above(portion, container, parent) if parent else self.level(portion, container, LEVELS[0])
            self._keys[portion, container] = (up << _BITS) | self.level(portion, container, LEVELS[container.count("/") + 1])
        return self._keys[portion, container]

    def rows(self, portion: str, container: str, element: str) -> Rows:
        """The rows of one kind of child; a child without any value in it or below it is of no kind."""
        kind = known_children(portion, container).index(element)
        if (portion, container) not in self._kinds:
            self._kinds[portion, container] = self._kinds_of(portion, container)
        return np.flatnonzero(self._kinds[portion, container] == kind)

    def _kinds_of(self, portion: str, container: str) -> Rows:
        table = self.raw[portion, container]
        kinds = np.full(len(table), -1, np.int64)
        for kind, element in enumerate(known_children(portion, container)):
            for field in PORTIONS[portion].get(container, ()):
                if field.split("/")[0] == element and table[field].null_count < len(table):
                    kinds[valid(table[field])] = kind
            way = f"{container}/{element}"
            for inner in PORTIONS[portion]:
                if inner == way or inner.startswith(f"{way}/"):
                    kinds[self.above(portion, inner, container)] = kind
        return kinds


class Children:
    """The children of one kind in a container, of all activities of a stretch; fields are named without the child's name."""

    def __init__(self, nest: Nest, container: str, element: str, *, every: bool = False) -> None:
        self.nest, self.container, self.element = nest, container, element
        self.portion = portion_of(container, element)
        self._table = nest.raw[self.portion, container]
        #: Their rows in the container's table.
        self.rows: Rows = np.arange(len(self._table)) if every else nest.rows(self.portion, container, element)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, field: str) -> bool:
        return self._name(field) in self._table.schema.names

    def _name(self, field: str) -> str:
        return f"{self.element}/{field}" if field else self.element

    def __getitem__(self, field: str) -> pa.Array:
        """What each says in a field, without white space around it; null where it says nothing."""
        values = self.nest.text(self.portion, self.container, self._name(field))
        return values.take(pa.array(self.rows))

    def level(self, name: str) -> Rows:
        """A column of those that tell where each stands."""
        return self.nest.level(self.portion, self.container, name)[self.rows]

    @property
    def owners(self) -> Rows:
        """The place of the activity of each in the stretch."""
        return self.level(LEVELS[0])

    def parents(self, ancestor: str) -> Rows:
        """The row of the ancestor's table in which each stands."""
        return self.nest.above(self.portion, self.container, ancestor)[self.rows]

    def lines(self) -> Rows:
        """The line of each, or of the child of the activity that it stands in, counted from the activity's first (0)."""
        at = self.nest.level(self.portion, ACTIVITY, LINE.name)
        return at[self.rows if self.container == ACTIVITY else self.parents(ACTIVITY)]

    def ordinals(self, groups: Rows) -> Rows:
        """The number of each among those of its group, from 1; `groups` are in ascending order."""
        begins = np.flatnonzero(np.diff(groups, prepend=-1))
        return np.arange(len(groups)) - np.repeat(begins, np.diff(np.append(begins, len(groups)))) + 1


def _ways(container: str) -> Iterator[str]:
    """The containers on the way to one, itself the last."""
    steps = container.split("/")
    return ("/".join(steps[:end]) for end in range(1, len(steps) + 1))
