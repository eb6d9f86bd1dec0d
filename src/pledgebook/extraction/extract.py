"""Document -> Reading: the gate, the parse, the choice, and the slots of each commitment, in that order."""

from collections.abc import Sequence

import msgspec

from pledgebook.core.commitment import Reading
from pledgebook.core.document import Document
from pledgebook.core.found import Statement
from pledgebook.extraction.drafts import Draft, Passage, drafts_of
from pledgebook.extraction.features import Setting
from pledgebook.extraction.gate import gated
from pledgebook.extraction.genre import genre_of, is_news
from pledgebook.extraction.introduced import introduced_speeches
from pledgebook.extraction.lead_ins import lead_ins
from pledgebook.extraction.model import Models, shipped_models
from pledgebook.extraction.parsing import DEFAULT_MODEL, ParsedSentence, parse_sentences
from pledgebook.extraction.plain_text import PlainText
from pledgebook.extraction.records import Records
from pledgebook.extraction.sentences import Sentence, split_sentences
from pledgebook.extraction.statements import find_statements

#: Sentences parsed at a time: what bounds memory on a document of any length.
_BATCH = 256


def extract(document: Document, *, models: Models | None = None, model: str = DEFAULT_MODEL) -> Reading:
    """The statements and commitments of an English document. `model` is the spaCy pipeline that parses."""
    chosen = models or shipped_models()
    plain = PlainText(document.text)
    sentences = split_sentences(plain.text)
    statements = sorted(
        [*find_statements(plain.text), *introduced_speeches(plain.text)], key=lambda statement: (statement.start, -statement.end)
    )
    leads = lead_ins(sentences, plain.text)
    drafts = find_drafts(plain.text, sentences, leads, document.title, chosen, model)
    records = Records(document, plain, sentences, statements)
    return Reading(document=document, statements=_in_source(statements, plain), commitments=records.commitments(drafts, leads))


def find_drafts(
    text: str, sentences: Sequence[Sentence], leads: dict[int, int], title: str | None, models: Models, model: str = DEFAULT_MODEL
) -> list[Draft]:
    """The chosen candidates of the sentences that pass the gate, in text order."""
    passing = gated(text, sentences, models.gate)
    document = Setting(genre_of(text, title), is_news(text), title or "")
    drafts: list[Draft] = []
    for first in range(0, len(passing), _BATCH):
        numbers = passing[first : first + _BATCH]
        parsed = _parsed(text, sentences, numbers, leads, model)
        for number in numbers:
            lead = leads.get(number)
            setting = msgspec.structs.replace(document, lead_in=parsed[lead]) if lead is not None else document
            drafts.extend(drafts_of(Passage(parsed[number], number, text, setting), models))
    return drafts


def _parsed(
    text: str, sentences: Sequence[Sentence], numbers: Sequence[int], leads: dict[int, int], model: str
) -> dict[int, ParsedSentence]:
    """The parses of the sentences and of their lead-ins."""
    needed = sorted({*numbers, *(leads[number] for number in numbers if number in leads)})
    return dict(zip(needed, parse_sentences(text, [sentences[number] for number in needed], model), strict=True))


def _in_source(statements: Sequence[Statement], plain: PlainText) -> tuple[Statement, ...]:
    return tuple(plain.statement(statement) for statement in statements)
