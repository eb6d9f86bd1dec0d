"""The tables of rates that lie under `rates/`: what each line says. Their README tells where the figures come from."""

import calendar
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources

import msgspec


class Fixed(msgspec.Struct, frozen=True):
    """A rate fixed by law or kept to: `units` of the currency are one `base`, from `since` to `until` (None: for ever)."""

    units: Decimal
    base: str
    since: date
    until: date | None


class Note(msgspec.Struct, frozen=True):
    """What to know of a currency's rates in the months from `first` to `last` (both "2019-10", inclusive)."""

    first: str
    last: str
    text: str


#: A peg is believed for so many months after the last month in which the tables show that it held.
PEG_MONTHS = 24


def _lines(name: str) -> Iterator[list[str]]:
    text = resources.files("pledgebook.aid").joinpath("rates", name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines())


@cache
def figures(name: str) -> dict[str, dict[str, Decimal]]:
    """Units per US dollar by currency and month ("2012-06") or year ("2012") of a table, the earliest first; gaps are left out."""
    found: dict[str, dict[str, Decimal]] = {}
    for code, first, *cells in _lines(name):
        series: dict[str, Decimal] = {}
        when = first
        for cell in cells:
            value, _, times = cell.partition("*")
            for _ in range(int(times or 1)):
                if value:
                    series[when] = Decimal(value)
                when = _next(when)
        found[code] = series
    return found


@cache
def fixed_rates() -> dict[str, Fixed]:
    """The fixed rate of each currency that has one."""
    found = {}
    for code, units, base, since, seen in _lines("fixed.tsv"):
        found[code] = Fixed(Decimal(units), base, date.fromisoformat(since), last_day(seen, PEG_MONTHS) if seen else None)
    return found


@cache
def notes() -> dict[str, tuple[Note, ...]]:
    """What to know of each currency's rates."""
    found: dict[str, tuple[Note, ...]] = {}
    for code, first, last, text in _lines("notes.tsv"):
        found[code] = (*found.get(code, ()), Note(first, last, text))
    return found


def note_of(currency: str, month: str) -> str:
    """What to know of a currency's rate in a month, or ""."""
    return next((note.text for note in notes().get(currency, ()) if note.first <= month <= note.last), "")


def first_day(when: str) -> date:
    """The first day of a month ("2012-06") or year ("2012")."""
    return date.fromisoformat(f"{when}-01" if len(when) == 7 else f"{when}-01-01")


def last_day(when: str, later: int = 0) -> date:
    """The last day of a month or year, or of the month so many months later."""
    count = int(when[:4]) * 12 + (int(when[5:7]) if len(when) == 7 else 12) - 1 + later
    year, month = divmod(count, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def _next(when: str) -> str:
    """The month after a month, the year after a year."""
    if len(when) == 4:
        return str(int(when) + 1)
    year, month = int(when[:4]), int(when[5:])
    return f"{year}-{month + 1:02}" if month < 12 else f"{year + 1}-01"
