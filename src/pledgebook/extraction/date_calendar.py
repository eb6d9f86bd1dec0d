"""Calendar arithmetic that ends in EDTF strings: units around a day, spans from a day, the nearest year of a month or day."""

import calendar
import datetime

from pledgebook.core import edtf
from pledgebook.extraction.date_anchor import Anchor
from pledgebook.extraction.date_words import SEASON_ENDS, SEASON_STARTS

_HALF_YEAR_MONTHS = 6
_FISCAL_START = 10
#: A lean overrules the nearest year only where that lies further off than this: "the talks held on 3 May will ..." is last week, not next year.
_CLEARLY_OFF_DAYS = 100
_CLEARLY_OFF_MONTHS = 3


def valid(value: str) -> str | None:
    """The value itself if it is valid EDTF, else None (30 February, a range that runs backwards)."""
    return value if edtf.is_valid(value) else None


def ymd(year: int | None, month: int, day: int | None = None) -> str | None:
    """A month or day; an unknown year is XXXX."""
    head = "XXXX" if year is None else f"{year:04d}"
    return valid(f"{head}-{month:02d}" if day is None else f"{head}-{month:02d}-{day:02d}")


def full_year(digits: str, anchor: Anchor) -> int:
    """A year of two digits ('25, FY25) in the century that brings it nearest to publication; of four as it is."""
    number = int(digits.strip("'\u2019"))
    if len(digits.strip("'\u2019")) > 2:
        return number
    around = anchor.day.year if anchor.day else 2000
    return min((century + number for century in (1800, 1900, 2000, 2100)), key=lambda year: abs(year - around))


def month_year(anchor: Anchor, month: int) -> int | None:
    """The year of a month that stands without one."""
    if anchor.day is None:
        return None
    offset = (month - anchor.day.month + _HALF_YEAR_MONTHS - 1) % 12 - (_HALF_YEAR_MONTHS - 1)
    if anchor.lean > 0 and offset < -_CLEARLY_OFF_MONTHS:
        offset += 12
    if anchor.lean < 0 and offset > _CLEARLY_OFF_MONTHS:
        offset -= 12
    return anchor.day.year + (anchor.day.month - 1 + offset) // 12


def day_year(anchor: Anchor, month: int, day: int) -> int | None:
    """The year of a day that stands without one."""
    if anchor.day is None:
        return None
    offsets = {}
    for year in range(anchor.day.year - 4, anchor.day.year + 5):
        if 0 < year <= datetime.MAXYEAR and day <= calendar.monthrange(year, month)[1]:
            offsets[year] = (datetime.date(year, month, day) - anchor.day).days
    if not offsets:
        return None
    nearest = min(offsets, key=lambda year: abs(offsets[year]))
    if anchor.lean * offsets[nearest] < -_CLEARLY_OFF_DAYS:
        sided = [year for year, days in offsets.items() if days * anchor.lean > 0]
        return min(sided, key=lambda year: abs(offsets[year]), default=nearest)
    return nearest


def month_day(anchor: Anchor, month: int, day: int) -> str | None:
    """A day without a year."""
    return ymd(day_year(anchor, month, day), month, day)


def shifted_month(year: int, month: int, by: int) -> tuple[int, int]:
    """Year and month `by` months later."""
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def shifted_day(day: datetime.date, days: int) -> datetime.date | None:
    """The day `days` later, or None beyond the calendar."""
    try:
        return day + datetime.timedelta(days=days)
    except OverflowError:
        return None


def day_text(day: datetime.date | None) -> str | None:
    """ISO 8601 of a day."""
    return day.isoformat() if day is not None else None


def span_text(first: datetime.date | None, last: datetime.date | None) -> str | None:
    """The interval between two days."""
    return f"{first.isoformat()}/{last.isoformat()}" if first is not None and last is not None else None


def week(day: datetime.date, by: int = 0) -> str | None:
    """The week of a day, `by` weeks later, Monday to Sunday (ISO 8601)."""
    monday = shifted_day(day, 7 * by - day.weekday())
    return span_text(monday, shifted_day(monday, 6)) if monday else None


