"""The review sheet goes out, is edited, and comes back: what was changed is found, and nothing else."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import python_calamine
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pledgebook.book.deciding import Request
from pledgebook.core.problem import Problem
from pledgebook.core.snapshot import Snapshot
from pledgebook.views.book.export import export
from pledgebook.views.book.options import ExportOptions
from pledgebook.views.decision_files import read_decisions

Grid = list[list[str]]
Edit = Callable[[Grid], None]
#: Where the rows of the sheet begin, below names and hashtags.
FIRST = 2


def written(snapshot: Snapshot, folder: Path, name: str, table: str = "commitments") -> bytes:
    path = folder / name
    assert export(snapshot, path, ExportOptions(table=table if name.endswith(".csv") else None)) == ()
    return path.read_bytes()


def grid_of(data: bytes, table: str = "commitments") -> Grid:
    if data.startswith(b"PK"):
        sheet = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_name(table)
        return [
            [str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell) for cell in row] for row in sheet.to_python()
        ]
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheet_of(grid: Grid, name: str, table: str = "commitments") -> bytes:
    if name.endswith(".csv"):
        text = io.StringIO(newline="")
        csv.writer(text).writerows(grid)
        return text.getvalue().encode()
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    sheet = book.add_worksheet(table)
    for number, row in enumerate(grid):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell)
    book.close()
    return data.getvalue()


def put(heading: str, cell: str, row: int = FIRST) -> Edit:
    def edit(grid: Grid) -> None:
        grid[row][grid[0].index(heading)] = cell

    return edit


def edited(snapshot: Snapshot, folder: Path, name: str, *edits: Edit, table: str = "commitments") -> tuple[list[Request], list[Problem]]:
    grid = grid_of(written(snapshot, folder, name, table), table)
    for edit in edits:
        edit(grid)
    texts = {one.id: one.text for one in snapshot.documents}
    return read_decisions(sheet_of(grid, name, table), name, texts.get)


FORMS = pytest.mark.parametrize("name", ["review.csv", "review.xlsx"])


@FORMS
@pytest.mark.parametrize("table", ["commitments", "claims"])
def test_a_sheet_that_nobody_touched_decides_nothing(snapshot: Snapshot, tmp_path: Path, name: str, table: str) -> None:
    plain = msgspec.structs.replace(snapshot, decisions=())
    assert read_decisions(written(plain, tmp_path, name, table), name) == ([], [])
    assert edited(plain, tmp_path, name, table=table) == ([], [])


def test_a_whole_workbook_gives_back_what_was_decided_and_then_what_was_edited(snapshot: Snapshot, tmp_path: Path) -> None:
    requests, problems = read_decisions(written(snapshot, tmp_path, "whole.xlsx"), "whole.xlsx")
    assert ([one.whole for one in requests], problems) == (list(snapshot.decisions), [])


def test_what_was_decided_before_comes_before_what_was_edited_since() -> None:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    for name, rows in (("commitments", [["id", "decision"], ["a", "reject"]]), ("decisions", [["kind", "target"], ["accept", "a"]])):
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    requests, problems = read_decisions(data.getvalue(), "d.xlsx")
    assert [(one.kind, one.where) for one in requests] == [("accept", "d.xlsx, sheet decisions"), ("reject", "d.xlsx, sheet commitments")]
    assert problems == []


@FORMS
def test_each_changed_cell_is_a_correction(snapshot: Snapshot, tmp_path: Path, name: str) -> None:
    edits = (
        put("actors", "Northland"),
        put("kind", "Supply"),
        put("conditional", "yes"),
        put("deadline", "../2027-01"),
        put("occasion", ""),
    )
    requests, problems = edited(snapshot, tmp_path, name, *edits, put("comment", "read again"))
    target = snapshot.standings[0].promise.lead.id
    assert problems == []
    assert [(one.kind, one.target, one.field, one.value) for one in requests] == [
        ("correct", target, "actors", '["Northland"]'),
        ("correct", target, "kind", '"supply"'),
        ("correct", target, "deadline", '"../2027-01"'),
        ("correct", target, "conditional", "true"),
        ("correct", target, "occasion", "null"),
    ]
    assert {one.comment for one in requests} == {"read again"}
    assert {one.line for one in requests} == {FIRST + 1} or name.endswith(".csv")


@FORMS
def test_another_way_to_write_the_same_value_is_no_correction(snapshot: Snapshot, tmp_path: Path, name: str) -> None:
    edits = (put("negated", "FALSE"), put("kind", "FUND"), put("amounts", "12,000,000 USD (more-than) “more than $12 million”"))
    assert edited(snapshot, tmp_path, name, *edits)[0] == []


@FORMS
def test_accept_reject_and_comments(snapshot: Snapshot, tmp_path: Path, name: str) -> None:
    edits = (put("decision", "Accept"), put("decision", "reject", FIRST + 1), put("comment", '"=why"', FIRST + 2))
    requests, problems = edited(snapshot, tmp_path, name, *edits)
    ids = [mention.commitment.id for standing in snapshot.standings for mention in standing.promise.mentions]
    assert [(one.kind, one.target, one.comment) for one in requests] == [
        ("accept", ids[0], None),
        ("reject", ids[1], None),
        ("note", ids[2], "=why"),
    ]
    assert problems == []


@FORMS
def test_a_row_without_an_id_adds_what_was_missed(snapshot: Snapshot, tmp_path: Path, name: str) -> None:
    document = snapshot.standings[1].promise.mentions[0].document

    def add(grid: Grid) -> None:
        given = {"document": document, "quote": "Bridges & mines", "actors": "Northland", "testable": "no", "comment": "missed"}
        grid.append([given.get(heading, "") for heading in grid[0]])

    requests, problems = edited(snapshot, tmp_path, name, add)
    assert problems == []
    assert [(one.kind, one.document, one.start, one.end, one.field, one.value, one.comment) for one in requests] == [
        ("add", document, 0, 15, "commitment", '{"actors":["Northland"],"testable":false}', "missed")
    ]


def test_claims_are_reviewed_in_the_same_way(snapshot: Snapshot, tmp_path: Path) -> None:
    requests, problems = edited(snapshot, tmp_path, "c.csv", put("effect", "slipped"), put("moved_to", "2027"), table="claims")
    assert [(one.field, one.value) for one in requests] == [("effect", '"slipped"'), ("moved_to", '"2027"')]
    assert problems == []


def remove(heading: str) -> Edit:
    def edit(grid: Grid) -> None:
        place = grid[0].index(heading)
        for row in grid:
            del row[place]

    return edit


def twice(grid: Grid) -> None:
    grid.append(list(grid[FIRST]))


def sorted_in_part(grid: Grid) -> None:
    place = grid[0].index("as_exported")
    grid[FIRST][place], grid[FIRST + 1][place] = grid[FIRST + 1][place], grid[FIRST][place]


@pytest.mark.parametrize(
    ("edit", "rules"),
    [
        (put("deadline", "next year"), ["bad-date"]),
        (put("decision", "maybe"), ["unknown-decision"]),
        (put("quote", "other words"), ["fixed-cell"]),
        (put("start", "5"), ["fixed-cell"]),
        (put("as_exported", "{"), ["bad-record"]),
        (put("id", ""), ["wrong-quote"]),
        (sorted_in_part, ["bad-record", "bad-record"]),
        (twice, ["duplicate-row"]),
        (remove("as_exported"), ["missing-column"]),
    ],
)
def test_what_cannot_be_read_is_told_and_the_rest_is_read(snapshot: Snapshot, tmp_path: Path, edit: Edit, rules: list[str]) -> None:
    if rules == ["wrong-quote"]:
        requests, problems = edited(snapshot, tmp_path, "r.csv", put("start", "1"), put("decision", "accept", FIRST + 2), edit)
    else:
        requests, problems = edited(snapshot, tmp_path, "r.csv", put("decision", "accept", FIRST + 2), edit)
    assert [problem.rule for problem in problems] == rules
    assert all(problem.todo for problem in problems)
    assert [one.kind for one in requests] == ["accept"]


def test_a_review_sheet_without_both_its_columns_is_told(snapshot: Snapshot, tmp_path: Path) -> None:
    _, problems = edited(snapshot, tmp_path, "r.xlsx", remove("as_exported"), remove("decision"))
    assert [problem.rule for problem in problems] == ["missing-column"]


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40), st.booleans())
@example("=é\U0001f600" * 20_000, True)
@example("a; b" * 20_000, False)
def test_any_text_of_a_reading_survives_the_round(
    snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory, text: str, workbook: bool
) -> None:
    """Whatever a text holds, the sheet that shows it comes back unchanged, and says so."""
    standing = snapshot.standings[1]
    mention = standing.promise.mentions[0]
    reading = msgspec.structs.replace(mention.commitment, quote=text, action=text, actors=(text, "b"), occasion=text, speaker=text)
    promise = msgspec.structs.replace(standing.promise, mentions=(msgspec.structs.replace(mention, commitment=reading, outlet=text),))
    odd = msgspec.structs.replace(snapshot, standings=(msgspec.structs.replace(standing, promise=promise),), decisions=())
    name = "odd.xlsx" if workbook else "odd.csv"
    assert read_decisions(written(odd, tmp_path_factory.mktemp("odd"), name), name) == ([], [])
