"""init, add, rebuild, verify, backup."""

import json
import re
from pathlib import Path

import pytest
from tests.commands.conftest import PROMISE, Call, runner_in


def test_a_book_is_made_once(tmp_path: Path) -> None:
    run = runner_in(tmp_path)
    made = run("init", "--name", "my book")
    assert (made.exit_code, made.stdout) == (0, "")
    assert "Made the book 'my book' in " in made.stderr
    assert json.loads((tmp_path / "book" / "book.json").read_text(encoding="utf-8"))["name"] == "my book"
    again = run("init")
    assert (again.exit_code, "book-exists" in again.stderr) == (2, True)


def test_a_book_is_not_strewn_among_other_files(tmp_path: Path) -> None:
    run = runner_in(tmp_path)
    (tmp_path / "inbox").mkdir()
    for number in range(5):
        (tmp_path / "inbox" / f"{number}.txt").write_text("mine", encoding="utf-8")
    done = run("init", "--book", str(tmp_path / "inbox"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "holds other files ('0.txt', '1.txt', '2.txt', ...) and no book." in done.stderr
    assert "Name a new folder with --book, or one that is empty." in done.stderr
    assert sorted(one.name for one in (tmp_path / "inbox").iterdir()) == [f"{number}.txt" for number in range(5)]
    on_postgres = run("init", "--book", "postgresql://nobody@127.0.0.1:9/x", "--folder", str(tmp_path / "inbox"))
    assert (on_postgres.exit_code, "Name a new folder with --folder, or one that is empty." in on_postgres.stderr) == (2, True)


def test_a_folder_with_hidden_files_alone_is_empty(tmp_path: Path) -> None:
    run = runner_in(tmp_path)
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / ".profile").touch()
    (tmp_path / "book" / "lost+found").mkdir()
    assert run("init").exit_code == 0


@pytest.mark.parametrize("command", ["status", "verify", "rebuild", "release", "add x.txt", "show x", "backup copy", "export x.csv"])
def test_without_a_book_every_command_says_how_to_make_one(tmp_path: Path, command: str) -> None:
    done = runner_in(tmp_path)(*command.split())
    assert (done.exit_code, done.stdout) == (2, "")
    assert "pledgebook init" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("address", "said"),
    [("mysql://host/db", "unsupported-database"), ("postgresql://nobody@127.0.0.1:9/x", "database-unavailable"), ("://", "bad-address")],
)
def test_an_address_that_cannot_be_used_is_told(call: Call, address: str, said: str) -> None:
    for command in ("verify", "init"):
        done = call(command, "--book", address)
        assert (done.exit_code, said in done.stderr) == (2, True)


def test_the_book_option_goes_before_the_variable(call: Call, folder: Path) -> None:
    assert call("init", "--book", str(folder / "other")).exit_code == 0
    assert call("status", "--book", str(folder / "other"), "--format", "jsonl").stdout == ""
    assert call("status", "--format", "jsonl", PLEDGEBOOK_BOOK=str(folder / "other")).stdout == ""


def test_a_damaged_book_is_told(call: Call, folder: Path) -> None:
    (folder / "book" / "book.sqlite").write_bytes(b"no database at all, but long enough to be read as one" * 40)
    for command in (["status"], ["verify"], ["add", Path("promise.jsonl")], ["init"]):
        done = call(*command)
        assert (done.exit_code, "damaged-book" in done.stderr) == (2, True)


