"""Days in the book: the days an EDTF value can mean, and days told as ISO 8601. Remembered, since a book repeats the same few dates."""

import datetime
from functools import lru_cache

import msgspec

from pledgebook.core import edtf
from pledgebook.core.found import DateRole

#: Roles of a date by which something is to be done. A floor ("until at least", "not before") and a start are none.
DUE_ROLES: frozenset[DateRole | None] = frozenset({"due", "during", None})


class Days(msgspec.Struct, frozen=True):
    """The days a date can mean: `first` and `last` (None: open or unknown), from when it is at hand, and whether it is marked uncertain."""

    first: datetime.date | None
    last: datetime.date | None
    opens: datetime.date | None
    uncertain: bool


@lru_cache(maxsize=8192)
def days_of(value: str) -> Days | None:
    """The days of an EDTF value; None if it cannot be read. "../2025-09" is at hand from the first day of its last month."""
    parsed = edtf.parse_or_none(value)
    if parsed is None:
        return None
    at_hand = parsed.start if parsed.start is not None else parsed.end
    return Days(parsed.earliest(), parsed.latest(), at_hand.first() if at_hand is not None else None, parsed.is_uncertain)


@lru_cache(maxsize=8192)
def day_of(value: str | None) -> datetime.date | None:
    """The day of an ISO 8601 date or date-time; None if there is none or it cannot be read: then it counts as undated."""
    if value is None:
        return None
    try:
        return datetime.date.fromisoformat(value[:10])
    except ValueError:
        return None


def is_known(value: str | None, as_of: datetime.date) -> bool:
    """Whether something told on that day is known on `as_of`; False for what is undated."""
    day = day_of(value)
    return day is not None and day <= as_of
