"""The sums of money that a promise names, and which figures its words let pass."""

import re
from decimal import Decimal, InvalidOperation

import msgspec

from pledgebook.core.commitment import Amount, Commitment
from pledgebook.core.promise import Promise

#: Of a sum, how far its words are held to reach at most: "$1 million" says no more than 0.975 to 1.025 million, "about" and the like 0.95 to 1.05.
EXACT_REACH, ROUGH_REACH = Decimal("0.025"), Decimal("0.05")
#: A sum written in full is held to be meant to this share.
IN_FULL = Decimal("0.005")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_ABOVE, _BELOW, _AROUND = frozenset({"at-least", "more-than"}), frozenset({"nearly"}), frozenset({"about"})


class Sum(msgspec.Struct, frozen=True, order=True, gc=False):
    """A sum of money: `value` in `unit` (ISO 4217); `low` and `high` are the least and most that its words let pass, `text` the words.

    `ceiling` is true of "up to": any smaller figure is within what was promised.
    """

    unit: str
    value: Decimal
    low: Decimal
    high: Decimal
    text: str
    ceiling: bool = False


def promised_sums(promise: Promise) -> tuple[Sum, ...]:
    """The sums in force, the greatest first: those of the last revision, else of the first mention that names money."""
    found = {_sum(amount, value) for amount in _in_force(promise) if (value := _money(amount)) is not None}
    return tuple(sorted(found, key=lambda one: (-one.value, one)))


def _in_force(promise: Promise) -> tuple[Amount, ...]:
    mentions = {one.commitment.id: one.commitment for one in promise.mentions}
    revised = [
        mentions[one.mention] for one in promise.history if one.kind == "revised" and one.field == "amounts" and one.mention in mentions
    ]
    if revised and _names_money(revised[-1]):
        return revised[-1].amounts
    return next((one.commitment.amounts for one in promise.mentions if _names_money(one.commitment)), ())


def _names_money(commitment: Commitment) -> bool:
    return any(_money(amount) is not None for amount in commitment.amounts)


def _money(amount: Amount) -> Decimal | None:
    """The value of a sum of money above nothing; None for goods, and for what is no number."""
    if len(amount.unit) != 3 or not amount.unit.isupper():
        return None
    try:
        value = Decimal(amount.value)
    except InvalidOperation:
        return None
    return value if value.is_finite() and value > 0 else None


def _sum(amount: Amount, value: Decimal) -> Sum:
    low, high = reach(amount.text, value, amount.qualifier)
    return Sum(amount.unit, value, low, high, amount.text, amount.qualifier == "at-most")


def reach(text: str, value: Decimal, qualifier: str = "exact") -> tuple[Decimal, Decimal]:
    """The least and most that the words let pass: half a unit of the last digit that is written, either way; a whole one on the side of which
    "nearly", "more than" or "about" speaks. "$93 million" is 92.5 to 93.5 million, "nearly $54 million" 53 to 54 million.
    """
    unit = last_digit(text, value)
    half, whole = min(unit / 2, value * EXACT_REACH), min(unit, value * ROUGH_REACH)
    if qualifier in _ABOVE:
        return value, value + whole
    if qualifier in _BELOW:
        return value - whole, value
    if qualifier in _AROUND:
        return value - whole, value + whole
    return value - half, value + half


def last_digit(text: str, value: Decimal) -> Decimal:
    """What one of the last written digit is worth: of "$1.25 billion" ten million; of a sum written in full a share of it; of words a tenth."""
    for match in _NUMBER.finditer(text):
        number = Decimal(match.group().replace(",", ""))
        if number <= 0:
            continue
        times = value / number
        if times == 1:
            return value * IN_FULL * 2
        if times > 1:
            return times.scaleb(-max(-int(number.as_tuple().exponent), 0))
    return value / 10
