"""Documents at the bench: their list, /bench/documents, and one, /bench/d/ID, in which missed words are marked."""

from sqlalchemy import func, or_, select
from starlette.responses import Response

from pledgebook.book.actions import last_action
from pledgebook.book.deciding import Request
from pledgebook.book.effective import added_id
from pledgebook.book.particulars import row_named
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import commitment, document
from pledgebook.core.problem import Problem
from pledgebook.web.answers import NoPageError
from pledgebook.web.bench.asking import Asking
from pledgebook.web.bench.marked import window_of
from pledgebook.web.bench.record import Text, text_with_all
from pledgebook.web.bench.record_acts import mark, written

#: Documents of a page of their list.
PAGE = 100


def documents_page(asking: Asking) -> Response:
    """Documents by title, with how many commitments are read in each; those without any are where something may be missed."""
    words, page = asking.query.one("q"), asking.query.number("page") or 0
    query = select(document.c.id, document.c.title, document.c.url, document.c.outlet, document.c.published, document.c.length)
    if words:
        query = query.where(
            or_(*(column.icontains(words, autoescape=True) for column in (document.c.title, document.c.outlet, document.c.url)))
        )
    with asking.site.reading() as connection:
        total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
        rows = connection.execute(query.order_by(document.c.title, document.c.id).offset(page * PAGE).limit(PAGE)).all()
        counted = select(commitment.c.document, func.count().label("size")).group_by(commitment.c.document)
        counts = {row.document: row.size for row in in_batches(connection, counted, commitment.c.document, (row.id for row in rows))}
        last = last_action(connection, asking.coder)
    return asking.page(
        "documents.html", rows=rows, counts=counts, total=total, page=page, pages=(total + PAGE - 1) // PAGE, words=words, last=last
    )


def document_page(asking: Asking) -> Response:
    """The document of the address with all that is read in it."""
    return _show(asking, _text(asking))


def _text(asking: Asking) -> Text:
    with asking.site.reading() as connection:
        row = row_named(connection, asking.request.path_params["id"])
        if row is None:
            raise NoPageError("There is no such document.")
        return text_with_all(connection, asking.site.book.blobs, row)


def _show(asking: Asking, text: Text, problems: tuple[Problem, ...] = ()) -> Response:
    with asking.site.reading() as connection:
        last = last_action(connection, asking.coder)
    window = window_of(text.text, text.marks, None, whole="whole" in asking.query)
    return asking.page("document.html", 422 if problems else 200, text=text, window=window, problems=problems, sent=asking.sent, last=last)


def document_act(asking: Asking) -> Response:
    """Words of a document added as a commitment or claim."""
    text = _text(asking)
    of = "claim" if asking.sent.one("of") == "claim" else "commitment"
    (made,) = mark(asking, text.row.id, of, {})
    if isinstance(made, Problem):
        return _show(asking, text, (made,))
    outcome = written(asking, [made])
    if outcome.problems:
        return _show(asking, text, outcome.problems)
    return asking.go(f"/bench/c/{_id_of(text, made)}")


def _id_of(text: Text, made: Request) -> str:
    start, end = made.start or 0, made.end or 0
    return added_id(made.field or "commitment", text.row.sha256, (start, end, start, end))
