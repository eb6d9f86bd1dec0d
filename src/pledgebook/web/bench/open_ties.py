"""What waits at the linking bench: promises with money or claims on which nobody decided, held in memory and kept up with the log."""

import threading
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

import msgspec
from sqlalchemy import Connection, select

from pledgebook.book.decided import links, money_links
from pledgebook.book.log import numbers_after, size_and_head
from pledgebook.book.observation_ties import EVENTS
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import bearing, mention, meta, money_tie
from pledgebook.web.listing.affected import KNOWN_KINDS, concerned

#: Log entries up to which single promises are looked at again; above that all are.
_MOST = 1_000
_PROMISES = select(mention.c.id, mention.c.promise)
_MONEY = select(money_tie.c.mention, money_tie.c.item, money_tie.c.tie)
_CLAIMS = select(bearing.c.mention, bearing.c.claim, bearing.c.score)
#: The entries of the log, its head, and what is told of the book beside it: that money was tied, and when.
_State = tuple[int, str, tuple[tuple[str, str], ...]]


class _Score(msgspec.Struct, frozen=True):
    """The score of a tie, of which the rest is not looked at."""

    score: float


class Waiting(msgspec.Struct, frozen=True, order=True):
    """A promise, the least score of its open candidates, and how many these are. The least certain comes first."""

    least: float
    promise: str
    many: int


class OpenTies:
    """All that wait. Any number of threads may use it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, Waiting] = {}
        self._order: list[Waiting] = []
        #: All mentions of every promise: one to which nothing is tied may keep others apart.
        self._mentions: dict[str, list[str]] = {}
        self._promise_of: dict[str, str] = {}
        #: The promises to which an item or claim is, or lately was, tied.
        self._with: dict[str, set[str]] = {}
        self._at: _State = (-1, "", ())

    def keep_up(self, connection: Connection) -> None:
        """Bring them to the state of the book that a reading transaction sees; an older one than is known changes nothing."""
        with self._lock:
            told = tuple(sorted((row.key, row.value) for row in connection.execute(select(meta))))
            at = (*size_and_head(connection), told)
            if at == self._at or at[0] < self._at[0]:
                return
            touched = self._touched(connection) if told == self._at[2] else None
            found = _looked_up(connection, touched)  # before anything changes: a database may go away
            if touched is None:
                self._waiting, self._order, self._mentions, self._promise_of, self._with = {}, [], {}, {}, {}
            else:
                self._take_out(touched)
            for promise, ties in found.items():
                self._put(promise, ties)
            self._at = at

    def first(self, most: int) -> list[Waiting]:
        """So many of them, the least certain first."""
        with self._lock:
            return self._order[:most]

    def after(self, promise: str) -> str | None:
        """The promise after a given one; the first where that one waits no more, or is the last; None if there is no other."""
        with self._lock:
            here = self._waiting.get(promise)
            place = bisect_right(self._order, here) if here is not None else 0
            others = (one.promise for one in chain(self._order[place:], self._order[:place]))
            return next((one for one in others if one != promise), None)

    def _touched(self, connection: Connection) -> set[str] | None:
        """The promises that what came into the log since may concern, as they were and as they are; None where all may be concerned."""
        later = numbers_after(connection, self._at[0], KNOWN_KINDS | {"registry"}, _MOST) if self._at[0] >= 0 else None
        return concerned(connection, later, self) if later is not None else None

    def listing_of(self, mentions: Iterable[str]) -> set[str]:
        """The promises that these commitments mentioned."""
        return {self._promise_of[one] for one in mentions if one in self._promise_of}

    def mentions_of(self, promises: Iterable[str]) -> set[str]:
        """The commitments that mentioned these promises."""
        return {one for promise in promises for one in self._mentions.get(promise, ())}

    def resting_on(self, claims: Iterable[str], _documents: Iterable[str]) -> set[str]:
        """The promises to which one of these claims was tied."""
        return {promise for one in claims for promise in self._with.get(one, ())}

    def _take_out(self, promises: Collection[str]) -> None:
        for promise in promises:
            for one in self._mentions.pop(promise, ()):
                del self._promise_of[one]
            before = self._waiting.pop(promise, None)
            if before is not None:
                del self._order[bisect_left(self._order, before)]

    def _put(self, promise: str, ties: "_Ties") -> None:
        self._mentions[promise] = ties.mentions
        self._promise_of.update(dict.fromkeys(ties.mentions, promise))
        for other in ties.others:
            self._with.setdefault(other, set()).add(promise)
        if ties.open:
            self._waiting[promise] = Waiting(min(ties.open.values()), promise, len(ties.open))
            insort(self._order, self._waiting[promise])


class _Ties(msgspec.Struct):
    """The mentions of a promise, what is tied to them, and with which score that on which nobody decided."""

    mentions: list[str] = []
    others: set[str] = set()
    open: dict[str, float] = {}


def _looked_up(connection: Connection, promises: Collection[str] | None) -> dict[str, _Ties]:
    """What is tied to these promises, or to all."""
    rows = connection.execute(_PROMISES) if promises is None else in_batches(connection, _PROMISES, mention.c.promise, promises)
    promise_of = {row.id: row.promise for row in rows}
    of = None if promises is None else promise_of
    decided = {(promise_of.get(one), other) for one, other in (*money_links(connection, of), *links(connection, of))}
    found: dict[str, _Ties] = defaultdict(_Ties)
    for one, promise in promise_of.items():
        found[promise].mentions.append(one)
    for one, other, score in _ties(connection, of):
        if one not in promise_of:
            continue
        ties = found[promise_of[one]]
        ties.others.add(other)
        if (promise_of[one], other) not in decided:
            ties.open[other] = max(score, ties.open.get(other, 0.0))
    return found


def _ties(connection: Connection, mentions: Collection[str] | None) -> Iterator[tuple[str, str, float]]:
    """Mention, item or claim, and score, of what the machine has tied to these mentions, or to any."""
    for row in connection.execute(_MONEY) if mentions is None else in_batches(connection, _MONEY, money_tie.c.mention, mentions):
        if not row.item.startswith(EVENTS):  # what is watched for a promise is no candidate
            yield row.mention, row.item, msgspec.json.decode(row.tie, type=_Score).score
    for row in connection.execute(_CLAIMS) if mentions is None else in_batches(connection, _CLAIMS, bearing.c.mention, mentions):
        yield row.mention, row.claim, row.score
