"""Documents taken into a book."""

from collections.abc import Iterable, Sequence

import msgspec

from pledgebook.book.database import reading, writing
from pledgebook.book.index import Index
from pledgebook.book.log import append
from pledgebook.book.opening import Book
from pledgebook.book.particulars import already_there, document_entry, insert_document, insert_reading, rows_of
from pledgebook.core.problem import Problem
from pledgebook.core.reading import Reading


class Addition(msgspec.Struct, frozen=True, kw_only=True):
    """One document as it was received, and what was read in it. `origin` is "machine" or "tracker"."""

    received: bytes
    reading: Reading
    origin: str = "machine"


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What an adding came to: the ids of documents that are new, how many were there already, and problems."""

    documents: tuple[str, ...]
    known: int
    problems: tuple[Problem, ...]


def known_documents(book: Book, sha256s: Iterable[str]) -> set[str]:
    """Which of these hashes of received bytes are documents of the book."""
    with reading(book.engine) as connection:
        return set(rows_of(connection, sha256s))


def add(book: Book, additions: Sequence[Addition], *, extractor: str, author: str, recorded: str) -> Added:
    """Take documents in, all or none of them; bytes that are in the book already are not taken in again."""
    texts = {one.reading.document.sha256: _keep(book, one) for one in additions}
    by_hash = {one.reading.document.sha256: one for one in additions}
    with writing(book.engine) as connection:
        there = rows_of(connection, by_hash)
        new = [one for sha256, one in by_hash.items() if sha256 not in there]
        made = append(
            connection,
            [
                document_entry(
                    one.reading,
                    texts[one.reading.document.sha256],
                    origin=one.origin,
                    extractor=extractor,
                    author=author,
                    recorded=recorded,
                )
                for one in new
            ],
        )
        for entry, one in zip(made, new, strict=True):
            insert_document(connection, entry)
            insert_reading(connection, one.reading, one.origin)
        commitments = [read.id for one in new for read in one.reading.commitments]
        Index(connection).refresh(commitments, [read.id for one in new for read in one.reading.claims])
        problems = [problem for sha256, row in there.items() if (problem := already_there(row, by_hash[sha256].reading.document))]
    return Added(documents=tuple(one.reading.document.sha256 for one in new), known=len(there), problems=tuple(problems))


def _keep(book: Book, one: Addition) -> str:
    """Keep the bytes received and the frozen text before the log tells of them; the hash of the text."""
    book.blobs.put(one.received)
    return book.blobs.put(one.reading.document.text.encode("utf-8"))
