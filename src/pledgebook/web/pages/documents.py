"""Documents: the frozen text with what was read in it, where the outlet's terms allow; else the quotes with a little around them."""

import difflib
import math
from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, select
from starlette.requests import Request

from pledgebook.book.particulars import row_named
from pledgebook.book.promises import mentions_in
from pledgebook.book.registries import registry_of
from pledgebook.book.tables import document
from pledgebook.book.versions import moved_quotes, versions_of
from pledgebook.core.problem import Problem
from pledgebook.views.things import claims_of
from pledgebook.web.answers import NoPageError, html, page
from pledgebook.web.keeping import Answer
from pledgebook.web.pages.asking import query_of
from pledgebook.web.pages.document_view import Found, quoted_view, whole_view
from pledgebook.web.pages.lists import page_of
from pledgebook.web.site import Site
from pledgebook.web.texts import Texts, whole_text_allowed

#: Documents on a page of the list; characters up to which two versions are compared word by word.
ON_A_PAGE, COMPARED = 50, 60_000


def document_page(request: Request, site: Site) -> Answer:
    """One document, or one part of it."""
    number = query_of(request.query_params).page
    with site.reading() as connection:
        row = _row(connection, request.path_params["id"])
        allowed = whole_text_allowed(row.outlet, row.url, registry_of(connection))
        texts = Texts(connection, site.book.blobs, [row.id])
        found = Found(
            document=row.id,
            mentions=mentions_in(connection, row.id),
            claims=claims_of(connection, row.id, row.sha256),
            sayings=site.sayings.of(row, texts.text(row.id)),
        )
        missing = row.length > 0 and not texts.text(row.id)
        view = whole_view(texts, found, number) if allowed and not missing else quoted_view(texts, found, number)
        if view is None:
            raise NoPageError("This document has no such part.")
        versions = versions_of(connection, row.source)
        moved = list(moved_quotes(site.book, connection, versions)) if len(versions) > 1 else []
    return html(
        site,
        "document.html",
        row=row,
        allowed=allowed,
        missing=missing,
        view=view,
        why=found.sayings.why,
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
        texts = Texts(connection, site.book.blobs, [old.id, new.id])
        parts = list(differences(texts.text(old.id), texts.text(new.id))) if allowed else []
    return html(site, "difference.html", new=new, old=old, allowed=allowed, parts=parts, moved=moved)


def document_list(request: Request, site: Site) -> Answer:
    """All documents, the newest first."""
    number = query_of(request.query_params).page
    with site.reading() as connection:
        total = int(connection.execute(select(func.count()).select_from(document)).scalar_one())
        pages = max(1, math.ceil(total / ON_A_PAGE))
        first, _ = page_of(number, pages, ON_A_PAGE)
        query = select(document).order_by(document.c.published.desc().nulls_last(), document.c.id)
        rows = connection.execute(query.limit(ON_A_PAGE).offset(first)).all()
    return html(site, "documents.html", rows=rows, number=number, first=first, total=total, pages=pages)


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


ROUTES = (
    page("/documents", document_list),
    page("/documents/{id}", document_page),
    page("/documents/{id}/against/{other}", difference_page, "slow"),
)
