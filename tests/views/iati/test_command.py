"""The command `export --iati` on the book of the examples."""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.views.iati.made import needs_standard, read_back, violations
from typer.testing import CliRunner

from pledgebook.cli import app

WHO = ("--reporting-org", "XX-TEST-1", "--reporting-name", "Pledge Watch", "--reporting-type", "22")


def run(*arguments: str) -> Any:
    done = CliRunner().invoke(app, [*arguments], prog_name="pledgebook", env={"COLUMNS": "300", "NO_COLOR": "1"})
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    return done


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the book of examples/coalition."""
    made = tmp_path_factory.mktemp("coalition")
    assert run("demo", "--to", str(made / "book")).exit_code == 0
    return made


def export(folder: Path, name: str, *arguments: str) -> Any:
    return run("export", str(folder / name), *arguments, "--book", str(folder / "book"), "--as-of", "2026-11-01")


def test_the_pledges_of_the_examples_are_read_back_with_the_same_number_and_sums(folder: Path) -> None:
    done = export(folder, "b.xml", "--iati", *WHO)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "warning: Not exported: 'Global Coalition to Defeat ISIS' is several bodies" in done.stderr
    assert "note: Not exported: it names no sum of money. (no-money)" in done.stderr
    assert export(folder, "p.jsonl").exit_code == 0
    lines = [json.loads(line) for line in (folder / "p.jsonl").read_text(encoding="utf-8").splitlines()]
    expected: dict[tuple[str, str], Decimal] = {}
    for line in lines:
        lead = line["promise"]["mentions"][0]["commitment"]
        if lead["amounts"] and lead["actors"] == ["United States"]:
            (amount,) = lead["amounts"]
            expected[line["promise"]["id"], amount["unit"]] = Decimal(amount["value"])
    found = read_back(folder / "b.xml")
    assert {(one.removeprefix("XX-TEST-1-"), unit): value for one, _, value, unit in found} == expected
    assert {kind for _, kind, _, _ in found} == {"12"}
    assert len(found) == 5


@needs_standard
def test_the_file_of_the_examples_is_valid_by_schema_and_ruleset(folder: Path) -> None:
    assert export(folder, "b.xml", "--iati", *WHO).exit_code == 0
    assert violations(folder / "b.xml") == []


def test_the_same_day_gives_the_same_bytes(folder: Path) -> None:
    for name in ("one.xml", "two.xml"):
        assert export(folder, name, "--iati", *WHO).exit_code == 0
    assert (folder / "one.xml").read_bytes() == (folder / "two.xml").read_bytes()


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("c.xml", ["--iati"], "--iati needs --reporting-org, --reporting-name, --reporting-type: who reports is never guessed."),
        ("c.xml", ["--iati", *WHO[:4]], "--iati needs --reporting-type"),
        ("c.xml", ["--iati", *WHO[:5], "NGO"], "'NGO' is no code"),
        ("c.xml", ["--iati", "--reporting-org", "no ref", *WHO[2:]], "'no ref' is no IATI organisation identifier"),
        ("c.xml", [*WHO], "It goes with --iati"),
        ("c.xml", [], "Add --iati with --reporting-org"),
        ("c.csv", ["--iati", *WHO], ".csv is no form of IATI"),
        ("c.xml", ["--iati", *WHO, "--table", "promises"], "whole-only"),
        ("missing/c.xml", ["--iati", *WHO], "unwritable"),
    ],
)
def test_what_is_asked_wrongly_is_told_with_exit_code_2_and_writes_nothing(
    folder: Path, name: str, arguments: list[str], told: str
) -> None:
    done = export(folder, name, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in re.sub(r"[\s│]+", " ", done.stderr)
    assert not (folder / name).exists()


def test_a_day_before_any_pledge_gives_no_file(folder: Path) -> None:
    done = run("export", str(folder / "d.xml"), "--iati", *WHO, "--book", str(folder / "book"), "--as-of", "2015-01-01")
    assert done.exit_code == 2
    assert "nothing-to-export" in done.stderr
    assert not (folder / "d.xml").exists()
