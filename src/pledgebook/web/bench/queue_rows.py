"""A row of the queue: what is known of a commitment or claim, as it counts after people's decisions, rejected ones among them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, select
from sqlalchemy import Row as Found

from pledgebook.book.decided import decisions_about
from pledgebook.book.effective import Read, added, effective
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import claim, commitment, decision, document
from pledgebook.core.claim import ProgressClaim
from pledgebook.core.commitment import Commitment
from pledgebook.core.decision import Decision
from pledgebook.web.bench.filters import FILLED

_PARTICULARS = (
    document.c.id.label("document"),
    document.c.sha256,
    document.c.title,
    document.c.outlet,
    document.c.url,
    document.c.published,
)
_OF_DOCUMENT = select(*_PARTICULARS)
_READ = {
    table.name: select(table.c.id.label("one"), table.c.body, *_PARTICULARS).join(document, document.c.id == table.c.document)
    for table in (commitment, claim)
}


#: Something read, of whichever kind.
OneOf = TypeVar("OneOf", bound=Commitment | ProgressClaim)


class Row(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One record. `certainty` is the machine's, 0 to 1 (1 where a person added it); `known` the ISO 8601 day of its document, or empty; `filled` are
    those of FILLED in which something stands; `state` as in filters.STATES.
    """

    id: str
    of: str
    document: str
    title: str
    outlet: str
    known: str
    start: int
    actors: str
    action: str
    kind: str
    certainty: float
    state: str
    filled: tuple[str, ...]


def every_id(connection: Connection) -> tuple[set[str], set[str]]:
    """The ids of all commitments and of all claims, those that people added among them."""
    found = []
    for of, table in (("commitment", commitment), ("claim", claim)):
        added = select(decision.c.about).where(
            decision.c.kind == "add", decision.c.of == of, decision.c.role == "target", decision.c.about != ""
        )
        found.append({*connection.execute(select(table.c.id)).scalars(), *connection.execute(added).scalars()})
    return found[0], found[1]


def rows_of(connection: Connection, commitments: Iterable[str], claims: Iterable[str]) -> Iterator[Row]:
    """The rows of these commitments and claims; ids of neither are passed over."""
    yield from _rows(connection, commitments, Commitment)
    yield from _rows(connection, claims, ProgressClaim)


def _rows(connection: Connection, ids: Iterable[str], shape: type[Read]) -> Iterator[Row]:
    table = claim if shape is ProgressClaim else commitment
    wanted = set(ids)
    decided = _decided(connection, wanted, "claim" if shape is ProgressClaim else "commitment")
    for row in in_batches(connection, _READ[table.name], table.c.id, wanted):
        wanted.discard(row.one)
        yield _row(msgspec.json.decode(row.body, type=shape), decided.get(row.one, []), row)
    by_hand = {one: decided[one][0].target.sha256 for one in wanted if decided.get(one) and decided[one][0].kind == "add"}
    rows = {row.sha256: row for row in in_batches(connection, _OF_DOCUMENT, document.c.sha256, by_hand.values())}
    for one, sha256 in by_hand.items():
        if sha256 in rows:
            yield _row(added(shape, decided[one][0]), decided[one], rows[sha256])


def _decided(connection: Connection, ids: Iterable[str], of: str) -> dict[str, list[Decision]]:
    """The decisions that tell how each is read, the first that adds it foremost."""
    found = decisions_about(connection, ids, ("accept", "reject", "correct", "add"))
    return {one: decided for one, all_of in found.items() if (decided := [each for each in all_of if each.target.of == of])}


def _row(read: Commitment | ProgressClaim, decided: list[Decision], found: Found[Any]) -> Row:
    now, state = reviewed(read, decided)
    return Row(
        id=read.id,
        of="claim" if isinstance(read, ProgressClaim) else "commitment",
        document=found.document,
        title=found.title or found.url or "",
        outlet=found.outlet or "",
        known=(found.published or "")[:10],
        start=now.start,
        actors=", ".join(now.actors),
        action=now.action,
        kind=now.effect if isinstance(now, ProgressClaim) else now.kind,
        certainty=round(now.confidence, 4),
        state=state,
        filled=tuple(name for name in FILLED if getattr(now, name, None)),
    )


def reviewed(read: OneOf, decided: Sequence[Decision]) -> tuple[OneOf, str]:
    """A reading with people's corrections, whether it was rejected or not, and its state."""
    kept = [one for one in decided if one.kind != "reject"]
    shape: Any = type(read)
    now, review = effective(shape, read, kept)
    last = [one for one in decided if one.kind in {"accept", "reject", "correct", "add"}]
    return (now if now is not None else read), ("rejected" if last and last[-1].kind == "reject" else review)


def added_reading(made: Decision) -> Commitment | ProgressClaim:
    """What a person marked and described."""
    return added(ProgressClaim, made) if made.target.of == "claim" else added(Commitment, made)
