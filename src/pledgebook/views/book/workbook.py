"""The whole book as an XLSX workbook, a sheet for each table. Strings are written as strings: nothing in it is a formula."""

import contextlib
import datetime
import tempfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from pledgebook.book.effective import CORRECTABLE
from pledgebook.book.errors import book_error
from pledgebook.views.book.codebook import CODEBOOK_COLUMNS, Column, codebook, codebook_rows
from pledgebook.views.book.files import write_atomically
from pledgebook.views.book.options import ExportOptions
from pledgebook.views.book.sheet_cells import MOST_ROWS, Cell, SheetTable
from pledgebook.views.book.whole import Whole

#: The sheets, in the order in which they stand; sums as numbers are for data formats only.
SHEETS = tuple(name for name in codebook() if name != "amounts")
_WIDTHS = {"text": 28, "names": 22, "amounts": 22, "purposes": 22, "id": 18, "json": 12}
_WIDE = {"quote": 60, "summary": 60, "what": 40, "action": 40, "meaning": 90}
#: Digits that a spreadsheet's number keeps.
_DIGITS = 15
#: Bytes of a workbook that are handed over at a time.
_BLOCK = 1 << 20


def write_xlsx(whole: Whole, path: Path, _: ExportOptions) -> None:
    """The workbook. Raises BookError, "too-many-rows", for a table that no sheet can hold."""
    write_atomically(path, _parts(whole, path))


def _parts(whole: Whole, path: Path) -> Iterator[bytes]:
    """The workbook's bytes, made in a folder beside its place when they are asked for: rows are on the disk, not in memory. Raises OSError."""
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.absolute().parent) as folder:
        made = Path(folder) / "book.xlsx"
        try:
            _make(whole, path, made)
        except FileCreateError as error:
            raise error.args[0] if isinstance(error.args[0], OSError) else OSError(None, str(error)) from None
        with made.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block


def _make(whole: Whole, path: Path, made: Path) -> None:
    book = xlsxwriter.Workbook(str(made), {"constant_memory": True, "tmpdir": str(made.parent)})
    try:
        _fill(book, whole, path)
        book.close()
    finally:
        for sheet in book.worksheets():  # the library leaves them open where it cannot write
            with contextlib.suppress(OSError):
                sheet.row_data_fh.close()


def _fill(book: Any, whole: Whole, path: Path) -> None:  # noqa: ANN401 - the library has no types
    day = datetime.datetime.fromisoformat(whole.snapshot.as_of[:10])
    book.set_properties({"title": f"Book {whole.snapshot.book} on {whole.snapshot.as_of}", "created": day})
    styles = _Styles(book)
    for name in SHEETS:
        table = SheetTable(whole, name)
        # Data of others may have more rows than a sheet; the rest of the book is written all the same, and `export` tells.
        fits = name != "observations" or len(whole.observed) <= MOST_ROWS
        _write_table(book, styles, table, table.rows() if fits else (), path)
    _write_codebook(book, styles)


class _Styles:
    def __init__(self, book: Any) -> None:  # noqa: ANN401 - the library has no types
        self.heading = book.add_format({"bold": True, "bottom": 1})
        self.to_edit = book.add_format({"bold": True, "bottom": 1, "bg_color": "#FFF2CC"})
        self.hashtag = book.add_format({"italic": True, "font_color": "#808080"})
        # 49 is text, which stays as it is typed: "2025-09" does not become a day of September.
        self.text = book.add_format({"num_format": 49})


def _write_table(book: Any, styles: _Styles, table: SheetTable, rows: Iterable[list[Cell]], path: Path) -> None:  # noqa: ANN401 - the library has no types
    sheet = book.add_worksheet(table.name)
    edited = set(CORRECTABLE[table.name.removesuffix("s")]) | {"decision", "comment"} if table.name in {"commitments", "claims"} else set()
    for number, column in enumerate(table.columns):
        text = column.kind not in {"whole", "decimal", "share", "degrees"}
        options = {"hidden": True} if column.only == "hidden" else {}
        sheet.set_column(number, number, _width(column), styles.text if text else None, options)
        sheet.write_string(0, number, column.name, styles.to_edit if column.name in edited else styles.heading)
    for number, column in enumerate(table.columns):
        sheet.write_string(1, number, column.hxl, styles.hashtag)
    sheet.freeze_panes(2, 1)
    for number, row in enumerate(rows, 2):
        if number > MOST_ROWS + 1:
            what = f"The table {table.name} has more rows than a sheet can hold ({MOST_ROWS})."
            raise book_error("too-many-rows", str(path), what, "Export it as .csv, .parquet or .sqlite.")
        _write_row(sheet, number, row, styles.text)


def _write_row(sheet: Any, number: int, row: Iterable[Cell], text: Any) -> None:  # noqa: ANN401 - the library has no types
    for place, cell in enumerate(row):
        if cell is None or cell == "":
            continue
        if isinstance(cell, str):
            sheet.write_string(number, place, cell, text)
        elif isinstance(cell, Decimal) and (len(cell.as_tuple().digits) > _DIGITS or abs(cell) > 10**_DIGITS):
            sheet.write_string(number, place, str(cell), text)
        else:
            sheet.write_number(number, place, cell)


def _write_codebook(book: Any, styles: _Styles) -> None:  # noqa: ANN401 - the library has no types
    sheet = book.add_worksheet("codebook")
    for place, heading in enumerate(CODEBOOK_COLUMNS):
        sheet.set_column(place, place, _WIDE.get(heading, 20))
        sheet.write_string(0, place, heading, styles.heading)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(codebook_rows(SHEETS), 1):
        _write_row(sheet, number, row, None)


def _width(column: Column) -> int:
    return _WIDE.get(column.name, _WIDTHS.get(column.kind, 12))
