"""What a verb says of its own clause: auxiliaries, subject, negation, governor; read from a dependency parse."""

from collections.abc import Iterable, Iterator

from pledgebook.extraction.words import Word

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")


def auxiliaries(verb: Word) -> list[str]:
    """Lower-case auxiliaries of the verb, taken from the first conjunct where a conjunct has none of its own."""
    own = [_plain(child) for child in verb.children if child.dep in ("aux", "auxpass")]
    if own or verb.dep != "conj" or subject_token(verb, own_only=True) is not None:
        return own
    return auxiliaries(verb.head)


_PLAIN = {"'ll": "will", "’ll": "will", "wo": "will", "ca": "can", "'d": "would", "'ve": "have", "'re": "be", "'m": "be", "sha": "shall"}


def _plain(aux: Word) -> str:
    lower = aux.text.lower()
    if lower in _PLAIN:
        return _PLAIN[lower]
    return str(aux.lemma).lower() if aux.lemma in ("be", "have", "do") else lower


def is_negated(verb: Word) -> bool:
    """Whether "not" or "never" stands in the verb's own clause, or a conjunct shares the first one's ("will not stop or rest")."""
    if any(child.dep == "neg" or child.lower in ("never", "n't", "not") for child in verb.children):
        return True
    if any(child.dep == "aux" and child.lower == "cannot" for child in verb.children):
        return True
    own_start = any(child.dep in ("aux", *_SUBJECTS) for child in verb.children)
    if verb.dep == "conj" and not own_start and _coordinator(verb) in ("or", "nor"):
        return is_negated(verb.head)
    return False


def _coordinator(conjunct: Word) -> str:
    return next((child.lower for child in conjunct.head.children if child.dep == "cc" and child.i < conjunct.i), "")


def subject_token(verb: Word, own_only: bool = False) -> Word | None:
    """The head of the verb's subject; through control ("plans to"), conjunction and relative clauses unless `own_only`."""
    for child in verb.children:
        if (child.dep in _SUBJECTS and child.i < verb.i) or child.dep in ("nsubj", "nsubjpass"):
            return _antecedent(child)
    for child in verb.children:
        if child.dep == "agent":
            return next((o for o in child.children if o.dep == "pobj"), None)
    if own_only:
        return None
    return _borrowed_subject(verb)


def _antecedent(subject: Word) -> Word:
    """The noun that a relative pronoun stands for."""
    if subject.tag in ("WDT", "WP") or subject.lower == "that":
        for ancestor in subject.ancestors:
            if ancestor.dep == "relcl":
                head: Word = ancestor.head
                return head
    return subject


def _borrowed_subject(verb: Word) -> Word | None:
    head = verb.head
    if head.i == verb.i:
        return None
    if verb.dep in ("conj", "xcomp", "ccomp", "advcl", "pcomp"):
        if head.pos in ("VERB", "AUX"):
            return subject_token(head)
        if head.dep == "prep" or head.pos in ("ADJ", "NOUN"):
            return _borrowed_subject(head) if head.pos == "NOUN" else subject_of_governor(head)
    if verb.dep in ("acl", "relcl"):
        return possessor(head) or (head if verb.tag in ("VBG", "VBN") or verb.dep == "relcl" else subject_of_governor(head))
    return None


def subject_of_governor(token: Word) -> Word | None:
    """The subject of the nearest verb above a noun, adjective or preposition."""
    for ancestor in [token, *token.ancestors]:
        if ancestor.pos in ("VERB", "AUX"):
            return subject_token(ancestor, own_only=ancestor.dep == "ROOT")
        if ancestor.pos == "NOUN" and (owner := possessor(ancestor)):
            return owner
    return None


def possessor(noun: Word) -> Word | None:
    """Who has the commitment, plan or goal: "our commitment", "the U.S. commitment", "Iraq's plan", "a pledge by Norway"."""
    for child in noun.children:
        if child.dep in ("poss", "nmod"):
            return child
    for child in noun.children:
        if child.dep == "compound" and (child.pos == "PROPN" or child.entity):
            return child
        if child.dep == "amod" and child.entity:
            return child
    for child in noun.children:
        if child.dep == "prep" and child.lower in ("of", "by", "from", "between"):
            for grandchild in child.children:
                if grandchild.dep == "pobj" and grandchild.pos in ("PROPN", "PRON", "NOUN"):
                    return grandchild
    return None


def governor(verb: Word) -> tuple[str, Word | None]:
    """How the verb hangs on the word above it: ("xcomp", plans), ("acl", commitment), ("pcomp:to", committed)."""
    token = verb
    while token.dep == "conj" and token.head.i != token.i:
        token = token.head
    head = token.head
    if head.i == token.i:
        return "root", None
    if token.dep == "pcomp" and head.dep == "prep":
        return f"pcomp:{head.lower}", head.head
    if token.dep == "pobj":
        return f"pobj:{head.lower}", head.head
    return str(token.dep), head


def clause_verbs(words: Iterable[Word]) -> Iterator[Word]:
    """Every word that can head a clause: verbs, and "be" or "have" as main verbs."""
    for token in words:
        if token.dep in ("aux", "auxpass"):
            continue
        if token.pos in {"VERB", "AUX"} or (token.tag in ("VB", "VBG", "VBN", "VBZ", "VBP", "VBD") and token.dep != "amod"):
            yield token
