"""A stretch of a file on its way into tables: its raw rows, where they stand, and the problems met on the way."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from xml.parsers import expat

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.aid.iati.columns import MOST_LEVELS, Rows, any_of, keys, matched, plain, text
from pledgebook.aid.iati.cut import Header
from pledgebook.aid.iati.fields import ACTIVITY, MAIN, known_children
from pledgebook.aid.iati.passes import LEVELS
from pledgebook.aid.iati.raw import Raw
from pledgebook.aid.tables import TABLES
from pledgebook.core.problem import Problem, Severity


class Stretch:
    """The activities `first`, `first + 1` ... of a file, cleaned, with the lines they begin at and where their transactions begin."""

    def __init__(
        self,
        source: str,
        header: Header,
        first: int,
        activities: Sequence[bytes],
        lines: Sequence[int],
        places: Sequence[Sequence[int]],
        raw: Raw,
    ) -> None:
        self.source, self.header, self.first = source, header, first
        self.activities, self.lines, self.places, self.raw = activities, lines, places, raw
        self.problems: list[Problem] = []
        self._made_keys: dict[tuple[str, str], Rows] = {}

    def __len__(self) -> int:
        return len(self.activities)

    # -- raw values ---------------------------------------------------------------------------------------------------------------

    def table(self, portion: str, container: str = ACTIVITY) -> pa.Table:
        """The raw rows of a container."""
        return self.raw[portion, container]

    def children(self, portion: str, container: str, element: str) -> pa.Table:
        """The rows of one kind of child, with the fields named without the child's name; a child without any value in it is no row."""
        table = self.raw[portion, container]
        fields = [name for name in table.column_names if name == element or name.startswith(element + "/")]
        mask = any_of(*(plain(table[field]) for field in fields)).to_numpy(zero_copy_only=False).copy()
        for (other, inner), below in self.raw.items():
            if other == portion and (inner + "/").startswith(f"{container}/{element}/") and len(below):
                mask[self._rows_with(portion, container, below)] = True
        found = table.select([*levels_of(table), *fields]).filter(pa.array(mask))
        return found.rename_columns([*levels_of(table), *(field[len(element) :].lstrip("/") or "text" for field in fields)])

    def _rows_with(self, portion: str, container: str, below: pa.Table) -> Rows:
        """The rows of a container under which the rows of `below` stand."""
        levels = levels_of(self.raw[portion, container])
        if len(levels) > MOST_LEVELS:  # deep in the results, where there is little
            at = {place: row for row, place in enumerate(_places(self.raw[portion, container], levels))}
            return np.array(sorted({at[place] for place in _places(below, levels)}), np.int64)
        if (portion, container) not in self._made_keys:
            self._made_keys[portion, container] = keys(*(plain(self.raw[portion, container][name]) for name in levels))
        return np.searchsorted(self._made_keys[portion, container], np.unique(keys(*(plain(below[name]) for name in levels))))

    def one(self, element: str, attribute: str) -> pa.Array:
        """For each activity the first such value among its children; null where there is none."""
        table = self.raw["main", ACTIVITY]
        values = text(table[f"{element}/{attribute}" if attribute else element])
        rows = np.flatnonzero(pc.is_valid(values).to_numpy(zero_copy_only=False))
        return matched(np.arange(len(self), dtype=np.int64), keys(plain(table["a"]))[rows], pc.take(values, pa.array(rows)))

    def narrative(self, portion: str, container: str, wanted: Rows) -> pa.Array:
        """For each wanted place the first narrative that is not empty."""
        table = self.raw[portion, container]
        values = text(table["narrative"])
        rows = np.flatnonzero(pc.is_valid(values).to_numpy(zero_copy_only=False))
        levels = [plain(table[name]) for name in levels_of(table)][:-1]
        return matched(wanted, keys(*levels)[rows], pc.take(values, pa.array(rows)))

    @cached_property
    def ids(self) -> pa.Array:
        """The identifier of each activity."""
        return self.one("iati-identifier", "")

    # -- made tables --------------------------------------------------------------------------------------------------------------

    def made(self, name: str, of: pa.Array, columns: dict[str, pa.Array]) -> pa.Table:
        """A table of `TABLES` from its columns; `of` holds the activity of each row, columns that are missing are empty."""
        count = len(of)
        given = {
            "source": pa.repeat(pa.scalar(self.source, pa.string()), count),
            "activity": _number(of, self.first),
            "activity_id": pc.take(self.ids, of),
            **columns,
        }
        return pa.table([_cast(given.get(field.name), field.type, count) for field in TABLES[name]], schema=TABLES[name])

    # -- problems -----------------------------------------------------------------------------------------------------------------

    def tell(self, severity: Severity, rule: str, activity: int, what: str, todo: str, *, line: int | None = None) -> None:
        """Note a problem in the activity with that place in the stretch."""
        name = self.ids[activity].as_py()
        told = f"{what} Activity {name if name else 'number ' + str(self.first + activity)}."
        self.problems.append(
            Problem(severity=severity, rule=rule, where=self.source, line=line or self.lines[activity], what=told, todo=todo)
        )

    def tell_rows(self, severity: Severity, rule: str, table: pa.Table, rows: Iterable[int], what: str, todo: str) -> None:
        """Note a problem for rows of children; `{field}` in `what` stands for what the row says there."""
        for row in rows:
            values = {name: table[name][int(row)].as_py() for name in table.column_names}
            self.tell(severity, rule, values["a"], what.format_map(values), todo, line=self.line_of(values["a"], values["b"]))

    def line_of(self, activity: int, child: int) -> int:
        """The line of the n-th known child of an activity, transactions and results not counted."""
        inside = child_lines(self.activities[activity])
        return self.lines[activity] + (inside[child] if child < len(inside) else 0)

    def transaction_lines(self) -> list[int]:
        """The line of every transaction, in the order of their rows."""
        return [
            self.lines[number] + self.activities[number].count(b"\n", 0, place)
            for number, places in enumerate(self.places)
            for place in places
        ]


def _places(table: pa.Table, levels: list[str]) -> Iterator[tuple[int, ...]]:
    return zip(*(table[name].to_pylist() for name in levels), strict=True)


def levels_of(table: pa.Table) -> list[str]:
    """The columns that tell where a row stands."""
    return [name for name in table.column_names if name in LEVELS]


def _number(zero_based: pa.Array, first: int) -> pa.Array:
    return pc.add(pc.cast(zero_based, pa.int32()), pa.scalar(first, pa.int32()))


def _cast(column: pa.Array | None, kind: pa.DataType, count: int) -> pa.Array:
    if column is None:
        return pa.nulls(count, kind)
    found = plain(column)
    return found if found.type == kind else pc.cast(found, kind)


@lru_cache(maxsize=64)
def child_lines(activity: bytes) -> list[int]:
    """The lines, counted from 0 at the activity's first, of its known children; as far as it is well-formed."""
    known, found, depth = set(known_children(MAIN, ACTIVITY)), [], 0
    parser = expat.ParserCreate()

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth == 2 and name in known:  # 1 is the activity
            found.append(parser.CurrentLineNumber - 1)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(activity, True)  # noqa: FBT003 - the last piece, as pyexpat wants to be told
    except expat.ExpatError:
        return found
    return found
