"""Where a mention stands: its sentence, its paragraph, and the text before it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pledgebook.core.document import Document
from pledgebook.core.promise import Mention, Promise

#: Beyond this a paragraph is a whole text without breaks; only so much of it around the mention is looked at.
REACH = 3000
_BLANK = re.compile(r"\n[ \t]*\n")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]{0,2}\s+(?=[\"“(]?[A-Z0-9])")
#: A full stop after one of these ends no sentence.
_ABBREVIATIONS = (
    "U.S.",
    "U.N.",
    "U.K.",
    "E.U.",
    "No.",
    "Mr.",
    "Ms.",
    "Mrs.",
    "Dr.",
    "St.",
    "Gen.",
    "Jan.",
    "Feb.",
    "Aug.",
    "Sept.",
    "Oct.",
    "Nov.",
    "Dec.",
)


class Passage(NamedTuple):
    """A range of a text, in code points."""

    text: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """The text of the range."""
        return self.text[self.start : self.end]

    def holds(self, hints: Iterable[str]) -> bool:
        """Whether any of the hints stands in it: quicker than a pattern that could not match anyway."""
        words = self.words
        return any(hint in words for hint in hints)


class Told(NamedTuple):
    """One mention of a promise with the text it stands in."""

    promise: Promise
    mention: Mention
    document: Document | None
    quote: Passage
    #: The quote out to the ends of its first and its last sentence.
    sentence: Passage
    paragraph: Passage

    @property
    def context(self) -> Passage | None:
        """The lead-in or sentence that the commitment depends on."""
        found = self.mention.commitment.context
        if found is None or self.document is None or not 0 <= found.start <= found.end <= len(self.quote.text):
            return None
        return Passage(self.quote.text, found.start, found.end)

    @property
    def heading(self) -> str:
        """The title of the document, else its first line."""
        title = self.mention.title or (self.document.title if self.document else None)
        return title or (self.document.text.lstrip()[:300].partition("\n")[0] if self.document else "")

    @property
    def day(self) -> str | None:
        """When it was said: the day or month that the text tells, else the day from which it is known, else its date."""
        said = self.mention.commitment
        return said.stated or self.mention.known or said.deadline


def told(promises: Sequence[Promise], texts: Mapping[str, Document]) -> Iterator[Told]:
    """Every mention of every promise with its text; with its quote alone where the text is missing or does not hold it."""
    for promise in promises:
        for mention in promise.mentions:
            said, document = mention.commitment, texts.get(mention.document)
            if document is not None and document.text[said.start : said.end] == said.quote:
                paragraph = paragraph_at(document.text, said.start, said.end)
                quote = Passage(document.text, said.start, said.end)
                yield Told(promise, mention, document, quote, sentence_at(paragraph, said.start, said.end), paragraph)
            else:
                quote = Passage(said.quote, 0, len(said.quote))
                yield Told(promise, mention, None, quote, quote, quote)


def paragraph_at(text: str, start: int, end: int) -> Passage:
    """The paragraph around a range: blank lines part them where the text has any there, else line ends."""
    low, high = max(0, start - REACH), min(len(text), end + REACH)
    is_spaced = _BLANK.search(text, low, high) is not None
    before = [match.end() for match in _BLANK.finditer(text, low, start)] if is_spaced else [text.rfind("\n", low, start) + 1]
    after = _BLANK.search(text, end, high) if is_spaced else None
    line_end = -1 if is_spaced else text.find("\n", end, high)
    first = max([low, *before])
    return Passage(text, first, after.start() if after else line_end if line_end >= 0 else high)


def paragraph_before(text: str, start: int) -> Passage | None:
    """The paragraph that ends before a paragraph that begins at `start`."""
    end = len(text[max(0, start - REACH) : start].rstrip()) + max(0, start - REACH)
    return paragraph_at(text, end, end) if end > 0 else None


def sentence_at(paragraph: Passage, start: int, end: int) -> Passage:
    """The range out to the ends of its first and its last sentence within the paragraph."""
    text, first, last = paragraph.text, paragraph.start, paragraph.end
    for cut in _cuts(paragraph):
        if cut <= start:
            first = cut
        elif cut >= end:
            last = cut
            break
    return Passage(text, first, last)


def sentences_of(paragraph: Passage) -> list[Passage]:
    """The sentences of a paragraph."""
    cuts = [paragraph.start, *_cuts(paragraph), paragraph.end]
    return [Passage(paragraph.text, one, other) for one, other in pairwise(cuts) if one < other]


def _cuts(paragraph: Passage) -> Iterator[int]:
    for match in _SENTENCE_END.finditer(paragraph.text, paragraph.start, paragraph.end):
        if not paragraph.text[max(paragraph.start, match.start() - 5) : match.start() + 1].endswith(_ABBREVIATIONS):
            yield match.end()
