"""What gathers promises: plans whose steps have an order, campaigns with goals and donors, instruments that promises come from."""

from collections.abc import Iterable

import msgspec
from starlette.requests import Request

from pledgebook.core.gathering import Campaign, Instrument, Plan
from pledgebook.views.standing_rows import StandingRow
from pledgebook.web.answers import Answer, Make, NoPageError, html, page
from pledgebook.web.figures import figures
from pledgebook.web.listing.listing import Listing
from pledgebook.web.pages.plan_charts import DRAWN, plan_charts
from pledgebook.web.site import Site

_TYPES: dict[str, type[Plan | Campaign | Instrument]] = {"plan": Plan, "campaign": Campaign, "instrument": Instrument}


def gatherings(_: Request, site: Site) -> Answer:
    """All of them, by kind."""
    listing = site.listing
    return html(site, "gatherings.html", kinds={kind: listing.gatherings(kind) for kind in _TYPES})


def _page_of(kind: str) -> Make:
    def gathering(request: Request, site: Site) -> Answer:
        listing = site.listing
        body = listing.gathering(kind, request.path_params["id"])
        if body is None:
            raise NoPageError(f"This book knows no such {kind}.")
        found = msgspec.json.decode(body, type=_TYPES[kind])
        charts = figures(f"/plans/{found.id}", plan_charts(site, found)) if isinstance(found, Plan) else ()
        return html(site, f"{kind}.html", found=found, rows=_rows(listing, _promises(found)), charts=charts, drawn=DRAWN)

    return gathering


def _promises(found: Plan | Campaign | Instrument) -> Iterable[str]:
    if isinstance(found, Plan):
        return [step.promise for step in found.steps]
    return [one.promise for one in found.pledges] if isinstance(found, Campaign) else found.promises


def _rows(listing: Listing, ids: Iterable[str]) -> dict[str, StandingRow]:
    """The rows of promises by their ids; those that are not announced yet are left out."""
    places = listing.places(list(dict.fromkeys(ids)))
    return {row.id: row for row in listing.rows(list(places.values()))}


ROUTES = (page("/gatherings", gatherings), *(page(f"/{kind}s/{{id}}", _page_of(kind)) for kind in _TYPES))
