"""The evidence that bears on promises: the machine's, and what people linked or unlinked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, select

from pledgebook.book.decided import links
from pledgebook.book.mentions import told_claims
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import bearing
from pledgebook.core.assessment import Evidence
from pledgebook.core.decision import Decision
from pledgebook.core.promise import Mention, Promise
from pledgebook.linking.bearing import FOR, Bearing, Told, effect_on
from pledgebook.linking.evidence import evidence_of
from pledgebook.reference.outlets import BASE, Registry

_ORDER = ("known", "id")
_BEARINGS = select(bearing)


def load_evidence(
    connection: Connection, promises: Sequence[Promise], *, everything: bool, registry: Registry = BASE
) -> dict[str, tuple[Evidence, ...]]:
    """For each promise the evidence that bears on it, in order of the day from which it is known (undated last).

    A claim counts once for a promise, by the mention that it bears on most. A person's link or unlink wins over the machine.
    """
    mentions = {one.commitment.id: (promise.id, one) for promise in promises for one in promise.mentions}
    machine = _bearings(connection, None if everything else mentions)
    decided = links(connection, None if everything else mentions)
    told = told_claims(connection, {claim for claim, _ in machine} | {claim for _, claim in decided})
    found: dict[str, list[Evidence]] = defaultdict(list)
    for promise, pairs in _by_promise(machine, decided, mentions).items():
        for claim, (one, bears, decision) in sorted(pairs.items()):
            seen = told.get(claim)
            if seen is not None and bears is not None:
                author = decision.author if decision else None
                found[promise].append(
                    evidence_of(
                        seen, mentions[one][1], _as_decided(bears, seen, mentions[one][1], decision), decided=author, registry=registry
                    )
                )
    return {promise: tuple(sorted(all_of, key=lambda one: (one.known or "9999", one.id))) for promise, all_of in found.items()}


def _bearings(connection: Connection, ids: Iterable[str] | None) -> dict[tuple[str, str], Bearing]:
    rows = connection.execute(_BEARINGS) if ids is None else in_batches(connection, _BEARINGS, bearing.c.mention, ids)
    return {(row.claim, row.mention): msgspec.json.decode(row.body, type=Bearing) for row in rows}


_Best = tuple[str, Bearing | None, Decision | None]


def _by_promise(
    machine: Mapping[tuple[str, str], Bearing],
    decided: Mapping[tuple[str, str], tuple[Decision, bool]],
    mentions: Mapping[str, tuple[str, Mention]],
) -> dict[str, dict[str, _Best]]:
    """Promise -> claim -> the mention it bears on most, how, and the decision if a person made one. Unlinked claims are left out."""
    best: dict[str, dict[str, _Best]] = defaultdict(dict)
    for (claim, one), bears in sorted(machine.items(), key=lambda item: (-item[1].score, item[0])):
        if one in mentions:
            best[mentions[one][0]].setdefault(claim, (one, bears, None))
    for (one, claim), (decision, linked) in decided.items():
        if one not in mentions:
            continue
        promise = mentions[one][0]
        best[promise].pop(claim, None)
        if linked:
            best[promise][claim] = (one, Bearing(effect="completed", direction="supports", score=1.0, reasons=()), decision)
    return best


def _as_decided(bears: Bearing, told: Told, mention: Mention, decision: Decision | None) -> Bearing:
    """What a person's link says: their direction, else the one that the claim's effect gives."""
    if decision is None:
        return bears
    effect, direction, why = effect_on(told.claim, mention)
    if decision.value in {"supports", "contradicts"} and decision.value != direction:
        direction = decision.value  # type: ignore[assignment] # one of the two
        effect = effect if (effect in FOR) == (direction == "supports") else ("completed" if direction == "supports" else "not-done")
        why = f"direction: {direction}, by decision"
    return Bearing(effect=effect, direction=direction, score=1.0, reasons=(f"linked by {decision.author}", why))
