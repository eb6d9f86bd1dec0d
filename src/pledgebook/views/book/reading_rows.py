"""Rows of documents, commitments and progress claims; the latter two are the review sheets."""

from collections.abc import Iterator

import msgspec

from pledgebook.book.anchors import ranges_of
from pledgebook.book.effective import CORRECTABLE, FIELDS
from pledgebook.core.claim import ProgressClaim
from pledgebook.core.commitment import Commitment
from pledgebook.core.document import Document
from pledgebook.core.promise import Mention
from pledgebook.views.book.cells import ascii_json, fitted, tidy, to_cell
from pledgebook.views.book.review_rows import as_exported
from pledgebook.views.book.whole import Whole, review_text
from pledgebook.views.rows import document_row


def documents(whole: Whole) -> Iterator[dict[str, object]]:
    """A row for each document; its text only where it may be shown."""
    for one in whole.snapshot.documents:
        row = document_row(one)
        yield {**msgspec.structs.asdict(row), "text": one.text if whole.may_show_text(one) else None}


def commitments(whole: Whole) -> Iterator[dict[str, object]]:
    """A row for each mention of each promise."""
    for standing in whole.snapshot.standings:
        for mention in standing.promise.mentions:
            yield {
                **_reading(whole, "commitment", mention.commitment, mention.document, mention.sha256),
                "promise": standing.promise.id,
                "review": review_text(mention.review),
                "outlet": mention.outlet,
                "title": mention.title,
                "url": mention.url,
                "known": mention.known,
                "context_start": mention.commitment.context.start if mention.commitment.context else None,
                "context_end": mention.commitment.context.end if mention.commitment.context else None,
                "part_of": mention.commitment.part_of,
                "same_as": mention.commitment.same_as,
                "machine": _machine(mention),
            }


def claims(whole: Whole) -> Iterator[dict[str, object]]:
    """A row for each progress claim."""
    for located in whole.snapshot.claims:
        document = whole.documents.get(located.document)
        yield {
            **_reading(whole, "claim", located.claim, located.document, document.sha256 if document else ""),
            "promises": located.promises,
            "review": review_text(whole.claim_reviews.get(located.claim.id, "machine-read")),
            "outlet": document.outlet if document else None,
            "title": document.title if document else None,
            "url": document.url if document else None,
            "known": _day(document),
            "machine": None,
        }


def _reading(whole: Whole, of: str, one: Commitment | ProgressClaim, document: str, sha256: str) -> dict[str, object]:
    """What both review sheets have: the fields, the words with what is around them, and what is filled in."""
    ranges = ranges_of(one)
    before, after = whole.around(document, one.start, one.end)
    places = (one.start, one.end, ranges.action_start, ranges.action_end)
    fixed = (to_cell(sha256) if sha256 else "", *map(str, places), tidy(fitted(to_cell(one.quote))))
    return {
        "id": one.id,
        **{field: getattr(one, field) for field in CORRECTABLE[of]},
        "document": document,
        "sha256": sha256,
        "quote": one.quote,
        "before": before,
        "after": after,
        **dict(zip(("start", "end", "action_start", "action_end"), places, strict=True)),
        "confidence": one.confidence,
        "because": one.because,
        "decision": None,
        "comment": None,
        "as_exported": as_exported(of, one, fixed),
    }


def _machine(mention: Mention) -> str | None:
    """The fields that the machine read otherwise, as JSON."""
    if mention.machine is None or mention.machine is mention.commitment:
        return None
    fields = FIELDS["commitment"]
    read = {name: getattr(mention.machine, name) for name in fields if getattr(mention.machine, name) != getattr(mention.commitment, name)}
    return ascii_json(read) if read else None


def _day(document: Document | None) -> str | None:
    """The day of publication, without its time."""
    return document.published[:10] if document and document.published else None
