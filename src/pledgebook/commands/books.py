"""init, add, rebuild, verify, backup: the book itself."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pledgebook.commands.common import (
    MACHINE,
    AuthorOption,
    BookOption,
    FolderOption,
    a_date,
    now,
    opened,
    opened_to_read,
    place,
    refusals,
    say,
    settings,
    tell,
)
from pledgebook.core.counted import agreeing, counted

if TYPE_CHECKING:
    from pledgebook.book.opening import Book
    from pledgebook.core.document import Loaded
    from pledgebook.core.problem import Problem
    from pledgebook.pipeline import Read

#: Documents that are taken in at a time, all or none of them.
TOGETHER = 32


def init(
    book: BookOption = None,
    folder: FolderOption = None,
    author: AuthorOption = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="What the book is called [default: the name of its folder].")] = None,
) -> None:
    """Make a new, empty book, in a new folder or one that is empty.

    Exit code: 0 done; 2 there is a book already, the folder holds other files, or the place cannot be written.
    """
    from pledgebook.book.opening import init_book

    with refusals():
        where = place(book, folder)
        named = name or where.folder.absolute().name
        with init_book(where, named, author=author or settings().author or MACHINE, recorded=now()) as made:
            say(f"Made the book {made.card.name!r} in {where.shown}.")


def add(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", help="Documents, named as for `pledgebook read`.")],
    book: BookOption = None,
    folder: FolderOption = None,
    author: AuthorOption = None,
    published: Annotated[
        str | None, typer.Option(callback=a_date, metavar="DATE", help="Date of publication, for inputs that do not say.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Who published the inputs that do not say.")] = None,
    workers: Annotated[int, typer.Option(min=1, max=256, metavar="N", help="Processes that share the reading.")] = 1,
) -> None:
    """Take documents into the book; one line for each new one: its id, how many commitments and claims were read in it, its title.

    What has been printed is in the book, whatever happens next. Documents that are in the book already are not read again.
    Exit code: 0 done; 1 done, but errors were found and printed; 2 wrong usage, or nothing could be read.
    """
    from pledgebook.console import watched
    from pledgebook.pipeline import read_received, receive_all

    with refusals(), opened_to_read(book, folder) as found:
        told = _Told()
        fresh = told.fresh(found, receive_all(inputs, published=published, outlet=outlet))
        with watched() as watch:
            items = watch.watch(read_received(fresh, model=settings().model, workers=workers), _commitments_of)
            for batch in _batches(items, told):
                _take_in(found, batch, told, author or settings().author or MACHINE)
        code = tell(told.problems)
        say(f"{counted(told.added, 'document')} added, {told.known} in the book already.")
    raise typer.Exit(code if told.added or told.known else 2)


class _Told:
    """What an adding came to."""

    def __init__(self) -> None:
        self.added = self.known = 0
        self.problems: list[Problem] = []

    def fresh(self, book: "Book", loaded: Iterator["Loaded"]) -> Iterator["Loaded"]:
        """Those that are not in the book; for the others a warning if they say other things of themselves."""
        from pledgebook.book.adding import known_as

        for found in loaded:
            row = known_as(book, found.document) if found.document is not None else None
            if row is None:
                yield found
            else:
                self.known += 1
                self.problems += row.problems


def _commitments_of(item: "Read | Problem") -> int:
    from pledgebook.core.problem import Problem

    return 0 if isinstance(item, Problem) else len(item.reading.commitments)


def _batches(items: Iterator["Read | Problem"], told: _Told) -> Iterator[list["Read"]]:
    from pledgebook.core.problem import Problem

    batch: list[Read] = []
    for item in items:
        if isinstance(item, Problem):
            told.problems.append(item)
            continue
        batch.append(item)
        if len(batch) >= TOGETHER:
            yield batch
            batch = []
    if batch:
        yield batch


def _take_in(book: "Book", batch: list["Read"], told: _Told, author: str) -> None:
    from pledgebook.book.adding import Addition
    from pledgebook.book.adding import add as add_to
    from pledgebook.extraction.version import extractor_version
    from pledgebook.views.rows import heading

    additions = [Addition(received=one.received, reading=one.reading) for one in batch]
    done = add_to(book, additions, extractor=extractor_version(settings().model), author=author, recorded=now())
    told.added += len(done.ids)
    told.known += done.known
    told.problems += [*done.problems, *(problem for one in batch for problem in one.reading.problems)]
    first = {one.reading.document.sha256: one.reading for one in reversed(batch)}  # the same bytes may have come twice
    for sha256, name in done.ids.items():
        found = first[sha256]
        print(f"{name}\t{len(found.commitments)}\t{len(found.claims)}\t{heading(found.document)}")
    sys.stdout.flush()


def rebuild(book: BookOption = None, folder: FolderOption = None, author: AuthorOption = None) -> None:
    """Read every source again and compute all else anew, as after a new version of the program.

    Sources are documents, files of aid data, and files of events and figures, as the book keeps them; nothing is fetched. What `pledgebook link`
    tied, to money and to events, is gone until it is run again, and that is told.

    Until its end the book stays as it was. Exit code: 0 done; 1 done, but decisions have lost the words they are about; 2 no book.
    """
    from pledgebook.book.rebuilding import rebuild as build
    from pledgebook.extraction.version import extractor_version
    from pledgebook.pipeline import read_again

    with refusals(), opened_to_read(book, folder) as found:
        model = settings().model
        done = build(
            found,
            lambda documents: read_again(documents, model=model),
            extractor=extractor_version(model),
            author=author or settings().author or MACHINE,
            recorded=now(),
        )
        code = tell(done.problems)
        say(f"{counted(done.documents, 'document')} read again; {done.changed} of them otherwise than before.")
        if done.snapshots:
            say(f"{counted(done.snapshots, 'file')} of aid data read again.")
        if done.releases:
            say(f"{counted(done.releases, 'file')} of events and figures read again.")
        if done.untied:
            say(
                f"{counted(done.untied, 'tie')} to money and events {agreeing(done.untied, 'is', 'are')} gone until `pledgebook link` is run again."
            )
    raise typer.Exit(code)


def verify(book: BookOption = None, folder: FolderOption = None) -> None:
    """Check the log's chain, the bytes of every source, every quote and every release; say what was changed.

    Exit code: 0 all is as it was written; 1 something was changed; 2 no book.
    """
    from pledgebook.book.checking import verify as check

    with refusals(), opened(book, folder) as found:
        code = tell(check(found), notes=True)
        if not code:
            say("All is as it was written.")
    raise typer.Exit(code)


def backup(
    target: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder for the copy.")],
    book: BookOption = None,
    folder: FolderOption = None,
) -> None:
    """Copy the book into a new folder, while others may use it; the copy is a book of its own, in SQLite.

    Accounts, and what readers sent and nobody has settled, are not in it: docs/team.md tells why, and how they are copied.
    Exit code: 0 done; 2 the copy cannot be written, or no book.
    """
    from pledgebook.book.backing import backup as copy
    from pledgebook.web.accounts.tables import has_people

    with refusals(), opened(book, folder) as found:
        size = copy(found, target)
        say(f"Copied {counted(size, 'log entry')} with {agreeing(size, 'its', 'their')} sources to {target}.")
        if has_people(found):
            say("The accounts of the team are not in it; docs/team.md tells how they are copied.")
