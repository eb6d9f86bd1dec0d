"""Anchors: the words a decision or an old id is about, found again in what is read now."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, select

from pledgebook.book.sql import in_batches
from pledgebook.book.tables import claim, commitment, document, known_id
from pledgebook.core.claim import ProgressClaim
from pledgebook.core.commitment import Commitment
from pledgebook.core.decision import Anchor

#: An anchor whose exact ranges are gone leads to what overlaps it by at least this share of the longer of the two.
OVERLAP = 0.5

_READ: tuple[tuple[str, Select[Any], type[Commitment | ProgressClaim]], ...] = tuple(
    (kind, select(document.c.sha256, table.c.body).join(document, document.c.id == table.c.document), shape)
    for kind, table, shape in (("commitment", commitment, Commitment), ("claim", claim, ProgressClaim))
)


class Ranges(msgspec.Struct, frozen=True, kw_only=True):
    """Where something read stands: its quote and its action."""

    id: str
    start: int
    end: int
    action_start: int
    action_end: int


def ranges_of(read: Commitment | ProgressClaim) -> Ranges:
    """The ranges of something read. The action is a part of its quote; where it is not (it was corrected), it counts as the whole quote."""
    offset = read.quote.find(read.action)
    start = read.start + offset if offset >= 0 and read.action else read.start
    end = start + len(read.action) if offset >= 0 and read.action else read.end
    return Ranges(id=read.id, start=read.start, end=read.end, action_start=start, action_end=end)


def anchor_of(read: Commitment | ProgressClaim, sha256: str) -> Anchor:
    """The anchor of something read in the document with these received bytes."""
    found = ranges_of(read)
    return Anchor(
        of="claim" if isinstance(read, ProgressClaim) else "commitment",
        id=read.id,
        sha256=sha256,
        start=read.start,
        end=read.end,
        quote=read.quote,
        action_start=found.action_start,
        action_end=found.action_end,
    )


def resolve(anchor: Anchor, there: Sequence[Ranges]) -> str | None:
    """The id of what `there` is at the anchor in its document now: the same ranges, else the greatest overlap; None if it is gone."""
    exact = [one for one in there if one.id == anchor.id]
    exact = exact or [one for one in there if (one.start, one.end) == (anchor.start, anchor.end) and _same_action(one, anchor)]
    if exact:
        return exact[0].id
    shares = sorted((-_share(one, anchor), one.start, one.id) for one in there)
    return shares[0][2] if shares and -shares[0][0] >= OVERLAP else None


def _same_action(one: Ranges, anchor: Anchor) -> bool:
    return anchor.action_start is None or (one.action_start, one.action_end) == (anchor.action_start, anchor.action_end)


def _share(one: Ranges, anchor: Anchor) -> float:
    start = anchor.start if anchor.action_start is None else anchor.action_start
    end = anchor.end if anchor.action_end is None else anchor.action_end
    low, high = (one.start, one.end) if anchor.action_start is None else (one.action_start, one.action_end)
    return max(0, min(end, high) - max(start, low)) / max(end - start, high - low, 1)


def read_in(connection: Connection, sha256s: Iterable[str]) -> dict[tuple[str, str], list[Ranges]]:
    """What is read now in the documents with these received bytes: (kind, SHA-256) -> ranges."""
    wanted = set(sha256s)
    found: dict[tuple[str, str], list[Ranges]] = {}
    for kind, query, shape in _READ:
        for row in in_batches(connection, query, document.c.sha256, wanted):
            found.setdefault((kind, row.sha256), []).append(ranges_of(msgspec.json.decode(row.body, type=shape)))
    return found


def current_id(connection: Connection, old: str) -> tuple[str | None, Anchor | None]:
    """What a commitment or claim id that was ever read leads to now, and its anchor; (None, None) for an id that never was."""
    row = connection.execute(select(known_id).where(known_id.c.id == old)).first()
    if row is None:
        return None, None
    anchor = Anchor(
        of=row.of,
        id=old,
        sha256=row.sha256,
        start=row.start,
        end=row.end,
        quote="",
        action_start=row.action_start,
        action_end=row.action_end,
    )
    there = read_in(connection, [row.sha256]).get((row.of, row.sha256), [])
    return resolve(anchor, there), anchor
