"""Which of the amounts of a text a commitment is about."""

import re
from collections.abc import Sequence

from pledgebook.core.found import FoundAmount
from pledgebook.extraction.amount_numbers import GAP

_BACK = 240
_PEOPLE_WORDS = """
people persons individuals refugees migrants returnees families households children women girls men boys youth students pupils
patients beneficiaries civilians citizens residents communities villages farmers survivors victims workers
"""
_PEOPLE = frozenset(_PEOPLE_WORDS.split())
_PASSIVE = re.compile(
    rf"(?:(?:will|shall|would){GAP})?(?:(?:also|soon|now|then|separately|being|be|is|are|was|were|go|going){GAP}){{0,4}}"
    rf"(?:be\b|going\b|go\b|come\b|leave\b|return\b|arrive\b|[a-z]{{2,16}}ed\b|made\b|given\b|spent\b|sent\b|put\b|set\b)",
    re.IGNORECASE,
)
_PERFECT = re.compile(rf"\b(?:have|has|had|having){GAP}(?:also{GAP})?\Z", re.IGNORECASE)
_SUBJECT = re.compile(
    rf"(?:{GAP}(?!(?:which|who|that|and|but|while|as|because|so|we|it|he|she|they|I|is|are|was|were|has|have|had)\b)[^\s.;:,!?]{{1,30}}){{0,10}}"
    rf"(?:{GAP}(?:that|which))?(?:{GAP}(?:to|will|would|shall|is|are|was|were|also|has|have|been|be|being))*\s{{0,3}}",
    re.IGNORECASE,
)
_DOES = re.compile(rf"{GAP}(?:to|will|would|shall){GAP}(?:also{GAP})?\Z", re.IGNORECASE)
_WORTH = re.compile(
    rf"(?:(?:[^.;:!?\n]{{0,60}},)?{GAP}of|[^.;:!?\n]{{0,60}}[,\s](?:worth|valued{GAP}at|totall?ing|amounting{GAP}to|in{GAP}the{GAP}amount{GAP}of))"
    rf"(?:{GAP}(?:up{GAP}to|more{GAP}than|over|nearly|about|approximately|at{GAP}least|an?|additional|around|some)){{0,3}}{GAP}",
    re.IGNORECASE,
)
_SPENDS = re.compile(
    r"\b(?:drawdown|reward|package|grant|loan|guarantee|contribution|assistance|aid|funding|tranche|sale|financing|investment)s?\b"
)

_OTHER = re.compile(
    rf"(?:\b(?:bring|brought|rais)\w{{0,3}}\b[^.;\n]{{0,120}}{GAP}to|\bon{GAP}top{GAP}of|\bin{GAP}addition{GAP}to|\bcompared{GAP}(?:to|with)|\bout{GAP}of"
    rf"|\bfrom|\bbuilding{GAP}on|\btotal(?:{GAP}\w{{1,15}}){{0,4}}{GAP}to)"
    rf"(?:{GAP}(?:the|its|our|their|an?|initial|previous|over|about|nearly|almost|more|than|approximately|roughly|around|up|to|at|least)){{0,5}}{GAP}\Z",
    re.IGNORECASE,
)


def amounts_of(text: str, start: int, end: int, amounts: Sequence[FoundAmount]) -> list[FoundAmount]:
    """Those of `amounts` that the commitment whose action is text[start:end] is about, in order.

    They stand in the action. Where it has none, they are its subject ("$5 million will >>be spent<<", "a grant of $500,000 to X will
    >>support<<") or the worth of what it names (">>authorizing a drawdown<<, of up to $450 million").
    """
    inside = _given([amount for amount in amounts if start <= amount.start < end])
    own = [amount for amount in inside if _OTHER.search(text[max(start, amount.start - 160) : amount.start]) is None]
    inside = own or inside
    return inside or _subject(text, start, end, amounts) or _worth(text, end, amounts, text[start:end])


def _given(inside: list[FoundAmount]) -> list[FoundAmount]:
    """The amounts of an action without the people and shares that a sum before them is for."""
    money = next((amount.start for amount in inside if amount.is_money), None)
    if money is None:
        return inside
    return [a for a in inside if a.is_money or a.start < money or (a.unit not in _PEOPLE and not a.unit.startswith("percent"))]


def _subject(text: str, start: int, end: int, amounts: Sequence[FoundAmount]) -> list[FoundAmount]:
    before = [amount for amount in amounts if start - _BACK <= amount.start and amount.end <= start]
    if not before:
        return []
    last = before[-1]
    gap = text[last.end : start]
    if _PERFECT.search(text[max(0, start - 24) : start]) is not None or _SUBJECT.fullmatch(gap) is None:
        return []
    passive = _PASSIVE.match(text, start, end) is not None
    doing = last.is_money and _DOES.search(text[max(0, start - 24) : start]) is not None
    if not (passive or doing):
        return []
    return [last]


def _worth(text: str, end: int, amounts: Sequence[FoundAmount], action: str) -> list[FoundAmount]:
    after = next((amount for amount in amounts if end <= amount.start <= end + 120 and amount.is_money), None)
    if after is None or _SPENDS.search(action) is None or _WORTH.fullmatch(text, end, after.start) is None:
        return []
    return [after]
