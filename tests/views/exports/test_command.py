"""The command `export` on a real book."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.support.made import commitment, document
from tests.views.exports.conftest import FIRST, SECOND, MakeBook
from typer.testing import CliRunner

from pledgebook.cli import app

FORMS = ["b.xlsx", "b.csv", "b.jsonl", "b.jsonld", "b.parquet", "b.atom", "b.ics", "b.sqlite", "b.db"]


@pytest.fixture
def folder(make_book: MakeBook, tmp_path: Path) -> Path:
    make_book("book", [FIRST, SECOND])
    return tmp_path


def run(folder: Path, *arguments: str) -> Any:
    return CliRunner().invoke(app, ["export", *arguments, "--book", str(folder / "book")], prog_name="pledgebook")


def contents(folder: Path) -> dict[str, bytes]:
    """All files but the one in which SQLite keeps who reads at the moment."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.endswith("-shm"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_is_written_and_the_same_day_gives_the_same_bytes(folder: Path, name: str) -> None:
    for out in ("one", "two"):
        (folder / out).mkdir()
        result = run(folder, str(folder / out / name), "--as-of", "2026-11-01")
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert contents(folder / "one") == contents(folder / "two")
    assert any(path.split("/")[0] == name for path in contents(folder / "one"))


def test_the_day_is_the_one_given(folder: Path) -> None:
    found = {}
    for day in ("2024-06-01", "2026-11-01"):
        assert run(folder, str(folder / "p.jsonl"), "--as-of", day).exit_code == 0
        lines = [json.loads(line) for line in (folder / "p.jsonl").read_text(encoding="utf-8").splitlines()]
        assert {line["assessment"]["as_of"] for line in lines} == {day}
        found[day] = {line["promise"]["mentions"][0]["commitment"]["action"]: line["assessment"]["time"]["state"] for line in lines}
    schools = "open three schools in Iraq by 2025"
    assert (found["2024-06-01"][schools], found["2026-11-01"][schools]) == ("not due", "kept on time")


def test_one_table_is_written_with_its_codebook(folder: Path) -> None:
    assert run(folder, str(folder / "t.csv"), "--table", "promises").exit_code == 0
    names, hashtags, *rows = (folder / "t.csv").read_text(encoding="utf-8-sig").splitlines()
    assert names.startswith("id,who,")
    assert hashtags.startswith("#activity+id,#org+name,")
    assert len(rows) == 3
    assert "\r\npromises,verdict," in (folder / "t.codebook.csv").read_bytes().decode()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["b.docx"], "unknown-format"),
        (["b"], "unknown-format"),
        (["missing/b.csv"], "unwritable"),
        (["book/book.json/b.csv"], "unwritable"),
        (["b.csv", "--table", "nothing"], "unknown-table"),
        (["b.ics", "--table", "promises"], "whole-only"),
        (["b.csv", "--as-of", "2026-13-01"], "is no day"),
    ],
)
def test_what_cannot_be_written_is_told_with_exit_code_2(folder: Path, arguments: list[str], told: str) -> None:
    before = contents(folder)
    result = run(folder, str(folder / arguments[0]), *arguments[1:])
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in re.sub(r"\s+", " ", result.stderr)
    assert contents(folder) == before


def test_without_a_book_nothing_is_written(tmp_path: Path) -> None:
    result = run(tmp_path, str(tmp_path / "b.csv"))
    assert result.exit_code == 2
    assert "no-book" in result.stderr
    assert contents(tmp_path) == {}


def test_whole_texts_go_out_only_where_the_terms_of_the_outlet_allow(make_book: MakeBook, tmp_path: Path) -> None:
    said = commitment("Freedonia will dig two wells.", "dig two wells")
    additions = [
        document(said, title=title, outlet=outlet, url=url)
        for title, outlet, url in (
            ("free by name", "The White House", None),
            ("free by address", None, "https://www.state.gov/releases/1"),
            ("quotes only", "Reuters", None),
            ("not registered", "Gazette", None),
            ("unknown", None, None),
        )
    ]
    make_book("book", additions)
    for name, arguments in (("d.jsonl", ["--table", "documents"]), ("b.jsonld", [])):
        assert run(tmp_path, str(tmp_path / name), *arguments).exit_code == 0
    rows = [json.loads(line) for line in (tmp_path / "d.jsonl").read_text(encoding="utf-8").splitlines()]
    nodes = json.loads((tmp_path / "b.jsonld").read_text(encoding="utf-8"))["@graph"]
    works = [node for node in nodes if "schema:CreativeWork" in node["type"]]
    assert {row["title"] for row in rows if row["text"]} == {"free by name", "free by address"}
    assert {node["schema:name"] for node in works if "schema:text" in node} == {"free by name", "free by address"}
    assert len(rows) == len(works) == 5
