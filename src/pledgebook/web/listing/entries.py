"""What the listing holds of one promise, made from where it stands."""

import datetime
from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import Connection

from pledgebook.book.blobs import Blobs
from pledgebook.book.particulars import documents_of
from pledgebook.core.snapshot import Standing
from pledgebook.reference.outlets import Registry
from pledgebook.views.book.atom_feed import Entry, entries
from pledgebook.views.book.codebook import codebook
from pledgebook.views.book.json_lines import encoded
from pledgebook.views.book.rows import rows_of
from pledgebook.views.book.whole import Whole
from pledgebook.views.standing_rows import standing_row
from pledgebook.web.listing.facets import FACETS, NOT_TOLD, due_day
from pledgebook.web.wholes import Part, documents_behind

#: What stands for a day that is not known: after all others.
NO_DAY = 99_999_999


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One promise in the listing.

    `row` is its StandingRow as JSON, `exported` its row of the export's table "promises" as JSON. `facets` are its values of each of FACETS.
    `due`, `announced`, `changed` are days as numbers (20261101; NO_DAY: not known); `certainty` is that of its least certain reading, in
    thousandths. `expected` and `found` count kinds of evidence. `words` are quotes, actors, action, outlets, as they are searched. `mentions` are ids
    of commitments, `evidence` those of the documents that tell of its progress.
    """

    id: str
    row: bytes
    exported: bytes
    facets: tuple[tuple[str, ...], ...]
    due: int
    announced: int
    changed: int
    late: int
    certainty: int
    expected: int
    found: int
    words: tuple[str, str, str, str]
    mentions: tuple[str, ...]
    evidence: tuple[str, ...]
    changes: tuple[Entry, ...]
    money: bytes | None


def listed(connection: Connection, blobs: Blobs, registry: Registry, standings: Sequence[Standing], day: datetime.date) -> Iterator[Listed]:
    """What the listing holds of these standings."""
    part = Part(day=day, registry=registry)
    documents = documents_of(connection, blobs, documents_behind(standings))
    of = {one.id: one for one in documents}
    columns = [column.name for column in codebook()["promises"].of_data]
    for standing in standings:
        own = tuple(of[one] for one in sorted(documents_behind([standing])) if one in of)
        whole = part.whole([standing], own)
        (exported,) = rows_of(whole, "promises")
        yield _listed(whole, standing, encoded({name: exported[name] for name in columns}))


def _listed(whole: Whole, standing: Standing, exported: bytes) -> Listed:
    promise, assessed = standing.promise, standing.assessment
    commitments = [one.commitment for one in promise.mentions]
    changes = tuple(sorted(entries(whole), key=lambda one: (one.day, one.id)))
    coverage = assessed.coverage
    return Listed(
        id=promise.id,
        row=msgspec.json.encode(standing_row(standing)),
        exported=exported,
        facets=tuple(tuple(one.values(standing)) or (NOT_TOLD,) for one in FACETS),
        due=number_of(due_day(standing)),
        announced=number_of(promise.mentions[0].known),
        changed=number_of(changes[-1].day if changes else None),
        late=assessed.time.days_late or 0,
        certainty=min(round(1000 * one.confidence) for one in commitments),
        expected=len(coverage.expected),
        found=sum(one in coverage.found for one in coverage.expected),
        words=(
            _joined(one.quote for one in commitments),
            _joined(name for one in commitments for name in (*one.actors, one.actor_text or "", one.speaker or "")),
            _joined(one.action for one in commitments),
            _joined(name or "" for one in promise.mentions for name in (one.outlet, one.title)),
        ),
        mentions=tuple(one.commitment.id for one in promise.mentions),
        evidence=tuple(sorted({one.document for one in standing.evidence if one.document})),
        changes=changes,
        money=msgspec.json.encode(assessed.money) if assessed.money else None,
    )


def number_of(day: str | None) -> int:
    """An ISO 8601 day as a number that sorts: 20261101."""
    digits = (day or "")[:10].replace("-", "")
    return int(digits) if len(digits) == 8 and digits.isdigit() else NO_DAY


def _joined(texts: Iterator[str]) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text))
