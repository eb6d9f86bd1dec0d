"""What gathers promises: plans whose steps have an order, campaigns with goals and donors, instruments that promises come from."""

import math
from collections.abc import Sequence

import msgspec
from starlette.requests import Request

from pledgebook.core.gathering import Campaign, Instrument, Plan
from pledgebook.views.standing_rows import StandingRow
from pledgebook.web.answers import Make, NoPageError, html, page
from pledgebook.web.figures import figures
from pledgebook.web.keeping import Answer
from pledgebook.web.listing.listing import Listing
from pledgebook.web.pages.asking import ON_A_PAGE, Query, query_of
from pledgebook.web.pages.lists import page_of
from pledgebook.web.pages.plan_charts import DRAWN, plan_charts
from pledgebook.web.site import Site

TYPES: dict[str, type[Plan | Campaign | Instrument]] = {"plan": Plan, "campaign": Campaign, "instrument": Instrument}
TITLES = {
    "plan": "Promises that belong together, with an order",
    "campaign": "Drives with goals, what was raised, and pledges by donor",
    "instrument": "Agreements, statements and laws that promises come from",
}
#: Of each kind so many are on the page of all kinds, and on a page of their own.
SHOWN, ON_A_TABLE = 20, 100


def gatherings(_: Request, site: Site) -> Answer:
    """The first of each kind, and where the others are."""
    listing = site.listing
    kinds = {kind: (listing.gatherings(kind, most=SHOWN), listing.gathering_count(kind)) for kind in TYPES}
    return html(site, "gatherings.html", kinds=kinds, titles=TITLES)


def _list_of(kind: str) -> Make:
    def gathering_list(request: Request, site: Site) -> Answer:
        listing, number = site.listing, query_of(request.query_params).page
        total = listing.gathering_count(kind)
        pages = max(1, math.ceil(total / ON_A_TABLE))
        first, _ = page_of(number, pages, ON_A_TABLE)
        query = Query.plain(f"/{kind}s", number)
        rows = listing.gatherings(kind, first, ON_A_TABLE)
        return html(site, "gathering_list.html", kind=kind, title=TITLES[kind], rows=rows, total=total, pages=pages, query=query)

    return gathering_list


def _page_of(kind: str) -> Make:
    def gathering(request: Request, site: Site) -> Answer:
        listing, one = site.listing, request.path_params["id"]
        body = listing.gathering(kind, one)
        if body is None:
            raise NoPageError(f"This book knows no such {kind}.")
        found = msgspec.json.decode(body, type=TYPES[kind])
        if isinstance(found, Plan):
            charts = figures(f"/plans/{found.id}", plan_charts(site, found))
            return html(site, "plan.html", found=found, rows=_rows(listing, _promises(found)), charts=charts, drawn=DRAWN)
        if not isinstance(found, Instrument):
            return html(site, f"{kind}.html", found=found, rows=_rows(listing, _promises(found)))
        promises = list(dict.fromkeys(found.promises))
        query, pages = Query.plain(f"/{kind}s/{one}", query_of(request.query_params).page), max(1, math.ceil(len(promises) / ON_A_PAGE))
        first, last = page_of(query.page, pages, ON_A_PAGE)
        return html(site, "instrument.html", found=found, rows=_rows(listing, promises[first:last]), first=first, pages=pages, query=query)

    return gathering


def _promises(found: Plan | Campaign) -> Sequence[str]:
    if isinstance(found, Plan):
        return [step.promise for step in found.steps]
    return [one.promise for one in found.pledges]


def _rows(listing: Listing, ids: Sequence[str]) -> dict[str, StandingRow]:
    """The rows of promises by their ids; those that are not announced yet are left out."""
    places = listing.places(list(dict.fromkeys(ids)))
    found = {row.id: row for row in listing.rows(list(places.values()))}
    return {one: found[one] for one in ids if one in found}


ROUTES = (
    page("/gatherings", gatherings),
    *(page(f"/{kind}s", _list_of(kind)) for kind in TYPES),
    *(page(f"/{kind}s/{{id}}", _page_of(kind)) for kind in TYPES),
)
