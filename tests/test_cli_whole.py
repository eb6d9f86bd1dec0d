"""The program as a user runs it: a process of its own, with pipes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import pledgebook

ROOT = Path(__file__).parents[1]
ARTICLE = ROOT / "examples" / "announcement.txt"
EXAMPLES = ROOT / "examples" / "coalition"


def pledge(*arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pledgebook", *arguments],
        check=False,
        capture_output=True,
        encoding="utf-8",
        input=given,
        cwd=ROOT,
        timeout=120,
    )


def test_version() -> None:
    assert pledge("--version").stdout == f"pledgebook {pledgebook.__version__}\n"


def test_help_loads_no_language_model() -> None:
    code = "import sys, pledgebook.cli; print(sorted({'spacy', 'rich', 'msgspec', 'trafilatura', 'httpx'} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8")
    assert shown.stdout == "[]\n"


def test_an_article_gives_commitments_whose_words_are_there() -> None:
    result = pledge("read", str(ARTICLE))
    assert result.returncode == 0, result.stderr
    row = json.loads(result.stdout)
    text = ARTICLE.read_text(encoding="utf-8")
    assert row["commitments"]
    for commitment in row["commitments"]:
        assert text[commitment["start"] : commitment["end"]] == commitment["quote"]


def test_standard_input_and_the_same_bytes_twice() -> None:
    text = ARTICLE.read_text(encoding="utf-8")
    first, second = (pledge("read", "-", "--published", "2025-03-04", "--outlet", "Northland Gazette", given=text) for _ in range(2))
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert json.loads(first.stdout)["document"]["outlet"] == "Northland Gazette"


def test_workers_change_nothing_but_time() -> None:
    one, two = (pledge("read", str(EXAMPLES), "--workers", number) for number in ("1", "2"))
    assert one.returncode == two.returncode == 0, one.stderr
    assert one.stdout == two.stdout
    assert one.stdout.count("\n") > 10


def test_a_closed_pipe_is_no_error() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "pledgebook", "read", str(EXAMPLES)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    process.stdout.close()
    complaints = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=120) == 0
    assert complaints == b""


@pytest.mark.parametrize("name", ["no/such/file.txt", "pyproject.toml/x", ""])
def test_what_is_not_there_is_told_without_a_traceback(name: str) -> None:
    result = pledge("read", name)
    assert result.returncode == 2
    assert result.stdout == ""
    assert "Nothing could be read." in result.stderr
    assert "Traceback" not in result.stderr


def test_the_interface_for_python() -> None:
    text = ARTICLE.read_text(encoding="utf-8")
    by_path, by_name, by_text = pledgebook.read(ARTICLE), pledgebook.read(str(ARTICLE)), pledgebook.read(text)
    assert by_path == by_name
    assert [c.quote for c in by_path.commitments] == [c.quote for c in by_text.commitments]
    for statement in by_path.statements:
        assert by_path.document.text[statement.start : statement.end] == statement.text


def test_python_gets_problems_not_exceptions() -> None:
    missing = pledgebook.read(Path("no/such/file.txt"))
    assert [problem.severity for problem in missing.problems] == ["error"]
    assert missing.document.text == ""
    assert pledgebook.read("").problems


def test_several_documents_are_for_read_all() -> None:
    with pytest.raises(ValueError, match="read_all"):
        pledgebook.read(EXAMPLES)
