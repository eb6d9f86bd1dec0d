"""Rows -> mentions and located claims, with the decisions about them applied."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from pledgebook.book.decided import decisions_about
from pledgebook.book.effective import effective
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import claim, commitment, document
from pledgebook.core import edtf
from pledgebook.core.claim import ProgressClaim
from pledgebook.core.commitment import Commitment
from pledgebook.core.decision import Decision
from pledgebook.core.promise import Mention
from pledgebook.linking.bearing import Told

_PARTICULARS = (
    document.c.sha256, document.c.source, document.c.outlet, document.c.url, document.c.title, document.c.author, document.c.published
)  # fmt: skip
_COMMITMENTS = select(commitment, *_PARTICULARS).join(document, document.c.id == commitment.c.document)
_CLAIMS = select(claim, *_PARTICULARS).join(document, document.c.id == claim.c.document)
_DOCUMENTS = select(document.c.id.label("document"), *_PARTICULARS)


def mentions_now(connection: Connection, ids: Iterable[str]) -> dict[str, Mention | None]:
    """Each commitment as it counts now; None for one that was rejected or is no longer read."""
    wanted = sorted(set(ids))
    decided = decisions_about(connection, wanted)
    machine = {
        row.id: (msgspec.json.decode(row.body, type=Commitment), row)
        for row in in_batches(connection, _COMMITMENTS, commitment.c.id, wanted)
    }
    by_document = _documents(connection, "commitment", [one for one in wanted if one not in machine], decided)
    found: dict[str, Mention | None] = {}
    for one in wanted:
        read, row = machine.get(one, (None, by_document.get(one)))
        now, review = effective(Commitment, read, decided.get(one, ()))
        found[one] = _mention(now, review, read, row) if now is not None and row is not None else None
    return found


def told_claims(connection: Connection, ids: Iterable[str]) -> dict[str, Told | None]:
    """Each progress claim as it counts now, with where it stands; None for one that was rejected or is no longer read."""
    wanted = sorted(set(ids))
    decided = decisions_about(connection, wanted)
    machine = {
        row.id: (msgspec.json.decode(row.body, type=ProgressClaim), row) for row in in_batches(connection, _CLAIMS, claim.c.id, wanted)
    }
    by_document = _documents(connection, "claim", [one for one in wanted if one not in machine], decided)
    found: dict[str, Told | None] = {}
    for one in wanted:
        read, row = machine.get(one, (None, by_document.get(one)))
        now, _ = effective(ProgressClaim, read, decided.get(one, ()))
        found[one] = told(now, row) if now is not None and row is not None else None
    return found


def told(read: ProgressClaim, row: Row[Any]) -> Told:
    """A progress claim with the particulars of its document."""
    known = row.published[:10] if row.published else _last_day(read.happened)
    return Told(
        claim=read,
        document=row.document,
        sha256=row.sha256,
        source=row.source,
        outlet=row.outlet,
        url=row.url,
        author=row.author,
        title=row.title,
        known=known,
    )


def _documents(connection: Connection, of: str, ids: Iterable[str], decided: Mapping[str, list[Decision]]) -> dict[str, Row[Any]]:
    """For commitments that only people read, the row of their document."""
    sha256_of = {
        one: decision.target.sha256
        for one in ids
        for decision in decided.get(one, ())
        if decision.kind == "add" and decision.target.of == of
    }
    rows = {row.sha256: row for row in in_batches(connection, _DOCUMENTS, document.c.sha256, sha256_of.values())}
    return {one: rows[sha256] for one, sha256 in sha256_of.items() if sha256 in rows}


def _mention(now: Commitment, review: str, machine: Commitment | None, row: Row[Any]) -> Mention:
    return Mention(
        commitment=now,
        document=row.document,
        sha256=row.sha256,
        source=row.source,
        outlet=row.outlet,
        url=row.url,
        title=row.title,
        known=row.published[:10] if row.published else _last_day(now.stated),
        review=review,  # type: ignore[arg-type] # a Review, from `effective`
        machine=machine,
    )


def _last_day(value: str | None) -> str | None:
    """The last day that an EDTF value can mean."""
    parsed = edtf.parse_or_none(value) if value else None
    last = parsed.latest() if parsed is not None else None
    return last.isoformat() if last is not None else None
