"""A file of aid data, whatever it is: IATI XML or FTS flows, told by its first bytes and never by its name."""

from collections.abc import Container, Iterator
from itertools import chain

from pledgebook.aid.fts.read import is_fts, read_fts
from pledgebook.aid.iati.cut import header_of
from pledgebook.aid.iati.read import read_iati
from pledgebook.aid.rows import Rows

#: How many bytes tell what a file is.
_HEAD = 1 << 16


def generated_by(head: bytes) -> str | None:
    """When a file was generated, as its root element says (ISO 8601); None if it does not. `head` is how it begins."""
    return None if is_fts(head) else header_of(head).generated


def read_aid(blocks: Iterator[bytes], source: str, *, skip: Container[str] = (), workers: int = 1) -> Iterator[Rows]:
    """The rows of an uncompressed file, a stretch at a time; activities whose hash is in `skip` are passed over.

    `workers` processes share a large file of IATI activities; the rows do not depend on their number.
    """
    held: list[bytes] = []
    for block in blocks:
        held.append(block)
        if sum(map(len, held)) >= _HEAD:
            break
    head = b"".join(held)
    if is_fts(head):
        yield from read_fts(b"".join(chain([head], blocks)), source)
    else:
        yield from read_iati(chain([head], blocks), source, skip=skip, workers=workers)
