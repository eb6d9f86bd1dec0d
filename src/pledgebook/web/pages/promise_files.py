"""What can be taken away from the page of a promise: its data, its due date."""

from starlette.requests import Request

from pledgebook.book.particulars import documents_of
from pledgebook.book.registries import registry_of
from pledgebook.core.snapshot import Standing
from pledgebook.views.book.json_lines import Around, StandingLine, encoded
from pledgebook.views.book.whole import REVIEWED, Whole
from pledgebook.views.rows import NOT_REVIEWED
from pledgebook.web.answers import page
from pledgebook.web.calendars import calendar
from pledgebook.web.keeping import Answer
from pledgebook.web.pages import promise_charts
from pledgebook.web.pages.promise_page import day_asked, standing_asked
from pledgebook.web.site import Site
from pledgebook.web.wholes import Part, documents_behind


def promise_json(request: Request, site: Site) -> Answer:
    """One line of the export in JSON Lines: the promise, where it stands, all evidence, the words around its quotes."""
    with site.reading() as connection:
        standing = standing_asked(connection, request, day_asked(request, site))
        documents = documents_of(connection, site.book.blobs, documents_behind([standing]))
        part = Part(day=site.day, registry=registry_of(connection), book=site.book.card.id, extractor=site.extractor)
    return Answer(body=encoded(_line(part.whole([standing], documents), standing)), media="application/json")


def _line(whole: Whole, standing: Standing) -> StandingLine:
    """The line as the export writes it."""
    mentions = [(one, whole.around(one.document, one.commitment.start, one.commitment.end)) for one in standing.promise.mentions]
    return StandingLine(
        review=REVIEWED if standing.assessment.reviewed else NOT_REVIEWED,
        promise=standing.promise,
        assessment=standing.assessment,
        evidence=standing.evidence,
        around=tuple(Around(mention=one.commitment.id, before=before, after=after) for one, (before, after) in mentions),
    )


def promise_calendar(request: Request, site: Site) -> Answer:
    """The due date of the promise."""
    with site.reading() as connection:
        standing = standing_asked(connection, request, site.day)
    return Answer(body=calendar(site, [standing]), media="text/calendar; charset=utf-8")


ROUTES = (
    page("/p/{id}.json", promise_json),
    page("/p/{id}.ics", promise_calendar),
    *promise_charts.ROUTES,
)
