"""The words that carry what a commitment is about, weighted by how rare they are in public statements."""

import re
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[a-z0-9]{2,}(?:[-'’][a-z0-9]+){0,3}")
_NAME = re.compile(r"\b(?:[A-Z][\w’'-]*[a-zA-Z][\w’'-]*|[A-Z]{2,})\b")
#: Words that say that something is undertaken, and by how much, not what.
_EMPTY = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "that",
        "this",
        "these",
        "those",
        "will",
        "would",
        "shall",
        "our",
        "their",
        "its",
        "his",
        "her",
        "from",
        "into",
        "upon",
        "also",
        "continue",
        "continues",
        "continuing",
        "to",
        "of",
        "in",
        "on",
        "by",
        "at",
        "as",
        "an",
        "or",
        "be",
        "is",
        "are",
        "was",
        "were",
        "been",
        "has",
        "have",
        "had",
        "it",
        "we",
        "they",
        "he",
        "she",
        "you",
        "i",
        "us",
        "them",
        "which",
        "who",
        "whom",
        "more",
        "than",
        "about",
        "nearly",
        "up",
        "all",
        "other",
        "new",
        "such",
        "both",
        "any",
        "each",
        "through",
        "across",
        "while",
        "including",
        "include",
        "includes",
        "per",
        "over",
        "under",
        "between",
        "among",
        "so",
        "not",
        "no",
        "can",
        "could",
        "may",
        "might",
        "must",
        "should",
        "do",
        "does",
        "doing",
    ]
)
#: The weight of a word that the table does not have: rarer than any in it.
RAREST = 8.0


def stem(word: str) -> str:
    """The first six letters: enough that forms of a word agree ("stabilization", "stabilisation", "stabilize")."""
    return word.replace("’", "'").removesuffix("'s")[:6]


def stems(text: str) -> frozenset[str]:
    """The stems of the words of `text` that carry content; numbers and dates are left to the fields that hold them."""
    found = (stem(word) for word in _WORD.findall(text.lower()) if word not in _EMPTY)
    return frozenset(word for word in found if not word[0].isdigit())


def names(text: str) -> frozenset[str]:
    """Stems of the words written as names, the first word of `text` left out."""
    return frozenset(
        stem(match.group().lower()) for match in _NAME.finditer(text) if match.start() > 0 and match.group().lower() not in _EMPTY
    )


def weight(word: str) -> float:
    """How telling a stem is: the natural logarithm of documents by documents that have it, in the corpus of `training/joiner/word_weights.py`."""
    return _weights().get(word, RAREST)


@cache
def _weights() -> dict[str, float]:
    lines = (files("pledgebook.joining") / "word_weights.tsv").read_text(encoding="utf-8").splitlines()
    return {word: float(value) for word, value in (line.split("\t") for line in lines[1:])}
