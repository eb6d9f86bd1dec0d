"""Dates as people and programs write them in fields and headers, to ISO 8601. Only full dates: day, month and year."""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ), 1,
    )
    for name in names.split()
}  # fmt: skip
# Longest first, so that "Sept" is not read as "Sep".
_MONTH = "(?P<{}>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"
_GAP = r"[\s\xa0]+"
#: A full date: month in words (forms 1, 2, 4), year first (3), all in figures with the year last (5); the group names tell which it was.
WRITTEN = re.compile(
    rf"(?i:{_WEEKDAY}(?:"
    rf"{_MONTH.format('m1')}[\s\xa0]*(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:{_GAP}|,[\s\xa0]*)(?P<y1>[12]\d{{3}})(?!\d)"
    rf"|(?<!\d)(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:{_GAP}of)?{_GAP}{_MONTH.format('m2')},?{_GAP}(?P<y2>[12]\d{{3}})(?!\d)"
    rf"|(?<!\d)(?P<d4>\d{{1,2}})-{_MONTH.format('m4')}-(?P<y4>[12]\d{{3}})(?!\d)"
    r"|(?<![\d/.-])(?P<y3>[12]\d{3})(?P<mark3>[/.-])(?P<m3>\d{2})(?P=mark3)(?P<d3>\d{2})(?!\d)"
    r"|(?<![\d/.-])(?P<first>\d{1,2})(?P<mark5>[/.])(?P<second>\d{1,2})(?P=mark5)(?P<y5>[12]\d{3})(?!\d)"
    r"))"
)
_RFC_2822 = re.compile(r"(?i)(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,\s*)?\d{1,2}\s+[a-z]{3,9}\s+\d{4}\s+\d{1,2}:\d{2}")
#: Years in which a public text can have been published; the rest are counts, codes and slips.
YEARS = range(1800, 2200)


class ReadDate(NamedTuple):
    """An ISO 8601 date or date-time with the rule it was read by: "rfc2822" or "field"."""

    iso: str
    rule: str


def read_date(field: str) -> ReadDate | None:
    """The full date a metadata field gives; None if it gives none, or one that can be read in two ways (03/04/2024)."""
    field = field.strip()
    if iso := _iso(field):
        return ReadDate(iso, "field")
    if _RFC_2822.match(field) and (iso := _rfc_2822(field)):
        return ReadDate(iso, "rfc2822")
    if found := WRITTEN.search(field):
        return ReadDate(iso, "field") if (iso := iso_of(found)) else None
    return None


def iso_of(found: re.Match[str]) -> str | None:
    """The ISO date of a match of WRITTEN, or None if there is no such day."""
    parts = found.groupdict()
    if parts["y5"]:
        return _in_figures(int(parts["first"]), parts["mark5"], int(parts["second"]), int(parts["y5"]))
    for form in "1234":
        if year := parts.get(f"y{form}"):
            month = parts[f"m{form}"]
            return iso_day(int(year), MONTHS.get(month.lower()) or int(month), int(parts[f"d{form}"]))
    return None


def iso_day(year: int, month: int, day: int) -> str | None:
    """The ISO date of a day, or None if there is no such day or its year is out of reason."""
    try:
        return date(year, month, day).isoformat() if year in YEARS else None
    except ValueError:
        return None


def _iso(field: str) -> str | None:
    if not re.match(r"\d{4}-?\d{2}-?\d{2}(?:$|[T ]\d)", field):
        return None
    try:
        if len(field) in {8, 10}:
            found = date.fromisoformat(field)
            return found.isoformat() if found.year in YEARS else None
        moment = datetime.fromisoformat(field)
    except ValueError:
        return None
    return moment.isoformat() if moment.year in YEARS else None


def _rfc_2822(field: str) -> str | None:
    try:
        moment = parsedate_to_datetime(field)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.isoformat() if moment.year in YEARS else None


def _in_figures(first: int, mark: str, second: int, year: int) -> str | None:
    """Day first before a dot, as where dots are written; else only if one of the two can be no month, or both are the same."""
    if mark == "." or first > 12 or first == second:
        return iso_day(year, second, first)
    return iso_day(year, first, second) if second > 12 else None
