"""Who said what: direct quotations, reported speech and the turns of transcripts, each with its speaker and cue."""

import re
from typing import NamedTuple

from pledgebook.core.found import Speech, Statement
from pledgebook.core.span import Span
from pledgebook.extraction.cues import CUE, DETERMINERS, FINITE
from pledgebook.extraction.quotations import Quotation, find_quotations, paragraphs
from pledgebook.extraction.reported import CLOSE, FILL, OPEN, Attribution, attributions, regions, reports
from pledgebook.extraction.speaker_names import Cast, Speaker
from pledgebook.extraction.speaker_phrases import Phrase, opening_subject
from pledgebook.extraction.transcripts import UNNAMED, Turn, find_turns

_BREAK = re.compile(r"[.!?…](?:[\"”’)\]]{0,2})\s+(?=[\"“‘(\[]?[A-Z0-9\x02])|(?<=\x03)\s+(?=[A-Z\x02])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|Prof|Rev|St|Jr|No|vs|Inc|Co|Corp|Ltd|Hon|Adm|Maj|Jan|Feb|Aug|Sept|Oct|Nov|Dec)|\b[A-Z])\.\s+$"
)
_AFTER_QUOTE = re.compile(
    r"\s+(?:(?:[A-Z][\w.’'-]*|the|a|an|of|[a-z]+)\s+){1,6}(?:\w+ly\s+)?(?:said|says|added|adds|asked|asks|stated|told|explained|noted|wrote|replied|continued|concluded|warned|insisted|recalled|joked|declared|argued|tweeted)(?=[.,]|\s+(?:in|on|at|during|to|of|after|when|reporters|journalists)\b|\s*$)"
)
_FIRST_PERSON = re.compile(r"(?:I|[Ww]e|[Mm]y|[Oo]ur)\b")
_LONGEST = 1500
_SPACE = re.compile(r"\s")
_SPEECH_BEFORE = re.compile(r"[,:]\s*$")
_SCARE_BEFORE = re.compile(
    r"\b(?:so-called|called|known as|dubbed|titled|entitled|nicknamed|named|the word|the term|labelled|labeled|codenamed)\s*$",
    re.IGNORECASE,
)


class _Frame(NamedTuple):
    """A sentence of the narrative, its quotations and its attributions."""

    start: int
    end: int
    paragraph: int
    quotes: list[Quotation]
    cues: list[Attribution]


def find_statements(text: str) -> list[Statement]:
    """The statements of `text` in order of start: what is said, by whom, directly or as reported."""
    turns = find_turns(text)
    narrative = _without_turns(text, turns)
    quotes = [quote for quote in find_quotations(narrative) if not _scare(narrative, quote)]
    masked = _mask(narrative, quotes)
    cast = Cast(masked if not turns else text)
    finder = _Finder(text, masked, cast)
    finder.read(_frames(text, masked, quotes))
    finder.read_turns(turns)
    return sorted(finder.out, key=lambda made: (made.start, made.end))


def _without_turns(text: str, turns: list[Turn]) -> str:
    """The text with the turns of its transcript blanked out, of the same length."""
    pieces, at = [], 0
    for turn in turns:
        pieces.append(text[at : turn.label_start])
        pieces.append(re.sub(r"[^\n]", " ", text[turn.label_start : turn.end]))
        at = turn.end
    pieces.append(text[at:])
    return "".join(pieces)


def _scare(text: str, quote: Quotation) -> bool:
    """Whether short quoted words are a title, a nickname or a scare quote: no verb, no cue beside them."""
    content = text[quote.start : quote.end]
    count = len(content.split())
    before = text[max(0, quote.first - 40) : quote.first]
    if _SCARE_BEFORE.search(before):
        return count <= 12
    if count > 4 or content[-1:] in {",", "!", "?", "."} or _SPEECH_BEFORE.search(before):
        return False
    near = before.split()[-2:]
    if near and CUE.search(" ".join(near)):
        return False
    if near and near[-1].lower() in DETERMINERS:
        return True
    since = re.split(r"[.!?]\s", text[max(0, quote.first - 160) : quote.first])[-1]
    if count > 1 and CUE.search(since):
        return False
    after = text[quote.last : quote.last + 40]
    return not (FINITE.search(content) and content[:1].isupper()) and not CUE.search(" ".join(after.split()[:2]))


