"""Releases of event data in a folder, each whole in one file, and what was known of every event on a day.

    FOLDER/2025-06-01-1f3c....parquet        the observations of a release, `OBSERVATIONS`
          /2025-06-01-1f3c....problems.jsonl  what was wrong in its file

A release tells of all events of its source family ("ucdp", "acled", "table:NAME") in its coverage: for each country the days from its first to
its last. An event of an earlier release within that coverage that it lacks is gone; one outside is still known. So a yearly GED replaces the
candidate events of its years, and an export of 2022 to 2024 says nothing of 2021. A release that lacks more than half of what was known in its
coverage is taken for a selection (one group, one area): nothing is gone for it, and that is told. docs/decisions/0019-releases-of-events.md.
"""

import os
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from pledgebook.core.counted import counted
from pledgebook.core.observation import family_of
from pledgebook.core.problem import Problem
from pledgebook.events.read import Row
from pledgebook.events.tables import OBSERVATIONS, table_of

#: Rows of a release that are read together where not all of them are wanted.
TOGETHER = 8192
#: Columns that tell which observation a row is, what it says, and where and when.
_IDENTITY = ("id", "hash", "country_code", "country", "start", "end")


class Release(msgspec.Struct, frozen=True):
    """A release in the store: the name of its file, and the day or time of its data (ISO 8601)."""

    key: str
    instant: str


class Known(msgspec.Struct, frozen=True, gc=False):
    """One event as it is known: the release that tells it, its row there, what it says (a hash), since when that is known, and where and when."""

    release: str
    row: int
    hash: str
    since: str
    country: str
    start: date
    end: date


class State(msgspec.Struct, frozen=True):
    """What was known of some countries, by id, from a day (ISO 8601) on; `everywhere` are all countries of which anything was known."""

    day: str
    known: dict[str, Known]
    everywhere: frozenset[str]


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """What a release did to what was known: how many observations it tells, how many of them are new or told otherwise, how many are gone."""

    release: Release
    observations: int
    added: int
    changed: int
    removed: int
    notes: tuple[Problem, ...]


class Change(msgspec.Struct, frozen=True):
    """What differs between two days in what is known of one event: "added", "removed" or "changed"."""

    change: str
    id: str
    before: Known | None
    after: Known | None


