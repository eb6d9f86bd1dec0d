"""What ties an item of money to a promise."""

from typing import Literal

import msgspec

from pledgebook.core.money import MoneyItem

#: From this score on a tie is held to be right without a person's word; what scores less is shown, and weighed in no assessment.
#: How it was chosen: docs/money-links.md. The same figure as `pledgebook.status.case.SURE_LINK`.
SURE = 0.75
#: Under this score a tie is not shown.
SHOWN = 0.5

#: What an item makes of the sum promised: it is the sum; a part of it; one of several that make it together; more than it; or it cannot be told.
AmountTie = Literal["exact", "part", "one of several that make the sum", "more", "unclear"]


class Tie(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """That an item may be money of a promise. `item` is its key, `moves` the ids of those of its sums that are meant.

    `score` is 0 to 1, `reasons` are sentences for people, `points` what each sign added. `together` are the keys of all items that make the sum
    with it, itself among them. `conflicts` forbid the tie: its score is 0 then.
    """

    item: str
    score: float
    reasons: tuple[str, ...]
    points: tuple[str, ...]
    amount: AmountTie
    moves: tuple[str, ...]
    together: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


def tie_by_person(item: MoneyItem) -> Tie:
    """The tie that a person's link makes where the machine has none: every sum of the item that counts."""
    moves = tuple(sorted(move.id for move in item.counted))
    return Tie(item=item.key, score=1.0, reasons=(), points=(), amount="unclear", moves=moves)
