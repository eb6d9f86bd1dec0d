"""What a reader is told while the book cannot be asked: not that there is nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import settings_of

from pledgebook.book.errors import book_error
from pledgebook.web.answers import not_answered
from pledgebook.web.app import create_app
from pledgebook.web.opened import opened_site

MISSION = "p-e97e5c05799f457a"
PATHS = ("/documents", f"/p/{MISSION}", f"/p/{MISSION}/correct", f"/p/{MISSION}.json", "/api/v1/documents", f"/api/v1/promises/{MISSION}")


def renamed(folder: Path, old: str, new: str) -> None:
    with closing(sqlite3.connect(folder / "book.sqlite")) as connection:
        connection.execute(f"ALTER TABLE {old} RENAME TO {new}")


def test_a_page_is_not_called_absent_while_the_database_is_away(folder: Path) -> None:
    with TestClient(create_app(settings_of(folder)), follow_redirects=False) as client:
        for table in ("document", "mention"):
            renamed(folder, table, "elsewhere")
            answers = [client.get(path) for path in PATHS]
            renamed(folder, "elsewhere", table)
            assert 503 in {one.status_code for one in answers}
            assert {one.status_code for one in answers} <= {200, 503}
            assert {one.headers["cache-control"] for one in answers if one.status_code == 503} == {"no-store"}
        assert [client.get(path).status_code for path in PATHS] == [200] * len(PATHS)


def test_a_release_that_is_none_is_absent(client: TestClient) -> None:
    answer = client.get(f"/releases/none/p/{MISSION}")
    assert answer.status_code == 404
    assert "There is no release of that name." in answer.text


@pytest.mark.parametrize(
    ("rule", "settings", "status", "told_in_full"),
    [
        ("unknown-release", {}, 404, True),
        ("busy", {}, 503, True),
        ("database-unavailable", {}, 503, False),
        ("disk-error", {}, 503, False),
        ("damaged-book", {}, 503, False),
        ("read-only", {"mode": "bench"}, 503, True),
        ("read-only", {"mode": "bench", "team": True}, 503, False),
    ],
)
def test_only_what_is_none_is_told_as_absent_and_where_the_database_stands_to_nobody_else(
    folder: Path, rule: str, settings: dict[str, object], status: int, told_in_full: bool, caplog: pytest.LogCaptureFixture
) -> None:
    what = "The database cannot be used (no route to 192.0.2.7, port 5432)."
    with opened_site(settings_of(folder, None, **settings)) as site:
        told = not_answered(site, book_error(rule, "here", what, "Do this."))
    assert told.status == status
    assert (told.why == f"{what} Do this.") == told_in_full
    assert ("192.0.2.7" in told.why) == told_in_full
    assert told_in_full or f"here: {what} Do this." in caplog.text
