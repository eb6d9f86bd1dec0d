"""Sums of money: a number with a currency sign, code or noun before or after it."""

import re
from bisect import bisect_left
from decimal import Decimal

import msgspec

from pledgebook.extraction.amount_numbers import BLANK, GAP, MAGNITUDES, Number, figure_value, spaced, spelled
from pledgebook.reference.currencies import (
    CODES,
    DEFAULTS,
    DOLLAR_MARKS,
    GUARDED,
    LETTER_SIGNS,
    MINOR,
    NATIONAL,
    NOUNS,
    SIGNS,
    SINGLE,
    SURE_MARKS,
    WORDLIKE,
)

_REACH = 16


def _any(words: object) -> str:
    return "|".join(re.escape(word).replace(r"\ ", GAP) for word in sorted(map(str, words), key=len, reverse=True))  # type: ignore[call-overload]


_CODE = _any(CODES)
_SIGN = _any(SIGNS)
_PREFIX = re.compile(
    rf"(?:(?:(?<![A-Za-z])(?P<mark>[Uu]\.?{BLANK}?[Ss]\.?|[A-Za-z]{{1,3}}\.?){BLANK}?)?(?P<sign>{_SIGN})"
    rf"|(?<![A-Za-z-])(?P<million>M)?(?P<code>{_CODE}|usd|eur|gbp|Usd|Eur)"
    rf"|(?<![A-Za-z-])(?P<letters>{_any(LETTER_SIGNS)})){BLANK}{{0,2}}\Z"
)
_DOLLAR_WORD = re.compile(rf"(?:{BLANK}?\b(?:dollar|dollars)){BLANK}\Z", re.IGNORECASE)
_NATION = _any({word for _, word in NATIONAL} | {"south african", "south korean", "north korean", "hong kong", "new zealand"})
_SUFFIX = re.compile(
    rf"(?:(?:{BLANK}{{0,2}}|[-‐‑])(?:(?P<million>M)?(?P<code>{_CODE})\b|(?i:(?P<low>usd|eur|gbp|rmb)\b)|(?P<sign>{_SIGN}|R\$|zł|Kč)(?!{BLANK}?\d))"
    rf"|(?:{GAP}|[-‐‑])(?i:(?:worth{GAP}of{GAP}|in{GAP})?(?:(?P<nation>{_NATION}){GAP})?(?:(?:new|convertible|cfa){GAP})?(?P<noun>{_any(NOUNS)})\b)"
    rf"|(?:{GAP}|[-‐‑])(?i:(?P<euro>euro{GAP})?(?P<minor>{_any(MINOR)})\b))"
)
_CLOSE = re.compile(rf"[\s‐‑-]{{0,6}}(?:[^\W\d_]|{_SIGN})")
_MORE = re.compile(rf"{GAP}(?:and{GAP})?(\d{{1,2}}|[A-Za-z]+(?:[- ][a-z]+)?){GAP}(?:cents?|pence)\b", re.IGNORECASE)
_LOOSE_CENTS = re.compile(rf"{GAP}(?:and{GAP})?(\d\d)(?=[.,;!?)](?!\d)|\s*\Z|{GAP}more\b)")
_WEIGHT = re.compile(
    rf"{GAP}(?:of|per{GAP}square)\b"
    rf"(?!{GAP}(?:aid|assistance|funding|support|money|investments?|debts?|loans?|spending|taxpayers?|help|relief|funds?))"
)
_BRITISH = re.compile(r"\b(?:Brit(?:ain|ish|on)|UK|U\.K\.|United Kingdom|England|London|sterling|pence|GBP)\b|£", re.IGNORECASE)
_WEIGHS = re.compile(r"\b(?:weigh\w{0,3}|los(?:e|t|ing)|gain\w{0,3}|carr(?:y|ies|ied|ying)|lift\w{0,3})\b[^.;]{0,40}\Z", re.IGNORECASE)
_PAID = re.compile(
    r"\b(?:pa(?:y|id|ys|ying|yment)|cost\w{0,3}|fine[ds]?|worth|rais\w{1,3}|spen[dt]\w{0,3}|donat\w{1,3}|grant\w{0,3}|pric\w{1,3}|invest\w{0,3}|"
    r"fund\w{0,3}|pledg\w{1,3}|provid\w{1,3}|giv\w{1,3}|loan\w{0,3}|fees?|budget|sum|award\w{0,3}|charg\w{1,3}|earn\w{0,3}|allocat\w{1,3})\b",
    re.IGNORECASE,
)
_LATE_MAGNITUDE = re.compile(rf"{BLANK}(million|billion|trillion|thousand|mln|bn)\b", re.IGNORECASE)
_AFTER_SIGN = re.compile(
    rf"(?:{BLANK}(?P<code>\((?:{_CODE})\)|(?:{_CODE})\b)|{GAP}(?i:(?:(?P<nation>{_NATION}){GAP})?(?:dollars?|euros?|pounds|yen)\b))"
)
_INDIAN = re.compile(r"crore|lakh|lac|^\d{1,2},\d{2},\d{3}", re.IGNORECASE)
_COUNTRY = {
    noun: re.compile(rf"\b(?:{_any({word for other, word in NATIONAL if other == noun and word != 'us'})})", re.IGNORECASE)
    for noun in {noun for noun, _ in NATIONAL} - set(DEFAULTS)
}


