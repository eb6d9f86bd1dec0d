"""Sums of money and counted goods in English running text, and which of them a commitment is about. No parser, no model."""

import re
from decimal import Decimal
from itertools import pairwise

import msgspec

from pledgebook.core.found import FoundAmount, Qualifier
from pledgebook.extraction.amount_choice import amounts_of
from pledgebook.extraction.amount_goods import counted, percent, shares
from pledgebook.extraction.amount_money import Countries, money
from pledgebook.extraction.amount_numbers import GAP, Number, numbers, spaced

__all__ = ["amounts_of", "find_amounts"]

_WORDS: tuple[tuple[Qualifier, str], ...] = (
    (
        "at-most",
        "up to|as much as|as many as|as high as|no more than|not more than|not exceeding|at most|maximum of|less than|fewer than|below",
    ),
    ("at-least", "at least|no less than|no fewer than|not less than|minimum of|as little as|as few as|starting at"),
    ("more-than", "more than|over|in excess of|above|upwards of|exceeding|greater than|well over"),
    ("nearly", "nearly|almost|close to|just under|just shy of|approaching"),
    ("about", "about|around|approximately|roughly|some|an estimated|estimated|circa|approx.|~"),
)
_BEFORE = tuple(
    (
        qualifier,
        re.compile(
            rf"(?<!\w)(?:{'|'.join(re.escape(w).replace(chr(92) + ' ', GAP) for w in words.split('|'))})(?:{GAP}|(?<=~))"
            rf"(?:(?:an?|another|the|additional|extra|further|total|of|its){GAP}){{0,3}}\Z",
            re.IGNORECASE,
        ),
    )
    for qualifier, words in (_WORDS[3], *_WORDS[:3], _WORDS[4])
)
_AFTER: tuple[tuple[Qualifier, re.Pattern[str]], ...] = (
    ("at-least", re.compile(rf"\+|{GAP}or{GAP}more\b|[-‐‑]plus\b")),
    ("at-most", re.compile(rf"{GAP}or{GAP}(?:less|fewer)\b")),
    ("about", re.compile(rf"{GAP}or{GAP}so\b")),
)
_LINK = re.compile(rf"\s?[-–—‐‑]\s?|{GAP}(?P<word>to|and){GAP}(?:up{GAP}to{GAP})?")
_BETWEEN = re.compile(rf"\bbetween{GAP}(?:(?:about|an?|the){GAP})?\Z", re.IGNORECASE)
_CHANGE = re.compile(
    rf"\b(?:increas|rais|ris|rose|grow|grew|cut|reduc|lower|fell|fall|drop|doubl|tripl|expand|gone|went|go|mov|bring|jump|decreas|chang|up|down)"
    rf"\w{{0,4}}\b[^.;:]{{0,60}}\bfrom{GAP}\Z",
    re.IGNORECASE,
)
_SPENT = re.compile(
    rf"\b(?:request|pledg|provid|invest|allocat|spen|contribut|fund|commit|donat|giv|grant|budget|approv|appropriat|offer|mobili[sz]|secur|rais|"
    rf"need|deliver|lend|loan|worth|disburs)\w{{0,6}}{GAP}(?:[a-z]{{1,12}}{GAP}){{0,3}}\Z",
    re.IGNORECASE,
)
_LISTED = re.compile(rf"[,;:]{GAP}(?:and{GAP})?\Z")
_FOR = re.compile(rf"{GAP}(?:for|in|to|toward|towards|from|over|across)\b|[.;,]")

_MORE = re.compile(rf"\b(?:another|additional|further|remaining|other){GAP}\Z", re.IGNORECASE)
_ALONE = re.compile(rf"{GAP}(?:will|would|are|were|have|by|this|in|to|from|over|next|more)\b|[.;,](?!\d)")


class _Piece(msgspec.Struct, kw_only=True):
    """A number of the text with what was read of it so far; `unit` is None where it has none of its own."""

    number: Number
    start: int
    end: int
    value: Decimal
    unit: str | None = None
    rule: str = ""
    qualifier: Qualifier | None = None


def find_amounts(text: str) -> list[FoundAmount]:
    """The sums of money, counted goods and people, and shares in percent of `text`, sorted, not overlapping.

    A span is the bare sum ("$1.2 billion", "500,000 doses"); words such as "up to" before it give its qualifier. Both ends of a range
    ("$5-10 million") are amounts of their own. A sum whose currency cannot be told ("dinars" of no country) is left out.
    """
    pieces = _pieces(text)
    _join_ranges(text, pieces)
    _name_elided(text, pieces)
    _name_more(text, pieces)
    found = [_finished(text, piece) for piece in pieces if piece.unit is not None and piece.value > 0]
    taken = [(amount.start, amount.end) for amount in found]
    for start, end, value in shares(text):
        if not any(low < end and start < high for low, high in taken):
            piece = _Piece(number=_WHOLE, start=start, end=end, value=Decimal(value), unit="percent", rule="share")
            found.append(_finished(text, piece))
    return sorted(found, key=lambda amount: amount.start)


