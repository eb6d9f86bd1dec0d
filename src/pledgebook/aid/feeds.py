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
    """A snapshot with the feed it belongs to, the snapshot before it there, and how many activities the two share.

    `beside` is the feed that has most of its activities too, where it was not taken to follow that one, and `shared` then how many.
    """

    key: str
    instant: str
    feed: str
    before: str | None
    shared: int
    beside: str | None = None


def feeds(snapshots: Sequence[Taken], activities: Callable[[str], Iterable[str | None]]) -> list[Placed]:
    """Every snapshot with its feed, in the order of time; the order in which they were taken in does not matter.

    A snapshot follows the feed of which it still has at least half of the activities that the feed's last state, at an earlier time, had; of
    several the one with which it shares most. So a small file never closes the many activities of a large one that it repeats a part of.
    Otherwise it begins a feed, which is called by its key. What a person named goes before.
    """
    made: list[Placed] = []
    last = _Last()
    for one in sorted(snapshots, key=lambda taken: (taken.instant, taken.key)):
        names = frozenset(name for name in activities(one.key) if name is not None)
        common = last.shared_with(names)
        feed = one.feed or last.followed(one.instant, common) or one.key
        before = last.states.get(feed)
        shared, beside = (len(names & before.names), None) if before else max(((n, of) for of, n in common.items()), default=(0, None))
        made.append(Placed(one.key, one.instant, feed, before.key if before else None, shared, beside))
        last.put(feed, _State(one.key, one.instant, names))
    return made


class _State(msgspec.Struct, frozen=True):
    """A snapshot and the activities it names."""

    key: str
    instant: str
    names: frozenset[str]


class _Last:
    """The last state of every feed so far, and which feeds have an activity in theirs."""

    def __init__(self) -> None:
        self.states: dict[str, _State] = {}
        self._holders: dict[str, set[str]] = {}

    def put(self, feed: str, state: _State) -> None:
        for name in self.states[feed].names if feed in self.states else ():
            self._holders[name].discard(feed)
        for name in state.names:
            self._holders.setdefault(name, set()).add(feed)
        self.states[feed] = state

    def shared_with(self, names: frozenset[str]) -> Counter[str]:
        """How many of the activities each feed has."""
        return Counter(feed for name in names for feed in self._holders.get(name, ()))

    def followed(self, instant: str, common: Counter[str]) -> str | None:
        """The feed that a snapshot of that time follows."""
        fitting = [
            (count, feed)
            for feed, count in common.items()
            if is_before(self.states[feed].instant, instant) and 2 * count >= len(self.states[feed].names)
        ]
        return max(fitting)[1] if fitting else None


def is_before(one: str, other: str) -> bool:
    """Whether a time is surely before another: of a day and a time in it nobody knows."""
    size = min(len(one), len(other))
    return one[:size] < other[:size]
