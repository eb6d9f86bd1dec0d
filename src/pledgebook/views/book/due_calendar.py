"""The due dates as a calendar (RFC 5545): an all-day event on the last day on which each promise is not yet late."""

import datetime
from pathlib import Path

import icalendar

from pledgebook.core import edtf
from pledgebook.core.snapshot import Standing
from pledgebook.joining.history import FLOORS
from pledgebook.status.explain import verdict_text
from pledgebook.views.book.files import write_atomically
from pledgebook.views.book.options import ExportOptions
from pledgebook.views.book.whole import REVIEWED, Whole, dated_by
from pledgebook.views.rows import NOT_REVIEWED, printable, what, who


def write_ics(whole: Whole, path: Path, _: ExportOptions) -> None:
    """The calendar. A promise without a due date whose last day is known has no event, nor has a floor ("not before")."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Pledgebook//due dates//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Due dates, book {whole.snapshot.book}")
    for standing in whole.snapshot.standings:
        day = due_day(standing)
        if day is not None:
            calendar.add_component(_event(whole, standing, day))
    write_atomically(path, [calendar.to_ical()])


def due_day(standing: Standing) -> datetime.date | None:
    """The last day on which the promise is not yet late; None where there is none."""
    due, dated = standing.assessment.time.due, dated_by(standing.promise)
    if due is None or not edtf.is_valid(due):
        return None
    if dated is not None and dated.deadline == due and dated.deadline_role in FLOORS:
        return None
    return edtf.latest(due)


def _event(whole: Whole, standing: Standing, day: datetime.date) -> icalendar.Event:
    promise, assessed = standing.promise, standing.assessment
    lead = promise.lead
    looked = datetime.date.fromisoformat(whole.snapshot.as_of[:10])
    event = icalendar.Event()
    # The id stays when the date moves, so that a calendar moves the event.
    event.add("uid", f"{promise.id}@{whole.snapshot.book}.pledgebook.invalid")
    event.add("dtstamp", datetime.datetime.combine(looked, datetime.time(), datetime.UTC))
    event.add("dtstart", day)
    event.add("summary", f"Due: {who(lead)}: {what(lead)}")
    review = REVIEWED if assessed.reviewed else NOT_REVIEWED
    lines = (f"“{printable(lead.quote)}”", f"Due {assessed.time.due}. {assessed.summary}", f"Verdict: {verdict_text(assessed)}; {review}.")
    event.add("description", "\n".join(printable(line) for line in lines))
    event.add("categories", [assessed.verdict])
    event.add("transp", "TRANSPARENT")
    url = promise.mentions[0].url
    if url is not None and url.startswith(("https://", "http://")):
        event.add("url", "".join(url.split()))
    return event
