"""The open listing: promises chosen, counted, sorted and told anew."""

import sqlite3
import threading
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from pledgebook.views.book.atom_feed import Entry
from pledgebook.views.standing_rows import StandingRow
from pledgebook.web.listing.asking import Asked, Count, Coverage, Order, Page
from pledgebook.web.listing.columns import Columns, Mask, Numbers, changed, packed, unpacked
from pledgebook.web.listing.counting import Group, coverage_of, groups_of
from pledgebook.web.listing.entries import NO_DAY, Listed
from pledgebook.web.listing.facets import FACETS
from pledgebook.web.listing.file import File, keep_state, places_of, put, replace_gathered, state_of, take_out
from pledgebook.web.listing.gathered import Gathered
from pledgebook.web.listing.searching import Searching


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """Which state of the book a listing shows; `meta` tells what a log entry does not. Without `gathered` its plans, campaigns and instruments are older."""

    entries: int
    head: str
    day: str
    version: str
    meta: str = ""
    gathered: bool = True

    @property
    def key(self) -> str:
        """A text that differs for each state."""
        return f"{self.head} {self.day} {self.version} {self.meta}{'' if self.gathered else ' not gathered'}"


class Gathers(NamedTuple):
    """A plan, campaign or instrument, and how many promises belong to it."""

    id: str
    name: str
    promises: int


class State(msgspec.Struct, frozen=True, kw_only=True):
    """One state of a listing. A question takes it once and asks nothing of another; `orders` are those that were asked for."""

    columns: Columns
    stamp: Stamp
    searching: Searching
    orders: dict[Order, Numbers] = {}


