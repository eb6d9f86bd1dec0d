"""The pages of double coding: sets, a document as one coder sees it, what both marked, and the gold standard that comes of it."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select
from starlette.responses import Response

from pledgebook.book.actions import last_action
from pledgebook.book.effective import CORRECTABLE
from pledgebook.book.particulars import rows_of, text_of
from pledgebook.book.tables import document
from pledgebook.core.identity import canonical_json
from pledgebook.core.problem import Problem
from pledgebook.web.answers import NoPageError
from pledgebook.web.bench.asking import Asking
from pledgebook.web.bench.coding.agreement import by_field, marks
from pledgebook.web.bench.coding.gold import gold_line
from pledgebook.web.bench.coding.sets import CodingSet, pair_id, sets_of
from pledgebook.web.bench.coding.units import Unit
from pledgebook.web.bench.fields import inputs, shown
from pledgebook.web.bench.marked import Marked, window_of

_LINES = "application/x-ndjson"


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a pair: what each coder says (None: has no such mark)."""

    field: str
    one: str | None
    other: str | None

    @property
    def differs(self) -> bool:
        """Whether the two say otherwise."""
        return self.one != self.other


def coding_page(asking: Asking) -> Response:
    """All sets, and the form to make one."""
    return list_page(asking)


def list_page(asking: Asking, problems: Sequence[Problem] = ()) -> Response:
    """The page of all sets."""
    with asking.site.reading() as connection:
        sets = sets_of(connection)
        last = last_action(connection, asking.coder)
    return asking.page("coding.html", 422 if problems else 200, sets=sets, problems=problems, sent=asking.sent, last=last)


def set_asked(asking: Asking, connection: Connection) -> CodingSet:
    """The set of the address. Raises NoPageError."""
    found = sets_of(connection).get(asking.request.path_params["set"])
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
    """A set: who has finished what, and how far the two agree where both have."""
    with asking.site.reading() as connection:
        chosen = set_asked(asking, connection)
        rows = rows_of(connection, chosen.documents)
        last = last_action(connection, asking.coder)
    texts = {sha256: text_of(row, asking.site.book.blobs) for sha256, row in rows.items() if chosen.is_open(sha256)}
    matched = {sha256: chosen.matched(sha256, text) for sha256, text in texts.items()}
    together = [pair for sha256 in sorted(matched) for pair in matched[sha256]]
    return asking.page(
        "coding_set.html",
        set=chosen,
        rows=sorted(rows.values(), key=lambda row: (row.title or "", row.id)),
        matched=matched,
        marks=marks(together),
        fields=list(by_field(together)),
        last=last,
    )


def own_page(asking: Asking) -> Response:
    """A document as one of its two coders sees it: the text, and their own marks."""
    with asking.site.reading() as connection:
        chosen = set_asked(asking, connection)
        row = row_asked(asking, connection, chosen)
    return show_own(asking, chosen, row)


def show_own(
    asking: Asking, chosen: CodingSet, row: Row[Any], problems: Sequence[Problem] = (), typed: dict[str, str] | None = None
) -> Response:
    """The page of a coder's own marks. Raises NoPageError for who is no coder of the set."""
    if asking.coder not in chosen.coders:
        raise NoPageError("This document is coded by others. You see it when both have finished.", 403)
    with asking.site.reading() as connection:
        last = last_action(connection, asking.coder)
    text = text_of(row, asking.site.book.blobs)
    units = chosen.documents[row.sha256].of(asking.coder)
    asked = asking.sent.one("unit") or asking.query.one("unit")
    unit = next((one for one in units if one.id == asked), None)
    ranges = [Marked(start=one.start, end=one.end, what="focus" if one is unit else "commitment") for one in units]
    by_field = {problem.where: f"{problem.what} {problem.todo}" for problem in problems}
    read = unit.read(text) if unit is not None else None
    return asking.page(
        "coding_own.html",
        422 if problems else 200,
        set=chosen,
        row=row,
        done=asking.coder in chosen.documents[row.sha256].done,
        window=window_of(text, ranges, None, whole=True),
        units=[(one, text[one.start : one.end]) for one in units],
        unit=unit,
        inputs=list(inputs("commitment", read, None, typed or {}, by_field)) if read is not None else [],
        problems=[one for one in problems if one.where not in CORRECTABLE["commitment"]],
        sent=asking.sent,
        last=last,
    )


def settle_page(asking: Asking) -> Response:
    """What both coders marked, side by side. Raises NoPageError before both have finished."""
    with asking.site.reading() as connection:
        chosen = set_asked(asking, connection)
        row = row_asked(asking, connection, chosen)
        last = last_action(connection, asking.coder)
    if not chosen.is_open(row.sha256):
        raise NoPageError("Both coders have to finish this document first: until then neither sees the other's work.", 403)
    text = text_of(row, asking.site.book.blobs)
    coded = chosen.documents[row.sha256]
    found = []
    for one, other in chosen.matched(row.sha256, text):
        name = pair_id(one, other)
        found.append(
            {"name": name, "one": one, "other": other, "fields": differences(text, one, other), "settled": coded.settled.get(name)}
        )
    ranges = [Marked(start=unit.start, end=unit.end, what="commitment") for coder in chosen.coders for unit in coded.of(coder)]
    return asking.page(
        "coding_settle.html", set=chosen, row=row, pairs=found, window=window_of(text, ranges, None, whole=True), text=text, last=last
    )


def differences(text: str, one: Unit | None, other: Unit | None) -> list[Difference]:
    """Every field of a pair as each coder has it."""
    told = [_told(text, unit) if unit is not None else None for unit in (one, other)]
    names = next(fields for fields in told if fields is not None)
    return [Difference(field=name, one=told[0][name] if told[0] else None, other=told[1][name] if told[1] else None) for name in names]


def _told(text: str, unit: Unit) -> dict[str, str]:
    read = unit.read(text)
    return {"quote": read.quote, **{name: shown("commitment", name, getattr(read, name)) for name in unit_fields()}}


def unit_fields() -> tuple[str, ...]:
    """The fields that coders fill, in the order of the guide."""
    return tuple(CORRECTABLE["commitment"])


def export(asking: Asking) -> Response:
    """gold.jsonl: the gold standard of all documents that both have finished; docs.jsonl: their texts, as score.py wants them."""
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
        of_document = {"id": own, "title": row.title, "url": row.url, "published": row.published, "outlet": row.outlet, "text": text}
        lines.append(canonical_json(gold_line(chosen, sha256, own, text) if name == "gold.jsonl" else of_document) + b"\n")
    headers = {"content-disposition": f'attachment; filename="{chosen.name}-{name}"', "cache-control": "no-store"}
    return Response(b"".join(lines), 200, headers, _LINES)
