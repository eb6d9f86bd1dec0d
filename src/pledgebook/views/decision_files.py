"""Files of decisions (CSV, XLSX, JSON Lines): rows that each say a decision, and review sheets that were edited."""

from collections.abc import Iterator

import msgspec

from pledgebook.book.deciding import Request
from pledgebook.book.effective import CORRECTABLE
from pledgebook.core.counted import agreeing
from pledgebook.core.problem import Problem
from pledgebook.views.book.decision_rows import COLUMNS, RECORD, Texts, is_record, requests_of_rows
from pledgebook.views.book.incoming import Sheet, problem, read_sheets
from pledgebook.views.book.review_rows import AS_EXPORTED, requests_of_review

#: Sheets of a whole export that hold decisions; without their columns they are told, not passed over.
_EXPECTED = frozenset({"decisions", "commitments", "claims"})
#: Column names that are shown of a sheet that lacks others, and characters of each: where nothing parts them, the whole line is one.
_SHOWN, _LONG = 12, 60
_PARTING = " Part cells by commas, semicolons or tabs."
_EDITABLE = frozenset(field for fields in CORRECTABLE.values() for field in fields)


def read_decisions(data: bytes, name: str, texts: Texts | None = None) -> tuple[list[Request], list[Problem]]:
    """The decisions of a file called `name`, in its order, and a Problem for each row or sheet that cannot be read; the rest is read.

    A workbook may hold both shapes: its sheets of decisions and its review sheets are read, all others passed over. `texts` gives the text
    of a document (by id or SHA-256): with it, what is added may be marked by its quote alone. See docs/exports.md for the columns.
    """
    sheets, problems = read_sheets(data, name)
    requests: list[Request] = []
    seen: dict[Request, int | None] = {}
    read = False
    shapes = [(_shape(sheet, alone=len(sheets) == 1), sheet) for sheet in sheets]
    # Decisions that were written down before come before what was edited since.
    for shape, sheet in sorted(shapes, key=lambda pair: pair[0] != "decisions"):
        if shape is None and sheet.title not in _EXPECTED:
            continue
        read = True
        for item in _items(sheet, shape, texts):
            found = item if isinstance(item, Problem) else _fault(item, seen)
            if found is None and isinstance(item, Request):
                requests.append(item)
            elif isinstance(found, Problem):
                problems.append(found)
    if sheets and not read:
        problems.append(_missing(sheets[0]))
    return requests, problems


def _shape(sheet: Sheet, *, alone: bool) -> str | None:
    headings = set(sheet.headings)
    if {"kind", "target"} <= headings or RECORD in headings or {"kind", "document"} <= headings <= {*COLUMNS}:
        return "decisions"
    adds_only = alone and {"document", "quote"} <= headings and "id" not in headings and bool(_EDITABLE & headings)
    return "review" if adds_only or {"decision", AS_EXPORTED} & headings else None


def _items(sheet: Sheet, shape: str | None, texts: Texts | None) -> Iterator[Request | Problem]:
    if shape == "decisions":
        yield from _unknown_columns(sheet)
        yield from requests_of_rows(sheet, texts)
    elif shape == "review":
        yield from requests_of_review(sheet, texts)
    else:
        yield _missing(sheet)


def _unknown_columns(sheet: Sheet) -> Iterator[Problem]:
    for heading in sheet.headings:
        if heading not in COLUMNS and not is_record(heading):
            what = f"The column {heading!r} is not read."
            found = problem("unknown-column", sheet.where, None, what, f"The columns are: {', '.join(COLUMNS)}.")
            yield msgspec.structs.replace(found, severity="warning")


def _missing(sheet: Sheet) -> Problem:
    if sheet.title in _EXPECTED - {"decisions"} or "id" in sheet.headings:
        missing, todo = ["decision", AS_EXPORTED], "Export the sheet again, and keep its columns."
    else:
        missing = [name for name in ("kind", "target") if name not in sheet.headings]
        todo = f"Give a row of column names: {', '.join(COLUMNS)}; or those of a sheet as `pledgebook export` writes it."
    what = f"The {agreeing(len(missing), 'column')} {' and '.join(missing)} {agreeing(len(missing), 'is', 'are')} missing. {_found(sheet)}"
    return problem("missing-column", sheet.where, None, what, f"{todo}{_PARTING if sheet.parted else ''}")


def _found(sheet: Sheet) -> str:
    """The column names that a sheet has, and by what they were parted."""
    shown = [repr(heading[:_LONG]) + ("..." if len(heading) > _LONG else "") for heading in sheet.headings[:_SHOWN]]
    some = ", ".join(shown) + (", ..." if len(sheet.headings) > _SHOWN else "")
    return f"Found{f' (parted by {sheet.parted})' if sheet.parted else ''}: {some or 'none'}."


def _fault(request: Request, seen: dict[Request, int | None]) -> Problem | None:
    """What keeps a request from being taken: the same stands above, or a half of a character that no text can hold."""
    try:
        msgspec.json.encode(request)
    except UnicodeEncodeError:
        what = "The row holds half a character (a lone surrogate)."
        return problem("bad-text", request.where, request.line, what, "Write the character anew.")
    plain = msgspec.structs.replace(request, where="", line=None)
    # A log may hold the same decision twice; the book counts how often an exported one is met.
    if plain in seen and request.whole is None:
        told = problem(
            "duplicate-row", request.where, request.line, f"The row says the same as line {seen[plain]}.", "Remove one of the two."
        )
        return msgspec.structs.replace(told, severity="warning")
    seen[plain] = request.line
    return None
