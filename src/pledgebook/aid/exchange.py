"""Money of any currency in US dollars of its value date, with the rate, its source and its date; None where it is unconvertible.

Which rate a day has is told in `rate_spans`. `rate` looks one up, `in_usd` converts one sum, `in_usd_column` converts columns, and
`rates_table` gives DuckDB the same rates to join:

    select ... from transactions t asof left join rates r on t.currency = r.currency and t.day >= r.valid_from
    -- and, because a currency may have gaps: a rate only where t.day <= r.valid_to
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cache

import msgspec
import pyarrow as pa

from pledgebook.aid.rate_spans import Rate, Span, currencies, spans

CENT = Decimal("0.01")
# A quotient by a rate of 18 digits is exact to far more than six places; rounding it there first takes a rate's own rounding away,
# so that 50 euros at 1.1171 dollars are a half cent, as they should be, before the half goes to the even cent.
_SIX_PLACES = Decimal("0.000001")
_CONTEXT = Context(prec=60, rounding=ROUND_HALF_EVEN)
#: The type of `per_usd` in the table; every rate of `rate()` fits it without loss.
PER_USD = pa.decimal128(38, 18)


class Converted(msgspec.Struct, frozen=True):
    """A sum in US dollars, rounded half to even to the cent, and the rate that made it."""

    value: Decimal
    rate: Rate


@cache
def _starts(currency: str) -> list[date]:
    return [span.first for span in spans(currency)]


def rate(currency: str, day: date) -> Rate | None:
    """The rate of a currency (ISO 4217 code in capitals) on a day; None if there is none: the sum is unconvertible."""
    at = bisect_right(_starts(currency), day) - 1
    if at < 0:
        return None
    span = spans(currency)[at]
    return span.rate if day <= span.last else None


def in_usd(value: Decimal, currency: str, day: date) -> Converted | None:
    """A sum in US dollars of its value date; None if the currency has no rate on that day.

    Raises:
        ValueError: `value` is not a finite number.
        decimal.InvalidOperation: `value` in dollars has more than 50 digits before the point.
    """
    found = rate(currency, day)
    return None if found is None else Converted(_dollars(value, found), found)


def _dollars(value: Decimal, found: Rate) -> Decimal:
    """The sum by the rate, half to even."""
    if not value.is_finite():
        raise ValueError(f"{value} is no sum of money")
    exact = value if found.source == "same" else _CONTEXT.divide(value, found.per_usd).quantize(_SIX_PLACES, context=_CONTEXT)
    return exact.quantize(CENT, context=_CONTEXT)


def in_usd_column(values: Iterable[Decimal], codes: Iterable[str], days: Iterable[date]) -> Iterator[Decimal | None]:
    """`in_usd(...).value` of each row of three columns of one length; a rate is looked up once for a currency and day.

    Raises:
        ValueError: the columns differ in length, or a value is not a finite number.
    """
    known: dict[tuple[str, date], Rate | None] = {}
    for value, code, day in zip(values, codes, days, strict=True):
        key = (code, day)
        if key not in known:
            known[key] = rate(code, day)
        found = known[key]
        yield None if found is None else _dollars(value, found)


def _all_spans() -> Iterator[tuple[str, Span]]:
    return ((code, span) for code in currencies() for span in spans(code))


@cache
def rates_table() -> pa.Table:
    """All rates, a row a span of days: `currency, valid_from, valid_to` (inclusive), `per_usd` (decimal), `date, source, rule` as in `Rate`.

    In the order of currency and first day, without overlap. DuckDB joins it by ASOF on `valid_from`, with `valid_to` checked afterwards.
    """
    rows = list(_all_spans())
    return pa.table(
        {
            "currency": pa.array([code for code, _ in rows], pa.string()),
            "valid_from": pa.array([span.first for _, span in rows], pa.date32()),
            "valid_to": pa.array([span.last for _, span in rows], pa.date32()),
            "per_usd": pa.array([span.rate.per_usd for _, span in rows], PER_USD),
            "date": pa.array([span.rate.date for _, span in rows], pa.string()),
            "source": pa.array([span.rate.source for _, span in rows], pa.string()),
            "rule": pa.array([span.rate.rule for _, span in rows], pa.string()),
        }
    )
