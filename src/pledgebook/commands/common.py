"""What the commands on a book share: their options, the clock, and how problems are told."""

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pledgebook.settings import Settings

if TYPE_CHECKING:
    from pledgebook.book.opening import Book
    from pledgebook.book.place import Place
    from pledgebook.core.problem import Problem

#: Exit codes: done; done, but errors were found and printed; wrong usage, or nothing could be read.
DONE, DONE_WITH_ERRORS, NOTHING_READ = 0, 1, 2
#: Who is named in the log where no person decided.
MACHINE = "pledgebook"

BookOption = Annotated[
    str | None,
    typer.Option(
        "--book",
        "-b",
        metavar="PATH-or-URL",
        help="The book: a folder or a postgresql:// address [variable PLEDGEBOOK_BOOK; default ./book].",
    ),
]
FolderOption = Annotated[
    str | None,
    typer.Option(
        "--folder", metavar="DIR", help="Where the sources of a book on PostgreSQL are [variable PLEDGEBOOK_FOLDER; default ./book]."
    ),
]
AuthorOption = Annotated[
    str | None, typer.Option("--author", metavar="NAME", help="Who does this, for the log [variable PLEDGEBOOK_AUTHOR].")
]


def a_day(value: str | None) -> str | None:
    """The value of an option that is a day. Raises a usage error for anything else."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value if len(value) == 10 else "").isoformat()
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no day. Write it as 2026-11-01.") from None


def a_date(value: str | None) -> str | None:
    """The value of an option that is a day, or a day with a time. Raises a usage error for anything else."""
    if value is None:
        return None
    try:
        written_in_full = value[4:5] + value[7:8] == "--" and value[10:11] in {"", "T"}
        datetime.fromisoformat(value if written_in_full else "")
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no date. Write it as 2024-09-30, or with a time as 2024-09-30T14:00:00+03:00.") from None
    return value


def reason(error: OSError) -> str:
    """Why the system refuses something, in words."""
    from pledgebook.core.problem import refusal

    return refusal(error)


def need_its_folder(output: Path) -> None:
    """Raises a usage error if the folder that the file of --output is to lie in is not there, or may not be looked into."""
    folder = output.absolute().parent
    try:
        if folder.is_dir():
            return
    except OSError as error:
        raise typer.BadParameter(f"{str(output)!r} cannot be written: {reason(error)}.", param_hint="--output") from None
    raise typer.BadParameter(f"the folder {str(folder)!r} does not exist.", param_hint="--output")


AsOfOption = Annotated[
    str | None, typer.Option("--as-of", callback=a_day, metavar="DATE", help="The day to look from, as 2026-11-01 [default: today].")
]


def now() -> str:
    """The time of recording: the one place where the clock of the log is read."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def day_of(as_of: str | None) -> date:
    """The day to look from: the one given, else today."""
    return date.fromisoformat(as_of) if as_of else datetime.now(UTC).date()


def settings() -> Settings:
    """What the environment sets."""
    return Settings.from_environment(os.environ)


def place(book: str | None, folder: str | None) -> "Place":
    """Where the book is."""
    from pledgebook.book.place import place_of

    chosen = settings()
    return place_of(book or chosen.book, folder or chosen.folder)


@contextlib.contextmanager
def opened(book: str | None, folder: str | None) -> Iterator["Book"]:
    """The book that the options name, closed in the end."""
    from pledgebook.book.opening import open_book

    with open_book(place(book, folder)) as found:
        yield found


@contextlib.contextmanager
def opened_to_read(book: str | None, folder: str | None) -> Iterator["Book"]:
    """The book that the options name, with its own actors and people known to the reading of documents."""
    from pledgebook.book.database import reading
    from pledgebook.book.registries import registry_of
    from pledgebook.reference.actors import extended

    with opened(book, folder) as found:
        with reading(found.engine) as connection:
            registry = registry_of(connection)
        with extended(registry.actors, registry.people):
            yield found


def author_named(author: str | None) -> str:
    """Who decides. Raises a usage error if nobody is named: a decision without a name is worth nothing."""
    found = (author or settings().author).strip()
    if not found:
        raise typer.BadParameter("A decision needs a name. Give --author NAME or set PLEDGEBOOK_AUTHOR.", param_hint="--author")
    return found


def say(line: str) -> None:
    """A line for the person at the terminal, on standard error."""
    print(line, file=sys.stderr)


def tell(problems: Iterable["Problem"], *, notes: bool = False) -> int:
    """Tell problems on standard error, grouped by rule; the exit code they lead to."""
    from pledgebook.views.problems import Tally

    tally = Tally()
    for problem in problems:
        tally.add(problem)
    for line in tally.lines(notes=notes):
        say(line)
    return DONE_WITH_ERRORS if tally.count("error") else DONE


@contextlib.contextmanager
def refusals() -> Iterator[None]:
    """What stops a command, told as a problem; exit code 2."""
    from pledgebook.book.errors import BookError

    try:
        yield
    except BookError as error:
        say(str(error.problem))
        raise typer.Exit(NOTHING_READ) from None
