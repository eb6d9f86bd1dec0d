"""Some standings of a book with the documents behind them, as the exports want a whole book: so their rows are made one by one."""

import datetime
from collections.abc import Callable, Iterable, Sequence

import msgspec

from pledgebook.core.decision import Decision
from pledgebook.core.document import Document
from pledgebook.core.gathering import Gatherings
from pledgebook.core.snapshot import LocatedClaim, Snapshot, Standing
from pledgebook.reference.outlets import Registry
from pledgebook.status.rules import CURRENT
from pledgebook.views.book.whole import Whole
from pledgebook.web.texts import whole_text_allowed


def documents_behind(standings: Iterable[Standing]) -> set[str]:
    """The ids of the documents that mentions and evidence of standings stand in."""
    found: set[str] = set()
    for standing in standings:
        found.update(one.document for one in standing.promise.mentions)
        found.update(one.document for one in standing.evidence if one.document)
    return found


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a book on a day. `book` and `extractor` are what the rows tell of where they come from."""

    day: datetime.date
    registry: Registry
    book: str = ""
    extractor: str = ""

    def whole(
        self,
        standings: Sequence[Standing] = (),
        documents: tuple[Document, ...] = (),
        claims: tuple[LocatedClaim, ...] = (),
        decisions: tuple[Decision, ...] = (),
    ) -> Whole:
        """What the exports make rows from, of these standings, documents and claims only."""
        part = Snapshot(
            book=self.book,
            as_of=self.day.isoformat(),
            extractor=self.extractor,
            rules=CURRENT.version,
            documents=documents,
            standings=tuple(standings),
            claims=claims,
            gatherings=Gatherings(),
            decisions=decisions,
            problems=(),
        )
        return Whole(part, may_show(self.registry))


def may_show(registry: Registry) -> Callable[[Document], bool]:
    """Of which documents the whole text may be shown."""
    return lambda one: whole_text_allowed(one.outlet, one.url, registry)
