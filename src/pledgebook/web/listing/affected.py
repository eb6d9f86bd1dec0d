"""Which promises may stand otherwise since a listing was made, told from the log: so that a decision shows at once."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from sqlalchemy import Connection, select

from pledgebook.book.log import entries, numbers_after
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import bearing, claim, crossing, decision, document, meeting, mention
from pledgebook.web.listing.entries import Listed
from pledgebook.web.listing.listing import Listing

_BESIDE = ("link", "unlink", "dispute", "note", "watch")
#: Entries, and promises, up to which single promises are told anew; above that the whole listing is built.
MOST_ENTRIES, MOST_PROMISES = 300, 1_000
#: Kinds of entries of which `concerned` tells what they change; they change nothing else.
KNOWN_KINDS = frozenset({"decision", "document", "release", "coding"})
#: Decisions after which a claim may bear on less.
_TAKES_AWAY = frozenset({"reject", "correct", "undo", "add"})
#: Decisions that change nothing of what gathers promises. One that accepts a claim may bring it back.
_GATHERS_AS_BEFORE = frozenset({("accept", "commitment"), *((kind, of) for kind in _BESIDE for of in ("commitment", "claim"))})
_NAMED = select(decision.c.about, decision.c.of, decision.c.sha256, decision.c.kind)
_LINKING = select(decision.c.seq).where(decision.c.role == "other", decision.c.kind == "link")
_TARGETS = select(decision.c.about).where(decision.c.role == "target")
_KINDS = select(decision.c.kind, decision.c.of)
_DOCUMENTS = select(document.c.id)
_MENTIONS = select(mention.c.id)
_CLAIMS = select(claim.c.id)
_CROSSINGS = select(crossing.c.key)
_UNDER = select(meeting.c.id).where(meeting.c.of != "c")
_BORNE_ON = select(bearing.c.mention)
_PROMISES = select(mention.c.promise)


def affected(connection: Connection, listing: Listing) -> set[str] | None:
    """The ids of these promises, those that are gone among them; None where everything may have changed."""
    later = numbers_after(connection, listing.stamp.entries, KNOWN_KINDS, MOST_ENTRIES)
    promises = concerned(connection, later, listing) if later is not None else None
    return promises if promises is not None and len(promises) <= MOST_PROMISES else None


class Earlier(Protocol):
    """What knows which mentions promises had before."""

    def listing_of(self, mentions: Iterable[str]) -> set[str]:
        """The promises that these commitments mentioned."""

    def mentions_of(self, promises: Iterable[str]) -> set[str]:
        """The commitments that mentioned these promises."""

    def resting_on(self, claims: Iterable[str], documents: Iterable[str]) -> set[str]:
        """The promises on which these claims, which stand in these documents, bore."""


def concerned(connection: Connection, seqs: Sequence[int], earlier: Earlier) -> set[str]:
    """The ids of the promises that these decisions and documents of the log concern, as they are and as they were.

    Among them are those under keys that became crowded with them, or are so no longer.
    """
    named = list(in_batches(connection, _NAMED, decision.c.seq, seqs))
    about = {row.about for row in named if row.about}
    added = [row.id for row in in_batches(connection, _DOCUMENTS, document.c.seq, seqs)]
    commitments = about | {row.id for row in in_batches(connection, _MENTIONS, mention.c.document, added)}
    claims = about | {row.id for row in in_batches(connection, _CLAIMS, claim.c.document, added)}
    crossings = {row.key for row in in_batches(connection, _CROSSINGS, crossing.c.seq, seqs)}
    commitments |= {row.id for row in in_batches(connection, _UNDER, meeting.c.key, crossings)}
    commitments |= {row.mention for row in in_batches(connection, _BORNE_ON, bearing.c.claim, claims)}
    linking = {row.seq for row in in_batches(connection, _LINKING, decision.c.about, claims)}
    commitments |= {row.about for row in in_batches(connection, _TARGETS, decision.c.seq, linking)}
    promises = _promises_of(connection, commitments) | earlier.listing_of(commitments)
    # A claim that counts no more bears on nothing now.
    told_in = {row.sha256 for row in named if row.of == "claim" and row.kind in _TAKES_AWAY}
    promises |= earlier.resting_on(claims, {row.id for row in in_batches(connection, _DOCUMENTS, document.c.sha256, told_in)})
    # What parts from a promise, or joins one, changes those that it was and is with, and what they part from or join.
    more = promises
    while more:
        members = {row.id for row in in_batches(connection, _MENTIONS, mention.c.promise, more)} | earlier.mentions_of(more)
        more = (_promises_of(connection, members) | earlier.listing_of(members)) - promises
        promises |= more
    return promises


def gathers_otherwise(connection: Connection, listing: Listing, asked: set[str], news: Sequence[Listed]) -> bool:
    """Whether plans, campaigns and instruments may be others now: the promises `asked` for, told by `news`, or their mentions are."""
    ids = sorted(asked)
    if {one.id for one in news} != set(listing.places(ids)) or {name for one in news for name in one.mentions} != listing.mentions_of(ids):
        return True
    later = list(entries(connection, after=listing.stamp.entries))
    told = in_batches(connection, _KINDS, decision.c.seq, [entry.seq for entry in later])
    return any(entry.kind == "document" for entry in later) or any((row.kind, row.of) not in _GATHERS_AS_BEFORE for row in told)


def _promises_of(connection: Connection, commitments: Iterable[str]) -> set[str]:
    return {row.promise for row in in_batches(connection, _PROMISES, mention.c.id, commitments)}
