"""CSV, XLSX and JSON Lines that come back from people -> sheets of rows, every cell as text by its heading."""

import csv
import json
from collections.abc import Iterable

import msgspec

from pledgebook.core.problem import Problem
from pledgebook.reference.csv_rows import delimiter_of, numbered_rows
from pledgebook.reference.workbook_rows import Workbook, WorkbookError, is_named_as_workbook, is_workbook
from pledgebook.views.book.cells import from_csv, tidy

#: What parts the cells of a line of CSV, in words.
_PARTED = {",": "commas", ";": "semicolons", "\t": "tabs"}


class Row(msgspec.Struct, frozen=True):
    """One row: its line (of a workbook: the row of its sheet; from 1) and its cells by heading, blank ones too; JSON has those it names only."""

    line: int
    cells: dict[str, str]


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One table: `where` names it in Problems, `title` is the sheet's name ("" where there is only one), `parted` what parts the cells of CSV."""

    where: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    parted: str | None = None


def read_sheets(data: bytes, name: str) -> tuple[list[Sheet], list[Problem]]:
    """Every table of a file, and what could not be read of it."""
    if is_workbook(data):
        return _workbook(data, name)
    if is_named_as_workbook(name):
        what = "The file is no workbook, for all its name."
        return [], [problem("bad-workbook", name, None, what, "Save it again as XLSX, or name it .csv if it is one.")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return [], [
            problem("bad-encoding", name, None, f"The file is not UTF-8 (byte {error.start}).", "Save it as CSV in UTF-8, or as XLSX.")
        ]
    if text.lstrip().startswith("{") or name.lower().endswith((".jsonl", ".ndjson")):
        return _objects(text, name)
    return _csv(text, name)


def problem(rule: str, where: str, line: int | None, what: str, todo: str) -> Problem:
    """An error in a file that came back."""
    return Problem(severity="error", rule=rule, where=where, line=line, what=what, todo=todo)


def _csv(text: str, name: str) -> tuple[list[Sheet], list[Problem]]:
    """The table of a CSV file; another delimiter than the comma is told, as it was taken from the heading row and not named by anybody."""
    delimiter = delimiter_of(text)
    rows = (
        (line, cells if isinstance(cells, csv.Error) else [from_csv(cell) for cell in cells])
        for line, cells in numbered_rows(text, delimiter)
    )
    sheets, problems = _table(rows, name, "")
    if delimiter != ",":
        what = f"Its cells were read as parted by {_PARTED[delimiter]}, as the row of column names has it."
        found = problem("delimiter", name, None, what, "Nothing, if that is so; else save it with commas.")
        problems.append(msgspec.structs.replace(found, severity="note"))
    return [msgspec.structs.replace(sheet, parted=_PARTED[delimiter]) for sheet in sheets], problems


def _table(lines: Iterable[tuple[int, list[str] | csv.Error]], where: str, title: str) -> tuple[list[Sheet], list[Problem]]:
    problems: list[Problem] = []
    headings: list[str] = []
    rows: list[Row] = []
    for line, cells in lines:
        if isinstance(cells, csv.Error):
            problems.append(problem("bad-line", where, line, f"The line cannot be read ({cells}).", "Mend its quotation marks."))
        elif not headings:
            headings = [" ".join(cell.split()).lower() for cell in cells]
            if twice := sorted({heading for heading in headings if heading and headings.count(heading) > 1}):
                return [], [*problems, problem("duplicate-column", where, line, f"The column {twice[0]!r} is there twice.", "Remove one.")]
        elif any(cell.strip() for cell in cells[len(headings) :]):
            what = f"The line has {len(cells)} cells, more than there are columns ({len(headings)})."
            problems.append(problem("ragged-line", where, line, what, "Put cells that hold the separator into quotation marks."))
        elif rows or not _is_hashtags(cells):
            padded = [*map(tidy, cells), *[""] * (len(headings) - len(cells))]
            rows.append(Row(line, {heading: cell for heading, cell in zip(headings, padded, strict=False) if heading}))
    if not headings:
        return [], problems or [problem("empty", where, None, "There is no line of column names in it.", "Check the file.")]
    return [Sheet(where=where, title=title, headings=tuple(filter(None, headings)), rows=tuple(rows))], problems


def _is_hashtags(cells: Iterable[str]) -> bool:
    """Whether this is the row of HXL hashtags below the column names."""
    return all(cell.strip().startswith("#") for cell in cells if cell.strip())


def _workbook(data: bytes, name: str) -> tuple[list[Sheet], list[Problem]]:
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    try:
        book = Workbook(data)
        for title in book.sheets:
            where = name if len(book.sheets) == 1 else f"{name}, sheet {title}"
            read, faults = _table(book.rows(title), where, title)
            sheets += read
            problems += [fault for fault in faults if fault.rule != "empty" or len(book.sheets) == 1]
    except WorkbookError as error:
        what = f"The file is no workbook that can be read ({error})."
        return [], [problem("bad-workbook", name, None, what, "Save it again as XLSX, without a password.")]
    return sheets, problems


def _objects(text: str, name: str) -> tuple[list[Sheet], list[Problem]]:
    rows: list[Row] = []
    problems: list[Problem] = []
    for line, written in enumerate(text.split("\n"), 1):
        if not written.strip():
            continue
        try:
            value = json.loads(written, parse_float=str)
        except (ValueError, RecursionError) as error:
            problems.append(problem("bad-line", name, line, f"The line is no JSON ({error}).", "Write one JSON object a line."))
            continue
        if not isinstance(value, dict):
            problems.append(problem("bad-line", name, line, "The line is no JSON object.", "Write one JSON object a line."))
        elif isinstance(value.get("target"), dict):  # a decision as it was exported, with its anchors
            rows.append(Row(line, {"record": written.strip()}))
        else:
            rows.append(Row(line, {key.strip().lower(): _json_cell(key, cell) for key, cell in value.items()}))
    headings = tuple(dict.fromkeys(key for row in rows for key in row.cells))
    return ([Sheet(where=name, title="", headings=headings, rows=tuple(rows))] if rows else []), problems


def _json_cell(key: str, cell: object) -> str:
    if key == "others" and isinstance(cell, list):
        return " ".join(map(str, cell))
    if cell is None and key != "value":
        return ""
    return cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)
