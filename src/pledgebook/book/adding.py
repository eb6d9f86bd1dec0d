"""Documents taken into a book."""

from collections.abc import Sequence

import msgspec

from pledgebook.book.database import reading, writing
from pledgebook.book.index import Index
from pledgebook.book.log import append
from pledgebook.book.opening import Book
from pledgebook.book.particulars import already_there, book_id_of, document_entry, insert_document, insert_reading, rows_of, source_of
from pledgebook.book.versions import moved_quotes, versions_of
from pledgebook.core.document import Document
from pledgebook.core.problem import Problem
from pledgebook.core.reading import Reading


class Addition(msgspec.Struct, frozen=True, kw_only=True):
    """One document as it was received, and what was read in it. `origin` is "machine" or "tracker"."""

    received: bytes
    reading: Reading
    origin: str = "machine"


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What an adding came to: the ids of new documents by the SHA-256 of their bytes, how many were there already, and problems."""

    ids: dict[str, str]
    known: int
    problems: tuple[Problem, ...]


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A document that is in the book already; a warning if it says other things of itself here."""

    id: str
    problems: tuple[Problem, ...]


def known_as(book: Book, found: Document) -> Known | None:
    """What the book knows of a document with these received bytes; None if it is new."""
    with reading(book.engine) as connection:
        row = rows_of(connection, [found.sha256]).get(found.sha256)
    if row is None:
        return None
    problem = already_there(row, found)
    return Known(id=row.id, problems=(problem,) if problem else ())


def add(book: Book, additions: Sequence[Addition], *, extractor: str, author: str, recorded: str) -> Added:
    """Take documents in, all or none of them; bytes that are in the book already, or come a second time, are not taken in again."""
    by_hash: dict[str, Addition] = {}
    for one in additions:
        by_hash.setdefault(one.reading.document.sha256, one)
    texts = {sha256: _keep(book, one) for sha256, one in by_hash.items()}
    problems_of_versions: list[Problem] = []
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
        for source in sorted({source_of(one.reading.document) for one in new}):
            problems_of_versions += moved_quotes(book, connection, versions_of(connection, source))
        rows = rows_of(connection, by_hash)
        told = [one.reading.document for one in additions]
        problems = [problem for one in told if (problem := already_there(rows[one.sha256], one))]
    return Added(
        ids={sha256: book_id_of(sha256) for sha256 in by_hash if sha256 not in there},
        known=len(additions) - len(new),
        problems=(*problems, *problems_of_versions),
    )


def _keep(book: Book, one: Addition) -> str:
    """Keep the bytes received and the frozen text before the log tells of them; the hash of the text."""
    book.blobs.put(one.received)
    return book.blobs.put(one.reading.document.text.encode("utf-8"))
