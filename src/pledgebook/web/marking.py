"""A text cut into pieces wherever something that was read in it starts or ends."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A range of the text: `kind` is "commitment" or "claim", `anchor` its name on the page, `to` where it leads, `label` what it is."""

    start: int
    end: int
    kind: str
    anchor: str
    to: str | None
    label: str


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of text with the kinds of mark that cover it, and the marks that begin with it."""

    text: str
    kinds: tuple[str, ...]
    begin: tuple[Mark, ...]


def pieces(text: str, marks: Sequence[Mark]) -> Iterator[Piece]:
    """The whole text in pieces; marks may nest or overlap. A mark outside of the text is left out."""
    inside = sorted((one for one in marks if 0 <= one.start < one.end <= len(text)), key=lambda one: (one.start, -one.end))
    cuts = sorted({0, len(text), *(one.start for one in inside), *(one.end for one in inside)})
    covering: list[Mark] = []
    waiting = list(reversed(inside))
    for start, end in pairwise(cuts):
        covering = [one for one in covering if one.end > start]
        begin: list[Mark] = []
        while waiting and waiting[-1].start == start:
            begin.append(waiting.pop())
        covering += begin
        yield Piece(text=text[start:end], kinds=tuple(dict.fromkeys(one.kind for one in covering)), begin=tuple(begin))
