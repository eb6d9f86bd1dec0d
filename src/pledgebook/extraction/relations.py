"""How the commitments of one document belong together: the same promise told again, and parts of a total."""

import re
from collections.abc import Sequence

from pledgebook.core.commitment import Amount, Commitment

#: Two actions tell the same promise if this share of their content words is common to both.
_SAME_WORDS = 0.6
_WORD = re.compile(r"[a-z0-9]{3,}")
_EMPTY = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "that",
        "this",
        "will",
        "would",
        "our",
        "their",
        "its",
        "from",
        "into",
        "upon",
        "also",
        "continue",
        "continuing",
    ]
)
_PART = re.compile(
    r"\b(?:including|includes?|of which|comprising|consisting of|among them|this (?:includes|funding|assistance|package))\b", re.IGNORECASE
)


def same_as(commitments: Sequence[Commitment]) -> dict[int, int]:
    """For each commitment that repeats an earlier one of the document, the index of the first mention."""
    words = [content_words(commitment.action) for commitment in commitments]
    found: dict[int, int] = {}
    for later in range(len(commitments)):
        for earlier in range(later):
            if earlier not in found and _same(commitments[earlier], commitments[later], words[earlier], words[later]):
                found[later] = earlier
                break
    return found


def content_words(action: str) -> frozenset[str]:
    """The words of an action that carry its content, cut to their first six letters so that forms of a word agree."""
    return frozenset(word[:6] for word in _WORD.findall(action.lower()) if word not in _EMPTY)


def _same(first: Commitment, second: Commitment, first_words: frozenset[str], second_words: frozenset[str]) -> bool:
    if (
        first.negated != second.negated
        or not _agree(_sums(first.amounts), _sums(second.amounts))
        or set(first.actors) != set(second.actors)
    ):
        return False
    if first.deadline and second.deadline and first.deadline != second.deadline:
        return False
    common = len(first_words & second_words)
    return (
        common >= 3
        and common >= _SAME_WORDS * min(len(first_words), len(second_words))
        and common >= 0.4 * max(len(first_words), len(second_words))
    )


def _sums(amounts: Sequence[Amount]) -> frozenset[tuple[str, str]]:
    return frozenset((amount.value, amount.unit) for amount in amounts)


def _agree(first: frozenset[tuple[str, str]], second: frozenset[tuple[str, str]]) -> bool:
    """Sums agree if one side has none or both have the same."""
    return not first or not second or first == second


def part_of(commitments: Sequence[Commitment], text: str) -> dict[int, int]:
    """For each break-down ("including $20 million for water") the index of its total: a greater sum of the same unit just before.

    Totals and parts are linked, never added.
    """
    found: dict[int, int] = {}
    for index, commitment in enumerate(commitments):
        total = _total_before(commitments, index, text)
        if total is not None and commitment.amounts:
            found[index] = found.get(total, total)
    return found


def _total_before(commitments: Sequence[Commitment], index: int, text: str) -> int | None:
    part = commitments[index]
    for other in range(index - 1, max(-1, index - 8), -1):
        total = commitments[other]
        between = text[total.end : part.end]
        if part.start - total.end > 600 or set(total.actors).isdisjoint(part.actors):
            return None
        if _greater(total.amounts, part.amounts) and _PART.search(between):
            return other
    return None


def _greater(total: Sequence[Amount], part: Sequence[Amount]) -> bool:
    return any(t.unit == p.unit and float(t.value) > float(p.value) for t in total for p in part)
