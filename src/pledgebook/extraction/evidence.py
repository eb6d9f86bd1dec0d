"""The words that prove a commitment: its sentence, or its clause where the sentence holds several, inside the quotation that holds it."""

from collections.abc import Sequence

from pledgebook.core.found import Statement
from pledgebook.extraction.drafts import Draft
from pledgebook.extraction.sentences import Sentence

_EDGES = " \t\r\n"
_MARKS = '"“”«»„'


def evidence_range(text: str, draft: Draft, sentence: Sentence, shared: bool, quotation: Statement | None) -> tuple[int, int]:
    """The range of the quote: never less than the action, never beyond the sentence or the quotation around the action."""
    start, end = sentence.start, sentence.end
    if shared:
        start, end = min(draft.clause_start, draft.start), draft.end
    if quotation is not None:
        start, end = max(start, min(quotation.start, draft.start)), min(end, max(quotation.end, draft.end))
    return trimmed(text, min(start, draft.start), max(end, draft.end))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space, and without a quotation mark at one edge whose partner lies outside."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    inside = text[start:end]
    if inside[:1] and inside[0] in _MARKS and not any(mark in inside[1:] for mark in _MARKS):
        return trimmed(text, start + 1, end)
    if inside[-1:] and inside[-1] in _MARKS and not any(mark in inside[:-1] for mark in _MARKS):
        return trimmed(text, start, end - 1)
    return start, end


def quotation_around(statements: Sequence[Statement], start: int, end: int) -> Statement | None:
    """The innermost direct quotation that covers the action."""
    around = [s for s in statements if s.speech == "direct" and s.cue_span is not None and s.start <= start and end <= s.end]
    return min(around, key=lambda statement: statement.end - statement.start, default=None)
