"""Who says what in a document: found when somebody asks for its page, since no book keeps it, and kept for the next who asks."""

from typing import Any

import msgspec
from sqlalchemy import Row

from pledgebook.core.found import Speech, Statement
from pledgebook.documents.language import is_supported
from pledgebook.extraction.sayings import frozen_statements
from pledgebook.web.bounded import Bounded

#: Bytes of findings that are kept, and what one takes, about.
KEPT, _EACH = 8_000_000, 400
#: Code points of a text in which statements are looked for, at most: no page waits longer than these take.
LONGEST = 80_000


class Saying(msgspec.Struct, frozen=True, kw_only=True):
    """A statement of a document: the range of what is said, who says it as far as it is told, how, and the range of the cue that shows it."""

    number: int
    start: int
    end: int
    speaker: str
    speech: Speech
    cue: tuple[int, int] | None


class Sayings(msgspec.Struct, frozen=True, kw_only=True):
    """The statements of a text in its order, or `why` none were looked for."""

    found: tuple[Saying, ...] = ()
    why: str = ""

    @property
    def size(self) -> int:
        """Bytes, about."""
        return _EACH * (len(self.found) + 1)


class KeptSayings:
    """The statements of documents by the hash of their frozen text. One program reads one way, so that they stay right while it runs."""

    def __init__(self) -> None:
        self._kept: Bounded[Sayings] = Bounded(KEPT)

    def of(self, row: Row[Any], text: str) -> Sayings:
        """The statements of the document of a row, whose frozen text this is."""
        if not is_supported(row.language):
            return Sayings(why="Who says what is looked for in English texts only.")
        if len(text) > LONGEST:
            return Sayings(why=f"Who says what is looked for in texts of up to {LONGEST:,} code points only.")
        found = self._kept.get(row.text_sha256)
        if found is None:
            found = Sayings(found=tuple(_saying(number, one) for number, one in enumerate(frozen_statements(text), 1)))
            self._kept.put(row.text_sha256, found)
        return found


def _saying(number: int, one: Statement) -> Saying:
    words = one.speaker_span.text if one.speaker_span is not None else ""
    cue = (one.cue_span.start, one.cue_span.end) if one.cue_span is not None and one.cue_span.text.strip() else None
    return Saying(number=number, start=one.start, end=one.end, speaker=" ".join((one.speaker or words).split()), speech=one.speech, cue=cue)
