"""The words that English writes dates with, and the pattern fragments made of them. Every repetition is bounded: reading is linear."""

import re

_BLANK = "[\\x20\\t\\r\\f\\v\u00a0\u00ad\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff]"
#: White space between two words of an expression: blanks of any kind and at most one line break.
GAP = rf"(?:{_BLANK}{{1,6}}(?:\n{_BLANK}{{0,6}})?|\n{_BLANK}{{0,6}})"
HYPHEN = "[-\u2010-\u2015\u2212]"

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: Season codes of EDTF level 1, and the month in which each ends by the calendar of solstices.
SEASONS = {"spring": 21, "summer": 22, "fall": 23, "autumn": 23, "winter": 24}
SEASON_ENDS = {21: 6, 22: 9, 23: 12, 24: 3}
SEASON_STARTS = {21: 3, 22: 6, 23: 9, 24: 12}

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
         "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")  # fmt: skip
NUMBERS = {
    **{word: n for n, word in enumerate(_ONES, 1)},
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
    "a": 1, "an": 1, "a couple of": 2, "couple of": 2, "a hundred": 100, "one hundred": 100,
}  # fmt: skip
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4, "final": 4}
CENTURIES = {"nineteenth": 19, "twentieth": 20, "twenty-first": 21, "eighteenth": 18, "seventeenth": 17}
DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}

#: Holidays on the same day each year, as (month, day).
FIXED_HOLIDAYS = {
    "new year's day": (1, 1), "valentine's day": (2, 14), "international women's day": (3, 8), "st. patrick's day": (3, 17),
    "earth day": (4, 22), "world press freedom day": (5, 3), "may day": (5, 1), "world refugee day": (6, 20), "juneteenth": (6, 19),
    "bastille day": (7, 14), "halloween": (10, 31), "veterans day": (11, 11), "world aids day": (12, 1), "human rights day": (12, 10),
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "boxing day": (12, 26), "new year's eve": (12, 31),
    "fourth of july": (7, 4), "4th of july": (7, 4),
}  # fmt: skip
#: Holidays on a weekday of a month, as (month, weekday with Monday 0, which one; -1 the last).
MOVING_HOLIDAYS = {
    "martin luther king day": (1, 0, 3), "presidents' day": (2, 0, 3), "presidents day": (2, 0, 3), "memorial day": (5, 0, -1),
    "labor day": (9, 0, 1), "columbus day": (10, 0, 2), "thanksgiving": (11, 3, 4), "thanksgiving day": (11, 3, 4),
}  # fmt: skip
#: Conferences of the parties to the UN climate convention since the first that is called "COP" with a number in the press: year and month.
CLIMATE_CONFERENCES = dict(enumerate(
        ("2009-12", "2010-11", "2011-11", "2012-11", "2013-11", "2014-12", "2015-11", "2016-11", "2017-11", "2018-12", "2019-12",
         "2021-10", "2022-11", "2023-11", "2024-11", "2025-11", "2026-11"), 15))  # fmt: skip


def words(*patterns: str) -> str:
    """An alternation, longest first, in which a blank matches any white space between two words."""
    ordered = sorted({word for pattern in patterns for word in pattern.split("|")}, key=len, reverse=True)
    return "(?:" + "|".join(ordered).replace(" ", GAP).replace("'", "['\u2019]?") + ")"


def expression(pattern: str) -> str:
    """A pattern written with plain blanks and hyphens: " " is white space, "~" optional white space, "@" a hyphen of any kind."""
    return pattern.replace(" ", GAP).replace("~", f"(?:{GAP})?").replace("@", HYPHEN)


_SHORT = r"(?i:jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec)|M(?i:ar)"
_LONG = r"(?i:january|february|april|june|july|august|september|october|november|december)|M(?:arch|ay|ARCH|AY)"
#: A month beside a day or a year: long or short, with any case but for the words that are also verbs.
MONTH = rf"(?:(?:{_LONG})|(?:{_SHORT})\.?)(?![^\W\d_])"
#: A month standing alone: long, or short with its dot, and with a capital.
LONE_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    "JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|"
    r"(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.)(?!\w)"
)
DAY = r"(?:(?:3[01]|[12]\d|0?[1-9])(?i:st|nd|rd|th)?)(?![\d%])"
YEAR = r"(?:1[5-9]\d\d|20\d\d)(?![\d%]|[.,]\d)"
SHORT_YEAR = r"(?:['\u2019]\d\d)(?!\d)"
WEEKDAY = rf"(?:(?i:{'|'.join(WEEKDAYS)})|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.?(?=,))"
DAYPART = r"(?i:morning|afternoon|evening|night|lunchtime|midday|noon)"
NUMBER = rf"(?:\d{{1,3}}|(?i:{words(*NUMBERS)}))"
VAGUE_NUMBER = rf"(?i:{words('several', 'few', 'a few', 'many', 'coming', 'some')})"
UNIT = r"(?i:hour|day|week|fortnight|month|quarter|year|decade)"
UNITS = rf"{UNIT}s?"
SEASON = r"(?i:spring|summer|autumn|fall|winter)"
ORDINAL = rf"(?i:{words(*ORDINALS)})"


def squeezed(text: str) -> str:
    """The words of an expression in lower case with single blanks and plain quotation marks, as the tables above write them."""
    return re.sub(GAP, " ", text.replace("\u2019", "'")).strip().casefold()


def month_number(word: str) -> int:
    """1 to 12 for a month's name, long or short."""
    start = word.casefold()[:3]
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(start))


def weekday_number(word: str) -> int:
    """0 (Monday) to 6 for a weekday's name, long or short."""
    start = word.casefold()[:3]
    return next(n for n, name in enumerate(WEEKDAYS) if name.startswith(start))


def number(word: str) -> int | None:
    """The value of a number in figures or words; None for "several" and the like."""
    plain = squeezed(word)
    return int(plain) if plain.isdecimal() else NUMBERS.get(plain)
