"""Numbers as English writes them, in figures, in words or in both, with their values."""

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

BLANK = r"[^\S\r\n]"
"""One white space character inside a line, of any kind."""
GAP = r"(?:[^\S\n]{1,3}\n?[^\S\n]{0,3}|\n[^\S\n]{0,3})"
"""What stands between two words: white space with at most one line end."""

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: value for value, word in enumerate(_UNITS.split())} | {word: value * 10 for value, word in enumerate(_TENS.split(), 2)}
_LARGE = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "lakh": 10**5, "crore": 10**7, "dozen": 12,
}  # fmt: skip
_SHORT = {
    "m": 10**6, "mm": 10**6, "mn": 10**6, "mln": 10**6, "mil": 10**6, "b": 10**9, "bn": 10**9, "bln": 10**9, "bil": 10**9, "t": 10**12,
    "tn": 10**12, "trn": 10**12, "tln": 10**12, "k": 10**3, "cr": 10**7, "lac": 10**5, "lakhs": 10**5, "crores": 10**7, "lacs": 10**5,
    "millions": 10**6, "billions": 10**9,
}  # fmt: skip
MAGNITUDES = {**_LARGE, **_SHORT}
_FRACTIONS = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_SHARES = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "1/2": Decimal("0.5"), "1/4": Decimal("0.25"), "3/4": Decimal("0.75")}
_ONLY_MONEY = frozenset({"m", "mm", "b", "t", "k", "cr", "mil", "bil"})

_FIGURE = r"\d{1,15}(?:[.,'’\u00a0\u2007\u2009\u202f]\d{1,15}){0,6}[½¼¾]?(?![\d½¼¾])(?![.,]\d)"
_WORD = "|".join([*sorted(_SMALL, key=len, reverse=True), *_LARGE])
_LARGE_WORD = "|".join(_LARGE)
_HYPHEN = r"(?:[-‐‑])"
_SPELLED = (
    rf"(?:(?:an?{GAP})(?:{_LARGE_WORD})\b|(?:{_WORD}))"
    rf"(?:(?:{GAP}and{GAP}|{GAP}|{_HYPHEN})(?:{_WORD})\b){{0,10}}"
)
_PART = (
    rf"(?:(?:an?|one){GAP})?(?P<part>half|quarter)(?:{GAP}(?:of{GAP})?(?:an?{GAP})?(?=(?:{_LARGE_WORD})\b))"
    rf"|three{GAP}?[-‐‑]?quarters(?P<three>){GAP}(?:of{GAP})?(?:an?{GAP})?(?=(?:{_LARGE_WORD})\b)"
)
_MAGNITUDE = re.compile(
    rf"(?:{BLANK}{{0,2}}|{_HYPHEN}|{GAP})(?P<long>{_LARGE_WORD}|mln|bln|trn|tln|mn|bn|tn|lakhs|crores|lacs?|millions|billions)\b"
    rf"|(?P<short>mm|m|k|b|t|mil|bil)\b|{BLANK}(?P<loose>m|b|k|cr|mil|bil)\b",
    re.IGNORECASE,
)
_AND_PART = re.compile(rf"(?:{GAP}and{GAP}an?{GAP}(half|quarter)\b|{BLANK}(1/2|1/4|3/4)\b)", re.IGNORECASE)
SCANNER = re.compile(
    rf"(?<![\w.,/])(?<![A-Za-z][-‐‑])(?:(?P<figure>{_FIGURE})|(?P<fraction>{_PART})|(?P<spelled>{_SPELLED})\b)"
    rf"|(?<=[A-Za-z])(?<!\d[A-Za-z])(?P<glued>{_FIGURE})|(?<=[\u0b80-\u0bff])(?P<tamil>{_FIGURE})",
    re.IGNORECASE,
)
_SPACED = re.compile(rf"\d{{1,3}}(?:{BLANK}\d{{3}}){{1,4}}(?![\d,.])")
_GROUPED = re.compile(r"\d{1,3}(?:[,'’\u00a0\u2007\u2009\u202f]\d{3}){1,6}(?:\.\d{1,15})?|\d{1,2}(?:,\d{2}){0,4},\d{3}(?:\.\d{1,15})?")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,6}(?:,\d{1,2})?|\d{1,3}(?:\.\d{3}){1,6},\d{1,2}")
_COMMA_DECIMAL = re.compile(r"\d{1,15},\d{1,2}")
_DECIMAL = re.compile(r"\d{1,15}(?:\.\d{1,15})?")
_TOKEN = re.compile(r"[A-Za-z]+")


class Number(msgspec.Struct, frozen=True, kw_only=True):
    """A number at text[start:end]: `value` = `plain` times `magnitude` (1 where none is written)."""

    start: int
    end: int
    plain: Decimal
    magnitude: int
    spelled: bool
    glued: bool = False
    money_only: bool = False
    year_like: bool = False

    @property
    def value(self) -> Decimal:
        """The whole value."""
        return self.plain * self.magnitude


