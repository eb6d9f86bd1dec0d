"""Recorded money and counts of events that `pledgebook link` has tied to promises, as every assessment reads them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, select

from pledgebook.book.decided import money_links
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import money_tie
from pledgebook.core.assessment import Evidence
from pledgebook.core.decision import Decision
from pledgebook.core.promise import Promise

#: (promise or commitment, key of an item of aid data) -> the last decision about the two, and whether it links them.
Links = Mapping[tuple[str, str], tuple[Decision, bool]]
_TIES = select(money_tie)


def load_tied(connection: Connection, promises: Sequence[Promise], *, everything: bool) -> dict[str, tuple[Evidence, ...]]:
    """The evidence of tied money and counts by promise; what a person has unlinked since the last linking is left out."""
    of = {mention.commitment.id: promise.id for promise in promises for mention in promise.mentions}
    rows = connection.execute(_TIES) if everything else in_batches(connection, _TIES, money_tie.c.mention, of)
    kept = [row for row in rows if row.mention in of]
    unlinked = {pair for pair, (_, yes) in decided_links(connection, promises).items() if not yes} if kept else set()
    found: dict[str, list[Evidence]] = defaultdict(list)
    for row in sorted(kept, key=lambda one: (one.mention, one.item)):
        if (of[row.mention], row.item) not in unlinked:
            found[of[row.mention]] += msgspec.json.decode(row.body, type=list[Evidence])
    return {promise: tuple(evidence) for promise, evidence in found.items()}


def decided_links(connection: Connection, promises: Iterable[Promise]) -> dict[tuple[str, str], tuple[Decision, bool]]:
    """What people linked or unlinked, by the id of the promise as it is now."""
    of = {mention.commitment.id: promise.id for promise in promises for mention in promise.mentions}
    return {(of[mention], key): said for (mention, key), said in money_links(connection, of).items()}
