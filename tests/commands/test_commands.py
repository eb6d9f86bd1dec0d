"""The commands on a book, as a person or a script calls them: what they print, and their exit codes."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pledgebook.cli import app

Call = Callable[..., Result]
PROMISE = "The ministry of works of Georgia said on 3 March 2025 that Georgia will give Togo $9 million by the end of 2026 for wells."
AGAIN = "Georgia will give Togo $9 million by the end of 2026 for wells, the ministry of works of Georgia said again on 5 April 2025."
REPORT = "Georgia has delivered $9 million to Togo for wells, inspectors of a charity reported on 4 May 2026."


@pytest.fixture(scope="module")
def call(tmp_path_factory: pytest.TempPathFactory) -> Call:
    folder = tmp_path_factory.mktemp("commands")
    for name, day, words in (("promise", "2025-03-03", PROMISE), ("again", "2025-04-05", AGAIN), ("report", "2026-05-04", REPORT)):
        row = {"id": name, "title": name, "outlet": "Wire", "published": day, "text": words}
        (folder / f"{name}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    runner = CliRunner()

    def run(*words: str | Path, author: str | None = "coder") -> Result:
        command = [str(folder / word) if isinstance(word, Path) else word for word in words]
        extra = ["--author", author] if author and words[0] in {"decide", "registry"} else []
        return runner.invoke(app, [*command, *extra], env={"PLEDGEBOOK_BOOK": str(folder / "book"), "COLUMNS": "160", "NO_COLOR": "1"})

    assert run("init").exit_code == 0
    added = run("add", Path("promise.jsonl"), Path("again.jsonl"), Path("report.jsonl"))
    assert added.exit_code == 0, added.stderr
    assert [line.split("\t")[3] for line in added.stdout.splitlines()] == ["promise", "again", "report"]
    return run


def promise_of(call: Call) -> str:
    (line,) = call("status", "--as-of", "2027-01-01", "--format", "jsonl").stdout.splitlines()
    return str(json.loads(line)["id"])


def test_a_promise_told_twice_is_one_row(call: Call) -> None:
    (line,) = call("status", "--as-of", "2025-12-31", "--format", "jsonl").stdout.splitlines()
    row = json.loads(line)
    assert (row["sum"], row["due"], row["mentions"]) == ("9,000,000 USD", "../2026-12", 2)
    assert row["review"] == "machine-read, not reviewed"


def test_a_second_book_in_the_same_place_is_refused(call: Call) -> None:
    again = call("init")
    assert (again.exit_code, "book-exists" in again.stderr) == (2, True)


def test_what_is_there_is_not_added_again(call: Call) -> None:
    again = call("add", Path("promise.jsonl"))
    assert (again.exit_code, again.stdout) == (0, "")
    assert "1 in the book already" in again.stderr


def test_nothing_readable_is_exit_code_2(call: Call) -> None:
    nothing = call("add", Path("nothing.txt"))
    assert (nothing.exit_code, "Traceback" in nothing.stderr) == (2, False)


def test_one_promise_is_explained_with_its_words(call: Call) -> None:
    told = call("status", promise_of(call), "--explain", "--as-of", "2027-01-01").stdout
    assert PROMISE in told
    assert "because:" in told
    table = call("status", "--format", "table", "--as-of", "2027-01-01").stdout
    assert "1 promises on 2027-01-01" in table
    assert json.loads(call("status", "--format", "json", "--as-of", "2027-01-01").stdout)[0]["id"] == promise_of(call)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("status", "p-0000000000000000"), 2, "unknown-id"),
        (("status", "--as-of", "yesterday"), 2, "is no day"),
        (("status", "--since", "never"), 2, "unknown-release"),
        (("show", "0000000000000000"), 2, "unknown-id"),
        (("decide", "bless", "x"), 2, "is no kind of decision"),
        (("decide", "nothing.csv"), 2, "cannot be read as a file"),
        (("decide", "correct", "x"), 2, "needs three things"),
        (("decide", "merge", "x"), 2, "needs 2 ids"),
        (("decide", "add", "x"), 2, "--document"),
        (("decide", "accept", "0000000000000000"), 2, "unknown-id"),
        (("registry", "birds", "nothing.csv"), 2, "is no registry"),
        (("registry", "outlets", "nothing.csv"), 2, "unreadable"),
        (("import", "nothing.csv", "--map", "nothing.toml"), 2, "unreadable"),
        (("prove", "never", "--entry", "1"), 2, "unknown-release"),
        (("prove", "never"), 2, "--entry"),
        (("check", "nothing.json"), 2, "unreadable"),
        (("export", "nothing.odt"), 2, "unknown-format"),
        (("release", "a/b"), 2, "bad-name"),
        (("verify", "--book", "nowhere"), 2, "pledgebook init"),
        (("verify", "--book", "mysql://host/db"), 2, "unsupported-database"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_cannot_be_done_is_told(call: Call, words: tuple[str, ...], code: int, said: str) -> None:
    done = call(*words)
    assert done.exit_code == code, done.output
    assert said in re.sub(r"[\s│]+", " ", done.stderr)
    assert "Traceback" not in done.output


def test_a_decision_needs_a_name(call: Call) -> None:
    unnamed = call("decide", "note", promise_of(call), "--comment", "seen", author=None)
    assert unnamed.exit_code == 2
    assert "needs a name" in unnamed.stderr


def test_decisions_releases_and_what_changed_since(call: Call, tmp_path: Path) -> None:
    promise = promise_of(call)
    made = call("release", "first", "--as-of", "2027-01-01")
    assert made.exit_code == 0
    root = made.stdout.split("\t")[3].strip()
    for words in (("note", promise, "--comment", "seen"), ("dispute", promise, "--text", "Only half of it.", "--who", "A village")):
        assert call("decide", *words).exit_code == 0
    shown = call("show", promise, "--as-of", "2027-01-01").stdout
    assert "seen" in shown
    assert "disputed by A village: Only half of it." in shown
    since = call("status", "--since", "first", "--as-of", "2027-01-01").stdout
    assert "dispute, by coder" in since
    proof = tmp_path / "proof.json"
    assert call("prove", "first", "--entry", "2", "--output", str(proof)).exit_code == 0
    assert call("check", str(proof), "--root", root).exit_code == 0
    proof.write_text(proof.read_text(encoding="utf-8").replace("Wire", "Wine"), encoding="utf-8")
    assert call("check", str(proof), "--root", root).exit_code == 1
    assert "first" in call("release").stdout


def test_a_document_and_a_claim_are_shown(call: Call) -> None:
    (line,) = call("status", "--as-of", "2027-01-01", "--format", "jsonl").stdout.splitlines()
    document = re.findall(r"document ([0-9a-f]{16})", call("show", json.loads(line)["id"]).stdout)
    told = call("show", document[0]).stdout
    assert "outlet: Wire" in told


def test_the_book_is_checked_rebuilt_and_copied(call: Call, tmp_path: Path) -> None:
    assert "All is as it was written" in call("verify").stderr
    assert "0 of them otherwise" in call("rebuild").stderr
    assert call("backup", str(tmp_path / "copy")).exit_code == 0
    assert call("verify", "--book", str(tmp_path / "copy")).exit_code == 0
    assert call("backup", str(tmp_path / "copy")).exit_code == 2


def test_registries_and_trackers_come_in(call: Call, tmp_path: Path) -> None:
    rows = tmp_path / "outlets.csv"
    rows.write_text("name,kind,state,terms\nWire,news agency,GE,quote\n", encoding="utf-8")
    assert call("registry", "outlets", str(rows)).exit_code == 0
    rows.write_text("name,kind\nWire,no such kind\n", encoding="utf-8")
    assert call("registry", "outlets", str(rows)).exit_code == 1
    examples = Path(__file__).resolve().parents[2] / "examples" / "trackers"
    done = call("import", str(examples / "weir_fund.csv"), "--map", str(examples / "weir_fund.toml"), "--book", str(tmp_path / "none"))
    assert done.exit_code == 2
    assert call("init", "--book", str(tmp_path / "trackers")).exit_code == 0
    done = call("import", str(examples / "weir_fund.csv"), "--map", str(examples / "weir_fund.toml"), "--book", str(tmp_path / "trackers"))
    assert done.exit_code in {0, 1}
    assert "rows taken in" in done.stderr
    assert call("rebuild", "--book", str(tmp_path / "trackers")).exit_code == 0


def test_the_demo_says_what_a_fair_book_says(call: Call, tmp_path: Path) -> None:
    done = call("demo", "--to", str(tmp_path / "demo"))
    assert done.exit_code == 0
    told = re.sub(r"\s+", " ", done.stdout)
    assert "Kept late by 57 to 110 days; contested in scope" in told
    assert "unverifiable (evidence against, not attributable one to one" in told
    assert "stage: formalised" in told
    assert "anchor-gone" not in done.stderr
    assert call("demo", "--to", str(tmp_path / "demo")).stdout == done.stdout
