"""What coders do: sets made, words marked and described, documents finished, differences settled. Each form is written once."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select
from starlette.responses import Response

from pledgebook.book.actions import Outcome, once
from pledgebook.book.decision_values import Refused, value_of
from pledgebook.book.effective import CORRECTABLE
from pledgebook.book.particulars import text_of
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import commitment, document
from pledgebook.core.commitment import Commitment
from pledgebook.core.identity import content_id, sha256_hex
from pledgebook.core.problem import Problem
from pledgebook.web.answers import NoPageError
from pledgebook.web.bench.asking import Asking
from pledgebook.web.bench.coding.pages import list_page, row_asked, set_asked, show_own
from pledgebook.web.bench.coding.sets import NAME, Body, CodingSet, pair_id, sets_of, write
from pledgebook.web.bench.coding.units import Unit, unit_of
from pledgebook.web.bench.fields import PREFIX, parsed
from pledgebook.web.bench.people import clean

#: Documents of a set.
MOST = 500


def assign(asking: Asking) -> Response:
    """A set made: named documents, or as many as are asked for, drawn by their hashes."""
    name = asking.sent.one("name")
    coders = tuple(clean(asking.sent.one(field)) for field in ("first", "second"))
    with asking.site.reading() as connection:
        chosen, unknown = _documents(connection, name, asking.sent.one("documents").split(), asking.sent.number("count") or 0)
        read = _machine(connection, chosen) if asking.sent.one("start") == "machine" else {}
    start: Any = "machine" if asking.sent.one("start") == "machine" else "blank"
    body = Body(step="assign", set=name, documents=tuple(sorted(chosen)), coders=coders, start=start, read=read)
    outcome = _written(asking, [body], lambda connection: _faults(body, unknown, taken=name in sets_of(connection)))
    return list_page(asking, outcome.problems) if outcome.problems else asking.go(f"/bench/coding/{name}")


def _documents(connection: Connection, name: str, asked: Sequence[str], count: int) -> tuple[dict[str, str], list[str]]:
    """SHA-256 -> id of the documents that are meant, and the names that mean none. The draw depends on the set's name and the texts alone."""
    rows = {row.sha256: row.id for row in connection.execute(select(document.c.sha256, document.c.id))}
    by_name = {**{one: one for one in rows}, **{one: sha256 for sha256, one in rows.items()}}
    chosen = [by_name[one] for one in asked if one in by_name]
    if not asked:
        chosen = sorted(rows, key=lambda sha256: sha256_hex(f"{name} {sha256}".encode()))[: min(count, MOST)]
    return {sha256: rows[sha256] for sha256 in chosen}, [one for one in asked if one not in by_name]


def _machine(connection: Connection, chosen: dict[str, str]) -> dict[str, tuple[Unit, ...]]:
    """What the machine reads in these documents."""
    sha256_of = {one: sha256 for sha256, one in chosen.items()}
    found: dict[str, tuple[Unit, ...]] = {}
    for row in in_batches(connection, select(commitment.c.document, commitment.c.body), commitment.c.document, sha256_of):
        unit = unit_of(msgspec.json.decode(row.body, type=Commitment))
        found[sha256_of[row.document]] = (*found.get(sha256_of[row.document], ()), unit)
    return found


def _faults(body: Body, unknown: Sequence[str], *, taken: bool) -> list[Problem]:
    told = (
        (not NAME.fullmatch(body.set), "name", "A set needs a name of small letters, digits and hyphens.", "Write it as round-1."),
        (taken, "name", "There is a set of that name.", "Choose another name."),
        (len({one for one in body.coders if one}) < 2, "first", "Two people code a set.", "Give the names under which they work here."),
        (bool(unknown), "documents", f"There is no document {' '.join(unknown)[:80]}.", "Give ids as the list of documents has them."),
        (not body.documents, "documents", "The set has no document.", "Name documents, or say how many are to be drawn."),
        (len(body.documents) > MOST, "documents", f"A set has {MOST} documents at most.", "Make several sets."),
    )
    return [Problem(severity="error", rule="bad-set", where=where, what=what, todo=todo) for wrong, where, what, todo in told if wrong]


