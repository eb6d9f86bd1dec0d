"""How a keeper ends: at once, and with nothing left behind that the next one would not remove."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.book.acts import CLEAR, put
from tests.support.made import RECORDED, day, document
from tests.web.conftest import DAY, settings_of

from pledgebook.book.opening import Book, init_book
from pledgebook.web.listing import keeper, working
from pledgebook.web.listing.keeper import Keeper
from pledgebook.web.listing.working import OWNER, Working


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with init_book(settings_of(tmp_path / "book").place, "tests", author="test", recorded=RECORDED) as made:
        put(made, document(CLEAR, title="A", published=day(0)))
        yield made


def test_a_server_that_stops_does_not_wait_for_a_process_that_builds(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(keeper, "LARGE", 0)
    made = Keeper(book, "1", tmp_path / "kept", lambda: None)
    made.keep_up(DAY)
    made.close()
    assert made.current is None
    assert not list((tmp_path / "kept").iterdir())
    assert "the old one" not in caplog.text


def test_a_server_that_stops_waits_for_what_follows_a_process(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "LARGE", 0)
    begun, may_end, copied = threading.Event(), threading.Event(), []

    def copy(*_given: object) -> None:
        begun.set()
        assert may_end.wait(60)
        copied.append(1)

    monkeypatch.setattr(shutil, "copyfile", copy)
    made = Keeper(book, "1", tmp_path / "kept", lambda: None)
    made.keep_up(DAY)
    assert begun.wait(120)
    threading.Timer(0.2, may_end.set).start()
    made.close()
    assert copied == [1]


def left(parent: Path, name: str, *files: str) -> Path:
    """A folder as a killed server leaves it."""
    folder = parent / name
    folder.mkdir()
    for one in files:
        (folder / one).write_bytes(b"")
    return folder


def test_what_a_killed_server_left_is_removed_and_nothing_of_a_living_one(tmp_path: Path) -> None:
    living = Working(tmp_path)
    dead, unknown = left(tmp_path, ".listing-dead", OWNER, "1.sqlite"), left(tmp_path, ".listing-unknown", "1.sqlite")
    other = Working(tmp_path)
    assert not dead.exists()
    assert (living.path / OWNER).exists()
    assert (unknown / "1.sqlite").exists()
    for one in (living, other):
        one.close()
    assert list(tmp_path.iterdir()) == [unknown]


def test_where_files_cannot_be_locked_what_is_left_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dead = left(tmp_path, ".listing-dead", OWNER)
    monkeypatch.setattr(working, "fcntl", None)
    made = Working(tmp_path)
    assert dead.exists()
    assert not (made.path / OWNER).exists()
    made.close()
    assert list(tmp_path.iterdir()) == [dead]
