"""What is known of something in a book that is no promise: a document, a progress claim, what was rejected or is no longer read."""

from collections.abc import Iterable, Iterator

import msgspec
from sqlalchemy import Connection, select

from pledgebook.book.decided import decisions_about
from pledgebook.book.errors import BookError
from pledgebook.book.finding import Found
from pledgebook.book.mentions import told_claims
from pledgebook.book.opening import Book
from pledgebook.book.particulars import text_of
from pledgebook.book.promises import mentions_in
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import claim, commitment, decision, document
from pledgebook.book.versions import moved_quotes, versions_of
from pledgebook.core.commitment import Commitment
from pledgebook.core.decision import Decision
from pledgebook.linking.bearing import Told
from pledgebook.views.rows import one_line, what, who

_CLAIMS = select(claim.c.id)
_DOCUMENTS = select(document)


def thing_details(book: Book, connection: Connection, thing: Found) -> Iterator[str]:
    """The lines of `show` for what is no promise."""
    if thing.what == "document":
        yield from _document(book, connection, thing.id)
    elif thing.what == "claim":
        yield from _claim(connection, thing.id)
    else:
        yield from _former(book, connection, thing)
    yield from (_decision(one) for one in decisions_about(connection, [thing.id]).get(thing.id, ()))


def _document(book: Book, connection: Connection, one: str) -> Iterator[str]:
    row = connection.execute(select(document).where(document.c.id == one)).one()
    yield f"document {row.id}: {one_line(row.title or row.url or '')}"
    for name in ("outlet", "url", "author", "published", "published_rule", "language", "length", "sha256"):
        if getattr(row, name) is not None:
            yield f"  {name}: {one_line(str(getattr(row, name)))}"
    versions = versions_of(connection, row.source)
    if len(versions) > 1:
        yield f"  versions: {', '.join(version.id for version in versions)} (this is number {[v.id for v in versions].index(row.id) + 1})"
        yield from (f"  {one_line(str(problem))}" for problem in moved_quotes(book, connection, versions))
    for promise, read in mentions_in(connection, one):
        yield f"  {read.commitment.id}  {who(read.commitment)}: {what(read.commitment)} ({promise}; {read.review})"
    for told in claims_of(connection, one, row.sha256):
        yield f"  {told.claim.id}  claim, {told.claim.effect}: {one_line(told.claim.action)}"


def claims_of(connection: Connection, document_id: str, sha256: str) -> list[Told]:
    """The progress claims of a document that count, those that people added among them, in text order."""
    ids = {row.id for row in in_batches(connection, _CLAIMS, claim.c.document, [document_id])}
    added = select(decision.c.about).where(decision.c.kind == "add", decision.c.of == "claim", decision.c.sha256 == sha256)
    ids |= set(connection.execute(added).scalars())
    return sorted((told for told in told_claims(connection, ids).values() if told), key=lambda told: (told.claim.start, told.claim.id))


def _claim(connection: Connection, one: str) -> Iterator[str]:
    told = told_claims(connection, [one])[one]
    if told is None:
        return
    found = told.claim
    yield f"progress claim {one}: {found.effect} - “{one_line(found.quote)}”"
    yield f"  by {', '.join(found.actors) or 'an actor not told'}; says {found.speaker or told.outlet or 'not told'}; {found.authority}; happened {found.happened or 'not told'}"
    yield f"  document {told.document}, characters {found.start} to {found.end}, known {told.known or 'undated'}"
    yield from (f"  {one_line(reason)}" for reason in found.because)


def _former(book: Book, connection: Connection, thing: Found) -> Iterable[str]:
    yield f"{thing.id}: {thing.what}"
    row = connection.execute(select(commitment.c.body).where(commitment.c.id == thing.id)).first()
    if row is not None:
        found = msgspec.json.decode(row.body, type=Commitment)
        yield f"  {who(found)}: {what(found)} - “{one_line(found.quote)}”"
    if thing.anchor is not None:
        anchor = thing.anchor
        rows = list(in_batches(connection, _DOCUMENTS, document.c.sha256, [anchor.sha256]))
        try:
            words = text_of(rows[0], book.blobs)[anchor.start : anchor.end] if rows else ""
        except BookError:
            words = ""
        yield f"  it was a {anchor.of} at characters {anchor.start} to {anchor.end} of the document with SHA-256 {anchor.sha256}: “{one_line(words)}”"


def _decision(one: Decision) -> str:
    told = " ".join(part for part in (one.kind, one.field, one.value) if part)
    return one_line(f"  decision: {told}, by {one.author}, {one.time}" + (f" ({one.comment})" if one.comment else ""))
