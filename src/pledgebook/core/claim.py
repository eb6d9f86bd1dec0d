"""What a document reports became of a promise: done, slipped, cancelled, handed over; with the words that prove it."""

from typing import Literal

import msgspec

from pledgebook.core.commitment import Amount
from pledgebook.core.found import Speech

#: What a claim says happened. "remains" is a fact left over ("about 2,500 troops remain"); "not-done" a denial ("has yet to deliver").
Effect = Literal[
    "completed", "delivered", "begun", "formalised", "funded", "handed-over", "remains", "slipped", "not-done", "cancelled", "reversed"
]
#: How the source knows: an actor said it, a journalist or other outsider reported it, a register recorded it, an auditor checked it.
Authority = Literal["said", "reported", "recorded", "audited"]


class ProgressClaim(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One passage that tells what became of something promised. `quote` is `document.text[start:end]`.

    `actors` are canonical names of who did it, or failed to (empty if not told); `action` the words of the quote that name what
    happened; `happened` the EDTF date of the event where told, `moved_to` the new EDTF date of something postponed or brought
    forward. `hedged` is true where the source itself does not vouch for it ("reportedly", "nearly completed"). `part` is true where
    only a part is told to be done ("the first tranche", "some of the bases"). `authority` is how the source knows.
    """

    id: str
    quote: str
    start: int
    end: int
    actors: tuple[str, ...]
    speaker: str | None
    speech: Speech
    action: str
    effect: Effect
    amounts: tuple[Amount, ...]
    happened: str | None
    moved_to: str | None
    countries: tuple[str, ...]
    authority: Authority
    hedged: bool
    part: bool
    confidence: float
    because: tuple[str, ...]
