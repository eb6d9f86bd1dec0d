"""Training examples from labelled documents: which candidates are commitments, and which are too near to one to count against it."""

from collections.abc import Iterator, Sequence

import msgspec

from pledgebook.extraction.candidates import Candidate, find_candidates
from pledgebook.extraction.features import Setting, features, with_news
from pledgebook.extraction.gate import gate_features
from pledgebook.extraction.genre import genre_of, is_news
from pledgebook.extraction.lead_ins import clause_leads, lead_ins
from pledgebook.extraction.parsing import ParsedSentence, ToParse, parse_sentences
from pledgebook.extraction.sentences import split_sentences
from pledgebook.extraction.slot_features import slot_features
from training.data import Entry, Labelled

#: A candidate that overlaps a labelled action this much, without being the best match, is no example of either sort.
_NEAR = 0.5


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """One candidate: its sentence, its features, the entry it matches or None, and whether it is left out of training as too near to one."""

    sentence: int
    features: list[str]
    slot_features: list[str]
    entry: Entry | None
    skipped: bool


class Examples(msgspec.Struct, frozen=True, kw_only=True):
    """All of one document: candidates with their labels, and its sentences for the gate."""

    document: Labelled
    candidates: list[Example]
    sentences: list[tuple[set[str], bool]]


def examples_of(document: Labelled) -> Examples:
    """Parse a document in full and match its candidates with its entries."""
    text = document.text
    sentences = split_sentences(text)
    leads = lead_ins(sentences, text)
    completed = clause_leads(sentences, text, leads)
    parsed = list(parse_sentences(text, sentences, leads=completed))
    title = document.row.get("title")
    of_document = Setting(genre_of(text, title), is_news(text), title or "")
    found = find_candidates(parsed, text)
    matches = match_entries(found, document.entries)
    examples = []
    for index, candidate in enumerate(found):
        lead = leads.get(candidate.sentence)
        setting = of_document if lead is None else msgspec.structs.replace(of_document, lead_in=parsed[lead])
        examples.append(_example(parsed[candidate.sentence], candidate, text, setting, matches.get(index), document.entries))
    positive = {found[index].sentence for index in matches}
    gate = [(gate_features(ToParse(text, s, completed.get(number)).words()[0]), number in positive) for number, s in enumerate(sentences)]
    return Examples(document=document, candidates=examples, sentences=gate)


def _example(
    sentence: ParsedSentence, candidate: Candidate, text: str, setting: Setting, entry: Entry | None, entries: Sequence[Entry]
) -> Example:
    near = entry is None and any(shared_share(candidate, other) >= _NEAR for other in entries)
    names = slot_features(sentence, candidate, text, setting) if entry else []
    return Example(
        sentence=candidate.sentence,
        features=with_news(features(sentence, candidate, text, setting), setting),
        slot_features=names,
        entry=entry,
        skipped=near,
    )


def match_entries(candidates: Sequence[Candidate], entries: Sequence[Entry]) -> dict[int, Entry]:
    """For each entry the candidate whose range agrees best, if it covers half of the shorter of the two; each candidate once."""
    matches: dict[int, Entry] = {}
    for entry in entries:
        scored = [(shared_share(c, entry), -index) for index, c in enumerate(candidates) if index not in matches and _half(c, entry)]
        if scored:
            matches[-max(scored)[1]] = entry
    return matches


def _half(candidate: Candidate, entry: Entry) -> bool:
    shorter = min(candidate.end - candidate.start, entry.end - entry.start)
    return _overlap(candidate, entry) >= 0.5 * shorter > 0


def shared_share(candidate: Candidate, entry: Entry) -> float:
    """Overlap of the two ranges as a share of their union."""
    union = max(candidate.end, entry.end) - min(candidate.start, entry.start)
    return _overlap(candidate, entry) / union if union else 0.0


def _overlap(candidate: Candidate, entry: Entry) -> int:
    return max(0, min(candidate.end, entry.end) - max(candidate.start, entry.start))


def positives(documents: Sequence[Examples]) -> Iterator[tuple[list[str], Entry]]:
    """The slot features and entry of every matched candidate."""
    for document in documents:
        for example in document.candidates:
            if example.entry is not None:
                yield example.slot_features, example.entry
