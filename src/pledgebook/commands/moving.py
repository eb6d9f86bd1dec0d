"""money: aid data into a book, and what the book knew of it on a day."""

from decimal import Decimal
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

if TYPE_CHECKING:
    import pyarrow as pa

    from pledgebook.book.opening import Book


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
    if files and (as_of or changes or to):
        raise typer.BadParameter("--as-of, --changes and --to tell what the book holds; take files in without them.")
    if to and not as_of:
        raise typer.BadParameter("Say with --as-of of which day.", param_hint="--to")
    with refusals(), opened(book, folder) as found:
        if files:
            raise typer.Exit(_take(found, files, snapshot, feed, author or settings().author or MACHINE))
        if changes:
            _print_changes(found, *(_day(one) for one in changes))
        elif as_of:
            _print_known(found, as_of, to)
        else:
            _print_snapshots(found)
    raise typer.Exit(DONE)


def _day(value: str) -> str:
    return a_day(value) or ""


def _take(book: "Book", files: list[Path], snapshot: str | None, feed: str | None, author: str) -> int:
    from pledgebook.book.money import placed, take_money
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
            told = "in the book already" if taken.part is None else f"{taken.part.activities} activities, {taken.part.new} new"
            lines.append((taken.entry.key, f"{told}\t{path}"))
    of = {one.key: one for one in placed(book)} if lines else {}
    for key, told in lines:
        one = of[key]
        print(f"{one.instant}\t{one.feed}\t{told}")
        if one.before:
            say(f"{key} follows {one.before}: {one.shared:,} activities are in both.")
        elif one.beside:
            say(
                f"{key} begins a feed, though {one.shared:,} of its activities are in {one.beside} too. If it follows that, say --feed {one.beside}."
            )
    code = tell(problems)
    return code if lines else NOTHING_READ


def _print_snapshots(book: "Book") -> None:
    from pledgebook.book.money import logged, placed

    names = {one.key: one for one in logged(book)}
    for one in placed(book):
        print(f"{one.instant}\t{one.feed}\t{one.key}\t{names[one.key].snapshot_from}\t{names[one.key].name}")


def _print_known(book: "Book", day: str, to: Path | None) -> None:
    from pledgebook.aid.rows import Rows
    from pledgebook.aid.table_files import TableFiles
    from pledgebook.aid.tables import TABLES
    from pledgebook.book.money import held

    with held(book) as known:
        tables = {name: known.as_of(name, day) for name in (TABLES if to else ("transactions",))}
    if to:
        with TableFiles(to) as files:
            files.add(Rows({name: table.select(TABLES[name].names) for name, table in tables.items()}))
        say(f"{len(tables['activities']):,} activities with {len(tables['transactions']):,} transactions written to {to}.")
        return
    for row in _sums(tables["transactions"]):
        print("\t".join("" if value is None else str(value) for value in row))


def _sums(transactions: "pa.Table") -> list[tuple[object, ...]]:
    """Feed, day of its snapshot, type and currency with the number of transactions and their sum."""
    columns = ["feed", "snapshot", "transaction_type", "currency"]
    made = (
        transactions.group_by(columns).aggregate([("value", "count"), ("value", "sum")]).sort_by([(name, "ascending") for name in columns])
    )
    return [(*(row[name] for name in columns), row["value_count"], _plain(row["value_sum"] or Decimal(0))) for row in made.to_pylist()]


def _print_changes(book: "Book", before: str, after: str) -> None:
    import msgspec

    from pledgebook.book.money import held

    with held(book) as known:
        for row in known.changes(before, after).to_pylist():
            told = {name: _plain(value) if isinstance(value, Decimal) else value for name, value in row.items() if value is not None}
            print(msgspec.json.encode(told).decode())


def _plain(value: Decimal) -> str:
    """A sum without the noughts that its column gives it."""
    return f"{value.normalize():f}"
