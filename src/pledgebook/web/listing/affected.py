"""Which promises may stand otherwise since a listing was made, told from the log: so that a decision shows at once."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from pledgebook.book.log import entries
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import bearing, claim, decision, document, mention
from pledgebook.web.listing.entries import Listed
from pledgebook.web.listing.listing import Listing

_BESIDE = ("link", "unlink", "dispute", "note", "watch")
#: Entries, and promises, up to which single promises are told anew; above that the whole listing is built.
MOST_ENTRIES, MOST_PROMISES = 300, 1_000
_KNOWN_KINDS = frozenset({"decision", "document", "release"})
#: Decisions that change nothing of what gathers promises. One that accepts a claim may bring it back.
_GATHERS_AS_BEFORE = frozenset({("accept", "commitment"), *((kind, of) for kind in _BESIDE for of in ("commitment", "claim"))})


def affected(connection: Connection, listing: Listing) -> set[str] | None:
    """The ids of these promises, those that are gone among them; None where everything may have changed."""
    later = []
    for entry in entries(connection, after=listing.stamp.entries):
        later.append(entry)
        if len(later) > MOST_ENTRIES or entry.kind not in _KNOWN_KINDS:
            return None
    seqs = [entry.seq for entry in later]
    about = {row.about for row in in_batches(connection, select(decision.c.about), decision.c.seq, seqs) if row.about}
    added = [row.id for row in in_batches(connection, select(document.c.id), document.c.seq, seqs)]
    commitments = about | {row.id for row in in_batches(connection, select(mention.c.id), mention.c.document, added)}
    claims = about | {row.id for row in in_batches(connection, select(claim.c.id), claim.c.document, added)}
    commitments |= {row.mention for row in in_batches(connection, select(bearing.c.mention), bearing.c.claim, claims)}
    promises = _promises_of(connection, commitments) | listing.listing_of(sorted(commitments))
    # What parts from a promise, or joins one, changes those that it was and is with.
    members = {row.id for row in in_batches(connection, select(mention.c.id), mention.c.promise, promises)}
    members |= set(listing.mentions_of(sorted(promises)))
    promises |= _promises_of(connection, members) | listing.listing_of(sorted(members))
    return promises if len(promises) <= MOST_PROMISES else None


def gathers_otherwise(connection: Connection, listing: Listing, asked: set[str], news: Sequence[Listed]) -> bool:
    """Whether plans, campaigns and instruments may be others now: the promises `asked` for, told by `news`, or their mentions are."""
    ids = sorted(asked)
    if {one.id for one in news} != set(listing.places(ids)) or {name for one in news for name in one.mentions} != listing.mentions_of(ids):
        return True
    later = list(entries(connection, after=listing.stamp.entries))
    told = in_batches(connection, select(decision.c.kind, decision.c.of), decision.c.seq, [entry.seq for entry in later])
    return any(entry.kind != "decision" for entry in later) or any((row.kind, row.of) not in _GATHERS_AS_BEFORE for row in told)


def _promises_of(connection: Connection, commitments: Iterable[str]) -> set[str]:
    return {row.promise for row in in_batches(connection, select(mention.c.promise), mention.c.id, commitments)}