#: Looks into the book, in the transaction that writes, for what forbids it.
Check = Callable[[Connection], Sequence[Problem]]


def _written(asking: Asking, bodies: Sequence[Body], check: Check | None = None) -> Outcome:
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
    if do == "done":
        _written(asking, [plain])
        return asking.go(f"/bench/coding/{chosen.name}")
    if asking.coder in chosen.documents[row.sha256].done:
        raise NoPageError("You have finished this document; what you marked stays as it is.", 409)
    if do == "unmark":
        _written(asking, [msgspec.structs.replace(plain, step="unmark", id=asking.sent.one("unit"))])
        return asking.go(here)
    if do not in {"mark", "save"}:
        raise NoPageError("The form does not say what to do.", 400)
    unit, problems, typed = _marked(asking, row, text) if do == "mark" else _described(asking, chosen, row, text)
    if unit is None:
        return show_own(asking, chosen, row, problems, typed)
    _written(asking, [msgspec.structs.replace(plain, step="mark", unit=unit)])
    return asking.go(f"{here}?unit={unit.id}" if do == "mark" else here)


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
    unit = chosen.documents[row.sha256].units.get(asking.coder, {}).get(asking.sent.one("unit"))
    if unit is None:
        raise NoPageError("There is no such mark of yours.", 404)
    typed = {name: value.strip() for name, value in asking.sent.beginning(PREFIX) if name in CORRECTABLE["commitment"]}
    fields, problems = fields_typed(typed, text[unit.start : unit.end])
    return (None if problems else msgspec.structs.replace(unit, fields=fields)), problems, typed


def fields_typed(typed: dict[str, str], quote: str) -> tuple[dict[str, Any], list[Problem]]:
    """The fields of a form as JSON has them, and a problem for each that is none."""
    fields: dict[str, Any] = {}
    problems = []
    for name, value in typed.items():
        told = parsed("commitment", name, value)
        if isinstance(told, Problem):
            problems.append(told)
            continue
        try:
            fields[name] = msgspec.to_builtins(value_of("commitment", name, told))
        except Refused as refused:
            problems.append(Problem(severity="error", rule=refused.rule, where=name, what=refused.what, todo=refused.todo))
    if str(fields.get("action") or "") not in quote:
        what, todo = "The action is not in the words that are marked.", "Give words of the marked range, letter by letter."
        problems.append(Problem(severity="error", rule="not-in-quote", where="action", what=what, todo=todo))
    return fields, problems


def settle_act(asking: Asking) -> Response:
    """One pair settled: field by field the first coder's value or the second's, or no commitment at all."""
    with asking.site.reading() as connection:
        chosen = set_asked(asking, connection)
        row = row_asked(asking, connection, chosen)
    if not chosen.is_open(row.sha256):
        raise NoPageError("Both coders have to finish this document first.", 403)
    text = text_of(row, asking.site.book.blobs)
    name, do = asking.sent.one("pair"), asking.sent.one("do")
    found = next((pair for pair in chosen.matched(row.sha256, text) if pair_id(*pair) == name), None)
    if found is None or do not in {"settle", "none"}:
        raise NoPageError("The form does not say what to do.", 400)
    unit = _settled(asking, text, *found) if do == "settle" else None
    _written(asking, [Body(step="settle", set=chosen.name, sha256=row.sha256, id=name, unit=unit)])
    return asking.go(f"/bench/coding/{chosen.name}/{row.id}/settle")


def _settled(asking: Asking, text: str, one: Unit | None, other: Unit | None) -> Unit:
    """The mark that takes each field from the coder who is chosen for it, the words too; an action that does not stand in them gives way to theirs."""
    if one is None or other is None:
        found = one or other
        assert found is not None  # noqa: S101 - a pair has one mark at least
        return found
    sides = {"one": one, "other": other}
    words = sides.get(asking.sent.one("p-quote"), one)
    fields = {
        name: sides.get(asking.sent.one(f"p-{name}"), one).fields.get(name, plain) for name, plain in CORRECTABLE["commitment"].items()
    }
    if str(fields["action"] or "") not in text[words.start : words.end]:
        fields["action"] = words.fields.get("action")
    return msgspec.structs.replace(words, fields=fields)
