"""Files and folders that may not be looked into: what is told names their rights, and nothing ends in a traceback."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.commands.conftest import Call
from tests.support.rights import run_bound

from pledgebook.book.deciding import Request, decide
from pledgebook.book.opening import open_book
from pledgebook.book.place import place_of

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


READ = (
    "status --as-of 2027-01-01",
    "status --format table --as-of 2027-01-01",
    "verify",
    "export ../out.csv --table commitments --as-of 2027-01-01",
    "backup ../copy",
    "events",
    "money",
)
WRITTEN = ("add ../new.txt", "rebuild", "link", "release one", "decide note p-0 --comment x --author me")


@pytest.fixture
def unwritable(folder: Path) -> Iterator[Path]:
    """The folder of the book of the stock, in which nothing can be written."""
    book = folder / "book"
    every = [book, *book.rglob("*")]
    modes = {path: path.stat().st_mode for path in every}
    for path in every:
        path.chmod(modes[path] & ~0o222)
    yield book
    for path in every:
        path.chmod(modes[path])


def test_a_book_in_a_folder_that_cannot_be_written_can_be_looked_at(unwritable: Path, call: Call) -> None:
    (unwritable.parent / "new.txt").write_text("Norway will give Benin $4 million for bridges by the end of 2027.", encoding="utf-8")
    listed = sorted(unwritable.rglob("*"))
    told = dict(zip((*READ, *WRITTEN), run_bound(unwritable, [f"{words} --book ." for words in (*READ, *WRITTEN)]), strict=True))
    assert {words: one.raised for words, one in told.items() if one.raised} == {}
    assert {words: told[words].exit_code for words in READ} == dict.fromkeys(READ, 0)
    assert told[READ[0]].stdout == call("status", "--as-of", "2027-01-01").stdout
    assert {words: told[words].exit_code for words in WRITTEN} == dict.fromkeys(WRITTEN, 2)
    assert [words for words in WRITTEN if "rights" not in told[words].stderr and "unknown-id" not in told[words].stderr] == []
    assert sorted(unwritable.rglob("*")) == listed


def test_a_book_that_another_program_writes_is_looked_at_as_it_is_now(folder: Path, promise: str) -> None:
    book = folder / "book"
    with open_book(place_of(str(book), "")) as other:
        note = Request(kind="note", target=promise, comment="not in the file itself yet")
        assert decide(other, [note], author="me", recorded="2027-01-01T00:00:00Z").written == 1
        assert (book / "book.sqlite-wal").stat().st_size > 0
        book.chmod(0o555)
        try:
            (shown,) = run_bound(book, [f"show {promise} --as-of 2027-01-01 --book ."])
        finally:
            book.chmod(0o755)
    assert (shown.raised, shown.exit_code) == (None, 0)
    assert "not in the file itself yet" in shown.stdout


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
