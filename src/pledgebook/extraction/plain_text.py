"""The text that extraction works on, and the way back: invisible characters left out, odd spaces made plain, offsets kept."""

import re
from bisect import bisect_left

import msgspec

from pledgebook.core.found import Statement
from pledgebook.core.span import Span

#: Soft hyphen, zero-width space and joiners, word joiner, directional marks, byte order mark: no reader sees them.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff]+")
_SPACES = str.maketrans(
    dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " ")
)


class PlainText:
    """`text` to read in, made from a frozen `source`; `source_range` gives the range of the source for a range of `text`."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._kept_ends: list[int] = []
        self._removed: list[int] = []
        removed = 0
        for gap in _INVISIBLE.finditer(source):
            self._kept_ends.append(gap.start() - removed)
            removed += gap.end() - gap.start()
            self._removed.append(removed)
        visible = _INVISIBLE.sub("", source) if removed else source
        self.text = visible.translate(_SPACES)

    def source_position(self, index: int) -> int:
        """Where the character at `index` of the plain text stands in the source."""
        gaps_before = bisect_left(self._kept_ends, index + 1)
        return index + (self._removed[gaps_before - 1] if gaps_before else 0)

    def source_range(self, start: int, end: int) -> tuple[int, int]:
        """The source range of `text[start:end]`, invisible characters at its edges left out."""
        if end <= start:
            position = self.source_position(start) if start < len(self.text) else len(self.source)
            return position, position
        return self.source_position(start), self.source_position(end - 1) + 1

    def statement(self, statement: Statement) -> Statement:
        """The same statement with ranges and words of the source."""
        start, end = self.source_range(statement.start, statement.end)
        return msgspec.structs.replace(
            statement,
            start=start,
            end=end,
            text=self.source[start:end],
            speaker_span=self._span(statement.speaker_span),
            cue_span=self._span(statement.cue_span),
        )

    def _span(self, span: Span | None) -> Span | None:
        if span is None:
            return None
        start, end = self.source_range(span.start, span.end)
        return Span(start, end, self.source[start:end])
