"""What stands around an event: its day and its new day, whether the source vouches for it, whether it is only a part, how the source knows."""

import datetime
import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from pledgebook.core import edtf
from pledgebook.core.claim import Authority
from pledgebook.core.document import Document
from pledgebook.core.found import FoundDate
from pledgebook.extraction.date_anchor import published_day
from pledgebook.extraction.place_names import FoundPlace, actor_countries
from pledgebook.extraction.progress_find import Event
from pledgebook.extraction.voices import Voice
from pledgebook.reference.outlets import AUTHORITIES, outlet_named

_FIGURE = r"(?!\s{1,3}(?:[$€£¥]|\d|half|one|two|three|four|five|six|seven|eight|nine|ten|hundred|a\s(?:million|billion|hundred|thousand|third|dozen)))"
_HEDGE = re.compile(
    rf"(?i)\b(?:reportedly|allegedly|apparently|supposedly|purportedly|ostensibly|presumably|unconfirmed|rumou?r(?:s|ed)?|(?:nearly|almost|virtually|practically|"
    rf"essentially|all but){_FIGURE}|(?:is|are|was|were|been)\s(?:said|believed|thought|understood|rumou?red|alleged|reported)\s(?:to|that)|"
    rf"(?:appears?|seems?|appeared|seemed)\sto|it\s(?:appears|seems)|claim(?:s|ed)?(?:\sthat)?\b|i\s(?:think|believe|guess|understand)|"
    rf"(?:we|they|he|she)\sbelieve[sd]?|as\sfar\sas|to\s(?:my|our)\sknowledge|perhaps|maybe|probably)\b"
)
_PART = re.compile(
    r"(?i)\b(?:(?:first|second|third|initial|latest|another|one|final|last)\s(?:\w+\s)?(?:tranche|instal?ment|batch|part|portion|shipment|delivery|consignment)|"
    r"part\sof|parts\sof|half(?:\sof)?|a\s(?:third|quarter|fifth|tenth|portion|fraction|share|number)\sof|two[-\s]thirds|portions?\sof|some\sof|many\sof|most\sof|"
    r"several\sof|only|not\sall|partially|partly|in\spart|so\sfar|(?:million|billion|thousand|\d)\sof\s(?:the|its|their|that|this|our)\b|per\s?cent\sof|percent\sof)\b"
)
_SOME = re.compile(rf"(?i)\bsome{_FIGURE}\s[a-z]")
_AUDITOR = re.compile(
    r"(?i:\binspectors?[-\s]general(?:['’]s)?\b|\bauditor(?:s|[-\s]general)?\b|\bcourt\sof\s(?:auditors|audit|accounts)\b|\b(?:national\s)?audit\s(?:office|commission|board|authority|court)\b|"
    r"\bboard\sof\s(?:supreme\s)?audit\b|\bgovernment\saccountability\soffice\b|\bcomptroller[-\s]general\b|\bpublic\saccounts\scommittee\b)|\b(?:OIG|GAO|SIGAR|SIGIR|NAO)\b"
)
_REGISTER = re.compile(
    r"(?i:\bofficial\s(?:gazette|journal)\b|\bstatistic(?:s|al)\s(?:office|bureau|service|agency|institute)\b|\bbureau\sof\sstatistics\b|\bland\sregistry\b|\btreaty\sseries\b|"
    r"\bfinancial\stracking\sservice\b)|\bIATI\b"
)
_OUTSIDER = re.compile(
    r"(?i)\b(?:observers?|analysts?|experts?|residents?|witness(?:es)?|journalists?|reporters?|correspondents?|news(?:paper)?|media|agency\sreports?|sources?|monitors?|activists?|"
    r"researchers?|watchdog|think[-\s]tank|critics?)\b"
)
_SOURCE_LINE = re.compile(r"(?im)^[^\n]{0,120}?\bSources?:\s(?P<source>[^\n]{1,200})")
#: A date opens a clause only behind so many words: "Later in 2025", "In the second quarter of".
_LEAD_WORDS = 4
_HEAD = 600
_OLD_YEARS = 25
_YEAR = re.compile(r"(?<![\d,.$-])(1[5-9]\d\d|20\d\d)(?![\d,]\d|%)")
_BACKGROUND = re.compile(
    r"(?i)\b(?:(?:\d{2,4}|twenty|thirty|forty|fifty|hundred)\syears\sago|centur(?:y|ies)|civil\swar|world\swar|revolutionary|cold\swar|founding\sfathers?|depression|lincoln|"
    r"decades?\sago|generations?\sago)\b"
)
_INFINITIVE = re.compile(
    r"(?i)\b(?:to\s(?!the\b|a\b|an\b|its\b|their\b|his\b|her\b|\d)[a-z]{3,}|that|which|who|will|would|must|should|shall|may|can|signed|made|reached|agreed)\s"
)
_SINCE = re.compile(r"(?i)\bsince\b")
_OF = re.compile(r"(?i)\bof\s(?:the\s)?$")


