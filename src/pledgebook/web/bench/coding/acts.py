"""What coders do: sets made, words marked and described, documents finished. Each form is written once."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select
from starlette.responses import Response

from pledgebook.book.actions import Outcome, once
from pledgebook.book.effective import CORRECTABLE
from pledgebook.book.particulars import text_of
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import commitment, document
from pledgebook.core.commitment import Commitment
from pledgebook.core.counted import agreeing, counted
from pledgebook.core.identity import content_id, sha256_hex
from pledgebook.core.problem import Problem
from pledgebook.web.answers import NoPageError
from pledgebook.web.bench.asking import Asking
from pledgebook.web.bench.coding.described import fields_typed, relations_typed
from pledgebook.web.bench.coding.pages import list_page, row_asked, set_asked, show_own
from pledgebook.web.bench.coding.sets import NAME, Body, CodingSet, write
from pledgebook.web.bench.coding.units import RELATIONS, Unit, unit_of
from pledgebook.web.bench.fields import PREFIX
from pledgebook.web.bench.people import clean, may_not_code

#: Documents of a set.
MOST = 500


def assign(asking: Asking) -> Response:
    """A set made: named documents, or as many as are asked for, drawn by their hashes."""
    name = asking.sent.one("name")
    named = [clean(asking.sent.one(field)) for field in ("first", "second", "third")]
    coders = tuple(dict.fromkeys(one for one in named if one))
    asked, count = asking.sent.one("documents").split(), asking.sent.number("count") or 0
    with asking.site.reading() as connection:
        chosen, unknown = _documents(connection, name, asked, count)
        read = _machine(connection, chosen) if asking.sent.one("start") == "machine" else {}
    start: Any = "machine" if asking.sent.one("start") == "machine" else "blank"
    body = Body(step="assign", set=name, documents=tuple(sorted(chosen)), coders=coders, start=start, read=read)
    strangers = may_not_code(asking.request, coders)

    def faults(connection: Connection) -> list[Problem]:
        return _faults(body, 0 if asked else count, unknown, strangers, taken=asking.bench.sets.named(connection, name) is not None)

    outcome = append_once(asking, [body], faults)
    return list_page(asking, outcome.problems) if outcome.problems else asking.go(f"/bench/coding/{name}")


def _documents(connection: Connection, name: str, asked: Sequence[str], count: int) -> tuple[dict[str, str], list[str]]:
    """SHA-256 -> id of the documents that are meant, and the names that mean none. The draw depends on the set's name and the texts alone; where more
    than a set may have are wanted, one too many is drawn.
    """
    rows = {row.sha256: row.id for row in connection.execute(select(document.c.sha256, document.c.id))}
    by_name = {**{one: one for one in rows}, **{one: sha256 for sha256, one in rows.items()}}
    chosen = [by_name[one] for one in asked if one in by_name]
    if not asked:
        chosen = sorted(rows, key=lambda sha256: sha256_hex(f"{name} {sha256}".encode()))[: min(count, MOST + 1)]
    return {sha256: rows[sha256] for sha256 in chosen}, [one for one in asked if one not in by_name]


def _machine(connection: Connection, chosen: dict[str, str]) -> dict[str, tuple[Unit, ...]]:
    """What the machine reads in these documents."""
    sha256_of = {one: sha256 for sha256, one in chosen.items()}
    found: dict[str, tuple[Unit, ...]] = {}
    for row in in_batches(connection, select(commitment.c.document, commitment.c.body), commitment.c.document, sha256_of):
        unit = unit_of(msgspec.json.decode(row.body, type=Commitment))
        found[sha256_of[row.document]] = (*found.get(sha256_of[row.document], ()), unit)
    return found


def _faults(body: Body, drawn: int, unknown: Sequence[str], strangers: Sequence[str], *, taken: bool) -> list[Problem]:
    told = (
        (not NAME.fullmatch(body.set), "name", "A set needs a name of small letters, digits and hyphens.", "Write it as round-1."),
        (taken, "name", "There is a set of that name.", "Choose another name."),
        (len(body.coders) < 2, "first", "Two people at least code a set.", "Give the names under which they work here."),
        (
            bool(strangers),
            "first",
            f"No coder has the name {', '.join(strangers)[:80]}.",
            "Give names of accounts as they are written there.",
        ),
        (bool(unknown), "documents", f"There is no document {' '.join(unknown)[:80]}.", "Give ids as the list of documents has them."),
        (not body.documents, "documents", "The set has no document.", "Name documents, or say how many are to be drawn."),
        (
            len(body.documents) < min(drawn, MOST + 1),
            "count",
            f"The book has {counted(len(body.documents), 'document')}, and {drawn} are to be drawn.",
            "Draw no more than there are.",
        ),
        (len(body.documents) > MOST, "documents", f"A set has {MOST} documents at most.", "Make several sets."),
    )
    return [Problem(severity="error", rule="bad-set", where=where, what=what, todo=todo) for wrong, where, what, todo in told if wrong]


#: Looks into the book, in the transaction that writes, for what forbids it.
Check = Callable[[Connection], Sequence[Problem]]


def append_once(asking: Asking, bodies: Sequence[Body], check: Check | None = None) -> Outcome:
    """Entries written down as one form, unless `check` finds problems in the transaction that writes."""
    form = asking.form()

    def append(connection: Connection) -> Sequence[Problem]:
        problems = check(connection) if check is not None else ()
        if not problems:
            write(connection, bodies, author=form.author, recorded=form.recorded)
        return problems

    return once(asking.site.book, form, append)


def own_act(asking: Asking) -> Response:
    """A coder's form: words marked, a mark described or taken back, the document finished."""
    with asking.site.reading() as connection:
        chosen = set_asked(asking, connection)
        row = row_asked(asking, connection, chosen)
    here = f"/bench/coding/{chosen.name}/{row.id}"
    if asking.coder not in chosen.coders:
        raise NoPageError("This document is coded by others.", 403)
    do = asking.sent.one("do")
    text = text_of(row, asking.site.book.blobs)
    plain = Body(step="done", set=chosen.name, sha256=row.sha256)
    coded = chosen.documents[row.sha256]
    if do == "done":
        blank = [unit for unit in coded.of(asking.coder) if not unit.is_described]
        if blank:
            return show_own(asking, chosen, row, [_not_described(text, blank)])
        append_once(asking, [plain])
        return asking.go(f"/bench/coding/{chosen.name}")
    if do == "reopen":
        append_once(asking, [msgspec.structs.replace(plain, step="reopen")])
        return asking.go(here)
    if asking.coder in coded.done:
        raise NoPageError("You have finished this document; what you marked stays as it is.", 409)
    if do == "unmark":
        append_once(asking, [msgspec.structs.replace(plain, step="unmark", id=asking.sent.one("unit"))])
        return asking.go(here)
    if do not in {"mark", "save"}:
        raise NoPageError("The form does not say what to do.", 400)
    unit, problems, typed = _marked(asking, row, text) if do == "mark" else _described(asking, chosen, row, text)
    if unit is None:
        return show_own(asking, chosen, row, problems, typed)
    append_once(asking, [msgspec.structs.replace(plain, step="mark", unit=unit)])
    return asking.go(f"{here}?unit={unit.id}" if do == "mark" else here)


