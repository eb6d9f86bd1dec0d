"""Where the tags of a piece of XML stand, found in its bytes all at once."""

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]
Mask = NDArray[np.bool_]

_OPEN, _SLASH, _CLOSE, _SPACE = 0x3C, 0x2F, 0x3E, 0x20
#: How many bytes are looked at at once.
_WORD = 8
#: So many zeros must follow the last byte, for every look to end inside.
BEYOND = bytes(64)
#: What may begin the name in a start tag: letters, "_", ":" and all that is not ASCII.
_BEGINS_NAME = np.array([chr(code).isalpha() or chr(code) in "_:" or code > 127 for code in range(256)])


class Tags:
    """The tags of XML, followed by BEYOND, that holds no comments, CDATA sections or instructions, numbered in their order.

    `at` is where each begins, `closing` whether it is an end tag, and `after` how many elements are open behind it, less those at the
    beginning of the piece. The count is exact for well-formed XML. Where "/>" stands for itself behind a start tag it is one too low and
    never comes back to where it was; of a "<" that stands for itself `broken` tells.
    """

    def __init__(self, data: bytes) -> None:
        self.bytes: Bytes = np.frombuffer(data, np.uint8)
        self.at: Places = np.flatnonzero(self.bytes == _OPEN)
        # Eight bytes behind each "<" as one number: most names are told apart by them.
        words: NDArray[np.uint64] = np.ndarray((len(data) - _WORD,), "<u8", self.bytes, strides=(1,))
        self._words = words
        self._begin: NDArray[np.uint64] = words[self.at + 1]
        first = (self._begin & np.uint64(0xFF)).astype(np.uint8)
        self.closing: Mask = first == _SLASH
        self.broken: Mask = ~(self.closing | _BEGINS_NAME[first])
        self.steps: NDArray[np.int8] = np.where(self.closing, np.int8(-1), np.int8(1))
        empty = self._empty()
        self.steps[empty[~self.closing[empty]]] = 0
        self.after: Places = np.cumsum(self.steps, dtype=np.int64)

    def _empty(self) -> Places:
        """The tags before each "/>": those of empty elements, and end tags with such a text behind them."""
        slashes = np.flatnonzero(self.bytes == _SLASH)
        tags: Places = np.searchsorted(self.at, slashes[self.bytes[slashes + 1] == _CLOSE]) - 1
        return tags

    def named(self, tags: Places, name: str) -> Mask:
        """Which of the start tags numbered `tags` have the name."""
        wanted = name.encode()
        found = self._same(self._begin[tags], wanted[:_WORD])
        rest = np.flatnonzero(found)
        places = self.at[tags[rest]] + 1
        for begin in range(_WORD, len(wanted), _WORD):
            same = self._same(self._words[places + begin], wanted[begin : begin + _WORD])
            rest, places = rest[same], places[same]
        behind = self.bytes[places + len(wanted)]
        found[:] = False
        found[rest[(behind <= _SPACE) | (behind == _CLOSE) | (behind == _SLASH)]] = True
        return found

    @staticmethod
    def _same(words: NDArray[np.uint64], wanted: bytes) -> Mask:
        bits = np.uint64((1 << 8 * len(wanted)) - 1)
        same: Mask = (words & bits) == np.uint64(int.from_bytes(wanted, "little"))
        return same
