"""Every clause that could be a commitment, with the range of its action; choosing among them is the model's task."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from pledgebook.extraction.clauses import clause_verbs
from pledgebook.extraction.parsing import ParsedSentence
from pledgebook.extraction.words import Word

#: Nouns that name an undertaking by themselves ("the U.S. commitment to ASEAN", "a donation of 4 laboratories").
UNDERTAKING_NOUNS = frozenset(
    [
        "commitment",
        "pledge",
        "promise",
        "vow",
        "support",
        "assistance",
        "aid",
        "donation",
        "contribution",
        "plan",
        "intention",
        "intent",
        "decision",
        "agreement",
        "announcement",
        "package",
        "reward",
        "drawdown",
        "grant",
        "funding",
        "investment",
        "delivery",
        "resolve",
        "determination",
        "goal",
        "desire",
        "willingness",
        "readiness",
        "effort",
        "priority",
        "provision",
        "partnership",
        "cooperation",
        "deployment",
        "withdrawal",
        "transition",
        "launch",
    ]
)
_TRAILING = " \t\r\n,;:.!?\"'“”‘’«»)–—-"
#: What joins an item of a list to the next one.
_LIST_JOINT = re.compile(r"[;,]\s*(?:and|or)[\s;,.]*$")


class Candidate(msgspec.Struct, frozen=True):
    """A clause of `sentence` headed by token `head`; `start:end` is its action in the text."""

    sentence: int
    head: int
    start: int
    end: int
    nominal: bool


def find_candidates(parsed: Sequence[ParsedSentence], text: str) -> list[Candidate]:
    """All candidates of the parsed sentences, in text order; `Candidate.sentence` is the index into `parsed`."""
    found = []
    for number, sentence in enumerate(parsed):
        for token in candidate_heads(sentence):
            start, end = action_range(sentence, token, text)
            if end - start > 3:
                found.append(Candidate(number, token.i, start, end, token.pos in ("NOUN", "PROPN")))
    return found


def candidate_heads(sentence: ParsedSentence) -> Iterator[Word]:
    """The verbs and the nouns of undertaking that could head an action."""
    verbs = {token.i for token in clause_verbs(sentence.words)}
    for token in sentence.words:
        if token.idx >= 0 and (token.i in verbs or (token.pos == "NOUN" and token.lemma in UNDERTAKING_NOUNS)):
            yield token


def action_range(sentence: ParsedSentence, head: Word, text: str) -> tuple[int, int]:
    """From the head to the end of what belongs to it, without later clauses that stand on their own."""
    last = head
    for token in _kept(head):
        if token.i > last.i:
            last = token
    start, end = sentence.start_of(head), sentence.end_of(last)
    joint = _LIST_JOINT.search(text[start:end])
    end = start + joint.start() if joint is not None else end
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return start, end


def _kept(head: Word) -> Iterator[Word]:
    """The tokens of the head's subtree that belong to its action."""
    cut = min((child.i for child in head.children if child.i > head.i and _opens_another(child, head)), default=None)
    for child in head.children:
        if child.i <= head.i or (cut is not None and child.i >= cut) or child.dep == "punct":
            continue
        yield from child.subtree


def _opens_another(child: Word, head: Word) -> bool:
    """Whether the child starts a clause or conjunct that is an undertaking of its own, or a reporting tag."""
    if child.dep in ("conj", "parataxis"):
        return head.pos not in ("NOUN", "PROPN") or child.pos in ("VERB", "AUX")
    if child.dep == "cc":
        return any(other.dep == "conj" and other.i > child.i for other in head.children)
    return child.dep == "ccomp" and child.i < head.i
