"""A workbook out of a real book, edited, decided and exported again; and its decisions in another book."""

import io
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
import python_calamine
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.support.made import RECORDED
from tests.views.exports.conftest import FIRST, MARSH, OPENED, SCHOOLS, SECOND, TEXTS, WELLS, MakeBook, as_it_stands

from pledgebook.book.deciding import Request, decide
from pledgebook.book.opening import Book
from pledgebook.core.snapshot import Snapshot
from pledgebook.views.book.export import export
from pledgebook.views.book.options import ExportOptions
from pledgebook.views.decision_files import read_decisions

Grid = list[list[str]]
FORMS = ["b.xlsx", "b.csv", "b.jsonl", "b.jsonld", "b.parquet", "b.atom", "b.ics", "b.sqlite"]
#: What people write that spreadsheets are known to spoil.
ODD = ["=1+1", "-5", "@who", "007", "2025-09", "TRUE", "a\nb", "“x” \u2028 é\U0001f600", "\x00\x0b", "_x000D_", '"']


def grids_of(data: bytes) -> dict[str, Grid]:
    """Every sheet as texts, as a reader that is not ours sees it."""
    book = python_calamine.load_workbook(io.BytesIO(data))
    return {name: [[_text(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names}


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def workbook_of(grids: Mapping[str, Grid]) -> bytes:
    """The sheets saved by another program than the one that exported them: cells only, no widths, no formats."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    for name, grid in grids.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(grid):
            for place, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, place, cell)
    book.close()
    return data.getvalue()


def put(grid: Grid, one: str, **cells: str) -> None:
    """Fill cells of the row with this id; a new row if there is none."""
    row = next((row for row in grid if row[0] == one), None)
    if row is None:
        row = [""] * len(grid[0])
        grid.append(row)
    for heading, cell in cells.items():
        row[grid[0].index(heading)] = cell


def cells_of(grid: Grid, one: str) -> dict[str, str]:
    return next(dict(zip(grid[0], row, strict=True)) for row in grid if row[0] == one)


def exported(snapshot: Snapshot, path: Path, table: str | None = None) -> bytes:
    assert export(snapshot, path, ExportOptions(table=table)) == ()
    return path.read_bytes()


def taken_in(book: Book, data: bytes, name: str, recorded: str = RECORDED) -> tuple[int, int]:
    """How many decisions of a file were written down, and how many were known."""
    requests, problems = read_decisions(data, name, TEXTS.get)
    assert problems == []
    done = decide(book, requests, author="coder", recorded=recorded)
    assert done.problems == ()
    return done.written, done.unchanged


def edited(book: Book, folder: Path) -> bytes:
    """The book's workbook after a person went through it."""
    grids = grids_of(exported(as_it_stands(book), folder / "out.xlsx"))
    put(
        grids["commitments"],
        SCHOOLS.id,
        actors="Freedonia; Sylvania",
        deadline="../2027-03",
        occasion='"=1+1"',
        comment="\n=why é\U0001f600",
    )
    put(grids["commitments"], WELLS.id, decision="accept")
    put(grids["commitments"], MARSH.id, decision="reject", comment="a wish only")
    put(grids["commitments"], "", document=FIRST.reading.document.sha256, quote="First release", actors="Sylvania")
    put(grids["claims"], OPENED.id, happened="2025-01", decision="accept")
    return workbook_of(grids)


def contents(path: Path) -> dict[str, bytes]:
    return {str(one.relative_to(path)): one.read_bytes() for one in sorted(path.rglob("*")) if one.is_file()}


def test_a_workbook_that_nobody_touched_decides_nothing(make_book: MakeBook, tmp_path: Path) -> None:
    book = make_book("one", [FIRST, SECOND])
    data = exported(as_it_stands(book), tmp_path / "b.xlsx")
    assert read_decisions(data, "b.xlsx") == read_decisions(workbook_of(grids_of(data)), "b.xlsx") == ([], [])


def test_what_was_edited_is_in_the_next_workbook(make_book: MakeBook, tmp_path: Path) -> None:
    book = make_book("one", [FIRST, SECOND])
    # Three corrections, accept, reject, add; and of the claim a correction and accept.
    assert taken_in(book, edited(book, tmp_path), "edited.xlsx") == (8, 0)
    now = as_it_stands(book)
    sheets = grids_of(exported(now, tmp_path / "again.xlsx"))
    schools = cells_of(sheets["commitments"], SCHOOLS.id)
    assert (schools["actors"], schools["deadline"], schools["occasion"], schools["review"]) == (
        "Freedonia; Sylvania", "../2027-03", '"=1+1"', "corrected",
    )  # fmt: skip
    assert msgspec.json.decode(schools["machine"]) == {"actors": ["Freedonia"], "deadline": "../2025", "occasion": None}
    assert cells_of(sheets["commitments"], WELLS.id)["review"] == "accepted"
    assert MARSH.id not in {row[0] for row in sheets["commitments"]}
    added = [dict(zip(sheets["commitments"][0], row, strict=True)) for row in sheets["commitments"] if row[2] == "added"]
    assert [(row["quote"], row["actors"], row["start"], row["end"]) for row in added] == [("First release", "Sylvania", "0", "13")]
    assert cells_of(sheets["claims"], OPENED.id)["happened"] == "2025-01"
    assert {one.comment for one in now.decisions} == {"=why é\U0001f600", "a wish only", None}


def test_an_export_with_decisions_is_known_to_its_own_book(make_book: MakeBook, tmp_path: Path) -> None:
    book = make_book("one", [FIRST, SECOND])
    taken_in(book, edited(book, tmp_path), "edited.xlsx")
    before = exported(as_it_stands(book), tmp_path / "b.xlsx")
    assert taken_in(book, before, "b.xlsx", "2027-01-01T00:00:00Z") == (0, 8)
    assert exported(as_it_stands(book), tmp_path / "b.xlsx") == before


@pytest.mark.parametrize("carrier", ["d.xlsx", "d.csv", "d.jsonl"])
def test_another_book_with_the_same_documents_and_decisions_exports_the_same_bytes(
    make_book: MakeBook, tmp_path: Path, carrier: str
) -> None:
    one, two = make_book("one", [FIRST, SECOND]), make_book("two", [SECOND, FIRST])
    taken_in(one, edited(one, tmp_path), "edited.xlsx")
    table = None if carrier.endswith(".xlsx") else "decisions"
    assert taken_in(two, exported(as_it_stands(one), tmp_path / carrier, table), carrier, "2027-01-01T00:00:00Z") == (8, 0)
    for folder, book in (("of-one", one), ("of-two", two)):
        (tmp_path / folder).mkdir()
        for name in FORMS:
            assert export(as_it_stands(book), tmp_path / folder / name) == ()
    assert contents(tmp_path / "of-one") == contents(tmp_path / "of-two")


@pytest.mark.parametrize("name", ["d.xlsx", "d.csv", "d.jsonl"])
def test_a_decision_that_the_log_holds_twice_comes_back_twice(make_book: MakeBook, tmp_path: Path, name: str) -> None:
    """Who changes their mind twice within a second says the same twice; the second was taken for a copied row, and the rejection stood."""
    one, two = make_book("one", [FIRST]), make_book("two", [FIRST])
    decide(one, [Request(kind=kind, target=WELLS.id) for kind in ("accept", "reject", "accept")], author="coder", recorded=RECORDED)
    data = exported(as_it_stands(one), tmp_path / name, None if name.endswith(".xlsx") else "decisions")
    assert (taken_in(one, data, name), taken_in(two, data, name)) == ((0, 3), (3, 0))
    assert as_it_stands(one) == as_it_stands(two)
    assert WELLS.id in {mention.commitment.id for standing in as_it_stands(two).standings for mention in standing.promise.mentions}


@pytest.fixture
def grown(make_book: MakeBook) -> Book:
    """One book for all examples of a test: what the last ones decided stays in it."""
    return make_book("grown", [FIRST])


@pytest.mark.parametrize("name", ["d.xlsx", "d.csv", "d.jsonl"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(str.strip) | st.sampled_from(ODD))
@example(text="x" * 9_000)
def test_any_words_of_a_person_come_back_from_a_real_book(grown: Book, tmp_path: Path, name: str, text: str) -> None:
    said = [
        Request(kind="note", target=WELLS.id, comment=text),
        Request(kind="correct", target=SCHOOLS.id, field="occasion", value=msgspec.json.encode(text).decode(), comment=text),
        Request(kind="dispute", target=WELLS.id, who=text, text=text, link=text),
    ]
    assert decide(grown, said, author=text, recorded=RECORDED).problems == ()
    now = as_it_stands(grown)
    found, problems = read_decisions(exported(now, tmp_path / name, None if name.endswith(".xlsx") else "decisions"), name)
    assert problems == []
    assert [one.whole for one in found] == list(now.decisions)
