"""What people said of a record, in the order of the log, those that were taken back among them."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from pledgebook.book.decided import UNDONE
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import decision, log
from pledgebook.core.decision import Decision, decision_id
from pledgebook.web.bench.queue_rows import OneOf, reviewed

_NAMING = select(decision, log.c.body).join(log, log.c.seq == decision.c.seq)


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One decision that names a record: its log entry, its id, whether the record is its target, and whether it was taken back."""

    seq: int
    name: str
    decision: Decision
    target: bool
    undone: bool

    def can_be_undone(self, by: str, *, reviews: bool) -> bool:
        """Whether it is in force, and taken back here by that person: what others decided only if the person `reviews`."""
        return self.target and not self.undone and self.decision.kind != "undo" and (reviews or self.decision.author == by)


def said_of(connection: Connection, ids: Sequence[str]) -> list[Said]:
    """Every decision that names one of these commitments or claims, each once."""
    rows: dict[int, Row[Any]] = {}
    for row in sorted(in_batches(connection, _NAMING, decision.c.about, ids), key=lambda row: (row.seq, row.number)):
        rows.setdefault(row.seq, row)
    return [_said(row.seq, row.number, row.role, row.body) for row in rows.values()]


def _said(seq: int, number: int, role: str, body: str) -> Said:
    made = msgspec.json.decode(body, type=Decision)
    return Said(seq=seq, name=decision_id(made), decision=made, target=number == 0, undone=role == UNDONE)


def in_force(said: Sequence[Said], version: int | None = None) -> list[Decision]:
    """The decisions about a record as its target that were in force after the log entry `version` (None: that are now)."""
    standing: list[Said] = []
    for one in said:
        if version is not None and one.seq > version:
            break
        if not one.target:
            continue
        if one.decision.kind == "undo":
            places = [place for place, earlier in enumerate(standing) if earlier.name == one.decision.value]
            if places:
                del standing[places[-1]]
        else:
            standing.append(one)
    return [one.decision for one in standing]


def read_at(read: OneOf, said: Sequence[Said], version: int | None = None) -> tuple[OneOf, str]:
    """A reading as it counted after the log entry `version`, and its state (filters.STATES)."""
    return reviewed(read, in_force(said, version))
