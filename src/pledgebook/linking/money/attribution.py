"""Money of one transaction counted for one promise at most; what cannot be attributed says why."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from pledgebook.core.money import MoneyItem
from pledgebook.linking.money.ties import SURE, Tie

Pair = tuple[str, str]


class Attributed(msgspec.Struct, frozen=True, order=True, kw_only=True, gc=False):
    """Money counted for a promise: these moves (ids) of this item (key). `by_person` is true where a person linked the two."""

    promise: str
    item: str
    moves: tuple[str, ...]
    score: float
    by_person: bool
    reason: str


class Unattributed(msgspec.Struct, frozen=True, order=True, kw_only=True, gc=False):
    """Money that may be of these promises (ids) and is counted for none of them, with the reason."""

    item: str
    moves: tuple[str, ...]
    promises: tuple[str, ...]
    reason: str


class Attribution(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What is counted for which promise, and what cannot be attributed; both in order."""

    given: tuple[Attributed, ...]
    open: tuple[Unattributed, ...]

    def of(self, promise: str) -> tuple[Attributed, ...]:
        """What is counted for a promise."""
        return tuple(one for one in self.given if one.promise == promise)


def attribute(
    ties: Mapping[str, Sequence[Tie]],
    items: Iterable[MoneyItem],
    *,
    linked: Collection[Pair] = (),
    unlinked: Collection[Pair] = (),
    totals: Mapping[str, str] | None = None,
    least: float = SURE,
) -> Attribution:
    """Settle which promise each sum of money is counted for.

    `linked` and `unlinked` are persons' decisions, pairs of promise id and item key: a link is always counted, also for several promises, and
    takes its money from all ties by machine; an unlink is never counted. Else the tie with the highest score of at least `least` gets the
    money; of equal ones none does. `totals` gives for the id of a promise that is part of another the id of that total: what fits a part is
    counted there, not again for its total. Of several items that make a sum together all are counted or none.
    """
    by_key = {item.key: item for item in items}
    persons = [_by_person(pair, by_key[pair[1]], ties) for pair in sorted(set(linked)) if pair[1] in by_key]
    taken = {move: one.promise for one in persons for move in one.moves}
    bids = [
        _Bid(promise, tie)
        for promise in sorted(ties)
        for tie in ties[promise]
        if not {(promise, tie.item)} & {*linked, *unlinked} and not tie.conflicts
    ]
    bids = [bid for bid in bids if bid.tie.score >= least]
    lost = _lost(bids, taken, totals or {})
    lost |= _broken(bids, lost, {(one.promise, one.item) for one in persons})
    won = [_won(bid) for bid in bids if bid not in lost]
    return Attribution(given=tuple(sorted([*persons, *won])), open=_told(lost))


class _Bid(msgspec.Struct, frozen=True):
    promise: str
    tie: Tie


def _by_person(pair: Pair, item: MoneyItem, ties: Mapping[str, Sequence[Tie]]) -> Attributed:
    """A person's link counts the moves that the machine would, else all that count."""
    own = next((tie.moves for tie in ties.get(pair[0], ()) if tie.item == pair[1] and tie.moves), None)
    moves = own or tuple(sorted(move.id for move in item.counted))
    return Attributed(promise=pair[0], item=pair[1], moves=moves, score=1.0, by_person=True, reason="linked by a person")


def _won(bid: _Bid) -> Attributed:
    tie = bid.tie
    return Attributed(
        promise=bid.promise, item=tie.item, moves=tie.moves, score=tie.score, by_person=False, reason="no other promise fits it as well"
    )


def _lost(bids: Sequence[_Bid], taken: Mapping[str, str], totals: Mapping[str, str]) -> dict[_Bid, str]:
    """The bids that get nothing, with the reason: one that loses any of its moves loses all of them."""
    by_move: dict[str, list[_Bid]] = defaultdict(list)
    for bid in bids:
        for move in bid.tie.moves:
            by_move[move].append(bid)
    lost: dict[_Bid, str] = {}
    for move in sorted(by_move):
        if move in taken:
            lost.update(dict.fromkeys(by_move[move], f"a person linked it to {taken[move]}"))
        else:
            lost.update((bid, why) for bid, why in _beaten(by_move[move], totals).items() if bid not in lost)
    return lost


def _beaten(rivals: Sequence[_Bid], totals: Mapping[str, str]) -> dict[_Bid, str]:
    """Of those who bid for one move all but the one with the highest score; all of the best where several have it."""
    above = {total: bid.promise for bid in rivals for total in _above(bid.promise, totals)}
    found = {bid: f"it is counted for {above[bid.promise]}, which is a part of this promise" for bid in rivals if bid.promise in above}
    left = [bid for bid in rivals if bid not in found]
    best = max((bid.tie.score for bid in left), default=0.0)
    winners = [bid for bid in left if bid.tie.score == best]
    if len(winners) > 1:
        names = ", ".join(bid.promise for bid in winners)
        return found | dict.fromkeys(left, f"cannot be attributed: it fits {names} equally well")
    return found | {bid: f"{winners[0].promise} fits it better" for bid in left if bid is not winners[0]}


def _above(promise: str, totals: Mapping[str, str]) -> list[str]:
    """The totals that a promise is part of, the nearest first."""
    found: list[str] = []
    while (promise := totals.get(promise, "")) and promise not in found:
        found.append(promise)
    return found


def _broken(bids: Sequence[_Bid], lost: Mapping[_Bid, str], by_person: Collection[Pair]) -> dict[_Bid, str]:
    """Bids of items that make a sum only together with one that is not counted for the promise."""
    kept = {(bid.promise, bid.tie.item) for bid in bids if bid not in lost} | {*by_person}
    return {
        bid: "it makes the sum only together with others, of which not all can be counted"
        for bid in bids
        if bid not in lost and any((bid.promise, key) not in kept for key in bid.tie.together)
    }


def _told(lost: Mapping[_Bid, str]) -> tuple[Unattributed, ...]:
    found = {(bid.tie.item, bid.tie.moves, why): set[str]() for bid, why in lost.items()}
    for bid, why in lost.items():
        found[bid.tie.item, bid.tie.moves, why].add(bid.promise)
    return tuple(
        sorted(
            Unattributed(item=item, moves=moves, promises=tuple(sorted(names)), reason=why) for (item, moves, why), names in found.items()
        )
    )
