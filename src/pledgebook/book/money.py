"""Aid data taken into a book: every file kept, every snapshot's activities listed, nothing overwritten."""

import shutil
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from pledgebook.aid.feeds import Placed, Taken, feeds
from pledgebook.aid.files import generated_by, read_aid
from pledgebook.aid.held import Held
from pledgebook.aid.store import LISTING, Part, SnapshotStore, Unfinished
from pledgebook.book.blobs import disk_told
from pledgebook.book.database import reading, writing
from pledgebook.book.errors import BookError, book_error
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

    A file without activities, or without a time, is not taken in and told as a problem. The same bytes of the same time are in the book
    already, whatever they are called now; a `feed` that is named then is the file's from now on.
    """
    entry = _entry(book, path, snapshot, feed)
    if isinstance(entry, Problem):
        return Snapshots(entry=None, part=None, problems=(entry,))
    known = {one.key: one for one in logged(book)}
    if entry.key in known:
        return Snapshots(entry=_log(book, entry, author, recorded)[0], part=None, problems=())
    store = store_of(book)
    with disk_told(store.folder):
        store.clean()
    part = _write(book, store, entry, str(path))
    if isinstance(part, Problem):
        return Snapshots(entry=None, part=None, problems=(part,))
    if not part.counts().activities:
        part.drop()
        return Snapshots(entry=None, part=None, problems=tuple(part.problems))
    entry, is_new = _log(book, entry, author, recorded)
    with disk_told(store.folder):
        counts = part.finish()
    return Snapshots(entry=entry, part=counts if is_new else None, problems=tuple(part.problems))


def _log(book: Book, entry: SnapshotEntry, author: str, recorded: str) -> tuple[SnapshotEntry, bool]:
    """Write an entry into the log, unless it says nothing new; the entry that counts, and whether its file is new to the log."""
    with writing(book.engine) as connection:
        before = next((one for one in snapshot_entries(connection) if one.key == entry.key), None)
        if before is not None and entry.feed in {None, before.feed}:
            return before, False
        append(connection, [NewEntry(kind=MONEY, author=author, recorded=recorded, body=msgspec.to_builtins(entry))])
    return entry, before is None


def _entry(book: Book, path: Path, snapshot: str | None, feed: str | None) -> SnapshotEntry | Problem:
    try:
        told = _instant(snapshot or generated_by(next(blocks_of_file(path, 1 << 16), b"")) or "")
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


def _instant(written: str) -> str | None:
    """A day, or a day with a time in UTC to the second, in the form that orders; None for what is neither. A time without a zone is UTC."""
    try:
        if len(written) == 10:
            return datetime.strptime(written, "%Y-%m-%d").replace(tzinfo=UTC).date().isoformat()
        found = datetime.fromisoformat(written.strip())
        return (
            (found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC))
            .replace(tzinfo=None)
            .isoformat(timespec="seconds")
        )
    except (ValueError, OverflowError):
        return None


def _write(book: Book, store: SnapshotStore, entry: SnapshotEntry, source: str) -> Unfinished | Problem:
    """The part of an entry, not finished yet; a Problem if its file cannot be read."""
    with disk_told(store.folder):
        known = store.known()
        try:
            rows = read_aid(blocks_of_file(book.blobs.path(entry.sha256)), source, skip=known)
            return store.write(entry.key, rows, known)
        except Fault as fault:
            return fault.problem(source)


def logged(book: Book) -> list[SnapshotEntry]:
    """The files that were taken in, in the order of the log, each with the feed that was named for it last."""
    with reading(book.engine) as connection:
        return snapshot_entries(connection)


def mend(book: Book, taken: Sequence[SnapshotEntry], store: SnapshotStore | None = None) -> None:
    """Read again what the log tells and the store (the book's own) does not have: after a kill between the two, or in a copy of a book."""
    store = store or store_of(book)
    there = store.keys()
    for entry in taken:
        if entry.key in there:
            continue
        part = _write(book, store, entry, entry.name)
        if isinstance(part, Problem):
            raise BookError(part)
        with disk_told(store.folder):
            part.finish()


def rebuild_money(book: Book) -> int:
    """Read every file of aid data again, with this program's reading of it; how many there are. Until the end all stays as it was."""
    store, taken = store_of(book), logged(book)
    made, before = (SnapshotStore(store.folder.with_name(f".aid-{name}")) for name in ("made", "before"))
    with disk_told(store.folder):
        for left in (made, before):
            shutil.rmtree(left.folder, ignore_errors=True)
        mend(book, taken, made)
        if store.folder.exists():
            store.folder.rename(before.folder)
        if taken:
            made.folder.rename(store.folder)
        shutil.rmtree(before.folder, ignore_errors=True)
    return len(taken)


def placed(book: Book) -> list[Placed]:
    """Every snapshot with its feed, in the order of time."""
    taken, folder = logged(book), store_of(book).folder
    mend(book, taken)
    return feeds([Taken(one.key, one.snapshot, one.feed) for one in taken], lambda key: _listed(folder / key))


def _listed(part: Path) -> Iterator[str | None]:
    try:
        names = pq.read_table(part / f"{LISTING}.parquet", columns=["activity_id"])["activity_id"]
    except (OSError, pa.ArrowException) as error:
        what = f"A table of aid data cannot be read ({error})."
        raise book_error("damaged-table", str(part), what, "Run `pledgebook rebuild`, which reads the files again.") from None
    yield from names.to_pylist()


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
