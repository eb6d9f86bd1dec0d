"""Observations as a table, and back: one declaration of every column."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec
import pyarrow as pa

from pledgebook.core.identity import canonical_json, sha256_hex
from pledgebook.core.observation import Observation
from pledgebook.events.read import Row

#: Columns that are not text, by their type in `Observation`.
_KINDS = {date: pa.date32(), float | None: pa.float64(), int | None: pa.int64()}

_FIELDS = Observation.__struct_fields__
#: The columns of `observations.parquet`: those of `Observation`, and before them where the row stood and the hash of what it tells.
OBSERVATIONS = pa.schema(
    [
        pa.field("line", pa.int32()),  # where the record begins in the file, from 1
        pa.field("hash", pa.string()),  # SHA-256 of all that the row tells (`content_hash`): the same content, the same hash
        *(pa.field(name, _KINDS.get(kind, pa.string())) for name, kind in Observation.__annotations__.items()),
    ]
)


def content_hash(observation: Observation) -> str:
    """The SHA-256 of the canonical JSON of all that an observation tells; coordinates as they are written shortest."""
    told = msgspec.to_builtins(observation)
    told |= {name: repr(told[name]) for name in ("latitude", "longitude") if told[name] is not None}
    return sha256_hex(canonical_json(told))


def table_of(rows: Iterable[Row]) -> pa.Table:
    """Rows as a table with the schema OBSERVATIONS."""
    rows = list(rows)
    columns: list[Sequence[Any]] = [[row.line for row in rows], [content_hash(row.observation) for row in rows]]
    columns += [[getattr(row.observation, name) for row in rows] for name in _FIELDS]
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, OBSERVATIONS, strict=True)], schema=OBSERVATIONS)


def observations_of(table: pa.Table) -> list[Observation]:
    """The observations of a table with at least the columns of `Observation`."""
    columns = [table[name].to_pylist() for name in _FIELDS]
    return [Observation(**dict(zip(_FIELDS, values, strict=True))) for values in zip(*columns, strict=True)]
