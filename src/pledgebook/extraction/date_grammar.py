"""The grammar: each rule is a pattern of a bare date expression and the function that gives its EDTF value."""

import re
from collections.abc import Callable
from typing import NamedTuple

from pledgebook.extraction import date_guards as guards
from pledgebook.extraction import date_relative as relative
from pledgebook.extraction import date_resolution as resolve
from pledgebook.extraction.date_anchor import Anchor
from pledgebook.extraction.date_words import (
    CENTURIES,
    CLIMATE_CONFERENCES,
    DAY,
    DAYPART,
    DECADES,
    FIXED_HOLIDAYS,
    LONE_MONTH,
    MONTH,
    MOVING_HOLIDAYS,
    NUMBER,
    ORDINAL,
    SEASON,
    SHORT_YEAR,
    UNIT,
    UNITS,
    VAGUE_NUMBER,
    WEEKDAY,
    YEAR,
    expression,
    words,
)

Resolver = Callable[[re.Match[str], Anchor], str | None]
Guard = Callable[[str, re.Match[str]], bool]


class Rule(NamedTuple):
    """A name, a compiled pattern, its resolver, and the guard that refuses what only looks like it."""

    name: str
    pattern: re.Pattern[str]
    resolve: Resolver
    guard: Guard
    leans: bool


#: Rules whose value turns on whether the clause is about the future or the past.
_LEANING = {
    "month-day",
    "day-month",
    "day-range",
    "numeric-month-day",
    "lone-month",
    "quarter",
    "relative-season",
    "weekday",
    "within",
    "holiday",
}


def _rule(name: str, pattern: str, resolver: Resolver, guard: Guard = guards.always) -> Rule:
    compiled = re.compile(rf"(?<![\w$\u20ac\u00a3#@/])(?:{expression(pattern)})(?!\w)")
    return Rule(name, compiled, resolver, guard, name in _LEANING)


_ON_DAY = rf"(?:(?P<weekday>{WEEKDAY})\.?,? (?:the )?)?"
_IN_YEAR = rf"(?:,? (?:of )?(?P<year>{YEAR})|~,~(?P<year2>{YEAR})|,? (?:of )?(?P<which>(?i:this|last|next)) (?i:year))"
_CALENDAR = r"(?:(?i:calendar|academic|school) )?"
_OF_YEAR = rf"(?:(?:,? (?:of |in )?(?P<year>{YEAR}))|(?: of|,)? (?P<which>(?i:this|last|next|the)) {_CALENDAR}(?i:year))"
_AHEAD = r"(?i:next|coming|following|upcoming|ensuing)"
_BEHIND = r"(?i:last|past|previous|preceding)"
_ABOUT = rf"(?:(?i:{words('about', 'around', 'nearly', 'almost', 'roughly', 'some', 'more than', 'less than', 'over', 'just', 'at least', 'only')}) )?"
_MANY = rf"(?P<count>{NUMBER})(?: (?:(?i:to|or)) (?P<most>{NUMBER})|~@~(?P<most2>{NUMBER}))?"

