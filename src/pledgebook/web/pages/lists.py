"""Lists: all promises with search, facets and periods; and those of one actor, country, sector, year or outlet."""

import math
from functools import lru_cache

from starlette.requests import Request

from pledgebook.core.counted import counted
from pledgebook.reference.actors import actor_named
from pledgebook.web.answers import Make, NoPageError, html, page
from pledgebook.web.keeping import Answer
from pledgebook.web.labels import country_label, sector_label
from pledgebook.web.links import slug_of
from pledgebook.web.listing.asking import ORDERS, Asked, ordered_facets
from pledgebook.web.listing.facets import BY_NAME, FACETS, NOT_TOLD
from pledgebook.web.listing.listing import Listing
from pledgebook.web.listing.periods import PERIODS
from pledgebook.web.pages import search_index
from pledgebook.web.pages.asking import ON_A_PAGE, Query, query_of
from pledgebook.web.pages.country_figures import country_view
from pledgebook.web.site import Site

#: Values of a facet beside a list.
SHOWN = 8
#: Promises on a page of an actor in a copy of plain files, where no list finds the others.
IN_A_COPY = 50
#: The facets that have pages of their own: the folder of their addresses, and what all of them together are called.
FOLDERS = {
    "actor": "actors", "country": "countries", "category": "sector-groups", "sector": "sectors", "year": "years", "due": "due-years",
    "outlet": "outlets",
}  # fmt: skip
TITLES = {
    "actor": "Who is bound", "country": "Countries", "category": "Sector groups", "sector": "Sectors", "year": "Years of announcement",
    "due": "Years in which they are due", "outlet": "Who told of it",
}  # fmt: skip
#: The facets whose values are addresses as they are.
_CODES = frozenset({"country", "category", "sector", "year", "due"})


def promises(request: Request, site: Site) -> Answer:
    """The list of promises that the address asks for."""
    query, listing = query_of(request.query_params), site.listing
    found = listing.ask(query.asked)
    pages = max(1, math.ceil(found.total / ON_A_PAGE))
    page_of(query.page, pages, ON_A_PAGE)
    return html(
        site,
        "promises.html",
        query=query,
        total=found.total,
        pages=pages,
        rows=listing.rows(found.places),
        counts=ordered_facets(listing.counts(query.asked), SHOWN),
        facets=FACETS,
        periods=PERIODS,
        orders=ORDERS,
        coverage=listing.coverage(query.asked),
        label=label_of,
    )


def page_of(number: int, pages: int, on_a_page: int) -> tuple[int, int]:
    """The first row of a page, and the one after its last. Raises NoPageError for a page after the last."""
    if number > pages:
        raise NoPageError(f"The list has {counted(pages, 'page')}, and no page {number:,}.")
    return (number - 1) * on_a_page, number * on_a_page


def _group_of(facet: str) -> Make:
    def group(request: Request, site: Site) -> Answer:
        return _group(request, site, facet)

    return group


def _group(request: Request, site: Site, name: str) -> Answer:
    """The page of one actor, country, sector, year or outlet."""
    listing = site.listing
    value = value_of(listing, name, request.path_params["slug"])
    number = 1 if site.live else query_of(request.query_params).page
    size = ON_A_PAGE if site.live else IN_A_COPY
    asked = Asked(chosen={name: (value,)}, first=(number - 1) * size, most=size)
    found = listing.ask(asked)
    others = [other for other in FOLDERS if other != name]
    return html(
        site,
        "group.html",
        name=name,
        value=value,
        title=heading_of(name, value),
        kind=TITLES[name],
        actor=actor_named(value) if name == "actor" else None,
        charts=country_view(site, value, address_of(name, value)) if name == "country" else None,
        total=found.total,
        pages=max(1, math.ceil(found.total / size)),
        rows=listing.rows(found.places),
        coverage=listing.coverage(asked),
        verdicts=listing.groups("verdict", asked=asked),
        others={other: [one for one in listing.groups(other, SHOWN, asked) if one.value != NOT_TOLD] for other in others},
        titles=TITLES,
        query=Query(asked=asked, page=number, path=address_of(name, value)),
        label=label_of,
        address=address_of,
    )


def label_of(facet: str, value: str) -> str:
    """What readers call a value of a facet."""
    if value == NOT_TOLD:
        return value
    if facet == "country":
        return country_label(value)
    return sector_label(value) if facet in {"sector", "category"} else value


def heading_of(facet: str, value: str) -> str:
    """What the page of a value is called: a year says what happens in it."""
    return f"{BY_NAME[facet].label} {value}" if BY_NAME[facet].timed else label_of(facet, value)


def address_of(facet: str, value: str) -> str:
    """The page of a value of a facet."""
    return f"/{FOLDERS[facet]}/{value if facet in _CODES and value.isalnum() else slug_of(value)}"


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
    *(page(f"/{folder}/{{slug}}", _group_of(facet)) for facet, folder in FOLDERS.items()),
)
