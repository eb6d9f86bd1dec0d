"""A whole book on a date, for views."""

import datetime
from collections.abc import Sequence

from sqlalchemy import Connection, select

from pledgebook.book.decided import decision_of
from pledgebook.book.log import entries
from pledgebook.book.mentions import told_claims
from pledgebook.book.opening import Book
from pledgebook.book.particulars import document_of, text_of
from pledgebook.book.standing import standings
from pledgebook.book.tables import claim, decision, document
from pledgebook.core.identity import content_id
from pledgebook.core.snapshot import LocatedClaim, Snapshot, Standing
from pledgebook.joining.gatherings import gather
from pledgebook.linking.bearing import Told
from pledgebook.status.rules import CURRENT


def snapshot(book: Book, connection: Connection, as_of: datetime.date, extractor: str) -> Snapshot:
    """All of a book on a day, with the texts of its documents."""
    rows = connection.execute(select(document).order_by(document.c.id)).all()
    documents = tuple(document_of(row, text_of(row, book.blobs)) for row in rows)
    all_standings = standings(connection, as_of, reasons=True)
    claims = _located(connection, all_standings)
    gathered = gather(
        [one.promise for one in all_standings], {one.id: one for one in documents}, [(one.document, one.claim) for one in claims]
    )
    return Snapshot(
        book=book.card.id,
        as_of=as_of.isoformat(),
        extractor=extractor,
        rules=CURRENT.version,
        documents=documents,
        standings=tuple(all_standings),
        claims=claims,
        gatherings=gathered,
        decisions=tuple(decision_of(entry) for entry in entries(connection, ("decision",))),
        problems=(),
    )


def all_claims(connection: Connection) -> dict[str, Told]:
    """Every progress claim that counts now, by its id."""
    ids = set(connection.execute(select(claim.c.id)).scalars())
    ids |= set(connection.execute(select(decision.c.about).where(decision.c.kind == "add", decision.c.of == "claim")).scalars())
    return {one: found for one, found in told_claims(connection, ids).items() if found is not None}


def _located(connection: Connection, all_standings: Sequence[Standing]) -> tuple[LocatedClaim, ...]:
    """Every progress claim that counts, with the promises it is tied to."""
    told = all_claims(connection)
    saying: dict[tuple[str | None, str], list[str]] = {}
    for one, found in told.items():
        saying.setdefault((found.document, found.claim.quote), []).append(one)
    tied: dict[str, set[str]] = {}
    for standing in all_standings:
        mentions = [mention.commitment.id for mention in standing.promise.mentions]
        for evidence in standing.evidence:
            for one in saying.get((evidence.document, evidence.quote), ()):
                # Claims may share a quote; the evidence's id is made of those of claim and mention.
                if any(content_id("evidence", one, mention) == evidence.id for mention in mentions):
                    tied.setdefault(one, set()).add(standing.promise.id)
    return tuple(
        LocatedClaim(claim=found.claim, document=found.document, promises=tuple(sorted(tied.get(one, ()))))
        for one, found in sorted(told.items())
    )