def is_hedged(event: Event, text: str) -> bool:
    """Whether the source does not vouch for what it tells: "reportedly", "nearly completed", "they claim that ..."."""
    low = max(event.clause[0] - 40, text.rfind(".", 0, event.clause[0]) + 1, 0)
    return event.hedged or _HEDGE.search(text, low, max(event.end, event.start)) is not None


def is_part(event: Event, text: str) -> bool:
    """Whether only a part is told to be done: "the first tranche", "some of the bases", "$20 million of the aid"."""
    low = min(event.start, event.subject[0] if event.subject is not None else event.start)
    return _PART.search(text, low, event.end) is not None or _SOME.search(text, low, event.end) is not None


def is_background(document: Document, text: str, sentence: tuple[int, int], event: Event, when: str | None) -> bool:
    """Whether the sentence looks back on history: its event, or a year that it names, lies a generation before the document."""
    if event.perfect:
        return False
    if _BACKGROUND.search(text, *sentence):
        return True
    day = published_day(document.published)
    years = [int(match.group(1)) for match in _YEAR.finditer(text, *sentence)]
    told = edtf.earliest(when) if when is not None else None
    if told is not None:
        years.append(told.year)
    limit = (day.year if day is not None else 2000) - _OLD_YEARS
    return bool(years) and min(years) < limit


def happened(event: Event, text: str, dates: Sequence[FoundDate], published: str | None) -> str | None:
    """The EDTF date of the event: the first date behind the verb in its clause, else one at the clause's beginning; None if none is told."""
    day = published_day(published)
    low, high = event.clause
    subject_end = event.subject[1] if event.subject is not None else event.start
    behind = [date for date in dates if event.start <= date.start and subject_end <= date.start and date.end <= high]
    front = [
        date for date in dates if low <= date.start and date.end <= min(event.start, event.subject[0] if event.subject else event.start)
    ]
    verb = event.verb_end
    for date in (*behind, *reversed(front)):
        between = text[verb : date.start] if date.start >= verb else ""
        value = _past(date, day)
        first = edtf.earliest(value)
        if _INFINITIVE.search(between) or _OF.search(text[max(0, date.start - 8) : date.start]) or (day and first and first > day):
            continue
        if date in front and len(text[low : date.start].split()) > _LEAD_WORDS:
            continue
        if event.perfect and _SINCE.search(text, max(0, low - 8), date.start):
            continue
        if date.role in {"during", "due"} and not value.startswith("XXXX"):
            return value
    return None


def _past(date: FoundDate, day: datetime.date | None) -> str:
    """The date's value; of a month or day told without its year the last one before `day`, because what is told has happened."""
    first = edtf.earliest(date.edtf)
    if day is None or first is None or first <= day or "/" in date.edtf or date.edtf[:4] in date.text:
        return date.edtf
    return f"{first.year - 1}{date.edtf[4:]}" if edtf.is_valid(f"{first.year - 1}{date.edtf[4:]}") else date.edtf


def moved_to(event: Event, dates: Sequence[FoundDate], text: str) -> str | None:
    """The new date of what was postponed, extended or brought forward: the last one behind "to", "until" or "by"."""
    for date in dates:
        if event.verb_end <= date.start and date.end <= event.clause[1] and _MOVED.search(text[event.verb_end : date.core.start]):
            first, _, last = date.edtf.partition("/")
            return first if last in {"", ".."} else last
    return None


_MOVED = re.compile(r"(?i)\b(?:to|until|till|through|by)\s(?:at\sleast\s|the\s|about\s|early\s|late\s|mid-?\s?|end\sof\s){0,4}$")


