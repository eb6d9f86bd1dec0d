"""The review sheet that comes back: what a person changed in it, found by comparing each cell with what was exported."""

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec

from pledgebook.book.deciding import Request
from pledgebook.book.effective import CORRECTABLE
from pledgebook.core.identity import sha256_hex
from pledgebook.core.problem import Problem
from pledgebook.views.book.cells import ascii_json, fitted, from_cell, tidy
from pledgebook.views.book.decision_rows import Texts, place_of
from pledgebook.views.book.fields import format_field, parse_field
from pledgebook.views.book.incoming import Row, Sheet, problem

#: The column, hidden in a workbook, that keeps what was exported.
AS_EXPORTED = "as_exported"
#: Columns that prove a reading; to change them is to mark other words.
FIXED = ("sha256", "start", "end", "action_start", "action_end", "quote")
#: Columns that say where the words of an added row stand.
PLACE = frozenset({"document", "sha256", "start", "end", "quote"})
_DECISIONS = frozenset({"accept", "reject"})


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """What a row said when it was exported: of what, its id, and fingerprints of FIXED and of the cell of each field a person may correct."""

    of: str
    id: str
    fixed: str
    cells: dict[str, str]


def as_exported(of: str, reading: msgspec.Struct, fixed: tuple[str, ...]) -> str:
    """The cell that goes with the row of a reading; `fixed` are the cells of FIXED."""
    cells = {field: fingerprint(shown(field, getattr(reading, field), of)) for field in CORRECTABLE[of]}
    return ascii_json(Exported(of=of, id=reading.id, fixed=fingerprint(*fixed), cells=cells))  # type: ignore[attr-defined] # readings have ids


def shown(field: str, value: object, of: str) -> str:
    """The cell of a field as it is read back."""
    return tidy(fitted(format_field(field, value, of)))


@lru_cache(maxsize=1 << 14)
def fingerprint(*cells: str) -> str:
    """Eight hex digits that change if any of the cells does."""
    return sha256_hex("\x1f".join(map(ascii_json, cells)).encode())[:8]


def requests_of_review(sheet: Sheet, texts: Texts | None) -> Iterator[Request | Problem]:
    """What a person decided in a review sheet; a row nobody touched gives nothing."""
    of = "claim" if "effect" in sheet.headings else "commitment"
    editable = [field for field in CORRECTABLE[of] if field in sheet.headings]
    if AS_EXPORTED not in sheet.headings and "id" in sheet.headings and editable:
        what = f"The column {AS_EXPORTED} is missing, so corrections cannot be told from what was read."
        yield problem("missing-column", sheet.where, None, what, "Export the sheet again and keep that column; accept and reject are read.")
    seen: dict[str, int] = {}
    for row in sheet.rows:
        if not row.cells.get("id"):
            yield from _added(row, sheet, of, editable, texts)
            continue
        first = seen.setdefault(row.cells["id"], row.line)
        if first == row.line:
            yield from _decided(row, sheet, of, editable)
            continue
        what = f"The row has the id of line {first}, {row.cells['id']}; it is not read."
        yield problem("duplicate-row", sheet.where, row.line, what, "Remove one of the two. To add something, leave the id blank.")


def _decided(row: Row, sheet: Sheet, of: str, editable: list[str]) -> Iterator[Request | Problem]:
    """Corrections first, then the decision; a comment without either is a note."""
    target, comment = row.cells["id"], from_cell(row.cells.get("comment", "")) or None
    decided = row.cells.get("decision", "").lower()
    found: list[Request | Problem] = []
    for item in _corrections(row, sheet, of, editable):
        if isinstance(item, Problem):
            found.append(item)
        else:
            found.append(
                Request(kind="correct", target=target, field=item[0], value=item[1], comment=comment, where=sheet.where, line=row.line)
            )
    if decided in _DECISIONS:
        kind: Any = decided
        found.append(Request(kind=kind, target=target, comment=comment, where=sheet.where, line=row.line))
    elif decided:
        what = f"{row.cells['decision']!r} is no decision of this sheet."
        found.append(problem("unknown-decision", sheet.where, row.line, what, "Give accept or reject, or leave it blank."))
    if comment and not found:
        found.append(Request(kind="note", target=target, comment=comment, where=sheet.where, line=row.line))
    yield from found


def _corrections(row: Row, sheet: Sheet, of: str, editable: list[str]) -> Iterator[tuple[str, str] | Problem]:
    """Each field whose cell was changed, with the JSON of its new value."""
    if AS_EXPORTED not in row.cells:
        return
    exported = _exported(row, of)
    if exported is None:
        what = f"The column {AS_EXPORTED} of this row does not belong to it, so its corrections cannot be told."
        yield problem("bad-record", sheet.where, row.line, what, "Copy the row from the export again; sort whole rows only.")
        return
    if set(FIXED) <= set(row.cells) and fingerprint(*(row.cells[name] for name in FIXED)) != exported.fixed:
        what = "The words of this row, or their range, were changed; that is not read."
        yield problem("fixed-cell", sheet.where, row.line, what, "To mark other words, reject the row and add one without an id.")
    for field in editable:
        cell, before = row.cells[field], exported.cells.get(field)
        if fingerprint(cell) == before:
            continue
        found = parse_field(field, cell, of)
        if isinstance(found, Problem):
            yield msgspec.structs.replace(found, where=sheet.where, line=row.line)
        elif fingerprint(shown(field, found, of)) != before:  # else it says the same in another way
            yield field, msgspec.json.encode(found).decode()


def _exported(row: Row, of: str) -> Exported | None:
    """What the row was exported as; None if its cell is damaged or another row's."""
    try:
        found = msgspec.convert(json.loads(row.cells[AS_EXPORTED]), type=Exported)
    except (ValueError, RecursionError, msgspec.ValidationError):
        return None
    return found if (found.id, found.of) == (row.cells["id"], of) else None


def _added(row: Row, sheet: Sheet, of: str, editable: list[str], texts: Texts | None) -> Iterator[Request | Problem]:
    """A row without an id: something that the machine missed, marked by its quote or range."""
    if not any(cell for name, cell in row.cells.items() if name != AS_EXPORTED):
        return
    if row.cells.get("decision", "").lower() == "reject":
        what = "A row without an id adds something, and this one rejects it."
        yield problem("unknown-decision", sheet.where, row.line, what, "Remove the row, or give the id of what is rejected.")
        return
    place = place_of({name: from_cell(cell) for name, cell in row.cells.items() if name in PLACE}, texts)
    read = {field: parse_field(field, row.cells[field], of) for field in editable if row.cells[field]}
    faults = [one for one in (place, *read.values()) if isinstance(one, Problem)]
    if faults or isinstance(place, Problem):
        yield from (msgspec.structs.replace(one, where=sheet.where, line=row.line) for one in faults)
        return
    comment = from_cell(row.cells.get("comment", "")) or None
    value = msgspec.json.encode(read).decode()
    yield Request(kind="add", field=of, value=value, comment=comment, where=sheet.where, line=row.line, **place)
