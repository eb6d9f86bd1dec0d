"""The index in which a copy of plain files is searched: a script, since a page on a disk may load one, and nothing else."""

import msgspec
from starlette.requests import Request

from pledgebook.web.answers import NoPageError, page
from pledgebook.web.keeping import Answer
from pledgebook.web.listing.asking import Asked
from pledgebook.web.site import Site

PATH = "/search-index.js"


class _Quoted(msgspec.Struct, frozen=True):
    """Of a row of the export's table "promises" its id and the words that prove it."""

    id: str
    quote: str


def search_index(_: Request, site: Site) -> Answer:
    """Id, who, what, verdict, review and quote of every promise. Raises NoPageError on a server, which searches the texts."""
    if site.live:
        raise NoPageError("This server searches by itself: see the list of promises.")
    listing = site.listing
    places = listing.ask(Asked(order="id", most=listing.columns.size)).places
    quoted = {one.id: one.quote for one in (msgspec.json.decode(body, type=_Quoted) for body in listing.exported(places))}
    rows = [(row.id, row.who, row.what, row.verdict, row.review, quoted.get(row.id, "")) for row in listing.rows(places)]
    told = msgspec.json.encode(rows)
    return Answer(body=b"globalThis.pledgebookIndex = " + told + b";\n", media="text/javascript; charset=utf-8")


ROUTES = (page(PATH, search_index),)
