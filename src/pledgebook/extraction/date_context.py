"""What stands around a bare date expression: words that belong to it ("the end of"), and the preposition that gives its role."""

import re
from typing import NamedTuple

from pledgebook.core.edtf import parse_or_none
from pledgebook.core.found import DateRole
from pledgebook.extraction.date_words import SEASON_ENDS, SEASON_STARTS, expression, squeezed

REACH = 60
_SEASON = re.compile(r"(\d{4})-(2[1-4])")
_YEAR = re.compile(r"\d{4}")


class Prefix(NamedTuple):
    """Words before an expression that are part of it, and what they make of its value: "end", "start", "mid", "early", "week-of", ..."""

    start: int
    kind: str


_PARTS = (
    ("end", r"(?:the )?(?:very )?(?:end|close|conclusion|tail end)(?: of|@of@)? "),
    ("start", r"(?:the )?(?:very )?(?:beginning|start|turn|onset|outset) of "),
    ("mid", r"(?:the )?middle of |(?:the )?mid(?:@| )(?:to@late@)?"),
    ("part", (r"(?:the )?(?:early|latter|later|first|last|second|better|good|greater|a good) (?:part|half|quarter|third|months|weeks|days|years) of |"
             r"(?:the )?(?:rest|remainder|course|whole|entirety|duration|length) of |(?:all|most|much) of ")),
    ("week-of", r"(?:the )?week (?:of|beginning|starting)(?: on)? "),
    ("nth-week", r"(?:the )?(?:first|second|third|fourth|last) (?:full )?week (?:of|in) "),
    ("edge-day", r"(?:the )?(?:first|last|final) day of "),
    ("unit-of", r"the (?:month|year|years|summer|spring|fall|autumn|winter|weekend|night|morning|evening|afternoon) of "),
    ("early", r"(?:the |very )?(?:early|late|later|earlier|sometime)(?:@| )(?:(?:in|on) )?(?:the (?=\d{4}s|\d\d))?"),
)  # fmt: skip
_PREFIX = re.compile("(?i)(?<![\\w-])(?:" + "|".join(f"(?P<p{i}>{expression(p)})" for i, (_, p) in enumerate(_PARTS)) + ")(?P<the>the )?$")


def prefix_of(text: str, start: int) -> Prefix | None:
    """The words that belong to the expression starting at `start`, or None."""
    low = max(0, start - REACH)
    window = text[low:start]
    match = _PREFIX.search(window)
    if match is None:
        return None
    kind = next(name for i, (name, _) in enumerate(_PARTS) if match.group(f"p{i}") is not None)
    return Prefix(low + match.start(), kind if kind not in {"nth-week", "edge-day"} else f"{kind}:{_which(match.group())}")


def _which(words: str) -> str:
    return squeezed(words).removeprefix("the ").split()[0]


def with_prefix(value: str, kind: str) -> str | None:
    """The value that "the end of", "the week of" and so on make of an expression's value; None if they do not go together."""
    parsed = parse_or_none(value)
    if parsed is None or parsed.start is None or parsed.start.year == "XXXX":
        return value
    if kind == "end":
        return _end(value)
    if kind == "start":
        return _start(value)
    first, last = parsed.earliest(), parsed.latest()
    if first is None or last is None:
        return value
    if kind == "week-of":
        return (
            f"{first.isoformat()}/{first.fromordinal(min(first.toordinal() + 6, last.max.toordinal())).isoformat()}"
            if first == last
            else None
        )
    if kind.startswith("edge-day") and not parsed.is_interval:
        return (first if kind.endswith(":first") else last).isoformat()
    if kind.startswith("nth-week") and parsed.start.precision == "month":
        order = {"first": 1, "second": 8, "third": 15, "fourth": 22}.get(kind.partition(":")[2], last.day - 6)
        return f"{first:%Y-%m}-{order:02d}/{first:%Y-%m}-{order + 6:02d}"
    return value


def _end(value: str) -> str:
    """The last month of a year or season, the last day of a week, the last part of any interval; a month or day as it is."""
    tail = value.rpartition("/")[2]
    season = _SEASON.fullmatch(tail)
    if season is not None:
        code = int(season[2])
        return f"{int(season[1]) + (code == 24):04d}-{SEASON_ENDS[code]:02d}"
    if _YEAR.fullmatch(tail):
        return f"{tail}-12"
    return tail.replace("X", "9") if "X" in tail else tail


