"""Workbooks (XLSX, ODS, XLS) to numbered rows of cells, as a person would write them; read in a process of its own."""

from pledgebook.reference.apart import BeyondError, Bounds, read_apart

#: Bytes that open a ZIP container, and with it an XLSX or ODS file, and those that open an XLS file.
_BEGINNINGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
BOUNDS = Bounds(memory=4 << 30, processor=300, clock=600)
_CHILD = "pledgebook.reference.workbook_child"


class WorkbookError(Exception):
    """A workbook cannot be read; the text says why."""


def is_workbook(data: bytes) -> bool:
    """Whether the bytes may be those of a workbook."""
    return data.startswith(_BEGINNINGS)


def is_named_as_workbook(name: str) -> bool:
    """Whether a file of that name ought to be a workbook."""
    return name.lower().endswith(_SUFFIXES)


class Workbook:
    """A workbook with the names of its `sheets`. Raises WorkbookError."""

    def __init__(self, data: bytes) -> None:
        self._rows = dict(_read(data))
        self.sheets = tuple(self._rows)

    def rows(self, sheet: str) -> list[tuple[int, list[str]]]:
        """The cells of each row of a sheet with its number (from 1); a row without any text is left out."""
        return self._rows[sheet]


def _read(data: bytes) -> list[tuple[str, list[tuple[int, list[str]]]]]:
    try:
        told = read_apart(_CHILD, data, BOUNDS)
    except BeyondError:
        raise WorkbookError(f"it takes more than {BOUNDS.memory >> 30} GB of memory or {BOUNDS.processor} seconds") from None
    if "error" in told:
        raise WorkbookError(told["error"])
    return [(name, [(line, cells) for line, cells in rows]) for name, rows in told]
