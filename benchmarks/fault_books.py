"""Small books for trying faults: made, copied, and looked into, on SQLite and PostgreSQL alike."""

import itertools
import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import psycopg
from sqlalchemy import NullPool, create_engine, select
from tools.postgres_server import PostgresServer

from pledgebook.book.checking import verify
from pledgebook.book.errors import BookError
from pledgebook.book.opening import open_book
from pledgebook.book.place import DATABASE, place_of
from pledgebook.book.tables import COMPUTED, log

COUNTRIES = ("Kenya", "Mali", "Nepal", "Peru", "Ghana", "Laos", "Chad", "Fiji")
PURPOSES = ("wells", "schools", "clinics", "roads", "bridges")


class Case(msgspec.Struct, frozen=True):
    """A book: the folder of its sources, what `--book` names, and the address of its database."""

    folder: Path
    book: str
    url: str

    @property
    def options(self) -> list[str]:
        """The options that name it."""
        return ["--book", self.book, "--folder", str(self.folder)]


class State(msgspec.Struct, frozen=True):
    """What a book says, without times and hashes of the log: its entries and the rows of all computed tables."""

    entries: tuple[tuple[str, ...], ...]
    rows: dict[str, tuple[tuple[object, ...], ...]]

    def differences(self, other: "State") -> list[str]:
        """In what the two differ, in words."""
        found = [] if self.entries == other.entries else [f"the log ({len(self.entries)} entries instead of {len(other.entries)})"]
        return found + [f"the table {name}" for name, rows in self.rows.items() if rows != other.rows[name]]


class Shelf:
    """Makes books in a folder: on SQLite, or on PostgreSQL if there is a server."""

    def __init__(self, folder: Path, server: PostgresServer | None) -> None:
        self.folder = folder
        self.server = server
        self._numbers = itertools.count(1)

    def place(self, folder: Path | None = None) -> Case:
        """Where a book can be made; its sources in `folder`, if that is given."""
        where = folder or self.folder / f"book-{next(self._numbers)}"
        if self.server is None:
            return Case(where, str(where), f"sqlite:///{where / DATABASE}")
        url = self.server.new_database()
        return Case(where, url, url)

    def copy(self, case: Case) -> Case:
        """The same book once more."""
        where = self.folder / f"book-{next(self._numbers)}"
        shutil.copytree(case.folder, where)
        if self.server is None:
            return Case(where, str(where), f"sqlite:///{where / DATABASE}")
        url = self.server.new_database(like=case.url)
        return Case(where, url, url)

    def remove(self, case: Case) -> None:
        """Put a book away."""
        shutil.rmtree(case.folder, ignore_errors=True)
        if self.server is not None:
            self.server.drop_database(case.url)


def documents(count: int) -> str:
    """JSON Lines of `count` documents; every fourth tells the one before again, so that there is something to join."""
    lines = []
    for number in range(count):
        what = number - 1 if number % 4 == 3 else number
        country, purpose = COUNTRIES[what % len(COUNTRIES)], PURPOSES[what % len(PURPOSES)]
        again = "said again" if what != number else "said"
        text = (
            f"OSLO, {number % 28 + 1} March 2030 — The port minister {again} on Friday that Norway will give {country} "
            f"${what + 11} million by the end of {2031 + what % 7} for {purpose}."
        )
        lines.append(
            json.dumps({"id": f"d{number}", "title": f"Port news {number}", "text": text, "published": f"2030-03-{number % 28 + 1:02}"})
        )
    return "\n".join(lines) + "\n"


def decisions(case: Case) -> str:
    """JSON Lines of a decision on every commitment of the book, none of which speaks against another."""
    ids = [row[0] for row in state(case).rows["commitment"]]
    kinds = itertools.cycle(("accept", "note", "reject"))
    made = [
        {"kind": kind, "target": str(one), "comment": f"{kind} {one}", "author": "Kari", "time": "2030-05-01T00:00:00Z"}
        for one, kind in zip(ids, kinds, strict=False)
    ]
    return "".join(json.dumps(one) + "\n" for one in made)


def state(case: Case, *, in_order: bool = True) -> State:
    """What a book says now; without `in_order` as it would be, had the entries of the log come in any other order."""
    engine = create_engine(case.url, poolclass=NullPool)
    with engine.connect() as connection:
        told = connection.execute(select(log.c.kind, log.c.author, log.c.body).order_by(log.c.seq)).all()
        rows = {}
        for table in COMPUTED:
            columns = [column for column in table.c if in_order or column.name not in {"seq", "number"}]
            rows[table.name] = tuple(sorted((tuple(row) for row in connection.execute(select(*columns))), key=repr))
    entries = [(row.kind, row.author, _lasting(row.kind, row.body)) for row in told]
    return State(tuple(entries if in_order else sorted(entries)), rows)


def _lasting(kind: str, body: str) -> str:
    """What of an entry is the same in every run: the file of a release holds times, and the book is named after its folder."""
    return json.loads(body)["name"] if kind == "release" else "" if kind == "book" else body


def hashes(case: Case) -> list[str]:
    """The hashes of the log's entries in their order: what is committed now."""
    engine = create_engine(case.url, poolclass=NullPool)
    with engine.connect() as connection:
        return list(connection.execute(select(log.c.hash).order_by(log.c.seq)).scalars())


def damage(case: Case) -> list[str]:
    """The errors that `pledgebook verify` finds: nothing if all is as it was written. In this process, as that is quicker than the command."""
    try:
        with open_book(place_of(case.book, str(case.folder))) as book:
            return [f"verify: {problem}" for problem in verify(book) if problem.severity == "error"]
    except BookError as error:
        return [f"verify: {error}"]


def is_written_to(case: Case) -> bool:
    """Whether somebody has begun to write: holds SQLite's lock, or the advisory lock of writers on PostgreSQL."""
    if case.url.startswith("sqlite"):
        connection = sqlite3.connect(case.folder / DATABASE, timeout=0, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError:
            return True
        finally:
            connection.close()
        return False
    with psycopg.connect(case.url.replace("+psycopg", ""), autocommit=True) as connected:
        held = "select 1 from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())"
        return connected.execute(held).fetchone() is not None


def unfinished(case: Case) -> Iterator[Path]:
    """Files that killed commands left, none of them under a final name."""
    yield from (path for path in case.folder.rglob(".*") if path.is_file())
