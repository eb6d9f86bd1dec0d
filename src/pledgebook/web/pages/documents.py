"""Documents: the frozen text with what was read in it, where the outlet's terms allow; else the quotes with a little around them."""

import difflib
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, select
from starlette.requests import Request

from pledgebook.book.particulars import row_named
from pledgebook.book.registries import registry_of
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import document, mention
from pledgebook.book.versions import moved_quotes, versions_of
from pledgebook.core.problem import Problem
from pledgebook.core.promise import Mention
from pledgebook.linking.bearing import Told
from pledgebook.views.rows import one_line, what, who
from pledgebook.views.things import claims_of
from pledgebook.web.answers import Answer, NoPageError, html, page
from pledgebook.web.marking import Mark, pieces
from pledgebook.web.pages.asking import query_of
from pledgebook.web.site import Site
from pledgebook.web.texts import Around, Texts, whole_text_allowed

#: Documents on a page of the list; characters up to which two versions are compared word by word, and a whole text is shown.
ON_A_PAGE, COMPARED, SHOWN = 50, 60_000, 80_000


class ReadThere(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was read in a document, with the words around it."""

    anchor: str
    what: str
    quote: str
    around: Around
    promise: str | None
    title: str
    note: str


def document_page(request: Request, site: Site) -> Answer:
    """One document."""
    with site.reading() as connection:
        row = _row(connection, request.path_params["id"])
        allowed = whole_text_allowed(row.outlet, row.url, registry_of(connection)) and row.length <= SHOWN
        texts = Texts(connection, site.book.blobs)
        mentions, claims = _mentions(connection, row.id), claims_of(connection, row.id, row.sha256)
        read = [*_commitments(texts, row.id, mentions), *_claims(texts, row.id, claims)]
        versions = versions_of(connection, row.source)
        moved = list(moved_quotes(site.book, connection, versions)) if len(versions) > 1 else []
        text = list(pieces(texts.text(row.id), _marks(mentions, claims))) if allowed else []
    return html(
        site,
        "document.html",
        row=row,
        allowed=allowed,
        pieces=text,
        read=read,
        versions=versions,
        moved=moved,
        problems=msgspec.json.decode(row.problems, type=list[Problem]),
    )


def difference_page(request: Request, site: Site) -> Answer:
    """What a version of a document says otherwise than another: word by word where both texts may be shown, else its quotes."""
    with site.reading() as connection:
        new, old = _row(connection, request.path_params["id"]), _row(connection, request.path_params["other"])
        if new.source != old.source:
            raise NoPageError("These are no versions of one source.")
        registry = registry_of(connection)
        allowed = all(whole_text_allowed(row.outlet, row.url, registry) and row.length <= COMPARED for row in (new, old))
        moved = list(moved_quotes(site.book, connection, [old, new]))
        texts = Texts(connection, site.book.blobs)
        parts = list(differences(texts.text(old.id), texts.text(new.id))) if allowed else []
    return html(site, "difference.html", new=new, old=old, allowed=allowed, parts=parts, moved=moved)


def document_list(request: Request, site: Site) -> Answer:
    """All documents, the newest first."""
    number = query_of(request.query_params).page
    with site.reading() as connection:
        total = int(connection.execute(select(func.count()).select_from(document)).scalar_one())
        query = select(document).order_by(document.c.published.desc().nulls_last(), document.c.id)
        rows = connection.execute(query.limit(ON_A_PAGE).offset((number - 1) * ON_A_PAGE)).all()
    return html(site, "documents.html", rows=rows, number=number, total=total, pages=max(1, -(-total // ON_A_PAGE)))


def differences(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Pieces of two texts, in order: ("same" | "gone" | "new", words). Lines are matched first, then the words of those that differ."""
    lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for tag, a, b, c, d in difflib.SequenceMatcher(None, *lines, autojunk=False).get_opcodes():
        before, after = "".join(lines[0][a:b]), "".join(lines[1][c:d])
        if tag == "equal":
            yield "same", before
        else:
            yield from _words(before, after)


def _words(old: str, new: str) -> Iterator[tuple[str, str]]:
    words = _cut(old), _cut(new)
    for tag, a, b, c, d in difflib.SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "same", "".join(words[0][a:b])
            continue
        if a < b:
            yield "gone", "".join(words[0][a:b])
        if c < d:
            yield "new", "".join(words[1][c:d])


def _cut(text: str) -> list[str]:
    """A text in words, each with the blanks after it."""
    words = text.split(" ")
    return [*(f"{one} " for one in words[:-1]), words[-1]]


def _row(connection: Connection, asked: str) -> Row[Any]:
    row = row_named(connection, asked)
    if row is None:
        raise NoPageError("This book holds no such document.")
    return row


def _mentions(connection: Connection, one: str) -> list[tuple[str, Mention]]:
    """Promise and mention of each commitment of a document, in text order."""
    rows = in_batches(connection, select(mention.c.promise, mention.c.body), mention.c.document, [one])
    found = [(row.promise, msgspec.json.decode(row.body, type=Mention)) for row in rows]
    return sorted(found, key=lambda pair: (pair[1].commitment.start, pair[1].commitment.id))


def _commitments(texts: Texts, one: str, mentions: Sequence[tuple[str, Mention]]) -> Iterator[ReadThere]:
    for promise, found in mentions:
        said = found.commitment
        yield ReadThere(
            anchor=f"c-{said.id}",
            what="promise",
            quote=said.quote,
            around=texts.around(one, said.start, said.end),
            promise=promise,
            title=f"{who(said)}: {what(said)}",
            note="machine-read, not reviewed" if found.review == "machine-read" else f"{found.review} by a person",
        )


def _claims(texts: Texts, one: str, claims: Sequence[Told]) -> Iterator[ReadThere]:
    for told in claims:
        yield ReadThere(
            anchor=f"c-{told.claim.id}",
            what="progress",
            quote=told.claim.quote,
            around=texts.around(one, told.claim.start, told.claim.end),
            promise=None,
            title=f"{told.claim.effect}: {one_line(told.claim.action)}",
            note=told.claim.authority,
        )


def _marks(mentions: Sequence[tuple[str, Mention]], claims: Sequence[Told]) -> list[Mark]:
    found = [
        Mark(start=one.commitment.start, end=one.commitment.end, kind="commitment", anchor=f"t-{one.commitment.id}", to=f"/p/{promise}",
             label=f"Promise: {what(one.commitment)}")
        for promise, one in mentions
    ]  # fmt: skip
    return found + [
        Mark(
            start=one.claim.start,
            end=one.claim.end,
            kind="claim",
            anchor=f"t-{one.claim.id}",
            to=None,
            label=f"Progress: {one.claim.effect}",
        )
        for one in claims
    ]


ROUTES = (
    page("/documents", document_list),
    page("/documents/{id}", document_page),
    page("/documents/{id}/against/{other}", difference_page),
)
