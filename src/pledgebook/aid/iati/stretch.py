"""A stretch of a file on its way into tables: its raw rows, where they stand, and the problems met on the way."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.aid.iati.columns import Rows, first_values, numbers, text
from pledgebook.aid.iati.cut import Header
from pledgebook.aid.iati.fields import ACTIVITY
from pledgebook.aid.iati.fresh import Activities
from pledgebook.aid.iati.nest import Children, Nest
from pledgebook.aid.iati.raw import OWN, Raw
from pledgebook.aid.iati.rules import Rule
from pledgebook.aid.tables import TABLES, empty
from pledgebook.core.problem import Problem


class Stretch:
    """Activities with their raw rows. An activity is named by its place in the stretch, from 0."""

    def __init__(self, source: str, header: Header, activities: Activities, raw: Raw) -> None:
        self.source, self.header, self.activities, self.raw = source, header, activities, raw
        self.nest = Nest(raw)
        self.problems: list[Problem] = []
        self._numbers = pa.array(activities.numbers, pa.int32())

    def __len__(self) -> int:
        return len(self.activities)

    # -- what is reported ---------------------------------------------------------------------------------------------------------

    def children(self, container: str, element: str, *, every: bool = False) -> Children:
        """The children of one kind, of all activities; with `every` also those that say nothing, in a container of one kind."""
        return Children(self.nest, container, element, every=every)

    def one(self, element: str, attribute: str = "") -> pa.Array:
        """For each activity the first such value among its children; null where there is none."""
        found = self.children(ACTIVITY, element)
        return first_values(np.arange(len(self)), found.owners, found[attribute])

    def narrative(self, path: str, of: Children) -> pa.Array:
        """For each of the children the first narrative in it, or in the element `path` below it, that is not empty."""
        container = f"{of.container}/{of.element}/{path}".rstrip("/")
        values = self.nest.text(of.portion, container, "narrative")
        return first_values(of.rows, self.nest.above(of.portion, container, of.container), values)

    @cached_property
    def own(self) -> dict[str, pa.Array]:
        """The activities' attributes, also of those that could not be parsed at all."""
        table = self.raw[OWN]
        having = numbers(table["a"])
        return {name: first_values(np.arange(len(self)), having, text(table[name])) for name in table.column_names if name != "a"}

    @cached_property
    def ids(self) -> pa.Array:
        """The identifier of each activity."""
        return self.one("iati-identifier")

    @cached_property
    def languages(self) -> pa.Array:
        """The language of each activity, as reported for it or for the file."""
        return pc.coalesce(self.own["lang"], pa.scalar(self.header.language, pa.string()))

    @cached_property
    def currencies(self) -> pa.Array:
        """The default currency of each activity."""
        return pc.utf8_upper(self.own["default-currency"])

    # -- made tables --------------------------------------------------------------------------------------------------------------

    def made(self, name: str, owners: Rows, columns: dict[str, pa.Array | pa.Scalar]) -> pa.Table:
        """A table of `TABLES` from its columns; `owners` are the activities of the rows, columns that are missing are empty."""
        if not len(owners):
            return empty(name)
        of = pa.array(owners)
        given = {"source": pa.scalar(self.source), "activity": pc.take(self._numbers, of), "activity_id": pc.take(self.ids, of), **columns}
        return pa.table([_cast(given.get(field.name), field.type, len(of)) for field in TABLES[name]], schema=TABLES[name])

    # -- problems -----------------------------------------------------------------------------------------------------------------

    def tell(self, rule: Rule, activity: int, line: int = 0, **found: object) -> None:
        """Note a problem in an activity, so many lines below its first."""
        name = self.ids[activity].as_py() or f"number {self.activities.numbers[activity]}"
        self.problems.append(rule.problem(self.source, self.activities.lines[activity] + line, about=name, **found))

    def tell_of(self, rule: Rule, children: Children, rows: Iterable[int], said: pa.Array | None = None, **found: object) -> None:
        """Note a problem for some of the children, with what each says in the column `said`."""
        chosen = [int(row) for row in rows]
        if not chosen:
            return
        owners, lines = children.owners, children.lines()
        for row in chosen:
            self.tell(rule, int(owners[row]), int(lines[row]), said=None if said is None else said[row].as_py(), **found)


def _cast(column: pa.Array | pa.Scalar | None, kind: pa.DataType, count: int) -> pa.Array:
    if column is None:
        return pa.nulls(count, kind)
    if isinstance(column, pa.Scalar):
        return pa.repeat(column.cast(kind), count)
    return column if column.type == kind else pc.cast(column, kind)
