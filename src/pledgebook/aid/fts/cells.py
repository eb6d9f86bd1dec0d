"""Reported text as decimals, days, numbers and truth; None for what is none of these."""

import datetime
import re
from decimal import ROUND_HALF_EVEN, Context, Decimal

_NUMBER = re.compile(r"[+-]?\d{1,40}(\.\d{1,60})?([eE][+-]?\d{1,3})?")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)([T ].{0,40})?")
_PLACES = Decimal(1).scaleb(-12)  # as in the tables
_LIMIT = Decimal(10) ** 25
_WIDE = Context(prec=60, rounding=ROUND_HALF_EVEN)


def decimal_of(text: str) -> tuple[Decimal, bool] | None:
    """The number with twelve places, and whether it had to be rounded to them. A comma may mean two things, so it is no number."""
    if not _NUMBER.fullmatch(text):
        return None
    value = Decimal(text)
    if abs(value) >= _LIMIT:
        return None
    kept = value.quantize(_PLACES, context=_WIDE)
    return kept, kept != value


def day_of(text: str) -> datetime.date | None:
    """The day of a date as 2022-03-02 or 2022-03-02T00:00:00Z."""
    found = _DAY.fullmatch(text)
    try:
        return datetime.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def truth_of(text: str) -> bool | None:
    """Truth from TRUE, true, FALSE, false."""
    return {"true": True, "false": False}.get(text.casefold())


def whole_of(text: str) -> int | None:
    """A whole number below ten digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