class Sum(msgspec.Struct, frozen=True, kw_only=True):
    """A number with its currency, at text[start:end]; `rule` tells the notation."""

    start: int
    end: int
    value: Decimal
    unit: str
    rule: str


class Countries:
    """The country words of a text, to give a currency noun that several states share ("dinars") its state."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: dict[str, list[tuple[int, str]]] = {}

    def currency(self, noun: str, at: int) -> str | None:
        """The ISO code of `noun` for the country word nearest to `at`; the default of the noun, or None, where there is none."""
        if noun in GUARDED:
            return None
        if noun in SINGLE:
            return SINGLE[noun]
        if noun not in self._places:
            pattern = _COUNTRY.get(noun)
            found = pattern.finditer(self._text) if pattern is not None else ()
            self._places[noun] = [(m.start(), NATIONAL[noun, _plain(m.group())]) for m in found]
        places = self._places[noun]
        index = bisect_left(places, (at, ""))
        near = sorted(places[max(0, index - 1) : index + 1], key=lambda place: at - place[0] if place[0] < at else 3 * (place[0] - at))
        return near[0][1] if near else None


def money(text: str, number: Number, countries: Countries, floor: int = 0) -> Sum | None:
    """The sum of money that `number` belongs to, or None. A sign or code before it stands at `floor` or later."""
    before = text[max(floor, number.start - _REACH) : number.start]
    return _signed(text, number, before, countries) or (None if number.glued else _named(text, number, countries))


def _plain(word: str) -> str:
    return re.sub(r"\s+", " ", word.lower())


def _signed(text: str, number: Number, before: str, countries: Countries) -> Sum | None:
    """A sum whose currency stands before the number."""
    if number.spelled or not text[number.start].isdecimal():
        return None
    match = _PREFIX.search(before)
    if match is None:
        word = None if number.glued else _DOLLAR_WORD.search(before)
        return None if word is None or number.magnitude == 1 else _sum(number, number.start, "USD", "word before")
    start = number.start - len(before) + match.start()
    if match["sign"]:
        unit = _of_mark(match["mark"], match["sign"], before[match.end("mark") : match.start("sign")]) if match["mark"] else None
        if unit is None:
            start = number.start - len(before) + match.start("sign")
            unit = SIGNS[match["sign"]]
    elif match["code"]:
        unit = match["code"].upper()
        if not _credible(text, number, unit, match):
            return None
    else:
        unit = LETTER_SIGNS[match["letters"]]
    if unit in NOUNS:
        unit = countries.currency(unit, number.start) or "INR"
    number = spaced(text, number)
    value = number.value * (10**6 if match["million"] else 1)
    end, unit = _settled(text, number.end, unit, bool(match["sign"]))
    return Sum(start=start, end=end, value=_thousands(text, number, value), unit=unit, rule="sign")


def _of_mark(written: str, sign: str, blank: str) -> str | None:
    """The currency of letters before a sign ("C$", "AUD$"), None where the letters are a word of their own ("a $5 loan")."""
    mark = re.sub(r"[^a-z]", "", written.lower())
    if mark.upper() in CODES - WORDLIKE:
        return mark.upper()
    sure = mark in SURE_MARKS or (written[:1].isupper() and not blank)
    return DOLLAR_MARKS.get(mark) if sign == "$" and sure else None


def _credible(text: str, number: Number, unit: str, match: re.Match[str]) -> bool:
    """Whether capitals before a number are a currency code, not a name that looks like one ("COP 26", "SAR 5")."""
    if number.glued:
        return unit not in WORDLIKE and not text[number.end : number.end + 1].isalpha()
    if unit not in WORDLIKE or match["million"]:
        return True
    return number.magnitude > 1 or "," in text[number.start : number.end]


def _thousands(text: str, number: Number, value: Decimal) -> Decimal:
    """A sum of three decimals and no magnitude is one of thousands: "€1.500"."""
    figure = text[number.start : number.end]
    return value * 1000 if number.magnitude == 1 and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", figure) else value


def _settled(text: str, end: int, unit: str, signed: bool) -> tuple[int, str]:
    """The end and currency of a sum after the words that say its currency again ("$200 AUD", "$5 million US dollars")."""
    match = _AFTER_SIGN.match(text, end) if signed else None
    if match is None:
        return end, unit
    if match["code"]:
        code = match["code"].strip("()")
        return (match.end(), code) if code not in WORDLIKE else (end, unit)
    nation = match["nation"]
    return match.end(), NATIONAL.get(("dollar", _plain(nation)), unit) if nation and unit == "USD" else unit


def _named(text: str, number: Number, countries: Countries) -> Sum | None:
    """A sum whose currency stands after the number."""
    whole = spaced(text, number)
    match = _SUFFIX.match(text, whole.end) if _CLOSE.match(text, whole.end) is not None else None
    if match is None and whole is not number:
        whole, match = number, _SUFFIX.match(text, number.end)
    if match is None:
        return None
    number = whole
    if match["minor"]:
        unit = "EUR" if match["euro"] else MINOR[match["minor"].lower()]
        return Sum(start=number.start, end=match.end(), value=number.value / 100, unit=unit, rule="cents")
    if match["noun"]:
        return _of_noun(text, number, match, countries)
    unit = (match["code"] or match["low"] or "").upper()
    end, value = match.end(), number.value * (10**6 if match["million"] else 1)
    if unit == "RMB":
        unit = "CNY"
    elif match["sign"]:
        unit = {"R$": "BRL", "zł": "PLN", "Kč": "CZK"}.get(match["sign"]) or SIGNS[match["sign"]]
    elif unit in WORDLIKE and number.magnitude == 1:
        return None
    late = _LATE_MAGNITUDE.match(text, end) if number.magnitude == 1 and not match["million"] else None
    if late is not None:
        end, value = late.end(), value * MAGNITUDES[late[1].lower()]
    unit = countries.currency(unit, number.start) or "INR" if unit in NOUNS else unit
    if number.magnitude == 1 and late is None and not match["million"]:
        end, value = _with_cents(text, end, value)
    return Sum(start=number.start, end=end, value=value, unit=unit, rule="code after")


def _of_noun(text: str, number: Number, match: re.Match[str], countries: Countries) -> Sum | None:
    """A sum in the nouns of a currency: "5 million euros", "200 Iraqi dinars", "3 pounds"."""
    noun = NOUNS[match["noun"].lower()]
    nation = match["nation"]
    unit = NATIONAL.get((noun, _plain(nation))) if nation else None
    if unit is None and not (nation and noun == "dollar"):
        unit = countries.currency(noun, number.start)
    if unit is None and noun == "rupee" and _INDIAN.search(text[number.start : number.end]) is not None:
        unit = "INR"
    if unit is None and noun in GUARDED and number.magnitude >= 1000 and not nation:
        unit = _guarded(noun, match)
    if unit is None or (noun == "pound" and not nation and _is_weight(text, number, match)):
        return None
    end, value = _with_cents(text, match.end(), _thousands(text, number, number.value))
    return Sum(start=number.start, end=end, value=value, unit=unit, rule="noun")


def _with_cents(text: str, end: int, value: Decimal) -> tuple[int, Decimal]:
    """The end and value of a sum with the hundredths said after it: "3 dollars and 50 cents", "15 dollars 50."."""
    more = _MORE.match(text, end) or (_LOOSE_CENTS.match(text, end) if value < 1000 else None)
    cents = figure_value(more[1]) if more is not None and more[1].isdecimal() else _spelled_cents(more)
    return (end, value) if more is None or cents is None else (more.end(), value + cents / 100)


def _is_weight(text: str, number: Number, match: re.Match[str]) -> bool:
    """Whether pounds are a weight: "pounds of flour", "a 500-pound bomb", "carries 60 pounds"."""
    if _WEIGHT.match(text, match.end()) is not None:
        return True
    if number.magnitude >= 1000:
        return False
    before = text[max(0, number.start - 80) : number.start]
    if match.group()[0] in "-‐‑" or _WEIGHS.search(before) is not None:
        return True
    around = text[max(0, number.start - 2000) : match.end() + 2000]
    return _PAID.search(before) is None and _BRITISH.search(around) is None


def _guarded(noun: str, match: re.Match[str]) -> str | None:
    """The currency of a noun that is an English word too, where its form can be nothing else ("8 million reais")."""
    return SINGLE.get(noun) if match["noun"].lower() not in {noun, f"{noun}s"} else None


def _spelled_cents(more: re.Match[str] | None) -> Decimal | None:
    found = spelled(more[1]) if more is not None else None
    return Decimal(found.plain * found.magnitude) if found is not None else None


def _sum(number: Number, start: int, unit: str, rule: str) -> Sum:
    return Sum(start=start, end=number.end, value=number.value, unit=unit, rule=rule)
