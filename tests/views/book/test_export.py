import contextlib
import csv
import io
import os
import re
import resource
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest
import python_calamine
from tests.views.book.conftest import OBSERVED, Rows, observed

from pledgebook.book.errors import BookError
from pledgebook.core.decision import Decision, DecisionKind
from pledgebook.core.snapshot import Snapshot, Standing
from pledgebook.views.book import files
from pledgebook.views.book.codebook import codebook
from pledgebook.views.book.export import export
from pledgebook.views.book.options import ExportOptions
from pledgebook.views.book.rows import rows_of
from pledgebook.views.book.whole import Whole
from pledgebook.views.book.workbook import SHEETS
from pledgebook.views.rows import NOT_REVIEWED

NAMES = ["b.xlsx", "b.csv", "b.jsonl", "b.jsonld", "b.parquet", "b.atom", "b.ics", "b.sqlite", "b.db"]
EVERY_FORM = pytest.mark.parametrize("name", NAMES)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@EVERY_FORM
def test_the_same_snapshot_gives_the_same_bytes_and_nothing_else(snapshot: Snapshot, tmp_path: Path, name: str) -> None:
    before = msgspec.json.encode(snapshot)
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        assert export(snapshot, tmp_path / folder / name) == ()
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert one == two
    assert one
    assert not [path for path in one if Path(path).name.startswith(".")]
    assert msgspec.json.encode(snapshot) == before


@EVERY_FORM
def test_an_empty_book_can_be_written(snapshot: Snapshot, tmp_path: Path, name: str) -> None:
    empty = msgspec.structs.replace(
        snapshot, documents=(), standings=(), claims=(), decisions=(), problems=(), gatherings=type(snapshot.gatherings)()
    )
    assert export(empty, tmp_path / name) == ()


@EVERY_FORM
def test_half_characters_and_controls_stop_no_export(snapshot: Snapshot, tmp_path: Path, name: str) -> None:
    documents = tuple(msgspec.structs.replace(one, title="\ud800\x00<&>\ufffe", outlet="\x0b=1") for one in snapshot.documents)
    standings = tuple(
        msgspec.structs.replace(one, assessment=msgspec.structs.replace(one.assessment, summary="\ud800\x01")) for one in snapshot.standings
    )
    odd = msgspec.structs.replace(snapshot, documents=documents, standings=standings)
    assert export(odd, tmp_path / name) == ()


