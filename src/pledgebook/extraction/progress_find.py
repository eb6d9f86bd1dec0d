"""The events that a sentence tells of: a verb of progress that tells a fact, and what it is said of."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pledgebook.core.claim import Effect
from pledgebook.core.found import FoundAmount
from pledgebook.extraction.progress_clauses import Chain, Clause, chain_of, clause_of, subject_of
from pledgebook.extraction.progress_cues import DENIABLE, Cue, cues_of
from pledgebook.extraction.progress_nouns import classes_of
from pledgebook.extraction.progress_phrases import Phrase, clause_end, is_when, phrase_from
from pledgebook.extraction.progress_reality import is_unreal, may_tell
from pledgebook.extraction.progress_tokens import (
    MARKS,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    Token,
    auxiliary,
    is_adverb,
    words_between,
)

_TO_CLAUSE_END = 25
_NEAR = 90
_AT_ONCE = 25


class Event(NamedTuple):
    """What is told: the cue, its effect, and ranges of the text. `subject` and `agent` are the words of who or what stands there."""

    cue: Cue
    effect: Effect
    start: int
    end: int
    verb_end: int
    clause: tuple[int, int]
    subject: tuple[int, int] | None
    agent: tuple[int, int] | None
    active: bool
    denied: bool
    hedged: bool
    firm: bool
    #: Told as "has done", which reaches to now whatever year it began in.
    perfect: bool
    kinds: frozenset[str]

    @property
    def names_owner(self) -> bool:
        """Whether names beside what it is said of tell whose it is: troops and programmes are somebody's, a base or a sum is not."""
        return not self.kinds & {"site", "built", "peril", "people"}


class _Verb(NamedTuple):
    """A cue at its place: the index of the verb, and of the word behind it and its particle."""

    cue: Cue
    at: int
    behind: int
    chain: Chain
    clause: Clause
    subject: Phrase | None


def events_in(tokens: Sequence[Token], amounts: Sequence[FoundAmount]) -> Iterator[Event]:
    """The events of one sentence, in its order; `amounts` are the sums and counts of the text around it."""
    if not tokens or "?" in {token.low for token in tokens[-3:]} or tokens[0].low in {"if", "unless", "had", "should", "were"}:
        return
    for at, token in enumerate(tokens):
        found = next((event for cue in cues_of(token.low) if (event := _event(tokens, at, cue, amounts)) is not None), None)
        if found is not None:
            yield found


def _event(tokens: Sequence[Token], at: int, cue: Cue, amounts: Sequence[FoundAmount]) -> Event | None:
    behind = _behind(tokens, at, cue)
    if behind is None:
        return None
    chain = chain_of(tokens, at)
    if not may_tell(tokens, at, cue, chain):
        return None
    clause = clause_of(tokens, chain.first)
    if is_unreal(tokens, clause, chain):
        return None
    verb = _Verb(cue, at, behind, chain, clause, subject_of(tokens, chain.first, clause))
    if chain.form in {"passive", "present-passive"}:
        return _passive(tokens, verb, amounts)
    return _active(tokens, verb, amounts) or _intransitive(tokens, verb, amounts)


def _behind(tokens: Sequence[Token], at: int, cue: Cue) -> int | None:
    """The index behind the verb and the words that must follow it; None where they do not."""
    for words in cue.behind:
        count = len(words.split())
        if words_between(tokens, at + 1, at + 1 + count) == words:
            return at + 1 + count
    if "over" in cue.behind or "back" in cue.behind or "out" in cue.behind:
        for index in range(at + 2, min(len(tokens), at + 10)):
            if tokens[index].low in MARKS or tokens[index].low in OPENERS:
                break
            if tokens[index].low in cue.behind:
                return at + 1
    return None


def _passive(tokens: Sequence[Token], verb: _Verb, amounts: Sequence[FoundAmount]) -> Event | None:
    """As in "The base was handed over by ...": the subject is what it is done to."""
    subject, cue = verb.subject, verb.cue
    if subject is None or cue.side == "subject":
        return None
    effect = _effect(cue, subject, amounts, (tokens[subject.start].start, tokens[verb.at].start))
    if effect is None or not _complemented(tokens, verb):
        return None
    agent = None
    if verb.behind < len(tokens) and tokens[verb.behind].low == "by" and not is_when(tokens, verb.behind + 1):
        end = phrase_from(tokens, verb.behind + 1).end
        agent = (tokens[verb.behind + 1].start, tokens[end - 1].end) if end > verb.behind + 1 else None
    made = _made(tokens, verb, effect, subject.start, active=False)
    return made._replace(agent=agent) if made is not None else None


