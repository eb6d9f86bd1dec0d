"""A backup is a book of its own that stands the same, made while others write."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.book.acts import commitment_id, groups_of, log_of, promised, put, release, reported, say, stand, told_later

from pledgebook.book.backing import backup
from pledgebook.book.checking import verify
from pledgebook.book.deciding import Request
from pledgebook.book.errors import BookError
from pledgebook.book.opening import Book, open_book
from pledgebook.book.place import place_of
from pledgebook.book.releasing import releases

ROOT = Path(__file__).resolve().parents[2]
#: A process that adds documents and makes releases until it is told to stop: place, folder.
WRITER = """
import sys
from tests.book.acts import put, release
from tests.support.made import commitment, document
from pledgebook.book.opening import open_book
from pledgebook.book.place import place_of

with open_book(place_of(*sys.argv[1:3])) as book:
    for number in range(200):
        put(book, document(commitment(f"Freedonia will build school {number}.", f"build school {number}"), title=f"Release {number}"))
        if number % 3 == 0:
            release(book, f"release-{number}")
        print(number, flush=True)
"""


def test_it_holds_all_and_stands_the_same(book: Book, tmp_path: Path) -> None:
    put(book, promised(), reported())
    say(book, Request(kind="note", target=f"p-{commitment_id(promised())}", comment="kept"))
    release(book, "first")
    assert backup(book, tmp_path / "new" / "copy") == 5
    with open_book(place_of(str(tmp_path / "new" / "copy"), "")) as copy:
        assert list(verify(copy)) == []
        assert log_of(copy) == log_of(book)
        assert stand(copy) == stand(book)
        assert releases(copy) == releases(book)
        put(copy, told_later())  # it is a book of its own
        assert len(log_of(copy)) == len(log_of(book)) + 1
    assert [one.name for one in (tmp_path / "new").iterdir()] == ["copy"]


def test_an_empty_book_can_be_copied(book: Book, tmp_path: Path) -> None:
    assert backup(book, tmp_path / "copy") == 1
    with open_book(place_of(str(tmp_path / "copy"), "")) as copy:
        assert list(verify(copy)) == []


@pytest.mark.parametrize("there", ["file", "folder"])
def test_nothing_is_overwritten(book: Book, tmp_path: Path, there: str) -> None:
    target = tmp_path / "copy"
    target.write_text("mine", encoding="utf-8") if there == "file" else target.mkdir()
    with pytest.raises(BookError, match="backup-exists"):
        backup(book, target)
    assert target.is_dir() or target.read_text(encoding="utf-8") == "mine"


def test_what_cannot_be_written_is_told(book: Book, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(BookError, match="unwritable"):
        backup(book, tmp_path / "file" / "copy")


def test_a_missing_source_stops_it_and_leaves_nothing(book: Book, tmp_path: Path) -> None:
    put(book, promised())
    book.blobs.path(promised().reading.document.sha256).unlink()
    with pytest.raises(BookError, match="missing-source"):
        backup(book, tmp_path / "beside" / "copy")
    assert list((tmp_path / "beside").iterdir()) == []


def test_only_the_releases_of_the_log_are_copied(book: Book, tmp_path: Path) -> None:
    put(book, promised())
    release(book, "first")
    folder = book.place.folder / "releases"
    (folder / "cut-short.json").write_text("{}", encoding="utf-8")
    (folder / ".first.json.abc").write_text("{", encoding="utf-8")
    backup(book, tmp_path / "copy")
    assert [one.name for one in (tmp_path / "copy" / "releases").iterdir()] == ["first.json"]


def test_a_copy_made_while_another_adds_is_whole(book: Book, tmp_path: Path) -> None:
    address = str(book.place.folder) if book.place.is_folder else book.place.url
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, address, str(book.place.folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        try:
            sizes = []
            for number in range(4):
                writer.stdout.readline()
                sizes.append(backup(book, tmp_path / f"copy {number}"))
                assert writer.poll() is None, "the writer was done before the copy"
        finally:
            writer.kill()
    for number, size in enumerate(sizes):
        with open_book(place_of(str(tmp_path / f"copy {number}"), "")) as copy:
            assert list(verify(copy)) == []
            assert len(log_of(copy)) == size
            assert log_of(book)[:size] == log_of(copy)
            assert len(groups_of(copy)) == len(log_of(copy, "document"))
