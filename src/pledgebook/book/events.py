"""Event data taken into a book: every file kept, every release whole beside it, and what was known on a day."""

import shutil
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import msgspec

from pledgebook.book.blobs import disk_told
from pledgebook.book.database import reading, writing
from pledgebook.book.errors import BookError, book_error
from pledgebook.book.events_log import EVENTS, ReleaseEntry, release_entries
from pledgebook.book.log import RESTORE, NewEntry, append
from pledgebook.book.opening import Book
from pledgebook.book.place import TABLES
from pledgebook.core.observation import Observation
from pledgebook.core.problem import Problem
from pledgebook.events.column_map import ColumnMap
from pledgebook.events.placing import outlines_for, placed
from pledgebook.events.read import Row, read_events
from pledgebook.events.store import Change, Effect, EventStore, Release
from pledgebook.events.tables import observations_of
from pledgebook.reference.places.outlines import Outlines
from pledgebook.sources.faults import Fault
from pledgebook.sources.streams import blocks_of_file


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What taking in a file came to: the entry (None: it was not taken in), how many observations it tells (None: the book had it), and problems."""

    entry: ReleaseEntry | None
    observations: int | None
    sources: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class Dated(msgspec.Struct, frozen=True):
    """Observations as they were known from a day (ISO 8601) on."""

    day: str
    observations: tuple[Observation, ...]


def store_of(book: Book) -> EventStore:
    """Where a book's releases are kept."""
    return EventStore(book.place.folder / TABLES / "events")


def take_events(book: Book, path: Path, *, snapshot: str | None, columns: ColumnMap | None, author: str, recorded: str) -> Taken:
    """Take a file in. `snapshot` is the day or time of its data; without it the file must tell (ACLED's rows do). Raises BookError.

    A file without observations or without a time, or one that breaks off, is not taken in and told as a problem.
    """
    sha256 = book.blobs.put_file(path)
    rows = _rows(book.blobs.path(sha256), str(path), columns)
    problems = [one for one in rows if isinstance(one, Problem)]
    found = [one for one in rows if isinstance(one, Row)]
    told = snapshot or max((one.changed for one in found if one.changed), default=None)
    if not found or any(one.line is None for one in problems):  # a file that breaks off does not tell all
        return Taken(entry=None, observations=None, problems=tuple(problems))
    if told is None:
        return Taken(entry=None, observations=None, problems=(_no_day(path), *problems))
    entry = ReleaseEntry(
        sha256=sha256,
        name=path.name,
        snapshot=told,
        snapshot_from="option" if snapshot else "file",
        columns=msgspec.json.encode(columns, order="deterministic").decode() if columns else None,
    )
    sources = tuple(sorted({one.observation.source for one in found}))
    if entry in logged(book):
        return Taken(entry=entry, observations=None, sources=sources)
    store = store_of(book)
    with disk_told(store.folder):
        store.write(entry.key, rows)
    with writing(book.engine) as connection:
        if entry not in release_entries(connection):
            append(connection, [NewEntry(kind=EVENTS, author=author, recorded=recorded, body=msgspec.to_builtins(entry))])
    return Taken(entry=entry, observations=len(found), sources=sources, problems=tuple(problems))


def _rows(path: Path, source: str, columns: ColumnMap | None) -> list[Row | Problem]:
    try:
        return list(read_events(blocks_of_file(path), source, columns))
    except Fault as fault:
        return [fault.problem(source)]


def _no_day(path: Path) -> Problem:
    return Problem(
        severity="error",
        rule="no-snapshot-date",
        where=str(path),
        what="Nothing tells of which day the data are: the file does not say when it was made.",
        todo="Give the day of the release with --snapshot; the file's name and the clock are not asked.",
    )


def logged(book: Book) -> list[ReleaseEntry]:
    """The files that were taken in, in the order of the log."""
    with reading(book.engine) as connection:
        return release_entries(connection)


def releases(book: Book) -> list[Release]:
    """Every release, in the order of time; what the log tells and the store lacks (after a kill, in a copy of a book) is read again."""
    taken, there = logged(book), store_of(book).keys()
    _write(book, [one for one in taken if one.key not in there])
    return sorted((Release(one.key, one.snapshot) for one in taken), key=lambda one: (one.instant, one.key))


def _write(book: Book, taken: Sequence[ReleaseEntry]) -> None:
    store = store_of(book)
    for entry in taken:
        columns = msgspec.json.decode(entry.columns, type=ColumnMap) if entry.columns else None
        rows = _rows(book.blobs.path(entry.sha256), entry.name, columns)
        with disk_told(store.folder):
            count, problems = store.write(entry.key, rows)
        if not count:
            raise BookError(problems[0]) if problems else book_error("no-observations", entry.name, "Nothing can be read of it.", RESTORE)


def rebuild_events(book: Book) -> int:
    """Read every file of event data again, with this program's reading of it; how many there are."""
    taken, store = logged(book), store_of(book)
    _write(book, taken)
    for key in store.keys() - {one.key for one in taken}:
        (store.folder / f"{key}.parquet").unlink(missing_ok=True)
    if not taken:
        shutil.rmtree(store.folder, ignore_errors=True)
    return len(taken)


def observations(book: Book, day: str | None = None, outlines: Outlines | None = None) -> tuple[list[Observation], list[Problem]]:
    """What the book knew on a day (ISO 8601; None: all), each observation with its area; and notes on releases that look like selections."""
    store = store_of(book)
    known, notes = store.known(releases(book), day)
    return placed(observations_of(store.gathered(known)), outlines), notes


def states(book: Book, day: str, countries: Collection[str]) -> Iterator[Dated]:
    """What the book knew of some countries, each observation with its area: for each day up to `day` on which a release told of them anew.

    Points are looked for in the outlines of all countries of the data, as `observations` does: else one beyond a border would lie elsewhere here.
    """
    store = store_of(book)
    made: dict[tuple[str, str], Observation] = {}
    everywhere: frozenset[str] = frozenset()
    for state in store.states(releases(book), countries, day):
        if state.everywhere != everywhere:
            made, everywhere = {}, state.everywhere
        told = {(id_, one.hash): one for id_, one in state.known.items()}
        new = {of[0]: one for of, one in told.items() if of not in made}
        for one in placed(observations_of(store.gathered(new)), outlines_for(everywhere)):
            made[one.id, new[one.id].hash] = one
        yield Dated(state.day, tuple(made[of] for of in sorted(told)))


def effects(book: Book) -> list[Effect]:
    """What each release did to what was known, in the order of time."""
    return store_of(book).effects(releases(book))


def changes(book: Book, before: str, after: str) -> list[tuple[Change, Observation | None, Observation | None]]:
    """What differs between two days, with what each day says of the event, without its area."""
    store = store_of(book)
    found = store.changes(releases(book), before, after)
    old = {one.id: one for one in observations_of(store.gathered({c.id: c.before for c in found if c.before}))}
    new = {one.id: one for one in observations_of(store.gathered({c.id: c.after for c in found if c.after}))}
    return [(one, old.get(one.id), new.get(one.id)) for one in found]
