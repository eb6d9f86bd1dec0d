"""money: aid data into a book, and what the book knew of it on a day."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pledgebook.commands.common import (
    DONE,
    MACHINE,
    NOTHING_READ,
    AuthorOption,
    BookOption,
    FolderOption,
    a_date,
    a_day,
    now,
    opened,
    refusals,
    say,
    settings,
    tell,
)
from pledgebook.core.counted import agreeing, counted

if TYPE_CHECKING:
    from pledgebook.book.opening import Book


class Totals(StrEnum):
    """What totals are by."""

    donor = "donor"
    year = "year"
    country = "country"
    sector = "sector"


def money(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE...]", help="IATI XML or FTS flows, as for `pledgebook convert`; none: what the book holds."),
    ] = None,
    snapshot: Annotated[
        str | None,
        typer.Option(
            callback=a_date, metavar="DATE", help="The day, or day and time, of the data [default: when the file says it was generated]."
        ),
    ] = None,
    feed: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The feed that the files are snapshots of [default: the one whose activities they share]."),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", callback=a_day, metavar="DATE", help="What was known on this day; all of it with --to.")
    ] = None,
    changes: Annotated[
        tuple[str, str] | None, typer.Option(metavar="DATE DATE", help="Print the transactions that changed between two days.")
    ] = None,
    path: Annotated[
        str | None, typer.Option(metavar="ID", help="Print what became of an activity (its identifier) or FTS flow (its id), day by day.")
    ] = None,
    totals: Annotated[
        Totals | None, typer.Option(help="Print totals in US dollars by register and stage; with --as-of as they were known then.")
    ] = None,
    vocabulary: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="With --totals sector or country: of this vocabulary [default: the DAC's, else the first]."),
    ] = None,
    net: Annotated[
        str | None,
        typer.Option(
            metavar="COUNTRY-or-ORG",
            help="Print what came to a country (its code) or an organisation, gross and net, and what was removed.",
        ),
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="DIR", help="With --as-of: write the tables of `convert` as they were known.")
    ] = None,
    book: BookOption = None,
    folder: FolderOption = None,
    author: AuthorOption = None,
) -> None:
    """Take aid data into the book, or tell what it knew on a day and what changed between two. Nothing is ever overwritten.

    One line for each file: the day of its data, its feed, how many activities it lists and how many of them are new.
    Exit code: 0 done; 1 done, but errors were found and printed; 2 wrong usage, or nothing could be read.
    """
    asked = [
        name for name, given in (("--changes", changes), ("--path", path), ("--totals", totals), ("--net", net), ("--to", to)) if given
    ]
    if files and (as_of or asked):
        raise typer.BadParameter(f"{asked[0] if asked else '--as-of'} tells what the book holds; take files in without it.")
    if len(asked) > 1:
        raise typer.BadParameter(f"{asked[0]} and {asked[1]} are two questions; ask one at a time.")
    if to and not as_of:
        raise typer.BadParameter("Say with --as-of of which day.", param_hint="--to")
    if vocabulary and totals not in {Totals.sector, Totals.country}:
        raise typer.BadParameter("Only totals by sector or country have a vocabulary.", param_hint="--vocabulary")
    from pledgebook.commands import moving_told as told

    with refusals(), opened(book, folder) as found:
        if files:
            raise typer.Exit(_take(found, files, snapshot, feed, author or settings().author or MACHINE))
        if changes:
            told.print_changes(found, *(_day(one) for one in changes))
        elif path:
            if not told.print_path(found, path):
                raise typer.Exit(NOTHING_READ)
        elif totals:
            told.print_totals(found, totals.value, vocabulary, as_of)
        elif net:
            told.print_net(found, net, as_of)
        elif as_of:
            told.print_known(found, as_of, to)
        else:
            told.print_snapshots(found)
    raise typer.Exit(DONE)


def _day(value: str) -> str:
    return a_day(value) or ""


def _take(book: "Book", files: list[Path], snapshot: str | None, feed: str | None, author: str) -> int:
    from pledgebook.book.money import placed, take_money
    from pledgebook.book.money_tables import money_tables
    from pledgebook.commands.aid_files import named
    from pledgebook.core.problem import Problem

    problems: list[Problem] = []
    lines: list[tuple[str, str]] = []
    for path in named(files):
        if isinstance(path, Problem):
            problems.append(path)
            continue
        taken = take_money(book, path, snapshot=snapshot, feed=feed, author=author, recorded=now())
        problems += taken.problems
        if taken.entry is not None:
            told = "in the book already" if taken.part is None else f"{counted(taken.part.activities, 'activity')}, {taken.part.new} new"
            lines.append((taken.entry.key, f"{told}\t{path}"))
    of = {one.key: one for one in placed(book)} if lines else {}
    if lines:
        money_tables(book)
    for key, told in lines:
        one = of[key]
        print(f"{one.instant}\t{one.feed}\t{told}")
        if one.before:
            say(f"{key} follows {one.before}: {counted(one.shared, 'activity')} {agreeing(one.shared, 'is', 'are')} in both.")
        elif one.beside:
            say(
                f"{key} begins a feed, though {one.shared:,} of its activities {agreeing(one.shared, 'is', 'are')} in {one.beside} too. If it follows that, say --feed {one.beside}."
            )
    code = tell(problems)
    return code if lines else NOTHING_READ
