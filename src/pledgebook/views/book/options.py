"""What an export may be told."""

from collections.abc import Callable

import msgspec

from pledgebook.core.document import Document
from pledgebook.core.observed import NoRows, ObservedRows
from pledgebook.views.book.iati.reporter import Reporter
from pledgebook.views.book.whole import never


class ExportOptions(msgspec.Struct, frozen=True, kw_only=True):
    """`table` is the one that CSV and JSON Lines write (None: the review sheet, or a line for each promise); `may_show_text` says of which
    documents the whole text may be shown (none, if nothing is said). `observations` are those of the snapshot's day, which a snapshot does not
    hold: there may be many (`book.observed`). With `iati` the pledges are written as IATI activities that this
    organisation reports.
    """

    table: str | None = None
    may_show_text: Callable[[Document], bool] = never
    observations: ObservedRows = NoRows()
    iati: Reporter | None = None
