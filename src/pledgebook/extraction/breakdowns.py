"""The parts of a total told in one breath: "$50 million, including $20 million for water and $12 million for schools"."""

import re
from collections.abc import Sequence

import msgspec

from pledgebook.core.found import FoundAmount
from pledgebook.extraction.drafts import Draft

_OPENS = re.compile(r"\b(?:including|of which|comprising|consisting of|made up of|among them)\b", re.IGNORECASE)
_QUALIFIER = re.compile(
    r"(?:(?:more|less|fewer) than|up to|at least|nearly|almost|over|about|around|some|approximately|an additional|a further|another)\s(?:an\sadditional\s)?$",
    re.IGNORECASE,
)
_JOINT = re.compile(r"(?:[\s,;]|\band\b)+$")


class Part(msgspec.Struct, frozen=True):
    """One part: the range that names it, and its sum."""

    start: int
    end: int
    amount: FoundAmount


def parts_in(text: str, draft: Draft, amounts: Sequence[FoundAmount]) -> list[Part]:
    """The parts of the first of `amounts` that the draft's action breaks it down into; [] if it breaks nothing down."""
    if len(amounts) < 2 or not amounts[0].is_money:
        return []
    total = amounts[0]
    cue = _OPENS.search(text, total.end, amounts[1].start)
    smaller = [amount for amount in amounts[1:] if amount.unit == total.unit and amount.value < total.value]
    if cue is None or len(smaller) != len(amounts) - 1:
        return []
    starts = [_with_qualifier(text, amount.start) for amount in smaller]
    ends = [*starts[1:], draft.end]
    return [Part(start, _without_joint(text, start, end), amount) for start, end, amount in zip(starts, ends, smaller, strict=True)]


def _with_qualifier(text: str, start: int) -> int:
    match = _QUALIFIER.search(text, max(0, start - 30), start)
    return match.start() if match is not None else start


def _without_joint(text: str, start: int, end: int) -> int:
    match = _JOINT.search(text[start:end])
    return start + match.start() if match is not None else end
