"""A file cut at its activities, as a stream: what is unchanged can be skipped by its hash, and one bad activity spoils no other."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from pledgebook.core.identity import sha256_hex

#: How many bytes of activities are handed on together.
CHUNK = 8 << 20

_START = re.compile(rb"<iati-activity(?=[\s>/])")
_END = re.compile(rb"</iati-activity\s*>")
_OPAQUE = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_ROOT = re.compile(rb"<iati-activities\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


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
    """How the file ended: bytes after the last activity that are no end of a file of activities, and where they begin."""

    head: bytes
    line: int
    tail: bytes


def cut(blocks: Iterator[bytes], chunk: int = CHUNK) -> Iterator[Chunk | Rest]:
    """The activities of a UTF-8 file given in blocks of any size; the last thing given is the Rest."""
    state = _State()
    for block in blocks:
        state.take(block)
        if len(state.buffer) - state.tried >= chunk:
            yield from state.give(last=False)
    yield from state.give(last=True)
    yield Rest(head=state.head, line=state.line, tail=bytes(state.buffer))


class _State:
    def __init__(self) -> None:
        self.buffer = b""
        self.tried = 0  # how much of the buffer was searched without an end
        self.line = 1
        self.first = 1
        self.head = b""
        self.header = Header()
        self._waiting: list[bytes] = []

    def take(self, block: bytes) -> None:
        self._waiting.append(block)
        if sum(map(len, self._waiting)) >= CHUNK // 8:
            self._join()

    def _join(self) -> None:
        self.buffer = b"".join([self.buffer, *self._waiting])
        self._waiting = []

    def give(self, *, last: bool) -> Iterator[Chunk]:
        self._join()
        pieces = _pieces(self.buffer, last=last)
        if not pieces:
            self.tried = len(self.buffer)
            return
        if self.first == 1:
            self.head = self.buffer[: pieces[0][0]]
            self.header = header_of(self.head)
        lines = []
        line, at = self.line, 0
        for start, _ in pieces:
            line, at = line + self.buffer.count(b"\n", at, start), start
            lines.append(line)
        yield Chunk(header=self.header, first=self.first, activities=[self.buffer[a:b] for a, b in pieces], lines=lines)
        end = pieces[-1][1]
        self.line = line + self.buffer.count(b"\n", at, end)
        self.first += len(pieces)
        self.buffer, self.tried = self.buffer[end:], 0


def _pieces(data: bytes, *, last: bool) -> list[tuple[int, int]]:
    """Where activities begin and end in `data`; without `last`, what may go on after its end is left out."""
    hidden, limit = _hidden(data, last=last)
    starts = _outside((found.start() for found in _START.finditer(data, 0, limit)), hidden)
    ends = _outside((found.end() for found in _END.finditer(data, 0, limit)), hidden)
    pieces = []
    at = 0
    for number, start in enumerate(starts):
        while at < len(ends) and ends[at] <= start:
            at += 1
        following = starts[number + 1] if number + 1 < len(starts) else None
        if at < len(ends) and (following is None or ends[at] <= following):
            pieces.append((start, ends[at]))
        elif following is not None:  # never closed: what comes up to the next one is read as well as it can be
            pieces.append((start, following))
        elif last:
            pieces.append((start, len(data)))
    return pieces


def _hidden(data: bytes, *, last: bool) -> tuple[list[tuple[int, int]], int]:
    """The comments, CDATA sections and instructions of `data`, where tags do not count, and how far it can be told."""
    if b"<!" not in data and b"<?" not in data:
        return [], len(data)
    spans = [found.span() for found in _OPAQUE.finditer(data)]
    after = spans[-1][1] if spans else 0
    unclosed = min((place for mark in (b"<!--", b"<![CDATA[", b"<?") if (place := data.find(mark, after)) >= 0), default=len(data))
    return spans, len(data) if last else unclosed


def _outside(places: Iterator[int], hidden: list[tuple[int, int]]) -> list[int]:
    if not hidden:
        return list(places)
    kept, at = [], 0
    for place in places:
        while at < len(hidden) and hidden[at][1] < place:
            at += 1
        if at == len(hidden) or not hidden[at][0] < place <= hidden[at][1]:
            kept.append(place)
    return kept


def header_of(head: bytes) -> Header:
    """What the bytes before the first activity say of all of them."""
    root = _ROOT.search(head)
    if root is None:
        return Header()
    values = {name.decode(): (double or single).decode(errors="replace") for name, double, single in _ATTRIBUTE.findall(root[1])}
    return Header(version=values.get("version"), language=values.get("xml:lang"), generated=values.get("generated-datetime"))
