"""export: the book in the forms that others work with."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pledgebook.commands.common import (
    DONE,
    NOTHING_READ,
    AsOfOption,
    BookOption,
    FolderOption,
    day_of,
    opened_to_read,
    refusals,
    settings,
    tell,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from pledgebook.core.document import Document
    from pledgebook.reference.outlets import Registry
    from pledgebook.views.book.iati.reporter import Reporter


def export(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Its suffix says in which form: .xlsx, .csv, .jsonl, .jsonld, .parquet (a folder), .atom, .ics, .sqlite or .db; "
            ".xml with --iati.",
        ),
    ],
    as_of: AsOfOption = None,
    table: Annotated[str | None, typer.Option(metavar="NAME", help="For .csv and .jsonl: the one table to write.")] = None,
    iati: Annotated[
        bool,
        typer.Option("--iati", help="Write the pledges of money as IATI 2.03 activities, a .xml file. The three options below go with it."),
    ] = False,
    reporting_org: Annotated[
        str | None, typer.Option(metavar="REF", help="For --iati: the IATI identifier of the organisation that reports, as GB-CHC-202918.")
    ] = None,
    reporting_name: Annotated[str | None, typer.Option(metavar="NAME", help="For --iati: its name.")] = None,
    reporting_type: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="For --iati: its type, a code of IATI's list OrganisationType, as 22 for a national NGO."),
    ] = None,
    book: BookOption = None,
    folder: FolderOption = None,
) -> None:
    """Write the book as of a day; the same book and day give the same bytes. An old file is replaced in one step.

    Observations of sources whose terms forbid to give them on (ACLED) are left out of every form, and that is told.

    With --iati each promise that is no pledge which IATI can hold is told with the reason, and the number of each.
    Exit code: 0 done; 2 no book, wrong usage, or the file cannot be written so.
    """
    from pledgebook.book.database import reading
    from pledgebook.book.observed import Observed
    from pledgebook.book.registries import registry_of
    from pledgebook.book.snapshots import snapshot
    from pledgebook.extraction.version import extractor_version
    from pledgebook.views.book.export import export as write
    from pledgebook.views.book.options import ExportOptions

    reporter = _reporter(iati, reporting_org, reporting_name, reporting_type)
    with refusals(), opened_to_read(book, folder) as found, reading(found.engine) as connection:
        day = day_of(as_of)
        whole = snapshot(found, connection, day, extractor_version(settings().model))
        may_show, observations = _terms_allow(registry_of(connection)), Observed(found, day.isoformat())
        options = ExportOptions(table=table, may_show_text=may_show, observations=observations, iati=reporter)
        code = tell(write(whole, file, options), notes=iati)
    raise typer.Exit(NOTHING_READ if code else DONE)


def _reporter(iati: bool, ref: str | None, name: str | None, kind: str | None) -> "Reporter | None":
    """Who reports to IATI. Raises a usage error if that is not told in full, or told without --iati."""
    from pledgebook.views.book.iati.reporter import reporter_of

    given = {"--reporting-org": ref, "--reporting-name": name, "--reporting-type": kind}
    if not iati:
        if told := [option for option, value in given.items() if value is not None]:
            raise typer.BadParameter("It goes with --iati.", param_hint=told[0])
        return None
    if missing := [option for option, value in given.items() if not value]:
        raise typer.BadParameter(f"--iati needs {', '.join(missing)}: who reports is never guessed.", param_hint="--iati")
    try:
        return reporter_of(ref or "", name or "", kind or "")
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--iati") from None


def _terms_allow(registry: "Registry") -> "Callable[[Document], bool]":
    """Whether the terms of a document's outlet allow that its whole text is shown; what is not known allows nothing."""
    from pledgebook.reference.outlets import outlet_named

    def allow(document: "Document") -> bool:
        outlet = outlet_named(document.outlet or document.url or "", registry)
        return outlet is not None and outlet.terms == "full"

    return allow
