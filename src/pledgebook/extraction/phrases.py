"""Noun phrases around a token: the words at their place that name an actor."""

from collections.abc import Iterator

from pledgebook.extraction.clauses import possessor, subject_token
from pledgebook.extraction.parsing import ParsedSentence
from pledgebook.extraction.words import Word

#: Participles that the parser may take for a passive, whose subject is nevertheless the one who undertakes.
_ACTIVE_PARTICIPLES = frozenset(
    [
        "commit",
        "determine",
        "resolve",
        "dedicate",
        "prepare",
        "set",
        "expect",
        "schedule",
        "plan",
        "oblige",
        "bind",
        "bound",
        "prepared",
        "unite",
        "focus",
        "engage",
        "devote",
        "poise",
        "slate",
        "due",
    ]
)
#: Verbs whose subject tells of an undertaking, its own or another's.
_REPORTING = frozenset(
    [
        "say",
        "state",
        "note",
        "add",
        "tell",
        "reiterate",
        "reaffirm",
        "underscore",
        "underline",
        "emphasize",
        "emphasise",
        "stress",
        "express",
        "announce",
        "affirm",
        "confirm",
        "highlight",
        "explain",
        "declare",
        "repeat",
        "insist",
        "claim",
        "report",
        "convey",
        "restate",
        "pledge",
        "vow",
        "promise",
        "commit",
        "indicate",
        "suggest",
        "argue",
        "disclose",
        "reveal",
        "write",
        "remark",
        "mention",
        "warn",
        "discuss",
        "reinforce",
        "renew",
        "recall",
        "acknowledge",
        "assure",
        "inform",
        "outline",
        "describe",
        "raise",
        "signal",
        "voice",
        "predict",
        "hint",
        "thank",
        "welcome",
        "commend",
        "applaud",
        "offer",
        "provide",
        "meet",
        "speak",
        "update",
        "brief",
        "share",
    ]
)
#: What stands behind "by" without acting.
_NO_AGENTS = frozenset(
    [
        "end",
        "half",
        "third",
        "quarter",
        "percent",
        "cent",
        "year",
        "month",
        "week",
        "day",
        "summer",
        "winter",
        "spring",
        "autumn",
        "fall",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "time",
        "date",
        "deadline",
        "then",
        "phone",
        "video",
        "law",
        "hand",
        "means",
        "way",
    ]
)


def actor_range(sentence: ParsedSentence, head: Word) -> tuple[int, int] | None:
    """The range of the words that name who undertakes `head`, or None where the clause does not say ("will be investigated")."""
    if _is_passive(head):
        agent = _agent(head)
        return _phrase_range(sentence, agent) if agent is not None else None
    subject = (possessor(head) if head.pos in ("NOUN", "PROPN") else None) or subject_token(head)
    if subject is None or subject.pos in ("VERB", "AUX"):
        return None
    return _phrase_range(sentence, subject)


def reporter_of(sentence: ParsedSentence, head: Word) -> tuple[tuple[int, int] | None, str | None]:
    """The words for who reports the undertaking ("the minister" in "the minister noted that ..."), and the verb; first persons are no reporters."""
    for above in (head, *head.ancestors):
        if above.lemma not in _REPORTING or above.pos not in ("VERB", "AUX"):
            continue
        subject = subject_token(above)
        if subject is not None and subject.lower not in ("i", "we", "it", "you") and subject.pos in ("PRON", "PROPN", "NOUN"):
            return _phrase_range(sentence, subject), above.text
    return None, None


def _is_passive(head: Word) -> bool:
    passive = any(child.dep in ("auxpass", "nsubjpass") for child in head.children)
    return passive and head.lemma not in _ACTIVE_PARTICIPLES


def _agent(head: Word) -> Word | None:
    for child in head.children:
        if child.dep == "agent" or (child.dep == "prep" and child.lower == "by"):
            return next((grandchild for grandchild in child.children if grandchild.dep == "pobj" and _can_act(grandchild)), None)
    return None


def _can_act(word: Word) -> bool:
    """Whether a "by" phrase can name who acts: no year, share or time ("built by 2027", "cut by half")."""
    return word.tag != "CD" and word.lemma not in _NO_AGENTS


def _phrase_range(sentence: ParsedSentence, token: Word) -> tuple[int, int]:
    tokens = sorted(_phrase(token), key=lambda part: part.i)
    first, last = token, token
    for part in reversed([part for part in tokens if part.i < token.i]):
        if part.i == first.i - 1:
            first = part
    for part in [part for part in tokens if part.i > token.i]:
        if part.i == last.i + 1:
            last = part
    for conjunct in _conjuncts(token):
        last = max(last, *_phrase(conjunct), key=lambda part: part.i)
    return sentence.start_of(first), sentence.end_of(last)


def _conjuncts(token: Word) -> Iterator[Word]:
    """The nouns joined to a noun, even behind a parenthesis ("Britain (UK) and France")."""
    for child in token.children:
        if child.dep == "conj" and child.pos in ("NOUN", "PROPN", "PRON"):
            yield child
            yield from _conjuncts(child)


def _phrase(token: Word) -> Iterator[Word]:
    """The token with what belongs to its name: modifiers, compounds, "of" phrases, conjuncts; no clauses behind it."""
    yield token
    for child in token.children:
        if child.dep in ("relcl", "acl", "advcl", "parataxis", "ccomp", "advmod") and child.i > token.i:
            continue
        if child.dep == "prep" and child.lower not in ("of", "for", "in", "to", "at", "on"):
            continue
        if child.dep in ("punct", "appos") and child.i > token.i and not _inside_list(child, token):
            continue
        yield from child.subtree if child.dep not in ("conj", "prep", "pobj") else _phrase(child)


def _inside_list(child: Word, token: Word) -> bool:
    """A comma between conjuncts ("Canada, France and Italy")."""
    return child.dep == "punct" and child.text == "," and any(other.dep == "conj" and other.i > child.i for other in token.children)
