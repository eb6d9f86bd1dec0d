"""Which sentences are worth parsing: a linear model over words and word pairs, cheap enough to run on every sentence.

The gate must lose almost nothing, so its threshold is low; what it passes is parsed and judged by the model of commitments.
"""

import itertools
import re
from bisect import bisect
from collections.abc import Sequence

from pledgebook.extraction.model import LinearModel
from pledgebook.extraction.parsing import ToParse
from pledgebook.extraction.sentences import Sentence

_WORD = re.compile(r"[a-z]+|[$€£¥]|\d+")


#: Words of undertaking: each also makes a pair with every word a little further on, as "will" with "provide" in "will also soon provide".
_TRIGGERS = frozenset(
    [
        "will",
        "shall",
        "would",
        "to",
        "commit",
        "commits",
        "committed",
        "committing",
        "commitment",
        "commitments",
        "pledge",
        "pledges",
        "pledged",
        "announce",
        "announces",
        "announced",
        "announcing",
        "support",
        "supporting",
        "intend",
        "intends",
        "plan",
        "plans",
        "planned",
        "aim",
        "aims",
        "agree",
        "agreed",
        "agrees",
        "continue",
        "continuing",
        "remain",
        "remains",
        "we",
        "our",
        "i",
        "provide",
        "providing",
        "is",
        "are",
        "can",
        "must",
        "should",
        "expected",
        "set",
        "hope",
        "reaffirmed",
        "reiterated",
    ]
)
_AHEAD = 6
_LENGTHS = (6, 12, 25, 50)


def gate_features(sentence_text: str) -> set[str]:
    """Words, pairs of neighbours, pairs with a word of undertaking, how the sentence begins and ends; lower case, every number as "0"."""
    words = ["0" if word.isdigit() else word for word in _WORD.findall(sentence_text.lower())]
    if not words:
        return set()
    found = {*words, *(f"{left} {right}" for left, right in itertools.pairwise(words))}
    for index, word in enumerate(words):
        if word in _TRIGGERS:
            found.update(f"{word} ~ {later}" for later in words[index + 2 : index + _AHEAD])
    found.update(
        (
            f"length={bisect(_LENGTHS, len(words))}",
            f"first={' '.join(words[:1])}",
            f"start={' '.join(words[:2])}",
            f"end={' '.join(words[-1:])}",
        )
    )
    return found


def gated(text: str, sentences: Sequence[Sentence], gate: LinearModel, leads: dict[int, Sentence] | None = None) -> list[int]:
    """The indexes of the sentences that may hold a commitment, in order; an item that completes a lead-in is read with it."""
    known = leads or {}
    return [index for index, sentence in enumerate(sentences) if passes(ToParse(text, sentence, known.get(index)).words()[0], gate)]


def passes(sentence_text: str, gate: LinearModel) -> bool:
    """Whether the sentence is worth parsing."""
    return gate.probability(gate_features(sentence_text)) >= gate.threshold
