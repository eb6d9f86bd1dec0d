"""The sum of a flow: in the currency in which it was given, else in US dollars, and which of the two."""

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from pledgebook.aid.fts.cells import decimal_of
from pledgebook.aid.fts.faults import Faults
from pledgebook.aid.fts.flow import Flow

_CODE = re.compile(r"[A-Z]{3}")
_LOOK_UP = "Look the flow up at FTS."


class Money(NamedTuple):
    """The sums a flow names, and the one that counts: `value` in `currency`, taken from the field `taken_from`; all None if none could be read."""

    value: Decimal | None
    currency: str | None
    taken_from: Literal["originalAmount", "amountUSD"] | None
    amount_usd: Decimal | None
    original_amount: Decimal | None


def money_of(flow: Flow, faults: Faults) -> Money:
    """The original amount with its currency where there are both, else the amount in US dollars that FTS gives.

    A sum that is no number, or has no currency, is a problem; then the other one counts, and the row says so.
    """
    in_dollars = number_of(flow, "amountUSD", faults)
    original = number_of(flow, "originalAmount", faults)
    currency = flow.values.get("originalCurrency")
    if currency is not None and not _CODE.fullmatch(currency):
        what = f"its currency {currency[:20]!r} is no code of three letters; the amount in US dollars counts."
        faults.of_flow("error", "bad-currency", flow, what, _LOOK_UP)
        currency = None
    elif original is not None and currency is None:
        faults.of_flow("error", "missing-currency", flow, "its original amount has no currency; the amount in US dollars counts.", _LOOK_UP)
    if original is not None and currency is not None:
        return Money(original, currency, "originalAmount", in_dollars, original)
    if in_dollars is not None:
        return Money(in_dollars, "USD", "amountUSD", in_dollars, original)
    if not {"amountUSD", "originalAmount"} & flow.values.keys():
        faults.of_flow("error", "missing-amount", flow, "it has no sum.", _LOOK_UP)
    return Money(None, None, None, None, original)


def number_of(flow: Flow, name: str, faults: Faults) -> Decimal | None:
    """A value of the flow as a decimal with twelve places."""
    text = flow.values.get(name)
    if text is None:
        return None
    found = decimal_of(text)
    if found is None:
        faults.of_flow("error", "bad-amount", flow, f"its {name} {text[:40]!r} is no number.", _LOOK_UP)
        return None
    if found[1]:
        faults.of_flow("note", "rounded-amount", flow, f"its {name} {text[:60]} is kept with twelve decimal places.", "Nothing.")
    return found[0]
