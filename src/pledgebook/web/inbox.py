"""What readers say is wrong: kept beside the book, not in it, until a reviewer turns it into a decision or lays it aside.

The log is append-only and public; what a stranger typed has no place there before a person of the project has read it. So it lies in a file of its
own in the book's folder, and no address of the sender is kept with it.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args

import msgspec

from pledgebook.book.errors import book_error

Kind = Literal["dispute", "correction", "other"]
KINDS: tuple[Kind, ...] = get_args(Kind)
State = Literal["open", "taken", "laid aside"]
FILE = "inbox.sqlite"
#: What may wait at once, and how long its parts may be, in code points.
MOST_OPEN, LONGEST_TEXT, LONGEST_NAME, LONGEST_LINK = 2_000, 4_000, 200, 500
_TABLE = """
CREATE TABLE IF NOT EXISTS submission (
  number INTEGER PRIMARY KEY, promise TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, who TEXT NOT NULL, link TEXT NOT NULL,
  contact TEXT NOT NULL, received TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'open', settled_by TEXT NOT NULL DEFAULT '',
  settled TEXT NOT NULL DEFAULT '')
"""


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader says of a promise: `who` says it (empty: not told), `link` shows it, `contact` is for questions and never shown.

    `received` and `settled` are ISO 8601 times; `number` counts from 1 (0: not kept yet).
    """

    promise: str
    kind: Kind
    text: str
    who: str = ""
    link: str = ""
    contact: str = ""
    received: str = ""
    number: int = 0
    state: State = "open"
    settled_by: str = ""
    settled: str = ""


class Inbox:
    """The submissions of a book, in a file of its folder. Any number of processes may use it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def put(self, one: Submission) -> int:
        """Keep a submission; its number. Raises BookError if the inbox is full, or cannot be written."""
        with self._open() as connection:
            (waiting,) = connection.execute("SELECT count(*) FROM submission WHERE state = 'open'").fetchone()
            if waiting >= MOST_OPEN:
                raise book_error(
                    "inbox-full", FILE, "Too much waits to be read.", "Try again in a few days, or write to those who keep the book."
                )
            row = (one.promise, one.kind, one.text, one.who, one.link, one.contact, one.received)
            names = "promise, kind, text, who, link, contact, received"
            done = connection.execute(f"INSERT INTO submission ({names}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)  # noqa: S608 - names of columns
            return int(done.lastrowid or 0)

    def waiting(self, after: int = 0, most: int = 100) -> list[Submission]:
        """What nobody has settled, in the order in which it came."""
        if not self._path.exists():
            return []
        with self._open() as connection:
            query = "SELECT * FROM submission WHERE state = 'open' AND number > ? ORDER BY number LIMIT ?"
            return [_of(row) for row in connection.execute(query, (after, most))]

    def numbered(self, number: int) -> Submission | None:
        """The submission of that number, settled or not."""
        if not self._path.exists():
            return None
        with self._open() as connection:
            row = connection.execute("SELECT * FROM submission WHERE number = ?", (number,)).fetchone()
            return _of(row) if row is not None else None

    def settle(self, number: int, state: State, *, by: str, time: str) -> bool:
        """Say what became of a submission: taken up in a decision, or laid aside; whether it was still open."""
        with self._open() as connection:
            query = "UPDATE submission SET state = ?, settled_by = ?, settled = ?, contact = '' WHERE number = ? AND state = 'open'"
            return connection.execute(query, (state, by, time, number)).rowcount == 1

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A transaction that writes. What the disk refuses is raised as BookError."""
        try:
            with contextlib.closing(sqlite3.connect(self._path, timeout=10, isolation_level=None)) as connection:
                connection.row_factory = sqlite3.Row
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(_TABLE)
                yield connection
                connection.execute("COMMIT")
        except sqlite3.Error as error:
            what = f"The inbox of this book cannot be written ({error})."
            raise book_error("unwritable", str(self._path), what, "Write to those who keep the book.") from None


def _of(row: sqlite3.Row) -> Submission:
    return msgspec.convert(dict(row), type=Submission)
