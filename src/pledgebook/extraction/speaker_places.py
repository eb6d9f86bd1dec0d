"""Capitalised names that are no body which speaks: days, the places of a dateline, places behind "in"."""

import re
from collections.abc import Sequence

from pledgebook.extraction.cues import DAYS, MONTHS
from pledgebook.extraction.speaker_words import BODY, PLACES

#: "in Port Karim", also where the preposition opens the sentence and so the name.
_IN = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Ii]nside|[Aa]round|[Aa]cross)[ \xa0\n]{1,2}(?:the[ \xa0])?(?:[A-Z][\w’'-]{0,30}[ \xa0]){0,3}"
    r"[A-Z][\w’'-]{0,30}\.?\Z"
)
#: The start of a line that tells where and when: names, then an agency in brackets, a dash or a date.
_DATELINE = re.compile(
    r"[ \t(]{0,4}(?:[A-Z][\w’'.-]{0,30}[ \xa0,]{1,3}){1,6}(?:\([^()\n]{2,30}\)|[–—]|--?[ \xa0]|\d{1,2}[ \xa0][A-Z][a-z]{2}|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?[ \xa0]\d)"
)
#: Code points of a dateline, at most, before the last name in it.
_REACH = 80


def is_place_or_day(text: str, name: Sequence[str], start: int, end: int) -> bool:
    """Whether `name`, at text[start:end], is a day, or a place and no body: it is in a dateline, or stands after "in", and no word of it is a body's."""
    if all(part in DAYS | MONTHS for part in name):
        return True
    if any(part.lower() in BODY - PLACES for part in name):
        return False
    # No line is looked for further back than a dateline reaches: one of 5 MB would be gone through for each name in it.
    line = text.rfind("\n", max(0, start - _REACH), start) + 1
    dateline = _DATELINE.match(text, line, line + 2 * _REACH) if line or start < _REACH else None
    return bool(_IN.search(text, max(0, start - 16), end)) or (dateline is not None and start < dateline.end())
