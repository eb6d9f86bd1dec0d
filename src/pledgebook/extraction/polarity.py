"""Negation and conditions of an undertaking: read from the clause and from what governs it, never lost on the way."""

from collections.abc import Iterator

from pledgebook.extraction.clauses import governor, is_negated
from pledgebook.extraction.words import Word

#: Words that open a condition.
_CONDITIONS = frozenset({"if", "unless", "provided", "providing", "once", "should", "until"})
_CONDITION_PHRASES = (
    "subject to",
    "in the event of",
    "as long as",
    "so long as",
    "on condition",
    "provided that",
    "if appropriate",
    "if necessary",
    "if needed",
    "as needed",
    "as appropriate",
    "when needed",
    "when necessary",
    "pending",
    "contingent on",
    "conditional on",
    "conditioned on",
    "depending on",
    "for information leading to",
    "for information that",
)


def is_negated_undertaking(head: Word) -> tuple[bool, str | None]:
    """Whether the actor undertakes *not* to do it, with the rule that says so."""
    if is_negated(head):
        return True, "negation in the clause"
    if head.lemma == "refrain" and head.dep != "pobj" and any(child.dep == "aux" for child in head.children):
        return True, "a verb of refraining"
    _, above = governor(head)
    if above is not None and head.dep in ("xcomp", "ccomp", "pcomp", "acl"):
        if is_negated(above) and above.pos in ("VERB", "AUX", "ADJ"):
            return True, "negation in the governing clause"
        if above.lemma in ("refuse", "decline", "refrain", "refusal"):
            return True, f"governed by {above.lemma}"
    if any(
        child.lower == "no" and child.dep == "det"
        for argument in head.children
        if argument.dep in ("dobj", "attr")
        for child in argument.children
    ):
        return True, "no before the object"
    if any(child.lower in ("no", "neither", "nor") and child.dep in ("advmod", "neg", "preconj") for child in head.children):
        return True, "no, neither or nor in the clause"
    return False, None


def condition_of(head: Word, action: str, sentence_text: str) -> str | None:
    """The word of a condition that the undertaking hangs on, or None."""
    for clause in _own_clauses(head):
        for child in clause.children:
            if child.dep == "advcl":
                mark = _condition_mark(child)
                if mark is not None:
                    return mark
            if child.dep == "prep" and child.lower in ("pending", "barring"):
                return str(child.lower)
    lower = action.lower()
    for phrase in _CONDITION_PHRASES:
        if phrase in lower:
            return phrase
    start = sentence_text.lower().lstrip('"“ ')
    if start.startswith(("if ", "unless ", "should ", "as long as ", "so long as ", "in the event ")) and "," in start:
        return start.split(" ", 1)[0]
    return None


def _own_clauses(head: Word) -> Iterator[Word]:
    """The head and the verbs above it that it completes."""
    token = head
    yield token
    while token.dep in ("xcomp", "ccomp", "conj", "pcomp", "acl") and token.head.i != token.i:
        token = token.head
        if token.lemma in ("say", "tell", "note", "add", "believe", "think", "know"):
            return
        yield token


def _condition_mark(clause: Word) -> str | None:
    for child in clause.children:
        if child.dep in ("mark", "aux", "advmod") and child.lower in _CONDITIONS and child.i <= clause.i:
            if child.lower == "should" and child.dep == "aux" and clause.left_edge is not child:
                continue
            return str(child.lower)
    return None
