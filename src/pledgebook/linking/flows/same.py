"""Flows of FTS and the IATI activities that tell of the same money, with scores and reasons."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from pledgebook.core.money import MoneyItem
from pledgebook.linking.flows.blocks import Blocks
from pledgebook.linking.flows.compare import Signs, held_against, score
from pledgebook.linking.flows.exact import Activity, Index, Match, NamedFlow
from pledgebook.linking.flows.reasons import points_of, reasons_of
from pledgebook.linking.flows.sides import NOTHING, Particulars, Side, side_of

#: From this score on a flow and an activity are held to tell of the same money. How it was chosen: docs/flows.md.
SURE = 0.6


class Same(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The activities (keys, the best first) that tell of a flow's money. `score` is the best one's, 0 to 1; `reasons` are sentences for people.

    `points` are what each sign added for the best one; none where a code names it (`by_code`).
    """

    activities: tuple[str, ...]
    score: float
    reasons: tuple[str, ...]
    points: tuple[str, ...] = ()
    by_code: bool = False


def same_money(items: Iterable[MoneyItem], more: Mapping[str, Particulars] | None = None, *, least: float = SURE) -> dict[str, Same]:
    """For each flow that has them, by key, the activities that tell of its money: those its codes name, else those that score `least`.

    `more` are particulars of items by key. The order of the items does not matter. A link says that the sums are of one project, told twice; a
    flow may be a part of what the activity tells.
    """
    told = more or {}
    every = sorted(items, key=lambda item: item.key)
    flows = [item for item in every if item.format == "fts"]
    activities = [item for item in every if item.format == "iati"]
    found = by_code(flows, activities, told)
    left = [side_of(item, told.get(item.key, NOTHING)) for item in flows if item.key not in found]
    blocks = Blocks(side_of(item, told.get(item.key, NOTHING)) for item in activities) if left else Blocks(())
    found |= {flow.key: one for flow in left if (one := by_signs(flow, blocks.near(flow), least)) is not None}
    return {key: found[key] for key in sorted(found)}


def by_code(flows: Sequence[MoneyItem], activities: Sequence[MoneyItem], more: Mapping[str, Particulars]) -> dict[str, Same]:
    """The flows whose reference codes, or codes in their descriptions, name activities."""
    index = Index({one.key.partition(":")[2]: _activity(one, more.get(one.key, NOTHING)) for one in activities})
    found = {}
    for flow in flows:
        if (match := index.match_widely(_named_flow(flow, more.get(flow.key, NOTHING)))) is not None:
            keys = tuple(f"iati:{name}" for name in match.activities)
            found[flow.key] = Same(activities=keys, score=1.0, reasons=(_told(match),), by_code=True)
    return found


def by_signs(flow: Side, near: Iterable[Side], least: float) -> Same | None:
    """The activities among those near that score `least` with the flow."""
    scored = [(score(signs), side, signs) for side, signs in held_against(flow, near)]
    scored.sort(key=lambda one: (-one[0], one[1].key))
    return _same(flow, [one for one in scored if one[0] >= least])


def _same(flow: Side, scored: Sequence[tuple[float, Side, Signs]]) -> Same | None:
    if not scored:
        return None
    best, side, signs = scored[0]
    return Same(
        activities=tuple(one.key for _, one, _ in scored), score=best, reasons=reasons_of(flow, side, signs), points=points_of(signs)
    )


def _activity(item: MoneyItem, more: Particulars) -> Activity:
    reporter = item.reporter
    return Activity(
        identifier=item.key.partition(":")[2],
        publisher=(reporter.ref or "") if reporter is not None else "",
        title=item.title or "",
        countries=frozenset(item.countries),
        others=more.codes,
        reporter=(reporter.name or "") if reporter is not None else "",
    )


def _named_flow(item: MoneyItem, more: Particulars) -> NamedFlow:
    return NamedFlow(
        flow=item.key.partition(":")[2],
        donors=tuple(one.name for one in item.donors if one.name),
        reference="; ".join(more.codes),
        description=item.description or "",
        countries=frozenset(item.countries),
        receivers=tuple(one.name for one in item.recipients if one.name),
    )


_WAYS = {
    "whole": "is its identifier",
    "local": "is all of its identifier behind the publisher's",
    "tail": "is the end of its identifier",
    "within": "stands in the reference and is all of its identifier behind the publisher's",
    "head": "begins its identifier, and no other's",
    "other": "is another identifier of it, or of a transaction of it",
}


def _told(match: Match) -> str:
    return f"code: {', '.join(match.codes)} {_WAYS[match.way]}"