def unit_around(day: datetime.date, unit: str, by: int) -> str | None:
    """The unit that holds `day`, moved by `by` units: "this month", "last year", "next quarter"."""
    if unit == "day":
        return day_text(shifted_day(day, by))
    if unit == "week":
        return week(day, by)
    if unit == "fortnight":
        return span_text(day, shifted_day(day, 14 * (by or 1)))
    if unit == "weekend":
        saturday = shifted_day(day, 5 - day.weekday() + 7 * by)
        return span_text(saturday, shifted_day(saturday, 1)) if saturday else None
    year, month = shifted_month(day.year, day.month, by if unit == "month" else 0)
    if unit == "month":
        return ymd(year, month)
    if unit == "quarter":
        year, month = shifted_month(day.year, (day.month - 1) // 3 * 3 + 1, 3 * by)
        return quarter(year, (month - 1) // 3 + 1)
    if unit == "decade":
        return valid(f"{day.year // 10 + by:03d}X")
    if unit == "century":
        return valid(f"{day.year // 100 + by:02d}XX")
    return valid(f"{day.year + by:04d}")


def unknown(unit: str) -> str:
    """A unit that cannot be resolved without a day of publication, as EDTF with unspecified digits."""
    return {"month": "XXXX-XX", "day": "XXXX-XX-XX", "week": "XXXX-XX-XX", "weekend": "XXXX-XX-XX"}.get(unit, "XXXX")


def quarter(year: int, number: int) -> str | None:
    """A quarter of the calendar year as an interval of months (EDTF has codes for quarters only at level 2)."""
    return valid(f"{year:04d}-{3 * number - 2:02d}/{year:04d}-{3 * number:02d}")


def half(year: int, number: int) -> str | None:
    """A half of the calendar year as an interval of months."""
    return valid(f"{year:04d}-{6 * number - 5:02d}/{year:04d}-{6 * number:02d}")


def fiscal_year(year: int) -> str | None:
    """The fiscal year of the government of the United States: October of the year before to September (31 U.S.C. 1102)."""
    return valid(f"{year - 1:04d}-10/{year:04d}-09")


def fiscal_year_of(day: datetime.date) -> int:
    """The fiscal year of the United States that holds a day."""
    return day.year + (day.month >= _FISCAL_START)


def season_now(day: datetime.date, season: int, by: int) -> int:
    """The year of "this" (0), "next" (1) or "last" (-1) spring, summer, autumn or winter; a winter bears the year in which it begins."""
    start = (day.year, SEASON_STARTS[season])
    now = (day.year, day.month)
    if season == 24 and day.month <= SEASON_ENDS[24]:
        return day.year - 1 + by
    ended = season != 24 and now > (day.year, SEASON_ENDS[season])
    if by < 0:
        return day.year if ended else day.year - 1
    if by > 0:
        return day.year + 1 if start <= now else day.year
    return day.year


def ahead(day: datetime.date, unit: str, count: int) -> str | None:
    """The point `count` units from a day (negative: before it), as exactly as people mean it: "two years ago" is a year."""
    if unit == "hour":
        return day_text(shifted_day(day, round(count / 24)))
    if unit in {"day", "fortnight"}:
        return day_text(shifted_day(day, count * (14 if unit == "fortnight" else 1)))
    if unit == "week":
        return day_text(shifted_day(day, 7 * count)) if count > 0 else week(day, count)
    if unit in {"month", "quarter"}:
        return ymd(*shifted_month(day.year, day.month, count * (3 if unit == "quarter" else 1)))
    year = day.year + count * {"year": 1, "decade": 10, "century": 100}[unit]
    return valid(f"{year:04d}") if 0 < year <= datetime.MAXYEAR else None


def span(day: datetime.date, unit: str, count: int) -> str | None:
    """The time from a day to `count` units later, or, with a negative count, from then to that day.

    In days where the unit is a day or a week, in months up to two years, in years beyond, as precise as such words are.
    """
    if unit in {"hour", "day", "week", "fortnight"}:
        days = {"hour": 0, "day": 1, "week": 7, "fortnight": 14}[unit] * count
        other = shifted_day(day, days or (1 if count > 0 else -1))
        return span_text(*sorted((day, other))) if other else None
    months = count * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    here, there = (day.year, day.month), shifted_month(day.year, day.month, months)
    if not 0 < there[0] <= datetime.MAXYEAR:
        return None
    low, high = sorted((here, there))
    if abs(months) > 24:
        return valid(f"{low[0]:04d}/{high[0]:04d}")
    return valid(f"{low[0]:04d}-{low[1]:02d}/{high[0]:04d}-{high[1]:02d}")


def vague_span(day: datetime.date, unit: str, sign: int) -> str | None:
    """Some units before or after a day, marked uncertain: days stay in the month they reach, weeks reach about three, months about three."""
    if unit in {"hour", "day"}:
        there = shifted_day(day, 4 * sign)
        return f"{there:%Y-%m}?" if there else None
    if unit in {"week", "fortnight"}:
        there = shifted_day(day, 20 * sign)
        return f"{there:%Y-%m}?" if there else None
    value = span(day, unit, {"month": 6, "quarter": 3}.get(unit, 5) * sign)
    return f"{value}?" if value and sign > 0 else value.replace("/", "?/") if value else None


def easter(year: int) -> datetime.date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm in Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * i) // 451
    month, day = divmod(h + i - 7 * m + 114, 31)
    return datetime.date(year, month, day + 1)


def weekday_of_month(year: int, month: int, weekday: int, which: int) -> datetime.date:
    """The `which`-th weekday of a month (-1: the last)."""
    days = [d for d in calendar.Calendar().itermonthdates(year, month) if d.month == month and d.weekday() == weekday]
    return days[which - 1 if which > 0 else which]
