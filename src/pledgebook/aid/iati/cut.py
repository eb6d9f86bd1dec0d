"""A file cut at its activities, as a stream: what is unchanged can be skipped by its hash, and one bad activity spoils no other."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

import msgspec

from pledgebook.aid.iati.clean import OPAQUE, may_hide
from pledgebook.core.identity import sha256_hex

#: How many bytes of activities are handed on together: more make fewer and larger tables, and need more memory.
CHUNK = 10 << 20

_START = re.compile(rb"<iati-activity(?=[\s>/])")
_EMPTY = re.compile(rb"<iati-activity(?:\s[^<>]*)?/>")
_END = re.compile(rb"</iati-activity\s*>")
_ROOT = re.compile(rb"<iati-activities\b([^>]*)>")
_ROOT_END = re.compile(rb"</iati-activities\s*>")
_ATTRIBUTE = re.compile(rb"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")

Span = tuple[int, int]


class Header(msgspec.Struct, frozen=True):
    """What the root element says for all activities; None where it says nothing."""

    version: str | None = None
    language: str | None = None
    generated: str | None = None

    def hash_of(self, activity: bytes) -> str:
        """The identity of an activity's content: its bytes and what it inherits."""
        return sha256_hex(f"{self.version or ''}\0{self.language or ''}\0".encode() + activity)


class Chunk(msgspec.Struct, frozen=True):
    """Some activities of a file, in their order: bytes, the line each begins at (from 1), and the number of the first (from 1)."""

    header: Header
    first: int
    activities: Sequence[bytes]
    lines: Sequence[int]


class Rest(msgspec.Struct, frozen=True):
    """How the file ended: the bytes before its first and after its last activity, the line where the latter begin, and whether it was cut off."""

    head: bytes
    line: int
    tail: bytes
    cut_off: bool


def cut(blocks: Iterable[bytes], chunk: int = CHUNK) -> Iterator[Chunk | Rest]:
    """The activities of a UTF-8 file given in blocks of any size; the last thing given is the Rest."""
    state = _State()
    for block in blocks:
        state.take(block)
        # Where no activity ended in what is held, it is looked at again when it is twice as long.
        if state.size - state.tried >= max(chunk, state.tried):
            yield from state.give(last=False)
    yield from state.give(last=True)
    yield state.rest()


class _State:
    def __init__(self) -> None:
        self.tried = 0  # how much of what is held was searched without an end
        self.size = 0
        self._held: list[bytes] = []
        self._line = 1
        self._first = 1
        self._head: bytes | None = None
        self._header = Header()
        self._closed = True

    def take(self, block: bytes) -> None:
        self._held.append(block)
        self.size += len(block)

    def give(self, *, last: bool) -> Iterator[Chunk]:
        data = b"".join(self._held)
        pieces = _pieces(data, last=last)
        if pieces:
            if self._head is None:
                self._head = data[: pieces[0][0]]
                self._header = header_of(self._head)
            activities = [data[start:end] for start, end in pieces]
            self._closed = any(end.search(activities[-1]) for end in (_END, _EMPTY, _ROOT_END))
            yield Chunk(header=self._header, first=self._first, activities=activities, lines=self._count_lines(data, pieces))
            self._first += len(pieces)
            data = data[pieces[-1][1] :]
        self._held, self.size = [data], len(data)
        self.tried = len(data) if not pieces else 0

    def _count_lines(self, data: bytes, pieces: Sequence[Span]) -> list[int]:
        """The line of each piece; the line of what follows them is kept."""
        lines, at = [], 0
        for start, _ in pieces:
            self._line += data.count(b"\n", at, start)
            lines.append(self._line)
            at = start
        self._line += data.count(b"\n", at, pieces[-1][1])
        return lines

    def rest(self) -> Rest:
        tail = b"".join(self._held)
        head = tail if self._head is None else self._head
        ended = _ROOT.search(head) is None or _ROOT_END.search(tail) is not None or not self._closed
        return Rest(head=head, line=self._line, tail=tail, cut_off=self._first > 1 and not (self._closed and ended))


def _pieces(data: bytes, *, last: bool) -> list[Span]:
    """Where activities begin and end in `data`; without `last`, what may go on after its end is left out."""
    hidden, limit = _hidden(data, last=last)
    starts = [start for start, _ in _outside(_START.finditer(data, 0, limit), hidden)]
    ends = [end for _, end in _outside(_END.finditer(data, 0, limit), hidden)]
    pieces = []
    at = 0
    for start, following in zip_longest(starts, starts[1:]):
        while at < len(ends) and ends[at] <= start:
            at += 1
        if at < len(ends) and (following is None or ends[at] <= following):
            pieces.append((start, ends[at]))
        elif empty := _EMPTY.match(data, start):
            pieces.append(empty.span())
        elif following is not None:  # never closed: what comes up to the next one is read as well as it can be
            pieces.append((start, following))
        elif last:
            pieces.append((start, len(data)))
    return pieces


def _hidden(data: bytes, *, last: bool) -> tuple[list[Span], int]:
    """The comments, CDATA sections and instructions of `data`, where tags do not count, and how far it can be told."""
    if not may_hide(data):
        return [], len(data)
    spans = [found.span() for found in OPAQUE.finditer(data)]
    after = spans[-1][1] if spans else 0
    unclosed = min((place for mark in (b"<!--", b"<![CDATA[", b"<?") if (place := data.find(mark, after)) >= 0), default=len(data))
    return spans, len(data) if last else unclosed


def _outside(tags: Iterator[re.Match[bytes]], hidden: Sequence[Span]) -> Iterator[Span]:
    """The spans of the tags that do not begin in what is hidden."""
    at = 0
    for tag in tags:
        while at < len(hidden) and hidden[at][1] <= tag.start():
            at += 1
        if at == len(hidden) or tag.start() < hidden[at][0]:
            yield tag.span()


def header_of(head: bytes) -> Header:
    """What the bytes before the first activity say of all of them."""
    root = _ROOT.search(OPAQUE.sub(b"", head))
    if root is None:
        return Header()
    values = {name.decode(): (double or single).decode(errors="replace") for name, double, single in _ATTRIBUTE.findall(root[1])}
    return Header(version=values.get("version"), language=values.get("xml:lang"), generated=values.get("generated-datetime"))
