"""What of a file is new: activities that are known by their hash are passed over before anything is parsed."""

from collections.abc import Container, Iterator, Sequence

import msgspec

from pledgebook.aid.iati.cut import Chunk, Header, Rest
from pledgebook.aid.rows import Skipped


class Activities(msgspec.Struct, frozen=True):
    """Some activities of a file: bytes, numbers in the file and lines they begin at (both from 1), and hashes of what they say."""

    texts: Sequence[bytes]
    numbers: Sequence[int]
    lines: Sequence[int]
    hashes: Sequence[str]

    def __len__(self) -> int:
        return len(self.texts)


class Fresh(msgspec.Struct, frozen=True):
    """Activities that are to be read, and those that were passed over since the last ones."""

    header: Header
    activities: Activities
    skipped: Sequence[Skipped]


def fresh(pieces: Iterator[Chunk | Rest], skip: Container[str], size: int) -> Iterator[Fresh | Rest]:
    """What is not in `skip` of the activities, `size` bytes or more at a time; the Rest comes last, as it came."""
    held = _Held()
    for piece in pieces:
        if isinstance(piece, Rest):
            if held.numbers or held.skipped:
                yield held.given()
            yield piece
            return
        held.take(piece, skip)
        # Cut are `size` bytes with what is between activities, so that half of it is a full load.
        if held.size >= size // 2:
            yield held.given()
            held = _Held()


class _Held:
    def __init__(self) -> None:
        self.header = Header()
        self.texts: list[bytes] = []
        self.numbers: list[int] = []
        self.lines: list[int] = []
        self.hashes: list[str] = []
        self.skipped: list[Skipped] = []
        self.size = 0

    def take(self, chunk: Chunk, skip: Container[str]) -> None:
        self.header = chunk.header
        for number, (activity, line) in enumerate(zip(chunk.activities, chunk.lines, strict=True), start=chunk.first):
            hashed = chunk.header.hash_of(activity)
            if hashed in skip:
                self.skipped.append(Skipped(number, line, hashed))
                continue
            self.texts.append(activity)
            self.numbers.append(number)
            self.lines.append(line)
            self.hashes.append(hashed)
            self.size += len(activity)

    def given(self) -> Fresh:
        return Fresh(self.header, Activities(self.texts, self.numbers, self.lines, self.hashes), self.skipped)
