"""Noun phrases and the ends of clauses, read from words alone, and the classes of what phrases name. No parse."""

from collections.abc import Sequence
from typing import NamedTuple

from pledgebook.extraction.progress_cues import cues_of
from pledgebook.extraction.progress_nouns import QUANTITY, classes_of
from pledgebook.extraction.progress_tokens import (
    DETERMINERS,
    MARKS,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    Token,
    auxiliary,
    is_adverb,
    word_class,
    words_between,
)

_LONGEST_PHRASE = 14
_TO_CLAUSE_END = 25
_TIMES = word_class("times")
#: Words before a subject that are no part of it.
_LEADING = frozenset({"and", "but", "then", "also", "later", "now", "today", "yesterday", "earlier", "still", "meanwhile", "however"})
_NOUNS_IN_ING = word_class("nouns in -ing")
#: What ends a noun phrase.
_ENDS = PREPOSITIONS | MARKS | RELATIVES | OPENERS | {","}


class Phrase(NamedTuple):
    """A noun phrase: the indexes of its first word and of the one behind its last, the classes of its heads, and whether it denies."""

    start: int
    end: int
    classes: tuple[frozenset[str], ...]
    denies: bool

    @property
    def kinds(self) -> frozenset[str]:
        """All classes of its heads."""
        return frozenset().union(*self.classes)


def phrase_in(tokens: Sequence[Token], low: int, high: int, *, last: bool) -> Phrase | None:
    """The noun phrase that ends the stretch, asides and what stands before its last comma left out. `last`: the last one, an antecedent."""
    while high > low and (tokens[high - 1].low == "," or is_adverb(tokens[high - 1].low)):
        if tokens[high - 1].low == ",":
            inner = next((i for i in range(high - 2, low - 1, -1) if tokens[i].low == ","), None)
            high = high - 1 if inner is None or last else inner
        else:
            high -= 1
    if last:
        return _phrase_before(tokens, low, high)
    comma = next((i for i in range(high - 1, low - 1, -1) if tokens[i].low == ","), None)
    low = low if comma is None else comma + 1
    while low < high and (
        tokens[low].low in _LEADING or (tokens[low].low.endswith("ly") and tokens[low].low != "nearly" and is_adverb(tokens[low].low))
    ):
        low += 1
    if low < high and tokens[low].low in PREPOSITIONS and not _counts(tokens, low):
        low = next(
            (
                i
                for i in range(low + 1, high)
                if (tokens[i].low in DETERMINERS | {"more", "about", "nearly", "most", "over"} or tokens[i].low[0] in "$€£¥")
                and tokens[i - 1].low not in PREPOSITIONS
            ),
            high - 1,
        )
    if low >= high:
        return None
    found = phrase_from(tokens, low, high)
    return Phrase(low, high, found.classes, found.denies)


def _phrase_before(tokens: Sequence[Token], low: int, high: int) -> Phrase | None:
    """The noun phrase that ends right before a relative clause: back to its determiner or figure, or to the word before it that is none of it."""
    start = high - 1
    for index in range(high - 1, max(low - 1, high - 9), -1):
        word = tokens[index].low
        if auxiliary(word) is not None or (word in _ENDS and word != "of" and not _counts(tokens, index)):
            break
        start = index
        if word in DETERMINERS and tokens[index - 1].low != "of":
            break
    return phrase_from(tokens, start, high) if start < high and high > low else None


def _counts(tokens: Sequence[Token], index: int) -> bool:
    """Whether a preposition only weakens a figure: "about 2,500", "over $3 million"."""
    behind = tokens[index + 1].low[:1] if index + 1 < len(tokens) else ""
    return tokens[index].low in {"about", "over", "up", "under", "within", "than", "to"} and (behind.isdigit() or behind in {*"$€£¥"})


