"""Which activities are held against a flow: those with its sum, its rare words, or its donor and receiver; so the work grows with what is alike."""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from itertools import combinations

from pledgebook.joining.words import weight
from pledgebook.linking.flows.sides import Side

#: A key that more activities have than this tells nothing.
MOST = 60
#: Of a flow's words the most telling, which activities are looked up by in pairs.
_RARE = 8
#: Dollar sums meet in steps of this size, each flow also in the steps beside its own.
_STEP = math.log(1.02)


class Blocks:
    """Activities by their keys. What it finds depends on the set of activities, not on their order."""

    def __init__(self, activities: Iterable[Side]) -> None:
        self.sides = {side.key: side for side in activities}
        self._by_key: dict[Hashable, list[str]] = defaultdict(list)
        for name in sorted(self.sides):
            for key in set(_keys(self.sides[name], whole=True)):
                self._by_key[key].append(name)

    def near(self, flow: Side) -> list[Side]:
        """The activities that have a key in common with the flow, by their keys."""
        found: set[str] = set()
        for key in set(_keys(flow, whole=False)):
            names = self._by_key.get(key, ())
            if len(names) <= MOST:
                found.update(names)
        return [self.sides[name] for name in sorted(found)]


def _keys(side: Side, *, whole: bool) -> Iterator[Hashable]:
    yield from _sums(side, whole=whole)
    yield from _words(side, whole=whole)
    for giver in _givers(side):
        yield from (("donor and receiver", giver, one.name, country) for one in side.receivers for country in side.countries or ("",))


def _givers(side: Side) -> set[str]:
    return {giver.state or giver.name for giver in side.givers} | ({side.reporter.state or side.reporter.name} if side.reporter else set())


def _sums(side: Side, *, whole: bool) -> Iterator[Hashable]:
    """A sum in its currency, to the unit either way; with the same donor, one in dollars to some per cent."""
    for unit, values in side.sums.items():
        for value in values:
            yield from (("sum", unit, value + off) for off in ((0,) if whole else (-1, 0, 1)))
    for value in side.usd:
        step = int(math.log(value) / _STEP)
        for giver in _givers(side):
            yield from (("dollars", giver, country, step + off) for off in ((0,) if whole else (-1, 0, 1)) for country in side.countries)


def _words(side: Side, *, whole: bool) -> Iterator[Hashable]:
    """Pairs of telling words of the title; all of an activity's that are few enough, the rarest of a flow."""
    words = sorted(side.words, key=lambda word: (-weight(word), word))[: _RARE * 2 if whole else _RARE]
    yield from (("words", *sorted(pair)) for pair in combinations(words, 2))
