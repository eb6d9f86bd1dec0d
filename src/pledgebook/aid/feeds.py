"""Which snapshots follow each other: those of one feed, told by the activities they share and never by the name of a file."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec


class Taken(msgspec.Struct, frozen=True):
    """A snapshot: the name of its part, when it was taken (ISO 8601, a day or a time), and the feed that a person named."""

    key: str
    instant: str
    feed: str | None = None


class Placed(msgspec.Struct, frozen=True):
    """A snapshot with the feed it belongs to, the snapshot before it there, and how many activities the two share."""

    key: str
    instant: str
    feed: str
    before: str | None
    shared: int


def feeds(snapshots: Sequence[Taken], activities: Callable[[str], Iterable[str | None]]) -> list[Placed]:
    """Every snapshot with its feed, in the order of time; the order in which they were taken in does not matter.

    A snapshot follows the feed whose last state, at an earlier time, shares at least half of the activities of the smaller of the two;
    of several the one that shares most. Otherwise it begins a feed, which is called by its key. What a person named goes before.
    """
    made: list[Placed] = []
    last: dict[str, tuple[str, str, frozenset[str]]] = {}
    holders: dict[str, set[str]] = {}
    for one in sorted(snapshots, key=lambda taken: (taken.instant, taken.key)):
        names = frozenset(name for name in activities(one.key) if name is not None)
        feed, shared = (one.feed, 0) if one.feed else _followed(one.instant, names, last, holders)
        feed = feed or one.key
        before = last.get(feed)
        if before is not None:
            shared = len(names & before[2])
            for name in before[2]:
                holders[name].discard(feed)
        made.append(Placed(key=one.key, instant=one.instant, feed=feed, before=before[0] if before else None, shared=shared))
        last[feed] = (one.key, one.instant, names)
        for name in names:
            holders.setdefault(name, set()).add(feed)
    return made


def _followed(
    instant: str, names: frozenset[str], last: dict[str, tuple[str, str, frozenset[str]]], holders: dict[str, set[str]]
) -> tuple[str | None, int]:
    """The feed that a snapshot follows, and how many activities they share."""
    shared = Counter(feed for name in names for feed in holders.get(name, ()))
    fitting = [
        (count, feed)
        for feed, count in shared.items()
        if is_before(last[feed][1], instant) and 2 * count >= min(len(names), len(last[feed][2]))
    ]
    count, feed = max(fitting, default=(0, None), key=lambda found: (found[0], found[1] or ""))
    return feed, count


def is_before(one: str, other: str) -> bool:
    """Whether a time is surely before another: of a day and a time in it nobody knows."""
    size = min(len(one), len(other))
    return one[:size] < other[:size]