class EventStore:
    """The releases in `folder`, which is made with the first of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keys(self) -> set[str]:
        """The names of the releases that are there."""
        return {path.stem for path in self.folder.glob("*.parquet") if not path.name.startswith(".")}

    def write(self, key: str, rows: Iterable[Row | Problem]) -> tuple[int, list[Problem]]:
        """Write a release; how many observations it has, and problems. One without any observation is not written. Raises OSError."""
        found = list(rows)
        problems = [one for one in found if isinstance(one, Problem)]
        table = table_of(one for one in found if isinstance(one, Row))
        if len(table):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._put(f"{key}.problems.jsonl", msgspec.json.Encoder().encode_lines(problems))
            sink = pa.BufferOutputStream()
            pq.write_table(table, sink, compression="zstd", row_group_size=TOGETHER)
            self._put(f"{key}.parquet", sink.getvalue())
        return len(table), problems

    def _put(self, name: str, data: "bytes | pa.Buffer") -> None:
        """A file that is there whole or not at all."""
        handle, beside = tempfile.mkstemp(prefix=".", suffix=".unfinished", dir=self.folder)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(beside).replace(self.folder / name)

    def table(self, key: str, columns: Sequence[str] | None = None) -> pa.Table:
        """The observations of a release."""
        return pq.read_table(self.folder / f"{key}.parquet", columns=list(columns) if columns else None)

    def stretches(self, key: str, first: int = 0, columns: Sequence[str] | None = None) -> Iterator[tuple[int, pa.Table]]:
        """The observations of a release, part by part, each with the row it begins at; those before the part that row `first` is in are not read."""
        with pq.ParquetFile(self.folder / f"{key}.parquet") as file:
            sizes = [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)]
            starts = [sum(sizes[:number]) for number in range(len(sizes))]
            wanted = [number for number, size in enumerate(sizes) if starts[number] + size > first]
            at = starts[wanted[0]] if wanted else 0
            for batch in file.iter_batches(TOGETHER, wanted, list(columns) if columns else None) if wanted else ():
                yield at, pa.Table.from_batches([batch])
                at += len(batch)

    def known(self, releases: Sequence[Release], day: str | None = None) -> tuple[dict[str, Known], list[Problem]]:
        """Every event that the releases up to `day` (ISO 8601; None: all of them) tell, by id, and notes on releases taken for selections."""
        known: dict[str, Known] = {}
        return known, [note for one in self._applied(known, releases, day) for note in one.notes]

    def effects(self, releases: Sequence[Release]) -> list[Effect]:
        """What each release did to what was known, in the order of time."""
        return list(self._applied({}, releases, None))

    def states(self, releases: Sequence[Release], countries: Collection[str], day: str | None = None) -> Iterator[State]:
        """What was known of some countries (ISO 3166-1 codes), from each day on which that changed, the oldest first."""
        known: dict[str, Known] = {}
        last: State | None = None
        for one in self._applied(known, releases, day):
            there = {id_: told for id_, told in known.items() if told.country in countries}
            if last is not None and last.day != one.release.instant[:10]:
                yield last
                last = None
            last = State(one.release.instant[:10], there, frozenset(told.country for told in known.values()))
        if last is not None:
            yield last

    def _applied(self, known: dict[str, Known], releases: Sequence[Release], day: str | None) -> Iterator[Effect]:
        for one in sorted(releases, key=lambda release: (release.instant, release.key)):
            if day is None or one.instant[:10] <= day:
                yield self._apply(known, one)

    def _apply(self, known: dict[str, Known], release: Release) -> Effect:
        """Bring what one release tells into what is known."""
        told = self._told(release)
        notes, removed, changed, added = [], 0, 0, 0
        for family, country, lacking, there in _lacking(known, told):
            if 2 * len(lacking) > there:
                notes.append(_selection(release, family, country, len(lacking), there))
                continue
            removed += len(lacking)
            for id_ in lacking:
                del known[id_]
        for id_, one in told.items():
            before = known.get(id_)
            added += before is None
            changed += before is not None and before.hash != one.hash
            same = before is not None and before.hash == one.hash
            known[id_] = msgspec.structs.replace(one, since=before.since) if before is not None and same else one
        return Effect(release=release, observations=len(told), added=added, changed=changed, removed=removed, notes=tuple(notes))

    def _told(self, release: Release) -> dict[str, Known]:
        """What a release tells, by id. Countries and days are few: each is held once, however many rows tell it, and some rows are read at a time."""
        countries: dict[str, str] = {}
        days: dict[date, date] = {}
        told: dict[str, Known] = {}
        for first, table in self.stretches(release.key, columns=_IDENTITY):
            columns = (table[name].to_pylist() for name in _IDENTITY)
            for row, (id_, hash_, code, name, start, end) in enumerate(zip(*columns, strict=True), first):
                country = countries.setdefault(code or name or "", code or name or "")
                start, end = days.setdefault(start, start), days.setdefault(end, end)  # noqa: PLW2901 - the same days, held once
                told[id_] = Known(release.key, row, hash_, release.instant, country, start, end)
        return told

    def gathered(self, known: dict[str, Known]) -> pa.Table:
        """The observations that are known, by release and row, as a table."""
        rows: dict[str, list[int]] = {}
        for one in known.values():
            rows.setdefault(one.release, []).append(one.row)
        parts = [self.table(key).take(pa.array(sorted(numbers))) for key, numbers in sorted(rows.items())]
        return pa.concat_tables(parts) if parts else OBSERVATIONS.empty_table()

    def changes(self, releases: Sequence[Release], before: str, after: str) -> list[Change]:
        """What differs between what two days know, by id."""
        old, new = self.known(releases, before)[0], self.known(releases, after)[0]
        return [
            Change(_word(old.get(id_), new.get(id_)), id_, old.get(id_), new.get(id_))
            for id_ in sorted(old.keys() | new.keys())
            if _differ(old.get(id_), new.get(id_))
        ]


def _lacking(known: dict[str, Known], told: dict[str, Known]) -> list[tuple[str, str, list[str], int]]:
    """For each family and country of a release: the known events in its coverage that it lacks, and how many were known there."""
    coverage: dict[tuple[str, str], tuple[date, date]] = {}
    for id_, one in told.items():
        key = family_of(id_), one.country
        first, last = coverage.get(key, (one.start, one.end))
        coverage[key] = min(first, one.start), max(last, one.end)
    found: dict[tuple[str, str], tuple[list[str], int]] = {}
    for id_, one in known.items():
        key = family_of(id_), one.country
        if key in coverage and coverage[key][0] <= one.start and one.end <= coverage[key][1]:
            lacking, there = found.get(key, ([], 0))
            if id_ not in told:
                lacking.append(id_)
            found[key] = lacking, there + 1
    return [(*key, lacking, there) for key, (lacking, there) in found.items() if lacking]


def _selection(release: Release, family: str, country: str, lacking: int, there: int) -> Problem:
    what = f"It lacks {lacking:,} of {counted(there, 'observation')} ({family}, {country or 'no country'}) that were known for the days it covers."
    todo = "It is taken for a selection: what it lacks is still held to be known. Give the whole release if they are gone."
    return Problem(severity="warning", rule="looks-like-a-selection", where=release.key, what=what, todo=todo)


def _differ(before: Known | None, after: Known | None) -> bool:
    return before is None or after is None or before.hash != after.hash


def _word(before: Known | None, after: Known | None) -> str:
    return "added" if before is None else "removed" if after is None else "changed"
