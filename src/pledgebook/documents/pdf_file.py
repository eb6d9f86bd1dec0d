"""PDF to text, by pypdfium2."""

import re
from typing import Any

import msgspec

from pledgebook.core.problem import Problem
from pledgebook.documents.written_dates import iso_day

_JUNK_TITLE = re.compile(r"(?i)^(?:microsoft word|untitled|document\d*|slide \d|.*\.(?:docx?|pdf|indd|pptx?|qxd))")


class Pdf(msgspec.Struct, frozen=True, kw_only=True):
    """The text of all pages (form feeds between them are left out), and what the file says of itself."""

    text: str
    title: str | None = None
    author: str | None = None
    made: str | None = None


def read_pdf(data: bytes, where: str) -> Pdf | Problem:
    """The text of a PDF, or a Problem for one that is damaged, locked, or has no text (a scan)."""
    import pypdfium2  # noqa: PLC0415 - few inputs are PDF

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return _unopened(where, str(error))
    try:
        text = "\n\n".join(filter(None, (_page_text(document, number) for number in range(len(document)))))
        facts = document.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        return _unopened(where, str(error))
    finally:
        document.close()
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


def _page_text(document: Any, number: int) -> str:  # noqa: ANN401 - pypdfium2 has no types
    page = document[number]
    words = page.get_textpage()
    try:
        text = str(words.get_text_range())
    finally:
        words.close()
        page.close()
    # PDFium ends lines with CR LF, and marks a hyphen at a line's end as U+FFFE or U+0002, which are no characters: a soft hyphen is one.
    return re.sub("[\ufffe\x02]", "\xad", text.replace("\r\n", "\n").replace("\x00", "")).strip()


def _made(stamp: str) -> str | None:
    """The day in a PDF date, "D:20240930..." (ISO 32000-1, 7.9.4)."""
    found = re.match(r"D:(\d{4})(\d{2})(\d{2})", stamp)
    return iso_day(*map(int, found.groups())) if found else None


def _unopened(where: str, message: str) -> Problem:
    if "password" in message.lower():
        return Problem(severity="error", rule="locked", where=where, what="The PDF is locked with a password.", todo="Save it without one.")
    what = "The PDF is damaged and cannot be opened."
    return Problem(severity="error", rule="damaged-pdf", where=where, what=what, todo="Fetch the file again.")
