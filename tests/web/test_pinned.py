"""A citation stays true: a promise as it stood in a release, whatever has been decided since."""

import datetime
from pathlib import Path

from starlette.testclient import TestClient
from tests.support.made import RECORDED
from tests.web.conftest import DAY, settings_of

from pledgebook.book.deciding import Request, decide
from pledgebook.book.opening import open_book
from pledgebook.book.place import place_of
from pledgebook.book.releasing import make_release
from pledgebook.web.app import create_app

MISSION = "p-e97e5c05799f457a"


def test_a_release_shows_what_it_showed_and_what_moved_it_since_is_told(folder: Path) -> None:
    place = place_of(str(folder), str(folder))
    with open_book(place) as book:
        make_release(book, "2025.12", datetime.date(2025, 6, 1), extractor="x", author="test", recorded=RECORDED)
        done = decide(
            book,
            [
                Request(
                    kind="correct",
                    target=MISSION.removeprefix("p-"),
                    field="deadline",
                    value='"../2026-03"',
                    comment="the annex says March",
                )
            ],
            author="coder",
            recorded=RECORDED,
        )
        assert not done.problems
    with TestClient(create_app(settings_of(folder)), follow_redirects=False) as client:
        pinned = client.get(f"/releases/2025.12/p/{MISSION}").text
        now = client.get(f"/p/{MISSION}").text
        changes = client.get(f"/p/{MISSION}/changes", params={"since": "2025.12"}).text
        assert client.get(f"/releases/2025.12/p/{MISSION}").status_code == 200
        assert client.get("/releases/2025.12/p/p-0000000000000000").status_code == 404
        assert client.get(f"/releases/none/p/{MISSION}").status_code == 404
    assert "As it stood in the release <strong>2025.12</strong>" in pinned
    assert "due ../2025-09" in pinned
    assert "by 2025-09" in pinned
    assert "2026-03" not in pinned, "a correction made since does not reach into a release"
    assert "2026-03" in now
    assert f"/releases/2025.12/p/{MISSION}" in now
    assert "the annex says March" in changes


def test_words_that_are_no_longer_read_are_still_shown_in_a_release(folder: Path) -> None:
    place = place_of(str(folder), str(folder))
    with open_book(place) as book:
        make_release(book, "r", DAY, extractor="x", author="test", recorded=RECORDED)
        decide(book, [Request(kind="reject", target="8dabf0528e48039e")], author="coder", recorded=RECORDED)
    with TestClient(create_app(settings_of(folder)), follow_redirects=False) as client:
        assert client.get("/p/p-8dabf0528e48039e").status_code == 410
        pinned = client.get("/releases/r/p/p-8dabf0528e48039e")
    assert pinned.status_code == 200
    assert "partners" in pinned.text
