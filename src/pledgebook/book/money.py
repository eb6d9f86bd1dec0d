"""Aid data taken into a book: every file kept, every snapshot's activities listed, nothing overwritten."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
from sqlalchemy import Connection

from pledgebook.aid.feeds import Placed, Taken, feeds
from pledgebook.aid.files import generated_by, read_aid
from pledgebook.aid.held import Held
from pledgebook.aid.store import LISTING, Part, SnapshotStore, Unfinished
from pledgebook.book.database import reading, writing
from pledgebook.book.errors import BookError
from pledgebook.book.log import NewEntry, append
from pledgebook.book.money_log import MONEY, SnapshotEntry, snapshot_entries
from pledgebook.book.opening import Book
from pledgebook.book.place import TABLES
from pledgebook.core.problem import Problem
from pledgebook.sources.faults import Fault
from pledgebook.sources.streams import blocks_of_file

class Snapshots(msgspec.Struct, frozen=True, kw_only=True):
    """What taking in a file came to: the entry, what it holds (None: it was in the book already), and problems."""

    entry: SnapshotEntry | None
    part: Part | None
    problems: tuple[Problem, ...]


def store_of(book: Book) -> SnapshotStore:
    """Where a book's snapshots are kept."""
    return SnapshotStore(book.place.folder / TABLES / "aid")


def take_money(book: Book, path: Path, *, snapshot: str | None, feed: str | None, author: str, recorded: str) -> Snapshots:
    """Take a file in. `snapshot` is the day or time of its data; without it the file must tell. Raises BookError for a full disk and the like.

    A file without activities, or without a time, is not taken in and told as a problem.
    """
    entry = _entry(book, path, snapshot, feed)
    if isinstance(entry, Problem):
        return Snapshots(entry=None, part=None, problems=(entry,))
    if entry in logged(book):
        return Snapshots(entry=entry, part=None, problems=())
    store = store_of(book)
    store.clean()
    part = _write(book, store, entry, str(path))
    if isinstance(part, Problem) or not part.counts().activities:
        problems = (part,) if isinstance(part, Problem) else tuple(part.problems)
        if isinstance(part, Unfinished):
            part.drop()
        return Snapshots(entry=None, part=None, problems=problems)
    with writing(book.engine) as connection:
        if entry not in snapshot_entries(connection):
            append(connection, [NewEntry(kind=MONEY, author=author, recorded=recorded, body=msgspec.to_builtins(entry))])
    return Snapshots(entry=entry, part=part.finish(), problems=tuple(part.problems))


def _entry(book: Book, path: Path, snapshot: str | None, feed: str | None) -> SnapshotEntry | Problem:
    try:
        told = snapshot or _generated(path)
    except Fault as fault:
        return fault.problem(str(path))
    if told is None:
        return Problem(
            severity="error",
            rule="no-snapshot-date",
            where=str(path),
            what="Nothing tells of which day the data are: the file does not say when it was generated.",
            todo="Give the day with --snapshot; the file's name and the clock are not asked.",
        )
    return SnapshotEntry(
        sha256=book.blobs.put_file(path), name=path.name, snapshot=told, snapshot_from="option" if snapshot else "file", feed=feed
    )


def _generated(path: Path) -> str | None:
    found = generated_by(next(blocks_of_file(path, 1 << 16), b""))
    return _instant(found) if found else None


def _instant(written: str) -> str | None:
    """A day, or a day with a time, in the form that orders; None for what is neither."""
    day, time = written[:10], written[11:19]
    if not (len(day) == 10 and day[4] == day[7] == "-" and day.replace("-", "").isdigit()):
        return None
    return f"{day}T{time}" if len(time) == 8 and time[2] == time[5] == ":" and time.replace(":", "").isdigit() else day


def _write(book: Book, store: SnapshotStore, entry: SnapshotEntry, source: str) -> Unfinished | Problem:
    known = store.known()
    try:
        rows = read_aid(blocks_of_file(book.blobs.path(entry.sha256)), source, skip=known)
        return store.write(entry.key, rows, known)
    except Fault as fault:
        return fault.problem(source)


def logged(book: Book) -> list[SnapshotEntry]:
    """The files that were taken in, in the order of the log."""
    with reading(book.engine) as connection:
        return snapshot_entries(connection)


def mend(book: Book, taken: Sequence[SnapshotEntry]) -> None:
    """Read again what the log tells and the store does not have: after a kill between the two, or in a copy of a book."""
    store = store_of(book)
    there = store.keys()
    for entry in taken:
        if entry.key in there:
            continue
        part = _write(book, store, entry, entry.name)
        if isinstance(part, Problem):
            raise BookError(part)
        part.finish()


def rebuild_money(book: Book) -> int:
    """Read every file of aid data again, with this program's reading of it; how many there are."""
    store, taken = store_of(book), logged(book)
    before = store.folder.with_name(".aid-before")
    if store.folder.exists():
        _remove(before)
        store.folder.rename(before)
    try:
        mend(book, taken)
    except BaseException:
        _remove(store.folder)
        if before.exists():
            before.rename(store.folder)
        raise
    _remove(before)
    return len(taken)


def _remove(folder: Path) -> None:
    import shutil  # noqa: PLC0415 - one use

    shutil.rmtree(folder, ignore_errors=True)


def placed(book: Book) -> list[Placed]:
    """Every snapshot with its feed, in the order of time."""
    taken, folder = logged(book), store_of(book).folder
    mend(book, taken)
    return feeds([Taken(one.key, one.snapshot, one.feed) for one in taken], lambda key: _listed(folder / key))


def _listed(part: Path) -> Iterator[str | None]:
    yield from pq.read_table(part / f"{LISTING}.parquet", columns=["activity_id"])["activity_id"].to_pylist()


def keys_there(book: Book, keys: Collection[str]) -> set[str]:
    """Those of the keys of which any snapshot ever told."""
    wanted = {key.partition(":")[2]: key for key in keys}
    found: set[str] = set()
    for one in placed(book):
        found |= {wanted[name] for name in _listed(store_of(book).folder / one.key) if name in wanted}
    return found


def held(book: Book) -> Held:
    """What the book knows of aid data, open for queries; to be closed by its user."""
    return Held(store_of(book), placed(book))
