"""Sentences -> ProgressClaims: what a document tells of what became of something promised, with the words that prove it."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from pledgebook.core.claim import ProgressClaim
from pledgebook.core.commitment import Amount
from pledgebook.core.document import Document
from pledgebook.core.found import FoundAmount, FoundDate, Statement
from pledgebook.core.identity import content_id
from pledgebook.core.span import Span
from pledgebook.extraction.amounts import find_amounts
from pledgebook.extraction.dates import find_dates
from pledgebook.extraction.evidence import quotation_around, trimmed
from pledgebook.extraction.plain_text import PlainText
from pledgebook.extraction.principals import Principals
from pledgebook.extraction.progress_cues import forms
from pledgebook.extraction.progress_find import Event, events_in
from pledgebook.extraction.progress_slots import (
    Sources,
    Where,
    countries_in,
    happened,
    is_background,
    is_hedged,
    is_part,
    is_question,
    moved_to,
)
from pledgebook.extraction.progress_tokens import tokens_of
from pledgebook.extraction.scene import Scene, scene_of
from pledgebook.extraction.sentences import Sentence
from pledgebook.extraction.voices import Voice, Voices

#: A sentence longer than this is a list or a table that was not parted; no clause of it can be told from its words alone.
_LONGEST = 1500


#: Words by which a document tells its own side.
_OWN = re.compile(
    r"\b(?:[Ww]e|I|[Oo]ur|[Mm]y|[Tt]he (?:President|Department|Administration|Secretary|Congress|Senate|House|Embassy|Government|government|administration|"
    r"Ministry|ministry|Commission|Agency|Council))\b"
)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """An event of a sentence, with the dates and sums of that sentence. Ranges are of the plain text.

    `before` is where the sentence before it begins.
    """

    event: Event
    sentence: Sentence
    shared: bool
    before: int
    dates: tuple[FoundDate, ...]
    amounts: tuple[FoundAmount, ...]


class _At(msgspec.Struct, frozen=True, kw_only=True):
    """The place of an event, as voices are found for it."""

    start: int
    end: int
    clause_start: int
    reporter: tuple[int, int] | None = None
    report_verb: str | None = None


def progress_claims(
    document: Document, plain: PlainText, sentences: Sequence[Sentence], statements: Sequence[Statement], scene: Scene | None = None
) -> tuple[ProgressClaim, ...]:
    """The progress claims of a document in text order. `statements` are of the plain text; `scene` is made where it is not given."""
    starts = [sentence.start for sentence in sentences]
    found = [one for number, sentence in enumerate(sentences) for one in _found(document, plain.text, sentence, starts[max(0, number - 1)])]
    if not found:
        return ()
    return _Claims(document, plain, statements, scene or scene_of(document, plain.text)).of(found)


def passes(words: str) -> bool:
    """Whether a sentence has any word that a claim can turn on; cheap, and never wrong about a sentence that holds a claim."""
    return not _FORMS.isdisjoint(words.lower().replace("-", " ").translate(_PARTED).split())


_FORMS = frozenset(part for form in forms() for part in form.split("-"))
_PARTED = str.maketrans(dict.fromkeys(".,;:!?()[]\"“”'’—–…", " "))


def _found(document: Document, text: str, sentence: Sentence, before: int) -> Iterator[Found]:
    words = text[sentence.start : sentence.end]
    if len(words) > _LONGEST or not passes(words):
        return
    amounts = tuple(msgspec.structs.replace(a, start=a.start + sentence.start, end=a.end + sentence.start) for a in find_amounts(words))
    events = list(events_in(tokens_of(text, sentence.start, sentence.end), amounts))
    if not events:
        return
    dates = tuple(_moved(date, sentence.start) for date in find_dates(words, document.published))
    for event in events:
        if event.cue.base == "extend" and moved_to(event, dates, text) is None:
            continue  # a date that moved is told only where the new one is
        if not is_background(document, text, (sentence.start, sentence.end), event, happened(event, text, dates, document.published)):
            yield Found(event=event, sentence=sentence, before=before, shared=len(events) > 1, dates=dates, amounts=amounts)


def _moved(date: FoundDate, by: int) -> FoundDate:
    core = Span(date.core.start + by, date.core.end + by, date.core.text)
    return msgspec.structs.replace(date, start=date.start + by, end=date.end + by, core=core)


class _Claims:
    """Fills the slots of the events of one document."""

    def __init__(self, document: Document, plain: PlainText, statements: Sequence[Statement], scene: Scene) -> None:
        self._document = document
        self._plain = plain
        self._statements = statements
        self._scene = scene
        self._voices = Voices(scene, statements)
        self._principals = Principals(scene)
        self._sources = Sources(document, plain.text, news=scene.news, issuer=scene.issuer.speaker)

    def of(self, found: Sequence[Found]) -> tuple[ProgressClaim, ...]:
        """The claims in text order; of two with one quote, action and effect the first."""
        claims = {claim.id: claim for claim in map(self._claim, found)}
        return tuple(claims.values())

    def _claim(self, one: Found) -> ProgressClaim:
        event, text = one.event, self._plain.text
        start, end = self._evidence(one)
        voice = self._voices.of(_At(start=event.start, end=event.end, clause_start=event.clause[0]))
        actors, rule = self._actors(event, (start, end), voice)
        quote, action = self._span(start, end), self._span(event.start, event.end)
        hedged, part = is_hedged(event, text) or is_question(voice), is_part(event, text)
        return ProgressClaim(
            id=content_id("claim", self._document.sha256, quote.start, quote.end, action.start, action.end),
            quote=quote.text,
            start=quote.start,
            end=quote.end,
            actors=actors,
            speaker=None if is_question(voice) else voice.speaker,
            speech=voice.speech,
            action=action.text,
            effect=event.effect,
            amounts=tuple(self._amount(amount) for amount in _amounts(one)),
            happened=happened(event, text, one.dates, self._document.published),
            moved_to=moved_to(event, one.dates, text) if event.effect == "slipped" else None,
            countries=countries_in(text, Where((start, end), (event.start, event.end), one.before), self._scene.places, actors),
            authority=self._sources.of(voice),
            hedged=hedged,
            part=part,
            confidence=_confidence(event, hedged=hedged),
            because=_because(event, rule, voice, hedged=hedged, part=part),
        )

    def _evidence(self, one: Found) -> tuple[int, int]:
        """The range of the quote: the sentence, its clause where it tells several things, never beyond the quotation around the event."""
        event, start, end = one.event, one.sentence.start, one.sentence.end
        if one.shared:
            start, end = min(event.clause[0], event.start), max(event.end, event.clause[1])
        quotation = quotation_around(self._statements, event.start, event.end)
        if quotation is not None:
            start, end = max(start, min(quotation.start, event.start)), min(end, max(quotation.end, event.end))
        return trimmed(self._plain.text, min(start, event.start), max(end, event.end))

    def _actors(self, event: Event, quote: tuple[int, int], voice: Voice) -> tuple[tuple[str, ...], str]:
        """Who did it: the subject of an active verb, the agent behind "by", else whom the subject's own words name. Nobody is guessed."""
        if event.active:
            if event.subject is None:
                return (), "actor: not told"
            return self._doer(event.subject, quote, voice)
        if event.agent is not None:
            return self._principals.named_in(event.agent), "actor: behind the verb"
        if event.subject is not None and event.names_owner:
            return self._principals.named_in(event.subject), "actor: named with what it is said of"
        return (), "actor: not told"

    def _doer(self, subject: tuple[int, int], quote: tuple[int, int], voice: Voice) -> tuple[tuple[str, ...], str]:
        """Who the subject is; where its words only might be the speaker's own side ("it has not paid"), nobody, because a wrong name costs more."""
        committed = self._principals.of(subject, quote, voice)
        words = self._plain.text[slice(*subject)]
        if (committed.rule.endswith("speaker's principal") and _OWN.search(words) is None) or (
            is_question(voice) and "named" not in committed.rule
        ):
            return (), "actor: not told"
        return committed.names, committed.rule

    def _span(self, start: int, end: int) -> Span:
        return Span.of(self._plain.source, *self._plain.source_range(start, end))

    def _amount(self, amount: FoundAmount) -> Amount:
        words = self._span(amount.start, amount.end).text
        return Amount(text=words, value=format(amount.value.normalize(), "f"), unit=amount.unit, qualifier=amount.qualifier)


def _amounts(one: Found) -> list[FoundAmount]:
    """The sums and counts inside the action, or in its subject."""
    ranges = [(one.event.start, one.event.end), *([one.event.subject] if one.event.subject is not None and not one.event.active else [])]
    return [amount for amount in one.amounts if any(low <= amount.start and amount.end <= high for low, high in ranges)]


def _confidence(event: Event, *, hedged: bool) -> float:
    """How sure the reading is, by its form: rules have no probability, so these are the shares of right readings rounded (docs/claims.md)."""
    return round((0.9 if event.firm else 0.8) - (0.1 if hedged else 0.0), 2)


def _because(event: Event, rule: str, voice: Voice, *, hedged: bool, part: bool) -> tuple[str, ...]:
    cue = " ".join(part for part in (event.cue.participle, event.cue.behind[0]) if part)
    reasons = [f"claim: {cue!r} tells {event.effect}", "denied: in the clause" if event.denied else "", rule, *voice.because]
    reasons += ["hedged: words of doubt" if hedged else "", "part: words of a part" if part else ""]
    return tuple(reason for reason in reasons if reason)
