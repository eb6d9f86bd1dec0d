"""The dateline that opens a report ("GENEVA, 12 March 2025 (Example Wire) - "): no part of its first sentence, though a parser takes it for its subject."""

import re

from pledgebook.extraction.cues import MONTHS
from pledgebook.extraction.parsing import ParsedSentence
from pledgebook.extraction.places import find_places
from pledgebook.extraction.words import Word
from pledgebook.reference.actors import find_actors, states

_MONTH = rf"(?:{'|'.join(sorted(MONTHS))}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b)\.?"
_DAY = rf"\(?(?:\d{{1,2}}[ \xa0]{_MONTH}|{_MONTH}[ \xa0]\d{{1,2}})(?:,?[ \xa0]\d{{4}})?\)?"
_NAMES = r"[A-Z][\w’'.-]{0,30}(?:[ \xa0,/]{1,3}[A-Z][\w’'.-]{0,30}){0,5}"
_AGENCY = r"\([^()\n]{2,30}\)"
_DASH = r"(?:[ \xa0]{0,2}(?:[–—]|--)|[ \xa0]{1,2}-)[ \xa0]{1,2}(?!\d)"
#: Names and a day, perhaps with an agency before or behind the day; or a place in capitals, perhaps with an agency.
_DATED = re.compile(rf"{_NAMES}[ \xa0,:.–—-]{{1,4}}(?:{_AGENCY}[ \xa0,–—-]{{0,4}})?{_DAY}[ \xa0,]{{0,2}}(?:{_AGENCY})?{_DASH}")
_IN_CAPITALS = re.compile(rf"(?P<place>[A-Z]{{3,}}[A-Z’'. -]{{0,30}})(?:,[ \xa0]{_NAMES})?[ \xa0,]{{0,2}}(?:{_AGENCY})?{_DASH}")
#: Tags of verbs that have a subject before them, and the most words that one may have.
_FINITE = frozenset(["MD", "VBD", "VBZ", "VBP"])
_LONGEST = 15
#: Parts of speech with which a subject begins.
_NOMINAL = frozenset(["DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM"])
#: What tells of another clause than that of the subject.
_RELATIVE = frozenset(["WDT", "WP", "WP$", "WRB"])
_WHEN = frozenset(["after", "before", "since", "as", "when", "while", "if", "because"])
#: Marks of an aside.
_DASHES = frozenset(["-", "--", "–", "—"])


def dateline_end(text: str, start: int) -> int | None:
    """Where the dateline ends with which the sentence at `start` opens; None if it opens with none.

    Where no day stands in it, a body or state in capitals ("NATO - ") is none.
    """
    dated = _DATED.match(text, start)
    if dated is not None:
        return dated.end()
    plain = _IN_CAPITALS.match(text, start)
    return plain.end() if plain is not None and not _acts(plain["place"].strip()) else None


def _acts(name: str) -> bool:
    """Whether it is the name of a body or a state."""
    named = {one.name.casefold() for one in states().values()}
    return bool(find_actors(name)) or name.casefold() in named or any(place.kind == "country" for place in find_places(name))


def without_dateline(sentence: ParsedSentence, text: str, words: tuple[int, int] | None) -> tuple[int, int] | None:
    """The range of a subject without the dateline in which it begins; where it is the dateline alone, that of the words before the first verb.

    None if those are no plain subject: a phrase that opens the sentence ("On Monday, ..."), or an aside between dashes.
    """
    start = sentence.sentence.start
    if words is None or words[0] < start:
        return words
    end = dateline_end(text, start)
    if end is None or words[0] >= end:
        return words
    behind = [word for word in sentence.words if sentence.start_of(word) >= end]
    inside = [word for word in behind if sentence.end_of(word) <= words[1]]
    return _range(sentence, inside or _before_the_verb(behind))


def _before_the_verb(words: list[Word]) -> list[Word]:
    verb = next((place for place, word in enumerate(words) if word.tag in _FINITE), None)
    subject = words[: verb or 0]
    comma = next((place for place, word in enumerate(subject) if word.text == ","), len(subject))
    subject = subject[:comma]
    while subject and subject[-1].pos == "ADV":
        subject.pop()
    plain = len(subject) <= _LONGEST and not any(word.text in _DASHES or word.tag in _RELATIVE or word.lower in _WHEN for word in subject)
    return subject if subject and plain and subject[0].pos in _NOMINAL else []


def _range(sentence: ParsedSentence, words: list[Word]) -> tuple[int, int] | None:
    return (sentence.start_of(words[0]), sentence.end_of(words[-1])) if words else None
