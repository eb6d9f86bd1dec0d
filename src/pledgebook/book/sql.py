"""Queries that name many ids at once."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Delete, Row, Select, Table, any_, bindparam, delete, func, insert, select
from sqlalchemy.dialects.postgresql import ARRAY

T = TypeVar("T")
#: Ids in one statement.
BATCH = 20_000
#: Rows in one insertion.
ROWS = 5_000
#: The parameter that holds the ids: one value, so that a statement for any number of them is compiled once.
_IDS = "ids_named"
#: Statements that are kept. To build one takes as long as to run it; a query that is a constant of its module is built once.
_KEPT = 512


def in_batches(connection: Connection, query: Select[Any], column: ColumnElement[Any], ids: Iterable[object]) -> Iterator[Row[Any]]:
    """The rows of `query` whose `column` is one of `ids`. A query that is asked often is best a constant of its module."""
    dialect = connection.dialect.name
    for part in batches(sorted(set(ids))):  # type: ignore[type-var] # ids of one column are of one type
        yield from connection.execute(_chosen(query, column, dialect), {_IDS: _value(part, dialect)})


def delete_where(connection: Connection, table: Table, column: ColumnElement[Any], ids: Iterable[str]) -> None:
    """Delete the rows whose `column` is one of `ids`."""
    dialect = connection.dialect.name
    for part in batches(sorted(set(ids))):
        connection.execute(_deleted(table, column, dialect), {_IDS: _value(part, dialect)})


def insert_all(connection: Connection, table: Table, rows: Iterable[Mapping[str, object]]) -> None:
    """Insert `rows`."""
    for part in batches(list(rows), ROWS):
        connection.execute(insert(table), [dict(row) for row in part])


def batches(items: Sequence[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    """`items` in pieces of at most `size`."""
    for first in range(0, len(items), size):
        yield items[first : first + size]


@lru_cache(_KEPT)
def _chosen(query: Select[Any], column: ColumnElement[Any], dialect: str) -> Select[Any]:
    return query.where(_among(column, dialect))


@lru_cache(_KEPT)
def _deleted(table: Table, column: ColumnElement[Any], dialect: str) -> Delete:
    return delete(table).where(_among(column, dialect))


def _among(column: ColumnElement[Any], dialect: str) -> ColumnElement[bool]:
    """That `column` is one of the ids."""
    if dialect == "sqlite":
        return column.in_(select(func.json_each(bindparam(_IDS)).table_valued("value").c.value))
    return column == any_(bindparam(_IDS, type_=ARRAY(column.type)))


def _value(ids: Sequence[object], dialect: str) -> object:
    return json.dumps(ids) if dialect == "sqlite" else list(ids)
