"""demo."""

import re
from pathlib import Path

import pytest
from tests.commands.conftest import runner_in


def test_it_says_what_a_fair_book_says_and_says_it_again(tmp_path: Path) -> None:
    run = runner_in(tmp_path)
    done = run("demo", "--to", Path("demo"))
    assert done.exit_code == 0
    told = re.sub(r"\s+", " ", done.stdout)
    assert "Kept late by 57 to 110 days; contested in scope" in told
    assert "unverifiable (evidence against, not attributable one to one" in told
    assert "stage: formalised" in told
    assert "anchor-gone" not in done.stderr
    assert run("demo", "--to", Path("demo")).stdout == done.stdout
    assert run("verify", "--book", str(tmp_path / "demo")).exit_code == 0


def test_a_demo_that_is_cut_short_leaves_nothing_and_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    run = runner_in(tmp_path)
    with monkeypatch.context() as cut:
        cut.setattr("pledgebook.book.deciding.decide", interrupted)
        assert run("demo", "--to", Path("demo")).exit_code != 0
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "demo").mkdir()  # an empty folder will do
    assert run("demo", "--to", Path("demo")).exit_code == 0
    assert [one.name for one in tmp_path.iterdir()] == ["demo"]


def test_a_folder_that_cannot_be_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    done = runner_in(tmp_path)("demo", "--to", Path("file"))
    assert (done.exit_code, "unwritable" in done.stderr) == (2, True)
    assert "Choose another place with --to." in done.stderr
    assert runner_in(tmp_path)("demo", "--to", Path("x"), "--as-of", "soon").exit_code == 2


def test_a_folder_with_other_files_or_another_book_is_not_filled(tmp_path: Path) -> None:
    run = runner_in(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letters.txt").write_text("mine", encoding="utf-8")
    done = run("demo", "--to", Path("mine"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "other-folder" in done.stderr
    assert "holds other files ('letters.txt') and no book." in done.stderr
    assert [one.name for one in (tmp_path / "mine").iterdir()] == ["letters.txt"]
    assert run("init", "--book", str(tmp_path / "other")).exit_code == 0
    done = run("demo", "--to", Path("other"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "The folder holds another book, 'other'." in done.stderr
    assert "Name a new folder with --to" in done.stderr
    assert run("init", "--book", str(tmp_path / "coalition")).exit_code == 0
    done = run("demo", "--to", Path("coalition"))
    assert (done.exit_code, "another book, 'coalition'" in done.stderr) == (2, True)
    (tmp_path / "lost").mkdir()
    (tmp_path / "lost" / "book.json").write_text('{"format": 1, "id": "0", "name": "lost"}', encoding="utf-8")
    (tmp_path / "odd" / "book.sqlite").mkdir(parents=True)
    (tmp_path / "torn").mkdir()
    (tmp_path / "torn" / "book.sqlite").write_bytes(b"no database at all, but long enough to be read as one" * 40)
    for name, rule in (("lost", "wrong-folder"), ("odd", "unreadable-book"), ("torn", "damaged-book"), ("mine", "other-folder")):
        done = run("demo", "--to", Path(name))
        assert (done.exit_code, rule in done.stderr) == (2, True)
        assert "place with --book" not in done.stderr  # the demo has no such option
        assert ("--to" in done.stderr) is (name not in {"torn", "odd"})