def _start(value: str) -> str:
    head = value.partition("/")[0]
    season = _SEASON.fullmatch(head)
    if season is not None:
        return f"{season[1]}-{SEASON_STARTS[int(season[2])]:02d}"
    if _YEAR.fullmatch(head):
        return f"{head}-01"
    return head.replace("X", "0") if "X" in head else head


class Frame(NamedTuple):
    """The preposition before an expression: where it starts, its role, and its words."""

    start: int
    role: DateRole
    word: str


_ON = r"(?:(?: (?:on|in|at|from|as of|around|as early as|of|the))?(?: or (?:before|about|around))?)"
_FRAMES: tuple[tuple[DateRole, str], ...] = (
    ("not-before", (r"(?:until|till|through|to) at least|at least (?:until|till|through)|not (?:before|until)|no(?:t)? (?:earlier|sooner) than(?: in| on)?|after|"
                   r"as late as")),
    ("due", (r"(?:by )?no(?:t)? later than|by(?: at)? the latest(?: by| in| on)?|on or before|by|before|ahead of|prior to|within|in time for|"
            r"(?:due|deadline is|deadline of|deadline:|deadline on|target date of|target date is)(?: by| on| in| for)?")),
    ("until", r"(?:up )?until|till|through|thru|up to|(?:ending|closing|concluding|expiring|expires|ends|closes)(?: on| in| at)?|to last until"),
    ("starts", (rf"(?:starting|beginning|commencing|opening|effective|with effect|taking effect|takes effect|begins|starts|starting as early){_ON}|"
               r"as (?:of|from)|(?:ever )?since|from|dating (?:back )?(?:to|from)")),
    ("during", r"(?:some ?time |early |late |later |earlier |only |as early as |again )?(?:on|in|at|during|throughout|over the course of|over|for|around|across|between)"),
)  # fmt: skip
_FRAME = re.compile(
    "(?i)(?<![\\w-])(?:"
    + "|".join(f"(?P<f{i}>{expression(p)})" for i, (_, p) in enumerate(_FRAMES))
    + ")"
    + expression(
        " (?:about |around |approximately |roughly |sometime |some time |perhaps |possibly |noon (?:on )?|midnight (?:on )?|the )?$"
    )
)


def frame_of(text: str, start: int) -> Frame | None:
    """The preposition of time directly before `start`, or None."""
    low = max(0, start - REACH)
    match = _FRAME.search(text[low:start])
    if match is None:
        return None
    index = next(i for i in range(len(_FRAMES)) if match.group(f"f{i}") is not None)
    return Frame(low + match.start(), _FRAMES[index][0], squeezed(match.group(f"f{index}")).replace(" ", "-"))


_OR_BEFORE = re.compile(expression(r"(?i)(?:,? (?:or (?:before|earlier|sooner)|at the latest))(?!\w)"))
_ONWARD = re.compile(expression(r"(?i)(?:,? (?:onwards?|on(?=[,.;])|or (?:later|after|beyond)|and (?:beyond|after|thereafter)))(?!\w)"))
_OWNING = re.compile(r"['\u2019]s?(?!\w)")


def tail_of(text: str, end: int) -> tuple[int, DateRole] | None:
    """Words after an expression that give its role ("2050 or before", "2026 onwards"), with the place where they end."""
    if match := _OR_BEFORE.match(text, end):
        return match.end(), "due"
    if match := _ONWARD.match(text, end):
        return match.end(), "not-before"
    return None


def owns(text: str, end: int) -> bool:
    """Whether the expression is a possessor ("before Friday's vote"): then the preposition is not about it."""
    return bool(_OWNING.match(text, end))


def framed(value: str, role: DateRole, word: str) -> str:
    """The value with its role: a due date is open at the start, a floor at the end; others stay as they are."""
    first, _, last = value.partition("/")
    last = last or first
    if role in {"due", "until"} and word not in {"due", "due-on", "due-in", "ending", "closing", "ends", "closes"}:
        return f"../{last}"
    if role == "not-before":
        return f"{last}/.."
    return value