def test_each_new_document_is_a_line(tmp_path: Path) -> None:
    run = runner_in(tmp_path)
    run("init")
    (tmp_path / "one.txt").write_text(PROMISE, encoding="utf-8")
    (tmp_path / "two.txt").write_text("Nothing is promised in this text, and nothing is told.", encoding="utf-8")
    added = run("add", Path("one.txt"), Path("two.txt"), Path("one.txt"), "--published", "2025-03-03", "--outlet", "Wire")
    assert added.exit_code == 0
    rows = [line.split("\t") for line in added.stdout.splitlines()]
    assert [row[1:3] for row in rows] == [["1", "0"], ["0", "0"]]
    assert all(re.fullmatch(r"[0-9a-f]{16}", row[0]) for row in rows)
    assert "2 documents added, 1 in the book already." in added.stderr
    shown = run("show", rows[0][0]).stdout
    assert "outlet: Wire" in shown
    assert "published: 2025-03-03" in shown
    again = run("add", Path("one.txt"), "--published", "2025-03-03", "--outlet", "Cable")
    assert (again.exit_code, again.stdout) == (0, "")
    assert "other-particulars" in again.stderr
    assert "outlet: Wire" in run("show", rows[0][0]).stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["nothing.txt"], 2),
        (["promise.jsonl", "nothing.txt"], 1),
        (["promise.jsonl", "--published", "yesterday"], 2),
        (["promise.jsonl", "--published", "2025-13-01"], 2),
        (["promise.jsonl", "--workers", "0"], 2),
        ([], 2),
    ],
    ids=str,
)
def test_what_cannot_be_added_is_told(call: Call, words: list[str], code: int) -> None:
    done = call("add", *(Path(word) if "." in word else word for word in words))
    assert (done.exit_code, done.stdout) == (code, "")
    assert done.stderr


def test_a_text_in_another_language_is_an_error_and_kept(call: Call, folder: Path) -> None:
    (folder / "french.txt").write_text(
        "Le ministère a promis de construire des puits au Togo avant la fin de l'année prochaine.", encoding="utf-8"
    )
    done = call("add", Path("french.txt"))
    assert done.exit_code == 1
    assert "unsupported-language" in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_several_processes_read_the_same(call: Call, stock: Path, tmp_path: Path) -> None:
    run = runner_in(tmp_path)
    run("init")
    done = run("add", *(str(stock / f"{name}.jsonl") for name in ("promise", "again", "report")), "--workers", "2")
    assert done.exit_code == 0
    rows = ["status", "--as-of", "2027-01-01", "--format", "jsonl"]
    assert run(*rows).stdout == call(*rows).stdout


def test_one_document_is_told_as_one(tmp_path: Path) -> None:
    run = runner_in(tmp_path)
    run("init")
    (tmp_path / "one.txt").write_text(PROMISE, encoding="utf-8")
    assert run("add", Path("one.txt"), "--published", "2025-03-03").stderr == "1 document added, 0 in the book already.\n"
    assert run("rebuild").stderr == "1 document read again; 0 of them otherwise than before.\n"
    assert "1 promise on 2026-01-01: 1 open" in run("status", "--format", "table", "--as-of", "2026-01-01").stdout


def test_the_book_is_checked_rebuilt_and_copied(call: Call, folder: Path) -> None:
    checked = call("verify")
    assert (checked.exit_code, checked.stdout, checked.stderr) == (0, "", "All is as it was written.\n")
    rebuilt = call("rebuild")
    assert (rebuilt.exit_code, rebuilt.stderr) == (0, "3 documents read again; 0 of them otherwise than before.\n")
    copied = call("backup", Path("copy"))
    assert (copied.exit_code, "Copied 4 log entries" in copied.stderr) == (0, True)
    assert call("verify", "--book", str(folder / "copy")).exit_code == 0
    again = call("backup", Path("copy"))
    assert (again.exit_code, "backup-exists" in again.stderr) == (2, True)


def test_verify_names_what_was_changed(call: Call, folder: Path) -> None:
    source = next(path for path in (folder / "book" / "sources").rglob("*") if path.is_file())
    source.write_bytes(source.read_bytes().replace(b"Georgia", b"Ge0rgia"))
    done = call("verify")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "changed-source" in done.stderr
    assert str(source) in done.stderr
    assert "All is as it was written" not in done.stderr


def test_decisions_that_lost_their_words_are_told_at_a_rebuild(call: Call, monkeypatch: pytest.MonkeyPatch, mentions: list[str]) -> None:
    assert call("decide", "correct", mentions[0], "countries", '["GH"]').exit_code == 0
    with monkeypatch.context() as blind:
        blind.setattr("pledgebook.pipeline.is_supported", lambda _: False)  # a reader that finds nothing
        done = call("rebuild")
    assert done.exit_code == 1
    assert "anchor-gone" in done.stderr
    assert "3 documents read again; 3 of them otherwise than before." in done.stderr
    assert "no longer read" in call("show", mentions[0]).stdout
    assert call("rebuild").exit_code == 0
    assert "corrected" in call("show", mentions[0], "--as-of", "2027-01-01").stdout
