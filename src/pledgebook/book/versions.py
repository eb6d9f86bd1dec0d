"""Versions of one source: what was said in an older one, looked for in a newer one."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from pledgebook.book.opening import Book
from pledgebook.book.particulars import text_of
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import document, mention
from pledgebook.core.problem import Problem
from pledgebook.core.promise import Mention


def versions_of(connection: Connection, source: str) -> list[Row[Any]]:
    """The documents that are versions of a source, oldest first: by publication, then by hash."""
    rows = connection.execute(select(document).where(document.c.source == source)).all()
    return sorted(rows, key=lambda row: (row.published or "", row.sha256))


def moved_quotes(book: Book, connection: Connection, versions: Sequence[Row[Any]]) -> Iterator[Problem]:
    """For each quote of an older version that stands elsewhere in the next, a note; for each that no longer stands there, a warning."""
    for older, newer in pairwise(versions):
        text = text_of(newer, book.blobs)
        for row in in_batches(connection, select(mention.c.body), mention.c.document, [older.id]):
            yield from _look_for(msgspec.json.decode(row.body, type=Mention), older, newer, text)


def _look_for(one: Mention, older: Row[Any], newer: Row[Any], text: str) -> Iterator[Problem]:
    said = one.commitment
    if text[said.start : said.end] == said.quote:
        return
    at = text.find(said.quote)
    if at >= 0:
        what = f"The quote of {said.id} has moved from {said.start} to {at} in the newer version {newer.id}."
        yield Problem(
            severity="note", rule="moved-quote", where=older.id, offset=said.start, what=what, todo="Nothing: both versions are kept."
        )
    else:
        what = f"The quote of {said.id} no longer stands in the newer version {newer.id}: “{said.quote[:120]}”."
        todo = "Look at both versions: a promise that was taken out of a text may have been withdrawn. The older version is kept."
        yield Problem(severity="warning", rule="vanished-quote", where=older.id, offset=said.start, what=what, todo=todo)
