"""Sets of documents that several people code, as the log tells them."""

import re
import threading
from collections.abc import Iterable
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection

from pledgebook.book.log import Entry, NewEntry, append, entries, size_and_head
from pledgebook.web.bench.coding.units import Group, Unit, grouped

#: The kind of the log's entries, and the name of a set.
KIND = "coding"
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
Start = Literal["blank", "machine"]
Step = Literal["assign", "mark", "unmark", "done", "reopen", "settle"]


class Body(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry.

    assign   `documents` (SHA-256) are coded by each of the `coders`, from nothing or from what the machine had `read` in each
    mark     the coder sees `unit` in the document; a unit of the same id is replaced
    unmark   the coder takes the unit `id` back
    done     the coder has finished the document: from then on all see all, if the others have too
    reopen   the coder has not finished after all; says nothing once all have
    settle   of the group `id`, `unit` is right; without a unit there is no commitment
    """

    step: Step
    set: str
    documents: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    start: Start = "blank"
    sha256: str = ""
    id: str = ""
    unit: Unit | None = None
    read: dict[str, tuple[Unit, ...]] = {}


class Coded(msgspec.Struct, kw_only=True):
    """One document of a set: what each coder marked, who has finished, and what was settled of each group (None: no commitment) and by whom."""

    units: dict[str, dict[str, Unit]] = {}
    done: set[str] = set()
    settled: dict[str, tuple[Unit | None, str]] = {}

    def copied(self) -> "Coded":
        """One that does not change with this."""
        return Coded(units={coder: dict(own) for coder, own in self.units.items()}, done=set(self.done), settled=dict(self.settled))

    def of(self, coder: str) -> list[Unit]:
        """What a coder marked, in the order of the text."""
        return sorted(self.units.get(coder, {}).values(), key=lambda unit: (unit.start, unit.end, unit.id))


class CodingSet(msgspec.Struct, kw_only=True):
    """A set: its coders, and its documents by SHA-256."""

    name: str
    coders: tuple[str, ...]
    start: Start
    documents: dict[str, Coded]

    def copied(self) -> "CodingSet":
        """One that does not change with this."""
        return msgspec.structs.replace(self, documents={sha256: one.copied() for sha256, one in self.documents.items()})

    def is_open(self, sha256: str) -> bool:
        """Whether all coders have finished a document, so that what they marked may be seen."""
        return set(self.coders) <= self.documents[sha256].done

    def matched(self, sha256: str, text: str) -> list[Group]:
        """The marks of all coders in a document, by undertaking."""
        coded = self.documents[sha256]
        return grouped(text, [coded.of(coder) for coder in self.coders])


class CodingSets:
    """All sets, held in memory and kept up with the log. Any number of threads may use it: each gets copies."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sets: dict[str, CodingSet] = {}
        self._at = 0

    def named(self, connection: Connection, name: str) -> CodingSet | None:
        """The set of that name, as a transaction sees it."""
        with self._lock:
            found = self._now(connection).get(name)
            return found.copied() if found is not None else None

    def all(self, connection: Connection) -> dict[str, CodingSet]:
        """Every set by its name, as a transaction sees it."""
        with self._lock:
            return {name: one.copied() for name, one in self._now(connection).items()}

    def _now(self, connection: Connection) -> dict[str, CodingSet]:
        at, _ = size_and_head(connection)
        if at < self._at:  # a transaction that began earlier
            return sets_of(connection)
        for entry in entries(connection, (KIND,), after=self._at):
            _take(self._sets, entry)
        self._at = at
        return self._sets


def sets_of(connection: Connection) -> dict[str, CodingSet]:
    """Every set by its name, from the whole log."""
    found: dict[str, CodingSet] = {}
    for entry in entries(connection, (KIND,)):
        _take(found, entry)
    return found


def _take(sets: dict[str, CodingSet], entry: Entry) -> None:
    body = msgspec.convert(entry.content(), type=Body)
    if body.step == "assign":
        sets.setdefault(body.set, _begun(body))
    elif body.set in sets and body.sha256 in sets[body.set].documents:
        _apply(sets[body.set], body, entry.author)


def _begun(body: Body) -> CodingSet:
    """A set as it was assigned: each coder begins with what the machine read, if it is so."""
    documents = {}
    for sha256 in body.documents:
        units = {unit.id: unit for unit in body.read.get(sha256, ())}
        documents[sha256] = Coded(units={coder: dict(units) for coder in body.coders})
    return CodingSet(name=body.set, coders=body.coders, start=body.start, documents=documents)


def _apply(chosen: CodingSet, body: Body, author: str) -> None:
    coded = chosen.documents[body.sha256]
    own = coded.units.setdefault(author, {})
    if body.step == "mark" and body.unit is not None and author not in coded.done:
        own[body.unit.id] = body.unit
    elif body.step == "unmark" and author not in coded.done:
        own.pop(body.id, None)
    elif body.step == "done":
        coded.done.add(author)
    elif body.step == "reopen" and not chosen.is_open(body.sha256):
        coded.done.discard(author)
    elif body.step == "settle":
        coded.settled[body.id] = (body.unit, author)


def write(connection: Connection, bodies: Iterable[Body], *, author: str, recorded: str) -> None:
    """Append entries to the log."""
    made: list[dict[str, Any]] = [msgspec.to_builtins(one) for one in bodies]
    append(connection, [NewEntry(kind=KIND, author=author, recorded=recorded, body=body) for body in made])
