"""When and where it was said, if the text tells: "On Monday", "at the ministerial meeting of the Global Coalition"."""

import re
from collections.abc import Sequence

from pledgebook.core.found import FoundDate
from pledgebook.core.span import Span

_EVENT = (
    r"(?:meeting|conference|summit|ministerial|forum|session|assembly|dialogue|roundtable|ceremony|briefing|visit|call|talks|interview|event|"
    r"reception|debate|hearing|event|address|rally|symposium|congress|workshop|dinner|webinar)"
)
_NAME = r"(?:[\w’'.&-]+\s+){0,8}?"
#: "at the ministerial meeting of the Global Coalition": the noun of an event after a preposition, with what names it.
_OCCASION = re.compile(
    rf"\b(?:at|during|after|following|on the (?:sidelines|margins) of|in)\s+((?:the|a|an|his|her|their|today[’']s|yesterday[’']s|this week[’']s|\w+day[’']s)\s+"
    rf"{_NAME}{_EVENT}\b(?:\s+(?:of|on|with|for|in)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+(?:of|to|on|for|and|the|[A-Z][\w’'-]*))*)?)",
    re.IGNORECASE,
)
#: How far before a commitment an occasion still holds: its own paragraph and the sentence before.
_REACH = 500


def occasion_of(text: str, paragraph_start: int, start: int, end: int) -> Span | None:
    """The event at which it was said, named in the same paragraph before or within text[start:end], or shortly before it."""
    low = max(0, min(paragraph_start, start), start - _REACH)
    best = None
    for match in _OCCASION.finditer(text, low, end):
        if best is None or match.start(1) <= start:
            best = match
    return Span.of(text, best.start(1), best.end(1)) if best is not None else None


def stated_on(dates: Sequence[FoundDate], ranges: Sequence[tuple[int, int]]) -> str | None:
    """The EDTF date of utterance: a single past or present date inside one of the attribution's ranges ("On Monday, ... said")."""
    for low, high in ranges:
        for date in dates:
            if low <= date.start and date.end <= high and "/" not in date.edtf and date.edtf:
                return date.edtf
    return None
