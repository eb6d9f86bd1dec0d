"""The registry of actors: states, their organs and agencies, organisations, coalitions; with aliases and identifiers.

Three tables beside this file. `states.tsv`: ISO 3166-1 alpha-2 code, English name, OCHA FTS organisation id. `actors.tsv`: name, kind, the state it
belongs to, IATI organisation identifier, FTS id, aliases. `people.tsv`: office holders with their terms (public facts). An empty cell means unknown.
A book's own rows go before these tables where the command line installs them (`extended`, `install`).
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files

import msgspec

from pledgebook.core.span import Span


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """One entry. `kind` is "state", "organ" (speaks for its state), "agency" (acts in its own name), "house", "organisation", "coalition" ..."""

    name: str
    kind: str
    state: str | None = None
    iso: str | None = None
    iati: str | None = None
    fts: str | None = None
    aliases: tuple[str, ...] = ()


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """An office holder: `of` is a state's alpha-2 code or an organisation's name; `since` and `until` are ISO 8601 days ("" if open)."""

    name: str
    office: str
    of: str
    since: str
    until: str
    aliases: tuple[str, ...] = ()


class FoundActor(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation named at a place of a text."""

    span: Span
    actor: Actor


class _Own(msgspec.Struct, frozen=True):
    """The rows that were installed for this process."""

    actors: tuple[Actor, ...] = ()
    holders: tuple[Person, ...] = ()


#: One slot: what `install` put there last.
_installed = [_Own()]


def install(actors: Sequence[Actor] = (), holders: Sequence[Person] = ()) -> None:
    """From now on, and in this process only, these rows go before the tables; they take the place of rows installed before.

    A row of the same name as one of the tables replaces it. The command line calls this once, before it reads anything, and hands it to worker
    processes as their initializer (they inherit nothing). Not for use while another thread reads.
    """
    _installed[0] = _Own(tuple(actors), tuple(holders))
    organisations.cache_clear()
    people.cache_clear()
    _by_alias.cache_clear()
    _pattern.cache_clear()


def installed() -> tuple[tuple[Actor, ...], tuple[Person, ...]]:
    """The actors and office holders that were installed, for `install` in another process."""
    return _installed[0].actors, _installed[0].holders


@contextmanager
def extended(actors: Sequence[Actor] = (), holders: Sequence[Person] = ()) -> Iterator[None]:
    """`install` for the time of a `with` block; what was installed before comes back at its end."""
    before = _installed[0]
    install(actors, holders)
    try:
        yield
    finally:
        install(before.actors, before.holders)


def _rows(table: str) -> Iterator[list[str]]:
    lines = (files("pledgebook.reference") / table).read_text(encoding="utf-8").splitlines()
    return (line.split("\t") for line in lines[1:])


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


@cache
def states() -> dict[str, Actor]:
    """Every state and territory by its ISO 3166-1 alpha-2 code."""
    return {code: Actor(name=name, kind="state", state=code, iso=code, fts=fts or None) for code, name, fts in _rows("states.tsv")}


@cache
def organisations() -> dict[str, Actor]:
    """Every actor that is no state, by name; installed ones first."""
    own = {actor.name: actor for actor in _installed[0].actors}
    return own | {
        name: Actor(name=name, kind=kind, state=state or None, iati=iati or None, fts=fts or None, aliases=_list(aliases))
        for name, kind, state, iati, fts, aliases in _rows("actors.tsv")
        if name not in own
    }


@cache
def people() -> tuple[Person, ...]:
    """Every office holder, installed ones first, in the order of the table."""
    return _installed[0].holders + tuple(
        Person(name=name, office=office, of=of, since=since, until=until, aliases=_list(aliases))
        for name, office, of, since, until, aliases in _rows("people.tsv")
    )


@cache
def _by_alias() -> dict[str, Actor]:
    found: dict[str, Actor] = {}
    for actor in organisations().values():
        for alias in (actor.name, *actor.aliases):
            found.setdefault(alias.removeprefix("the ").removeprefix("The "), actor)
    return found


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_by_alias(), key=len, reverse=True)
    return re.compile(
        r"(?<![\w-])(?:" + "|".join(re.escape(name).replace("'", "['’]").replace(r"\ ", r"\s") for name in names) + r")(?!\w)"
    )


def find_actors(text: str) -> list[FoundActor]:
    """The organisations of the registry that `text` names, longest names first, not overlapping, in text order."""
    found = []
    for match in _pattern().finditer(text):
        name = re.sub(r"\s", " ", match.group()).replace("’", "'")
        actor = _by_alias().get(name)
        if actor is not None:
            found.append(FoundActor(span=Span(match.start(), match.end(), match.group()), actor=actor))
    return found


def actor_named(name: str) -> Actor | None:
    """The organisation or state of that exact name or alias."""
    plain = re.sub(r"\s", " ", name).replace("’", "'").strip().removeprefix("the ").removeprefix("The ")
    return _by_alias().get(plain) or _states_by_name().get(plain)


@cache
def _states_by_name() -> dict[str, Actor]:
    return {actor.name: actor for actor in states().values()}


def principal_of(actor: Actor) -> str:
    """Whom an actor binds: an organ or a house its state, any other itself."""
    state = states().get(actor.state or "")
    return state.name if state is not None and actor.kind in {"organ", "house", "state"} else actor.name


def place_or_name(of: str) -> str:
    """The canonical actor that a person's `of` stands for: the state of a code, or the organisation of that name."""
    state = states().get(of)
    return state.name if state is not None else of


def in_office(person: Person, day: str | None) -> bool:
    """Whether the person held the office on `day` (ISO 8601); an unknown day fits everyone whose term is not over."""
    return (person.since <= day[:10] < (person.until or "9999")) if day else not person.until


def person_named(name: str, day: str | None = None) -> Person | None:
    """The office holder of that full name, or of that last name if only one has it; of several terms the one that holds on `day`."""
    plain = re.sub(r"\s+", " ", name).strip()
    hits = [person for person in people() if plain in (person.name, *person.aliases)]
    if not hits and " " not in plain:
        hits = [person for person in people() if person.name.split()[-1] == plain and in_office(person, day)]
        if len({person.name for person in hits}) > 1:
            return None
    return next((person for person in hits if in_office(person, day)), hits[0] if hits else None)


def holder_of(office: str, of: str, day: str | None) -> Person | None:
    """Who held `office` of `of` on `day`."""
    return next((person for person in people() if person.office == office and person.of == of and in_office(person, day)), None)