def _active(tokens: Sequence[Token], verb: _Verb, amounts: Sequence[FoundAmount]) -> Event | None:
    """As in "The ministry handed over the base": the object is what it is done to."""
    if verb.cue.side in {"subject", "passive"} or verb.behind >= len(tokens):
        return None
    place = verb.behind
    while place < len(tokens) - 1 and is_adverb(tokens[place].low):
        place += 1
    reach = min(tokens[place].start + _NEAR, clause_end(tokens, place))
    at_once = any(tokens[place].start <= amount.end and amount.start <= tokens[place].start + _AT_ONCE for amount in amounts)
    if tokens[place].low in PREPOSITIONS - {"up", "over", "about", "out"} and not (
        at_once and tokens[place].low in {"in", "at", "between"}
    ):
        return _relative(tokens, verb, amounts)
    phrase = phrase_from(tokens, place)
    effect = _effect(verb.cue, phrase, amounts, (tokens[verb.at].end, reach))
    if verb.cue.is_("firm") and verb.chain.form == "bare" and not at_once:
        return None
    if effect is None or not _complemented(tokens, verb):
        return _relative(tokens, verb, amounts) if effect is None else None
    chain = verb.chain._replace(denied=verb.chain.denied or phrase.denies)
    return _made(tokens, verb._replace(chain=chain), effect, verb.chain.first, active=True)


def _relative(tokens: Sequence[Token], verb: _Verb, amounts: Sequence[FoundAmount]) -> Event | None:
    """As in "The aid that we have provided", "the bill he signed": the noun before the relative clause is what it is done to."""
    clause = verb.clause
    if clause.opener in {"that", "which"} and clause.opened > 0:
        if all(is_adverb(token.low) for token in tokens[clause.start : verb.chain.first]) and "'" not in tokens[verb.chain.first].low:
            return None  # "the budget that froze ...": the noun does it
        last = clause.opened - 1
    elif verb.chain.first >= 2 and tokens[verb.chain.first - 1].low in PRONOUNS:
        last = verb.chain.first - 2
    else:
        return None
    if tokens[last].low in {",", "work"}:
        return None
    low = max(0, last - 8)
    low = next((i + 1 for i in range(last, low - 1, -1) if tokens[i].low in MARKS or tokens[i].low == ","), low)
    noun = Phrase(last, last + 1, (classes_of(tokens[last].low),), denies=False)
    effect = _effect(verb.cue, noun, amounts, (tokens[low].start, tokens[last].end))
    made = _made(tokens, verb, effect, last, active=True) if effect is not None and not verb.cue.is_("firm") else None
    return made._replace(end=made.verb_end) if made is not None else None


def _intransitive(tokens: Sequence[Token], verb: _Verb, amounts: Sequence[FoundAmount]) -> Event | None:
    """As in "The troops have left", "the agreement entered into force": the subject is what it is said of."""
    subject, cue = verb.subject, verb.cue
    if cue.is_("free"):
        return _made(tokens, verb, cue.effects[0][0], verb.chain.first, active=True)
    if cue.behind == ("from",):
        return _withdrawal(tokens, verb)
    if subject is None or cue.side in {"object", "passive"}:
        return None
    effect = _effect(cue, subject, amounts, (tokens[subject.start].start, tokens[verb.at].start))
    if effect is None or not _complemented(tokens, verb) or _is_reduced(tokens, verb):
        return None
    return _made(tokens, verb, effect, subject.start, active=False)


def _withdrawal(tokens: Sequence[Token], verb: _Verb) -> Event | None:
    """As in "They withdrew from the town" fulfils, "they withdrew from the treaty" cancels; of anything else nothing is told."""
    phrase = phrase_from(tokens, verb.behind)
    if phrase.end == verb.behind:
        return None
    kinds = phrase.classes[0]
    if kinds & {"paper", "talk", "event", "programme", "law", "body"}:
        return _made(tokens, verb, "cancelled", verb.chain.first, active=True)
    if kinds & {"site", "hold"} or (tokens[phrase.end - 1].capital and not kinds):
        return _made(tokens, verb, "completed", verb.chain.first, active=True)
    return None


def _is_reduced(tokens: Sequence[Token], verb: _Verb) -> bool:
    """Whether a bare participle only describes its noun, because the clause has its verb later: "talks launched in May were ..."."""
    if verb.chain.form != "bare" or verb.cue.past != verb.cue.participle:
        return False
    for token in tokens[verb.behind : verb.behind + _TO_CLAUSE_END]:
        if token.low in MARKS or token.low in OPENERS or token.low == "and":
            return False
        if auxiliary(token.low) is not None:
            return True
    return False


