"""`pledgebook validate` on files, plain and compressed."""

import gzip
import json
import lzma
from pathlib import Path

import pytest
from tests.aid.validation.made import schema_folder
from typer.testing import CliRunner, Result

from pledgebook.cli import app

GOOD = "<iati-activities><iati-activity><iati-identifier>X-1</iati-identifier></iati-activity></iati-activities>"
BAD = GOOD.replace("</iati-activity>", "\n<day/></iati-activity>")
LATER = GOOD.replace("</iati-activity>", "<day iso-date='2025-06-02'/></iati-activity>")
RULES = {"//iati-activity": {"date_order": {"cases": [{"less": "day/@iso-date", "more": "NOW"}]}}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "schema").mkdir()
    schema_folder(tmp_path / "schema")
    (tmp_path / "rules.json").write_text(json.dumps(RULES), encoding="utf-8")
    (tmp_path / "good.xml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.xml.xz").write_bytes(lzma.compress(BAD.encode()))
    (tmp_path / "later.xml.gz").write_bytes(gzip.compress(LATER.encode()))
    (tmp_path / "broken.xml").write_text("<iati-activities>", encoding="utf-8")
    return tmp_path


def run(folder: Path, *words: str) -> Result:
    words = tuple(str(folder / word) if (folder / word).exists() else word for word in words)
    done = CliRunner().invoke(app, ["validate", *words])
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    return done


def test_a_good_file_gives_0(folder: Path) -> None:
    done = run(folder, "good.xml", "--schema", "schema", "--ruleset", "rules.json", "--as-of", "2025-06-01")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "1 of 1 file checked: nothing is wrong.\n"


def test_a_violation_in_a_compressed_file_gives_1_and_is_told_with_its_line(folder: Path) -> None:
    done = run(folder, "bad.xml.xz", "--schema", "schema")
    assert done.exit_code == 1
    assert "bad.xml.xz:2: error: Activity X-1: Element 'day'" in done.stderr


def test_the_day_to_look_from_decides_what_is_in_the_future(folder: Path) -> None:
    assert run(folder, "later.xml.gz", "--ruleset", "rules.json", "--as-of", "2025-06-02").exit_code == 0
    done = run(folder, "later.xml.gz", "--ruleset", "rules.json", "--as-of", "2025-06-01")
    assert done.exit_code == 1
    assert "day/@iso-date 2025-06-02 is after NOW 2025-06-01" in done.stderr


def test_a_file_that_cannot_be_read_leaves_the_others_checked(folder: Path) -> None:
    done = run(folder, "broken.xml", "absent.xml", "good.xml", "--schema", "schema")
    assert done.exit_code == 1
    assert "(xml)" in done.stderr
    assert "(unreadable)" in done.stderr
    assert "1 of 3 files checked." in done.stderr


def test_2_if_nothing_could_be_read_or_the_ruleset_is_none(folder: Path) -> None:
    assert run(folder, "broken.xml", "--schema", "schema").exit_code == 2
    assert run(folder, "good.xml", "--ruleset", "good.xml").exit_code == 2


def test_2_if_nothing_is_named_to_check_against(folder: Path) -> None:
    assert run(folder, "good.xml").exit_code == 2
    assert run(folder, "good.xml", "--schema", "nowhere").exit_code == 2
    assert run(folder, "good.xml", "--schema", "schema", "--output", "no/where.jsonl").exit_code == 2


def test_all_problems_are_written_to_a_file(folder: Path) -> None:
    output = folder / "problems.jsonl"
    (folder / "worse.xml").write_text(BAD.replace("<day/>", "<day/>" * 9), encoding="utf-8")
    done = run(folder, "worse.xml", "--schema", "schema", "--output", str(output))
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert done.exit_code == 1
    assert "... and 6 more: schema" in done.stderr
    assert [(row["rule"], row["line"]) for row in rows] == [("schema", 2)] * 9
