"""From a parsed sentence to drafts of commitments: chosen candidates with all that the parse tells, so that the parse can be let go."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from pledgebook.core.commitment import Kind, Strength
from pledgebook.extraction.candidates import Candidate, action_range, candidate_heads
from pledgebook.extraction.clauses import governor, subject_token
from pledgebook.extraction.datelines import without_dateline
from pledgebook.extraction.features import Setting, features, with_news
from pledgebook.extraction.model import LinearModel, Models
from pledgebook.extraction.parsing import ParsedSentence
from pledgebook.extraction.phrases import actor_range, reporter_of
from pledgebook.extraction.polarity import condition_of, is_negated_undertaking
from pledgebook.extraction.slot_features import slot_features

#: Two chosen actions of which one covers this share of the shorter are told as one.
_SAME_ACTION = 0.5


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A chosen candidate: ranges of the plain text, what the clause says, and the features that decided."""

    sentence: int
    start: int
    end: int
    clause_start: int
    actor: tuple[int, int] | None
    reporter: tuple[int, int] | None
    report_verb: str | None
    probability: float
    kind: Kind
    strength: Strength
    testable: bool
    negated: bool
    condition: str | None
    because: tuple[str, ...]


class Passage(NamedTuple):
    """A parsed sentence in its document: its number there, the document's text, and its setting."""

    sentence: ParsedSentence
    number: int
    text: str
    setting: Setting


class Scored(NamedTuple):
    """A candidate with its probability of being a commitment and the features that gave it."""

    candidate: Candidate
    probability: float
    features: list[str]


def drafts_of(passage: Passage, models: Models) -> list[Draft]:
    """The commitments of one sentence, in text order."""
    return [_draft(passage, models, scored) for scored in choose(passage, models.commitment)]


def choose(passage: Passage, model: LinearModel) -> list[Scored]:
    """The candidates above the model's threshold; of two that tell the same action the likelier. In text order."""
    sentence = passage.sentence
    found = sorted(_scored(passage, model), key=lambda row: (-row.probability, row.candidate.start))
    chosen: list[Scored] = []
    for row in found:
        one = row.candidate
        if not any(_same_action(one, other.candidate) and not _is_aside(sentence, one, other.candidate) for other in chosen):
            chosen.append(row)
    return sorted(chosen, key=lambda row: row.candidate.start)


def _scored(passage: Passage, model: LinearModel) -> Iterator[Scored]:
    sentence, number, text, setting = passage
    for head in candidate_heads(sentence):
        start, end = action_range(sentence, head, text)
        if end - start > 3:
            candidate = Candidate(number, head.i, start, end, head.pos in ("NOUN", "PROPN"))
            names = with_news(features(sentence, candidate, text, setting), setting)
            probability = model.probability(names)
            if probability >= model.threshold:
                yield Scored(candidate, probability, names)


def _same_action(one: Candidate, other: Candidate) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared >= _SAME_ACTION * min(one.end - one.start, other.end - other.start)


def _is_aside(sentence: ParsedSentence, one: Candidate, other: Candidate) -> bool:
    """Whether one action stands in a relative clause inside the other ("working with the mission, which intends to stay")."""
    inner, outer = (one, other) if one.end - one.start < other.end - other.start else (other, one)
    head = sentence.words[inner.head]
    chain = [head, *(above for above in head.ancestors if above.i > outer.head)]
    inside = [above for above in chain if above.i != outer.head]
    return inner.start > outer.start and any(
        word.dep == "relcl" and any(child.tag in ("WDT", "WP") for child in word.children) for word in inside
    )


def _draft(passage: Passage, models: Models, scored: Scored) -> Draft:
    sentence, number, text, setting = passage
    candidate = scored.candidate
    head = sentence.words[candidate.head]
    slots = slot_features(sentence, candidate, text, setting)
    kind, strength, testable = models.kind.best(slots), models.strength.best(slots), models.testable.best(slots)
    negated, negation = is_negated_undertaking(head)
    reporter, report_verb = reporter_of(sentence, head)
    because = [f"commitment: {name} (+{weight:.2f})" for name, weight in models.commitment.reasons(scored.features, "yes")]
    for model, value in ((models.kind, kind), (models.strength, strength), (models.testable, testable)):
        because.append(f"{model.name}={value}: {', '.join(name for name, _ in model.reasons(slots, value, 3))}")
    if negation:
        because.append(f"negated: {negation}")
    return Draft(
        sentence=number,
        start=candidate.start,
        end=candidate.end,
        clause_start=_clause_start(sentence, candidate),
        actor=without_dateline(sentence, text, actor_range(sentence, head)),
        reporter=without_dateline(sentence, text, reporter),
        report_verb=report_verb,
        probability=scored.probability,
        kind=msgspec.convert(kind, Kind),
        strength=msgspec.convert(strength, Strength),
        testable=testable == "yes",
        negated=negated,
        condition=condition_of(head, text[candidate.start : candidate.end], sentence.text),
        because=tuple(because),
    )


def _clause_start(sentence: ParsedSentence, candidate: Candidate) -> int:
    """Where the clause begins that states the action: its subject, its auxiliary or what governs it, whichever is first."""
    head = sentence.words[candidate.head]
    parts = [
        head.i,
        *(child.left_edge.i for child in head.children if child.i < head.i and child.dep not in ("cc", "punct", "ccomp", "parataxis")),
    ]
    subject = subject_token(head)
    _, above = governor(head)
    if head.dep != "conj":
        if above is not None and above.i < head.i and head.dep in ("xcomp", "acl", "pcomp", "ccomp"):
            parts.append(above.i)
        if subject is not None and subject.i < head.i:
            parts.append(subject.left_edge.i)
    return sentence.sentence.start + max(0, sentence.words[min(parts)].idx)


def sentences_with_several(drafts: Sequence[Draft]) -> frozenset[int]:
    """The sentences that hold more than one draft."""
    seen: set[int] = set()
    several: set[int] = set()
    for draft in drafts:
        (several if draft.sentence in seen else seen).add(draft.sentence)
    return frozenset(several)