def _complemented(tokens: Sequence[Token], verb: _Verb) -> bool:
    """Whether what the cue needs follows: "remain in", "left all bases", "extended ... until"."""
    wanted = verb.cue.complement
    if not wanted:
        return verb.cue.base != "over" or not tokens[verb.behind : verb.behind + 1] or not tokens[verb.behind].low[0].isdigit()
    if "$" in wanted:
        return any(token.low[0] in "$€£¥" or token.low in {"million", "billion"} for token in tokens[verb.behind : verb.behind + 6])
    reach = 12 if verb.cue.base in {"extend", "bring"} else 1 if verb.cue.effects[0][0] == "remains" else 4
    near = [token.low for token in tokens[verb.behind : verb.behind + reach + 1] if not is_adverb(token.low)][:reach]
    return bool(wanted & set(near))


def _effect(cue: Cue, phrase: Phrase, amounts: Sequence[FoundAmount], where: tuple[int, int]) -> Effect | None:
    """The effect of a cue on what the phrase names; None if the cue is never said of that."""
    low, high = where
    near = [amount for amount in amounts if low <= amount.start and amount.end <= high + 1]
    for effect, classes in cue.effects:
        counted = any(amount.is_money and "money" in classes for amount in near) or any(
            classes & classes_of(amount.unit.rsplit(maxsplit=1)[-1].lower()) for amount in near if not amount.is_money
        )
        if counted or (not cue.is_("amount") and any(kinds & classes for kinds in phrase.classes)):
            return effect
    return None


def _made(tokens: Sequence[Token], verb: _Verb, effect: Effect, first: int, *, active: bool) -> Event | None:
    """The event, where what is denied may be told at all: "did not begin until June" tells that it began."""
    subject = verb.subject
    is_denied = verb.chain.denied or (subject is not None and _denies(tokens, subject))
    if (is_denied and effect not in DENIABLE) or (verb.cue.is_("only_denied") and not is_denied):
        return None
    if is_denied and _only_qualifies(tokens, verb):
        return None
    end = clause_end(tokens, verb.behind) if active or verb.cue.complement or effect == "slipped" else tokens[verb.behind - 1].end
    return Event(
        cue=verb.cue,
        effect="not-done" if is_denied else effect,
        start=tokens[first].start,
        end=end,
        verb_end=tokens[verb.behind - 1].end,
        clause=(tokens[min(verb.clause.start, first)].start, clause_end(tokens, verb.behind)),
        subject=(tokens[subject.start].start, tokens[subject.end - 1].end)
        if subject is not None
        else _joined_pronoun(tokens[verb.chain.first]),
        agent=None,
        active=active,
        denied=is_denied,
        hedged=verb.chain.hedged,
        firm=verb.chain.form != "bare",
        perfect=any(auxiliary(token.low) in {"has", "have", "'ve"} for token in tokens[verb.chain.first : verb.at]),
        kinds=subject.kinds if subject is not None else frozenset(),
    )


def _only_qualifies(tokens: Sequence[Token], verb: _Verb) -> bool:
    """Whether a denial is of the time, manner or doer alone, or of all times.

    "Did not begin with", "not signed until", "not run by", "has
    never ended a war".
    """
    behind = [token.low for token in tokens[verb.behind : verb.behind + 5]]
    never = "never" in words_between(tokens, verb.chain.first, verb.at).split() and behind[:1] in (["a"], ["an"], ["any"])
    starts = verb.cue.base in {"begin", "start", "commence"} and bool(
        set(behind[:1]) & {"with", "yesterday", "in", "here", "there", "as", "at", "today"}
    )
    other = behind[:1] == ["by"] and not is_when(tokens, verb.behind + 1) and "yet" not in words_between(tokens, verb.chain.first, verb.at)
    return never or starts or other or bool({"until", "till", "before", "because", "just", "merely", "simply", "solely"} & set(behind))


def _joined_pronoun(token: Token) -> tuple[int, int] | None:
    """The subject in "we've" and "they'd"."""
    head, mark, _ = token.low.rpartition("'")
    return (token.start, token.start + len(head)) if mark and head in {"i", "we", "they", "you", "he", "she", "it"} else None


def _denies(tokens: Sequence[Token], subject: Phrase) -> bool:
    """Whether the subject says that it is none: "no troops", "neither side", "not all of the bases"."""
    return subject.denies or (subject.start > 0 and tokens[subject.start - 1].low in {"not", "no", "neither", "nor", "hardly"})
