"""A book's own rows for the registries, read from CSV: columns by their heading, every fault a Problem with its line."""

import csv
import datetime
import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Literal, get_args, overload

import msgspec

from pledgebook.core.claim import Authority
from pledgebook.core.problem import Problem, Severity
from pledgebook.reference.actors import Actor, Person, actor_named, states
from pledgebook.reference.csv_rows import numbered_rows
from pledgebook.reference.outlets import AUTHORITIES, KINDS, Outlet, Terms, actor_kinds, folded

RegistryKind = Literal["actors", "outlets", "people"]

#: Columns that must be there, and those that may.
COLUMNS: dict[RegistryKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "actors": (("name", "kind"), ("state", "iati", "fts", "aliases")),
    "outlets": (("name", "kind"), ("owner", "state", "authority", "independent", "dependent_on", "terms", "domains", "aliases")),
    "people": (("name", "office", "of", "from"), ("to", "aliases")),
}
_YES_NO = {"": False, "no": False, "yes": True}
_DOMAIN = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}", re.ASCII)

Row = dict[str, str]


class _BadCellError(ValueError):
    """What is wrong with a row, and what to write instead."""

    def __init__(self, rule: str, what: str, todo: str) -> None:
        super().__init__(what)
        self.rule, self.what, self.todo = rule, what, todo


@overload
def read_registry(data: bytes, name: str, kind: Literal["actors"]) -> tuple[tuple[Actor, ...], tuple[Problem, ...]]: ...
@overload
def read_registry(data: bytes, name: str, kind: Literal["outlets"]) -> tuple[tuple[Outlet, ...], tuple[Problem, ...]]: ...
@overload
def read_registry(data: bytes, name: str, kind: Literal["people"]) -> tuple[tuple[Person, ...], tuple[Problem, ...]]: ...


def read_registry(
    data: bytes, name: str, kind: RegistryKind
) -> tuple[tuple[Actor, ...] | tuple[Outlet, ...] | tuple[Person, ...], tuple[Problem, ...]]:
    """The rows of a CSV file of UTF-8 bytes that is called `name`, and what is wrong with it.

    The first line names the columns, in any order; commas, semicolons or tabs part them. Lists in a cell are parted by semicolons. A row with
    an error is left out and told with its line; so is a second row of the same name. Nothing is read if a needed column is missing.
    """
    table = _table(data, name, kind)
    if isinstance(table, Problem):
        return (), (table,)
    make = _MAKERS[kind]
    rows: list[Actor | Outlet | Person] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, ...], int] = {}
    for line, found in table:
        if isinstance(found, Problem):
            problems.append(found)
            continue
        try:
            row = make(found)
        except _BadCellError as bad:
            problems.append(_problem("error", bad.rule, name, line, bad.what, bad.todo))
            continue
        key = (folded(row.name), row.of, row.since) if isinstance(row, Person) else (folded(row.name),)
        if key in seen:
            what = f"{row.name!r} stands in line {seen[key]} too."
            problems.append(_problem("error", "duplicate-name", name, line, what, "Keep one row for each name."))
            continue
        seen[key] = line
        rows.append(row)
        problems.extend(_doubts(row, name, line))
    return tuple(rows), tuple(problems)  # type: ignore[return-value]


