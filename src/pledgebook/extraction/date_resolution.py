"""From the groups of a matched rule to its EDTF value; None where the words turn out to be no date."""

import datetime
import re

from pledgebook.extraction import date_calendar as cal
from pledgebook.extraction.date_anchor import Anchor
from pledgebook.extraction.date_relative import steps
from pledgebook.extraction.date_words import (
    CENTURIES,
    CLIMATE_CONFERENCES,
    DECADES,
    FIXED_HOLIDAYS,
    MOVING_HOLIDAYS,
    ORDINALS,
    SEASONS,
    month_number,
    number,
    squeezed,
)

Match = re.Match[str]
_TWELVE = 12


def _get(match: Match, *names: str) -> str | None:
    """The first of the groups that the rule has and that matched."""
    return next((match.group(n) for n in names if n in match.re.groupindex and match.group(n) is not None), None)


def _digits(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _year(match: Match, anchor: Anchor) -> int | None:
    """The year that the expression itself gives, in figures or as "next year"."""
    written = _get(match, "year", "year2", "lead")
    if written is not None:
        return cal.full_year(written, anchor)
    which = _get(match, "which")
    return anchor.day.year + steps(which) if which is not None and anchor.day is not None else None


def _gives_year(match: Match) -> bool:
    return _get(match, "year", "year2", "lead", "which") is not None


def iso(match: Match, _anchor: Anchor) -> str | None:
    """2026-05-03."""
    return cal.valid("-".join(match.group("year", "month", "day")))


def numeric(match: Match, anchor: Anchor) -> str | None:
    """5/3/2026: month first, as in the United States, unless only the other order is a date; with dots day first, as in Europe."""
    first, second, year = int(match.group("a")), int(match.group("b")), cal.full_year(match.group("year"), anchor)
    orders = [(first, second), (second, first)]
    if match.group("mark") == ".":
        orders.reverse()
    return next((value for month, day in orders if (value := cal.ymd(year, month, day))), None)


def numeric_short(match: Match, anchor: Anchor) -> str | None:
    """5/3 after a preposition of time."""
    month, day = int(match.group("a")), int(match.group("b"))
    if month > _TWELVE:
        month, day = day, month
    return cal.month_day(anchor, month, day) if 1 <= month <= _TWELVE and 1 <= day <= 31 else None


def day_in_month(match: Match, anchor: Anchor) -> str | None:
    """May 3; Monday, 3 May 2026; the 3rd of May next year."""
    month, day = month_number(_get(match, "month", "month2") or ""), _digits(_get(match, "day", "day2") or "")
    if _gives_year(match):
        return cal.ymd(_year(match, anchor), month, day)
    return cal.month_day(anchor, month, day)


def day_range(match: Match, anchor: Anchor) -> str | None:
    """May 3 to 5; 3-5 May 2026."""
    month, first, last = month_number(match.group("month")), _digits(match.group("day")), _digits(match.group("last"))
    year = _year(match, anchor) if _gives_year(match) else cal.day_year(anchor, month, first)
    low, high = cal.ymd(year, month, first), cal.ymd(year, month, last)
    return cal.valid(f"{low}/{high}") if low and high else None


def month(match: Match, anchor: Anchor) -> str | None:
    """September 2025; June last year."""
    return cal.ymd(_year(match, anchor), month_number(match.group("month")))


def relative_month(match: Match, anchor: Anchor) -> str | None:
    """Last June; this September."""
    wanted, by = month_number(match.group("month")), steps(match.group("which"))
    if anchor.day is None:
        return cal.ymd(None, wanted)
    offset = wanted - anchor.day.month
    if by < 0:
        offset -= _TWELVE if offset >= 0 else 0
    elif by > 0:
        offset += _TWELVE if offset <= 0 else 0
    return cal.ymd(*cal.shifted_month(anchor.day.year, anchor.day.month, offset))


def lone_month(match: Match, anchor: Anchor) -> str | None:
    """In September."""
    wanted = month_number(match.group("month"))
    return cal.ymd(cal.month_year(anchor, wanted), wanted)


def fixed_holiday(match: Match, anchor: Anchor) -> str | None:
    """Christmas Day; New Year's Eve 2025."""
    wanted, day = FIXED_HOLIDAYS[squeezed(match.group("name"))]
    return cal.ymd(_year(match, anchor), wanted, day) if _gives_year(match) else cal.month_day(anchor, wanted, day)


def _nearest_day(days: list[datetime.date], anchor: Anchor) -> str | None:
    if anchor.day is None:
        return "XXXX-XX-XX"
    published = anchor.day
    return min(days, key=lambda day: abs((day - published).days)).isoformat()


def _years_around(match: Match, anchor: Anchor) -> list[int]:
    year = _year(match, anchor)
    if year is not None:
        return [year]
    return [y for y in range(anchor.day.year - 1, anchor.day.year + 2) if 1 <= y < datetime.MAXYEAR] if anchor.day else []


def moving_holiday(match: Match, anchor: Anchor) -> str | None:
    """Labor Day; Thanksgiving 2025."""
    rule = MOVING_HOLIDAYS[squeezed(match.group("name"))]
    days = [cal.weekday_of_month(year, *rule) for year in _years_around(match, anchor)]
    return days[0].isoformat() if _gives_year(match) else _nearest_day(days, anchor)


def easter(match: Match, anchor: Anchor) -> str | None:
    """Easter; Good Friday."""
    shift = {"good friday": -2, "easter monday": 1}.get(squeezed(match.group("name")), 0)
    days = [cal.easter(year) + datetime.timedelta(days=shift) for year in _years_around(match, anchor)]
    return days[0].isoformat() if _gives_year(match) else _nearest_day(days, anchor)


def _season_code(match: Match) -> int:
    return SEASONS[match.group("season").casefold()]


def season(match: Match, anchor: Anchor) -> str | None:
    """Summer 2026."""
    return cal.valid(f"{_year(match, anchor):04d}-{_season_code(match)}")


def winter(match: Match, anchor: Anchor) -> str | None:
    """Winter 2021/2022: December to March, since one year alone would not say it."""
    first, last = cal.full_year(match.group("year"), anchor), match.group("last")
    end = int(last) if len(last) > 2 else first // 100 * 100 + int(last)
    return f"{first:04d}-12/{end:04d}-03" if end == first + 1 else None


def relative_season(match: Match, anchor: Anchor) -> str | None:
    """In words: this spring; last winter; in the summer."""
    code = _season_code(match)
    if anchor.day is None:
        return "XXXX"
    by = steps(match.group("which"))
    if squeezed(match.group("which")) == "the" and cal.season_now(anchor.day, code, 1) == anchor.day.year and anchor.lean < 0:
        by = -1
    elif squeezed(match.group("which")) == "the" and anchor.lean > 0:
        by = 1 if cal.season_now(anchor.day, code, -1) == anchor.day.year else 0
    return cal.valid(f"{cal.season_now(anchor.day, code, by):04d}-{code}")


def quarter(match: Match, anchor: Anchor) -> str | None:
    """The third quarter of 2026; Q3; without a year the one nearest to publication."""
    word = _get(match, "number", "number2") or ""
    which = int(word) if word.isdecimal() else ORDINALS[word.casefold()]
    if _gives_year(match):
        year = _year(match, anchor)
        return cal.quarter(year, which) if year is not None else "XXXX"
    if anchor.day is None:
        return "XXXX"
    year = cal.month_year(anchor, 3 * which - 1)
    return cal.quarter(year, which) if year is not None else None


def half(match: Match, anchor: Anchor) -> str | None:
    """The first half of 2026."""
    year = _year(match, anchor)
    if year is None:
        return "XXXX"
    return cal.half(year, 1 if match.group("number").casefold() in {"first", "1st"} else 2)


def first_months(match: Match, anchor: Anchor) -> str | None:
    """The first nine months of 2025."""
    count, year = number(match.group("count")), _year(match, anchor)
    return cal.valid(f"{year:04d}-01/{year:04d}-{count:02d}") if count and year and count <= _TWELVE else None


def fiscal(match: Match, anchor: Anchor) -> str | None:
    """FY 2023; fiscal year 2022."""
    first = cal.full_year(match.group("year"), anchor)
    last = match.group("last")
    if last is None:
        return cal.fiscal_year(first)
    end = cal.full_year(last, anchor) if len(last) > 2 else first // 100 * 100 + int(last)
    return cal.valid(f"{first - 1:04d}-10/{end:04d}-09")


def relative_fiscal(match: Match, anchor: Anchor) -> str | None:
    """The next fiscal year."""
    if anchor.day is None:
        return "XXXX"
    return cal.fiscal_year(cal.fiscal_year_of(anchor.day) + steps(match.group("which")))


def decade(match: Match, _anchor: Anchor) -> str | None:
    """The 1990s."""
    return cal.valid(f"{match.group('decade')}X")


def short_decade(match: Match, anchor: Anchor) -> str | None:
    """The '80s; the nineties."""
    written = match.group("short") or str(DECADES[squeezed(match.group("word"))])
    return cal.valid(f"{cal.full_year(written, anchor) // 10:03d}X") if (written := written.rjust(2, "0")) else None


def century(match: Match, _anchor: Anchor) -> str | None:
    """The 20th century."""
    word = match.group("word")
    ordinal = CENTURIES[squeezed(word)] if word else int(match.group("number"))
    return cal.valid(f"{ordinal - 1:02d}XX") if ordinal > 1 else None


def year_range(match: Match, _anchor: Anchor) -> str | None:
    """2021-2025; 2021/22."""
    first, last = int(match.group("first")), match.group("last")
    end = int(last) if len(last) > 2 else first // 100 * 100 + int(last)
    return cal.valid(f"{first:04d}/{end:04d}") if end > first else None


def year(match: Match, anchor: Anchor) -> str | None:
    """2026."""
    return cal.valid(f"{_year(match, anchor):04d}")


def conference(match: Match, _anchor: Anchor) -> str | None:
    """COP27: the month in which the parties to the climate convention meet."""
    return CLIMATE_CONFERENCES.get(int(match.group("number")))