def _mask(text: str, quotes: list[Quotation]) -> str:
    pieces, at = [], 0
    for quote in quotes:
        pieces.append(text[at : quote.first])
        length = quote.last - quote.first
        pieces.append(OPEN + FILL * (length - 2) + CLOSE if length >= 2 else FILL * length)
        at = quote.last
    pieces.append(text[at:])
    return "".join(pieces)


def _frames(text: str, masked: str, quotes: list[Quotation]) -> list[_Frame]:
    """Sentences of the masked text, paragraph by paragraph; a quotation belongs to the sentence that holds it."""
    frames: list[_Frame] = []
    at = 0
    ends = {quote.last: quote for quote in quotes}
    for number, (start, end) in enumerate(paragraphs(masked)):
        for low, high in _sentences(text, masked, start, end, ends):
            inside = []
            while at < len(quotes) and quotes[at].first < high:
                if quotes[at].first >= low:
                    inside.append(quotes[at])
                at += 1
            cues = attributions(masked, low, high)
            frames.append(_Frame(low, high, number, inside, cues))
    return frames


def _sentences(text: str, masked: str, start: int, end: int, quotes: dict[int, Quotation]) -> list[tuple[int, int]]:
    out, low = [], start
    for gap in _BREAK.finditer(masked, start, end):
        if masked[gap.start() - 1 : gap.start()] == CLOSE and gap.group().isspace():
            if not _closes_sentence(text, masked, gap, quotes, end):
                continue
        elif _ABBREVIATION.search(masked, max(low, gap.start() - 8), gap.end()):
            continue
        out.extend(_pieces(masked, low, gap.end()))
        low = gap.end()
    out.extend(_pieces(masked, low, end))
    return out


def _pieces(masked: str, low: int, high: int) -> list[tuple[int, int]]:
    """The range cut at white space into pieces of about 1,500 characters, which keeps the work linear; quotations stay whole."""
    out = []
    while high - low > _LONGEST:
        space = _SPACE.search(masked, low + _LONGEST, high)
        if space is None:
            break
        out.append((low, space.end()))
        low = space.end()
    out.append((low, high))
    return out


def _closes_sentence(text: str, masked: str, gap: re.Match[str], quotes: dict[int, Quotation], end: int) -> bool:
    """Whether a quotation ends its sentence: a full stop inside it, and no cue right after."""
    last = gap.start()
    quote = quotes.get(last)
    if quote is None or text[quote.end - 1] not in ".!?…":
        return False
    return masked[gap.end()] == OPEN or not _AFTER_QUOTE.match(masked, last, min(end, last + 120))


