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
    ("rule", "status"),
    [
        ("unknown-release", 404),
        ("busy", 503),
        ("database-unavailable", 503),
        ("disk-error", 503),
        ("damaged-book", 503),
        ("read-only", 503),
    ],
)
def test_only_what_is_none_is_told_as_absent(rule: str, status: int) -> None:
    told = not_answered(book_error(rule, "here", "It is so.", "Do this."))
    assert (told.status, told.why) == (status, "It is so. Do this.")
