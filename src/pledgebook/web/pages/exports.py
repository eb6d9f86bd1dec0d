"""The whole book in the forms that others work with, made when it is asked for, one at a time."""

import tempfile
from pathlib import Path

from starlette.requests import Request

from pledgebook.book.database import reading
from pledgebook.book.errors import BookError
from pledgebook.book.observed import Observed
from pledgebook.book.registries import registry_of
from pledgebook.book.snapshots import snapshot
from pledgebook.views.book.export import export
from pledgebook.views.book.options import ExportOptions
from pledgebook.web.answers import NoPageError, page
from pledgebook.web.keeping import Answer
from pledgebook.web.listing.building import size_of
from pledgebook.web.site import Site
from pledgebook.web.wholes import may_show

#: Commitments up to which a server makes an export: it needs the whole book in memory.
LARGEST = 20_000
#: Observations up to which it makes one of a form that holds them all: each cell of a workbook takes its time, and others wait.
MOST_OBSERVED = 50_000
_OF_ALL_TABLES = frozenset({"xlsx", "sqlite"})
MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/jsonl",
    "jsonld": "application/ld+json",
    "sqlite": "application/vnd.sqlite3",
    "atom": "application/atom+xml",
    "ics": "text/calendar; charset=utf-8",
}


def exported(request: Request, site: Site) -> Answer:
    """The export of the whole book with that suffix."""
    suffix = request.path_params["suffix"]
    if suffix not in MEDIA:
        raise NoPageError("The book is not exported in that form.")
    body = export_bytes(site, suffix)
    name = f"{site.day}.{suffix}"
    return Answer(body=body, media=MEDIA[suffix], headers={"content-disposition": f'attachment; filename="book-{name}"'})


def export_bytes(site: Site, suffix: str) -> bytes:
    """The bytes of an export. Raises NoPageError for a book that is too large for that."""
    with tempfile.TemporaryDirectory() as folder, reading(site.book.engine) as connection:
        observations = Observed(site.book, site.day.isoformat())
        if size_of(connection) > LARGEST or (suffix in _OF_ALL_TABLES and len(observations) > MOST_OBSERVED):
            raise NoPageError("This book is too large to be exported here: `pledgebook export` on the command line does it.", 404)
        whole = snapshot(site.book, connection, site.day, site.extractor)
        path = Path(folder) / f"book.{suffix}"
        options = ExportOptions(may_show_text=may_show(registry_of(connection)), observations=observations)
        for problem in export(whole, path, options):
            if problem.severity == "error":
                raise BookError(problem)
        return path.read_bytes()


ROUTES = (page("/exports/book.{suffix}", exported, "exports"),)
