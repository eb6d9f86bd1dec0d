"""Activities without what hides their elements: comments, CDATA sections, instructions, carriage returns. Lines stay where they were."""

import re
from collections.abc import Callable
from html import entities

import msgspec

from pledgebook.aid.iati import rules
from pledgebook.aid.iati.rules import Rule

#: What holds tags and entities that are none: comments, CDATA sections (their text is the group), instructions.
OPAQUE = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>|<\?.*?\?>", re.DOTALL)
_BARE = re.compile(rb"&(?!#\d+;|#[xX][0-9a-fA-F]+;|[A-Za-z_][\w.-]*;)")
_NAMED = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z_][\w.-]*);")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Fault(msgspec.Struct, frozen=True):
    """Something wrong in an activity: the rule, the line from the activity's first (0), and what was found."""

    rule: Rule
    line: int
    said: str


def may_hide(data: bytes) -> bool:
    """Whether "<!" or "<?" is in it. Their second bytes are rare, and one byte is found many times faster than two."""
    for mark in b"!?":
        place = data.find(mark)
        while place >= 0:
            if data[place - 1 : place] == b"<":
                return True
            place = data.find(mark, place + 1)
    return False


def cleaned(activity: bytes) -> bytes:
    """The same content in plain elements and text, line for line."""
    if b"\r" in activity:
        activity = activity.replace(b"\r\n", b"\n").replace(b"\r", b" ")
    if may_hide(activity):
        activity = OPAQUE.sub(_plain, activity)
    return activity


def _plain(found: re.Match[bytes]) -> bytes:
    if found[1] is not None:
        return found[1].replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    return b"\n" * found[0].count(b"\n")


def mended(activity: bytes) -> tuple[bytes, list[Fault]]:
    """The activity with the plainest faults of its bytes mended, and these faults, the first of each kind."""
    faults: list[Fault] = []
    text = activity
    for rule, pattern, better in _REPAIRS:
        if first := pattern.search(text):
            faults.append(Fault(rule, _line(text, first.start()), first[0].decode(errors="replace")))
            text = pattern.sub(better, text)
    try:
        text.decode()
    except UnicodeDecodeError as error:
        faults.append(Fault(rules.BAD_BYTES, _line(text, error.start), repr(text[error.start : error.end])))
        text = text.decode(errors="replace").encode()
    return text, faults


def _line(text: bytes, place: int) -> int:
    return text.count(b"\n", 0, place)


def _entity(found: re.Match[bytes]) -> bytes:
    """The character that HTML has for the name, else the words of the entity."""
    known = entities.html5.get(found[1].decode(errors="replace") + ";")
    return known.encode() if known else b"&amp;" + found[1] + b";"


_REPAIRS: tuple[tuple[Rule, re.Pattern[bytes], bytes | Callable[[re.Match[bytes]], bytes]], ...] = (
    (rules.CONTROL_CHARACTER, _CONTROL, b" "),
    (rules.BARE_AMPERSAND, _BARE, b"&amp;"),
    (rules.UNDEFINED_ENTITY, _NAMED, _entity),
)
