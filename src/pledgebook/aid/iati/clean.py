"""Activities without what hides their elements: comments, CDATA sections, instructions, carriage returns. Lines stay where they were."""

import re
from html import entities

_OPAQUE = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>|<\?.*?\?>", re.DOTALL)
_BARE = re.compile(rb"&(?!#\d+;|#[xX][0-9a-fA-F]+;|[A-Za-z_][\w.-]*;)")
_NAMED = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z_][\w.-]*);")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def cleaned(activity: bytes) -> bytes:
    """The same content in plain elements and text, line for line."""
    if b"\r" in activity:
        activity = activity.replace(b"\r\n", b"\n").replace(b"\r", b" ")
    if b"<!" in activity or b"<?" in activity:
        activity = _OPAQUE.sub(_plain, activity)
    return activity


def _plain(found: re.Match[bytes]) -> bytes:
    if found[1] is not None:
        return found[1].replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    return b"\n" * found[0].count(b"\n")


class Repair:
    """An activity that is not well-formed with its plainest faults mended; `faults` are the rules broken and the bytes where."""

    def __init__(self, activity: bytes) -> None:
        self.faults: list[tuple[str, int, str]] = []
        text = self._told("control-character", _CONTROL, activity, lambda _: b" ")
        text = self._told("bare-ampersand", _BARE, text, lambda _: b"&amp;")
        text = self._told("undefined-entity", _NAMED, text, _entity)
        try:
            text.decode()
        except UnicodeDecodeError as error:
            self.faults.append(("bad-bytes", text[: error.start].count(b"\n"), repr(text[error.start : error.end])))
            text = text.decode(errors="replace").encode()
        self.text = text

    def _told(self, rule: str, pattern: re.Pattern[bytes], text: bytes, new: "object") -> bytes:
        first = pattern.search(text)
        if first is None:
            return text
        self.faults.append((rule, text[: first.start()].count(b"\n"), first[0].decode(errors="replace")))
        return pattern.sub(new, text)  # type: ignore[call-overload, no-any-return]


def _entity(found: re.Match[bytes]) -> bytes:
    known = entities.html5.get(found[1].decode(errors="replace") + ";")
    return known.encode() if known else b"&amp;" + found[1] + b";"
