"""Which format bytes are in: what they are goes before what their name says."""

import re
from typing import Literal

Format = Literal["text", "markdown", "html", "pdf", "json", "archive", "binary"]

_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|section|div|title|meta|p|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_NAMES = frozenset({".html", ".htm", ".xhtml", "text/html", "application/xhtml+xml"})
_MARKDOWN_NAMES = frozenset({".md", ".markdown", "text/markdown"})
#: First bytes of what is no text: office files and other archives, images, programs, sound.
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"{\\rtf")
_BINARIES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ\x90", b"RIFF", b"ID3", b"OggS", b"PAR1", b"SQLite format 3", b"\x00asm")


def format_of_bytes(data: bytes) -> Format | None:
    """The format that the first bytes prove, or None if they have to be decoded first."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_ARCHIVES):
        return "archive"
    return "binary" if data.startswith(_BINARIES) else None


def format_of_text(text: str, media: str) -> Format:
    """The format of a decoded text; `media` (a content type or suffix) decides only where the text does not."""
    kind = media.partition(";")[0].strip().lower()
    if _HTML_START.match(text[:4096]):
        return "html"
    if text[:64].lstrip().startswith(("{", "[")) and kind not in _MARKDOWN_NAMES and _looks_like_json(text):
        return "json"
    if kind in _HTML_NAMES and re.search(r"</?[a-zA-Z][^<>]*>", text):
        return "html"
    return "markdown" if kind in _MARKDOWN_NAMES else "text"


def _looks_like_json(text: str) -> bool:
    return re.match(r'\s*(?:\[\s*)?\{\s*"[^"\n]{1,60}"\s*:', text[:256]) is not None