def numbers(text: str) -> Iterator[Number]:
    """The numbers of `text` with the magnitude words after them ("2.5 billion", "500K", "half a million"), from left to right."""
    place = 0
    while (match := SCANNER.search(text, place)) is not None:
        number = _read(text, match)
        if number is not None:
            yield number
        place = max(number.end if number is not None else match.end(), match.start() + 1)


def spaced(text: str, number: Number) -> Number:
    """The number with the groups of three that spaces set off ("10 000 000"), the same number where there are none."""
    match = _SPACED.match(text, number.start)
    if number.spelled or number.glued or match is None or match.end() <= number.end:
        return number
    plain = Decimal("".join(match.group().split()))
    return msgspec.structs.replace(number, plain=plain, magnitude=1, end=match.end(), money_only=False)


def figure_value(figure: str) -> Decimal | None:
    """The value of a number in figures, None where its points and commas make no number: "1,250.5", "1.250,50", "12,34,567", "1,5"."""
    if _GROUPED.fullmatch(figure):
        return Decimal(re.sub(r"[^\d.]", "", figure))
    if _DOTTED.fullmatch(figure):
        return Decimal(figure.replace(".", "").replace(",", "."))
    if _COMMA_DECIMAL.fullmatch(figure):
        return Decimal(figure.replace(",", "."))
    return Decimal(figure) if _DECIMAL.fullmatch(figure) else None


class Spelled(msgspec.Struct, frozen=True):
    """The value of the first `length` characters of words that spell a number: `plain` times `magnitude`."""

    plain: int
    magnitude: int
    length: int


def spelled(words: str) -> Spelled | None:
    """The number that `words` begin with: "two hundred and fifty thousand"; of "five and seven" only "five". None for a bare "hundred"."""
    total = current = last = length = cut = 0
    largest = 10**16
    for match in _TOKEN.finditer(words):
        word = match.group().lower()
        if word in _SMALL:
            if 0 < last < 100 and not (last >= 20 and last % 10 == 0 and 0 < _SMALL[word] < 10):
                break
            current, last = current + _SMALL[word], _SMALL[word]
        elif word in ("a", "an"):
            current, last = 1, 100
            continue
        elif word in _LARGE:
            size = _LARGE[word]
            if current == 0 or (size >= 1000 and size >= largest):
                length = cut if current else length
                current = 0
                break
            current, last = current * size, size
            if size >= 1000:
                total, current, largest, cut = total + current, 0, size, match.end()
        else:
            continue
        length = match.end()
    if length == 0 or total + current == 0:
        return None
    whole = total + current if length != cut or current == 0 else total
    single = largest < 10**16 and whole == total and total % largest == 0 and total < largest * 1000
    return Spelled(total // largest, largest, length) if single else Spelled(whole, 1, length)


def _read(text: str, match: re.Match[str]) -> Number | None:
    words = match.group()
    if match["spelled"] is not None:
        found = spelled(words)
        if found is None:
            return None
        number = Number(
            start=match.start(), end=match.start() + found.length, plain=Decimal(found.plain), magnitude=found.magnitude, spelled=True
        )
        return _scaled(text, number)
    if match["fraction"] is not None:
        plain: Decimal | None = _FRACTIONS[match["part"].lower()] if match["part"] else Decimal("0.75")
        words = words.rstrip()
    else:
        part = _FRACTIONS.get(words[-1], Decimal(0))
        plain = figure_value(words.rstrip("½¼¾"))
        plain = plain + part if plain is not None else None
    if not plain:
        return None
    number = Number(
        start=match.start(),
        end=match.start() + len(words),
        plain=plain,
        magnitude=1,
        spelled=False,
        glued=match["fraction"] is None and match["figure"] is None,
        year_like=len(words) == 4 and words.isdecimal() and 1900 <= plain <= 2100,
    )
    return _scaled(text, number)


def _scaled(text: str, number: Number) -> Number:
    """The number with "and a half" and the magnitude words that follow it."""
    plain, end, magnitude, money_only = number.plain, number.end, number.magnitude, False
    part = _AND_PART.match(text, end)
    if part is not None:
        plain, end = plain + _SHARES[(part[1] or part[2]).lower()], part.end()
    for _ in range(2):
        match = _MAGNITUDE.match(text, end)
        if match is None:
            break
        word = (match["long"] or match["short"] or match["loose"]).lower()
        if magnitude > 1 and word not in _LARGE:
            break
        money_only = money_only or word in _ONLY_MONEY
        magnitude *= MAGNITUDES[word]
        end = match.end()
    year_like = number.year_like and end == number.end
    return msgspec.structs.replace(number, plain=plain, end=end, magnitude=magnitude, money_only=money_only, year_like=year_like)
