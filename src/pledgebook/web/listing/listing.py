"""The open listing: promises chosen, counted, sorted and told anew."""

import sqlite3
import threading
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec
import numpy as np

from pledgebook.views.book.atom_feed import Entry
from pledgebook.views.standing_rows import REVIEWED, StandingRow
from pledgebook.web.listing.asking import Asked, Count, Coverage, Order, Page, match_query
from pledgebook.web.listing.columns import Columns, Mask, Numbers, changed, packed, unpacked
from pledgebook.web.listing.entries import NO_DAY, Listed
from pledgebook.web.listing.facets import FACETS
from pledgebook.web.listing.file import File, keep_state, places_of, put, state_of, take_out

#: The verdicts that count as one in a table of rates.
GROUPS: dict[str, tuple[str, ...]] = {
    "kept": ("kept", "kept late", "holds"),
    "partly kept": ("partly kept",),
    "not kept": ("not kept", "reversed", "breached", "withdrawn"),
    "open": ("open",),
    "cannot be told": ("unverifiable", "lapsed", "superseded"),
}


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """Which state of the book a listing shows; `meta` tells what a log entry does not."""

    entries: int
    head: str
    day: str
    version: str
    meta: str = ""

    @property
    def key(self) -> str:
        """A text that differs for each state."""
        return f"{self.head} {self.day} {self.version} {self.meta}"


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a facet with how its promises stand, and what is known of them."""

    value: str
    total: int
    by_group: tuple[int, ...]
    coverage: Coverage


class Listing:
    """A listing in a file that this process alone writes."""

    def __init__(self, path: Path) -> None:
        self.file = File(path)
        self._lock = threading.Lock()
        with self.file.lent() as connection:
            self.columns: Columns = unpacked(state_of(connection, "columns"))
            self.stamp: Stamp = msgspec.json.decode(state_of(connection, "stamp"), type=Stamp)
        self._orders: dict[tuple[Order, int], Numbers] = {}

    def close(self) -> None:
        """Close the file."""
        self.file.close()

    def ask(self, asked: Asked) -> Page:
        """The promises asked for, a page of them."""
        columns = self.columns
        mask = self._mask(columns, asked)
        order = self._order(columns, asked)
        if asked.after:
            order = order[bisect_right(order, asked.after, key=lambda place: columns.ids[place]) :]
        chosen = order[mask[order]]
        part = chosen[asked.first : asked.first + asked.most]
        return Page(total=len(chosen), places=tuple(int(one) for one in part), ids=tuple(columns.ids[one] for one in part))

    def counts(self, asked: Asked, names: Iterable[str] | None = None) -> dict[str, list[Count]]:
        """For each facet how many promises have each value, given the words and all other facets that are chosen."""
        columns = self.columns
        found_words = self._found(columns, asked.words)
        masks = {name: columns.having(name, values) for name, values in asked.chosen.items() if values}
        base = columns.alive & found_words if found_words is not None else columns.alive
        made = {}
        for name in names or (one.name for one in FACETS):
            mask = base
            for other, of_other in masks.items():
                if other != name:
                    mask = mask & of_other
            column, wanted = columns.facets[name], set(asked.chosen.get(name, ()))
            made[name] = [
                Count(value=value, count=int(count), chosen=value in wanted)
                for value, count in zip(column.values, column.counts(mask), strict=True)
                if count or value in wanted
            ]
        return made

    def coverage(self, asked: Asked | None = None) -> Coverage:
        """What is known of the promises asked for, or of all."""
        columns = self.columns
        return _coverage(columns, self._mask(columns, asked) if asked else columns.alive)

    def groups(self, facet: str, most: int = 1_000_000, asked: Asked | None = None) -> list[Group]:
        """The values of a facet that most promises have, with how these stand."""
        columns = self.columns
        base = self._mask(columns, asked) if asked else columns.alive
        column = columns.facets[facet]
        totals = column.counts(base)
        by_group = [column.counts(base & columns.having("verdict", verdicts)) for verdicts in GROUPS.values()]
        alive = column.owners[base[column.owners]], column.codes[base[column.owners]]
        reviewed = columns.having("review", (REVIEWED,))
        sums = {
            name: np.bincount(alive[1], weights=of[alive[0]], minlength=len(column.values))
            for name, of in {
                "reviewed": reviewed.astype(np.int32),
                "expected": columns.numbers["expected"],
                "found": columns.numbers["found"],
                "evident": (columns.numbers["found"] > 0).astype(np.int32),
            }.items()
        }
        best = sorted(range(len(column.values)), key=lambda one: (-int(totals[one]), column.values[one]))[:most]
        return [
            Group(
                value=column.values[one],
                total=int(totals[one]),
                by_group=tuple(int(of[one]) for of in by_group),
                coverage=Coverage(promises=int(totals[one]), **{name: int(of[one]) for name, of in sums.items()}),
            )
            for one in best
            if totals[one]
        ]

    def rows(self, places: Sequence[int]) -> list[StandingRow]:
        """The rows of promises at these places, in their order."""
        return [msgspec.json.decode(one, type=StandingRow) for one in self._bodies("row", places)]

    def exported(self, places: Sequence[int]) -> list[bytes]:
        """The rows of the exports, as JSON."""
        return self._bodies("exported", places)

    def money(self, places: Sequence[int]) -> list[tuple[str, bytes]]:
        """Promise and MoneyStatus as JSON, of those that have money."""
        found = dict(zip(places, self._bodies("money", places), strict=True))
        return [(self.columns.ids[place], body) for place, body in found.items() if body]

    def changes(self, *, before: tuple[str, str] | None = None, since: str = "", most: int = 50) -> list[tuple[str, Entry]]:
        """Promise and what changed, the newest first: since a day, and before the entry of a day and id."""
        day, name = before or ("9999", "")
        query = "SELECT promise, body FROM change WHERE (day < ? OR (day = ? AND id > ?)) AND day >= ? ORDER BY day DESC, id LIMIT ?"
        with self.file.lent() as connection:
            rows = connection.execute(query, (day, day, name, since, most)).fetchall()
        return [(promise, msgspec.json.decode(body, type=Entry)) for promise, body in rows]

    def gathered(self, promise: str) -> list[tuple[str, str, str]]:
        """Kind, id and name of each plan, campaign and instrument that a promise belongs to."""
        with self.file.lent() as connection:
            rows = connection.execute("SELECT kind, id, name FROM gathered WHERE promise = ? ORDER BY kind, id", (promise,))
            return [(kind, name, label) for kind, name, label in rows]

    def gatherings(self, kind: str, first: int = 0, most: int = 1000) -> list[tuple[str, str]]:
        """Id and name of each gathering of a kind."""
        with self.file.lent() as connection:
            query = "SELECT id, name FROM gathering WHERE kind = ? ORDER BY name, id LIMIT ? OFFSET ?"
            return [(one, name) for one, name in connection.execute(query, (kind, most, first))]

    def gathering(self, kind: str, one: str) -> bytes | None:
        """A gathering as JSON."""
        with self.file.lent() as connection:
            row = connection.execute("SELECT body FROM gathering WHERE kind = ? AND id = ?", (kind, one)).fetchone()
        return bytes(row[0]) if row else None

    def places(self, ids: Sequence[str]) -> dict[str, int]:
        """The places of promises that are listed."""
        with self.file.lent() as connection:
            return places_of(connection, ids)

    def listing_of(self, mentions: Sequence[str]) -> set[str]:
        """The promises that the listing says these commitments mention."""
        told = msgspec.json.encode(list(mentions)).decode()
        query = "SELECT DISTINCT promise.id FROM mention JOIN promise USING (place) WHERE mention.id IN (SELECT value FROM json_each(?))"
        with self.file.lent() as connection:
            return {one for (one,) in connection.execute(query, (told,))}

    def mentions_of(self, promises: Sequence[str]) -> set[str]:
        """The commitments that the listing says mention these promises."""
        told = msgspec.json.encode(list(promises)).decode()
        query = "SELECT mention.id FROM mention JOIN promise USING (place) WHERE promise.id IN (SELECT value FROM json_each(?))"
        with self.file.lent() as connection:
            return {one for (one,) in connection.execute(query, (told,))}

    def tell_anew(self, news: Sequence[Listed], asked: Iterable[str], stamp: Stamp) -> None:
        """Write promises anew; those `asked` for that are not among `news` are gone."""
        with self._lock, self.file.writing() as connection:
            fresh = {one.id: one for one in news}
            there = places_of(connection, sorted({*asked, *fresh}))
            end = self.columns.size
            placed: dict[int, Listed] = {}
            for number, one in enumerate(one for one in fresh.values() if one.id not in there):
                placed[end + number] = one
            placed |= {place: fresh[one] for one, place in there.items() if one in fresh}
            gone = [place for one, place in there.items() if one not in fresh]
            for place in there.values():
                take_out(connection, place)
            for place, one in placed.items():
                put(connection, place, one)
            made = changed(self.columns, placed, gone)
            keep_state(connection, "columns", packed(made))
            keep_state(connection, "stamp", msgspec.json.encode(stamp))
            self.columns, self.stamp, self._orders = made, stamp, {}

    def _bodies(self, column: str, places: Sequence[int]) -> list[bytes]:
        told = msgspec.json.encode(list(places)).decode()
        query = f"SELECT place, {column} FROM promise WHERE place IN (SELECT value FROM json_each(?))"  # noqa: S608 - one of three names
        with self.file.lent() as connection:
            found = dict(connection.execute(query, (told,)).fetchall())
        return [found[place] for place in places if place in found]

    def _mask(self, columns: Columns, asked: Asked) -> Mask:
        mask = columns.alive
        for name, values in asked.chosen.items():
            if values:
                mask = mask & columns.having(name, values)
        words = self._found(columns, asked.words)
        return mask if words is None else mask & words

    def _found(self, columns: Columns, words: str) -> Mask | None:
        """Which promises the words are found in; None where nothing is searched for."""
        places = self._matching(words)
        if places is None:
            return None
        mask = np.zeros(columns.size, dtype=np.bool_)
        mask[places[places < columns.size]] = True
        return mask

    def _matching(self, words: str, *, ranked: bool = False) -> Numbers | None:
        query = match_query(words)
        if not query:
            return None if not words.strip() else np.zeros(0, dtype=np.int32)
        order = " ORDER BY rank" if ranked else ""
        with self.file.lent() as connection:
            try:
                rows = connection.execute(f"SELECT rowid FROM words WHERE words MATCH ?{order}", (query,))  # noqa: S608 - one of two texts
                return np.fromiter((row[0] for row in rows), dtype=np.int32)
            except sqlite3.OperationalError:  # what no index can hold, such as half of a character
                return np.zeros(0, dtype=np.int32)

    def _order(self, columns: Columns, asked: Asked) -> Numbers:
        """All places in the order asked for."""
        if asked.order == "relevance":
            ranked = self._matching(asked.words, ranked=True)
            return (
                ranked[ranked < columns.size]
                if ranked is not None
                else self._order(columns, msgspec.structs.replace(asked, order="changed"))
            )
        key = (asked.order, columns.size)
        found = self._orders.get(key)
        if found is None:
            found = self._orders[key] = _sorted(columns, asked.order, int(self.stamp.day.replace("-", "")))
        return found


def _sorted(columns: Columns, order: Order, today: int) -> Numbers:
    """Places in an order; ties by id, so that it is the same in every listing of one state."""
    by_id = np.array(sorted(range(columns.size), key=columns.ids.__getitem__), dtype=np.int32)
    if order == "id":
        return by_id
    if order == "due":  # what is due next, then what has been due, the latest first, then what has no day
        due = columns.numbers["due"]
        keys = np.where(due >= today, due.astype(np.int64), np.where(due == NO_DAY, 3 * NO_DAY, 3 * NO_DAY - due.astype(np.int64)))
        keys = np.where(due == NO_DAY, 4 * NO_DAY, keys)
    elif order in {"announced", "changed"}:
        days = columns.numbers[order].astype(np.int64)
        keys = np.where(days == NO_DAY, 1, -days)
    elif order == "late":
        keys = -columns.numbers["late"].astype(np.int64)
    else:
        keys = columns.numbers["certainty"].astype(np.int64)
    return by_id[np.argsort(keys[by_id], kind="stable")]


def _coverage(columns: Columns, mask: Mask) -> Coverage:
    numbers: Mapping[str, Numbers] = columns.numbers
    return Coverage(
        promises=int(mask.sum()),
        reviewed=int((mask & columns.having("review", (REVIEWED,))).sum()),
        expected=int(numbers["expected"][mask].sum()),
        found=int(numbers["found"][mask].sum()),
        evident=int((numbers["found"][mask] > 0).sum()),
    )
