"""Document -> Reading: the gate, the parse, the choice, and the slots of each commitment, in that order; then the progress claims."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from pledgebook.core.document import Document
from pledgebook.core.reading import Reading
from pledgebook.extraction.drafts import Draft, Passage, drafts_of
from pledgebook.extraction.features import Setting
from pledgebook.extraction.gate import gated
from pledgebook.extraction.genre import genre_of, is_news
from pledgebook.extraction.lead_ins import clause_leads, lead_ins
from pledgebook.extraction.model import Models, shipped_models
from pledgebook.extraction.parsing import DEFAULT_MODEL, ParsedSentence, ToParse, parse_all
from pledgebook.extraction.plain_text import PlainText
from pledgebook.extraction.progress import progress_claims
from pledgebook.extraction.records import Records
from pledgebook.extraction.sayings import plain_statements
from pledgebook.extraction.sentences import Sentence, split_sentences

#: Sentences parsed at a time: what bounds memory on documents of any length.
_BATCH = 512


@dataclass(frozen=True)
class _Opened:
    """A document with all that is known of it before it is parsed: `passing` are the numbers of the sentences that pass the gate, `completed`
    the lead-ins that items complete as one clause.
    """

    document: Document
    plain: PlainText
    sentences: Sequence[Sentence]
    leads: dict[int, int]
    completed: dict[int, Sentence]
    setting: Setting
    passing: Sequence[int]


def extract(document: Document, *, models: Models | None = None, model: str = DEFAULT_MODEL) -> Reading:
    """The statements and commitments of an English document. `model` is the spaCy pipeline that parses."""
    return extract_all([document], models=models, model=model)[0]


def extract_all(documents: Sequence[Document], *, models: Models | None = None, model: str = DEFAULT_MODEL) -> list[Reading]:
    """The reading of each document; their sentences are parsed together, which is faster than one document after the other."""
    chosen = models or shipped_models()
    opened = [_open(document, chosen) for document in documents]
    return [_reading(one, drafts) for one, drafts in zip(opened, _drafts(opened, chosen, model), strict=True)]


def _open(document: Document, models: Models) -> _Opened:
    plain = PlainText(document.text)
    text, title = plain.text, document.title
    sentences = split_sentences(text)
    leads = lead_ins(sentences, text)
    completed = clause_leads(sentences, text, leads)
    return _Opened(
        document=document,
        plain=plain,
        sentences=sentences,
        leads=leads,
        completed=completed,
        setting=Setting(genre_of(text, title), is_news(text), title or ""),
        passing=gated(text, sentences, models.gate, completed),
    )


def _drafts(opened: Sequence[_Opened], models: Models, model: str) -> list[list[Draft]]:
    """The chosen candidates of each document, in text order."""
    jobs = [(index, number) for index, one in enumerate(opened) for number in one.passing]
    found: list[list[Draft]] = [[] for _ in opened]
    for first in range(0, len(jobs), _BATCH):
        part = jobs[first : first + _BATCH]
        parsed = _parsed(opened, part, model)
        for index, number in part:
            one = opened[index]
            lead = one.leads.get(number)
            setting = one.setting if lead is None else msgspec.structs.replace(one.setting, lead_in=parsed[index, lead])
            found[index].extend(drafts_of(Passage(parsed[index, number], number, one.plain.text, setting), models))
    return found


def _parsed(opened: Sequence[_Opened], jobs: Sequence[tuple[int, int]], model: str) -> dict[tuple[int, int], ParsedSentence]:
    """The parses of the sentences and of their lead-ins, by document and number."""
    leads = {(index, opened[index].leads[number]) for index, number in jobs if number in opened[index].leads}
    needed = sorted({*jobs, *leads})
    wanted = [
        ToParse(opened[index].plain.text, opened[index].sentences[number], opened[index].completed.get(number)) for index, number in needed
    ]
    return dict(zip(needed, parse_all(wanted, model), strict=True))


def _reading(one: _Opened, drafts: Sequence[Draft]) -> Reading:
    text = one.plain.text
    statements = plain_statements(text)
    records = Records(one.document, one.plain, one.sentences, statements, drafts) if drafts else None
    return Reading(
        document=one.document,
        statements=tuple(one.plain.statement(statement) for statement in statements),
        commitments=records.commitments(one.leads) if records is not None else (),
        claims=progress_claims(one.document, one.plain, one.sentences, statements, records.scene if records is not None else None),
    )
