"""The pages of double coding: sets, a document as one coder sees it, and the gold standard that comes of it.

What coders do here is no decision: none of these pages offers to undo the last one, which was made elsewhere.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select
from starlette.responses import Response

from pledgebook.book.effective import CORRECTABLE
from pledgebook.book.particulars import rows_of, text_of
from pledgebook.book.tables import document
from pledgebook.core.problem import Problem
from pledgebook.web.answers import NoPageError
from pledgebook.web.bench.asking import Asking
from pledgebook.web.bench.coding.agreement import by_field, marks
from pledgebook.web.bench.coding.gold import as_line, document_line, gold_line
from pledgebook.web.bench.coding.sets import CodingSet
from pledgebook.web.bench.coding.units import RELATIONS
from pledgebook.web.bench.fields import inputs
from pledgebook.web.bench.marked import Marked, window_of

_LINES = "application/x-ndjson"
#: How the relations of marks are called.
_RELATIONS = {"part_of": "Part of", "same_as": "Said before"}


def coding_page(asking: Asking) -> Response:
    """All sets, and the form to make one."""
    return list_page(asking)


def list_page(asking: Asking, problems: Sequence[Problem] = ()) -> Response:
    """The page of all sets."""
    with asking.site.reading() as connection:
        sets = asking.bench.sets.all(connection)
    return asking.page("coding.html", 422 if problems else 200, sets=sets, problems=problems, sent=asking.sent, last=None)


def set_asked(asking: Asking, connection: Connection) -> CodingSet:
    """The set of the address. Raises NoPageError."""
    found = asking.bench.sets.named(connection, asking.request.path_params["set"])
    if found is None:
        raise NoPageError("There is no such set.")
    return found


def row_asked(asking: Asking, connection: Connection, chosen: CodingSet) -> Row[Any]:
    """The document of the address, which must be one of the set. Raises NoPageError."""
    row = connection.execute(select(document).where(document.c.id == asking.request.path_params["id"])).first()
    if row is None or row.sha256 not in chosen.documents:
        raise NoPageError("There is no such document in this set.")
    return row


def set_page(asking: Asking) -> Response:
    """A set: who has finished what, and how far the coders agree where all have."""
    with asking.site.reading() as connection:
        chosen = set_asked(asking, connection)
        rows = rows_of(connection, chosen.documents)
    texts = {sha256: text_of(row, asking.site.book.blobs) for sha256, row in rows.items() if chosen.is_open(sha256)}
    matched = {sha256: chosen.matched(sha256, text) for sha256, text in texts.items()}
    together = [group for sha256 in sorted(matched) for group in matched[sha256]]
    size = len(chosen.coders)
    return asking.page(
        "coding_set.html",
        set=chosen,
        rows=sorted(rows.values(), key=lambda row: (row.title or "", row.id)),
        matched=matched,
        marks=marks(together, size),
        fields=list(by_field(together, size)),
        last=None,
    )


def own_page(asking: Asking) -> Response:
    """A document as one of its coders sees it: the text, and their own marks."""
    with asking.site.reading() as connection:
        chosen = set_asked(asking, connection)
        row = row_asked(asking, connection, chosen)
    return show_own(asking, chosen, row)


def show_own(
    asking: Asking, chosen: CodingSet, row: Row[Any], problems: Sequence[Problem] = (), typed: dict[str, str] | None = None
) -> Response:
    """The page of a coder's own marks. Raises NoPageError for who is no coder of the set."""
    if asking.coder not in chosen.coders:
        raise NoPageError("This document is coded by others. You see it when all have finished.", 403)
    text = text_of(row, asking.site.book.blobs)
    coded = chosen.documents[row.sha256]
    units = coded.of(asking.coder)
    asked = asking.sent.one("unit") or asking.query.one("unit")
    unit = next((one for one in units if one.id == asked), None)
    ranges = [Marked(start=one.start, end=one.end, what="focus" if one is unit else "commitment") for one in units]
    by_field = {problem.where: f"{problem.what} {problem.todo}" for problem in problems}
    read = unit.read(text) if unit is not None else None
    told = typed or (unit.fields if unit is not None else {})
    return asking.page(
        "coding_own.html",
        422 if problems else 200,
        set=chosen,
        row=row,
        done=asking.coder in coded.done,
        open=chosen.is_open(row.sha256),
        window=window_of(text, ranges, None, whole=True),
        units=[(one, text[one.start : one.end]) for one in units],
        unit=unit,
        inputs=list(inputs("commitment", read, None, typed or {}, by_field)) if read is not None else [],
        relations=[(name, label, told.get(name) or "", by_field.get(name)) for name, label in _RELATIONS.items()],
        problems=[one for one in problems if one.where not in CORRECTABLE["commitment"] and one.where not in RELATIONS],
        sent=asking.sent,
        last=None,
    )


def export(asking: Asking) -> Response:
    """gold.jsonl: the gold standard of all documents that all have finished; docs.jsonl: their texts, as score.py wants them."""
    name = asking.request.path_params["file"]
    if name not in {"gold.jsonl", "docs.jsonl"}:
        raise NoPageError("There is no such file. A set has gold.jsonl and docs.jsonl.")
    with asking.site.reading() as connection:
        chosen = set_asked(asking, connection)
        rows = rows_of(connection, chosen.documents)
    lines = []
    for sha256 in sorted(chosen.documents):
        if sha256 not in rows or not chosen.is_open(sha256):
            continue
        row, text = rows[sha256], text_of(rows[sha256], asking.site.book.blobs)
        own = row.own_id or row.id
        lines.append(as_line(gold_line(chosen, sha256, own, text) if name == "gold.jsonl" else document_line(row, own, text)))
    headers = {"content-disposition": f'attachment; filename="{chosen.name}-{name}"', "cache-control": "no-store"}
    return Response(b"".join(lines), 200, headers, _LINES)
