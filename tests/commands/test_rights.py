"""Files and folders that may not be looked into: what is told names their rights, and nothing ends in a traceback."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.rights import run_bound

COMMANDS = """
    read shut
    read shut/in.xml
    read promise.jsonl --output shut/out.jsonl
    read promise.jsonl --output shut/deep/out.jsonl
    read promise.jsonl --model shut/model
    add shut
    decide shut/in.csv --author me
    registry actors shut/in.csv --author me
    import shut/in.csv --map shut/map.toml
    money shut/in.xml
    events shut/in.csv --snapshot 2026-01-01
    events promise.jsonl --columns shut/map.toml --snapshot 2026-01-01
    convert shut/in.xml --to tables
    convert promise.jsonl --to shut/tables
    validate shut/in.xml --schema .
    validate promise.jsonl --schema . --output shut/deep/out.jsonl
    export shut/out.csv --table commitments
    backup shut/copy
    site --to shut/site
    check shut/proof.json
    init --book shut
    init --book shut/book
    status --book shut/book
    demo --to shut/book
""".strip().splitlines()


@pytest.fixture
def closed(folder: Path) -> Iterator[Path]:
    """The folder of the stock with a closed folder `shut`, and a file in it."""
    shut = folder / "shut"
    shut.mkdir()
    (shut / "in.xml").write_text('<iati-activities version="2.03"/>', encoding="utf-8")
    shut.chmod(0)
    yield folder
    for path in (shut, folder / "book", *folder.glob("book/*")):
        path.chmod(0o755)


def test_a_closed_folder_is_told_with_its_rights(closed: Path) -> None:
    ended = dict(zip(COMMANDS, run_bound(closed, COMMANDS), strict=True))
    assert {command: told.raised for command, told in ended.items() if told.raised} == {}
    assert {told.exit_code for told in ended.values()} <= {1, 2}
    untold = {
        command: told.stderr for command, told in ended.items() if "Permission denied" not in told.stderr or "rights" not in told.stderr
    }
    assert untold == {}


@pytest.mark.parametrize("name", ["book", "book/book.sqlite", "book/book.json"])
def test_a_closed_book_is_told_with_its_rights(closed: Path, name: str) -> None:
    (closed / name).chmod(0)
    for told in run_bound(closed, ["status", "verify", "add promise.jsonl"]):
        assert (told.raised, told.exit_code, told.stdout) == (None, 2, "")
        assert "rights" in told.stderr
        assert "another" not in told.stderr  # a card that cannot be read is not that of another book


def test_a_closed_folder_among_others_is_told_and_the_others_are_read(closed: Path) -> None:
    (closed / "listed").mkdir()
    (closed / "listed" / "in.txt").write_text("A text.", encoding="utf-8")
    (closed / "listed").chmod(0o444)  # may be listed, and not entered
    read, converted = run_bound(closed, ["read . --format jsonl", "convert . --to tables"])
    (closed / "listed").chmod(0o755)
    assert (read.raised, read.exit_code, converted.raised) == (None, 1, None)
    assert len(read.stdout.splitlines()) >= 3
    for told in (read, converted):
        assert "shut: error: It cannot be opened: Permission denied." in told.stderr
    assert "listed/in.txt: error: It cannot be opened: Permission denied." in read.stderr
