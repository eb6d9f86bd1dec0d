"""Values of expressions that only mean something beside the day of publication: "next year", "two weeks ago", "on Friday"."""

import re

from pledgebook.extraction import date_calendar as cal
from pledgebook.extraction.date_anchor import Anchor
from pledgebook.extraction.date_words import number, squeezed, weekday_number

Match = re.Match[str]
_DEICTIC = {"yesterday": -1, "last night": -1, "the day before yesterday": -2, "tomorrow": 1, "the day after tomorrow": 2}
_STEPS = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}


def steps(which: str) -> int:
    """-1, 0 or 1 for "last", "this", "next" and their kin."""
    return _STEPS.get(squeezed(which).split()[-1], 0)


def _unit(match: Match, group: str = "unit") -> str:
    """The unit as a singular noun in lower case."""
    word = squeezed(match.group(group))
    return "century" if word == "centuries" else word.removesuffix("s")


def _count(match: Match) -> tuple[int | None, bool]:
    """The larger of the numbers given and whether there are two ("two to three")."""
    groups = match.re.groupindex
    most = next((match.group(g) for g in ("most", "most2") if g in groups and match.group(g)), None)
    least = match.group("count") or None
    return (number(most), True) if most else (number(least) if least else None, False)


def deictic(match: Match, anchor: Anchor) -> str | None:
    """Today, tomorrow, last night."""
    if anchor.day is None:
        return "XXXX-XX-XX"
    return cal.day_text(cal.shifted_day(anchor.day, _DEICTIC.get(squeezed(match.group()), 0)))


def weekday(match: Match, anchor: Anchor) -> str | None:
    """A weekday alone: the one before publication, or after it in a clause about the future; the day itself if it is that weekday."""
    if anchor.day is None:
        return "XXXX-XX-XX"
    wanted = weekday_number(match.group("weekday"))
    back = (anchor.day.weekday() - wanted) % 7
    return cal.day_text(cal.shifted_day(anchor.day, (7 - back) % 7 if anchor.lean > 0 else -back))


def relative_weekday(match: Match, anchor: Anchor) -> str | None:
    """Last Friday: before publication; next Friday: after it; this Friday: in the same week."""
    if anchor.day is None:
        return "XXXX-XX-XX"
    wanted, by = weekday_number(match.group("weekday")), steps(match.group("which"))
    back = (anchor.day.weekday() - wanted) % 7
    if by < 0:
        return cal.day_text(cal.shifted_day(anchor.day, -(back or 7)))
    if by > 0:
        return cal.day_text(cal.shifted_day(anchor.day, 7 - back))
    return cal.day_text(cal.shifted_day(anchor.day, wanted - anchor.day.weekday()))


def ago(match: Match, anchor: Anchor) -> str | None:
    """Two years ago; 18 months ago."""
    count, between = _count(match)
    if anchor.day is None or count is None:
        return cal.unknown(_unit(match))
    value = cal.ahead(anchor.day, _unit(match), -count)
    return f"{value}?" if value and between and "/" not in value else value


def vague_ago(match: Match, anchor: Anchor) -> str | None:
    """Several years ago: somewhere in the units before publication."""
    return cal.vague_span(anchor.day, _unit(match), -1) if anchor.day else cal.unknown(_unit(match))


def from_now(match: Match, anchor: Anchor) -> str | None:
    """Ninety days from now."""
    count, between = _count(match)
    if anchor.day is None or count is None:
        return cal.unknown(_unit(match))
    value = cal.ahead(anchor.day, _unit(match), count)
    return f"{value}?" if value and between else value


def in_time(match: Match, anchor: Anchor) -> str | None:
    """In two weeks: a point in time only in a clause about the future ("built in two weeks" is a duration)."""
    return from_now(match, anchor) if anchor.lean > 0 else None


def within(match: Match, anchor: Anchor) -> str | None:
    """Within 90 days, unless the clause is about the past."""
    return from_now(match, anchor) if anchor.lean >= 0 else None


def span_ahead(match: Match, anchor: Anchor) -> str | None:
    """The next five years; the next several days."""
    unit = _unit(match)
    if anchor.day is None:
        return cal.unknown(unit)
    count, between = _count(match)
    if count is None:
        return cal.vague_span(anchor.day, unit, 1)
    value = cal.span(anchor.day, unit, count)
    return f"{value}?" if value and between else value


def vague_ahead(match: Match, anchor: Anchor) -> str | None:
    """The coming weeks; the days and weeks to come: the last unit named."""
    unit = _unit(match, "last") if match.group("last") else _unit(match)
    return cal.vague_span(anchor.day, unit, 1) if anchor.day else cal.unknown(unit)


def span_behind(match: Match, anchor: Anchor) -> str | None:
    """The past two months; the last few years."""
    unit = _unit(match)
    if anchor.day is None:
        return cal.unknown(unit)
    count, _ = _count(match)
    return cal.vague_span(anchor.day, unit, -1) if count is None else cal.span(anchor.day, unit, -count)


def coming_unit(match: Match, anchor: Anchor) -> str | None:
    """In the coming year: twelve months from publication."""
    return cal.span(anchor.day, _unit(match), 1) if anchor.day else cal.unknown(_unit(match))


def past_unit(match: Match, anchor: Anchor) -> str | None:
    """The past year: twelve months before publication."""
    return cal.span(anchor.day, _unit(match), -1) if anchor.day else cal.unknown(_unit(match))


def relative_unit(match: Match, anchor: Anchor) -> str | None:
    """Next year; this month; with an article ("over the next year") the time from publication."""
    unit, which = _unit(match), squeezed(match.group("which"))
    if anchor.day is None:
        return cal.unknown(unit)
    if which in {"the next", "the last", "the coming"} and unit != "weekend":
        return cal.span(anchor.day, unit, steps(which))
    return cal.unit_around(anchor.day, unit, steps(which))


def earlier_unit(match: Match, anchor: Anchor) -> str | None:
    """A year earlier: one unit before publication (the text's own point of comparison is not looked for)."""
    return cal.ahead(anchor.day, _unit(match), -1) if anchor.day else cal.unknown(_unit(match))


def the_unit(match: Match, anchor: Anchor) -> str | None:
    """The year, after "the end of" or "later in": the one of publication."""
    unit = squeezed(match.group("unit"))
    if anchor.day is None:
        return cal.unknown(unit)
    return cal.fiscal_year(cal.fiscal_year_of(anchor.day)) if unit == "fiscal year" else cal.unit_around(anchor.day, unit, 0)


def unit_end(match: Match, anchor: Anchor) -> str | None:
    """Year-end; month's end."""
    if anchor.day is None:
        return cal.unknown(squeezed(match.group("unit")))
    value = cal.unit_around(anchor.day, squeezed(match.group("unit")), 0)
    return value and (value.rpartition("/")[2] if "/" in value else f"{value}-12" if len(value) == 4 else value)
