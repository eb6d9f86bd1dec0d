"""The frozen text as a coder sees it: a window of it, cut into pieces, each with the records whose words it is part of."""

from collections.abc import Sequence

import msgspec

from pledgebook.web import marking
from pledgebook.web.marking import Mark, pieces

#: Code points of a window: longer texts are shown around the words in question, with a way to see all.
WINDOW = 40_000


class Marked(msgspec.Struct, frozen=True, kw_only=True):
    """A range of a text that is marked: `what` is "focus", "action", "context", "commitment" or "claim"; `id` the record's."""

    start: int
    end: int
    what: str
    id: str = ""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """Words that one set of marks covers; `first` tells that the record in question begins here."""

    text: str
    marks: tuple[str, ...]
    first: bool = False


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """Part of a text, from the code point `start` on; `length` is that of the whole."""

    start: int
    length: int
    pieces: tuple[Piece, ...]

    @property
    def end(self) -> int:
        """Where the window ends."""
        return self.start + sum(len(one.text) for one in self.pieces)

    @property
    def is_whole(self) -> bool:
        """Whether all of the text is shown."""
        return self.start == 0 and self.end == self.length


def window_of(text: str, marks: Sequence[Marked], around: tuple[int, int] | None, *, whole: bool = False) -> Window:
    """The window around a range (None: from the beginning), with what is marked in it."""
    start, end = 0, len(text)
    if not whole and len(text) > WINDOW:
        middle = sum(around) // 2 if around else 0
        start = max(0, min(middle - WINDOW // 2, len(text) - WINDOW))
        start, end = (min(start, around[0]), max(start + WINDOW, around[1])) if around else (start, start + WINDOW)
        end = min(end, len(text))
    found = pieces(text, [Mark(start=one.start, end=one.end, kind=one.what) for one in marks], start, end)
    return Window(start=start, length=len(text), pieces=tuple(map(_piece, found)))


def _piece(found: marking.Piece) -> Piece:
    return Piece(text=found.text, marks=tuple(sorted(found.kinds)), first=any(one.kind == "focus" for one in found.begin))
