"""Periods by which promises are chosen: from a year, month or day to another."""

import datetime
import re

import msgspec

from pledgebook.web.listing.entries import NO_DAY

#: The days of a promise that a period can be of, and what readers call them.
PERIODS = {"announced": "Announced", "due": "Due"}
#: A year, a month or a day, as JSON Schema writes it too.
DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_DATE = re.compile(DATE, re.ASCII)


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """From the first day of `first` to the last day of `last`, each a year, month or day (ISO 8601); empty: open on that side."""

    first: str = ""
    last: str = ""

    def numbers(self) -> tuple[int, int]:
        """Its days as numbers that sort (20261101), both of them within it. What has no day is in no period."""
        # The 99th of a month and the 99th month come after all days that there are.
        last = (self.last or "9999").replace("-", "").ljust(8, "9")
        return int(self.first.replace("-", "").ljust(8, "0")), min(int(last), NO_DAY - 1)


def period_of(first: str, last: str) -> Period | None:
    """The period between two dates as they were typed; None where both are empty. Raises ValueError for what is no date."""
    dates = first.strip(), last.strip()
    for text in dates:
        if text and not _is_date(text):
            raise ValueError(f"{text[:40]!r} is no year, month or day. Write it as 2026, 2026-11 or 2026-11-30.")
    return Period(first=dates[0], last=dates[1]) if any(dates) else None


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
    except ValueError:
        return False
    return True
