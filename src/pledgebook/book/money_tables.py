"""The money of a book as flat Parquet files in `tables/`: what is known now, for totals and for anyone's own questions."""

import contextlib
import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pledgebook.aid.flat import flatten
from pledgebook.aid.held import Held, quoted
from pledgebook.book.blobs import disk_told
from pledgebook.book.money import held, placed, store_of
from pledgebook.book.opening import Book
from pledgebook.book.place import TABLES
from pledgebook.core.identity import sha256_hex

#: The files, each with the query that gives its rows.
_FILES = {
    "activities": "SELECT * FROM activities_now",
    "transactions": "SELECT * EXCLUDE (hash, part) FROM flat_transactions",
    "splits": "SELECT * FROM flat_splits",
}
#: What a later form of the files changes, so that older ones are written anew.
_FORM = 1
#: Rows that are written at a time.
_BATCH = 120_000
#: Later than any snapshot.
ALWAYS = "9999-12-31"


def money_tables(book: Book) -> Path:
    """The folder with `activities.parquet`, `transactions.parquet` and `splits.parquet` of what the book knows now.

    They are written anew, each whole or not at all, if a snapshot came since, if another process or a kill left them of different times, or if
    they were lost. Raises BookError for a full disk and the like.
    """
    folder, snapshots = book.place.folder / TABLES, placed(book)
    state = sha256_hex(json.dumps([_FORM, *([one.key, one.feed] for one in snapshots)]).encode())
    if any(_state_of(folder / f"{name}.parquet") != state for name in _FILES):
        with disk_told(folder), Held(store_of(book), snapshots) as known:
            folder.mkdir(parents=True, exist_ok=True)
            flatten(known, ALWAYS)
            known.database.register("activities_now", known.current("activities", ALWAYS))
            for name, query in _FILES.items():
                _write(known.database, folder / f"{name}.parquet", query, state)
    return folder


def _state_of(path: Path) -> str | None:
    """The state that a file was written for; None if there is no such file, or a damaged one."""
    try:
        found = (pq.read_metadata(path).metadata or {}).get(b"state", b"")
    except (OSError, pa.ArrowException):
        return None
    return str(found, "utf-8")


def _write(database: duckdb.DuckDBPyConnection, path: Path, query: str, state: str) -> None:
    beside = path.with_name(f".unfinished-{secrets.token_hex(8)}")
    try:
        rows = database.sql(query).to_arrow_reader(_BATCH)
        schema = rows.schema.with_metadata({"state": state})
        with pq.ParquetWriter(beside, schema, compression="zstd", compression_level=1) as writer:
            for batch in rows:
                writer.write_batch(batch.cast(schema))
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def opened_tables(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection in which `activities`, `transactions` and `splits` are the files of `money_tables`."""
    database = duckdb.connect(config={"threads": 2})
    for name in _FILES:
        database.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({quoted(str(folder / f'{name}.parquet'))})")  # noqa: S608
    return database


@contextlib.contextmanager
def tables_as_of(book: Book, day: str | None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which `transactions` and `splits` are what was known on a day (ISO 8601), or is known now (None)."""
    if day is None:
        database = opened_tables(money_tables(book))
        try:
            yield database
        finally:
            database.close()
        return
    with held(book) as known:
        flatten(known, day)
        for name in ("transactions", "splits"):
            known.database.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM flat_{name}")  # noqa: S608 - ours
        yield known.database
