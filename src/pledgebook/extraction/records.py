"""Drafts -> Commitments: every slot filled from the document around it, every range mapped to the frozen text and checked."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from pledgebook.core import edtf
from pledgebook.core.commitment import Amount, Commitment, Purpose, Range
from pledgebook.core.document import Document
from pledgebook.core.found import FoundAmount, FoundDate, Statement
from pledgebook.core.identity import content_id
from pledgebook.core.span import Span
from pledgebook.extraction.amounts import amounts_of, find_amounts
from pledgebook.extraction.breakdowns import parts_in
from pledgebook.extraction.date_anchor import published_day
from pledgebook.extraction.dates import find_dates
from pledgebook.extraction.deadlines import choose_deadline
from pledgebook.extraction.drafts import Draft, sentences_with_several
from pledgebook.extraction.evidence import evidence_range, quotation_around
from pledgebook.extraction.occasions import occasion_of, stated_on
from pledgebook.extraction.places import countries_of
from pledgebook.extraction.plain_text import PlainText
from pledgebook.extraction.principals import Committed, Principals
from pledgebook.extraction.purposes import effect_purposes, purposes_of
from pledgebook.extraction.relations import part_of, same_as
from pledgebook.extraction.scene import scene_of
from pledgebook.extraction.sentences import Sentence
from pledgebook.extraction.voices import Voice, Voices
from pledgebook.reference.sectors import sector_code


class Records:
    """What one document offers to fill the slots of its commitments: people, places, dates, sums, voices. Ranges are of the plain text."""

    def __init__(
        self, document: Document, plain: PlainText, sentences: Sequence[Sentence], statements: Sequence[Statement], drafts: Sequence[Draft]
    ) -> None:
        self._drafts = drafts
        self._document = document
        self._plain = plain
        self._sentences = sentences
        self._statements = statements
        text = plain.text
        near = _surroundings(text, [sentences[draft.sentence] for draft in drafts])
        self._dates: list[FoundDate] = [_moved(date, low) for low, high in near for date in find_dates(text[low:high], document.published)]
        self._amounts: list[FoundAmount] = [
            msgspec.structs.replace(amount, start=amount.start + low, end=amount.end + low)
            for low, high in near
            for amount in find_amounts(text[low:high])
        ]
        self.scene = scene_of(document, text)
        self._voices = Voices(self.scene, statements)
        self._principals = Principals(self.scene)

    def commitments(self, leads: dict[int, int]) -> tuple[Commitment, ...]:
        """The commitments of the drafts in text order, with ids, and with what repeats or is part of what."""
        several = sentences_with_several(self._drafts)
        found = [
            record
            for draft in self._drafts
            for record in self._with_parts(draft, self._commitment(draft, draft.sentence in several, leads.get(draft.sentence)))
        ]
        repeats, parts = same_as(found), part_of(found, self._plain.source)
        ids = [commitment.id for commitment in found]
        return tuple(
            msgspec.structs.replace(
                commitment,
                same_as=ids[repeats[index]] if index in repeats else None,
                part_of=commitment.part_of or (ids[parts[index]] if index in parts else None),
                because=(*commitment.because, *_related(index, repeats, parts)),
            )
            for index, commitment in enumerate(found)
        )

    def _with_parts(self, draft: Draft, total: Commitment) -> Iterator[Commitment]:
        """The commitment, and each part that its own words break its sum down into. Totals and parts are linked, never added."""
        text = self._plain.text
        parts = parts_in(text, draft, amounts_of(text, draft.start, draft.end, self._amounts))
        if not parts:
            yield total
            return
        yield msgspec.structs.replace(total, amounts=total.amounts[:1], purposes=self._purposes(draft.start, parts[0].start, None))
        for part in parts:
            action = self._span(part.start, part.end)
            yield msgspec.structs.replace(
                total,
                id=content_id("commitment", self._document.sha256, total.start, total.end, action.start, action.end),
                action=action.text,
                kind="fund",
                amounts=(_amount(self._span(part.amount.start, part.amount.end).text, part.amount),),
                purposes=self._purposes(part.start, part.end, None),
                part_of=total.id,
                because=(*total.because, "part_of: a smaller sum that the total includes"),
            )

    def _commitment(self, draft: Draft, shared: bool, lead: int | None) -> Commitment:
        text = self._plain.text
        sentence = self._sentences[draft.sentence]
        quotation = quotation_around(self._statements, draft.start, draft.end)
        start, end = evidence_range(text, draft, sentence, shared, quotation)
        voice = self._voices.of(draft)
        actor = draft.actor or (self._lead_actor(lead) if lead is not None else None)
        committed = self._principals.of(actor, (start, end), voice)
        own_dates = [date for date in self._dates if min(start, sentence.start) <= date.start and date.end <= max(end, sentence.end)]
        deadline = choose_deadline(text, (start, end), own_dates, (draft.start, draft.end), draft.clause_start, self._document.published)
        amounts = amounts_of(text, draft.start, draft.end, self._amounts)
        quote, action = self._span(start, end), self._span(draft.start, draft.end)
        return Commitment(
            id=content_id("commitment", self._document.sha256, quote.start, quote.end, action.start, action.end),
            quote=quote.text,
            start=quote.start,
            end=quote.end,
            context=self._context(lead),
            actors=committed.names,
            actor_text=self._span(*actor).text if actor is not None else None,
            speaker=voice.speaker,
            speech=voice.speech,
            action=action.text,
            kind=draft.kind,
            amounts=tuple(_amount(self._span(a.start, a.end).text, a) for a in amounts),
            deadline=deadline.edtf if deadline else None,
            deadline_text=self._span(deadline.start, deadline.end).text if deadline else None,
            deadline_role=deadline.role if deadline else None,
            countries=countries_of(text, start, end, (draft.start, draft.end), self.scene.places, committed.names, self._document.title),
            purposes=self._purposes(draft.start, draft.end, draft.sentence + 1 if amounts else None),
            strength=draft.strength,
            conditional=draft.condition is not None,
            negated=draft.negated,
            testable=draft.testable,
            part_of=None,
            same_as=None,
            stated=self._stated(draft, voice, deadline),
            occasion=self._occasion(sentence, start, end),
            confidence=round(draft.probability, 3),
            because=_because(draft, voice, committed, deadline, amounts),
        )

    def _span(self, start: int, end: int) -> Span:
        """The verified span of the frozen text for a range of the plain text."""
        return Span.of(self._plain.source, *self._plain.source_range(start, end))

    def _context(self, lead: int | None) -> Range | None:
        if lead is None:
            return None
        span = self._span(self._sentences[lead].start, self._sentences[lead].end)
        return Range(span.start, span.end)

    def _lead_actor(self, lead: int) -> tuple[int, int] | None:
        """The subject of a lead-in ("The United States will:"): its words before the verb of undertaking."""
        sentence = self._sentences[lead]
        words = self._plain.text[sentence.start : sentence.end]
        match = re.search(
            r"\b(?:will|shall|agreed?|commits?|committed|intends?|plans?|pledges?|pledged|undertakes?|is|are|has|have)\b", words
        )
        if match is None or not words[: match.start()].strip():
            return None
        return sentence.start, sentence.start + len(words[: match.start()].rstrip())

    def _purposes(self, start: int, end: int, following: int | None) -> tuple[Purpose, ...]:
        """The purposes named in a range, and those in the sentence of number `following`, if that tells what the money is for."""
        text = self._plain.text
        spans = purposes_of(text, start, end)
        if following is not None and following < len(self._sentences):
            spans = [*spans, *effect_purposes(text, self._sentences[following].start, self._sentences[following].end)]
        words = [self._span(span.start, span.end).text for span in spans]
        return tuple(Purpose(text=word, code=sector_code(word)) for word in words)

    def _stated(self, draft: Draft, voice: Voice, deadline: FoundDate | None) -> str | None:
        """The day on which it was said: a date before or behind the action that is not its deadline and not after publication."""
        if voice.speech == "document":
            return None
        sentence = self._sentences[draft.sentence]
        day = published_day(self._document.published)
        past = [
            date
            for date in self._dates
            if date is not deadline and (day is None or (first := edtf.earliest(date.edtf)) is None or first <= day)
        ]
        return stated_on(past, [(sentence.start, draft.start), (draft.end, sentence.end)])

    def _occasion(self, sentence: Sentence, start: int, end: int) -> str | None:
        first = next((s for s in self._sentences if s.paragraph == sentence.paragraph), sentence)
        found = occasion_of(self._plain.text, first.start, start, end)
        return self._span(found.start, found.end).text if found is not None else None


#: How far from a sentence with a draft dates and sums are looked for.
_REACH = 400


def _surroundings(text: str, sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """The stretches of text around the sentences, widened to whole lines where those are near, merged where they touch."""
    merged: list[tuple[int, int]] = []
    for sentence in sentences:
        low = text.rfind("\n", 0, max(0, sentence.start - _REACH)) + 1
        low = low if sentence.start - low < 2 * _REACH else max(0, text.rfind(" ", 0, sentence.start - _REACH))
        high = min(len(text), sentence.end + _REACH)
        high = high if high == len(text) else max(sentence.end, text.rfind(" ", 0, high))
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def _moved(date: FoundDate, by: int) -> FoundDate:
    core = Span(date.core.start + by, date.core.end + by, date.core.text)
    return msgspec.structs.replace(date, start=date.start + by, end=date.end + by, core=core)


def _amount(words: str, amount: FoundAmount) -> Amount:
    return Amount(text=words, value=format(amount.value.normalize(), "f"), unit=amount.unit, qualifier=amount.qualifier)


def _because(
    draft: Draft, voice: Voice, committed: Committed, deadline: FoundDate | None, amounts: Sequence[FoundAmount]
) -> tuple[str, ...]:
    reasons = [*draft.because, committed.rule, *voice.because]
    if draft.condition is not None:
        reasons.append(f"conditional: {draft.condition}")
    if deadline is not None:
        reasons.append(f"deadline: {deadline.rule}")
    reasons += [f"amount: {amount.rule}" for amount in amounts]
    return tuple(reasons)


def _related(index: int, repeats: dict[int, int], parts: dict[int, int]) -> list[str]:
    reasons = ["same_as: the same actors, sums and most content words"] if index in repeats else []
    return [*reasons, "part_of: a smaller sum behind a greater one"] if index in parts else reasons
