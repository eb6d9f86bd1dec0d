"""A text cut into pieces wherever something that was read in it starts or ends."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A range of the text.

    `kind` is "commitment", "claim", "statement" or "cue"; `sign` is what stands before it and leads `to` a path or "#anchor" (empty: no sign),
    `anchor` the sign's name on the page, `label` what the sign says to who cannot see it, `close` what they are told where the range ends.
    """

    start: int
    end: int
    kind: str
    sign: str = ""
    anchor: str = ""
    to: str = ""
    label: str = ""
    close: str = ""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of text with the kinds of mark that cover it, the marks that begin with it, and those that end with it, the innermost first."""

    text: str
    kinds: tuple[str, ...]
    begin: tuple[Mark, ...]
    end: tuple[Mark, ...]


def pieces(text: str, marks: Sequence[Mark], first: int = 0, last: int | None = None) -> Iterator[Piece]:
    """The text from `first` to `last` in pieces; marks may nest or overlap. One that reaches beyond is cut there, one outside of the text is left out."""
    last = len(text) if last is None else last
    inside = sorted(
        (
            msgspec.structs.replace(one, start=max(one.start, first), end=min(one.end, last))
            for one in marks
            if _is_in(one, text, first, last)
        ),
        key=lambda one: (one.start, -one.end),
    )
    cuts = sorted({first, last, *(one.start for one in inside), *(one.end for one in inside)})
    covering: list[Mark] = []
    waiting = list(reversed(inside))
    for start, end in pairwise(cuts):
        covering = [one for one in covering if one.end > start]
        begin: list[Mark] = []
        while waiting and waiting[-1].start == start:
            begin.append(waiting.pop())
        covering += begin
        yield Piece(
            text=text[start:end],
            kinds=tuple(dict.fromkeys(one.kind for one in covering)),
            begin=tuple(begin),
            end=tuple(one for one in reversed(covering) if one.end == end),
        )


def _is_in(one: Mark, text: str, first: int, last: int) -> bool:
    return 0 <= one.start < one.end <= len(text) and one.start < last and one.end > first
