"""What an id that was once printed leads to now."""

from typing import Literal

import msgspec
from sqlalchemy import Connection, select

from pledgebook.book.anchors import current_id
from pledgebook.book.index import PROMISE
from pledgebook.book.mentions import told_claims
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import claim, commitment, decision, document, known_id, mention
from pledgebook.core.decision import Anchor

What = Literal["promise", "commitment", "claim", "document", "rejected", "no longer read"]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What an id leads to. `id` is the one that is right today, `promise` the promise that a commitment mentions; `anchor` tells the words of
    what is no longer read.
    """

    what: What
    id: str
    promise: str | None = None
    anchor: Anchor | None = None


def find(connection: Connection, asked: str) -> Found | None:
    """What `asked` leads to: a promise (`p-...`), commitment, claim or document, by any id it ever had; None if it never was one."""
    plain = asked.strip().removeprefix(PROMISE)
    row = connection.execute(select(mention.c.promise).where(mention.c.id == plain)).first()
    if row is not None:
        is_promise = asked.strip().startswith(PROMISE)
        return Found(what="promise" if is_promise else "commitment", id=row.promise if is_promise else plain, promise=row.promise)
    if connection.execute(select(document.c.id).where(document.c.id == plain)).first():
        return Found(what="document", id=plain)
    if told_claims(connection, [plain])[plain] is not None:
        return Found(what="claim", id=plain)
    return _formerly(connection, asked.strip(), plain)


def _formerly(connection: Connection, asked: str, plain: str) -> Found | None:
    for table in (commitment, claim):
        if connection.execute(select(table.c.id).where(table.c.id == plain)).first():
            return Found(what="rejected", id=plain)
    if connection.execute(select(decision.c.about).where(decision.c.about == plain, decision.c.kind == "add")).first():
        return Found(what="rejected", id=plain)
    now, anchor = current_id(connection, plain)
    if now is not None and now != plain:
        return find(connection, PROMISE + now if asked.startswith(PROMISE) else now)
    return Found(what="no longer read", id=plain, anchor=anchor) if anchor is not None else None


def promise_ids(connection: Connection) -> list[str]:
    """The ids of all promises, sorted."""
    return sorted(row.promise for row in connection.execute(select(mention.c.promise).distinct()))


def known_ids(connection: Connection, ids: list[str]) -> set[str]:
    """Which of these ids were ever read."""
    return {row.id for row in in_batches(connection, select(known_id.c.id), known_id.c.id, ids)}
