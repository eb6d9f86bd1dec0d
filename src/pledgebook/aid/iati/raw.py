"""What both readers give: for each container a table of its children, as text, with where each stands."""

from collections.abc import Mapping
from functools import cache

import pyarrow as pa

from pledgebook.aid.iati.fields import ACTIVITY, ATTRIBUTES, PORTIONS
from pledgebook.aid.iati.passes import LEVELS

#: Tables by portion and container; the columns a, b, c ... number activity, child, grandchild ... from 0, the others are fields. The children
#: of the activity itself also have their `line`, counted from the activity's first (0).
Raw = Mapping[tuple[str, str], pa.RecordBatch]

#: The name of the table of the activities' own attributes.
OWN = ("attributes", "")
LINE = pa.field("line", pa.uint32())


@cache
def schemas() -> dict[tuple[str, str], pa.Schema]:
    """The columns of every raw table."""
    found = {OWN: _schema(1, ATTRIBUTES)}
    for portion, containers in PORTIONS.items():
        found |= {(portion, name): _schema(name.count("/") + 2, fields) for name, fields in containers.items()}
        found[portion, ACTIVITY] = found[portion, ACTIVITY].append(LINE)
    return found


def _schema(levels: int, fields: tuple[str, ...]) -> pa.Schema:
    return pa.schema([*((level, pa.uint32()) for level in LEVELS[:levels]), *((field, pa.string()) for field in fields)])


def joined(parts: list[Raw]) -> Raw:
    """The rows of several readings in the order of the file."""
    if len(parts) == 1:
        return parts[0]
    made = {}
    for name in parts[0]:
        table = pa.Table.from_batches([part[name] for part in parts])
        sorted_rows = table.sort_by([(level, "ascending") for level in LEVELS if level in table.column_names])
        made[name] = pa.RecordBatch.from_arrays([column.combine_chunks() for column in sorted_rows.columns], schema=table.schema)
    return made
