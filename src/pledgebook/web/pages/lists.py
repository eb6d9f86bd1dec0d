"""Lists: all promises with search and facets; and for each actor, country, sector, year or outlet how its promises stand."""

import math
from functools import lru_cache

from starlette.requests import Request

from pledgebook.reference.actors import actor_named
from pledgebook.web.answers import Answer, Make, NoPageError, html, page
from pledgebook.web.figures import Figure
from pledgebook.web.labels import country_label, sector_label
from pledgebook.web.links import slug_of
from pledgebook.web.listing.asking import ORDERS, Asked, ordered_facets
from pledgebook.web.listing.facets import FACETS, NOT_TOLD
from pledgebook.web.listing.listing import GROUPS, Listing
from pledgebook.web.pages import search_index
from pledgebook.web.pages.asking import ON_A_PAGE, Query, query_of
from pledgebook.web.pages.country_figures import are_few, country_charts, country_figures
from pledgebook.web.site import Site

#: Values of a facet beside a list, and rows on a page of a table.
SHOWN, ON_A_TABLE = 8, 100
#: Promises on the page of an actor in a copy of plain files, where no search finds the others.
IN_A_COPY = 500
#: The facets that have pages of their own: what the page is called, and the folder of its addresses.
FOLDERS = {"actor": "actors", "country": "countries", "sector": "sectors", "year": "years", "outlet": "outlets"}
TITLES = {"actor": "Who is bound", "country": "Countries", "sector": "Sectors", "year": "Years", "outlet": "Who told of it"}


def promises(request: Request, site: Site) -> Answer:
    """The list of promises that the address asks for."""
    query, listing = query_of(request.query_params), site.listing
    found = listing.ask(query.asked)
    return html(
        site,
        "promises.html",
        query=query,
        total=found.total,
        pages=max(1, math.ceil(found.total / ON_A_PAGE)),
        rows=listing.rows(found.places),
        counts=ordered_facets(listing.counts(query.asked), SHOWN),
        facets=FACETS,
        orders=ORDERS,
        coverage=listing.coverage(query.asked),
        label=label_of,
    )


def by_facet(request: Request, site: Site) -> Answer:
    """All values of a facet with how their promises stand."""
    name = request.path_params["facet"]
    if name not in FOLDERS:
        raise NoPageError("Promises are not counted by that.")
    number = query_of(request.query_params).page
    groups = [one for one in site.listing.groups(name) if one.value != NOT_TOLD]
    part = groups[(number - 1) * ON_A_TABLE : number * ON_A_TABLE]
    pages = max(1, math.ceil(len(groups) / ON_A_TABLE))
    return html(
        site,
        "by_facet.html",
        name=name,
        title=TITLES[name],
        groups=part,
        number=number,
        pages=pages,
        total=len(groups),
        columns=tuple(GROUPS),
        label=label_of,
        address=address_of,
    )


def _group_of(facet: str) -> Make:
    def group(request: Request, site: Site) -> Answer:
        return _group(request, site, facet)

    return group


def _group(request: Request, site: Site, name: str) -> Answer:
    """The page of one actor, country, sector, year or outlet."""
    listing = site.listing
    value = value_of(listing, name, request.path_params["slug"])
    asked = Asked(chosen={name: (value,)}, most=ON_A_PAGE if site.live else IN_A_COPY)
    found = listing.ask(asked)
    others = [other for other in ("actor", "country", "sector", "year", "outlet") if other != name]
    return html(
        site,
        "group.html",
        name=name,
        value=value,
        title=label_of(name, value),
        kind=TITLES[name],
        actor=actor_named(value) if name == "actor" else None,
        charts=_charts(site, value) if name == "country" else (),
        total=found.total,
        rows=listing.rows(found.places),
        coverage=listing.coverage(asked),
        verdicts=listing.groups("verdict", asked=asked),
        others={other: [one for one in listing.groups(other, SHOWN, asked) if one.value != NOT_TOLD] for other in others},
        titles=TITLES,
        query=Query(asked=asked),
        label=label_of,
        address=address_of,
    )


def _charts(site: Site, code: str) -> list[Figure] | None:
    """The charts of a country; None where it has too many promises to draw them at once."""
    return country_figures(address_of("country", code), country_charts(site, code)) if are_few(site, code) else None


def label_of(facet: str, value: str) -> str:
    """What readers call a value of a facet."""
    if value == NOT_TOLD:
        return value
    if facet == "country":
        return country_label(value)
    return sector_label(value) if facet == "sector" else value


def address_of(facet: str, value: str) -> str:
    """The page of a value of a facet."""
    folder = FOLDERS[facet]
    return f"/{folder}/{value if facet in {'country', 'sector', 'year'} and value.isalnum() else slug_of(value)}"


def value_of(listing: Listing, facet: str, slug: str) -> str:
    """The value that the last part of an address names. Raises NoPageError if no promise has it."""
    found = _slugs(facet, listing.columns.facets[facet].values).get(slug)
    if found is None:
        raise NoPageError("No promise of this book is listed under that.")
    return found


@lru_cache(maxsize=16)
def _slugs(facet: str, values: tuple[str, ...]) -> dict[str, str]:
    return {address_of(facet, value).rpartition("/")[2]: value for value in values}


ROUTES = (
    *search_index.ROUTES,
    page("/promises", promises),
    page("/by/{facet}", by_facet),
    *(page(f"/{folder}/{{slug}}", _group_of(facet)) for facet, folder in FOLDERS.items()),
)
