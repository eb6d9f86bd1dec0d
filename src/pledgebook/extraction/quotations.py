"""Finds quotations by their marks: straight, curly, guillemets and single quotes, balanced or not."""

import re
from typing import NamedTuple

_BLANK = re.compile(r"\n[ \t\r]*\n")
_DOUBLE = re.compile(r'["“”„«»]')
_SINGLE_OPEN = re.compile(r"(?<![\w’'.,!?])(?:‘|')(?=[^\s\W_]|[$£€])")
_SINGLE_STRONG = re.compile(r"(?<=[,.!?…])[’'](?![\w])")
_SINGLE_CLOSE = re.compile(r"(?<=[^\s(])[’'](?![\w])")
_ELISION = re.compile(r"[‘'](?:\d0s|tis|twas|em|til|cause|n)\b")
# The place where speech ends when its closing mark is missing: a comma, then "Smith said" or "said Smith".
_LOST_CLOSE = re.compile(
    r"[,.?!](?=[ ](?:(?:said|says|added|told|asked|explained|warned|noted)\s|"
    r"(?:he|she|they|(?:the|a|an)(?:\s[a-z]+){1,3}|(?!We|I\b|You|They)(?:[A-Z][\w.’'-]+\s){0,3}[A-Z][\w.’'-]+)\s"
    r"(?:also\s|later\s)?(?:said|says|added|told|asked|explained|warned|noted)\b))"
)
_SENTENCE_START = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


