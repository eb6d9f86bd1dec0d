"""CSV, XLSX and JSON Lines -> numbered rows of cells by heading, every cell as text."""

import csv
import json
from collections.abc import Iterable, Iterator

import msgspec

from pledgebook.core.problem import Problem
from pledgebook.reference.csv_rows import numbered_rows
from pledgebook.reference.workbook_rows import Workbook, WorkbookError, is_named_as_workbook, is_workbook
from pledgebook.trackers.column_map import ColumnMap


class TableRow(msgspec.Struct, frozen=True):
    """One row: the line it begins in (of a sheet: its row; from 1), and its cells by heading, white space collapsed, blank ones left out."""

    line: int
    cells: dict[str, str]


def rows_of(data: bytes, name: str, column_map: ColumnMap) -> Iterator[TableRow | Problem]:
    """The rows of a tracker; nothing but a Problem if it cannot be read or lacks a column of the map."""
    if is_workbook(data):
        lines = _sheet(data, name, column_map)
    elif is_named_as_workbook(name):
        what = "The file is no workbook, for all its name."
        lines = _problem("bad-workbook", name, None, what, "Save it again as XLSX, or name it .csv if it is one.")
    else:
        try:
            text = data.decode("utf-8-sig" if column_map.table.encoding == "utf-8" else column_map.table.encoding)
        except UnicodeDecodeError as error:
            what = f"The file is not {column_map.table.encoding} (byte {error.start})."
            yield _problem("bad-encoding", name, None, what, "Name its encoding in [table] of the map.")
            return
        if text.lstrip().startswith("{"):
            yield from _objects(text, name, column_map)
            return
        lines = numbered_rows(text, column_map.table.delimiter)
    yield from _with_headings(lines, name, column_map) if not isinstance(lines, Problem) else [lines]


def _with_headings(lines: Iterable[tuple[int, list[str] | csv.Error]], name: str, column_map: ColumnMap) -> Iterator[TableRow | Problem]:
    headings: list[str] | None = None
    for line, cells in lines:
        if line < column_map.table.headings:
            continue
        if isinstance(cells, csv.Error):
            yield _problem("bad-line", name, line, f"The line cannot be read ({cells}).", "Mend its quotation marks.")
        elif headings is None:
            headings = [" ".join(cell.split()) for cell in cells]
            if fault := _bad_headings(headings, name, line, column_map):
                yield fault
                return
        elif any(cell.strip() for cell in cells[len(headings) :]):
            what = f"The line has {len(cells)} cells, more than there are headings ({len(headings)})."
            yield _problem("ragged-line", name, line, what, "Put cells that hold the separator into quotation marks.")
        else:
            plain = (" ".join(cell.split()) for cell in cells)
            yield TableRow(line, {heading: cell for heading, cell in zip(headings, plain, strict=False) if heading and cell})
    if headings is None:
        yield _problem("empty", name, None, "There is no line of headings in it.", "Check the file, and `headings` in [table] of the map.")


def _bad_headings(headings: list[str], name: str, line: int, column_map: ColumnMap) -> Problem | None:
    needed = column_map.all_headings()
    if missing := [heading for heading in needed if heading not in headings]:
        what = f"The column {missing[0]!r} of the map {column_map.name} is not among the headings."
        return _problem("missing-column", name, line, what, "Mend the map, or `headings` in its [table].")
    if twice := [heading for heading in needed if headings.count(heading) > 1]:
        return _problem("duplicate-column", name, line, f"The heading {twice[0]!r} stands there twice.", "Rename one of them.")
    return None


def _sheet(data: bytes, name: str, column_map: ColumnMap) -> Iterator[tuple[int, list[str] | csv.Error]] | Problem:
    wanted = column_map.table.sheet
    try:
        book = Workbook(data)
        if not book.sheets:
            return _problem("empty", name, None, "The workbook has no sheet.", "Check the file.")
        if wanted is not None and wanted not in book.sheets:
            what = f"The workbook has no sheet {wanted!r}."
            return _problem("missing-sheet", name, None, what, f"Its sheets are {', '.join(book.sheets)}.")
        return iter(book.rows(wanted or book.sheets[0]))
    except WorkbookError as error:
        return _problem("bad-workbook", name, None, f"The workbook cannot be read ({error}).", "Save it again as XLSX, without a password.")


def _objects(text: str, name: str, column_map: ColumnMap) -> Iterator[TableRow | Problem]:
    """The objects of JSON Lines; numbers keep the digits they are written with."""
    rows: list[TableRow | Problem] = []
    for line, written in enumerate(text.split("\n"), 1):
        if not written.strip():
            continue
        try:
            value = json.loads(written, parse_float=str, parse_int=str)
        except (ValueError, RecursionError) as error:
            rows.append(_problem("bad-line", name, line, f"The line is no JSON ({error}).", "Write one JSON object a line."))
            continue
        if not isinstance(value, dict):
            rows.append(_problem("bad-line", name, line, "The line is no JSON object.", "Write one JSON object a line."))
            continue
        plain = {" ".join(key.split()): _json_cell(cell) for key, cell in value.items()}
        rows.append(TableRow(line, {key: cell for key, cell in plain.items() if key and cell}))
    keys = {key for row in rows if isinstance(row, TableRow) for key in row.cells}
    if missing := [heading for heading in column_map.all_headings() if heading not in keys]:
        what = f"No line has the key {missing[0]!r} of the map {column_map.name}."
        yield _problem("missing-column", name, None, what, "Mend the map.")
        return
    yield from rows


def _json_cell(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    written = cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False, sort_keys=True)
    return " ".join(written.encode("utf-8", "replace").decode().split())


def _problem(rule: str, where: str, line: int | None, what: str, todo: str) -> Problem:
    return Problem(severity="error", rule=rule, where=where, line=line, what=what, todo=todo)
