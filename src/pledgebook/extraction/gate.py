"""Which sentences are worth parsing: a linear model over words and word pairs, cheap enough to run on every sentence.

The gate must lose almost nothing, so its threshold is low; what it passes is parsed and judged by the model of commitments.
"""

import itertools
import re
from collections.abc import Sequence

from pledgebook.extraction.model import LinearModel
from pledgebook.extraction.sentences import Sentence

_WORD = re.compile(r"[a-z]+|[$€£¥]|\d+")


def gate_features(sentence_text: str) -> set[str]:
    """The words and pairs of neighbouring words of a sentence in lower case, every number as "0"."""
    words = ["0" if word.isdigit() else word for word in _WORD.findall(sentence_text.lower())]
    return {*words, *(f"{left} {right}" for left, right in itertools.pairwise(words))}


def gated(text: str, sentences: Sequence[Sentence], gate: LinearModel) -> list[int]:
    """The indexes of the sentences that may hold a commitment, in order."""
    return [index for index, sentence in enumerate(sentences) if passes(text[sentence.start : sentence.end], gate)]


def passes(sentence_text: str, gate: LinearModel) -> bool:
    """Whether the sentence is worth parsing."""
    return gate.probability(gate_features(sentence_text)) >= gate.threshold
