"""What a book knew of events and figures on a day, row by row with where each is from. Held in memory is only which rows count."""

from collections.abc import Iterator
from functools import cached_property

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pledgebook.book.database import reading
from pledgebook.book.events import releases, store_of
from pledgebook.book.events_log import ReleaseEntry, recorded_releases
from pledgebook.book.opening import Book
from pledgebook.core.observation import family_of
from pledgebook.core.observed import LeftOut, ObservedRow
from pledgebook.events.column_map import ColumnMap
from pledgebook.events.placing import outlines_for, placed
from pledgebook.events.store import Known
from pledgebook.events.tables import observations_of
from pledgebook.events.terms import Terms, terms_of
from pledgebook.reference.places.outlines import Outlines


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of one release that count, in order, with the day since when each is known so."""

    entry: ReleaseEntry
    recorded: str
    family: str
    terms: Terms
    rows: NDArray[np.int64]
    since: tuple[str, ...]


class Observed:
    """What `book` knew on `day` (ISO 8601; None: all), by release and row. The rows are read when they are asked for, a part at a time."""

    def __init__(self, book: Book, day: str | None = None) -> None:
        self._book, self._day = book, day

    def __iter__(self) -> Iterator[ObservedRow]:
        """The rows that may be given on."""
        return self.after("", -1)

    def __len__(self) -> int:
        """How many these are."""
        return sum(len(part.rows) for part in self._parts if part.terms.refused is None)

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What may not be given on, by source."""
        counts: dict[tuple[str, str], int] = {}
        for part in self._parts:
            if part.terms.refused is not None:
                key = part.family, part.terms.refused
                counts[key] = counts.get(key, 0) + len(part.rows)
        return tuple(LeftOut(source=source, rows=rows, why=why) for (source, why), rows in sorted(counts.items()))

    def prepare(self) -> None:
        """Find what reading rows needs, so that several threads may read them after it."""
        self._parts, self._outlines  # noqa: B018 - found when they are first asked for

    def after(self, release: str, place: int) -> Iterator[ObservedRow]:
        """The rows that come after one, which need not be there."""
        for part in self._parts:
            if part.entry.key >= release and part.terms.refused is None:
                yield from self._rows(part, place + 1 if part.entry.key == release else 0)

    @cached_property
    def _parts(self) -> list[_Part]:
        known, _ = store_of(self._book).known(releases(self._book), self._day)
        by_release: dict[str, list[tuple[str, Known]]] = {}
        for id_, one in known.items():
            by_release.setdefault(one.release, []).append((id_, one))
        with reading(self._book.engine) as connection:
            logged = recorded_releases(connection)
        return [_part(*logged[key], found) for key, found in sorted(by_release.items())]

    @cached_property
    def _outlines(self) -> Outlines:
        """Those of all countries of which there are points: of a part alone, a point beyond a border would be said to be outside."""
        countries: set[str | None] = set()
        for part in self._parts:
            table = store_of(self._book).table(part.entry.key, ["country_code", "longitude"]).take(pa.array(part.rows))
            countries.update(table.filter(pc.is_valid(table["longitude"]))["country_code"].unique().to_pylist())
        return outlines_for(countries)

    def _rows(self, part: _Part, first: int) -> Iterator[ObservedRow]:
        begin = int(np.searchsorted(part.rows, first))
        if begin == len(part.rows):
            return
        for start, table in store_of(self._book).stretches(part.entry.key, int(part.rows[begin])):
            end = int(np.searchsorted(part.rows, start + len(table)))
            wanted = table.take(pa.array(part.rows[begin:end] - start))
            told = placed(observations_of(wanted), self._outlines)
            for at, (one, line) in enumerate(zip(told, wanted["line"].to_pylist(), strict=True), begin):
                yield ObservedRow(
                    observation=one,
                    release=part.entry.key,
                    place=int(part.rows[at]),
                    snapshot=part.entry.snapshot,
                    since=part.since[at],
                    recorded=part.recorded,
                    file=part.entry.name,
                    line=line,
                    terms=part.terms.name,
                )
            begin = end


def _part(entry: ReleaseEntry, recorded: str, found: list[tuple[str, Known]]) -> _Part:
    """What counts of a release. A file is of one source, so that its first id tells the terms of all."""
    found.sort(key=lambda one: one[1].row)
    columns = msgspec.json.decode(entry.columns, type=ColumnMap) if entry.columns else None
    family = family_of(found[0][0])
    return _Part(
        entry=entry,
        recorded=recorded,
        family=family,
        terms=terms_of(family, columns),
        rows=np.array([one.row for _, one in found], dtype=np.int64),
        since=tuple(one.since for _, one in found),
    )
