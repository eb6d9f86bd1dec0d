"""decide, import, registry: what people put into a book."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast, get_args

import typer

from pledgebook.commands.common import (
    DONE,
    MACHINE,
    NOTHING_READ,
    AuthorOption,
    BookOption,
    FolderOption,
    author_named,
    day_of,
    now,
    opened,
    reason,
    refusals,
    say,
    settings,
    tell,
)
from pledgebook.core.counted import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pledgebook.book.deciding import Request
    from pledgebook.book.opening import Book
    from pledgebook.core.decision import DecisionKind
    from pledgebook.core.problem import Problem


def decide(
    what: Annotated[
        str,
        typer.Argument(
            metavar="KIND-or-FILE",
            help="accept, reject, correct, add, merge, split, link, unlink, dispute, note, watch or undo; or a file of decisions: CSV, XLSX or JSON Lines.",
        ),
    ],
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID]...",
            help="What it is about, then the others it names; for correct: the commitment, the field and its new value as JSON.",
        ),
    ] = None,
    value: Annotated[
        str | None,
        typer.Option(
            metavar="JSON", help="For add: the fields as a JSON object; for link: supports or contradicts; for watch: the indicator."
        ),
    ] = None,
    document: Annotated[str | None, typer.Option(metavar="ID", help="For add: the document whose words are marked.")] = None,
    start: Annotated[int | None, typer.Option(min=0, help="For add: where the words begin, in code points.")] = None,
    end: Annotated[int | None, typer.Option(min=0, help="For add: where they end.")] = None,
    claim: Annotated[bool, typer.Option("--claim", help="For add: it is a progress claim, not a commitment.")] = False,
    who: Annotated[str | None, typer.Option(metavar="NAME", help="For dispute: who says so, if not the author.")] = None,
    text: Annotated[str | None, typer.Option(help="For dispute: what is wrong.")] = None,
    link: Annotated[str | None, typer.Option(metavar="URL", help="For dispute: where it is said.")] = None,
    comment: Annotated[str | None, typer.Option(help="Why.")] = None,
    author: AuthorOption = None,
    book: BookOption = None,
    folder: FolderOption = None,
) -> None:
    """Write down what a person decided, one by one or from a file. Nothing is overwritten; the machine's reading stays beside it.

    Exit code: 0 done; 1 done, but some could not be; 2 wrong usage, no book, or nothing could be read.
    """
    from pledgebook.core.decision import DecisionKind

    named = list(ids or [])
    if what not in get_args(DecisionKind):
        if named:
            raise typer.BadParameter(f"{what!r} is no kind of decision. Give one of: {', '.join(get_args(DecisionKind))}; or one file.")
        _decide_file(Path(what), author, book, folder)
        return
    request = _request(
        cast("DecisionKind", what),
        named,
        {"value": value, "document": document, "who": who, "text": text, "link": link, "comment": comment},
        (start, end),
        claim,
    )
    decider = author_named(author)
    with refusals(), opened(book, folder) as found:
        code = _write_down(found, [request], [], decider)
    raise typer.Exit(NOTHING_READ if code else DONE)


def _request(kind: "DecisionKind", ids: list[str], given: dict[str, Any], span: tuple[int | None, int | None], claim: bool) -> "Request":
    from pledgebook.book.deciding import Request

    if kind == "add":
        if ids or given["document"] is None:
            raise typer.BadParameter("add marks words: give --document, --start, --end, and --value for the fields.")
        return Request(kind=kind, field="claim" if claim else "commitment", start=span[0], end=span[1], **given)
    if kind == "correct":
        if len(ids) != 3:
            raise typer.BadParameter(
                "correct needs three things: a commitment, a field, and the new value as JSON, as in: correct ID deadline '\"2026-01\"'."
            )
        return Request(kind=kind, target=ids[0], field=ids[1], **{**given, "value": ids[2]})
    needed = {"merge": 2, "link": 2, "unlink": 2}.get(kind, 1)
    if len(ids) < needed:
        raise typer.BadParameter(f"{kind} needs {counted(needed, 'id')}.")
    if len(ids) > 1 and kind not in {"merge", "split", "link", "unlink"}:
        raise typer.BadParameter(f"{kind} is about one thing.")
    return Request(kind=kind, target=ids[0], others=tuple(ids[1:]), **given)


def _decide_file(path: Path, author: str | None, book: str | None, folder: str | None) -> None:
    from pledgebook.book.errors import book_error
    from pledgebook.views.decision_files import read_decisions

    named = author_named(author)
    with refusals(), opened(book, folder) as found:
        try:
            data = path.read_bytes()
        except OSError as error:
            what = f"{path} is no kind of decision, and cannot be read as a file ({reason(error)})."
            raise book_error("unreadable", str(path), what, "Give the name of a file of decisions, or a kind.") from None
        requests, problems = read_decisions(data, path.name, lambda name: _text(found, name))
        code = _write_down(found, requests, problems, named)
        unread = any(problem.severity != "note" for problem in problems)
        if not requests and not unread:
            say(f"No row of {path.name} decides anything.")
    raise typer.Exit(NOTHING_READ if unread and not requests else code)


def _text(book: "Book", name: str) -> str | None:
    """The frozen text of the document with that id or SHA-256."""
    from pledgebook.book.database import reading
    from pledgebook.book.particulars import row_named, text_of

    with reading(book.engine) as connection:
        row = row_named(connection, name)
        return text_of(row, book.blobs) if row is not None else None


def _write_down(book: "Book", requests: "Sequence[Request]", problems: "Sequence[Problem]", author: str) -> int:
    from pledgebook.book.deciding import decide as write
    from pledgebook.book.money_log import is_key

    done = write(book, requests, author=author, recorded=now())
    code = tell([*problems, *done.problems], notes=True)
    if done.written and any(
        is_key(one) for request in requests for one in (*request.others, *(request.whole.money if request.whole else ()))
    ):
        from pledgebook.book.money_ties import link_money

        link_money(book, day_of(None))
    if requests:
        say(f"{counted(done.written, 'decision')} written down, {done.unchanged} said what the book says already.")
    return code


def registry(
    of: Annotated[str, typer.Argument(metavar="KIND", help="actors, outlets or people.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file with the columns that docs/registries.md names.")],
    author: AuthorOption = None,
    book: BookOption = None,
    folder: FolderOption = None,
) -> None:
    """Give the book rows of its own for actors, outlets or people in office; they go before those of the program.

    Exit code: 0 done; 1 the file has errors, and nothing was taken in; 2 wrong usage, or no book.
    """
    from pledgebook.book.errors import book_error
    from pledgebook.book.registries import RegistryKind, add_registry

    if of not in get_args(RegistryKind):
        raise typer.BadParameter(f"{of!r} is no registry. Give one of: {', '.join(get_args(RegistryKind))}.")
    kind: RegistryKind = of  # type: ignore[assignment] # checked above
    with refusals(), opened(book, folder) as found:
        try:
            data = file.read_bytes()
        except OSError as error:
            raise book_error("unreadable", str(file), f"The file cannot be read ({reason(error)}).", "Give a CSV file.") from None
        rows, problems = add_registry(found, data, file.name, kind, author=author_named(author), recorded=now())
        code = tell(problems)
        say(f"{counted(rows, 'row')} taken in." if not code else "Nothing was taken in.")
    raise typer.Exit(code)


def import_tracker(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A table of announcements: CSV, XLSX or JSON Lines.")],
    column_map: Annotated[
        Path, typer.Option("--map", metavar="MAP", help="A TOML file that says what its columns mean; see docs/trackers.md.")
    ],
    author: AuthorOption = None,
    book: BookOption = None,
    folder: FolderOption = None,
) -> None:
    """Take an existing tracker into the book, row by row: each becomes a document whose words prove what it says.

    Exit code: 0 done; 1 done, but errors were found and printed; 2 wrong usage, or nothing could be read.
    """
    from pledgebook.book.adding import Addition, add
    from pledgebook.book.errors import BookError, book_error
    from pledgebook.book.sql import batches
    from pledgebook.core.problem import Problem
    from pledgebook.core.reading import Reading
    from pledgebook.trackers.column_map import read_map
    from pledgebook.trackers.rows import read_tracker

    with refusals(), opened(book, folder) as found:
        try:
            data, map_data = file.read_bytes(), column_map.read_bytes()
        except OSError as error:
            raise book_error(
                "unreadable", str(error.filename), f"The file cannot be read ({reason(error)}).", "Give a table and its map."
            ) from None
        read = read_map(map_data, column_map.name)
        if isinstance(read, Problem):
            raise BookError(read)
        rows = list(read_tracker(data, file.name, read))
        additions = [
            Addition(received=row.data, reading=Reading(document=row.document, commitments=row.commitments), origin="tracker")
            for row in rows
            if not isinstance(row, Problem)
        ]
        who = author or settings().author or MACHINE
        done = [add(found, part, extractor=f"tracker {column_map.name}", author=who, recorded=now()) for part in batches(additions)]
        code = tell(
            [*(row for row in rows if isinstance(row, Problem)), *(problem for one in done for problem in one.problems)], notes=True
        )
        say(f"{counted(sum(len(one.ids) for one in done), 'row')} taken in, {sum(one.known for one in done)} in the book already.")
    raise typer.Exit(code if additions else 2)
