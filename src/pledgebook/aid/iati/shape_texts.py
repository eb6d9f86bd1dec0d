"""Every text in every language."""

from collections.abc import Iterator

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.aid.iati.columns import Rows, first, in_file_order, valid
from pledgebook.aid.iati.fields import ACTIVITY, PORTIONS
from pledgebook.aid.iati.passes import LEVELS
from pledgebook.aid.iati.stretch import Stretch
from pledgebook.aid.tables import empty


class _Column(msgspec.Struct, frozen=True):
    """Where texts of one element are: in a field of a container's table, with the levels of that element."""

    portion: str
    container: str
    field: str
    element: str


def _columns() -> Iterator[_Column]:
    """Narratives; and the own texts of the elements that have narratives in 2.0x."""
    for portion, containers in PORTIONS.items():
        for container, fields in containers.items():
            if fields[0] == "narrative":
                yield _Column(portion, container, "narrative", container)
            else:
                yield from (
                    _Column(portion, container, field, f"{container}/{field}") for field in fields if f"{container}/{field}" in containers
                )


_COLUMNS = tuple(_columns())


def texts(stretch: Stretch) -> pa.Table:
    """One row for each narrative; in 1.0x for each element with a text of its own."""
    made = [found for column in _COLUMNS if (found := _texts(stretch, column)) is not None]
    return in_file_order(made) if made else empty("texts")


def _texts(stretch: Stretch, column: _Column) -> pa.Table | None:
    values = stretch.nest.text(column.portion, column.container, column.field)
    rows = np.flatnonzero(valid(values))
    if not len(rows):
        return None
    owners = _level(stretch, column, "a")[rows]
    columns = {
        "element": pa.scalar(column.element.removeprefix(f"{ACTIVITY}/")),
        "language": first(_languages(stretch, column, rows), pc.take(stretch.languages, pa.array(owners))),
        "text": pc.take(values, pa.array(rows)),
    }
    if column.portion == "transactions":
        columns["transaction"] = pa.array(_level(stretch, column, "b")[rows] + 1, pa.int32())
    else:
        columns["number"] = pa.array(_ordinals(stretch, column, rows), pa.int32())
    if column.element == f"{ACTIVITY}/description":
        columns["type"] = _types(stretch, column, rows)
    return stretch.made("texts", owners, columns)


def _level(stretch: Stretch, column: _Column, name: str) -> Rows:
    return stretch.nest.level(column.portion, column.container, name)


def _languages(stretch: Stretch, column: _Column, rows: Rows) -> pa.Array:
    name = f"{column.field}/@lang"
    if name not in PORTIONS[column.portion][column.container]:
        return pa.nulls(len(rows), pa.string())
    return stretch.nest.text(column.portion, column.container, name).take(pa.array(rows))


def _types(stretch: Stretch, column: _Column, rows: Rows) -> pa.Array:
    """The types of the descriptions that the texts stand in."""
    descriptions = rows if column.container == ACTIVITY else stretch.nest.above(column.portion, column.container, ACTIVITY)[rows]
    return stretch.nest.text(column.portion, ACTIVITY, "description/@type").take(pa.array(descriptions))


def _ordinals(stretch: Stretch, column: _Column, rows: Rows) -> Rows:
    """Which such element of its activity each text belongs to, from 1: the texts of one element share a number."""
    levels = LEVELS[: column.container.count("/") + (1 if column.field == "narrative" else 2)]
    places = np.stack([_level(stretch, column, level)[rows] for level in levels])
    differs = np.diff(places, axis=1, prepend=-1) != 0
    count = np.cumsum(differs.any(axis=0))
    before = np.maximum.accumulate(np.where(differs[0], count - 1, 0))
    return count - before
