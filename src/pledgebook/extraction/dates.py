"""Date expressions in English running text, with their EDTF value, the rule that made it and their role. No parser, no model."""

import datetime
import re
from collections.abc import Iterator

import msgspec

from pledgebook.core import edtf
from pledgebook.core.found import DateRole, FoundDate
from pledgebook.core.span import Span
from pledgebook.extraction.date_anchor import Anchor, lean_of, published_day
from pledgebook.extraction.date_context import frame_of, framed, owns, prefix_of, tail_of, with_prefix
from pledgebook.extraction.date_grammar import DAYPART_AFTER, RULES, SCANNER, TRIGGER
from pledgebook.extraction.date_ranges import Draft, joined

_MARGIN = 60
_STRETCH = 40


def find_dates(text: str, published: str | datetime.date | None = None) -> list[FoundDate]:
    """The date expressions of `text`, sorted, not overlapping.

    `published` (ISO 8601, RFC 2822 or a date) is what relative expressions are resolved against. Without it they are found all the same, with
    unspecified digits for what is not known: "on May 3" is XXXX-05-03, "next month" XXXX-XX, "tomorrow" XXXX-XX-XX, "next year" XXXX.
    """
    day = published_day(published)
    drafts = joined(text, [draft for low, high in _windows(text) for draft in _scan(text, low, high, day)])
    return [_finished(text, draft) for draft in drafts]


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """The stretches around the words and figures that every expression has one of, merged where they touch."""
    low = high = -1
    for match in TRIGGER.finditer(text):
        start, end = max(0, match.start() - _MARGIN), min(len(text), match.end() + _MARGIN)
        if start > high:
            if high >= 0:
                yield low, _at_blank(text, high)
            low = start
        high = end
    if high >= 0:
        yield low, _at_blank(text, high)


def _at_blank(text: str, end: int) -> int:
    """`end` moved on to the end of its word, so that no word is cut."""
    stop = min(len(text), end + _STRETCH)
    while end < stop and not text[end].isspace():
        end += 1
    return end


def _scan(text: str, low: int, high: int, day: datetime.date | None) -> Iterator[Draft]:
    """The bare expressions in text[low:high]."""
    place = low
    while (match := SCANNER.search(text, place, high)) is not None:
        draft = _read(text, match, high, day)
        place = draft.end if draft is not None else match.start() + 1
        if draft is not None:
            yield draft


def _read(text: str, hit: re.Match[str], high: int, day: datetime.date | None) -> Draft | None:
    """The first rule from the one that hit on that makes a value of the words at that place."""
    first = int((hit.lastgroup or "r0")[1:])
    for rule in RULES[first:]:
        match = rule.pattern.match(text, hit.start(), high)
        if match is None or not rule.guard(text, match):
            continue
        value = rule.resolve(match, Anchor(day, lean_of(text, *match.span()) if rule.leans else 0))
        if value is not None and edtf.is_valid(value):
            start, end = match.span("core") if "core" in match.re.groupindex else match.span()
            return Draft(
                start=start, end=end, value=value, rule=rule.name, own_year="year" in rule.pattern.groupindex and bool(match.group("year"))
            )
    return None


def _finished(text: str, draft: Draft) -> FoundDate:
    """A draft with the words around it that belong to it, its role and its value in that role."""
    draft, kinds = _with_prefixes(text, draft)
    daypart = DAYPART_AFTER.match(text, draft.end) if draft.rule in {"weekday", "relative-weekday", "deictic-day", "month-day"} else None
    core_end = daypart.end() if daypart is not None else draft.end
    role, start, end, value, word = _role(text, draft, core_end, kinds)
    rule = "/".join([*kinds, draft.rule, *([word] if word else [])])
    return FoundDate(
        start=start,
        end=end,
        text=text[start:end],
        core=Span(draft.start, core_end, text[draft.start : core_end]),
        edtf=value,
        rule=rule,
        role=role,
    )


def _with_prefixes(text: str, draft: Draft) -> tuple[Draft, list[str]]:
    kinds: list[str] = []
    while len(kinds) < 2 and (prefix := prefix_of(text, draft.start)) is not None:
        value = with_prefix(draft.value, prefix.kind)
        if value is None or not edtf.is_valid(value) or prefix.start < draft.floor:
            break
        kinds.insert(0, prefix.kind.partition(":")[0])
        draft = msgspec.structs.replace(draft, start=prefix.start, value=_early_week(value, prefix.kind, text[prefix.start : draft.start]))
    return draft, kinds


def _early_week(value: str, kind: str, words: str) -> str:
    """In words: "Early next week" is its first day, with doubt."""
    first, _, last = value.partition("/")
    is_week = len(first) == len(last) == 10
    return f"{first}?" if kind == "early" and is_week and words.casefold().startswith("early") else value


def _role(text: str, draft: Draft, core_end: int, kinds: list[str]) -> tuple[DateRole, int, int, str, str]:
    """Role, start, end, value and preposition of an expression."""
    tail = tail_of(text, core_end)
    frame = None if owns(text, core_end) else frame_of(text, draft.start)
    if frame is not None and frame.start < draft.floor:
        frame = None
    start, end = (frame.start if frame else draft.start), (tail[0] if tail else core_end)
    role: DateRole = tail[1] if tail else frame.role if frame else "during"
    word = frame.word if frame else ""
    if role == "during" and re.match(r"(?i)less than|under", text[draft.start : core_end]):
        role = "due"
    if "/" in draft.value and role in {"starts", "until"}:
        role = "during"
    value = f"{draft.value}-06?" if "mid" in kinds and role == "due" and re.fullmatch(r"\d{4}", draft.value) else draft.value
    value = framed(value, role, word)
    return (role, start, end, value, word) if edtf.is_valid(value) else ("during", start, end, draft.value, word)
