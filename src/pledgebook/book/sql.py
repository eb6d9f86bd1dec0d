"""Queries that name many ids at once."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, any_, bindparam, delete, func, insert, select
from sqlalchemy.dialects.postgresql import ARRAY

T = TypeVar("T")
#: Ids in one statement.
BATCH = 20_000
#: Rows in one insertion.
ROWS = 5_000


def among(connection: Connection, column: ColumnElement[Any], ids: Sequence[object]) -> ColumnElement[bool]:
    """That `column` is one of `ids`. They go in as one value, so that a statement of any size is compiled once."""
    if connection.dialect.name == "sqlite":
        return column.in_(select(func.json_each(bindparam(None, json.dumps(list(ids)), unique=True)).table_valued("value").c.value))
    return column == any_(bindparam(None, list(ids), type_=ARRAY(column.type), unique=True))


def in_batches(connection: Connection, query: Select[Any], column: ColumnElement[Any], ids: Iterable[object]) -> Iterator[Row[Any]]:
    """The rows of `query` whose `column` is one of `ids`."""
    for part in batches(sorted(set(ids))):  # type: ignore[type-var] # ids of one column are of one type
        yield from connection.execute(query.where(among(connection, column, part)))


def delete_where(connection: Connection, table: Table, column: ColumnElement[Any], ids: Iterable[str]) -> None:
    """Delete the rows whose `column` is one of `ids`."""
    for part in batches(sorted(set(ids))):
        connection.execute(delete(table).where(among(connection, column, part)))


def insert_all(connection: Connection, table: Table, rows: Iterable[Mapping[str, object]]) -> None:
    """Insert `rows`."""
    for part in batches(list(rows), ROWS):
        connection.execute(insert(table), [dict(row) for row in part])


def batches(items: Sequence[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    """`items` in pieces of at most `size`."""
    for first in range(0, len(items), size):
        yield items[first : first + size]
