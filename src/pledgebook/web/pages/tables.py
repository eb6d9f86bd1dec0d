"""For each value of a facet how its promises stand: of all promises, or of those that are chosen."""

import math
from collections.abc import Callable

import msgspec
from starlette.requests import Request

from pledgebook.web.answers import NoPageError, html, page
from pledgebook.web.keeping import Answer
from pledgebook.web.listing.asking import Asked, latest_first
from pledgebook.web.listing.counting import GROUPS, Group
from pledgebook.web.listing.facets import BY_NAME, NOT_TOLD
from pledgebook.web.listing.periods import PERIODS
from pledgebook.web.pages.asking import Query, orders_of, table_of
from pledgebook.web.pages.lists import FOLDERS, TITLES, address_of, label_of, page_of
from pledgebook.web.site import Site

#: Rows on a page.
ON_A_TABLE = 100


def by_facet(request: Request, site: Site) -> Answer:
    """All values of a facet with how their promises stand; a choice of the facet itself is marked in it."""
    name = request.path_params["facet"]
    if name not in BY_NAME:
        raise NoPageError("Promises are not counted by that.")
    query = table_of(request.query_params, name)
    others = _without(query.asked, name)
    found = site.listing.groups(name, asked=others)
    told = _sorted([one for one in found if one.value != NOT_TOLD], name, query.sort)
    pages = max(1, math.ceil(len(told) / ON_A_TABLE))
    first, last = page_of(query.page, pages, ON_A_TABLE)
    return html(
        site,
        "by_facet.html",
        facet=BY_NAME[name],
        title=TITLES.get(name, BY_NAME[name].label),
        titles={other: BY_NAME[other].label for other in FOLDERS},
        groups=told[first:last],
        query=query,
        orders=orders_of(name),
        pages=pages,
        total=len(told),
        not_told=next((one for one in found if one.value == NOT_TOLD), None),
        coverage=site.listing.coverage(others),
        columns=tuple(GROUPS),
        periods=PERIODS,
        label=label_of,
        address=_addresses(query, name),
    )


def _without(asked: Asked, facet: str) -> Asked:
    return msgspec.structs.replace(asked, chosen={name: values for name, values in asked.chosen.items() if name != facet})


def _addresses(query: Query, facet: str) -> Callable[[str], str]:
    """The address of a row: the page of its value, or where promises are chosen those of them that have it."""
    if query.narrowed or facet not in FOLDERS:
        return lambda value: query.with_value(facet, value)
    return lambda value: address_of(facet, value)


def _sorted(groups: list[Group], facet: str, sort: str) -> list[Group]:
    """Groups, which come with most promises first, in the order asked for."""
    if sort == "name":
        return sorted(groups, key=lambda one: (label_of(facet, one.value).casefold(), one.value))
    if sort == "evidence":  # where none is expected, none is missing
        return sorted(groups, key=lambda one: one.coverage.found / one.coverage.expected if one.coverage.expected else 2)
    return sorted(groups, key=latest_first) if BY_NAME[facet].timed and not sort else groups


ROUTES = (page("/by/{facet}", by_facet),)
