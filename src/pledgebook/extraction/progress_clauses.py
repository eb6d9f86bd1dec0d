"""The clause around a verb, read from its words alone: tense and denial before it, where it begins, its subject. No parse."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from pledgebook.extraction.progress_cues import cues_of
from pledgebook.extraction.progress_phrases import Phrase, phrase_in
from pledgebook.extraction.progress_tokens import (
    AUXILIARIES,
    BE_NOW,
    BE_PAST,
    DENIALS,
    DETERMINERS,
    HAVE,
    MARKS,
    MODALS,
    OPENERS,
    PRONOUNS,
    RELATIVES,
    Token,
    auxiliary,
    is_adverb,
    word_class,
)

#: How a verb stands: "bare" is without any auxiliary, "unreal" under a modal, an infinitive or still going on.
Form = Literal["perfect", "passive", "present-passive", "did", "bare", "unreal"]
_FAILED, _REPORTED = word_class("failed"), word_class("reported")
_LONGEST_CHAIN = 9
_JOINING = frozenset({"and", "or", ","})


class Chain(NamedTuple):
    """The auxiliaries before a verb: the index of their first word (the verb's own where there are none), and what they say."""

    first: int
    form: Form
    denied: bool = False
    hedged: bool = False


def chain_of(tokens: Sequence[Token], at: int) -> Chain:
    """How the verb at index `at` stands: "has not yet been delivered" is passive and denied, "is said to have left" perfect and hedged."""
    first = _chain_start(tokens, at)
    words = [token.low for token in tokens[first:at]]
    if "to" in words:
        return _infinitive(tokens, first, at)
    found = [aux for word in words if (aux := auxiliary(word)) is not None]
    denied = _denies(words, tokens[at].low)
    if not found:
        return _joined(tokens, first, at) or Chain(first, "bare", denied)
    return Chain(first, _form(found), denied)


def _chain_start(tokens: Sequence[Token], at: int) -> int:
    first = at
    low = max(0, at - _LONGEST_CHAIN)
    while first > low:
        word = tokens[first - 1].low
        if not (auxiliary(word) or word in DENIALS or word in {"to", "longer"} or is_adverb(word) or _is_no(tokens, first - 1)):
            break
        first -= 1
        if word in AUXILIARIES and auxiliary(tokens[first - 1].low if first else "") is None and first and "'" in tokens[first - 1].low:
            break
    while first < at and tokens[first].low not in AUXILIARIES and is_adverb(tokens[first].low) and auxiliary(tokens[first].low) is None:
        first += 1  # an adverb before the auxiliaries belongs to the sentence
    return first


def _is_no(tokens: Sequence[Token], index: int) -> bool:
    return tokens[index].low == "no" and index + 1 < len(tokens) and tokens[index + 1].low == "longer"


def _form(auxiliaries: Sequence[str]) -> Form:
    """The form that a row of auxiliaries gives to the verb behind it."""
    words = set(auxiliaries)
    if words & MODALS or "being" in words:
        return "unreal"
    if words & HAVE:
        return "passive" if "been" in words or "got" in words else "perfect"
    if words & BE_PAST:
        return "passive"
    if words & BE_NOW:
        return "present-passive"
    return "did" if words & {"did", "didn't"} else "unreal"


def _denies(words: Sequence[str], verb: str) -> bool:
    """Whether the words before a verb deny it; "not only" and "yet" alone do not."""
    row = [*words, verb]
    return any(
        word.endswith("n't") or (word in DENIALS and word != "yet" and row[index + 1 : index + 2] != ["only"]) or word == "longer"
        for index, word in enumerate(words)
    )


def _infinitive(tokens: Sequence[Token], first: int, at: int) -> Chain:
    """The chain of an infinitive: "has yet to", "failed to" deny it, "is reported to have" reports it, anything else leaves it open."""
    words = [token.low for token in tokens[first:at]]
    split = len(words) - 1 - words[::-1].index("to")
    before, behind = words[:split], [aux for word in words[split + 1 :] if (aux := auxiliary(word)) is not None]
    if "yet" in before and any(auxiliary(word) for word in before) and not _denies(before, ""):
        return Chain(first, "perfect" if not behind else "passive", denied=True)
    governor = tokens[first - 1].low if first else ""
    if before or not first:
        return Chain(first, "unreal")
    above = chain_of(tokens, first - 1)
    if governor in _FAILED and above.form != "unreal":
        return Chain(first - 1 if above.denied else above.first, "unreal" if above.denied else "did", denied=True)
    if governor in {"remains", "remain"} and behind == ["be"]:
        return Chain(first - 1, "passive", denied=True)
    if governor in _REPORTED and above.form in {"passive", "present-passive"} and not above.denied and behind:
        return Chain(above.first, "present-passive" if behind == ["be"] else _form(behind), denied=False, hedged=True)
    return Chain(first, "unreal")


def _joined(tokens: Sequence[Token], first: int, at: int) -> Chain | None:
    """The form that a verb takes over from the one it is joined to: "was signed and ratified", "will review and deliver"."""
    if not first or tokens[first - 1].low not in _JOINING:
        return None
    for index in range(first - 2, max(-1, first - 26), -1):
        word = tokens[index].low
        if word in MARKS or word in OPENERS:
            return None
        if word == "to":
            verb = tokens[index + 1].low if index + 1 < at else ""
            if verb and verb not in DETERMINERS and not tokens[index + 1].capital and not verb[0].isdigit():
                return Chain(first, "unreal")
        if auxiliary(word) is not None:
            start = _chain_start(tokens, index + 1)
            row = [token.low for token in tokens[start : index + 1]]
            form = _form([aux for one in row if (aux := auxiliary(one)) is not None])
            return Chain(first, form if form != "did" else "unreal", _denies(row, ""))
    return None


class Clause(NamedTuple):
    """Where a clause begins (index), the word that opens it ("" for the sentence itself or a mark) and that word's index (-1)."""

    start: int
    opener: str
    opened: int


def clause_of(tokens: Sequence[Token], first: int) -> Clause:
    """The clause to which the verb belongs whose auxiliaries begin at index `first`."""
    finite = False
    joint: int | None = None
    for index in range(_before_aside(tokens, first) - 1, -1, -1):
        word = tokens[index].low
        if word in MARKS:
            return Clause(index + 1, "", -1) if joint is None else Clause(joint + 1, "and", joint)
        if word in OPENERS and not _is_time(tokens, index):
            return Clause(index + 1, word, index) if joint is None else Clause(joint + 1, "and", joint)
        if word in {"and", "or"} and joint is None and not finite:
            joint = index if _has_finite(tokens, index) else None
        finite = finite or auxiliary(word) is not None
    return Clause(0, "", -1) if joint is None else Clause(joint + 1, "and", joint)


def _before_aside(tokens: Sequence[Token], first: int) -> int:
    """The index before a relative clause between commas that ends at `first`: "the monitoring, which others had carried out, ended"."""
    if not first or tokens[first - 1].low != ",":
        return first
    for index in range(first - 2, max(-1, first - 30), -1):
        if tokens[index].low in MARKS:
            return first
        if tokens[index].low == "," and tokens[index + 1].low in RELATIVES:
            return index + 1
    return first


def _is_time(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word that may open a clause only leads to a date or figure: "since 2012", "as of today", "so far"."""
    behind = tokens[index + 1].low if index + 1 < len(tokens) else ""
    return (
        behind[:1].isdigit()
        or behind[:1] in {*"$€£¥"}
        or (tokens[index].low, behind) in {("as", "of"), ("so", "far"), ("as", "part"), ("that", "day")}
    )


def _has_finite(tokens: Sequence[Token], before: int) -> bool:
    """Whether a verb stands between the last mark or opener and index `before`."""
    for index in range(before - 1, -1, -1):
        word = tokens[index].low
        if word in MARKS or (word in OPENERS and not _is_time(tokens, index)):
            return False
        if auxiliary(word) is not None or any(word == cue.past for cue in cues_of(word)):
            return True
    return False


def subject_of(tokens: Sequence[Token], first: int, clause: Clause) -> Phrase | None:
    """The subject of the verb whose auxiliaries begin at `first`; of a relative clause its antecedent. None where none stands there."""
    low = clause.start
    if first < len(tokens) and "'" in tokens[first].low and tokens[first].low.partition("'")[0] in PRONOUNS:
        return None
    if low >= first or _starts_with_verb(tokens, low, first):
        if clause.opener in RELATIVES | {"and"} and clause.opened > 0:
            outer = clause_of(tokens, clause.opened)
            high = clause.opened if clause.opener != "and" else _first_verb(tokens, outer.start, clause.opened)
            return phrase_in(tokens, outer.start, high, last=clause.opener != "and")
        return None
    return phrase_in(tokens, low, first, last=False)


def _starts_with_verb(tokens: Sequence[Token], low: int, first: int) -> bool:
    word = tokens[low].low
    return low < first and (auxiliary(word) is not None or any(word == cue.past for cue in cues_of(word)))


def _first_verb(tokens: Sequence[Token], low: int, high: int) -> int:
    for index in range(low, high):
        word = tokens[index].low
        if auxiliary(word) is not None or any(word == cue.past for cue in cues_of(word)):
            return index
    return high
