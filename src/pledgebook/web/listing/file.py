"""The file of the listing: SQLite, written once when it is built, and row by row when a promise changes."""

import contextlib
import queue
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from pledgebook.web.listing.entries import Listed
from pledgebook.web.listing.gathered import Gathered

#: Changes whenever the tables below do, or what is put into them does (a facet of another name is seen without).
LAYOUT = "3"
#: Kilobytes of the file that each connection keeps; the system keeps the rest.
_CACHE = 4_096
_TABLES = """
CREATE TABLE state (key TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE promise (place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, row BLOB NOT NULL, exported BLOB NOT NULL, money BLOB);
CREATE TABLE mention (id TEXT NOT NULL, place INTEGER NOT NULL);
CREATE TABLE evidence (document TEXT NOT NULL, place INTEGER NOT NULL);
CREATE TABLE change (place INTEGER NOT NULL, day TEXT NOT NULL, id TEXT NOT NULL, promise TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE gathering (kind TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (kind, id));
CREATE TABLE gathered (promise TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(quote, actors, action, outlets, tokenize = "unicode61 remove_diacritics 2", prefix = '3');
"""
_INDEXES = """
CREATE INDEX mention_id ON mention (id);
CREATE INDEX mention_place ON mention (place);
CREATE INDEX evidence_document ON evidence (document);
CREATE INDEX evidence_place ON evidence (place);
CREATE INDEX change_day ON change (day DESC, id);
CREATE INDEX change_place ON change (place);
CREATE INDEX gathered_promise ON gathered (promise);
CREATE INDEX gathered_id ON gathered (kind, id);
"""


class File:
    """An open file, which must be there (sqlite3.OperationalError). Connections are lent to threads, and closed when the file is and they have come back."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._address = f"{path.absolute().as_uri()}?mode=rw"  # makes no file: an empty one would answer as if nothing were listed
        self._free: queue.SimpleQueue[sqlite3.Connection] = queue.SimpleQueue()
        self._closed = False

    @contextlib.contextmanager
    def lent(self) -> Iterator[sqlite3.Connection]:
        """A connection for the time of a `with` block, without a transaction."""
        try:
            connection = self._free.get_nowait()
        except queue.Empty:
            connection = sqlite3.connect(self._address, uri=True, check_same_thread=False, isolation_level=None, timeout=30)
            connection.execute(f"PRAGMA cache_size=-{_CACHE}")
        try:
            yield connection
        finally:
            self._free.put(connection)
            if self._closed:
                self._close_free()

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that writes: all of it is kept or none."""
        with self.lent() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def close(self) -> None:
        """Close what is not lent now, and the rest when it comes back."""
        self._closed = True
        self._close_free()

    def _close_free(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                self._free.get_nowait().close()


def new_file(path: Path) -> File:
    """A file with empty tables. What a crash would lose in it is built again."""
    path.touch()
    made = File(path)
    with made.lent() as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")
        connection.executescript(_TABLES)
    return made


def add_indexes(connection: sqlite3.Connection) -> None:
    """Make the indexes, once the rows are there."""
    for line in _INDEXES.strip().splitlines():
        connection.execute(line)


def put(connection: sqlite3.Connection, place: int, one: Listed) -> None:
    """Write a promise at its place."""
    connection.execute("INSERT INTO promise VALUES (?, ?, ?, ?, ?)", (place, one.id, one.row, one.exported, one.money))
    connection.execute("INSERT INTO words (rowid, quote, actors, action, outlets) VALUES (?, ?, ?, ?, ?)", (place, *one.words))
    connection.executemany("INSERT INTO mention VALUES (?, ?)", [(mention, place) for mention in one.mentions])
    connection.executemany("INSERT INTO evidence VALUES (?, ?)", [(document, place) for document in one.evidence])
    told = [(place, change.day, change.id, one.id, msgspec.json.encode(change)) for change in one.changes]
    connection.executemany("INSERT INTO change VALUES (?, ?, ?, ?, ?)", told)


def put_gathered(connection: sqlite3.Connection, one: Gathered) -> None:
    """Write a plan, campaign or instrument."""
    connection.execute("INSERT INTO gathering VALUES (?, ?, ?, ?)", (one.kind, one.id, one.name, one.body))
    told = [(promise, one.kind, one.id, one.name) for promise in one.promises]
    connection.executemany("INSERT INTO gathered VALUES (?, ?, ?, ?)", told)


def replace_gathered(connection: sqlite3.Connection, all_of: Iterable[Gathered]) -> None:
    """Write all plans, campaigns and instruments in the place of those that are there."""
    connection.execute("DELETE FROM gathering")
    connection.execute("DELETE FROM gathered")
    for one in all_of:
        put_gathered(connection, one)


def take_out(connection: sqlite3.Connection, place: int) -> None:
    """Remove the promise at a place."""
    connection.execute("DELETE FROM promise WHERE place = ?", (place,))
    connection.execute("DELETE FROM words WHERE rowid = ?", (place,))
    connection.execute("DELETE FROM mention WHERE place = ?", (place,))
    connection.execute("DELETE FROM evidence WHERE place = ?", (place,))
    connection.execute("DELETE FROM change WHERE place = ?", (place,))


def state_of(connection: sqlite3.Connection, key: str) -> bytes:
    """What is kept under a key; empty if nothing is."""
    row = connection.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
    return bytes(row[0]) if row else b""


def keep_state(connection: sqlite3.Connection, key: str, value: bytes) -> None:
    """Keep something under a key."""
    connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))


def places_of(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, int]:
    """The places of promises that are listed."""
    told = msgspec.json.encode(list(ids)).decode()
    query = "SELECT id, place FROM promise WHERE id IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(query, (told,)).fetchall())