_WHOLE = Number(start=0, end=0, plain=Decimal(1), magnitude=1, spelled=True)


def _pieces(text: str) -> list[_Piece]:
    countries = Countries(text)
    pieces: list[_Piece] = []
    for number in numbers(text):
        floor = pieces[-1].end if pieces else 0
        if number.start >= floor:
            pieces.append(_piece(text, number, countries, floor))
    return pieces


def _piece(text: str, number: Number, countries: Countries, floor: int) -> _Piece:
    found = money(text, number, countries, floor)
    if found is not None:
        return _Piece(number=number, start=found.start, end=found.end, value=found.value, unit=found.unit, rule=found.rule)
    count = percent(text, number)
    whole = spaced(text, number)
    if count is None and whole is not number:
        count = counted(text, whole)
        number = whole if count is not None else number
    count = count or counted(text, number)
    piece = _Piece(number=number, start=number.start, end=number.end, value=number.value)
    if count is not None:
        piece.end, piece.unit, piece.rule = count.end, count.unit, count.rule
    return piece


def _join_ranges(text: str, pieces: list[_Piece]) -> None:
    """Give both ends of each range their unit, magnitude and qualifier."""
    for low, high in pairwise(pieces):
        if low.qualifier is not None or low.number.glued or (low.unit is None and high.unit is None):
            continue
        link = _LINK.fullmatch(text, low.end, high.start) if high.start - low.end < 16 else None
        if link is None or (link["word"] == "and" and _BETWEEN.search(text[max(0, low.start - 24) : low.start]) is None):
            continue
        if low.unit is not None and high.unit is not None and low.unit != high.unit:
            continue
        if low.number.year_like and low.unit is None:
            continue
        _share_unit(low, high)
        if low.qualifier is not None and _CHANGE.search(text[max(0, low.start - 80) : low.start]) is not None:
            low.qualifier = high.qualifier = "exact"


def _share_unit(low: _Piece, high: _Piece) -> None:
    first, second = low.number, high.number
    value = low.value
    if first.magnitude == 1 and second.magnitude > 1 and first.plain < second.plain and first.plain < 1000:
        value = first.plain * second.magnitude
    if value >= high.value or (low.rule == "count" and high.unit is None):
        return
    low.value = value
    low.unit = high.unit = low.unit or high.unit
    low.rule = high.rule = "range"
    low.qualifier, high.qualifier = "range-low", "range-high"


def _name_elided(text: str, pieces: list[_Piece]) -> None:
    """A million or more that is spent, in a text that names one currency and no unit here, is a sum in that currency."""
    signed = {piece.unit for piece in pieces if piece.rule in ("sign", "noun", "code after")}
    if len(signed) != 1:
        return
    unit = signed.pop()
    last = -1000
    for piece in pieces:
        last = piece.end if piece.unit == unit else last
        if piece.unit is not None or piece.number.magnitude < 10**6 or _FOR.match(text, piece.end) is None:
            continue
        before = text[max(0, piece.start - 60) : piece.start]
        listed = piece.start - last < 200 and _LISTED.search(before) is not None
        if listed or _SPENT.search(before) is not None:
            piece.unit, piece.rule = unit, "elided"


def _name_more(text: str, pieces: list[_Piece]) -> None:
    """A number after "another" that names nothing counts what was counted before it: "10,000 troops ... another 5,000"."""
    last: _Piece | None = None
    for piece in pieces:
        if piece.rule == "count":
            last = piece
        elif piece.unit is None and last is not None and piece.start - last.end < 300 and piece.value >= 20 and not piece.number.year_like:
            more = _MORE.search(text[max(0, piece.start - 24) : piece.start]) is not None and _ALONE.match(text, piece.end) is not None
            if more:
                piece.unit, piece.rule = last.unit, "elided"


def _finished(text: str, piece: _Piece) -> FoundAmount:
    return FoundAmount(
        start=piece.start,
        end=piece.end,
        text=text[piece.start : piece.end],
        value=_plain(piece.value),
        unit=piece.unit or "",
        qualifier=piece.qualifier or _qualifier(text, piece.start, piece.end),
        rule=piece.rule,
    )


def _plain(value: Decimal) -> Decimal:
    """The value without superfluous noughts and without an exponent."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def _qualifier(text: str, start: int, end: int) -> Qualifier:
    before = text[max(0, start - 48) : start]
    for qualifier, pattern in _BEFORE:
        if pattern.search(before) is not None:
            return qualifier
    if "+" in text[start:end]:
        return "at-least"
    for qualifier, pattern in _AFTER:
        if pattern.match(text, end) is not None:
            return qualifier
    return "exact"