def phrase_from(tokens: Sequence[Token], low: int, high: int | None = None) -> Phrase:
    """The noun phrase that begins at `low`: its heads are the last words before a preposition, a comma or the end of the clause."""
    limit = min(len(tokens), low + _LONGEST_PHRASE) if high is None else high
    classes: list[frozenset[str]] = []
    index = start = low
    denies = low < len(tokens) and tokens[low].low in {"no", "none", "nothing", "neither", "nobody", "not", "little", "hardly"}
    while index < limit:
        word = tokens[index].low
        ends = (word in _ENDS and not _counts(tokens, index)) or auxiliary(word) is not None or _describes(tokens, low, index)
        if ends or word in {"and", "or"}:
            classes.append(_classes(tokens, start, index))
            measures = index > start and (tokens[index - 1].low in QUANTITY or "goods" in classes[-1] or tokens[index - 1].low[0].isdigit())
            if not (word in {"and", "or"} or (word == "of" and measures)) or index == low:
                return Phrase(low, index, tuple(classes), denies)
            start = index + 1
        index += 1
    classes.append(_classes(tokens, start, index))
    return Phrase(low, index, tuple(classes), denies)


def _describes(tokens: Sequence[Token], low: int, index: int) -> bool:
    """Whether a participle behind a noun begins its description: "the agreement signed on 30 December"."""
    word = tokens[index].low
    if index == low:
        return False
    if word.endswith("ing") and word not in _NOUNS_IN_ING and tokens[index - 1].low not in DETERMINERS:
        return True
    return bool(classes_of(tokens[index - 1].low)) and any(cue.participle == word for cue in cues_of(word))


def _classes(tokens: Sequence[Token], low: int, high: int) -> frozenset[str]:
    """The classes of the noun phrase's head; money for a sum."""
    stretch = tokens[low:high]
    if not stretch:
        return frozenset()
    while len(stretch) > 1 and stretch[-1].low[0].isdigit():
        stretch = stretch[:-1]  # "Resolution 2328"
    head = stretch[-1].low.removesuffix("'s")
    if any(token.low[0] in "$€£¥" for token in stretch):
        return classes_of(head) | {"money"}
    if head == "force" and len(stretch) > 1 and stretch[-2].low == "task":
        return frozenset({"body"})
    if head == "work" and tokens[high : high + 1] and tokens[high].low != "on":
        return frozenset()
    found = classes_of(head)
    if not found and stretch[-1].capital:
        common = [token.low for token in stretch if not token.capital]
        return classes_of(common[-1]) if common and (not stretch[0].capital or stretch[0].low in DETERMINERS) else frozenset()
    return found


def clause_end(tokens: Sequence[Token], low: int) -> int:
    """Where the words behind a verb end that belong to it: before a mark, a relative clause, or the next verb's clause."""
    high = min(len(tokens), low + _TO_CLAUSE_END)
    for index in range(low, high):
        word = tokens[index].low
        if word in MARKS or (word in OPENERS and word not in {"since", "until", "till", "before", "after", "as", "than"}):
            return tokens[max(index - 1, low - 1)].end if tokens[index - 1].low != "," else tokens[index - 2].end
        if word == "and" and index + 1 < len(tokens) and tokens[index + 1].low.partition("'")[0] in PRONOUNS:
            return tokens[index - 1].end
        if index > low and auxiliary(word) is not None:
            return tokens[index - 2 if tokens[index - 1].low in {"and", ","} else index - 1].end
        if word == "," and index + 1 < high and not _goes_on(tokens, index + 1):
            return tokens[index - 1].end
    return tokens[high - 1].end


def _goes_on(tokens: Sequence[Token], index: int) -> bool:
    """Whether what follows a comma still belongs to the verb: a year, or one more item of a list before its "and"."""
    return tokens[index].low[0].isdigit() or any(token.low == "and" for token in tokens[index + 1 : index + 4])


def is_when(tokens: Sequence[Token], index: int) -> bool:
    """Whether "by" leads to a time: a figure, a month, "the end of"."""
    word = tokens[index].low if index < len(tokens) else ""
    return (
        word[:1].isdigit()
        or word in _TIMES
        or word == "may (month)"
        or words_between(tokens, index, index + 2) in {"the end", "the start", "the time", "the day"}
    )
