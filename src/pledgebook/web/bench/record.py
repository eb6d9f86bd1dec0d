"""One commitment or claim as the bench shows it: the text it stands in, what was read, what people said, and what it is tied to."""

from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Table, select

from pledgebook.book.anchors import ranges_of
from pledgebook.book.blobs import Blobs
from pledgebook.book.decided import decisions_about
from pledgebook.book.evidences import load_evidence
from pledgebook.book.finding import Found, find
from pledgebook.book.money_evidence import load_tied
from pledgebook.book.particulars import text_of
from pledgebook.book.promises import load_promises, mentions_in
from pledgebook.book.registries import registry_of
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import claim, commitment, document, mention, pair
from pledgebook.core.assessment import Evidence
from pledgebook.core.claim import ProgressClaim
from pledgebook.core.commitment import Commitment
from pledgebook.core.decision import Decision
from pledgebook.core.identity import content_id
from pledgebook.core.promise import Mention, Promise
from pledgebook.linking.bearing import Told
from pledgebook.views.things import claims_of
from pledgebook.web.answers import MovedError, NoPageError
from pledgebook.web.bench.marked import Marked
from pledgebook.web.bench.queue_rows import added_reading
from pledgebook.web.bench.saying import Said, read_at, said_of

_SHAPES: tuple[tuple[Table, type[Commitment | ProgressClaim]], ...] = ((commitment, Commitment), (claim, ProgressClaim))
#: Other promises that are offered to be joined with one.
_ALIKE = 8
_SCORES = [(column, select(other.label("other"), pair.c.score)) for column, other in ((pair.c.low, pair.c.high), (pair.c.high, pair.c.low))]
_PROMISES = select(mention.c.id, mention.c.promise)


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """A document with all that is read in it."""

    row: Any
    text: str
    mentions: tuple[Mention, ...]
    claims: tuple[Told, ...]

    @property
    def marks(self) -> list[Marked]:
        """Where commitments and claims stand."""
        made = [
            Marked(start=one.commitment.start, end=one.commitment.end, what="commitment", id=one.commitment.id) for one in self.mentions
        ]
        return made + [Marked(start=one.claim.start, end=one.claim.end, what="claim", id=one.claim.id) for one in self.claims]


class Tied(msgspec.Struct, frozen=True, kw_only=True):
    """Evidence that bears on the promise, with the id of its claim where it is one."""

    evidence: Evidence
    claim: str | None


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """`now` is the reading with people's corrections, also where it was rejected; `read` the machine's, else what a person added; `machine` the
    machine's, also of other words in whose place a person marked these (None: it read nothing there); `state` as in filters.STATES. `version` is the last log entry that decides about it. `alike` are other promises that may be the same, by score.
    """

    id: str
    now: Commitment | ProgressClaim
    read: Commitment | ProgressClaim
    machine: Commitment | ProgressClaim | None
    state: str
    text: Text
    said: tuple[Said, ...]
    promise: Promise | None
    evidence: tuple[Tied, ...]
    money: tuple[Evidence, ...]
    alike: tuple[tuple[float, Promise], ...]

    @property
    def version(self) -> int:
        """The last log entry that decides about it; 0 if none does."""
        return max((one.seq for one in self.said), default=0)

    @property
    def of(self) -> str:
        """Whether it is a "commitment" or a "claim"."""
        return "claim" if isinstance(self.now, ProgressClaim) else "commitment"

    @property
    def marks(self) -> list[Marked]:
        """What is marked in its text, the record itself foremost."""
        ranges = ranges_of(self.now)
        made = [Marked(start=self.now.start, end=self.now.end, what="focus", id=self.id)]
        if (ranges.action_start, ranges.action_end) != (self.now.start, self.now.end):
            made.append(Marked(start=ranges.action_start, end=ranges.action_end, what="action"))
        if isinstance(self.now, Commitment) and self.now.context is not None:
            made.append(Marked(start=self.now.context.start, end=self.now.context.end, what="context"))
        return made + [one for one in self.text.marks if one.id != self.id]


def record_of(connection: Connection, blobs: Blobs, asked: str, *, ties: bool = True) -> Record:
    """The record of an id that was ever printed; without `ties` its promise and all that is tied to it is not looked up.

    Raises NoPageError for what is none, MovedError for another thing or an older id.
    """
    thing = _thing_of(connection, asked)
    one = thing.id
    said = said_of(connection, [one])
    read, row, machine = _reading(connection, one, said)
    now, state = read_at(read, said)
    promise = next(iter(load_promises(connection, [thing.promise])), None) if ties and thing.promise else None
    return Record(
        id=one,
        now=now,
        read=read,
        machine=machine,
        state=state,
        text=text_with_all(connection, blobs, row),
        said=tuple(said),
        promise=promise,
        evidence=_evidence(connection, promise) if promise else (),
        money=tuple(one for one in load_tied(connection, [promise], everything=False).get(promise.id, ()) if one.gone is None)
        if promise
        else (),
        alike=_alike(connection, promise) if promise else (),
    )