class Quotation(NamedTuple):
    """The content `text[start:end]` between marks; `first`, `last` hold the marks. `group` numbers a quotation over several paragraphs."""

    start: int
    end: int
    first: int
    last: int
    group: int
    whole: bool


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Ranges of the paragraphs: lines, or blocks between blank lines where lines are hard-wrapped."""
    lines = text.split("\n")
    wrapped = bool(_BLANK.search(text)) and max(map(len, lines)) <= 100
    out: list[tuple[int, int]] = []
    if not wrapped:
        at = 0
        for line in lines:
            if line.strip():
                out.append((at, at + len(line)))
            at += len(line) + 1
        return out
    at = 0
    for blank in [*_BLANK.finditer(text), None]:
        end = blank.start() if blank else len(text)
        if text[at:end].strip():
            out.append((at, end))
        at = blank.end() if blank else end
    return out


def _single_style(text: str) -> bool:
    """Whether single marks are the main quotation marks of the text."""
    doubles = sum(1 for _ in _DOUBLE.finditer(text)) // 2
    return sum(1 for _ in _SINGLE_STRONG.finditer(text)) > doubles and bool(_SINGLE_OPEN.search(text))


class _Marks:
    """Open and closing marks of one paragraph, as (offset, opens, closes) triples."""

    def __init__(self, text: str, start: int, end: int, *, single: bool) -> None:
        self.text, self.start, self.end = text, start, end
        self.found = self._singles() if single else self._doubles()

    def _doubles(self) -> list[tuple[int, bool, bool]]:
        return [(m.start(), *self._shape(m.start())) for m in _DOUBLE.finditer(self.text, self.start, self.end)]

    def _shape(self, at: int) -> tuple[bool, bool]:
        mark = self.text[at]
        if mark in "“„«":
            return True, False
        if mark in "”»":
            return False, True
        before = self.text[at - 1] if at > self.start else " "
        after = self.text[at + 1] if at + 1 < self.end else " "
        opens = (before.isspace() or before in "([—–-:\"'‘") and not after.isspace()
        closes = not before.isspace() and (after.isspace() or not after.isalnum()) and before not in "(["
        if opens and closes:
            opens = before in "([" or after.isalnum()
        return (opens, closes) if opens or closes else (True, True)

    def _singles(self) -> list[tuple[int, bool, bool]]:
        text, out, at = self.text, list[tuple[int, bool, bool]](), self.start
        while opening := _SINGLE_OPEN.search(text, at, self.end):
            at = opening.end()
            if _ELISION.match(text, opening.start()):
                continue
            later = _SINGLE_OPEN.search(text, at, self.end)
            limit = later.start() if later else self.end
            strong = _SINGLE_STRONG.search(text, at, limit)
            weak = next((m for m in _SINGLE_CLOSE.finditer(text, at, limit) if text[m.start() - 1] != "s"), None)
            plain = _SINGLE_CLOSE.search(text, at, limit)
            closing = strong or weak or plain
            if (
                weak
                and strong
                and weak.start() < strong.start()
                and text[weak.start() + 1 : weak.start() + 2] in {"", " ", ",", ".", ";", ")"}
            ):
                closing = weak
            out.append((opening.start(), True, False))
            if closing:
                out.append((closing.start(), False, True))
                at = closing.end()
        return out


def find_quotations(text: str) -> list[Quotation]:
    """All quotations of the text in order, not nested; unbalanced marks are mended inside their paragraph."""
    single = _single_style(text)
    out: list[Quotation] = []
    group, carried = 0, False
    for start, end in paragraphs(text):
        marks = _Marks(text, start, end, single=single).found
        opener: int | None = None
        starts_open = bool(marks) and marks[0][1] and not text[start : marks[0][0]].strip()
        if not (carried and starts_open):
            group += 1
        depth_used = False
        for at, opens, closes in marks:
            if opener is None:
                if opens:
                    opener = at
                    if depth_used or not (carried and starts_open):
                        group += 1
                    depth_used = True
                elif closes and not text[at - 1 : at].isdigit():
                    _take(out, _lost_opening(text, start, at, out, group))
                    group += 1
            elif closes and not (opens and not closes):
                _take(out, _content(text, opener, at, group, whole=True))
                opener = None
            else:
                _take(out, _lost_closing(text, opener, at, group))
                group += 1
                opener = at
        carried = False
        if opener is not None:
            piece, carried = _open_at_end(text, opener, end, group)
            _take(out, piece)
    return out


def _take(out: list[Quotation], piece: Quotation | None) -> None:
    if piece is not None and piece.end > piece.start and (not out or piece.first >= out[-1].last):
        out.append(piece)


def _content(text: str, opener: int, closer: int, group: int, *, whole: bool) -> Quotation:
    start, end = opener + 1, closer
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    last = closer + 1 if whole else closer
    return Quotation(start, end, opener, last, group, whole)


def _lost_opening(text: str, start: int, closer: int, out: list[Quotation], group: int) -> Quotation | None:
    """A closing mark with nothing open: its sentence is the quotation, if the mark follows punctuation."""
    if text[closer - 1 : closer] not in {",", ".", "?", "!"}:
        return None
    begin = max(start, out[-1].last if out else 0, closer - 600)
    for gap in _SENTENCE_START.finditer(text, begin, closer - 1):
        begin = gap.end()
    while begin < closer and text[begin].isspace():
        begin += 1
    return Quotation(begin, closer, begin, closer + 1, group, whole=False)


def _lost_closing(text: str, opener: int, limit: int, group: int) -> Quotation | None:
    """An opening mark whose partner is missing: the speech ends where a cue follows it, else at `limit`."""
    lost = _LOST_CLOSE.search(text, opener + 1, min(limit, opener + 3000))
    return _content(text, opener, lost.end() if lost else limit, group, whole=False)


def _open_at_end(text: str, opener: int, end: int, group: int) -> tuple[Quotation | None, bool]:
    """The quotation still open at the end of its paragraph, and whether the next paragraph continues it."""
    rest = text[end : end + 40].lstrip()
    lost = _LOST_CLOSE.search(text, opener + 1, min(end, opener + 3000))
    if rest[:1] in {'"', "“", "«", "‘", "'", "„"} and not (lost and text[lost.start()] == ","):
        return _content(text, opener, end, group, whole=False), True
    return _content(text, opener, lost.end() if lost else end, group, whole=False), False
