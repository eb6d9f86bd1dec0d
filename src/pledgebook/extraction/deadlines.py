"""Which of the dates found tells when a commitment is due, ends, starts or takes effect; most commitments have none."""

import datetime
import re
from collections.abc import Sequence

from pledgebook.core import edtf
from pledgebook.core.found import DateRole, FoundDate
from pledgebook.extraction.date_anchor import published_day

_ROLE_WEIGHT: dict[DateRole, int] = {"due": 6, "until": 4, "not-before": 3, "starts": 4, "during": 2}
#: Rules of expressions that look back, or that name a time nobody can be held to.
_NEVER = {"ago", "span-behind", "past-unit", "earlier-unit", "century", "decade"}
_VAGUE_UNIT = re.compile(r"(?i)(?:year|decade|centur|quarter|month)\w*(?:\s+(?:ahead|to\s+come))?$")
_FUTURE = re.compile(
    r"(?i)(?<!\w)(?:will|shall|would|['\u2019]ll|to\s+be|plans?|planning|expect\w*|scheduled|going\s+to|set\s+to|intends?|effective|aims?)(?!\w)"
)
_PAST_BEFORE = re.compile(
    r"(?i)(?<!\w)(?:was|were|had|since|held|signed|adopted|announced|launched|made|met|reached|agreed|issued|released|passed|established|hosted|"
    r"took\s+place|began|started|came|occurred|convened|published|concluded|approved|delivered|received|provided)\s+(?:\w+\s+){0,3}$"
)
_NAME_AFTER = re.compile(r"\s+(?:[A-Z][\w'\u2019-]*|agreement|accord|deal|resolution|report|strategy|review|plan|law|act|treaty|declaration|elections?|attacks?|war|"
                         r"winners?|edition|season|summit|conference|budget|appropriations?|levels?|baseline|pact|constitution|ceasefire|truce)\b")  # fmt: skip
_NAME_BEFORE = re.compile(r"(?i)(?:^|\s)(?:the|our|its|their|this|a|an|his|in its|under the)\s$|[A-Z]\w*\s$")
_SENTENCE_END = re.compile(r"[.!?]['\u2019\u201d\")\]]?\s|\n\s*\n")
#: What may stand between an opening adverbial of time and its clause: "This month, at a summit in Geneva, ...".
_OPENING_WORDS = re.compile(r",?\s(?:at|in|with|together|also|and|therefore|through|on)\b[^.;]{0,60},\s?")
_SIDE = 160


def choose_deadline(
    text: str,
    stated: tuple[int, int],
    dates: Sequence[FoundDate],
    action: tuple[int, int] | None = None,
    clause: int | None = None,
    published: str | datetime.date | None = None,
) -> FoundDate | None:
    """The date of `dates` that says when the commitment stated in the range `stated` of the text is due, ends, starts or takes effect; None if none does.

    `action` is the range of the words that name the act, `clause` where its clause begins ("we will ..."), `published` the day of publication: dates that lie before it are no deadlines. Looked
    at are the dates inside the range and those in the same sentence that stand before or after it with nothing but its adverbial between.
    """
    day = published_day(published)
    start, end = stated
    low, high = _sentence(text, start, end)
    best: tuple[float, FoundDate] | None = None
    for date in dates:
        if date.end <= low or date.start >= high:
            continue
        score = _score(text, date, (start, end), action or (start, end), day)
        if (
            date.role in {"during", "starts"}
            and date.core.start <= (action or (start, end))[0]
            and _REPORTED.search(text[max(0, date.core.start - 80) : date.core.start])
        ):
            continue
        if date.role == "during" and action is not None and not _is_adverbial(text, date, action, action[0] if clause is None else clause):
            continue
        if score > 0 and (best is None or score > best[0]):
            best = (score, date)
    return best[1] if best is not None else None


