"""Which items of money may be money of which promises, with scores and reasons."""

import re
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from pledgebook.core.counted import agreeing, counted
from pledgebook.core.money import MoneyItem
from pledgebook.core.promise import Promise
from pledgebook.linking.money.adding import Group, Part, groups_making
from pledgebook.linking.money.blocks import Blocks
from pledgebook.linking.money.compare import Held, hold, tie_of
from pledgebook.linking.money.features import ItemSide, PromiseSide, promise_side
from pledgebook.linking.money.ties import SHOWN, Tie

#: Within this difference of scores two ways to explain a sum fit equally well.
ALIKE = 0.05
#: Ties shown for one promise.
MOST = 60
_OTHERS = frozenset({"another agency", "another receiver"})
_IN_BRACKETS = re.compile(r"\(([A-Z][\w/ ,-]{1,30})\)\s*$")


class _Way(msgspec.Struct, frozen=True, kw_only=True):
    """One way to explain a sum: the items that make it, of one register, with the ties they would have."""

    value: Decimal
    format: str
    ties: tuple[Tie, ...]

    @property
    def score(self) -> float:
        return min(tie.score for tie in self.ties)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(tie.item for tie in self.ties)


def candidates(promises: Sequence[Promise], items: Iterable[MoneyItem]) -> dict[str, list[Tie]]:
    """For each promise that has any the ties to items, the best first (equals by key); neither order of the input matters.

    Only promises that name a sum of money, a giver and a day have ties. A tie of less than SHOWN, or with a conflict, is left out.
    """
    blocks = Blocks(items)
    found = {promise.id: ties_of(side, blocks.near(side)) for promise in promises if (side := promise_side(promise)) is not None}
    return {name: found[name] for name in sorted(found) if found[name]}


def judge(promise: Promise, item: MoneyItem) -> Tie | None:
    """The tie of one pair, whatever it scores, its conflicts told; None for a promise to which no money can be tied."""
    side = promise_side(promise)
    return tie_of(hold(side, ItemSide(item))) if side is not None else None


def ties_of(promise: PromiseSide, sides: Sequence[ItemSide]) -> list[Tie]:
    """The ties of one promise to these items, each judged in view of the others."""
    held = _weighed({one.key: one for side in sides if not (one := hold(promise, side)).conflicts})
    by_key = {side.item.key: side for side in sides}
    ties = {key: tie_of(one) for key, one in held.items()}
    ways = _alone(held, ties, by_key) + _together(promise, held, by_key)
    for tie in _settled(ways, held):
        if tie.score > ties[tie.item].score or tie.amount == "exact":
            ties[tie.item] = tie
    shown = [tie for tie in ties.values() if tie.score >= SHOWN]
    return sorted(shown, key=lambda tie: (-tie.score, tie.item))[:MOST]


def _weighed(held: dict[str, Held]) -> dict[str, Held]:
    """Items that make the sum, with how many of their register would by chance: those near it, by how far its words reach."""
    figures: dict[str, list[Decimal]] = defaultdict(list)
    for one in held.values():
        if one.fit.value is not None:
            insort(figures[_register(one)], one.fit.value)
    return {key: _with_chance(one, figures[_register(one)]) if one.fit.amount == "exact" else one for key, one in held.items()}


def _register(held: Held) -> str:
    return held.key.partition(":")[0]


def _with_chance(one: Held, figures: Sequence[Decimal]) -> Held:
    value = one.fit.of.value
    near = bisect_right(figures, value * Decimal("1.25")) - bisect_left(figures, value * Decimal("0.75")) - 1
    width = max((one.fit.of.high - one.fit.of.low) / value, Decimal("0.005")) * 2
    return msgspec.structs.replace(one, signs=one.signs | {"others have about that sum": min(1.0, float(near * width))})