def _table(data: bytes, name: str, kind: RegistryKind) -> Iterator[tuple[int, Row | Problem]] | Problem:
    """The rows with their lines, cells stripped, or why there are none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"The file is not UTF-8 (byte {error.start})."
        return _problem("error", "bad-encoding", name, None, what, "Save it as CSV in UTF-8.")
    if not text.strip():
        return _problem("error", "empty", name, None, "There is no row in it.", f"Write the columns {_named(kind)} in the first line.")
    lines = numbered_rows(text)
    first, heading = next(lines, (1, []))
    if isinstance(heading, csv.Error):
        return _unreadable(name, first, heading)
    columns = [cell.strip().casefold() for cell in heading]
    needed, optional = COLUMNS[kind]
    if missing := [column for column in needed if column not in columns]:
        what = f"The column {missing[0]!r} is missing."
        return _problem("error", "missing-column", name, first, what, f"Write the columns {_named(kind)} in the first line.")
    if twice := [column for column in columns if column and columns.count(column) > 1]:
        return _problem("error", "duplicate-column", name, first, f"The column {twice[0]!r} stands there twice.", "Keep one of them.")
    known = {*needed, *optional}
    doubts = [(first, _unknown(name, first, column, kind)) for column in columns if column and column not in known]
    return chain(doubts, ((line, _row(cells, columns, known, (name, line))) for line, cells in lines))


def _row(cells: list[str] | csv.Error, columns: list[str], known: set[str], place: tuple[str, int]) -> Row | Problem:
    if isinstance(cells, csv.Error):
        return _unreadable(*place, cells)
    if len(cells) > len(columns):
        what = f"The line has {len(cells)} cells, more than there are columns ({len(columns)})."
        return _problem("error", "ragged-line", *place, what, "Put cells that hold the separator into quotation marks.")
    row = dict.fromkeys(known, "")
    row.update((column, " ".join(cell.split())) for column, cell in zip(columns, cells, strict=False) if column in known)
    return row


def _unreadable(name: str, line: int, error: csv.Error) -> Problem:
    return _problem("error", "bad-line", name, line, f"The line cannot be read ({error}).", "Mend its quotation marks.")


def _actor(row: Row) -> Actor:
    kind = _one_of(row["kind"], "kind", actor_kinds())
    return Actor(
        name=_filled(row, "name"),
        kind=kind,
        state=_state(row["state"]),
        iati=row["iati"] or None,
        fts=row["fts"] or None,
        aliases=_list(row["aliases"]),
    )


def _outlet(row: Row) -> Outlet:
    kind = _one_of(row["kind"], "kind", KINDS)
    fields = {
        "name": _filled(row, "name"),
        "kind": kind,
        "owner": row["owner"] or None,
        "state": _state(row["state"]),
        "authority": _one_of(row["authority"] or AUTHORITIES.get(kind, "said"), "authority", frozenset(get_args(Authority))),
        "independent": _YES_NO[_one_of(row["independent"].casefold(), "independent", frozenset(_YES_NO))],
        "dependent_on": tuple(_canonical(name) for name in _list(row["dependent_on"])),
        "terms": _one_of(row["terms"] or "quote", "terms", frozenset(get_args(Terms))),
        "domains": tuple(_domain(domain) for domain in _list(row["domains"])),
        "aliases": _list(row["aliases"]),
    }
    return msgspec.convert(fields, Outlet)


def _person(row: Row) -> Person:
    of = _filled(row, "of")
    if len(of) == 2 and of.isalpha():
        of = _state(of) or of
    since, until = _day(_filled(row, "from"), "from"), _day(row["to"], "to")
    if until and until <= since:
        raise _BadCellError(
            "bad-date", f"The term ends ({until}) before it begins ({since}).", "Write the first day and the day after the last."
        )
    return Person(name=_filled(row, "name"), office=_filled(row, "office"), of=of, since=since, until=until, aliases=_list(row["aliases"]))


_MAKERS: dict[RegistryKind, Callable[[Row], Actor | Outlet | Person]] = {"actors": _actor, "outlets": _outlet, "people": _person}


def _doubts(row: Actor | Outlet | Person, name: str, line: int) -> Iterator[Problem]:
    """What can be used as it stands, but may be a slip of the pen."""
    if isinstance(row, Actor):
        return
    names = (row.of,) if isinstance(row, Person) else row.dependent_on
    for actor in names:
        if actor not in states() and actor_named(actor) is None:
            what = f"{actor!r} is in no registry of actors; it is kept as written."
            yield _problem("note", "unknown-actor", name, line, what, "Use its canonical name, or add it to the actors of the book.")


def _filled(row: Row, column: str) -> str:
    if not row[column]:
        raise _BadCellError("missing-value", f"The column {column!r} is empty.", "Fill it, or take the line out.")
    return row[column]


def _one_of(value: str, column: str, allowed: frozenset[str]) -> str:
    if value not in allowed:
        choice = ", ".join(sorted(filter(None, allowed)))
        raise _BadCellError("bad-value", f"{value[:60]!r} is no value of {column!r}.", f"Write one of: {choice}.")
    return value


def _state(code: str) -> str | None:
    if code and code not in states():
        raise _BadCellError("bad-country", f"{code[:60]!r} is no ISO 3166-1 alpha-2 code.", "Write two capitals, such as NO.")
    return code or None


def _day(value: str, column: str) -> str:
    try:
        written = datetime.date.fromisoformat(value).isoformat() if value else ""
    except ValueError:
        written = None
    if written != value:  # "20240930" is a date to Python, but not to the other rows
        raise _BadCellError("bad-date", f"{value[:60]!r} in {column!r} is no day.", "Write it as 2024-09-30.")
    return value


def _domain(value: str) -> str:
    plain = value.casefold().removeprefix("www.")
    if not _DOMAIN.fullmatch(plain):
        raise _BadCellError("bad-value", f"{value[:60]!r} is no host name.", "Write it as news.example.org, without path.")
    return plain


def _canonical(name: str) -> str:
    actor = actor_named(name)
    return actor.name if actor is not None else name


def _list(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))


def _named(kind: RegistryKind) -> str:
    needed, optional = COLUMNS[kind]
    return f"{', '.join(needed)} (and, if you like, {', '.join(optional)})"


def _unknown(name: str, line: int, column: str, kind: RegistryKind) -> Problem:
    what = f"The column {column[:60]!r} is not known; it is left out."
    return _problem("warning", "unknown-column", name, line, what, f"The columns are {_named(kind)}.")


def _problem(severity: Severity, rule: str, where: str, line: int | None, what: str, todo: str) -> Problem:
    return Problem(severity=severity, rule=rule, where=where, line=line, what=what, todo=todo)
