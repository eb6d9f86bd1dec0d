"""The whole public book as plain files for any web server: the same pages, with relative addresses and without what needs an answer."""

import math
import os
import shutil
import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import select
from starlette.requests import Request
from starlette.routing import BaseRoute, Match

from pledgebook.book.errors import book_error
from pledgebook.book.tables import document
from pledgebook.web.answers import MovedError, NoPageError, PageRoute
from pledgebook.web.keeping import Answer
from pledgebook.web.links import FileLinks, file_of
from pledgebook.web.listing.asking import Asked
from pledgebook.web.listing.facets import NOT_TOLD
from pledgebook.web.pages import documents, gatherings, lists, search_index, tables
from pledgebook.web.pages.asking import ON_A_PAGE
from pledgebook.web.pages.promise_page import release_names
from pledgebook.web.pinned import held_ids
from pledgebook.web.site import Site

#: The file by which a folder is known to be a copy, and may be replaced.
MARK = ".pledgebook-site"
#: Files that belong to the page that asks for them.
_CHARTS = (".svg", ".csv")


def write_copy(site: Site, routes: Sequence[BaseRoute], to: Path) -> int:
    """Write every page into the folder `to`; how many files there are. What was there before is replaced when all is written.

    Raises BookError for a folder that holds anything else, or that cannot be written, and where the book changed so that a page is gone.
    """
    if to.exists() and (not to.is_dir() or (any(to.iterdir()) and not (to / MARK).is_file())):
        raise book_error("other-folder", str(to), "The folder holds something other than a copy of a book.", "Name another with --to.")
    try:
        to.absolute().parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{to.name}.", dir=to.absolute().parent) as work:
            made = Path(work) / "new"
            count = _fill(site, routes, made)
            _put_in_place(made, to, Path(work) / "old")
    except OSError as error:
        raise book_error("unwritable", str(to), f"It cannot be written ({error.strerror}).", "Make room, or name another place.") from None
    return count


def _fill(site: Site, routes: Sequence[BaseRoute], folder: Path) -> int:
    count = 0
    waiting = deque(_paths(site))
    while waiting:
        path = waiting.popleft()
        links = FileLinks(path)
        _write(folder / file_of(path), _answer(site, routes, path, links).body)
        charts = [asked for asked in links.asked if asked.endswith(_CHARTS) and not asked.startswith("/static/")]
        for chart in charts:
            _write(folder / file_of(chart), _answer(site, routes, chart, FileLinks(chart)).body)
        waiting.extendleft(asked for asked in links.asked if _belongs_to(asked, path))
        count += 1 + len(charts)
    for one in site.static.values():
        _write(folder / one.path.strip("/"), one.body)
        count += 1
    missing = site.with_links(FileLinks("/404.html")).render("missing.html", why="There is no page at this address.", status=404)
    _write(folder / "404.html", missing)
    _write(folder / MARK, f"{site.book.card.id} {site.day} {site.edition.entries}\n".encode())
    return count + 1


def _belongs_to(asked: str, path: str) -> bool:
    """Whether an address is that of the part of a long document that follows the one at `path`, or of the charts of the country there."""
    here, _, query = path.partition("?")
    number = int(query.removeprefix("page=") or 1)
    if here.startswith("/countries/"):
        return number == 1 and asked == f"{here}/charts"
    return here.startswith("/documents/") and asked == f"{here}?page={number + 1}"


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)


def _put_in_place(made: Path, to: Path, old: Path) -> None:
    made.chmod(0o755)
    if to.exists():
        os.replace(to, old)  # noqa: PTH105 - a folder is moved, not a file replaced
    os.replace(made, to)  # noqa: PTH105 - the same
    shutil.rmtree(old, ignore_errors=True)


def _answer(site: Site, routes: Sequence[BaseRoute], path: str, links: FileLinks) -> Answer:
    """The page of a path, as a copy has it. Raises BookError if it is none any more."""
    plain, _, query = path.partition("?")
    scope = {"type": "http", "method": "GET", "path": plain, "query_string": query.encode(), "headers": [], "root_path": ""}
    for route in routes:
        if isinstance(route, PageRoute):
            match, child = route.matches(scope)
            if match is Match.FULL:
                return _made(Request({**scope, **child}), route, site.with_links(links))
    raise LookupError(path)


def _made(request: Request, route: PageRoute, site: Site) -> Answer:
    try:
        return route.make(request, site)
    except (NoPageError, MovedError):  # pages are read from the live book, and their addresses were listed before
        what = "The book changed while it was copied: a page that was listed is none any more, or has another address."
        raise book_error("book-changed", request.scope["path"], what, "Run it again.") from None


def _paths(site: Site) -> Iterator[str]:
    """Every page of the copy."""
    yield from ("/", "/methods", "/data", "/gatherings", "/feed.atom", "/due.ics", search_index.PATH)
    listing = site.listing
    ids = listing.ask(Asked(order="id", most=listing.columns.size)).ids
    yield from _pages("/promises", len(ids), ON_A_PAGE)
    for one in ids:
        yield from (f"/p/{one}", f"/p/{one}.json", f"/p/{one}.ics")
    for facet in lists.FOLDERS:
        groups = [one for one in listing.groups(facet) if one.value != NOT_TOLD]
        yield from _pages(f"/by/{facet}", len(groups), tables.ON_A_TABLE)
        for group in groups:
            yield from _pages(lists.address_of(facet, group.value), group.total, lists.IN_A_COPY)
    yield from _of_gatherings(site)
    yield from _of_documents(site)


def _of_gatherings(site: Site) -> Iterator[str]:
    for kind in gatherings.TYPES:
        found = site.listing.gatherings(kind)
        yield from _pages(f"/{kind}s", len(found), gatherings.ON_A_TABLE)
        for one in found:
            path = f"/{kind}s/{one.id}"
            yield from _pages(path, one.promises, ON_A_PAGE) if kind == "instrument" else (path,)


def _of_documents(site: Site) -> Iterator[str]:
    with site.reading() as connection:
        ids = list(connection.execute(select(document.c.id).order_by(document.c.id)).scalars())
        sources: dict[str, list[str]] = {}
        for row in connection.execute(select(document.c.source, document.c.id)):
            sources.setdefault(row.source, []).append(row.id)
        names = release_names(connection)
    yield from _pages("/documents", len(ids), documents.ON_A_PAGE)
    yield from (f"/documents/{one}" for one in ids)
    for versions in sources.values():
        yield from (f"/documents/{one}/against/{other}" for one in versions for other in versions if one != other)
    for name in names:
        yield from (f"/releases/{name}/p/{one}" for one in held_ids(site, name))


def _pages(path: str, total: int, on_a_page: int) -> Iterator[str]:
    yield path
    yield from (f"{path}?page={number}" for number in range(2, math.ceil(total / on_a_page) + 1))