def _not_described(text: str, blank: Sequence[Unit]) -> Problem:
    words = " ".join(text[blank[0].start : blank[0].end].split())
    what = f"{len(blank)} of your marks {agreeing(len(blank), 'is', 'are')} not described yet: “{words[:80]}”."
    return Problem(
        severity="error", rule="not-described", where="marks", what=what, todo="Open it, look at its fields and save it, or take it back."
    )


_Made = tuple[Unit | None, list[Problem], dict[str, str]]


def _marked(asking: Asking, row: Row[Any], text: str) -> _Made:
    start, end = asking.sent.number("start"), asking.sent.number("end")
    if start is None or end is None or not start < end <= len(text):
        what = "No words of this text are marked."
        return (
            None,
            [Problem(severity="error", rule="bad-range", where="words", what=what, todo="Select them, or give where they begin and end.")],
            {},
        )
    return Unit(id=content_id("unit", row.sha256, start, end), start=start, end=end, fields={"action": text[start:end]}), [], {}


def _described(asking: Asking, chosen: CodingSet, row: Row[Any], text: str) -> _Made:
    """A mark with the fields that the form gives it."""
    own = chosen.documents[row.sha256].units.get(asking.coder, {})
    unit = own.get(asking.sent.one("unit"))
    if unit is None:
        raise NoPageError("There is no such mark of yours.", 404)
    names = (*CORRECTABLE["commitment"], *RELATIONS)
    typed = {name: value.strip() for name, value in asking.sent.beginning(PREFIX) if name in names}
    fields, problems = fields_typed(typed, text, text[unit.start : unit.end])
    relations, wrong = relations_typed(typed, unit, own)
    problems += wrong
    return (None if problems else msgspec.structs.replace(unit, fields={**fields, **relations})), problems, typed
