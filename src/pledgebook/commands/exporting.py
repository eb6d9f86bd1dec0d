"""export: the book in the forms that others work with."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pledgebook.commands.common import DONE, NOTHING_READ, AsOfOption, BookOption, FolderOption, day_of, opened, refusals, settings, tell

if TYPE_CHECKING:
    from collections.abc import Callable

    from pledgebook.core.document import Document
    from pledgebook.reference.outlets import Registry


def export(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Its suffix says in which form: .xlsx, .csv, .jsonl, .jsonld, .parquet (a folder), .atom, .ics, .sqlite or .db.",
        ),
    ],
    as_of: AsOfOption = None,
    table: Annotated[str | None, typer.Option(metavar="NAME", help="For .csv and .jsonl: the one table to write.")] = None,
    book: BookOption = None,
    folder: FolderOption = None,
) -> None:
    """Write the book as of a day; the same book and day give the same bytes. An old file is replaced in one step.

    Exit code: 0 done; 2 no book, or the file cannot be written so.
    """
    from pledgebook.book.database import reading
    from pledgebook.book.registries import registry_of
    from pledgebook.book.snapshots import snapshot
    from pledgebook.extraction.version import extractor_version
    from pledgebook.views.book.export import export as write
    from pledgebook.views.book.options import ExportOptions

    with refusals(), opened(book, folder) as found, reading(found.engine) as connection:
        whole = snapshot(found, connection, day_of(as_of), extractor_version(settings().model))
        options = ExportOptions(table=table, may_show_text=_terms_allow(registry_of(connection)))
        code = tell(write(whole, file, options))
    raise typer.Exit(NOTHING_READ if code else DONE)


def _terms_allow(registry: "Registry") -> "Callable[[Document], bool]":
    """Whether the terms of a document's outlet allow that its whole text is shown; what is not known allows nothing."""
    from pledgebook.reference.outlets import outlet_named

    def allow(document: "Document") -> bool:
        outlet = outlet_named(document.outlet or document.url or "", registry)
        return outlet is not None and outlet.terms == "full"

    return allow
