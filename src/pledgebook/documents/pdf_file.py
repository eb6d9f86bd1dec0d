"""PDF to text, by pypdfium2 in a process of its own."""

import re

import msgspec

from pledgebook.core.problem import Problem
from pledgebook.documents.written_dates import iso_day
from pledgebook.reference.apart import BeyondError, Bounds, read_apart

BOUNDS = Bounds(memory=2 << 30, processor=60, clock=180)
#: The longest text, in code points.
LONGEST = 64 * 1_000_000
_CHILD = "pledgebook.documents.pdf_child"

_JUNK_TITLE = re.compile(r"(?i)^(?:microsoft word|untitled|document\d*|slide \d|.*\.(?:docx?|pdf|indd|pptx?|qxd))")


class Pdf(msgspec.Struct, frozen=True, kw_only=True):
    """The text of all pages (form feeds between them are left out), and what the file says of itself."""

    text: str
    title: str | None = None
    author: str | None = None
    made: str | None = None


def read_pdf(data: bytes, where: str) -> Pdf | Problem:
    """The text of a PDF, or a Problem for one that is damaged, locked, beyond bounds, or has no text (a scan)."""
    try:
        told = read_apart(_CHILD, data, BOUNDS)
    except BeyondError:
        return _beyond(where)
    if "error" in told:
        return _unopened(where, told["error"])
    text, facts = told["text"], told["facts"]
    if len(text) > LONGEST:
        return _beyond(where)
    if len(re.findall(r"\w", text)) < 10:
        todo = "Run text recognition (OCR) over it, for example with ocrmypdf."
        return Problem(severity="error", rule="no-text", where=where, what="The PDF holds no text, only pictures of pages.", todo=todo)
    title = facts.get("Title", "").strip()
    return Pdf(
        text=text,
        title=title if title and not _JUNK_TITLE.match(title) else None,
        author=facts.get("Author", "").strip() or None,
        made=_made(facts.get("CreationDate", "")),
    )


def _made(stamp: str) -> str | None:
    """The day in a PDF date, "D:20240930..." (ISO 32000-1, 7.9.4)."""
    found = re.match(r"D:(\d{4})(\d{2})(\d{2})", stamp)
    return iso_day(*map(int, found.groups())) if found else None


def _beyond(where: str) -> Problem:
    what = f"Reading the PDF took more than {BOUNDS.memory >> 30} GB of memory or {BOUNDS.processor} seconds, or it has more than {LONGEST:,} characters."
    return Problem(severity="error", rule="pdf-too-large", where=where, what=what, todo="Split it, or save its text and give that.")


def _unopened(where: str, message: str) -> Problem:
    if "password" in message.lower():
        return Problem(severity="error", rule="locked", where=where, what="The PDF is locked with a password.", todo="Save it without one.")
    what = "The PDF is damaged and cannot be opened."
    return Problem(severity="error", rule="damaged-pdf", where=where, what=what, todo="Fetch the file again.")