class Listing:
    """A listing in a file that this process alone writes."""

    def __init__(self, path: Path) -> None:
        self.file = File(path)
        self._lock = threading.Lock()
        with self.file.lent() as connection:
            columns = unpacked(state_of(connection, "columns"))
            stamp = msgspec.json.decode(state_of(connection, "stamp"), type=Stamp)
        self.state = State(columns=columns, stamp=stamp, searching=Searching(self.file))

    @property
    def columns(self) -> Columns:
        """The columns of the state that it is in now."""
        return self.state.columns

    @property
    def stamp(self) -> Stamp:
        """Which state of the book it shows now."""
        return self.state.stamp

    def close(self) -> None:
        """Close the file."""
        self.file.close()

    def ask(self, asked: Asked) -> Page:
        """The promises asked for, a page of them."""
        state = self.state
        columns = state.columns
        order = _order(state, asked)  # before the choice: what was found in order need not be searched for again
        mask = _mask(state, asked)
        if asked.after:
            order = order[bisect_right(order, asked.after, key=lambda place: columns.ids[place]) :]
        chosen = order.compress(mask.take(order))
        part = chosen[asked.first : asked.first + asked.most]
        return Page(total=len(chosen), places=tuple(int(one) for one in part), ids=tuple(columns.ids[one] for one in part))

    def counts(self, asked: Asked, names: Iterable[str] | None = None) -> dict[str, list[Count]]:
        """For each facet how many promises have each value, given the words and all other facets that are chosen."""
        state = self.state
        columns = state.columns
        found_words = state.searching.mask(columns, asked.words)
        masks = {name: columns.having(name, values) for name, values in asked.chosen.items() if values}
        base = _within(columns, asked)
        base = base & found_words if found_words is not None else base
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
        state = self.state
        return coverage_of(state.columns, _mask(state, asked) if asked else state.columns.alive)

    def groups(self, facet: str, most: int = 1_000_000, asked: Asked | None = None) -> list[Group]:
        """The values of a facet that most promises have, with how these stand."""
        state = self.state
        return groups_of(state.columns, _mask(state, asked) if asked else state.columns.alive, facet, most)

    def rows(self, places: Sequence[int]) -> list[StandingRow]:
        """The rows of promises at these places, in their order; those that are gone meanwhile are left out."""
        return [msgspec.json.decode(one, type=StandingRow) for one in self._bodies("row", places).values()]

    def exported(self, places: Sequence[int]) -> list[bytes]:
        """The rows of the exports, as JSON; those of promises that are gone meanwhile are left out."""
        return list(self._bodies("exported", places).values())

    def money(self, places: Sequence[int]) -> list[tuple[str, bytes]]:
        """Promise and MoneyStatus as JSON, of those that have money."""
        ids = self.columns.ids
        return [(ids[place], body) for place, body in self._bodies("money", places).items() if body]

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

    def gatherings(self, kind: str, first: int = 0, most: int = 1_000_000) -> list[Gathers]:
        """The gatherings of a kind by name, with how many promises belong to each."""
        with self.file.lent() as connection:
            query = "SELECT id, name FROM gathering WHERE kind = ? ORDER BY name, id LIMIT ? OFFSET ?"
            found = connection.execute(query, (kind, most, first)).fetchall()
            count = "SELECT count(*) FROM gathered WHERE kind = ? AND id = ?"
            return [Gathers(id=one, name=name, promises=connection.execute(count, (kind, one)).fetchone()[0]) for one, name in found]

    def gathering_count(self, kind: str) -> int:
        """How many gatherings of a kind there are."""
        with self.file.lent() as connection:
            return int(connection.execute("SELECT count(*) FROM gathering WHERE kind = ?", (kind,)).fetchone()[0])

    def gathering(self, kind: str, one: str) -> bytes | None:
        """A gathering as JSON."""
        with self.file.lent() as connection:
            row = connection.execute("SELECT body FROM gathering WHERE kind = ? AND id = ?", (kind, one)).fetchone()
        return bytes(row[0]) if row else None

    def places(self, ids: Sequence[str]) -> dict[str, int]:
        """The places of promises that are listed."""
        with self.file.lent() as connection:
            return places_of(connection, ids)

    def listing_of(self, mentions: Iterable[str]) -> set[str]:
        """The promises that the listing says these commitments mention."""
        return self._told("SELECT promise.id FROM mention JOIN promise USING (place) WHERE mention.id", mentions)

    def mentions_of(self, promises: Iterable[str]) -> set[str]:
        """The commitments that the listing says mention these promises."""
        return self._told("SELECT mention.id FROM mention JOIN promise USING (place) WHERE promise.id", promises)

    def resting_on(self, _claims: Iterable[str], documents: Iterable[str]) -> set[str]:
        """The promises of which the listing says that claims of these documents are evidence."""
        return self._told("SELECT promise.id FROM evidence JOIN promise USING (place) WHERE evidence.document", documents)

    def _told(self, query: str, ids: Iterable[str]) -> set[str]:
        """The ids that a query finds, which ends with the column that is to be among `ids`."""
        told = msgspec.json.encode(sorted(set(ids))).decode()
        with self.file.lent() as connection:
            found = connection.execute(f"{query} IN (SELECT value FROM json_each(?))", (told,))  # noqa: S608 - one of the three above
            return {one for (one,) in found}

    def tell_anew(self, news: Sequence[Listed], asked: Iterable[str], stamp: Stamp, gathered: Iterable[Gathered] | None = None) -> None:
        """Write promises anew; those `asked` for that are not among `news` are gone. What is `gathered`, if told, takes the place of all that was."""
        with self._lock:
            with self.file.writing() as connection:
                made = self._written(connection, {one.id: one for one in news}, asked)
                if gathered is not None:
                    replace_gathered(connection, gathered)
                keep_state(connection, "columns", packed(made))
                keep_state(connection, "stamp", msgspec.json.encode(stamp))
            # When it is written and not before: what is searched for meanwhile is found in the state before.
            self.state = State(columns=made, stamp=stamp, searching=Searching(self.file))

    def _written(self, connection: sqlite3.Connection, fresh: Mapping[str, Listed], asked: Iterable[str]) -> Columns:
        """Write the rows of `tell_anew`; the columns that go with them."""
        there = places_of(connection, sorted({*asked, *fresh}))
        end = self.columns.size
        placed = {end + number: one for number, one in enumerate(one for one in fresh.values() if one.id not in there)}
        placed |= {place: fresh[one] for one, place in there.items() if one in fresh}
        for place in there.values():
            take_out(connection, place)
        for place, one in placed.items():
            put(connection, place, one)
        return changed(self.columns, placed, [place for one, place in there.items() if one not in fresh])

    def _bodies(self, column: str, places: Sequence[int]) -> dict[int, bytes]:
        """What a column holds at the places that are still taken, in their order."""
        told = msgspec.json.encode(list(places)).decode()
        query = f"SELECT place, {column} FROM promise WHERE place IN (SELECT value FROM json_each(?))"  # noqa: S608 - one of three names
        with self.file.lent() as connection:
            found = dict(connection.execute(query, (told,)).fetchall())
        return {place: found[place] for place in places if place in found}


def _mask(state: State, asked: Asked) -> Mask:
    mask = _within(state.columns, asked)
    for name, values in asked.chosen.items():
        if values:
            mask = mask & state.columns.having(name, values)
    words = state.searching.mask(state.columns, asked.words)
    return mask if words is None else mask & words


def _order(state: State, asked: Asked) -> Numbers:
    """All places in the order asked for."""
    if asked.order == "relevance":
        ranked = state.searching.places(asked.words, ranked=True)
        if ranked is None:
            return _order(state, msgspec.structs.replace(asked, order="changed"))
        return ranked[ranked < state.columns.size]
    found = state.orders.get(asked.order)
    if found is None:
        found = state.orders[asked.order] = _sorted(state.columns, asked.order, int(state.stamp.day.replace("-", "")))
    return found


def _within(columns: Columns, asked: Asked) -> Mask:
    """Which promises have their days in the periods asked for."""
    mask = columns.alive
    for name, period in asked.periods.items():
        first, last = period.numbers()
        days = columns.numbers[name]
        mask = mask & (first <= days) & (days <= last)
    return mask


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
