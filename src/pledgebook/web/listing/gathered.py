"""The plans, campaigns and instruments of a book, as the listing holds them."""

import datetime
from collections.abc import Iterable, Iterator

import msgspec
from sqlalchemy import Connection, select

from pledgebook.book.opening import Book
from pledgebook.book.particulars import documents_of
from pledgebook.book.snapshots import all_claims
from pledgebook.book.standing import announced
from pledgebook.book.tables import document
from pledgebook.core.gathering import Campaign, Instrument, Plan
from pledgebook.joining.gatherings import gather


class Gathered(msgspec.Struct, frozen=True, kw_only=True):
    """One of them: `body` is it as JSON, `promises` are the ids of those that it gathers."""

    kind: str
    id: str
    name: str
    body: bytes
    promises: tuple[str, ...]


def gathered(book: Book, connection: Connection, day: datetime.date) -> Iterator[Gathered]:
    """All of them, as known on a day. All promises and texts of the book are in memory meanwhile: texts refer to each other."""
    ids = connection.execute(select(document.c.id)).scalars()
    texts = {one.id: one for one in documents_of(connection, book.blobs, ids)}
    claims = [(one.document, one.claim) for one in all_claims(connection).values()]
    found = gather(announced(connection, day), texts, claims)
    for plan in found.plans:
        yield _gathered("plan", plan, (step.promise for step in plan.steps))
    for campaign in found.campaigns:
        yield _gathered("campaign", campaign, (one.promise for one in campaign.pledges))
    for instrument in found.instruments:
        yield _gathered("instrument", instrument, instrument.promises)


def _gathered(kind: str, one: Plan | Campaign | Instrument, promises: Iterable[str]) -> Gathered:
    return Gathered(kind=kind, id=one.id, name=one.name, body=msgspec.json.encode(one), promises=tuple(dict.fromkeys(promises)))
