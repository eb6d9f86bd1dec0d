"""Documents of a book: their rows, their log entries, and what they were read to say."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, or_, select

from pledgebook.book.anchors import ranges_of
from pledgebook.book.blobs import Blobs
from pledgebook.book.errors import BookError
from pledgebook.book.log import Entry, NewEntry
from pledgebook.book.sql import in_batches, insert_all
from pledgebook.book.tables import claim, commitment, document, known_id
from pledgebook.core.document import Document
from pledgebook.core.identity import content_id
from pledgebook.core.problem import Problem
from pledgebook.core.reading import Reading

#: What tells one document from another beside its bytes.
PARTICULARS = ("own_id", "title", "outlet", "url", "author", "published", "published_rule", "language")
DOCUMENT_ID = re.compile(r"[0-9a-f]{16}")


def book_id_of(sha256: str) -> str:
    """The id of the document with these received bytes."""
    return content_id("document", sha256)


def source_of(found: Document) -> str:
    """The key of the source of which the document is a version: its address, else outlet and own id, else itself."""
    told = told_by(found)
    if told["url"]:
        return f"url {re.sub(r'^https?://(?:www[.])?|/?(?:#.*)?$', '', told['url'])}"
    return f"id {told['outlet'] or ''} {told['own_id']}" if told["own_id"] else f"sha256 {found.sha256}"


def told_by(found: Document) -> dict[str, str | None]:
    """The particulars that a document tells of itself; without zero bytes, which PostgreSQL's texts cannot hold."""
    own_id = found.id if found.id and found.id != book_id_of(found.sha256) else None
    told = {name: own_id if name == "own_id" else getattr(found, name) for name in PARTICULARS}
    return {name: value.replace("\0", "") if value else value for name, value in told.items()}


def document_body(found: Document, text_sha256: str) -> dict[str, object]:
    """What the log keeps of a document: all but its text, which is a source of its own."""
    return {"sha256": found.sha256, "text_sha256": text_sha256, **told_by(found)}


def document_entry(reading: Reading, text_sha256: str, *, origin: str, extractor: str, author: str, recorded: str) -> NewEntry:
    """The log entry of a document: its particulars and the ids of all that was read in it, so that they resolve for ever.

    What a tracker's row says is kept whole, since no extractor can read it again.
    """
    body: dict[str, object] = {
        "document": document_body(reading.document, text_sha256),
        "origin": origin,
        "extractor": extractor,
        "read": _read_ids(reading),
        "problems": [msgspec.to_builtins(problem) for problem in reading.problems],
    }
    if origin == "tracker":
        body["commitments"] = [msgspec.json.encode(one).decode() for one in reading.commitments]
    return NewEntry(kind="document", author=author, recorded=recorded, body=body)


def reading_entry(reading: Reading, *, extractor: str, author: str, recorded: str) -> NewEntry:
    """The log entry of a document that another extractor has read again."""
    body: dict[str, object] = {"sha256": reading.document.sha256, "extractor": extractor, "read": _read_ids(reading)}
    return NewEntry(kind="reading", author=author, recorded=recorded, body=body)


def _read_ids(reading: Reading) -> list[list[object]]:
    return [
        [kind, one.id, one.start, one.end, found.action_start, found.action_end]
        for kind, read in (("commitment", reading.commitments), ("claim", reading.claims))
        for one in read
        for found in (ranges_of(one),)
    ]


def insert_document(connection: Connection, entry: Entry) -> None:
    """Write the row of the document that an entry brought, and the ids read in it then."""
    content: Any = entry.content()
    body = content["document"]
    found = Document(id=body["own_id"] or "", text="", sha256=body["sha256"], url=body["url"], outlet=body["outlet"])
    row = {
        "id": book_id_of(body["sha256"]),
        "seq": entry.seq,
        "source": source_of(found),
        "length": 0,
        "problems": msgspec.json.encode(content["problems"]).decode(),
        **body,
    }
    insert_all(connection, document, [row])
    note_ids(connection, body["sha256"], content["read"])


def note_ids(connection: Connection, sha256: str, read: Sequence[Sequence[Any]]) -> None:
    """Keep ids with their anchors, those that are kept already left as they are."""
    names = ("of", "id", "start", "end", "action_start", "action_end")
    rows = {one[1]: dict(zip(names, one, strict=True)) for one in read}
    there = {row.id for row in in_batches(connection, select(known_id.c.id), known_id.c.id, rows)}
    insert_all(connection, known_id, [{**row, "sha256": sha256} for one, row in rows.items() if one not in there])


def insert_reading(connection: Connection, reading: Reading, origin: str) -> None:
    """Write what was read in a document, whose row is there."""
    owner = book_id_of(reading.document.sha256)
    connection.execute(document.update().where(document.c.id == owner).values(length=len(reading.document.text)))
    commitments = {one.id: one for one in reading.commitments}
    rows = [{"id": one.id, "document": owner, "origin": origin, "body": msgspec.json.encode(one).decode()} for one in commitments.values()]
    insert_all(connection, commitment, rows)
    claims = {one.id: one for one in reading.claims}
    insert_all(connection, claim, [{"id": one.id, "document": owner, "body": msgspec.json.encode(one).decode()} for one in claims.values()])


def document_of(row: Row[Any], text: str) -> Document:
    """The document of a row, under the book's id."""
    return Document(
        id=row.id,
        text=text,
        sha256=row.sha256,
        title=row.title,
        outlet=row.outlet,
        url=row.url,
        author=row.author,
        published=row.published,
        published_rule=row.published_rule,
        language=row.language,
    )


def text_of(row: Row[Any], blobs: Blobs) -> str:
    """The frozen text of a document. Raises BookError if it is missing or changed."""
    return blobs.get(row.text_sha256).decode("utf-8")


def documents_of(connection: Connection, blobs: Blobs, ids: Iterable[str]) -> tuple[Document, ...]:
    """Documents by their ids, in order of these; one whose text is missing or changed has none."""
    rows = in_batches(connection, select(document), document.c.id, ids)
    found = []
    for row in rows:
        try:
            text = text_of(row, blobs)
        except BookError:
            text = ""
        found.append(document_of(row, text))
    return tuple(sorted(found, key=lambda one: one.id))


def differences(row: Row[Any], found: Document) -> list[str]:
    """What an added document says of itself that the book's document with the same bytes does not: "outlet: 'A' here, 'B' in the book"."""
    told = told_by(found)
    skipped = {"published_rule", "language"}
    return [
        f"{name}: {told[name]!r} here, {getattr(row, name)!r} in the book"
        for name in PARTICULARS
        if name not in skipped and told[name] != getattr(row, name)
    ]


def rows_of(connection: Connection, sha256s: Iterable[str]) -> dict[str, Row[Any]]:
    """The rows of the documents with these received bytes."""
    return {row.sha256: row for row in in_batches(connection, select(document), document.c.sha256, sha256s)}


def already_there(row: Row[Any], found: Document) -> Problem | None:
    """The warning for bytes that are in the book with other particulars; None if all is the same."""
    other = differences(row, found)
    if not other:
        return None
    what = f"The same bytes are in the book with other particulars ({'; '.join(other)}), which stay."
    return Problem(
        severity="warning",
        rule="other-particulars",
        where=found.title or found.id,
        what=what,
        todo="Nothing was changed. Check which is right.",
    )


def row_named(connection: Connection, name: str) -> Row[Any] | None:
    """The row of the document with that id or SHA-256."""
    return connection.execute(select(document).where(or_(document.c.id == name, document.c.sha256 == name))).first()