class _Finder:
    """Reads the sentences in order and keeps who spoke last."""

    def __init__(self, text: str, masked: str, cast: Cast) -> None:
        self.text, self.masked, self.cast = text, masked, cast
        self.out: list[Statement] = []
        self.groups: dict[int, tuple[Speaker, Phrase | None, Attribution | None]] = {}

    def read(self, frames: list[_Frame]) -> None:
        """Makes the statements of all sentences."""
        previous: tuple[int, Speaker, Phrase | None, Attribution | None] | None = None
        for i, frame in enumerate(frames):
            speakers = [self._speaker(cue) for cue in frame.cues]
            last: tuple[Speaker, Phrase | None, Attribution | None] | None = None
            found: tuple[Speaker, Phrase | None, Attribution | None, str] | None
            for cue, speaker in zip(frame.cues, speakers, strict=True):
                self._report(frame, cue, speaker)
            for quote in frame.quotes:
                chosen = _cue_of(self.masked, frame, quote)
                if chosen is not None:
                    own = frame.cues[chosen]
                    found = (speakers[chosen], own.subject, own, own.rule)
                else:
                    found = self._chained(frames, i, quote, previous)
                if found is None:
                    continue
                speaker, phrase, made_by, rule = found
                self.groups[quote.group] = (speaker, phrase, made_by)
                last = (speaker, phrase, made_by)
                self._add(quote.start, quote.end, "direct", speaker, phrase, made_by, ("quotation", rule))
            if last is None and frame.cues:
                last = (speakers[-1], frame.cues[-1].subject, frame.cues[-1])
            if last is not None:
                previous = (frame.paragraph, *last)

    def _speaker(self, made: Attribution) -> Speaker:
        if made.subject is None:
            return Speaker(None)
        speaker = self.cast.resolve(self.text[made.subject.start : made.subject.end], made.subject.start)
        self.cast.speak(made.start, speaker)
        return speaker

    def _report(self, frame: _Frame, made: Attribution, speaker: Speaker) -> None:
        later = [cue.lead for cue in frame.cues if cue.start > made.end and cue.rule in {"participle", "coordinated"}]
        limit = min([frame.end, *later])
        if made.subject and _FIRST_PERSON.match(self.text, made.subject.start, made.subject.end):
            return  # a text's own "we said" is no report of another's words
        for start, end in regions(self.masked, frame.start, made, limit):
            if reports(self.text, self.masked, made, start, end):
                self._add(*_trim(self.text, start, end), "indirect", speaker, made.subject, made, ("reported", made.rule))

    def _chained(
        self, frames: list[_Frame], i: int, quote: Quotation, previous: tuple[int, Speaker, Phrase | None, Attribution | None] | None
    ) -> tuple[Speaker, Phrase | None, Attribution | None, str] | None:
        """The speaker of a quotation without a cue of its own."""
        frame = frames[i]
        if quote.group in self.groups:
            return *self.groups[quote.group], "same-quotation"
        if (opening := self._introduced(frame, quote)) is not None:
            return opening
        alone = not self.masked[frame.start : quote.first].strip() or self.masked[frame.start : quote.first].rstrip()[-1:] in {":", CLOSE}
        if not alone and len(self.text[quote.start : quote.end].split()) < 5:
            return None
        if previous is not None and previous[0] == frame.paragraph:
            return previous[1], previous[2], previous[3], "chain"
        for later in frames[i + 1 : i + 4]:
            if later.paragraph != frame.paragraph and all(other.group != quote.group for other in later.quotes):
                break
            if later.quotes and later.cues:
                return self._speaker(later.cues[0]), later.cues[0].subject, later.cues[0], "chain-ahead"
        if previous is not None and frame.paragraph - previous[0] <= 1 and alone:
            return previous[1], previous[2], previous[3], "chain"
        return Speaker(None), None, None, "no-cue"

    def _introduced(self, frame: _Frame, quote: Quotation) -> tuple[Speaker, Phrase | None, Attribution | None, str] | None:
        """The subject of a sentence that leads to its quotation with a colon: "Smith smiled: ..."."""
        prefix = self.masked[frame.start : quote.first].rstrip()
        if not prefix.endswith(":") or CLOSE in prefix:
            return None
        phrase = opening_subject(self.masked, frame.start, quote.first)
        if phrase is None:
            return None
        colon = frame.start + len(prefix) - 1
        made = Attribution(phrase, colon, colon + 1, phrase.lead, colon + 1, clause=False, rule="colon")
        return self._speaker(made), phrase, made, "colon"

    def read_turns(self, turns: list[Turn]) -> None:
        """Makes a direct statement of each turn of a transcript."""
        for turn in turns:
            phrase = Phrase(turn.label_start, turn.label_end, turn.label_start)
            label = self.text[turn.label_start : turn.label_end]
            speaker = Speaker(None) if UNNAMED.match(label) else self.cast.resolve(label, turn.label_start)
            made = Attribution(phrase, turn.colon, turn.colon + 1, turn.label_start, turn.start, True, "label")
            self._add(turn.start, turn.end, "direct", speaker, phrase, made, ("transcript", "label"))

    def _add(  # noqa: PLR0913, PLR0917 - the fields of a statement
        self,
        start: int,
        end: int,
        speech: Speech,
        speaker: Speaker,
        phrase: Phrase | None,
        made: Attribution | None,
        because: tuple[str, ...],
    ) -> None:
        if end <= start:
            return
        self.out.append(
            Statement(
                start=start,
                end=end,
                text=self.text[start:end],
                speech=speech,
                speaker=speaker.name,
                speaker_span=Span.of(self.text, phrase.start, phrase.end) if phrase else None,
                cue_span=Span.of(self.text, made.start, made.end) if made else None,
                because=because,
            )
        )


def _cue_of(masked: str, frame: _Frame, quote: Quotation) -> int | None:
    """Which attribution a quotation belongs to: the one that follows it at once, else the last before it, else the next after it."""
    after = [i for i, cue in enumerate(frame.cues) if cue.lead >= quote.last]
    before = [i for i, cue in enumerate(frame.cues) if cue.end <= quote.first]
    if after and not masked[quote.last : frame.cues[after[0]].lead].strip(" ,\t"):
        return after[0]
    if before:
        return before[-1]
    return after[0] if after else None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space, commas and the final stop."""
    while start < end and (text[start].isspace() or text[start] in ",:;—–"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",.;:—–"):
        end -= 1
    return start, end
