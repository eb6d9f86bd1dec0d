"""Workbooks (XLSX, ODS, XLS) to numbered rows of cells, as a person would write them; read in a process of its own."""

import json
import subprocess
import sys

#: Bytes that open a ZIP container, and with it an XLSX or ODS file, and those that open an XLS file.
_BEGINNINGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
#: What reading one workbook may take: bytes of memory, seconds of processor, seconds by the clock.
MEMORY, PROCESSOR, CLOCK = 4 << 30, 300, 600
_CHILD = "pledgebook.reference.workbook_child"


class WorkbookError(Exception):
    """A workbook cannot be read; the text says why."""


def is_workbook(data: bytes) -> bool:
    """Whether the bytes may be those of a workbook."""
    return data.startswith(_BEGINNINGS)


class Workbook:
    """A workbook with the names of its `sheets`. Raises WorkbookError."""

    def __init__(self, data: bytes) -> None:
        self._rows = dict(_read(data))
        self.sheets = tuple(self._rows)

    def rows(self, sheet: str) -> list[tuple[int, list[str]]]:
        """The cells of each row of a sheet with its number (from 1); a row without any text is left out."""
        return self._rows[sheet]


def _read(data: bytes) -> list[tuple[str, list[tuple[int, list[str]]]]]:
    command = [sys.executable, "-m", _CHILD, str(MEMORY), str(PROCESSOR)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=CLOCK, check=False)  # noqa: S603 - this program's own module; the workbook is its input, no argument
    except subprocess.TimeoutExpired:
        raise WorkbookError(f"it took more than {CLOCK} seconds") from None
    if done.returncode:
        raise WorkbookError(f"it takes more than {MEMORY >> 30} GB of memory or {PROCESSOR} seconds")
    told = json.loads(done.stdout)
    if "error" in told:
        raise WorkbookError(told["error"])
    return [(name, [(line, cells) for line, cells in rows]) for name, rows in told]