_REPORTED = re.compile(
    r"(?i)\b(?:said|says|told\s(?:\w+\s){1,4}|announced|confirmed|reported|added|stated|wrote|voted|ruled|agreed|signed|met|spoke)(?:\s(?:in|at)\s[^.,;]{0,40})?\s(?:on\s|late\s|early\s){0,2}$"
)


def _is_adverbial(text: str, date: FoundDate, action: tuple[int, int], clause: int) -> bool:
    """Whether a bare time belongs to the act: inside its words, between subject and verb, or right before or behind its clause."""
    if re.match(r"['\u2019]s?\b", text[date.end : date.end + 2]):
        return False
    if date.end <= clause:
        return not text[date.end : clause].strip(" ,\n\u2013\u2014-") or bool(_OPENING_WORDS.fullmatch(text[date.end : clause]))
    if date.start >= action[1]:
        return not text[action[1] : date.start].strip(" ,\n\u2013\u2014-")
    return True


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The range grown to the sentence that holds it, by at most some words on either side."""
    before = max(0, start - _SIDE)
    low = max((m.end() for m in _SENTENCE_END.finditer(text, before, start)), default=before)
    stop = _SENTENCE_END.search(text, max(start, end - 2), min(len(text), end + _SIDE))
    return low, stop.start() if stop is not None else end


def _score(text: str, date: FoundDate, stated: tuple[int, int], action: tuple[int, int], day: datetime.date | None) -> float:
    """How well a date fits as the deadline; 0 or less if it does not."""
    if _looks_back(text, date, stated, day) or _is_vague(date) or _is_name(text, date):
        return 0
    if not (action[0] <= date.start and date.end <= action[1]) and date.role != "starts" and _is_over(date, day):
        return 0
    score: float = _ROLE_WEIGHT[date.role]
    if action[0] <= date.start and date.end <= action[1]:
        score += 3
    elif not (stated[0] <= date.start and date.end <= stated[1]):
        score -= 1.5
    return score - min(abs(date.start - action[0]), 300) / 300


def _is_over(date: FoundDate, day: datetime.date | None) -> bool:
    """Whether all of the date lies on the day of publication or before: outside the act's own words it tells when it was said."""
    last = edtf.latest(date.edtf)
    return day is not None and last is not None and last <= day


def _rule_names(date: FoundDate) -> set[str]:
    return set(date.rule.split("/"))


def _looks_back(text: str, date: FoundDate, stated: tuple[int, int], day: datetime.date | None) -> bool:
    """Whether the date lies in the past, or belongs to a past event; publication day itself needs a word of starting or a future verb."""
    names = _rule_names(date)
    if names & _NEVER or "since" in names or "ever-since" in names:
        return True
    if "deictic-day" in names and date.core.text.casefold() == "today":
        return date.role not in {"starts", "due"}
    if day is None:
        return bool(_PAST_BEFORE.search(text[max(0, date.start - 60) : date.start]))
    last = edtf.latest(date.edtf)
    if last is not None and last < day:
        return True
    if last == day or date.edtf.startswith(day.isoformat()):
        return date.role != "starts" and not _FUTURE.search(text, *stated)
    return False


def _is_vague(date: FoundDate) -> bool:
    """Whether it is a time without measure: "the years to come", "the next several years"."""
    return (
        "span-ahead" in _rule_names(date)
        and "?" in date.edtf
        and not re.search(r"\d|three|two|four|five", date.core.text)
        and bool(_VAGUE_UNIT.search(date.core.text))
    )


def _is_name(text: str, date: FoundDate) -> bool:
    """Whether a bare year is part of a name or a label: "the 2015 agreement", "2030 Agenda", "the 2022 winners"."""
    if date.rule not in {"year", "month-year"} or date.role != "during":
        return False
    before, after = text[max(0, date.start - 20) : date.start], text[date.end : date.end + 30]
    return bool(_NAME_AFTER.match(after) or _NAME_BEFORE.search(before))
