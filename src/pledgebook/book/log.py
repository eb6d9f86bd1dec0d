"""The append-only log: entries that each carry the hash of the one before."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, insert, select

from pledgebook.book.errors import BookError
from pledgebook.book.tables import log
from pledgebook.core.identity import canonical_json, sha256_hex
from pledgebook.core.problem import Problem

#: The `prev` of the first entry.
NONE_BEFORE = "0" * 64
#: What to do about an entry that was changed.
RESTORE = "Restore the book from a backup, or from the source it came from."


class NewEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be appended. `body` is made of dicts, lists, strings, integers, booleans and None; `recorded` is an ISO 8601 time."""

    kind: str
    author: str
    recorded: str
    body: dict[str, object]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the log; `seq` counts from 1, `body` is canonical JSON."""

    seq: int
    kind: str
    author: str
    recorded: str
    body: str
    prev: str
    hash: str

    def leaf(self) -> bytes:
        """The canonical bytes that the entry's hash, and a release's Merkle tree, are made of."""
        return leaf_of(self.seq, NewEntry(kind=self.kind, author=self.author, recorded=self.recorded, body={}), self.body, self.prev)

    def content(self) -> dict[str, Any]:
        """The body, decoded. Raises BookError "changed-log" if the entry is not as it was written."""
        if not self.is_whole():
            raise BookError(self.changed())
        return msgspec.json.decode(self.body, type=dict[str, Any])

    def is_whole(self) -> bool:
        """Whether the entry has the hash that it was written with."""
        return sha256_hex(self.leaf()) == self.hash

    def changed(self) -> Problem:
        """The Problem of an entry that is not whole."""
        what = f"Entry {self.seq} ({self.kind}, by {self.author}) was changed after it was written."
        return Problem(severity="error", rule="changed-log", where="log", line=self.seq, what=what, todo=RESTORE)


def leaf_of(seq: int, entry: NewEntry, body: str, prev: str) -> bytes:
    """Canonical JSON (RFC 8785) of [seq, kind, author, recorded, body, prev]; `body` goes in as the text it is stored as."""
    return canonical_json([seq, entry.kind, entry.author, entry.recorded, body, prev])


def append(connection: Connection, entries: Sequence[NewEntry]) -> list[Entry]:
    """Append `entries` in a writing transaction; what they have become. Nothing is in the log before the transaction ends."""
    last = connection.execute(select(log.c.seq, log.c.hash).order_by(log.c.seq.desc()).limit(1)).first()
    seq, prev = (last.seq, last.hash) if last else (0, NONE_BEFORE)
    made = []
    for entry in entries:
        seq += 1
        body = canonical_json(entry.body).decode("utf-8")
        digest = sha256_hex(leaf_of(seq, entry, body, prev))
        made.append(Entry(seq=seq, kind=entry.kind, author=entry.author, recorded=entry.recorded, body=body, prev=prev, hash=digest))
        prev = digest
    if made:
        connection.execute(insert(log), [msgspec.structs.asdict(entry) for entry in made])
    return made


def entries(connection: Connection, kinds: Sequence[str] = (), after: int = 0) -> Iterator[Entry]:
    """The entries with a number above `after`, of the given kinds (all if none are given), in their order, read as they are asked for."""
    chosen = select(log).where(log.c.seq > after).order_by(log.c.seq)
    if kinds:
        chosen = chosen.where(log.c.kind.in_(kinds))
    rows = connection.execute(chosen, execution_options={"yield_per": 1000})
    try:
        for row in rows:
            yield _entry(row)
    finally:
        rows.close()  # also where the caller has seen enough


def numbers_after(connection: Connection, after: int, kinds: Collection[str], most: int) -> list[int] | None:
    """The numbers of the entries above `after`; None if these are more than `most`, or any is of another kind than `kinds`."""
    rows = connection.execute(select(log.c.seq, log.c.kind).where(log.c.seq > after).order_by(log.c.seq).limit(most + 1)).all()
    return None if len(rows) > most or any(row.kind not in kinds for row in rows) else [row.seq for row in rows]


def few_entries(connection: Connection, kind: str) -> list[Entry]:
    """The entries of a kind of which a book has few, in their order, read at once: that takes less than reading them as they are asked for."""
    return [_entry(row) for row in connection.execute(select(log).where(log.c.kind == kind).order_by(log.c.seq))]


def entry_numbered(connection: Connection, seq: int) -> Entry | None:
    """The entry of that number."""
    row = connection.execute(select(log).where(log.c.seq == seq)).first()
    return _entry(row) if row else None


def size_and_head(connection: Connection) -> tuple[int, str]:
    """How many entries there are, and the hash of the last."""
    row = connection.execute(select(log.c.seq, log.c.hash).order_by(log.c.seq.desc()).limit(1)).first()
    return (row.seq, row.hash) if row else (0, NONE_BEFORE)


def count(connection: Connection) -> int:
    """How many rows the log has; less than the last number if some were taken out."""
    return connection.execute(select(func.count()).select_from(log)).scalar_one()


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    return Entry(seq=row.seq, kind=row.kind, author=row.author, recorded=row.recorded, body=row.body, prev=row.prev, hash=row.hash)
