"""Several items that make a sum together: groups that belong together by themselves first, then any few, with how likely chance would make them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

import msgspec

from pledgebook.linking.money.promised import Sum

#: What holds a group together that nothing does.
FEW_OF_ALL = "any few of them"
ONE_DAY, SOON = "all of one day", "within six weeks of the promise"
#: Items of which any few are tried, the greatest; and how many of them at most make a sum.
MOST, FEW = 8, 3
#: What a group is worth at most, by what holds it together: sums are round, and make round sums more often than chance would.
BY_CHOICE, FAR_IN_TIME, NEAR_IN_TIME = 0.4, 0.4, 0.9
#: Days that lie together.
TOGETHER = 45
#: A group has so many members at most: of more nobody can see that they belong together.
MEMBERS = 40


class Part(msgspec.Struct, frozen=True, order=True, gc=False):
    """An item that may be part of a sum: its key, value, the day of its first move, and the groups it belongs to by its own particulars."""

    key: str
    value: Decimal
    day: int
    groups: tuple[str, ...] = ()


class Group(msgspec.Struct, frozen=True, order=True, gc=False):
    """Items that make the sum: what holds them together, and how telling that is (0: chance makes as many, to 1)."""

    strength: float
    keys: tuple[str, ...]
    what: str
    value: Decimal


def groups_making(one: Sum, parts: Sequence[Part], announced: int) -> list[Group]:
    """All groups of two parts and more that make the sum, each once, the strongest first; `announced` is the day of the promise (ordinal)."""
    usable = sorted(part for part in parts if 0 < part.value <= one.high)
    tried: dict[tuple[Part, ...], str] = {}
    for what, members in [*_natural(usable, announced), *_few(usable)]:
        some = tuple(sorted(members))
        if _worth(what) > _worth(tried.get(some)):
            tried[some] = what
    values = [(what, _value(some)) for some, what in tried.items()]
    found: dict[tuple[str, ...], Group] = {}
    for (some, _), (what, value) in zip(tried.items(), values, strict=True):
        if one.low <= value <= one.high:
            group = _group(one, some, what, _strength(one, what, values))
            found[group.keys] = max(group, found.get(group.keys, group))
    return sorted((group for group in found.values() if group.strength > 0), key=lambda group: (-group.strength, group.keys))


def _group(one: Sum, some: Sequence[Part], what: str, strength: float) -> Group:
    """The group without its least members, where the sum is made without them too: nothing tells that they belong to it."""
    kept = sorted(some, key=lambda part: (-part.value, part.key))
    while _value(kept[:-1]) >= one.low:
        kept.pop()
    return Group(strength, tuple(sorted(part.key for part in kept)), what, _value(kept))


def _value(some: Sequence[Part]) -> Decimal:
    return sum((part.value for part in some), Decimal(0))


def _natural(parts: Sequence[Part], announced: int) -> Iterator[tuple[str, list[Part]]]:
    """What belongs together: all in the window, all within some weeks of the promise, all of one group, and of one group within those weeks."""
    near = [part for part in parts if abs(part.day - announced) <= TOGETHER]
    by_group: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        for name in (f"of {part.day}", *part.groups):
            by_group[name].append(part)
    yield from _of_some_size("all in its time", list(parts))
    yield from _of_some_size(f"all {SOON}", near)
    for name, members in sorted(by_group.items()):
        shown = ONE_DAY if name.startswith("of ") else name
        yield from _of_some_size(shown, members)
        if shown != ONE_DAY:
            yield from _of_some_size(f"{shown} {SOON}", [part for part in members if abs(part.day - announced) <= TOGETHER])


def _of_some_size(what: str, members: list[Part]) -> Iterator[tuple[str, list[Part]]]:
    if 2 <= len(members) <= MEMBERS:
        yield what, members


def _few(parts: Sequence[Part]) -> Iterator[tuple[str, list[Part]]]:
    greatest = sorted(parts, key=lambda part: (-part.value, part.key))[:MOST]
    for count in range(2, FEW + 1):
        yield from ((FEW_OF_ALL, list(some)) for some in combinations(greatest, count))


def _strength(one: Sum, what: str, tried: Sequence[tuple[str, Decimal]]) -> float:
    """1 less the number of groups of its sort (those that belong together, or any few) that would hit the sum by chance.

    That is how many come within a quarter of it, by the share that the sum's reach is of that stretch.
    """
    near = sum(1 for other, value in tried if (other == FEW_OF_ALL) == (what == FEW_OF_ALL) and abs(value - one.value) <= one.value / 4)
    width = float((one.high - one.low) / (one.value / 2))
    return round(max(0.0, 1.0 - near * width) * _worth(what), 4)


def _worth(what: str | None) -> float:
    if what is None:
        return 0.0
    if what == ONE_DAY:
        return 1.0
    if what.endswith(SOON):
        return NEAR_IN_TIME
    return BY_CHOICE if what == FEW_OF_ALL else FAR_IN_TIME
