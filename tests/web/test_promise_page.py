"""The page of a promise."""

from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient
from tests.book.acts import put
from tests.support.made import RECORDED, commitment, document, dollars
from tests.web.conftest import settings_of

from pledgebook.book.opening import init_book
from pledgebook.web.app import create_app

#: The end of the mission in Iraq.
MISSION = "p-e97e5c05799f457a"


def test_a_promise_shows_its_words_first_and_says_whether_anyone_reviewed_them(client: TestClient) -> None:
    page = client.get(f"/p/{MISSION}")
    assert page.status_code == 200
    assert "kept late" in page.text
    assert page.text.index("<mark>") > 0


def test_an_answer_that_the_browser_has_is_not_sent_again(client: TestClient) -> None:
    first = client.get(f"/p/{MISSION}")
    again = client.get(f"/p/{MISSION}", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_id_that_never_was_is_told(client: TestClient) -> None:
    assert client.get("/p/p-0000000000000000").status_code == 404


def test_links_to_other_promises_and_to_what_changed_keep_the_day(client: TestClient) -> None:
    day = "2025-01-15"
    page = client.get(f"/p/{MISSION}?as-of={day}").text
    assert f'<input type="hidden" name="to" value="{day}">' in page
    assert 'name="to"' not in client.get(f"/p/{MISSION}").text
    changes = client.get(f"/p/{MISSION}/changes?since=2024-12-01&to={day}").text
    assert f'href="/p/{MISSION}?as-of={day}"' in changes


@pytest.mark.parametrize("since", ["2025-99-01", "last-year"])
def test_what_is_neither_a_day_nor_a_release_is_told(client: TestClient, since: str) -> None:
    answer = client.get(f"/p/{MISSION}/changes?since={since}")
    assert answer.status_code == 404
    assert f"{since}&#39; is neither a day" in answer.text


def test_links_to_a_total_and_its_parts_keep_the_day(tmp_path: Path) -> None:
    quotes = [f"Freedonia will give ${value} million to {what}." for value, what in ((5, "Iraq"), (2, "schools in Iraq"))]
    total, part = (commitment(one, one[15:-1], amounts=dollars(int(one[21]) * 1_000_000), countries=["IQ"]) for one in quotes)
    made = document(total, part, title="Pledge", published="2025-03-01")
    first, second = made.reading.commitments
    parts = msgspec.structs.replace(made.reading, commitments=(first, msgspec.structs.replace(second, part_of=first.id)))
    settings = settings_of(tmp_path / "book")
    with init_book(settings.place, "made", author="test", recorded=RECORDED) as book:
        put(book, msgspec.structs.replace(made, reading=parts))
    with TestClient(create_app(settings)) as client:
        rows = client.get("/api/v1/promises").json()["rows"]
        (whole,) = (one["id"] for one in rows if one["parts"])
        (of_it,) = (one["id"] for one in rows if one["total"] == whole)
        for one, other in ((whole, of_it), (of_it, whole)):
            assert f'href="/p/{other}?as-of=2025-04-01"' in client.get(f"/p/{one}?as-of=2025-04-01").text
            assert f'href="/p/{other}"' in client.get(f"/p/{one}").text
