"""Helpers of queries that name many ids at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, delete, insert

T = TypeVar("T")
#: Ids in one statement: below the limits of SQLite and PostgreSQL.
BATCH = 500


def in_batches(connection: Connection, query: Select[Any], column: ColumnElement[Any], ids: Iterable[str]) -> Iterator[Row[Any]]:
    """The rows of `query` whose `column` is one of `ids`."""
    for part in batches(sorted(set(ids))):
        yield from connection.execute(query.where(column.in_(part)))


def delete_where(connection: Connection, table: Table, column: ColumnElement[Any], ids: Iterable[str]) -> None:
    """Delete the rows whose `column` is one of `ids`."""
    for part in batches(sorted(set(ids))):
        connection.execute(delete(table).where(column.in_(part)))


def insert_all(connection: Connection, table: Table, rows: Iterable[Mapping[str, object]]) -> None:
    """Insert `rows`."""
    for part in batches(list(rows), 5000):
        connection.execute(insert(table), [dict(row) for row in part])


def batches(items: Sequence[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    """`items` in pieces of at most `size`."""
    for first in range(0, len(items), size):
        yield items[first : first + size]
