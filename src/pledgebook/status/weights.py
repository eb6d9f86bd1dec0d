"""How much a piece of evidence weighs, when it speaks of, and whether it speaks for or against. All numbers are in the two tables here."""

import datetime

from pledgebook.core.assessment import Evidence, Independence
from pledgebook.core.claim import Authority, Effect
from pledgebook.status.dates import day_of, days_of

#: The weight of evidence is the product of the two, halved if it is hedged; of equal products the more independent one weighs more.
#: So a promiser's own register (3) weighs less than an outsider's word (4), and no release of a promiser reaches an outsider's audit (16).
AUTHORITY: dict[Authority, int] = {"audited": 4, "recorded": 3, "reported": 2, "said": 1}
INDEPENDENCE: dict[Independence, int] = {"third-party": 4, "party": 3, "unknown": 2, "promiser": 1}

#: Effects by which something is done, at least in part.
DONE: frozenset[Effect] = frozenset({"completed", "delivered", "begun", "formalised", "funded", "handed-over"})
#: Effects by which it failed.
FAILED: frozenset[Effect] = frozenset({"not-done", "cancelled", "reversed"})

Weight = tuple[float, int]


def weight(one: Evidence, *, against: bool = False) -> Weight:
    """How much it weighs. What a promiser admits against itself weighs like an outsider's word."""
    independence = INDEPENDENCE["third-party" if against and one.independence == "promiser" else one.independence]
    return AUTHORITY[one.authority] * independence / (2 if one.hedged else 1), independence


def heaviest(evidence: list[Evidence], *, against: bool = False) -> Weight:
    """The weight of the heaviest; nothing weighs (0, 0)."""
    return max((weight(one, against=against) for one in evidence), default=(0.0, 0))


def spoken_of(one: Evidence) -> tuple[datetime.date, datetime.date]:
    """The first and last day it can speak of: when it happened, where told, but never after the day it was told; else that day.

    An event without a first day ("by September") may have happened at any time before.
    """
    known = day_of(one.known) or datetime.date.max
    days = days_of(one.happened) if one.happened else None
    if days is None or (days.first is None and days.last is None):
        return known, known
    first = min(days.first, known) if days.first is not None else datetime.date.min
    return first, min(days.last, known) if days.last is not None else known


def source_of(one: Evidence) -> str:
    """Who says so: speaker, else outlet."""
    return one.speaker or one.outlet or "a source without a name"


def sources_of(evidence: list[Evidence]) -> str:
    """Who says so, each once, in order."""
    return ", ".join(dict.fromkeys(source_of(one) for one in evidence))


def ids_of(evidence: list[Evidence]) -> tuple[str, ...]:
    """The ids, in order."""
    return tuple(one.id for one in evidence)
