"""The bytes of an XML file as UTF-8, whatever encoding they declare."""

import codecs
import re
from collections.abc import Iterator

from pledgebook.core.problem import Problem

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][\w.:-]*)["']""")
_DOCTYPE = re.compile(rb"<!DOCTYPE\b")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
#: How many bytes are looked at for the declaration.
_HEAD = 4096


def as_utf8(blocks: Iterator[bytes], source: str, problems: list[Problem]) -> Iterator[bytes]:
    """The same text in UTF-8; what is odd about its beginning is added to `problems`. A document type is told and never followed."""
    head = b""
    for block in blocks:
        head += block
        if len(head) >= _HEAD:
            break
    encoding, skip = _encoding(head)
    if (doctype := _DOCTYPE.search(head)) is not None:
        problems.append(Problem(severity="warning", rule="document-type", where=source, line=head.count(b"\n", 0, doctype.start()) + 1,
                                what="The file declares a document type.", todo="It is not followed: no entity of it is expanded."))  # fmt: skip
    if head[skip:].lstrip().startswith(b"<?xml") and not head[skip:].startswith(b"<?xml"):
        problems.append(Problem(severity="warning", rule="late-declaration", where=source, line=1,
                                what="Something stands before the XML declaration.", todo="It is passed over; begin with <?xml."))  # fmt: skip
    try:
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    except LookupError:
        problems.append(Problem(severity="error", rule="unknown-encoding", where=source, line=1, what=f"The encoding {encoding} is not known.",
                                todo="It is read as UTF-8; save the file in it."))  # fmt: skip
        encoding = "utf-8"
    if codecs.lookup(encoding).name == "utf-8":
        yield head[skip:]
        yield from blocks
        return
    yield decoder.decode(head[skip:]).encode()
    for block in blocks:
        yield decoder.decode(block).encode()
    yield decoder.decode(b"", final=True).encode()


def _encoding(head: bytes) -> tuple[str, int]:
    """The encoding and how many bytes of byte order mark come first."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name, len(mark)
    for name, mark in (("utf-16-le", b"<\0"), ("utf-16-be", b"\0<")):
        if head.startswith(mark):
            return name, 0
    declared = _DECLARED.match(head)
    return (declared[1].decode() if declared else "utf-8"), 0