def text_with_all(connection: Connection, blobs: Blobs, row: Row[Any]) -> Text:
    """A document with all that is read in it, in the order of the text."""
    mentions = tuple(one for _, one in mentions_in(connection, row.id))
    return Text(row=row, text=text_of(row, blobs), mentions=mentions, claims=tuple(claims_of(connection, row.id, row.sha256)))


def _thing_of(connection: Connection, asked: str) -> Found:
    found = find(connection, asked)
    if found is None:
        raise NoPageError(f"Nothing in this book ever had the id {asked[:80]}.")
    return _leads_to(connection, found, asked)


def _leads_to(connection: Connection, found: Found, asked: str) -> Found:
    if found.what == "document":
        raise MovedError(f"/bench/d/{found.id}")
    if found.what == "promise":
        (promise,) = load_promises(connection, [found.id], reasons=False)
        raise MovedError(f"/bench/c/{promise.lead.id}")
    if found.what == "no longer read":
        raise NoPageError(f"The words of {asked[:80]} are no longer read as anything. Mark them anew in their document.", 410)
    if found.id != asked:
        raise MovedError(f"/bench/c/{found.id}")
    return found


_Reading = tuple[Commitment | ProgressClaim, Row[Any], Commitment | ProgressClaim | None]


def _reading(connection: Connection, one: str, said: list[Said]) -> _Reading:
    """What was read first, the row of its document, and what the machine read."""
    for table, shape in _SHAPES:
        query = select(document, table.c.body).join(table, document.c.id == table.c.document).where(table.c.id == one)
        row = connection.execute(query).first()
        if row is not None:
            read = msgspec.json.decode(row.body, type=shape)
            return read, row, read
    added = next((each.decision for each in said if each.target and each.decision.kind == "add"), None)
    row = connection.execute(select(document).where(document.c.sha256 == added.target.sha256)).first() if added else None
    if added is None or row is None:
        raise NoPageError(f"What {one} stood for is no longer read.", 410)
    return added_reading(added), row, _replaced(connection, added)


def _replaced(connection: Connection, added: Decision) -> Commitment | ProgressClaim | None:
    """The machine's reading of the words in whose place a person marked others, perhaps more than once; None if it read none."""
    seen: set[str] = set()
    made: Decision | None = added
    while made is not None and made.others and (one := made.others[0].id) not in seen:
        seen.add(one)
        for table, shape in _SHAPES:
            body = connection.execute(select(table.c.body).where(table.c.id == one)).scalar()
            if body is not None:
                return msgspec.json.decode(body, type=shape)
        made = next(iter(decisions_about(connection, [one], ("add",)).get(one, [])), None)
    return None


def _evidence(connection: Connection, promise: Promise) -> tuple[Tied, ...]:
    found = load_evidence(connection, [promise], everything=False, registry=registry_of(connection)).get(promise.id, ())
    return tuple(Tied(evidence=one, claim=_claim_of(connection, promise, one)) for one in found)


def _claim_of(connection: Connection, promise: Promise, evidence: Evidence) -> str | None:
    """The id of the claim that evidence was made from: the evidence's id is made of those of claim and mention."""
    row = connection.execute(select(document).where(document.c.id == evidence.document)).first() if evidence.document else None
    claims = claims_of(connection, row.id, row.sha256) if row is not None else []
    for one in claims:
        if any(content_id("evidence", one.claim.id, mentions.commitment.id) == evidence.id for mentions in promise.mentions):
            return one.claim.id
    return None


def _alike(connection: Connection, promise: Promise) -> tuple[tuple[float, Promise], ...]:
    """Other promises that a pair of mentions speaks for, the likeliest first."""
    own = [one.commitment.id for one in promise.mentions]
    scores: dict[str, float] = {}
    for column, query in _SCORES:
        for row in in_batches(connection, query, column, own):
            scores[row.other] = max(scores.get(row.other, 0.0), row.score)
    found: dict[str, float] = {}
    for row in in_batches(connection, _PROMISES, mention.c.id, scores):
        if row.promise != promise.id:
            found[row.promise] = max(found.get(row.promise, 0.0), scores[row.id])
    best = sorted(found, key=lambda name: (-found[name], name))[:_ALIKE]
    return tuple(
        (found[one.id], one) for one in sorted(load_promises(connection, best, reasons=False), key=lambda one: (-found[one.id], one.id))
    )
