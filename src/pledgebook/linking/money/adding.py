"""Several items that make a sum together: groups that belong together by themselves first, then any few, with how likely chance would make them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

import msgspec

from pledgebook.linking.money.promised import Sum

#: Items of which any few are tried, the greatest; and how many of them at most make a sum.
MOST, FEW = 12, 4
#: Days that lie together.
TOGETHER = 45
#: A group has so many members at most: of more nobody can see that they belong together.
MEMBERS = 40
#: From so many groups on that chance would make, a group tells nothing.
CHANCE = 0.5


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
    tried: dict[tuple[str, ...], tuple[str, Decimal]] = {}
    for what, members in [*_natural(usable, announced), *_few(usable)]:
        keys = tuple(sorted(part.key for part in members))
        tried.setdefault(keys, (what, sum((part.value for part in members), Decimal(0))))
    chance = _by_chance(one, [value for _, value in tried.values()])
    found = [Group(_strength(what, *chance), keys, what, value) for keys, (what, value) in tried.items() if one.low <= value <= one.high]
    return sorted((group for group in found if group.strength > 0), key=lambda group: (-group.strength, group.keys))


def _natural(parts: Sequence[Part], announced: int) -> Iterator[tuple[str, list[Part]]]:
    """What belongs together: all in the window, all within some weeks of the promise, all of one group, and of one group within those weeks."""
    near = [part for part in parts if abs(part.day - announced) <= TOGETHER]
    by_group: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        for name in (f"of {part.day}", *part.groups):
            by_group[name].append(part)
    sets: Iterable[tuple[str, list[Part]]] = [("all in its time", list(parts)), ("all within six weeks of the promise", near)]
    for name, members in [*sets, *sorted(by_group.items())]:
        shown = "all of one day" if name.startswith("of ") else name
        for some in (members, [part for part in members if abs(part.day - announced) <= TOGETHER]):
            if 2 <= len(some) <= MEMBERS:
                yield shown, some


def _few(parts: Sequence[Part]) -> Iterator[tuple[str, list[Part]]]:
    greatest = sorted(parts, key=lambda part: (-part.value, part.key))[:MOST]
    for count in range(2, FEW + 1):
        yield from (("any few", list(some)) for some in combinations(greatest, count))


def _by_chance(one: Sum, values: Sequence[Decimal]) -> tuple[float, float]:
    """How many of the groups tried would hit the sum by chance: those within a quarter of it, by the share that the sum's reach is of that."""
    width = float(one.high - one.low) / (float(one.value) * 0.5) if one.value else 1.0
    near = sum(1 for value in values if abs(value - one.value) <= one.value / 4)
    return near * width, width


def _strength(what: str, chance: float, width: float) -> float:
    """What belongs together by itself is one guess of a handful; any few are as likely as their number makes them."""
    expected = chance if what == "any few" else min(width * 4, chance)
    return round(max(0.0, 1.0 - expected / CHANCE), 4)
