"""Sentences of a text as ranges: paragraphs by blank lines, lines where the text is not hard-wrapped, then full stops.

Own rules instead of a parser's, so that the gate can pass over sentences that are never parsed.
"""

import re
from collections.abc import Iterator

import msgspec

_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "lt",
        "col",
        "maj",
        "capt",
        "sgt",
        "adm",
        "cmdr",
        "rep",
        "sen",
        "gov",
        "pres",
        "amb",
        "hon",
        "rev",
        "st",
        "jr",
        "sr",
        "no",
        "nos",
        "vs",
        "etc",
        "inc",
        "ltd",
        "co",
        "corp",
        "dept",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "fig",
        "vol",
        "art",
        "sec",
        "para",
        "approx",
        "est",
        "e.g",
        "i.e",
        "a.m",
        "p.m",
        "u.s",
        "u.k",
        "u.n",
        "e.u",
        "d.c",
        "ph.d",
    ]
)
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")
#: A lower-case letter opens a sentence only behind an opening quotation mark ("borders. “our partners will ...").
_NEXT_STARTS = re.compile(r"\s+(?:[\"'“‘«(\[]*\s?[A-Z0-9\u00C0-\u00DE—–-]|[\"“«]\s?\w)|\s*$")
_BULLET = re.compile(r"[ \t]*(?:[•·▪◦‣*\-–—o]|\(?\d{1,2}[.)]|\(?[a-z][.)])[ \t]+")
_WORD_BEFORE = re.compile(r"([^\s(\"“'‘\[]+)$")
_INITIAL = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]$")


class Sentence(msgspec.Struct, frozen=True):
    """A sentence `text[start:end]` without outer white space; `paragraph` counts from 0; `bullet` if its line is a list item."""

    start: int
    end: int
    paragraph: int
    bullet: bool


def split_sentences(text: str) -> list[Sentence]:
    """All sentences of `text`, in order, not overlapping."""
    sentences: list[Sentence] = []
    for number, (start, end, bullet) in enumerate(_blocks(text)):
        sentences.extend(Sentence(first, last, number, bullet) for first, last in _stops(text, start, end))
    return sentences


def _blocks(text: str) -> Iterator[tuple[int, int, bool]]:
    """Ranges that no sentence crosses: paragraphs, list items, and lines of a text that is not hard-wrapped."""
    wrapped = _is_hard_wrapped(text)
    start: int | None = None
    bullet = False
    end = 0
    for line in re.finditer(r"[^\r\n\u2028\u2029]+", text):
        if not line.group().strip():
            continue
        is_bullet = _BULLET.match(line.group()) is not None
        if start is not None and not is_bullet and _continues(text, start, end, line.start(), wrapped):
            end = line.end()
            continue
        if start is not None:
            yield start, end, bullet
        start, end, bullet = line.start(), line.end(), is_bullet
    if start is not None:
        yield start, end, bullet


def _continues(text: str, start: int, end: int, next_start: int, wrapped: bool) -> bool:
    """Whether the line at `next_start` goes on with the sentence of the line that ends at `end`."""
    if len(re.findall(r"\r\n|[\r\n\u2028\u2029]", text[end:next_start])) > 1 or not text[end:next_start].strip("\r\n \t\u2028"):
        blank = re.search(r"\n[^\S\n]*\n|\r\r", text[end:next_start])
        if blank or text[end:next_start].count("\n") > 1:
            return False
    last, first = text[start:end].rstrip()[-1:], text[next_start:].lstrip()[:1]
    if last in '.!?:;”"':
        return wrapped and last not in ":;"
    return wrapped or first.islower()


def _is_hard_wrapped(text: str) -> bool:
    """Whether most lines break in mid-sentence at about one width, as in mail and plain-text releases."""
    lines = [line.rstrip() for line in text[:20_000].split("\n") if line.strip()]
    if len(lines) < 4:
        return False
    inner = [line for line in lines if 45 <= len(line) <= 100]
    broken = [line for line in inner if line[-1] not in '.!?:;”"']
    return len(inner) >= 0.6 * len(lines) and len(broken) >= 0.6 * len(inner)


def _stops(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of one block, white space left out."""
    first = start
    for stop in _STOP.finditer(text, start, end):
        if _ends_sentence(text, first, stop, end):
            yield from _trimmed(text, first, stop.end())
            first = stop.end()
    yield from _trimmed(text, first, end)


def _ends_sentence(text: str, first: int, stop: re.Match[str], end: int) -> bool:
    if not _NEXT_STARTS.match(text[stop.end() : min(end, stop.end() + 8)]):
        return False
    if stop.group()[0] != "." or len(stop.group().rstrip("\"'”’»)]")) > 1:
        return True
    word = _WORD_BEFORE.search(text[max(first, stop.start() - 20) : stop.start()])
    if word is None:
        return True
    bare = word.group(1).casefold().rstrip(".")
    if bare in {"u.s", "u.k", "u.n", "e.u", "d.c", "a.m", "p.m"}:
        return _sentence_opener(text, stop.end(), end)
    return bare not in _ABBREVIATIONS and not (_INITIAL.fullmatch(word.group(1)) and bare not in {"i", "a"})


_OPENERS = re.compile(
    r"\s+[\"'“‘]?(?:The|This|That|These|Those|We|I|He|She|They|It|In|On|At|As|And|But|Our|If|When|With|For|Today|A|An|To|However|His|Her)\b"
)


def _sentence_opener(text: str, at: int, end: int) -> bool:
    """After "U.S." and the like a sentence ends only if the next word is one that usually opens a sentence."""
    return at >= end or _OPENERS.match(text[at : min(end, at + 14)]) is not None or "\n" in text[at : at + 2]


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
