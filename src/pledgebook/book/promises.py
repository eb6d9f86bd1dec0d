"""Promises put together from the rows of a book."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, select

from pledgebook.book.decided import decisions_about, wishes
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import decision, mention
from pledgebook.core.decision import Decision
from pledgebook.core.promise import Dispute, Mention, Promise
from pledgebook.joining.compare import compare
from pledgebook.joining.compare import reasons as told_signs
from pledgebook.joining.grouping import Wishes, pair_of
from pledgebook.joining.history import features_of_mention, history_of, in_time

#: Reasons that are told for a promise, one for each mention that joined it, at most.
TOLD = 12
_MENTIONS = select(mention.c.promise, mention.c.body)
_AROUND = select(mention.c.id, mention.c.promise, mention.c.body)


def load_promises(connection: Connection, ids: Sequence[str] | None = None, *, reasons: bool = True) -> list[Promise]:
    """The promises of these ids, or all, in order of their ids; with `reasons` also why their mentions are held to be one (which takes longer)."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    rows = connection.execute(_MENTIONS) if ids is None else in_batches(connection, _MENTIONS, mention.c.promise, ids)
    for row in rows:
        mentions[row.promise].append(msgspec.json.decode(row.body, type=Mention))
    related = _Related(connection, mentions, everything=ids is None, reasons=reasons)
    return [related.promise(one, in_time(mentions[one]), reasons=reasons) for one in sorted(mentions)]


def mentions_in(connection: Connection, document: str) -> list[tuple[str, Mention]]:
    """Promise and mention of each commitment of a document that counts, in text order."""
    rows = in_batches(connection, _MENTIONS, mention.c.document, [document])
    found = [(row.promise, msgspec.json.decode(row.body, type=Mention)) for row in rows]
    return sorted(found, key=lambda one: (one[1].commitment.start, one[1].commitment.id))


class _Related:
    """What promises need to know of others, looked up for all at once."""

    def __init__(self, connection: Connection, mentions: Mapping[str, Sequence[Mention]], *, everything: bool, reasons: bool) -> None:
        own = {one.commitment.id for found in mentions.values() for one in found}
        self._connection = connection
        self._wishes = wishes(connection, None if everything else own) if reasons else Wishes(set(), set())
        self._decided = self._decisions(own, everything=everything)
        self._promise_of = {one.commitment.id: name for name, found in mentions.items() for one in found}
        self._parts: dict[str, set[str]] = defaultdict(set)
        self._relate([one for found in mentions.values() for one in found], everything=everything)

    def _decisions(self, own: set[str], *, everything: bool) -> dict[str, list[Decision]]:
        if everything:
            kinds = ("dispute", "note", "merge", "split")
            own = {row.about for row in self._connection.execute(select(decision.c.about).where(decision.c.kind.in_(kinds)))}
        return decisions_about(self._connection, own, ("dispute", "note", "merge", "split"))

    def _relate(self, mentions: Sequence[Mention], *, everything: bool) -> None:
        """Find the promise of every commitment that is a part or a total of one of these, in the same documents."""
        if not everything:
            documents = {one.document for one in mentions if one.commitment.part_of} | {
                one.document for one in mentions if one.commitment.amounts
            }
            around = list(in_batches(self._connection, _AROUND, mention.c.document, documents))
            self._promise_of.update({row.id: row.promise for row in around})
            mentions = [msgspec.json.decode(row.body, type=Mention) for row in around]
        for one in mentions:
            total = self._promise_of.get(one.commitment.part_of or "")
            part = self._promise_of.get(one.commitment.id)
            if total and part and total != part:
                self._parts[total].add(part)

    def promise(self, name: str, mentions: tuple[Mention, ...], *, reasons: bool) -> Promise:
        """The promise of that id with these mentions, given in time."""
        decided = [one for found in mentions for one in self._decided.get(found.commitment.id, ())]
        totals = {total for found in mentions if (total := self._promise_of.get(found.commitment.part_of or "")) and total != name}
        return Promise(
            id=name,
            mentions=mentions,
            history=history_of(mentions),
            joined=tuple(_joined(mentions, self._wishes)) if reasons else (),
            total=min(totals, default=None),
            parts=tuple(sorted(self._parts.get(name, ()))),
            disputes=tuple(
                Dispute(who=one.who or one.author, text=one.text or "", link=one.link, author=one.author, time=one.time)
                for one in decided
                if one.kind == "dispute"
            ),
            notes=tuple(f"{one.author}, {one.time}: {one.comment}" for one in decided if one.comment),
        )


def _joined(mentions: Sequence[Mention], wished: Wishes) -> Iterable[str]:
    """For each mention after the first, the one before it that it is most like, with the score and what speaks for it."""
    if len(mentions) < 2:
        return
    features = [features_of_mention(one) for one in mentions[: TOLD + 1]]
    for index in range(1, len(features)):
        one = mentions[index].commitment.id
        merged = [other.commitment.id for other in mentions if pair_of(one, other.commitment.id) in wished.together]
        if merged:
            yield f"{one} with {merged[0]}: joined by a person"
            continue
        compared = [(compare(features[index], features[earlier]), earlier) for earlier in range(index)]
        best, earlier = max(compared, key=lambda found: (found[0].score, -found[1]))
        change = f", a revision of {best.revised}" if best.revised else ""
        yield f"{one} with {mentions[earlier].commitment.id}: {best.score:.2f} ({', '.join(told_signs(best)[:5])}){change}"
