"""Whether a verb tells a fact: its form, what stands before it, and what its clause hangs on."""

from collections.abc import Sequence

from pledgebook.extraction.progress_clauses import Chain, Clause, clause_of
from pledgebook.extraction.progress_cues import Cue, cues_of
from pledgebook.extraction.progress_tokens import (
    DETERMINERS,
    MARKS,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    Token,
    auxiliary,
    is_adverb,
    word_class,
    words_between,
)

#: A clause behind one of these is no fact.
_UNREAL = word_class("unreal")
#: What governs a clause with "that" so that it is no fact, or one that is denied.
_NO_FACT, _DENIED_BEFORE = word_class("no fact"), word_class("denied before")
#: Verbs that take back a clause joined to them without "that": "they hope the mission has ended".
_UNSAID = word_class("unsaid")


def may_tell(tokens: Sequence[Token], at: int, cue: Cue, chain: Chain) -> bool:
    """Whether the verb's form fits its auxiliaries: a participle behind "has been", a base form behind "did not", a past form alone."""
    word = tokens[at].low
    if tokens[at].capital and at and chain.first == at and tokens[at - 1].low not in MARKS:
        return False  # a word of a name: "Deferred Enforced Departure"
    if (word, words_between(tokens, at + 1, at + 2)) == ("ended", "up"):
        return False
    if chain.form == "unreal" or (chain.first == at and _is_attribute(tokens, at, cue)):
        return False
    if chain.form == "did":
        return chain.denied and word == cue.base
    if chain.form == "bare":
        return word == cue.past and (word != cue.base or cue.effects[0][0] in {"remains", "not-done"}) and _stands_alone(tokens, at)
    if chain.denied and word == cue.base and chain.form == "perfect" and "to" in words_between(tokens, chain.first, at).split():
        return True
    adjective = word == "complete" and chain.form in {"passive", "present-passive"}
    if chain.form == "present-passive" and not (cue.is_("state") or adjective or chain.hedged or (chain.denied and cue.participle == word)):
        return False
    return word == cue.participle or adjective


def _stands_alone(tokens: Sequence[Token], at: int) -> bool:
    """Whether a bare form can be the verb of its clause: no other verb stands before it there, and behind a comma one does."""
    before = at - 1
    while before >= 0 and is_adverb(tokens[before].low):
        before -= 1
    if before < 0 or tokens[before].low in MARKS or tokens[before].low in OPENERS or tokens[before].low in PRONOUNS:
        return True
    clause = clause_of(tokens, at)
    verbs = any(auxiliary(token.low) is not None for token in tokens[clause.start : before + 1])
    if tokens[before].low in {",", "and", "or"}:
        return verbs or any(token.low == cue.past for token in tokens[clause.start : before] for cue in cues_of(token.low))
    return not verbs


def _is_attribute(tokens: Sequence[Token], at: int, cue: Cue) -> bool:
    """Whether a bare form stands before a noun, or behind one without being its verb ("the signed treaty", "aid provided by Japan")."""
    index = at - 1
    while index >= 0 and is_adverb(tokens[index].low):
        index -= 1
    before = tokens[index].low if index >= 0 else ""
    if before in DETERMINERS or (before in PREPOSITIONS and before != "since") or before.endswith("'s") or before in {"be", "being", "get"}:
        return True
    behind = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return behind == "by" and cue.past == cue.participle


def is_unreal(tokens: Sequence[Token], clause: Clause, chain: Chain) -> bool:
    """Whether the clause is a condition, a time to come, or hangs on a word that takes it back."""
    opener, opened = clause.opener, clause.opened
    seen = 0
    while opener == "and" and opened > 0 and seen < 4:
        outer = clause_of(tokens, opened)
        opener, opened, seen = outer.opener, outer.opened, seen + 1
    if opener in _UNREAL or (opener == "when" and chain.form in {"perfect", "present-passive"}):
        return True
    if any(token.low in _UNSAID for token in tokens[clause.start : chain.first]):
        return True
    if opened < 0:
        return False
    before = [token.low for token in tokens[max(0, opened - 6) : opened]]
    if opener == "so":
        return bool(tokens[opened + 1 : opened + 2]) and tokens[opened + 1].low == "that"
    if opener == "as":
        return bool({"if", "though", "soon", "long"} & {token.low for token in tokens[opened - 1 : opened + 2]})
    if opener != "that":
        return False
    near = before[-3:]
    return bool(_NO_FACT & set(near)) or bool(_DENIED_BEFORE & set(before)) or any(word.endswith("n't") for word in before)
