"""Counts in reports of an act: whether one tells fewer than were promised ("completed 5 schools" of 12), and so of a part, whatever else it says."""

import re
from collections.abc import Sequence
from decimal import Decimal

from pledgebook.core.assessment import Evidence
from pledgebook.core.claim import Effect
from pledgebook.core.commitment import Amount, Commitment
from pledgebook.status.case import Sums
from pledgebook.status.forms import is_money, number
from pledgebook.status.sums import ROUGH, half_a_digit, sums_of

#: What tells of an act as done. Of what is signed or begun a smaller count tells nothing: the first of many are named with it.
_HANDED: frozenset[Effect] = frozenset({"completed", "delivered", "handed-over"})
#: Units of how long something takes, how often or how great a share it is: less of them may be as much, or more, of what was promised.
_NO_COUNT = re.compile(r"(?i)(?:years?|months?|weeks?|days?|hours?|minutes?|times|degrees?|points?|percent\w{0,4}|per cent|%)(?!\w)")
_ABOUT = r"\s(?:(?:the|its|about|around|some|roughly|nearly|almost|just|over|than|more|fewer|up|to)\s){0,3}$"
_FOR = r"for|serv\w{1,4}|benefit\w{0,4}|reach\w{0,4}|help\w{0,4}"
#: Before a count of what is left, or of whom something is for: it is no count of what was done.
_NOT_DONE = re.compile(rf"(?i)\b(?:last|final|remaining|leaving|{_FOR}){_ABOUT}")
#: Before a count of how much is to remain, or of whom something is for: it is no count of what is to be done.
_NOT_DUE = re.compile(rf"(?i)\b(?:to|{_FOR}){_ABOUT}")
#: Before a count of which something is a part: "5 of the 12 schools".
_OF_WHOLE = re.compile(
    r"(?i)(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|some|part|most|many|few|several|quarter|third))"
    r"\sof\s(?:(?:the|its|their|all|these|those|this)\s)?(?:[a-z]+\s){0,2}$"
)
#: What makes one count the sum of the others.
_TOTAL = re.compile(r"(?i)\b(?:total|in all|altogether|overall|bringing)\b")


def tells_fewer(lead: Commitment, promised: Sequence[Amount], one: Evidence) -> bool:
    """Whether a report counts fewer of the same than were promised. Where it counts otherwise than the promise does, nothing is said."""
    if one.effect not in _HANDED:
        return False
    goods = [each for each in promised if not is_money(each.unit) and not _NO_COUNT.match(each.unit)]
    return any(
        _is_short(one, sums)
        for sums in sums_of(each for each in goods if not _NOT_DUE.search(_before(lead.quote, each)))
        if not sums.ceiling
    )


def _is_short(one: Evidence, sums: Sums) -> bool:
    told = [each for each in one.amounts if each.unit == sums.unit and number(each.value) is not None]
    if any(_OF_WHOLE.search(_before(one.quote, each)) for each in told):
        return True
    own = [_most_meant(each) for each in told if not _NOT_DONE.search(_before(one.quote, each))]
    if not own:
        return not told and sums.promised > 1 and _names_one(one.quote, sums.unit)
    return (max(own) if _TOTAL.search(one.quote) else sum(own)) < sums.floor


def _most_meant(amount: Amount) -> Decimal:
    """The value; of "about 5,000" the most that rounds to it."""
    value = number(amount.value) or Decimal(0)
    return value + half_a_digit(value) if amount.qualifier in ROUGH else value


def _names_one(quote: str, unit: str) -> bool:
    """Whether one of a kind is named: "a school", "the first school"."""
    kind = re.escape(unit.removesuffix("s"))
    return re.search(rf"(?i)\b(?:a|an|one|first|another)\s(?:\w+\s){{0,2}}{kind}(?![\w-])", quote) is not None


def _before(quote: str, amount: Amount) -> str:
    """The words before an amount."""
    at = quote.find(amount.text)
    return quote[max(0, at - 60) : at] if at > 0 else ""
