"""The charts of a promise as files: pictures, and their numbers."""

import datetime

from starlette.requests import Request

from pledgebook.reference.places.outlines import shipped
from pledgebook.web.answers import NoPageError, page
from pledgebook.web.figures import drawn
from pledgebook.web.keeping import Answer
from pledgebook.web.pages.promise_figures import charts_of, map_chart
from pledgebook.web.pages.promise_page import day_asked, standing_asked
from pledgebook.web.pinned import pinned
from pledgebook.web.site import Site

#: The charts that a release can be asked for: it holds no event data.
_PINNED = ("timeline", "money", "years")


def promise_chart(request: Request, site: Site) -> Answer:
    """One chart of the promise as SVG, or its numbers as CSV."""
    name, suffix = request.path_params["name"], request.path_params["suffix"]
    day = day_asked(request, site)
    with site.reading() as connection:
        standing = standing_asked(connection, request, day)
        watched = site.happenings.watched(connection, standing.promise, day) if name in {"series", "map"} else None
    charts = charts_of(standing, day, watched)
    if name == "map" and "map" in charts and watched is not None:
        charts["map"] = map_chart(watched, shipped(frozenset(watched.indicator.countries)).geometries())
    return drawn(charts, name, suffix)


def pinned_chart(request: Request, site: Site) -> Answer:
    """One chart of the promise as it stood in a release."""
    name = request.path_params["name"]
    release, standing = pinned(site, request.path_params["release"], request.path_params["id"])
    if name not in _PINNED:
        raise NoPageError("There is nothing to draw.")
    return drawn(charts_of(standing, datetime.date.fromisoformat(release.as_of)), name, request.path_params["suffix"])


ROUTES = (
    page("/p/{id}/{name}.{suffix}", promise_chart, "slow"),
    page("/releases/{release}/p/{id}/{name}.{suffix}", pinned_chart, "slow"),
)
