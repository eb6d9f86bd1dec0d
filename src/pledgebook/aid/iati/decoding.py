"""The bytes of an XML file as UTF-8, whatever encoding they declare."""

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from pledgebook.aid.iati import rules
from pledgebook.core.problem import Problem

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][\w.:-]*)["']""")
_DOCTYPE = re.compile(rb"<!DOCTYPE\b")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
#: Python's encodings of text that no file is in: ways to write names of hosts and strings of programs.
_SPELLINGS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-7"})
#: How many bytes are looked at for the declaration.
_HEAD = 4096


def as_utf8(blocks: Iterable[bytes], source: str, problems: list[Problem]) -> Iterator[bytes]:
    """The same text in UTF-8; what is odd about its beginning is added to `problems`. A document type is told and never followed."""
    head, rest = b"", iter(blocks)
    for block in rest:
        head += block
        if len(head) >= _HEAD:
            break
    encoding, skip = _encoding(head)
    problems += _oddities(head[skip:], source)
    if not _is_charset(encoding):
        problems.append(rules.UNKNOWN_ENCODING.problem(source, 1, said=encoding))
        encoding = "utf-8"
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    if codecs.lookup(encoding).name == "utf-8":
        yield from chain([head[skip:]], rest)
        return
    for block in chain([head[skip:]], rest):
        yield decoder.decode(block).encode()
    yield decoder.decode(b"", final=True).encode()


def _is_charset(encoding: str) -> bool:
    """Whether an encoding turns bytes into text. Others of Python's unpack, decipher or refuse: what a file declares may mean ill."""
    try:
        found = codecs.lookup(encoding)
        "<?xml?>".encode(encoding)  # LookupError for those that are none of text
    except (LookupError, UnicodeError):
        return False
    return found.name not in _SPELLINGS


def _oddities(head: bytes, source: str) -> Iterator[Problem]:
    if (doctype := _DOCTYPE.search(head)) is not None:
        yield rules.DOCUMENT_TYPE.problem(source, head.count(b"\n", 0, doctype.start()) + 1)
    if head.lstrip().startswith(b"<?xml") and not head.startswith(b"<?xml"):
        yield rules.LATE_DECLARATION.problem(source, 1)


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
