"""A workbook of a few bytes that spans more cells than there is memory for."""

import io
from pathlib import Path

import pytest
import xlsxwriter

from pledgebook.reference.apart import Bounds
from pledgebook.reference.workbook_rows import Workbook, WorkbookError


def workbook(row: int, column: int) -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet("one")
        sheet.write(0, 0, "first")
        sheet.write(row, column, "last")
    return kept.getvalue()


def test_a_cell_at_the_end_of_a_sheet_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pledgebook.reference.workbook_rows.BOUNDS", Bounds(memory=1 << 30, processor=60, clock=60))
    data = workbook(1_048_575, 16_383)
    assert len(data) < 10_000
    with pytest.raises(WorkbookError, match="memory"):
        Workbook(data)


def test_another_workbook_is_read() -> None:
    found = Workbook(workbook(2, 1))
    assert found.sheets == ("one",)
    assert found.rows("one") == [(1, ["first", ""]), (3, ["", "last"])]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_what_is_none_is_a_problem(data: bytes) -> None:
    with pytest.raises(WorkbookError):
        Workbook(data)


def test_nothing_that_lies_in_the_folder_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "python_calamine.py").write_text("raise SystemExit(3)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert Workbook(workbook(2, 1)).sheets == ("one",)