@contextlib.contextmanager
def small_disk() -> Iterator[None]:
    """No file may grow beyond 100 bytes, as on a full disk. To be held for the call alone: what pytest prints may go to a file too."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@EVERY_FORM
def test_a_full_disk_is_told_and_leaves_the_old_file(snapshot: Snapshot, tmp_path: Path, name: str) -> None:
    assert export(snapshot, tmp_path / name) == ()
    old = contents(tmp_path)
    later = msgspec.structs.replace(snapshot, as_of="2026-11-02")
    with small_disk():
        problems = export(later, tmp_path / name)
    assert [(problem.rule, problem.severity) for problem in problems] == [("unwritable", "error")]
    assert contents(tmp_path) == old


@EVERY_FORM
def test_a_folder_that_cannot_be_written_is_told(snapshot: Snapshot, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    assert [problem.rule for problem in export(snapshot, tmp_path / "file" / name)] == ["unwritable"]


def test_a_missing_or_taken_place_is_told(snapshot: Snapshot, tmp_path: Path) -> None:
    (tmp_path / "b.csv").mkdir()
    assert [problem.rule for problem in export(snapshot, tmp_path / "b.csv")] == ["unwritable"]
    assert [problem.rule for problem in export(snapshot, tmp_path / "missing" / "b.csv")] == ["unwritable"]
    assert contents(tmp_path) == {}


def test_no_file_is_moved_before_all_are_written(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def broken() -> Iterator[bytes]:
        yield b"half"
        raise OSError(28, os.strerror(28))

    with pytest.raises(BookError, match="No space left"):
        files.write_all({tmp_path / "a": [b"new"], tmp_path / "b": broken()})
    assert contents(tmp_path) == {"a": b"old"}


@pytest.mark.parametrize(
    ("name", "table", "rule"),
    [
        ("b.docx", None, "unknown-format"),
        ("b", None, "unknown-format"),
        ("b.csv", "nothing", "unknown-table"),
        ("b.xlsx", "promises", "whole-only"),
    ],
)
def test_what_is_asked_wrongly_is_told(snapshot: Snapshot, tmp_path: Path, name: str, table: str | None, rule: str) -> None:
    assert [problem.rule for problem in export(snapshot, tmp_path / name, ExportOptions(table=table))] == [rule]
    assert contents(tmp_path) == {}


def cells(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("table", list(codebook()))
def test_every_table_has_its_columns_hashtags_and_codebook(snapshot: Snapshot, tmp_path: Path, table: str) -> None:
    for name in ("t.csv", "t.jsonl"):
        assert export(snapshot, tmp_path / name, ExportOptions(table=table, observations=Rows([*OBSERVED]))) == ()
    rows = cells(tmp_path / "t.csv")
    told = {row["column"]: row for row in cells(tmp_path / "t.codebook.csv")}
    assert all(tag.startswith("#") for tag in rows[0].values())
    assert {name for name in rows[0] if not name.startswith("record_")} == set(told) - {""}
    lines = [msgspec.json.decode(line) for line in (tmp_path / "t.jsonl").read_bytes().splitlines()]
    assert len(lines) == len(rows) - 1
    assert lines, "the made book has something in every table"


def test_what_nobody_reviewed_says_so_in_every_row(snapshot: Snapshot, tmp_path: Path) -> None:
    seen = {}
    for table, column in (("promises", "reviewed"), ("commitments", "review"), ("claims", "review"), ("evidence", "reviewed")):
        export(snapshot, tmp_path / "t.csv", ExportOptions(table=table))
        seen[table] = [row[column] for row in cells(tmp_path / "t.csv")[1:]]
    assert seen == {
        "promises": ["reviewed", NOT_REVIEWED, NOT_REVIEWED],
        "commitments": ["corrected", NOT_REVIEWED, "accepted", NOT_REVIEWED],
        "claims": [NOT_REVIEWED],
        "evidence": [NOT_REVIEWED],
    }


def test_the_row_of_a_promise(snapshot: Snapshot, tmp_path: Path) -> None:
    export(snapshot, tmp_path / "t.csv", ExportOptions(table="promises"))
    row = cells(tmp_path / "t.csv")[2]
    wanted = {
        "who": "Freedonia",
        "what": "repair 40 bridges",
        "amounts": "40 bridges “40 bridges”",
        "value": "40",
        "unit": "bridges",
        "due": "../2026-03",
        "deadline": "../2026-03",
        "announced": "2024-03-04",
        "last_told": "2025-07-01",
        "outlets": "Northland Gazette; Lake Herald",
        "days_late": "215",
        "flags": "contested; provisional",
        "contested_by": "Lake Union",
        "authority": "audited",
        "independence": "third-party",
        "before": "Bridges & mines",
        "delivered": "12/40 bridges",
    }
    assert {name: row[name] for name in wanted} == wanted


def test_whole_texts_are_shown_only_where_they_may(snapshot: Snapshot, tmp_path: Path) -> None:
    text = snapshot.documents[0].text
    for suffix in ("jsonl", "jsonld"):
        table = "documents" if suffix == "jsonl" else None
        export(snapshot, tmp_path / f"never.{suffix}", ExportOptions(table=table))
        shown = ExportOptions(table=table, may_show_text=lambda one: one.id == snapshot.documents[0].id)
        export(snapshot, tmp_path / f"one.{suffix}", shown)
        assert msgspec.json.encode(text)[1:-1] not in (tmp_path / f"never.{suffix}").read_bytes()
        assert (tmp_path / f"one.{suffix}").read_bytes().count(msgspec.json.encode(text)) == 1


def test_no_more_than_the_words_around_a_quote_is_shown(snapshot: Snapshot, tmp_path: Path) -> None:
    one = snapshot.documents[0]
    long = msgspec.structs.replace(one, text=one.text + "z" * 400)
    many = msgspec.structs.replace(snapshot, documents=(long, *snapshot.documents[1:]))
    export(many, tmp_path / "t.csv")
    assert max(cell.count("z") for row in cells(tmp_path / "t.csv") for cell in row.values() if cell) <= 120


def test_the_workbook_has_every_sheet_and_no_formula(snapshot: Snapshot, tmp_path: Path) -> None:
    export(snapshot, tmp_path / "b.xlsx", ExportOptions(observations=OBSERVED))
    book = python_calamine.load_workbook(io.BytesIO((tmp_path / "b.xlsx").read_bytes()))
    assert book.sheet_names == [*SHEETS, "codebook"]
    for name in SHEETS:
        rows = book.get_sheet_by_name(name).to_python()
        assert all(str(cell).startswith("#") for cell in rows[1])
        assert len(rows) > 2
        assert not any(isinstance(cell, str) and cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    promises = book.get_sheet_by_name("promises").to_python()
    assert promises[3][promises[0].index("value")] == 40.0
    told = {(row[0], row[1]) for row in book.get_sheet_by_name("codebook").to_python()}
    assert {(name, column.name) for name in SHEETS for column in codebook()[name].of_sheets} <= told


def test_the_workbook_is_made_on_the_day_it_looks_from_and_text_stays_text(snapshot: Snapshot, tmp_path: Path) -> None:
    export(snapshot, tmp_path / "b.xlsx")
    with zipfile.ZipFile(tmp_path / "b.xlsx") as parts:
        told = parts.read("docProps/core.xml").decode()
        sheet = parts.read(f"xl/worksheets/sheet{SHEETS.index('commitments') + 1}.xml").decode()
        styles = parts.read("xl/styles.xml").decode()
    assert re.findall(r">(\d{4}-[^<]*)<", told) == ["2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"]
    columns = dict(re.findall(r'<col min="(\d+)" max="\d+" width="[^"]*"(?: style="(\d+)")?', sheet))
    place = {column.name: str(number) for number, column in enumerate(codebook()["commitments"].of_sheets, 1)}
    formats = re.findall(r'<xf numFmtId="(\d+)"', styles.partition("<cellXfs")[2])
    assert formats[int(columns[place["deadline"]])] == "49", "49 is text"
    assert not columns.get(place["start"])


def test_the_machines_reading_stays_beside_the_persons(snapshot: Snapshot, tmp_path: Path) -> None:
    export(snapshot, tmp_path / "t.csv")
    assert [row["machine"] for row in cells(tmp_path / "t.csv")[1:]] == ['{"kind":"other"}', "", "", ""]


FORMS_OF_OBSERVATIONS = [("b.csv", "observations"), ("b.jsonl", "observations"), ("b.xlsx", None), ("b.parquet", None), ("b.sqlite", None)]


@pytest.mark.parametrize(("name", "table"), [*FORMS_OF_OBSERVATIONS, ("b.csv", "promises"), ("b.jsonld", None), ("b.atom", None)])
def test_observations_that_are_not_given_on_are_told_where_the_others_are_written(
    snapshot: Snapshot, tmp_path: Path, name: str, table: str | None
) -> None:
    problems = export(snapshot, tmp_path / name, ExportOptions(table=table, observations=OBSERVED))
    told = [(one.severity, one.rule, one.what) for one in problems]
    left_out = ("warning", "not-given-on", "7 observations of acled are not in it: its terms forbid it.")
    assert told == ([left_out] if (name, table) in FORMS_OF_OBSERVATIONS else [])


def test_the_rows_of_an_event_and_of_a_count(snapshot: Snapshot, tmp_path: Path) -> None:
    export(snapshot, tmp_path / "t.csv", ExportOptions(table="observations", observations=OBSERVED))
    event, count = cells(tmp_path / "t.csv")[1:]
    same = {"start": "2031-03-05", "area": "SY-RA", "area_name": "Al-Raqqah", "pcode": "SY11", "country_code": "SY", "file": '"=ged.csv"'}
    of_event = {"id": "ucdp:1", "measure": "deaths", "unit": "deaths", "best": "9", "low": "5", "high": "12", "side_a": "Reds", "group": ""}
    of_count = {
        "dataset": "table:audit",
        "unit": "events",
        "best": "4",
        "low": "",
        "group": "Reds",
        "side": "struck",
        "side_a": "",
        "subtype": "",
    }
    assert {name: event[name] for name in same | of_event} == same | of_event
    assert {name: count[name] for name in same | of_count} == same | of_count
    assert (event["release"], event["snapshot"], event["since"], event["line"]) == (
        "2032-01-01-0123456789abcdef",
        "2032-01-01",
        "2031-06-01",
        "2",
    )
    assert count["headline"] == '"+made up"'


def test_more_observations_than_a_sheet_holds_leave_their_sheet_empty_and_the_others_as_they_are(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("workbook", "export"):
        monkeypatch.setattr(f"pledgebook.views.book.{module}.MOST_ROWS", 5)
    many = Rows([observed(number) for number in range(1, 7)])
    problems = export(snapshot, tmp_path / "b.xlsx", ExportOptions(observations=many))
    assert [(one.severity, one.rule) for one in problems] == [("warning", "too-many-rows")]
    book = python_calamine.load_workbook(io.BytesIO((tmp_path / "b.xlsx").read_bytes()))
    assert len(book.get_sheet_by_name("observations").to_python()) == 2
    assert len(book.get_sheet_by_name("promises").to_python()) == 5


def test_a_parquet_file_written_in_parts_is_the_same_table(snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export(snapshot, tmp_path / "whole.parquet", ExportOptions(observations=Rows([*OBSERVED])))
    monkeypatch.setattr("pledgebook.views.book.parquet_files._TOGETHER", 1)
    export(snapshot, tmp_path / "parts.parquet", ExportOptions(observations=Rows([*OBSERVED])))
    whole, parts = (pq.ParquetFile(tmp_path / f"{name}.parquet" / "observations.parquet") for name in ("whole", "parts"))
    assert (whole.num_row_groups, parts.num_row_groups) == (1, 2)
    assert parts.read().equals(whole.read())
    assert parts.schema_arrow.metadata == whole.schema_arrow.metadata


def with_standing(snapshot: Snapshot, standing: Standing) -> Snapshot:
    return msgspec.structs.replace(snapshot, standings=(standing,))


def test_evidence_that_no_reason_rests_on_does_not_count(snapshot: Snapshot, tmp_path: Path) -> None:
    one = snapshot.standings[1]
    more = msgspec.structs.replace(one.evidence[0], id="f" * 16, decided="coder")
    export(
        with_standing(snapshot, msgspec.structs.replace(one, evidence=(*one.evidence, more))),
        tmp_path / "t.csv",
        ExportOptions(table="evidence"),
    )
    rows = cells(tmp_path / "t.csv")[1:]
    assert [(row["counts"], row["reviewed"]) for row in rows] == [("yes", NOT_REVIEWED), ("no", "reviewed")]


def test_the_last_revision_is_in_force(snapshot: Snapshot, tmp_path: Path) -> None:
    one = snapshot.standings[1]
    first, second = one.promise.mentions
    amounts = (msgspec.structs.replace(first.commitment.amounts[0], value="50"),)
    reading = msgspec.structs.replace(second.commitment, id="9" * 16, deadline="../2027-01", amounts=amounts)
    third = msgspec.structs.replace(second, commitment=reading)
    later = msgspec.structs.replace(one.promise.history[1], mention=reading.id, after="../2027-01")
    more = msgspec.structs.replace(one.promise.history[1], mention=reading.id, field="amounts", before="40 bridges", after="50 bridges")
    promise = msgspec.structs.replace(one.promise, mentions=(first, second, third), history=(*one.promise.history, later, more))
    export(with_standing(snapshot, msgspec.structs.replace(one, promise=promise)), tmp_path / "t.csv", ExportOptions(table="promises"))
    row = cells(tmp_path / "t.csv")[1]
    assert (row["deadline"], row["value"]) == ("../2027-01", "50")


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        ([], NOT_REVIEWED),
        (["reject"], NOT_REVIEWED),
        (["accept"], "accepted"),
        (["correct", "accept"], "corrected"),
        (["add", "correct", "accept"], "added"),
        (["accept", "correct"], "corrected"),
    ],
)
def test_who_has_looked_at_a_claim(snapshot: Snapshot, kinds: list[DecisionKind], told: str) -> None:
    link = next(one for one in snapshot.decisions if one.kind == "link")
    made = tuple(Decision(kind=kind, target=link.others[0]) for kind in kinds)
    rows = list(rows_of(Whole(msgspec.structs.replace(snapshot, decisions=made)), "claims"))
    assert [row["review"] for row in rows] == [told]
