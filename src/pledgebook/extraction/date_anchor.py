"""What a date expression is resolved against: the day of publication and the tense of the clause it stands in."""

import datetime
import re
from email.utils import parsedate_to_datetime
from typing import NamedTuple


class Anchor(NamedTuple):
    """`day` is the day of publication (None if not known); `lean` is 1 in a clause about the future, -1 about the past, 0 unknown."""

    day: datetime.date | None
    lean: int = 0


_MODAL = r"will|shall|would|['\u2019]ll|(?:(?:is|are|was|were)\s{1,3})?to|may|might|must|should|can|could"
_ADVERB = r"(?:\s{1,3}(?:not|also|soon|then|now|[a-z]{2,14}ly))?"
#: "will be handed over", "is to be repaired and opened": participles that a modal verb governs tell nothing of the past.
_PASSIVE = (
    rf"(?:{_MODAL}){_ADVERB}\s{{1,3}}be{_ADVERB}\s{{1,3}}[a-z]{{2,20}}"
    r"(?:(?:,|,?\s{1,3}and|\s{1,3}or)\s{1,3}[a-z]{2,14}(?:ed|en|wn|ilt|ought|ade|old|ent))?"
)
_FUTURE = (
    rf"{_PASSIVE}|will|shall|would|['\u2019]ll|to be|plan(?:s|ned|ning)?|expect(?:s|ed)?|scheduled|slated|due|set to|intends?|going to|upcoming|aims?|hopes?|"
    r"agreed to|(?:is|are) to|ahead of|deadline|pledge[sd]?|commit(?:s|ted)?|promise[sd]?|vow(?:s|ed)?|could|may|must|should|can|"
    r"to (?:meet|hold|begin|start|vote|visit|open|host|attend|take|go|travel|join|make|present|sign|end|leave|launch|announce|decide)"
)
_PAST = (
    r"was|were|had|did|said|says|told|met|began|came|took|held|went|made|gave|saw|won|lost|left|found|became|sent|spoke|fell|rose|struck|wrote|"
    r"broke|ran|got|led|shot|brought|fought|sold|paid|spent|built|has been|have been|since|closed|reached|[a-z]{3,14}ed"
)
_CUE = re.compile(rf"(?<![\w-])(?:(?P<future>{_FUTURE})|(?P<past>{_PAST}))(?![\w-])", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.!?;]\s|\n\s*\n|[\u201c\u201d\"]")
_BEFORE, _AFTER = 110, 70


def published_day(published: str | datetime.date | None) -> datetime.date | None:
    """The day of an ISO 8601 date or date-time, an RFC 2822 date or a date object; None if there is none or it cannot be read."""
    if isinstance(published, datetime.datetime):
        return published.date()
    if isinstance(published, datetime.date):
        return published
    if not published:
        return None
    match = re.match(r"\s*(\d{4})-(\d\d)-(\d\d)", published, re.ASCII)
    try:
        if match is not None:
            return datetime.date(*(int(part) for part in match.groups()))
        return parsedate_to_datetime(published).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def lean_of(text: str, start: int, end: int) -> int:
    """Whether the clause around text[start:end] is about the future (1), the past (-1) or neither (0): its nearest cue decides.

    A cue after the expression counts as twice as far away: English puts the verb before its adverbial of time.
    """
    before = text[max(0, start - _BEFORE) : start]
    cut = max((m.end() for m in _CLAUSE_END.finditer(before)), default=0)
    cues = [(len(before) - m.end(), m) for m in _CUE.finditer(before, cut)]
    after = text[end : end + _AFTER]
    stop = _CLAUSE_END.search(after)
    first = _CUE.search(after, 0, stop.start() if stop else len(after))
    near = min(cues, key=lambda cue: cue[0], default=None)
    if first is not None and (near is None or first.start() * 2 < near[0]):
        return 1 if first.group("future") else -1
    if near is None:
        return 0
    return 1 if near[1].group("future") else -1