def _alone(held: dict[str, Held], ties: dict[str, Tie], sides: dict[str, ItemSide]) -> list[_Way]:
    exact = [one for one in held.values() if one.fit.amount == "exact"]
    return [_Way(value=one.fit.of.value, format=sides[one.key].item.format, ties=(ties[one.key],)) for one in exact]


def _together(promise: PromiseSide, held: dict[str, Held], sides: dict[str, ItemSide]) -> list[_Way]:
    """Groups of parts that make a sum, of one register each."""
    return [
        _Way(value=one.value, format=name, ties=tuple(_in_group(held[key], group, one.unit) for key in group.keys))
        for one in promise.sums
        for name in ("fts", "iati")
        for group in groups_making(one, _parts(held.values(), sides, name, one.unit), promise.day)
    ]


def _parts(held: Iterable[Held], sides: dict[str, ItemSide], register: str, unit: str) -> list[Part]:
    """The parts of which groups are made; another agency's or receiver's money than the promise names is none."""
    return [
        _part(hit, sides[hit.key])
        for hit in held
        if hit.fit.amount == "part" and hit.fit.of.unit == unit and _register(hit) == register and hit.signs.keys().isdisjoint(_OTHERS)
    ]


def _part(held: Held, side: ItemSide) -> Part:
    item = side.item
    bracket = _IN_BRACKETS.search(item.description or "")
    groups = [f"all to {name}" for name in sorted(side.receivers)] + [f"all of {name}" for name in (*item.plans, *item.emergencies)]
    groups += [f"all marked ({bracket.group(1)})"] if bracket else []
    return Part(held.key, held.fit.value or Decimal(0), held.first, tuple(groups))


def _in_group(held: Held, group: Group, unit: str) -> Tie:
    others = counted(len(group.keys) - 1, "other item")
    told = f"amount: with {others}, {group.what}, it makes {group.value:,.0f} {unit}"
    return tie_of(held, {"several make the sum": group.strength}, (told,), group.keys)


def _settled(ways: Sequence[_Way], held: dict[str, Held]) -> list[Tie]:
    """The ties of all ways, lowered where another way to explain the same sum in the same register is better, or as good."""
    found: dict[str, Tie] = {}
    for value, name in sorted({(way.value, way.format) for way in ways}):
        same = sorted(
            (way for way in ways if (way.value, way.format) == (value, name)), key=lambda way: (-way.score, len(way.keys), sorted(way.keys))
        )
        for tie in _judged(same, held):
            if tie.item not in found or tie.score > found[tie.item].score:
                found[tie.item] = tie
    return [found[key] for key in sorted(found)]


def _fit_as_well(rivals: int) -> str:
    return f"amount: {counted(rivals, 'other way', 'other ways')} to make the sum {agreeing(rivals, 'fits', 'fit')} as well"


def _judged(ways: Sequence[_Way], held: dict[str, Held]) -> list[Tie]:
    best = ways[0]
    rivals = [way for way in ways[1:] if way.score >= best.score - ALIKE]
    ties = [_lowered(tie, held, "others fit as well", _fit_as_well(len(rivals))) for tie in best.ties] if rivals else list(best.ties)
    for way in ways[1:]:
        if len(way.ties) == 1 or not rivals:
            sign, why = (
                ("others fit as well", "amount: others make the sum as well")
                if way in rivals
                else ("fits less well", "amount: another way to make the sum fits better")
            )
            ties += [_lowered(tie, held, sign, why) for tie in way.ties if len(way.ties) == 1 and tie.item not in best.keys]
    return ties


def _lowered(tie: Tie, held: dict[str, Held], sign: str, why: str) -> Tie:
    """The tie with one more sign against it; a sum that is not sure is no reason to count an item as one of several."""
    more = {sign: 1.0}
    if not tie.together:
        return tie_of(held[tie.item], more, (why,))
    return tie_of(held[tie.item], more | {"several make the sum": 1.0}, (*tie.reasons[len(held[tie.item].told) :], why), tie.together)
