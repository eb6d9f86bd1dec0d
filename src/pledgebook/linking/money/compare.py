"""An item of money held against a promise: signs, their weights, and the sentences that tell them."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files

import msgspec

from pledgebook.core.counted import agreeing
from pledgebook.core.money import Move
from pledgebook.linking.money.features import STAGES, ItemSide, PromiseSide, figures, in_unit, recipient_told, telling
from pledgebook.linking.money.givers import Given, given_by
from pledgebook.linking.money.promised import Sum
from pledgebook.linking.money.purposes import likeness
from pledgebook.linking.money.ties import AmountTie, Tie

#: An item of more than this many times the sum promised is money of something wider.
FAR_LARGER = Decimal(2)
#: The weight of words that tell as much as words can.
_TELLING = 15.0
_CLOSE, _NEAR, _FAR = 14, 60, 730


class Fit(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What an item makes of the sum promised: the figure of it that fits best, `of` which sum, and the moves that make the figure."""

    amount: AmountTie
    value: Decimal | None
    of: Sum
    moves: tuple[str, ...]
    very: bool = False


class Held(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An item held against a promise: signs with their values (0 to 1) and sentences, before they are weighed; `first` is the day of its first move."""

    key: str
    fit: Fit
    signs: dict[str, float]
    told: tuple[str, ...]
    conflicts: tuple[str, ...]
    first: int


def hold(promise: PromiseSide, side: ItemSide) -> Held:
    """The signs that an item and a promise give; with conflicts where it cannot be its money."""
    given = given_by(promise.givers, side.givers)
    days = [day for day, _ in side.moves if promise.first <= day <= promise.last]
    fit = with_whole_stages(fit_of(promise, side), side)
    conflicts = tuple(_conflicts(promise, side, given, days, fit))
    parts = [
        _giver(given, side),
        _amount(fit),
        _place(promise, side),
        _time(promise, side, days),
        _purpose(promise, side),
        _words(promise, side),
        _receiver(promise, side),
        _agency(promise, side),
    ]
    signs = {name: value for part in parts for name, value, _ in part}
    told = tuple(sentence for part in parts for *_, sentence in part if sentence)
    return Held(key=side.item.key, fit=fit, signs=signs, told=told, conflicts=conflicts, first=min(days, default=0))


def tie_of(held: Held, more: dict[str, float] | None = None, told: tuple[str, ...] = (), together: tuple[str, ...] = ()) -> Tie:
    """The tie that the signs make; `more` are signs that come from the other items of the promise, with sentences."""
    table = weights()
    signs = held.signs | (more or {})
    if together:
        signs = {name: value for name, value in signs.items() if name != "part of the sum"}
    points = sorted(((table[name] * value, name) for name, value in signs.items() if value), key=lambda pair: (-abs(pair[0]), pair[1]))
    score = 0.0 if held.conflicts else max(0.0, min(1.0, round(sum(value for value, _ in points) / table["(full)"], 4)))
    return Tie(
        item=held.key,
        score=score,
        reasons=(*held.told, *told),
        points=tuple(f"{name} {value:+.2f}" for value, name in points),
        amount="one of several that make the sum" if together else held.fit.amount,
        moves=held.fit.moves,
        together=together,
        conflicts=held.conflicts,
    )


@cache
def weights() -> dict[str, float]:
    """The weight table `weights.tsv` beside this file."""
    lines = (files("pledgebook.linking.money") / "weights.tsv").read_text(encoding="utf-8").splitlines()
    return {name: float(value) for name, value in (line.split("\t") for line in lines[1:])}


def fit_of(promise: PromiseSide, side: ItemSide) -> Fit:
    """What the item makes of the sums promised: the sum itself, else a part, else more than it; "unclear" where no figure can be told in its currency."""
    fits = [_fit(value, ids, one) for one in promise.sums for value, ids in figures(side, one.unit, promise.first, promise.last)]
    exact = [fit for fit in fits if fit.amount == "exact"]
    if exact:
        return min(exact, key=lambda fit: (not fit.very, len(fit.moves) == 1, -fit.of.value, fit.moves))
    whole = [fit for fit in fits if fit.of == promise.sums[0]]
    if whole:
        return max(whole, key=lambda fit: (fit.value or Decimal(0), len(fit.moves), fit.moves))
    inside = tuple(sorted(move.id for day, move in side.moves if promise.first <= day <= promise.last))
    return Fit(amount="unclear", value=None, of=promise.sums[0], moves=inside)


def with_whole_stages(fit: Fit, side: ItemSide) -> Fit:
    """The same, with all that the item pays where all that it commits makes the figure, and the other way round, if that is no more than was promised.

    An activity whose commitments are the promise's money pays the promise's money. Where only one of several commitments fits, nobody knows
    which payment is of it.
    """
    whole = [[move for _, move in side.moves if move.stage in stages] for stages in STAGES]
    if fit.value is None or not any(fit.moves == _ids(moves) for moves in whole):
        return fit
    more = [moves for moves in whole if moves and _total(moves, fit.of.unit) <= fit.of.high]
    return msgspec.structs.replace(fit, moves=tuple(sorted({*fit.moves, *(name for moves in more for name in _ids(moves))})))


def _ids(moves: Sequence[Move]) -> tuple[str, ...]:
    return tuple(sorted(move.id for move in moves))


def _total(moves: Sequence[Move], unit: str) -> Decimal:
    """The sum of moves in a currency; without end where one of them cannot be told in it."""
    values = [in_unit(move, unit) for move in moves]
    return sum((value for value in values if value is not None), Decimal(0)) if None not in values else Decimal("Infinity")


def _fit(value: Decimal, ids: tuple[str, ...], one: Sum) -> Fit:
    if one.low <= value <= one.high:
        return Fit(amount="exact", value=value, of=one, moves=ids, very=value == one.value)
    return Fit(amount="part" if value < one.low else "more", value=value, of=one, moves=ids)


_Part = list[tuple[str, float, str]]


def _giver(given: Given | None, side: ItemSide) -> _Part:
    """Who gives; an item of several givers does not tell how much of it is whose."""
    if given is None:
        return []
    several = len({giver.state or giver.name for giver in side.givers})
    found = [("giver", given.value, given.reason)]
    return found if several == 1 else [*found, ("one of several givers", 1 - 1 / several, f"donor: one of {several} whose money it is")]


def _amount(fit: Fit) -> _Part:
    if fit.value is None:
        return [("amount cannot be told", 1.0, f"amount: what it is in {fit.of.unit} cannot be told")]
    value, promised = f"{fit.value:,.0f} {fit.of.unit}", f"{fit.of.value:,.0f} {fit.of.unit}"
    if fit.amount == "exact":
        if fit.very:
            return [("the very sum", 1.0, f"amount: {value} is exactly the sum promised")]
        return [("rounds to the sum", 1.0, f'amount: {value} is what "{fit.of.text}" can mean')]
    if fit.amount == "part":
        share = float(fit.value / fit.of.value) ** 0.5
        return [("part of the sum", share, f"amount: {value} would be a part of the {promised} promised")]
    return [("more than the sum", 1.0, f"amount: {value} is more than the {promised} promised")]


def _place(promise: PromiseSide, side: ItemSide) -> _Part:
    shared = promise.countries & side.countries
    if shared:
        where = ", ".join(sorted(shared))
        if side.countries <= promise.countries and len(promise.countries) == 1:
            return [("same country", 1.0, f"country: {where}, as promised")]
        share = max(len(shared) / len(side.countries), 1 / 3)
        return [("same country", share, f"country: {where}, of those promised")]
    if promise.countries & side.crisis:
        return [
            (
                "for the crisis of that country",
                1.0,
                f"country: it is for the crisis of {', '.join(sorted(promise.countries & side.crisis))}",
            )
        ]
    for name, states in promise.regions.items():
        if states & side.countries:
            return [("in the region named", 1.0, f"country: {', '.join(sorted(states & side.countries))} lies in the {name}")]
    return [("no country told", 1.0, "")]


def _time(promise: PromiseSide, side: ItemSide, days: list[int]) -> _Part:
    if not days:
        return []
    apart = min((day - promise.day for day in days), key=abs)
    early = min(max(-apart, 0), _NEAR) / _NEAR
    side_of = "after" if apart > 0 else "before"
    sentence = (
        "date: on the day of the promise" if apart == 0 else f"date: {abs(apart)} {agreeing(abs(apart), 'day')} {side_of} the promise"
    )
    return [
        ("within two months", float(abs(apart) <= _NEAR), sentence),
        ("days apart", min(abs(apart), _FAR) / _FAR, ""),
        ("within two weeks", float(abs(apart) <= _CLOSE), ""),
        ("before the promise", early, ""),
        (
            "before new money was promised",
            early * promise.new,
            "date: but the promise speaks of new money" if early and promise.new else "",
        ),
    ] + (
        [("only pledged", 1.0, "stage: it is a pledge in the register, no commitment")]
        if all(m.stage == "pledged" for _, m in side.moves)
        else []
    )


def _purpose(promise: PromiseSide, side: ItemSide) -> _Part:
    alike = likeness(promise.codes, side.codes)
    return [("same purpose", alike, "purpose: the same kind of work")] if alike else []


def _words(promise: PromiseSide, side: ItemSide) -> _Part:
    common = promise.words & side.words
    share = min(telling(common) / _TELLING, 1.0)
    return [("words in common", share, f"words: both speak of {', '.join(sorted(common)[:6])}")] if share > 0.2 else []


def _receiver(promise: PromiseSide, side: ItemSide) -> _Part:
    named = promise.receivers & side.receivers
    if named:
        return [("receiver named", 1.0, f"receiver: {', '.join(sorted(named))}, whom the promise names")]
    if (name := recipient_told(promise.quote, side.item)) is not None:
        return [("receiver named", 1.0, f"receiver: {name}, whom the promise names")]
    if promise.channels and side.receivers:
        return [("another receiver", 1.0, "receiver: another than the promise names")]
    return []


def _agency(promise: PromiseSide, side: ItemSide) -> _Part:
    if not promise.agencies or not side.agencies:
        return []
    shared = promise.agencies & side.agencies
    if shared:
        return [("agency named", 1.0, f"donor: {', '.join(sorted(shared))}, from which the promise says it comes")]
    return [("another agency", 1.0, f"donor: {', '.join(sorted(side.agencies))}, and not the agency from which the promise says it comes")]


def _conflicts(promise: PromiseSide, side: ItemSide, given: Given | None, days: list[int], fit: Fit) -> list[str]:
    found = []
    if given is None:
        found.append("another donor")
    if not days:
        found.append("no money moved in its time")
    if _elsewhere(promise, side):
        found.append("another country")
    if fit.amount == "more" and fit.value is not None and fit.value > promise.sums[0].high * FAR_LARGER:
        found.append("far more than was promised")
    if _own(side):
        found.append("the giver is the receiver")
    return found


def _elsewhere(promise: PromiseSide, side: ItemSide) -> bool:
    """Whether the item is for countries, and none of them, nor its crisis, is one of the promise's or lies in a region that it names."""
    wanted = promise.countries.union(*promise.regions.values()) if promise.regions else promise.countries
    return bool(wanted) and bool(side.countries) and wanted.isdisjoint(side.countries | side.crisis)


def _own(side: ItemSide) -> bool:
    return bool(side.givers) and bool(side.receivers) and side.receivers <= {giver.name for giver in side.givers}
