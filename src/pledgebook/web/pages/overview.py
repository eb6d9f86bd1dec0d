"""The first page: how many promises stand where, what is due next, what changed lately; and what is known of each figure."""

from starlette.requests import Request

from pledgebook.views.standing_rows import StandingRow
from pledgebook.web.answers import html, page
from pledgebook.web.keeping import Answer
from pledgebook.web.listing.asking import Asked, latest_first
from pledgebook.web.listing.counting import Group
from pledgebook.web.listing.facets import BY_NAME
from pledgebook.web.listing.listing import Listing
from pledgebook.web.pages.asking import Query
from pledgebook.web.pages.lists import address_of, label_of
from pledgebook.web.site import Site

#: Rows of each short list, and of each short table.
SHORT, FEW = 6, 8


def overview(_: Request, site: Site) -> Answer:
    """The overview of the whole book."""
    listing = site.listing
    tables = {name: _few(listing, name) for name in ("actor", "country", "category", "sector", "year", "due")}
    return html(
        site,
        "overview.html",
        query=Query(asked=Asked()),
        coverage=listing.coverage(),
        verdicts=listing.groups("verdict"),
        stages=listing.groups("stage"),
        times=listing.groups("time"),
        tables=tables,
        due=_due_next(listing, int(site.day.strftime("%Y%m%d"))),
        overdue=_rows(listing, Asked(chosen={"time": ("overdue",)}, order="late", most=SHORT)),
        changes=listing.changes(most=FEW),
        label=label_of,
        address=address_of,
    )


def _few(listing: Listing, facet: str) -> list[Group]:
    """The values of a facet that most promises have; those of time in its order."""
    found = listing.groups(facet, FEW)
    return sorted(found, key=latest_first) if BY_NAME[facet].timed else found


def _due_next(listing: Listing, today: int) -> list[StandingRow]:
    """What is due from today on and still open."""
    page_of = listing.ask(Asked(chosen={"verdict": ("open", "unverifiable")}, order="due", most=SHORT))
    due = listing.columns.numbers["due"]
    return listing.rows([place for place in page_of.places if today <= due[place] < 99_990_000])


def _rows(listing: Listing, asked: Asked) -> list[StandingRow]:
    return listing.rows(listing.ask(asked).places)


ROUTES = (page("/", overview),)
