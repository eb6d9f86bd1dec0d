"""The keeper: whoever holds a listing can go on asking it; what fails is tried again; nothing is left behind."""

import datetime
import logging
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.web.conftest import LISTED, Clock

from pledgebook.book.opening import Book
from pledgebook.web.listing import keeper as module
from pledgebook.web.listing.asking import Asked
from pledgebook.web.listing.building import stamp_of
from pledgebook.web.listing.file import File
from pledgebook.web.listing.keeper import Keeper


def later(days: int) -> datetime.date:
    return LISTED + datetime.timedelta(days)


def test_a_page_under_way_can_go_on_asking_the_listing_that_another_has_replaced(keeper: Keeper) -> None:
    before = keeper.current
    assert before is not None
    keeper.keep_up(later(1), wait=60)
    assert keeper.current is not before
    places = before.ask(Asked(words="harbour", order="relevance")).places
    assert len(before.rows(places)) == 1
    keeper.keep_up(later(2), wait=60)
    assert not before.file.path.exists()
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        before.ask(Asked(words="cranes"))


def test_a_file_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    gone = tmp_path / "a?b#c%20.sqlite"
    with pytest.raises(sqlite3.OperationalError, match="unable to open"), File(gone).lent():
        pass
    assert not gone.exists()


def test_a_search_in_a_file_that_cannot_be_read_finds_not_nothing(keeper: Keeper) -> None:
    assert keeper.current is not None
    with keeper.current.file.writing() as connection:
        connection.execute("DROP TABLE words")
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        keeper.current.ask(Asked(words="harbour"))


def test_half_of_a_character_is_found_nowhere(keeper: Keeper) -> None:
    assert keeper.current is not None
    assert keeper.current.ask(Asked(words="\ud800x harbour")).total == 0


def fail(*_given: object) -> None:
    raise OSError(28, "No space left on device")


def test_what_failed_is_tried_again_after_a_minute_and_leaves_no_file(
    book: Book, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    made = Keeper(book, "1", tmp_path / "kept", lambda: None, clock=clock)
    try:
        with monkeypatch.context() as meanwhile:
            # When it has been built and opened: what is decided meanwhile is looked for then.
            meanwhile.setattr(module, "stamp_of", _in_turn(stamp_of, fail))
            with pytest.raises(OSError, match="No space"):
                made.keep_up(LISTED, wait=60)
        assert "the old one is served" in caplog.text
        assert not list((tmp_path / "kept").glob(".listing-*/*.*"))
        clock.now += module.AGAIN - 1
        made.keep_up(LISTED, wait=60)
        assert made.current is None
        clock.now += 1
        made.keep_up(LISTED, wait=60)
        assert made.current is not None
    finally:
        made.close()


def _in_turn(*functions: Callable[..., object]) -> Callable[..., object]:
    """A function that is another one at each call."""
    left = iter(functions)

    def called(*given: object) -> object:
        return next(left)(*given)

    return called


def test_a_listing_that_cannot_be_kept_is_served_all_the_same(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(shutil, "copyfile", fail)
    made = Keeper(book, "1", tmp_path / "kept", lambda: None)
    try:
        made.keep_up(LISTED, wait=60)
        assert made.current is not None
        assert "No copy of the list" in caplog.text
    finally:
        made.close()


def test_a_listing_that_is_served_is_not_said_to_have_failed(book: Book, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    made = Keeper(book, "1", tmp_path / "kept", fail)
    try:
        with pytest.raises(OSError, match="No space"):
            made.keep_up(LISTED, wait=60)
        assert made.current is not None
        assert "A new list of promises is served" in caplog.text
        assert "the old one" not in caplog.text
    finally:
        made.close()
