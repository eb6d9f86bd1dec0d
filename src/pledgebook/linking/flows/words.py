"""Texts of flows and activities as words with weights, and as runs of letters."""

import re
from collections.abc import Iterable
from functools import lru_cache

from pledgebook.joining.words import stem, weight

_WORD = re.compile(r"[^\W\d_]{3,}")
#: What of a description is read: its beginning tells what it is about.
_READ = 800
_RUN = 4
#: Shorter texts than this many runs are like others by chance.
_FEW = 12
#: Stems that nearly every record of humanitarian money has, and words of grammar: they tell none from another.
_EMPTY = frozenset(
    stem(word)
    for word in (
        [
            "project",
            "programme",
            "activity",
            "activities",
            "response",
            "support",
            "supporting",
            "part",
            "provision",
            "provide",
            "providing",
            "various",
            "details",
            "total",
            "award",
            "the",
            "and",
            "for",
            "with",
            "from",
            "into",
            "that",
            "this",
            "these",
            "those",
            "their",
            "its",
            "his",
            "her",
            "our",
            "through",
            "towards",
            "per",
            "les",
            "des",
            "pour",
            "und",
            "der",
            "die",
            "das",
            "para",
            "los",
            "las",
            "del",
            "con",
        ]
    )
)


def words_of_text(text: str) -> frozenset[str]:
    """The stems of a text's words that tell it from others; nothing with a digit, so no code."""
    return frozenset(stem(word) for word in set(_WORD.findall(text[:_READ].lower()))) - _EMPTY


def telling(words: Iterable[str]) -> float:
    """How much words tell together: the sum of their weights."""
    return sum(weight(word) for word in sorted(words))


@lru_cache(maxsize=16384)
def _runs(text: str) -> frozenset[str]:
    plain = "".join(letter for letter in text.casefold() if letter.isalpha())
    return frozenset(plain[start : start + _RUN] for start in range(len(plain) - _RUN + 1))


def same_letters(one: str, other: str) -> float:
    """Of the runs of four letters of the shorter text, without spaces and marks, those that the other has: what typing errors leave."""
    left, right = _runs(one), _runs(other)
    return len(left & right) / max(min(len(left), len(right)), _FEW)
