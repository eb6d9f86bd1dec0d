"""A verified range of a frozen text: the quote equals the text there, or the span cannot be made."""

import msgspec


class Span(msgspec.Struct, frozen=True, order=True):
    """`text[start:end]` of a document, in code points, with the words that stand there."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Span":
        """The span of `text` from `start` to `end`, white space at both ends left out."""
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"range {start}:{end} is outside a text of {len(text)} code points")
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return cls(start, end, text[start:end])

    def overlaps(self, other: "Span") -> bool:
        """Whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end
