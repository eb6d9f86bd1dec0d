"""Bytes to text, once. What was guessed or lost on the way is said."""

import codecs
import re
from typing import NamedTuple

from pledgebook.core.problem import Problem

#: Longest first: the mark of UTF-32 (little) begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
#: Python's codecs that are charsets of the web; the others (rot13, punycode, unicode_escape) are ciphers and spellings.
_CHARSETS = re.compile(r"(?:iso8859|cp\d|koi8|utf-8|utf-16|utf-32|gb|big5|euc|shift_jis|mac|iso2022|ascii|tis-620|johab|hz|kz1048|ptcp154)")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
#: More control characters than this share, and it is no text.
_TOO_MANY_CONTROLS = 0.02


class Decoded(NamedTuple):
    """A text (None if the bytes can be none) with the problems of decoding it."""

    text: str | None
    problems: tuple[Problem, ...]


def decode(data: bytes, where: str, *, declared: str | None = None) -> Decoded:
    """The text of `data`: by its byte order mark, as UTF-8, as `declared` says, as UTF-16 without mark, else as Windows-1252."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _checked(*_decode_as(data[len(mark) :], name, where), where)
    if unmarked := _utf_16_without_mark(data):
        return _checked(*_decode_as(data, unmarked, where), where)
    try:
        return _checked(data.decode("utf-8"), (), where)
    except UnicodeDecodeError as error:
        return _checked(*_decode_other(data, error.start, declared, where), where)


def declared_charset(data: bytes, media: str) -> str | None:
    """The charset that the content type or the head of an HTML or XML text declares, if Python knows it."""
    found = _CHARSET.search(media.encode("ascii", "ignore")) or _CHARSET.search(data[:4096])
    if found is None:
        return None
    try:
        info = codecs.lookup(found[1].decode("ascii"))
    except (LookupError, ValueError):
        return None
    if not _CHARSETS.match(info.name):
        return None
    # As browsers do: who declares Latin-1 sends Windows-1252.
    return "cp1252" if info.name in {"iso8859-1", "ascii"} else info.name


def _decode_as(data: bytes, name: str, where: str) -> tuple[str, tuple[Problem, ...]]:
    try:
        return data.decode(name), ()
    except UnicodeDecodeError as error:
        return data.decode(name, "replace"), (_damaged(where, name, error.start),)


def _decode_other(data: bytes, offset: int, declared: str | None, where: str) -> tuple[str, tuple[Problem, ...]]:
    """Bytes that are not UTF-8 throughout."""
    if declared and declared != "utf-8":
        return _decode_as(data, declared, where)
    if _is_mostly_utf_8(data):
        return data.decode("utf-8", "replace"), (_damaged(where, "utf-8", offset),)
    note = Problem(
        severity="note",
        rule="guessed-encoding",
        where=where,
        offset=offset,
        what=f"The bytes are not UTF-8 (byte {offset}); they were read as Windows-1252.",
        todo="Save the text as UTF-8 if letters look wrong.",
    )
    return data.decode("cp1252", _AS_CONTROLS), (note,)


def _as_controls(error: UnicodeError) -> tuple[str, int]:
    """Windows-1252 leaves five bytes undefined; browsers read them as the control characters of the same number."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


_AS_CONTROLS = "pledgebook.as-controls"
codecs.register_error(_AS_CONTROLS, _as_controls)


def _is_mostly_utf_8(data: bytes) -> bool:
    """Whether more letters beyond ASCII are whole UTF-8 sequences than broken ones: a damaged UTF-8 text, not another encoding."""
    lost = (text := data.decode("utf-8", "replace")).count("\ufffd")
    whole = sum(1 for character in text if character > "\x7f") - lost
    return whole > lost


def _utf_16_without_mark(data: bytes) -> str | None:
    """UTF-16 of mostly Latin text has a zero byte in every second place."""
    head = data[:4096]
    if len(head) < 4:
        return None
    even, odd = head[::2].count(0) / len(head[::2]), head[1::2].count(0) / len(head[1::2])
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.05 else None


def _checked(text: str, problems: tuple[Problem, ...], where: str) -> Decoded:
    lost = len(_CONTROL.findall(text)) + text.count("\ufffd")
    if lost > 8 and lost > _TOO_MANY_CONTROLS * len(text):
        return Decoded(None, (not_text(where),))
    return Decoded(text, problems)


def not_text(where: str) -> Problem:
    """The error for bytes of an unknown format."""
    what = "The bytes are no text in any encoding that is known here."
    return Problem(severity="error", rule="not-text", where=where, what=what, todo="Convert it to text, HTML or PDF.")


def _damaged(where: str, name: str, offset: int) -> Problem:
    what = f"Some bytes are not {name.upper()} (the first is byte {offset}); U+FFFD stands for them."
    todo = "Fetch the text again if it matters."
    return Problem(severity="warning", rule="damaged-text", where=where, offset=offset, what=what, todo=todo)
