"""The program that reads one workbook, from standard input, in a process of its own whose memory and time are bounded.

A file of 6 KB whose last cell is the last that a sheet can have makes the reader ask for the whole sheet, and ends the process that has no such memory.
"""

import datetime
import io

import python_calamine

from pledgebook.reference.apart import answer, given

_FAULTS = (
    python_calamine.CalamineError,
    python_calamine.PasswordError,
    python_calamine.WorksheetNotFound,
    python_calamine.XmlError,
    python_calamine.ZipError,
    OSError,
)


def main() -> None:
    """Name and numbered rows of each sheet, or {"error": MESSAGE}."""
    data = given()
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        answer([(name, _rows(book.get_sheet_by_name(name))) for name in book.sheet_names])
    except _FAULTS as error:
        answer({"error": str(error)})


def _rows(sheet: python_calamine.CalamineSheet) -> list[tuple[int, list[str]]]:
    written = ((line, [_written(cell) for cell in row]) for line, row in enumerate(sheet.to_python(skip_empty_area=False), 1))
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


if __name__ == "__main__":
    main()
