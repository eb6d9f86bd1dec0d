"""A large made-up book on SQLite or PostgreSQL, for benchmarks of what reads it."""

import contextlib
import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.made_book import documents
from sqlalchemy import select
from tools.postgres_server import PostgresServer

from pledgebook.book.adding import add
from pledgebook.book.database import open_engine, reading, writing
from pledgebook.book.opening import Book, init_book, open_book
from pledgebook.book.place import Place, place_of
from pledgebook.book.tables import metadata

RECORDED = "2026-01-01T00:00:00Z"
#: Each promise is told twice on average: commitments fall on so many slots by chance, which leaves as many promises as are wanted.
_TOLD, _SLOTS = 2, 1.255
#: Documents added together, and rows copied together.
_TOGETHER, _ROWS = 4_000, 5_000


@contextlib.contextmanager
def large_book(folder: Path, promises: int, backend: str) -> Iterator[Place]:
    """The place of a book of about so many promises; one that an earlier run left in the folder is taken as it is.

    On PostgreSQL the server and its database are there for the time of the `with` block.
    """
    of = f"book-{promises}"
    with contextlib.closing(_made(folder / of, promises)) as book:
        if backend == "sqlite":
            yield book.place
            return
        with PostgresServer.running() as server:
            address = server.new_database()
            copy = folder / f"{of}-postgresql"
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(book.place.folder, copy, ignore=shutil.ignore_patterns("tables", "*.sqlite*"))
            _copy_rows(book, place_of(address, str(copy)))
            yield place_of(address, str(copy))


def _made(folder: Path, promises: int) -> Book:
    place = place_of(str(folder), str(folder))
    done = folder / "made"
    if done.exists():
        return open_book(place)
    shutil.rmtree(folder, ignore_errors=True)
    book = init_book(place, "A large book", author="benchmark", recorded=RECORDED)
    made = documents(_TOLD * promises, promises=int(_SLOTS * promises))
    while part := list(islice(made, _TOGETHER)):
        add(book, part, extractor="made", author="benchmark", recorded=RECORDED)
    done.touch()
    return book


def _copy_rows(book: Book, to: Place) -> None:
    """Copy all tables as they are: much faster than adding all documents again."""
    engine = open_engine(to.url)
    with reading(book.engine) as source, writing(engine) as target:
        metadata.create_all(target)
        for table in metadata.sorted_tables:
            rows = source.execute(select(table)).mappings()
            while part := rows.fetchmany(_ROWS):
                target.execute(table.insert(), [dict(row) for row in part])
    engine.dispose()
