"""What is computed from mentions and claims, kept up with them: keys, pairs, promises, and which claims bear on which mentions.

`refresh` does for a few changed ids what a rebuild does for all, and comes to the same: every step asks what is there, never what came first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from hashlib import blake2b

import msgspec
from sqlalchemy import Connection, bindparam, func, select, update

from pledgebook.book.decided import wishes
from pledgebook.book.log import size_and_head
from pledgebook.book.mentions import mentions_now, told_claims
from pledgebook.book.sql import delete_where, in_batches, insert_all
from pledgebook.book.tables import bearing, crossing, meeting, mention, pair
from pledgebook.core.promise import Mention
from pledgebook.joining.features import Features
from pledgebook.joining.grouping import Pair, Wishes, components, group, pair_of
from pledgebook.joining.history import features_of_mention
from pledgebook.joining.join import match
from pledgebook.joining.keys import CROWD, keys_of
from pledgebook.linking.bearing import Told, bear
from pledgebook.linking.keys import claim_keys, mention_keys

PROMISE = "p-"
_PROMISES = select(mention.c.promise)
_MEMBERS = select(mention.c.id)
_PROMISE_OF = select(mention.c.id, mention.c.promise)
_BODIES = select(mention.c.id, mention.c.body)
_KEYS = select(meeting)
_SIZES = select(meeting.c.key, meeting.c.of, func.count().label("size")).group_by(meeting.c.key, meeting.c.of)
#: Of mentions for joining, of mentions for linking, and of claims: who has which key.
_HAVING = {of: select(meeting.c.key, meeting.c.id).where(meeting.c.of == of) for of in "mlc"}
_PAIRS = select(pair)
_REWRITE = update(mention).where(mention.c.id == bindparam("one")).values(body=bindparam("text"))
_MOVE = update(mention).where(mention.c.id == bindparam("one")).values(promise=bindparam("name"))


class Index:
    """One refresh: what has been looked up in it is not looked up again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._mentions: dict[str, Mention] = {}
        self._features: dict[str, Features] = {}
        self._claims: dict[str, Told] = {}

    def refresh(self, commitments: Iterable[str], claims: Iterable[str] = (), *, reviewed: Iterable[str] = ()) -> None:
        """Bring all that is computed up to date after a change of these commitments and claims (new, decided about, or gone).

        Of the commitments in `reviewed` nobody said with which others they are one promise: where their words count as before, nothing else changes.
        """
        changed = mentions_now(self._connection, commitments)
        told = told_claims(self._connection, claims)
        for one in self._reviewed_alone(changed, reviewed):
            del changed[one]
        if not changed and not told:
            return
        self._mentions.update({one: found for one, found in changed.items() if found is not None})
        self._claims.update({one: found for one, found in told.items() if found is not None})
        companions = self._companions(changed)
        dirty, dirty_claims = self._write(changed, told)
        gone = {one for one, found in changed.items() if found is None}
        self._regroup((self._pair(dirty - gone, gone) | set(changed) | companions) - gone)
        self._bear(dirty - gone, gone, dirty_claims, {one for one, found in told.items() if found is None})

    def _reviewed_alone(self, changed: Mapping[str, Mention | None], reviewed: Iterable[str]) -> list[str]:
        """Write down how those were reviewed of which all else is as it was; which these are."""
        alone = []
        for row in in_batches(self._connection, _BODIES, mention.c.id, reviewed):
            now = changed.get(row.id)
            if now is not None and msgspec.structs.replace(msgspec.json.decode(row.body, type=Mention), review=now.review) == now:
                alone.append({"one": row.id, "text": _body(now)})
        if alone:
            self._connection.execute(_REWRITE, alone)
        return [one["one"] for one in alone]

    def _companions(self, changed: Iterable[str]) -> set[str]:
        """All mentions of the promises that these commitments mention: one that goes may have held the others together."""
        promises = [row.promise for row in in_batches(self._connection, _PROMISES, mention.c.id, changed)]
        return {row.id for row in in_batches(self._connection, _MEMBERS, mention.c.promise, promises)}

    def _write(self, changed: Mapping[str, Mention | None], told: Mapping[str, Told | None]) -> tuple[set[str], set[str]]:
        """Write mentions and keys; the mentions and claims whose pairs may have changed: these, and all under a key that has become, or is no longer, crowded."""
        connection = self._connection
        known = {row.id: row.promise for row in in_batches(connection, _PROMISE_OF, mention.c.id, changed)}
        ids = [*changed, *told]
        before = Counter((row.key, row.of) for row in in_batches(connection, _KEYS, meeting.c.id, ids))
        delete_where(connection, meeting, meeting.c.id, ids)
        delete_where(connection, mention, mention.c.id, changed)
        rows = [_row(one, found, known.get(one, PROMISE + one)) for one, found in changed.items() if found is not None]
        insert_all(connection, mention, rows)
        keys = sorted({(number_of(key), of, one) for one, of, key in self._keys(changed, told)})
        crossed = self._crossed(before, Counter((key, of) for key, of, _ in keys))
        insert_all(connection, meeting, ({"key": key, "of": of, "id": one} for key, of, one in keys))
        if crossed:
            now, _ = size_and_head(connection)
            insert_all(connection, crossing, [{"seq": now, "key": key} for key in sorted(crossed)])
        touched = list(in_batches(connection, _KEYS, meeting.c.key, crossed))
        dirty = set(changed) | {row.id for row in touched if row.of != "c"}
        return dirty, set(told) | {row.id for row in touched if row.of == "c"}

    def _keys(self, changed: Mapping[str, Mention | None], told: Mapping[str, Told | None]) -> Iterable[tuple[str, str, str]]:
        for one, found in changed.items():
            if found is not None:
                features = self._feature(one)
                yield from ((one, "m", key) for key in keys_of(features))
                yield from ((one, "l", key) for key in mention_keys(found, features))
        for one, claim in told.items():
            if claim is not None:
                yield from ((one, "c", key) for key in claim_keys(claim))

    def _crossed(self, before: Counter[tuple[int, str]], after: Counter[tuple[int, str]]) -> set[int]:
        """The keys under which some met that do so no longer, or the other way round. Called between the deletion of old keys and the insertion of new ones."""
        moved = {key for key, of in before.keys() | after.keys() if before[key, of] != after[key, of]}
        others = self._sizes(moved)

        def live(own: Counter[tuple[int, str]]) -> set[int]:
            return {key for key in moved if all(others[key, of] + own[key, of] <= CROWD for of in _HAVING)}

        return live(before) ^ live(after)

    def _sizes(self, keys: Iterable[int]) -> Counter[tuple[int, str]]:
        return Counter({(row.key, row.of): row.size for row in in_batches(self._connection, _SIZES, meeting.c.key, keys)})

    def _pair(self, dirty: set[str], gone: set[str]) -> set[str]:
        """Pair the dirty mentions anew; every mention whose group may change by it."""
        connection = self._connection
        lost: set[str] = set()
        for column in (pair.c.low, pair.c.high):
            lost.update(one for row in in_batches(connection, _PAIRS, column, dirty | gone) for one in (row.low, row.high))
            delete_where(connection, pair, column, dirty | gone)
        found: dict[Pair, float] = {}
        met = self._meeting(dirty, "m", "m")
        self._load(set(met) | {other for others in met.values() for other in others})
        for one, others in met.items():
            for other in others:
                key = pair_of(one, other)
                if key not in found and (score := match(self._feature(one), self._feature(other))) is not None:
                    found[key] = score
        insert_all(connection, pair, [{"low": low, "high": high, "score": score} for (low, high), score in sorted(found.items())])
        return dirty | lost | {one for key in found for one in key}

    def _meeting(self, ids: Iterable[str], of: str, other: str) -> dict[str, set[str]]:
        """For each of `ids` (of kind `of`) those of kind `other` that share a key with it which is not crowded."""
        having: dict[int, set[str]] = defaultdict(set)
        for row in in_batches(self._connection, _HAVING[of], meeting.c.id, ids):
            having[row.key].add(row.id)
        sizes = self._sizes(having)
        live = [key for key in having if sizes[key, of] <= CROWD and sizes[key, other] <= CROWD]
        met: dict[str, set[str]] = defaultdict(set)
        for row in in_batches(self._connection, _HAVING[other], meeting.c.key, live):
            for one in having[row.key]:
                if one != row.id:
                    met[one].add(row.id)
        return met

    def _regroup(self, affected: set[str]) -> None:
        """Form the groups of every component that holds an affected mention, and write each mention's promise."""
        wished = wishes(self._connection)
        pairs, members = self._reach(affected, wished)
        self._load(members)
        present = {one for one in members if one in self._mentions}
        inside = {key: score for key, score in pairs.items() if key[0] in present and key[1] in present}
        tied = [*inside, *(key for key in wished.together if key[0] in present and key[1] in present)]
        of_component: dict[str, dict[Pair, float]] = defaultdict(dict)
        found = components(present, tied)
        head = {one: part[0] for part in found for one in part}
        for key, score in inside.items():
            of_component[head[key[0]]][key] = score
        promise = {
            one: PROMISE + made[0]
            for part in found
            for made in group({one: self._feature(one) for one in part}, of_component[part[0]], wished)
            for one in made
        }
        self._write_promises(promise)

    def _write_promises(self, promise: Mapping[str, str]) -> None:
        moved = [
            {"one": row.id, "name": promise[row.id]}
            for row in in_batches(self._connection, _PROMISE_OF, mention.c.id, promise)
            if row.promise != promise[row.id]
        ]
        if moved:
            self._connection.execute(_MOVE, moved)

    def _reach(self, start: set[str], wished: Wishes) -> tuple[dict[Pair, float], set[str]]:
        """All pairs of the components that hold a mention of `start`, and all mentions of these."""
        seen: set[str] = set()
        found: dict[Pair, float] = {}
        wanted: dict[str, set[str]] = defaultdict(set)
        for low, high in wished.together:
            wanted[low].add(high)
            wanted[high].add(low)
        front = set(start)
        while front:
            seen |= front
            reached: set[str] = {other for one in front for other in wanted.get(one, ())}
            for column in (pair.c.low, pair.c.high):
                for row in in_batches(self._connection, _PAIRS, column, front):
                    found[row.low, row.high] = row.score
                    reached |= {row.low, row.high}
            front = reached - seen
        return found, seen

    def _bear(self, dirty: set[str], gone: set[str], claims: set[str], gone_claims: set[str]) -> None:
        """Tie claims and mentions anew where either changed."""
        connection = self._connection
        delete_where(connection, bearing, bearing.c.mention, dirty | gone)
        delete_where(connection, bearing, bearing.c.claim, claims)
        wanted = {(claim, one) for claim, others in self._meeting(claims - gone_claims, "c", "l").items() for one in others}
        wanted |= {(claim, one) for one, others in self._meeting(dirty, "l", "c").items() for claim in others}
        self._load({one for _, one in wanted})
        self._load_claims({claim for claim, _ in wanted})
        rows = []
        for claim, one in sorted(wanted):
            found = bear(self._claims[claim], self._mentions[one], self._feature(one))
            if found is not None:
                rows.append({"claim": claim, "mention": one, "score": found.score, "body": msgspec.json.encode(found).decode()})
        insert_all(connection, bearing, rows)

    def _load(self, ids: Iterable[str]) -> None:
        missing = [one for one in ids if one not in self._mentions]
        for row in in_batches(self._connection, _BODIES, mention.c.id, missing):
            self._mentions[row.id] = msgspec.json.decode(row.body, type=Mention)

    def _load_claims(self, ids: Iterable[str]) -> None:
        missing = [one for one in ids if one not in self._claims]
        self._claims.update({one: found for one, found in told_claims(self._connection, missing).items() if found is not None})

    def _feature(self, one: str) -> Features:
        if one not in self._features:
            self._features[one] = features_of_mention(self._mentions[one])
        return self._features[one]


def number_of(key: str) -> int:
    """A key as the 64-bit number that is stored: two keys of one number would only let two mentions be compared that need not be."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def _row(one: str, found: Mention, promise: str) -> dict[str, object]:
    return {"id": one, "document": found.document, "promise": promise, "known": found.known or "", "body": _body(found)}


def _body(found: Mention) -> str:
    return msgspec.json.encode(found).decode()
