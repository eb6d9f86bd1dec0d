"""Due dates as a calendar, as the export writes it."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from pledgebook.core.snapshot import Standing
from pledgebook.reference.outlets import BASE
from pledgebook.views.book.due_calendar import write_ics
from pledgebook.views.book.options import ExportOptions
from pledgebook.web.site import Site
from pledgebook.web.wholes import Part


def calendar(site: Site, standings: Sequence[Standing]) -> bytes:
    """The iCalendar bytes of the due dates of some promises."""
    whole = Part(day=site.day, registry=BASE, book=site.book.card.id).whole(standings)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "due.ics"
        write_ics(whole, path, ExportOptions())
        return path.read_bytes()