def is_question(voice: Voice) -> bool:
    """Whether an unnamed questioner of a transcript says it: a premise, for which nobody vouches."""
    return (voice.speaker or "").casefold() in {"q", "question", "reporter", "moderator", "operator"}


class Sources:
    """How the source of one document knows what it says."""

    def __init__(self, document: Document, text: str, *, news: bool, issuer: str | None) -> None:
        line = _SOURCE_LINE.search(text[:_HEAD])
        told = line.group("source") if line is not None else ""
        outlet = outlet_named(document.outlet or "") or outlet_named(document.url or "")
        by_name = next(
            (
                found
                for part in re.split(r",|\band\b|;", told)
                if (found := outlet_named(re.sub(r"\d{1,2}\s\w+\s\d{4}", "", part).strip(" .")))
            ),
            None,
        )
        self._own: Authority = "said"
        words = " ".join((document.outlet or "", issuer or "", told))
        if _AUDITOR.search(words):
            self._own = "audited"
        elif _REGISTER.search(words):
            self._own = "recorded"
        elif (known := outlet or by_name) is not None:
            self._own = AUTHORITIES.get(known.kind, "said")
        elif news or re.search(r"(?i)\bpress\b|\bnews\b", told) or issuer is None:
            self._own = "reported"

    def of(self, voice: Voice) -> Authority:
        """By whom it is said: an auditor, an outsider, an actor; else what the document itself is."""
        if voice.speech == "document":
            return self._own
        speaker = voice.speaker or ""
        if _AUDITOR.search(speaker):
            return "audited"
        return "reported" if not speaker or is_question(voice) or _OUTSIDER.search(speaker) else "said"


_WHERE = re.compile(
    r"(?i)\b(?:in|to|for|from|into|inside|across|at|out\sof|throughout|within|with|for\sthe\speople\sof)\s(?:the\s)?(?:[\w’'.-]+[-\s]){0,2}$"
)
_JOINED = re.compile(r"(?i)^(?:,\s(?:and\s)?|\sand\s)(?:the\s)?(?:[\w’'.-]+\s)?$")
_AGAIN = re.compile(r"(?i)\b(?:the|this|that)\scountry\b|\bthere\b")


class Where(NamedTuple):
    """The ranges in which countries are looked for: the quote, the words that tell the event in it, and where the sentence before begins."""

    quote: tuple[int, int]
    action: tuple[int, int]
    before: int


def countries_in(text: str, where: Where, places: Sequence[FoundPlace], actors: Sequence[str]) -> tuple[str, ...]:
    """The ISO 3166-1 alpha-2 codes of where it happened or for whom, sorted; () if it is not told.

    The places of the quote behind "in", "to", "for" ..., else any of the event's own words that are not the actors', else those behind such words
    in the sentence before; "the country" and "there" are the last country named that is not an actor's own.
    """
    own, quote = set(actor_countries(actors)), where.quote
    here, behind = (bisect_left(places, position, key=lambda place: place.start) for position in quote)
    inside = places[here:behind]
    told = (
        _located(text, inside)
        or {place.country for place in inside if where.action[0] <= place.start < where.action[1] and not _owns(text, place)} - own
    )
    if not told and _AGAIN.search(text, *quote):
        last = next((places[index].country for index in range(here - 1, -1, -1) if places[index].country not in own), None)
        told = {last} if last is not None else told
    before = bisect_left(places, where.before, key=lambda place: place.start)
    return tuple(sorted(told or _located(text, places[before:here])))


def _owns(text: str, place: FoundPlace) -> bool:
    """Whether a place only tells whose it is: "of the United States", "Japan's", "Iraqi"."""
    return (
        place.kind == "demonym"
        or text[place.end : place.end + 1] in {"'", "’"}
        or _OF.search(text[max(0, place.start - 8) : place.start]) is not None
    )


def _located(text: str, places: Sequence[FoundPlace]) -> set[str]:
    """The codes of the places behind a word of place, and of those joined to them: "in Syria and Iraq"."""
    found: set[str] = set()
    last = -1
    for place in places:
        joined = last >= 0 and _JOINED.match(text[last : place.start]) is not None
        if place.kind != "demonym" and (joined or _WHERE.search(text[max(0, place.start - 40) : place.start])):
            found.add(place.country)
            last = place.end
        else:
            last = -1
    return found
