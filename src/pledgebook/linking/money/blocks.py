"""Items by donor, country and time, so that not every item is held against every promise."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from pledgebook.core.money import MoneyItem
from pledgebook.linking.money.features import ItemSide, PromiseSide, figures
from pledgebook.linking.money.givers import Giver

#: Items of one block that are held against a promise beside those that have its sum: the nearest in time.
NEAREST = 60
#: Items that have the sum of a promise that names no country.
WITH_THE_SUM = 20
#: Where an item names no country, and where only the sum is looked for.
NOWHERE, ANYWHERE = "", "*"
_ALWAYS = (-(10**9), 10**9)

_Figure = tuple[Decimal, str]


class Blocks:
    """An index of items: in time for each donor and country, and by sum for each donor, country and currency. What it finds is in no order's debt."""

    def __init__(self, items: Iterable[MoneyItem]) -> None:
        self.sides = {side.item.key: side for side in map(ItemSide, items) if side.givers and side.moves}
        self._in_time: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        self._by_sum: dict[tuple[str, str, str], list[_Figure]] = defaultdict(list)
        for key in sorted(self.sides):
            self._put(key, self.sides[key])
        for days in self._in_time.values():
            days.sort()
        for sums in self._by_sum.values():
            sums.sort()

    def _put(self, key: str, side: ItemSide) -> None:
        sums = {(value, unit) for unit in _units(side) for value, _ in figures(side, unit, *_ALWAYS)}
        for donor in {name for giver in side.givers for name in _names(giver)}:
            for country in (side.countries | side.crisis) or {NOWHERE}:
                self._in_time[donor, country].extend((day, key) for day in {day for day, _ in side.moves})
                for value, unit in sums:
                    self._by_sum[donor, country, unit].append((value, key))
            for value, unit in sums:
                self._by_sum[donor, ANYWHERE, unit].append((value, key))

    def near(self, promise: PromiseSide) -> list[ItemSide]:
        """The items that may be money of the promise, by key: those with its sum, and the nearest in time of each donor and country."""
        donors = sorted({name for giver in promise.givers for name in _names(giver)})
        places = sorted(promise.countries.union(*promise.regions.values()))
        found: set[str] = set()
        for donor in donors:
            for place in places:
                found.update(self._nearest(self._in_time.get((donor, place), ()), promise))
            for place in (*places, NOWHERE) if places else (ANYWHERE,):
                found.update(self._with_the_sum(donor, place, promise))
        return [self.sides[key] for key in sorted(found)]

    def _nearest(self, rows: Sequence[tuple[int, str]], promise: PromiseSide) -> list[str]:
        inside = rows[bisect_left(rows, (promise.first, "")) : bisect_left(rows, (promise.last + 1, ""))]
        by_key: dict[str, int] = {}
        for day, key in inside:
            by_key[key] = min(abs(day - promise.day), by_key.get(key, 10**9))
        return sorted(by_key, key=lambda key: (by_key[key], key))[:NEAREST]

    def _with_the_sum(self, donor: str, place: str, promise: PromiseSide) -> list[str]:
        found = []
        for one in promise.sums:
            rows = self._by_sum.get((donor, place, one.unit), ())
            keys = {key for _, key in rows[bisect_left(rows, (one.low, "")) : bisect_right(rows, (one.high, "\uffff"))]}
            inside = [key for key in sorted(keys) if any(promise.first <= day <= promise.last for day, _ in self.sides[key].moves)]
            found += inside if len(inside) <= WITH_THE_SUM or place != ANYWHERE else []
        return found


def _units(side: ItemSide) -> set[str]:
    return {move.currency for _, move in side.moves} | {"USD"}


def _names(giver: Giver) -> tuple[str, ...]:
    """Under which names a giver is looked up: its own, and that of its state."""
    return (giver.name, f"state {giver.state}") if giver.state else (giver.name,)
