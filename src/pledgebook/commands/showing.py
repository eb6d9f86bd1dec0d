"""status, show: where promises stand and what is known of anything that has an id."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from pledgebook.commands.common import AsOfOption, BookOption, FolderOption, day_of, opened, refusals, say, settings

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from pledgebook.book.changes import Changed
    from pledgebook.book.finding import Found
    from pledgebook.book.opening import Book
    from pledgebook.core.snapshot import Standing


class Format(StrEnum):
    """How standings are printed."""

    table = "table"
    json = "json"
    jsonl = "jsonl"


FormatOption = Annotated[Format | None, typer.Option("--format", "-f", help="How to print; table on a terminal, else jsonl.")]


def status(
    promise: Annotated[str | None, typer.Argument(metavar="[PROMISE]", help="One promise, by any id it ever had [default: all].")] = None,
    as_of: AsOfOption = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the chain of reasons, the history and why evidence was tied to it.")
    ] = False,
    since: Annotated[
        str | None, typer.Option(metavar="RELEASE", help="Show only what stands otherwise than in that release, and why.")
    ] = None,
    output_format: FormatOption = None,
    book: BookOption = None,
    folder: FolderOption = None,
) -> None:
    """Where every promise stands on a day, or one of them: stage, time, verdict, grade, coverage.

    Exit code: 0 done; 2 no book, no such promise, or no such release.
    """
    from pledgebook.book.database import reading
    from pledgebook.book.standing import standings

    with refusals(), opened(book, folder) as found, reading(found.engine) as connection:
        day = day_of(as_of)
        if since is not None:
            _print_changes(found, connection, since, promise, day.isoformat())
            return
        ids = [_promise(connection, promise)] if promise is not None else None
        stand = standings(connection, day, ids, reasons=explain)
        if promise is not None and not stand:
            say(f"{promise} was not announced on {day} yet.")
        chosen = output_format or (Format.table if sys.stdout.isatty() or promise is not None or explain else Format.jsonl)
        observed = _observed(found, connection, stand, day) if explain and chosen is Format.table else {}
        _print(stand, chosen, day.isoformat(), explain=explain, whole=promise is not None, observed=observed)


def show(
    asked: Annotated[str, typer.Argument(metavar="ID", help="A promise, commitment, progress claim or document, by any id it ever had.")],
    as_of: AsOfOption = None,
    book: BookOption = None,
    folder: FolderOption = None,
) -> None:
    """All that is known of one thing: words, source, history, evidence, decisions.

    Exit code: 0 done; 2 no book, or nothing ever had that id.
    """
    from pledgebook.book.database import reading
    from pledgebook.book.standing import standings
    from pledgebook.views.standing_table import standing_details

    with refusals(), opened(book, folder) as found, reading(found.engine) as connection:
        thing = _find(connection, asked)
        if thing.promise is not None:
            stand = standings(connection, day_of(as_of), [thing.promise], reasons=True)
            observed = _observed(found, connection, stand, day_of(as_of))
            _lines(line for one in stand for line in (*standing_details(one, explain=True), *observed.get(one.promise.id, ())))
            if not stand:
                say(f"{asked} was not announced on {day_of(as_of)} yet.")
        else:
            _lines(_details(found, connection, thing))


def _observed(book: "Book", connection: "Connection", stand: Sequence["Standing"], day: "date") -> dict[str, list[str]]:
    """For each promise that is watched the lines that say what counts of events tell of it, and what they do not."""
    from pledgebook.book.observation_ties import watched_on

    told = watched_on(book, connection, [one.promise for one in stand], day)
    return {promise: ["observations:", *(f"  {line}" for line in lines)] for promise, lines in told.items()}


def _print(
    stand: Sequence["Standing"], chosen: Format, as_of: str, *, explain: bool, whole: bool, observed: Mapping[str, list[str]]
) -> None:
    import msgspec

    from pledgebook.views.standing_rows import standing_row
    from pledgebook.views.standing_table import standing_details, standing_table

    if chosen is Format.table and (whole or explain):
        _lines(line for one in stand for line in (*standing_details(one, explain=explain), *observed.get(one.promise.id, ()), ""))
    elif chosen is Format.table:
        from rich.console import Console

        console = Console(highlight=False, legacy_windows=False)
        console.print(standing_table(stand, as_of, console.width))
    elif chosen is Format.json:
        print(json.dumps(msgspec.to_builtins([standing_row(one) for one in stand]), ensure_ascii=False, indent=1))
    else:
        _lines(msgspec.json.encode(standing_row(one)).decode() for one in stand)


def _print_changes(book: "Book", connection: "Connection", since: str, promise: str | None, as_of: str) -> None:
    import datetime

    from pledgebook.book.changes import changes_since
    from pledgebook.book.releasing import load_release
    from pledgebook.book.standing import standings
    from pledgebook.extraction.version import extractor_version

    old = load_release(book, since)
    wanted = _promise(connection, promise) if promise is not None else None
    whole, changed = changes_since(
        connection, old, standings(connection, datetime.date.fromisoformat(as_of)), extractor_version(settings().model)
    )
    chosen = [one for one in changed if wanted is None or one.promise == wanted]
    print(f"since the release {since} (of {old.release.as_of}), looking from {as_of}:")
    _lines(f"  {line}" for line in whole)
    _lines(line for one in chosen for line in _changed(one))
    if not chosen:
        print("no promise stands otherwise")


def _changed(one: "Changed") -> Iterable[str]:
    from pledgebook.views.rows import one_line

    former = f" ({one.before} then)" if one.before and one.promise and one.before != one.promise else ""
    yield f"{one.promise or one.before}{former}"
    yield from (f"  {one_line(line)}" for line in one.lines)


def _find(connection: "Connection", asked: str) -> "Found":
    from pledgebook.book.errors import book_error
    from pledgebook.book.finding import find

    thing = find(connection, asked)
    if thing is None:
        raise book_error("unknown-id", asked, "Nothing in the book ever had that id.", "Give an id as `status` or `add` prints it.")
    return thing


def _promise(connection: "Connection", asked: str) -> str:
    from pledgebook.book.errors import book_error

    thing = _find(connection, asked)
    if thing.promise is None:
        raise book_error(
            "no-promise", asked, f"That is no promise now ({thing.what}).", f"`pledgebook show {asked}` tells what is known of it."
        )
    return thing.promise


def _details(book: "Book", connection: "Connection", thing: "Found") -> Iterable[str]:
    from pledgebook.views.things import thing_details

    return thing_details(book, connection, thing)


def _lines(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