RULES = (
    _rule("iso", r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?", resolve.iso),
    _rule("numeric", r"(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d)", resolve.numeric, guards.numeric),
    _rule("numeric-month-day", r"(?P<a>\d{1,2})/(?P<b>\d{1,2})", resolve.numeric_short, guards.after_date_preposition),
    _rule("day-month-year", rf"(?P<day>{DAY})[-/](?P<month>{MONTH})[-/](?P<year>{YEAR}|\d\d)", resolve.day_in_month),
    _rule("month-day-year", rf"(?P<month>{MONTH})[-/](?P<day>{DAY})[-/](?P<year>{YEAR})", resolve.day_in_month),
    _rule("year-month-day", rf"(?P<year>{YEAR})/(?:(?P<month>{MONTH})/(?P<day>{DAY})|(?P<day2>{DAY})/(?P<month2>{MONTH}))", resolve.day_in_month),
    _rule(
        "day-range",
        rf"{_ON_DAY}(?P<month>{MONTH}) (?P<day>{DAY})(?:~@~| (?i:to|through|thru|and|until) )(?:{WEEKDAY},? )?(?P<last>{DAY})(?! (?:{MONTH}))"
        rf"{_IN_YEAR}?", resolve.day_range, guards.day_range,
    ),
    _rule(
        "day-range",
        rf"(?:the )?(?P<day>{DAY})(?:~@~| (?i:to|through|and|until) )(?:the )?(?P<last>{DAY}) (?:of )?(?P<month>{MONTH}){_IN_YEAR}?",
        resolve.day_range, guards.day_range,
    ),
    _rule("month-day", rf"{_ON_DAY}(?P<month>{MONTH})(?: (?:the )?|(?<=\.))(?P<day>{DAY}){_IN_YEAR}?", resolve.day_in_month, guards.month_day),
    _rule(
        "day-month", rf"{_ON_DAY}(?:the )?(?P<day>{DAY})(?: | of |@| day of )(?P<month>{MONTH}){_IN_YEAR}?", resolve.day_in_month, guards.day_month
    ),
    _rule("month-year", rf"(?P<month>{MONTH})(?: of|,)? (?P<year>{YEAR}|{SHORT_YEAR})", resolve.month),
    _rule("month-year", rf"(?P<month>{MONTH})(?:,| of)? (?P<which>(?i:this|last|next)) (?i:year)", resolve.month),
    _rule("relative-month", rf"(?P<which>(?i:{words('this', 'last', 'next', 'this past', 'this coming')})) (?P<month>{LONE_MONTH})", resolve.relative_month),
    _rule("holiday", rf"(?P<name>(?i:{words(*FIXED_HOLIDAYS)}))(?:,? (?P<year>{YEAR}))?", resolve.fixed_holiday, guards.holiday),
    _rule("holiday", rf"(?P<name>(?i:{words(*MOVING_HOLIDAYS)}))(?:,? (?P<year>{YEAR}))?", resolve.moving_holiday, guards.holiday),
    _rule("holiday", rf"(?P<name>Good Friday|Easter Sunday|Easter Monday|Easter)(?:,? (?P<year>{YEAR}))?", resolve.easter, guards.holiday),
    _rule("winter", rf"(?:the )?(?i:winter)(?: of)? (?P<year>{YEAR})(?:/|@)(?P<last>{YEAR}|\d\d)", resolve.winter),
    _rule("season-year", rf"(?:(?i:the) )?(?P<season>{SEASON})(?: of|,)? (?P<year>{YEAR})", resolve.season),
    _rule(
        "relative-season",
        rf"(?P<which>(?i:{words('this', 'last', 'next', 'this past', 'this coming', 'the coming', 'the past', 'the')})) (?P<season>{SEASON})",
        resolve.relative_season, guards.season,
    ),
    _rule("quarter", rf"(?:(?i:the) )?(?:(?P<lead>{YEAR}) )?(?P<number>{ORDINAL})(?: |@)(?i:quarter)(?:{_OF_YEAR})?", resolve.quarter, guards.quarter),
    _rule("quarter", rf"Q(?P<number>[1-4])(?:~(?:of )?(?P<year>{YEAR}|{SHORT_YEAR}))?|(?P<lead>{YEAR})~@?~Q(?P<number2>[1-4])", resolve.quarter),
    _rule("half", rf"(?:(?i:the) )?(?P<number>(?i:first|second|last|latter|1st|2nd)) (?i:half) of (?P<year>{YEAR})", resolve.half),
    _rule("half", rf"(?:(?i:the) )?(?P<number>(?i:first|second|last|latter)) (?i:half) of (?P<which>(?i:this|next|last|the)) {_CALENDAR}(?i:year)", resolve.half),
    _rule("months-of-year", rf"(?i:the first) (?P<count>{NUMBER}) (?i:months) of (?P<year>{YEAR})", resolve.first_months),
    _rule(
        "fiscal-year", rf"(?:(?i:the) )?(?:(?:(?i:u\.?s\.?) )?(?i:fiscal)(?: (?i:years?))?|FY)~-?~(?P<year>{YEAR}|['\u2019]?\d\d)"
        r"(?:~(?:@|and|/|to|through)~(?:FY~)?(?P<last>\d{4}|\d\d))?", resolve.fiscal,
    ),
    _rule("fiscal-year", r"(?P<which>(?i:this|next|last|the current|the next|the last|the coming|the previous)) (?i:fiscal year)", resolve.relative_fiscal),
    _rule("decade", r"(?:(?i:the) )?(?P<decade>1[5-9]\d|20\d)0['\u2019]?s", resolve.decade),
    _rule("decade", rf"(?i:the) (?:['\u2018\u2019](?P<short>[1-9]0)s|(?P<word>(?i:{words(*DECADES)})))", resolve.short_decade),
    _rule("century", rf"(?:(?i:the) )?(?:(?P<number>\d{{1,2}})(?:st|nd|rd|th)|(?P<word>(?i:{words(*CENTURIES)})))(?: |@)(?i:century)", resolve.century),
    _rule("year-range", rf"(?P<first>{YEAR})~(?:@|/)~(?P<last>{YEAR}|\d\d)(?!\d|[-/]\d)", resolve.year_range, guards.year),
    _rule(
        "deictic-day",
        r"(?i:the day before yesterday|the day after tomorrow|today|tomorrow|yesterday|tonight|tonite|last night|this morning|this afternoon|"
        r"this evening)", relative.deictic, guards.deictic,
    ),
    _rule(
        "relative-weekday",
        rf"(?P<which>(?i:{words('this', 'last', 'next', 'this past', 'this coming', 'the previous', 'the coming', 'on this')})) (?P<weekday>{WEEKDAY})",
        relative.relative_weekday,
    ),
    _rule("weekday", rf"(?P<weekday>{WEEKDAY})", relative.weekday, guards.weekday),
    _rule("ago", rf"{_ABOUT}{_MANY}(?: (?P<half>and a half))? (?P<unit>{UNIT})s? (?i:ago)", relative.ago),
    _rule("ago", rf"{_ABOUT}(?P<vague>{VAGUE_NUMBER}) (?P<unit>{UNIT})s (?i:ago)", relative.vague_ago),
    _rule("from-now", rf"{_ABOUT}{_MANY} (?P<unit>{UNIT})s? (?i:from now|from today|hence)", relative.from_now),
    _rule("within", rf"(?i:in) (?P<core>(?:(?i:less than|under|about) )?{_MANY}['\u2019]?(?: |@)(?P<unit>{UNIT})s?['\u2019]?(?: (?i:time))?)", relative.in_time, guards.in_future),
    _rule("within", rf"(?i:within) (?P<core>{_ABOUT}{_MANY} (?P<unit>{UNIT})s?)", relative.within, guards.within),
    _rule(
        "span-ahead",
        rf"(?:(?i:the|these) )?{_AHEAD}(?: (?:(?P<count>{NUMBER})(?:(?: (?:(?i:to|or)) |~@~)(?P<most>{NUMBER}))?|(?P<vague>{VAGUE_NUMBER}))(?: |@)(?P<unit>{UNITS}))"
        r"(?: or so)?", relative.span_ahead, guards.span,
    ),
    _rule("span-ahead", rf"(?:(?i:the) )?{_AHEAD} (?P<unit>{UNIT}s|(?i:centuries))(?: and (?P<last>{UNITS}))?", relative.vague_ahead, guards.span),
    _rule("span-ahead", rf"(?i:the) (?P<unit>{UNIT}s)(?: and (?P<last>{UNIT}s))? (?i:ahead|to come)", relative.vague_ahead),
    _rule(
        "span-behind",
        rf"(?:(?i:the|these) )?{_BEHIND} (?:(?P<count>{NUMBER})(?:(?: (?:(?i:to|or)) |~@~)(?P<most>{NUMBER}))?|(?P<vague>{VAGUE_NUMBER})) (?P<unit>{UNITS})",
        relative.span_behind,
    ),
    _rule("coming-unit", r"(?i:in|over|during) (?P<core>(?i:the coming) (?P<unit>(?i:year|month|week|decade)))", relative.coming_unit),
    _rule("past-unit", r"(?i:the past) (?P<unit>(?i:year|month|week|decade|quarter|century))", relative.past_unit),
    _rule(
        "relative-unit",
        rf"(?P<which>(?i:{words('this', 'last', 'next', 'the next', 'the coming', 'this coming', 'this past', 'the current', 'the previous', 'the present')})) "
        r"(?:(?i:calendar) )?(?P<unit>(?i:year|month|week|weekend|quarter|decade|century))", relative.relative_unit, guards.relative_unit,
    ),
    _rule("earlier-unit", r"(?i:a) (?P<unit>(?i:year|month|week|day))(?: (?i:earlier|before)|(?i:-ago|-earlier))", relative.earlier_unit, guards.earlier),
    _rule("the-unit", r"(?i:the) (?:(?i:calendar) )?(?P<unit>(?i:year|month|week|weekend|quarter|decade|century|fiscal year))", relative.the_unit, guards.the_unit),
    _rule("unit-end", r"(?:(?i:the) )?(?P<unit>(?i:year|month|quarter))['\u2019]?s?(?: |@)(?i:end)", relative.unit_end),
    _rule("lone-month", rf"(?P<month>{LONE_MONTH})", resolve.lone_month, guards.lone_month),
    _rule("the-year", rf"(?i:the year) (?P<year>{YEAR})", resolve.year),
    _rule("climate-conference", rf"COP(?: |@)?(?P<number>{'|'.join(map(str, sorted(CLIMATE_CONFERENCES, reverse=True)))})", resolve.conference, guards.conference),
    _rule("year", rf"(?P<year>{YEAR})", resolve.year, guards.year),
)  # fmt: skip

#: "Friday evening": the part of the day belongs to the expression.
DAYPART_AFTER = re.compile(expression(rf" (?:(?i:early|late|mid) )?{DAYPART}(?!\w)"))
#: What every expression contains: only around these is the grammar tried.
TRIGGER = re.compile(
    r"(?:[12]\d{3}|\d[/.-]\d|['\u2018\u2019]\d\d|COP|FY|Q[1-4]|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|day|night|year|month|week|"
    r"quarter|decade|centur|hour|fortnight|spring|summer|autumn|fall|winter|today|tomorrow|yesterday|morning|afternoon|evening|tonight|"
    r"twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|christmas|new year|easter|halloween|juneteenth|thanksgiving|"
    r"half of))"
)

#: One alternation of all rules, by which a text is scanned once; the rule that hit is matched again for its groups.
_NAMED = re.compile(r"\(\?P<\w+>")
_BACKREF = re.compile(r"\(\?P=mark\)")


def _scanner() -> re.Pattern[str]:
    parts = []
    for index, rule in enumerate(RULES):
        source = _BACKREF.sub("[/.-]", rule.pattern.pattern)
        parts.append(f"(?P<r{index}>{_NAMED.sub('(?:', source)})")
    return re.compile("|".join(parts))


SCANNER = _scanner()
