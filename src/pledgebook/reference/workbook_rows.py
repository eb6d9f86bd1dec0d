"""Workbooks (XLSX, ODS, XLS) to numbered rows of cells, as a person would write them."""

import datetime
import io

import python_calamine

#: Bytes that open a ZIP container, and with it an XLSX or ODS file, and those that open an XLS file.
_BEGINNINGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_FAULTS = (
    python_calamine.CalamineError,
    python_calamine.PasswordError,
    python_calamine.WorksheetNotFound,
    python_calamine.XmlError,
    python_calamine.ZipError,
    OSError,
)


class WorkbookError(Exception):
    """A workbook, or a sheet of it, cannot be read; the text says why."""


def is_workbook(data: bytes) -> bool:
    """Whether the bytes may be those of a workbook."""
    return data.startswith(_BEGINNINGS)


class Workbook:
    """A workbook with the names of its `sheets`. Raises WorkbookError."""

    def __init__(self, data: bytes) -> None:
        try:
            self._book = python_calamine.load_workbook(io.BytesIO(data))
        except _FAULTS as error:
            raise WorkbookError(str(error)) from None
        self.sheets = tuple(self._book.sheet_names)

    def rows(self, sheet: str) -> list[tuple[int, list[str]]]:
        """The cells of each row of a sheet with its number (from 1); a row without any text is left out. Raises WorkbookError."""
        try:
            found = self._book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        except _FAULTS as error:
            raise WorkbookError(str(error)) from None
        written = ((line, [_written(cell) for cell in row]) for line, row in enumerate(found, 1))
        return [(line, cells) for line, cells in written if any(cell.strip() for cell in cells)]


def _written(cell: object) -> str:
    """A cell as a person would write it: whole numbers without ".0", days as 2024-09-30."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, datetime.date | datetime.time) else str(cell)
