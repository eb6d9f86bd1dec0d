"""The part of EDTF (ISO 8601-2:2019, levels 0 and 1) that the book writes: validity, and the days a value can mean.

2025  2025-09  2025-09-30     a year, a month, a day (level 0)
2026-22                       a season: 21 spring, 22 summer, 23 autumn, 24 winter (level 1)
202X  20XX                    a decade, a century (level 1, unspecified digits)
XXXX  XXXX-XX  XXXX-XX-XX     a year, month or day that the text does not fix (level 1)
XXXX-09  XXXX-05-03           a month or day of a year that the text does not fix (level 2, the only form beyond level 1)
2016-02?  2016~  2016%        uncertain, approximate, both (level 1)
2022/2024  ../2025-09  2026-09/..   intervals, closed and open (levels 0 and 1)
"""

import calendar
import datetime
import re
from typing import Literal

import msgspec

OPEN = ".."
Precision = Literal["day", "month", "season", "year", "decade", "century", "unknown"]

_DATE = re.compile(r"(\d{4}|\d{3}X|\d\dXX|XXXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([?~%]?)", re.ASCII)
#: The widest reading of a season on the northern half of the earth: from the first day of its first month (as meteorologists
#: count) to the last day before the next one begins (as astronomers count), so that nothing is called late too early.
_SEASONS = {21: ((3, 1), (6, 20)), 22: ((6, 1), (9, 22)), 23: ((9, 1), (12, 20)), 24: ((12, 1), (3, 19))}
_WINTER = 24


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One date without an interval: `year` has four characters, `X` where unspecified; `month` may be a season (21 to 24)."""

    year: str
    month: str | None = None
    day: str | None = None
    mark: str = ""

    @property
    def precision(self) -> Precision:
        """How much of the date is fixed."""
        if not self.year.isdigit():
            return {"XXXX": "unknown"}.get(self.year, "century" if self.year.endswith("XX") else "decade")  # type: ignore[return-value]
        if self.day is not None and self.day.isdigit():
            return "day"
        if self.month is None or not self.month.isdigit():
            return "year"
        return "season" if int(self.month) in _SEASONS else "month"

    def first(self) -> datetime.date | None:
        """The earliest day it can mean; None where the year is not known."""
        if self.year == "XXXX":
            return None
        year, month = int(self.year.replace("X", "0")), self._month()
        if month in _SEASONS:
            return datetime.date(max(year, 1), *_SEASONS[month][0])
        return datetime.date(max(year, 1), month or 1, self._day() or 1)

    def last(self) -> datetime.date | None:
        """The latest day it can mean; None where the year is not known."""
        if self.year == "XXXX":
            return None
        year, month = max(int(self.year.replace("X", "9")), 1), self._month()
        if month in _SEASONS:
            return datetime.date(min(year + (month == _WINTER), datetime.MAXYEAR), *_SEASONS[month][1])
        month = month or 12
        return datetime.date(year, month, self._day() or calendar.monthrange(year, month)[1])

    def _month(self) -> int | None:
        return int(self.month) if self.month is not None and self.month.isdigit() else None

    def _day(self) -> int | None:
        return int(self.day) if self.day is not None and self.day.isdigit() else None


class Edtf(msgspec.Struct, frozen=True, kw_only=True):
    """A parsed value. `start` or `end` is None where the interval is open; both are the same point where it is no interval."""

    start: Point | None
    end: Point | None
    is_interval: bool

    @property
    def is_uncertain(self) -> bool:
        """Whether either end is marked uncertain or approximate."""
        return any(point is not None and bool(point.mark) for point in (self.start, self.end))

    def earliest(self) -> datetime.date | None:
        """The earliest day the value can mean; None if it is open or unknown there."""
        return self.start.first() if self.start is not None else None

    def latest(self) -> datetime.date | None:
        """The latest day the value can mean, the last day on which a promise is not yet late; None if open or unknown there."""
        return self.end.last() if self.end is not None else None


def parse(value: str) -> Edtf:
    """The parsed value. Raises ValueError if `value` is not in the subset described above."""
    parsed = parse_or_none(value)
    if parsed is None:
        msg = f"not a date in the EDTF subset used here: {value!r}"
        raise ValueError(msg)
    return parsed


def parse_or_none(value: str) -> Edtf | None:
    """The parsed value, or None if `value` is not in the subset."""
    sides = value.split("/")
    if len(sides) == 1:
        point = _point(value)
        return Edtf(start=point, end=point, is_interval=False) if point is not None else None
    if len(sides) != 2 or sides == [OPEN, OPEN]:
        return None
    start, end = (None if side == OPEN else _point(side) for side in sides)
    if (start is None and sides[0] != OPEN) or (end is None and sides[1] != OPEN):
        return None
    if start is not None and end is not None and _runs_backwards(start, end):
        return None
    return Edtf(start=start, end=end, is_interval=True)


def is_valid(value: str) -> bool:
    """Whether `value` is in the subset of EDTF described above."""
    return parse_or_none(value) is not None


def is_interval(value: str) -> bool:
    """Whether `value` is an interval ("a/b", "../b", "a/.."). Raises ValueError if it is not valid."""
    return parse(value).is_interval


def earliest(value: str) -> datetime.date | None:
    """The earliest day `value` can mean; None if open or unknown there. Raises ValueError if it is not valid."""
    return parse(value).earliest()


def latest(value: str) -> datetime.date | None:
    """The latest day `value` can mean, None if open or unknown there. Raises ValueError if it is not valid."""
    return parse(value).latest()


def is_before(value: str, day: datetime.date) -> bool:
    """Whether all of `value` lies before `day`; False if that cannot be said (open or unknown end)."""
    end = latest(value)
    return end is not None and end < day


def is_after(value: str, day: datetime.date) -> bool:
    """Whether all of `value` lies after `day`; False if that cannot be said (open or unknown start)."""
    start = earliest(value)
    return start is not None and start > day


def overlap(left: str, right: str) -> bool:
    """Whether two values can mean the same day; an open or unknown end reaches as far as it can."""
    first, second = parse(left), parse(right)
    low = max(first.earliest() or datetime.date.min, second.earliest() or datetime.date.min)
    high = min(first.latest() or datetime.date.max, second.latest() or datetime.date.max)
    return low <= high


def _point(text: str) -> Point | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day, mark = match.groups()
    point = Point(year=year, month=month, day=day, mark=mark)
    return point if _is_calendar(point) else None


def _is_calendar(point: Point) -> bool:
    """Whether month and day exist, and no digit is fixed after one that is not (the month of an unknown year excepted)."""
    month, day = point.month, point.day
    if point.year == "0000" or (month is not None and "X" in point.year and point.year != "XXXX"):
        return False
    if month is None:
        return True
    if month == "XX":
        return day is None or day == "XX"
    number = int(month)
    if number in _SEASONS:
        return day is None
    if not 1 <= number <= 12:
        return False
    if day is None or day == "XX":
        return True
    year = int(point.year) if point.year.isdigit() else 2000  # a leap year: 29 February of an unknown year exists
    return 1 <= int(day) <= calendar.monthrange(year, number)[1]


def _runs_backwards(start: Point, end: Point) -> bool:
    first, last = start.first(), end.last()
    return first is not None and last is not None and first > last
