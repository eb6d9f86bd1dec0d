"""Where an id leads that a promise had once: promises that are merged have one address, and each its own again when they are split."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import settings_of

from pledgebook.book.deciding import Request, decide
from pledgebook.book.opening import open_book
from pledgebook.book.place import place_of
from pledgebook.core.decision import DecisionKind
from pledgebook.web.app import create_app

MISSION, OTHER = "p-e97e5c05799f457a", "p-8dabf0528e48039e"


def decided(folder: Path, kind: DecisionKind) -> None:
    """The two promises merged, or split."""
    with open_book(place_of(str(folder), str(folder))) as book:
        request = Request(kind=kind, target=MISSION[2:], others=(OTHER[2:],))
        assert not decide(book, [request], author="coder", recorded="2026-01-01T00:00:00Z").problems


@pytest.fixture
def merged(folder: Path) -> Iterator[TestClient]:
    """A browser of a book in which the two are one."""
    decided(folder, "merge")
    with TestClient(create_app(settings_of(folder)), follow_redirects=False) as client:
        yield client


def old_and_new(client: TestClient) -> tuple[str, str]:
    """The id that the merged promise has no more, and the one that it has."""
    (old,) = (one for one in (MISSION, OTHER) if client.get(f"/p/{one}").status_code != 200)
    return old, {MISSION: OTHER, OTHER: MISSION}[old]


def test_an_id_that_moved_is_asked_for_again_since_it_may_move_back(merged: TestClient, folder: Path) -> None:
    old, new = old_and_new(merged)
    for path in ("/p/{}", "/p/{}/correct", "/api/v1/promises/{}"):
        answer = merged.get(path.format(old))
        assert (answer.status_code, answer.headers["location"]) == (307, path.format(new))
        assert "no-cache" in answer.headers["cache-control"]
    decided(folder, "split")
    merged.app.state.site.look(wait=60)  # type: ignore[attr-defined] # an application of ours
    assert merged.get(f"/p/{old}").status_code == merged.get(f"/p/{new}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/p/{}?as-of=2025-06-01",
        "/p/{}/changes?since=2024-12-01&to=2025-06-01",
        "/p/{}/correct?sent=3",
        "/p/{}.json?as-of=2025-06-01",
        "/p/{}.ics",
        "/p/{}/timeline.svg?as-of=2025-06-01",
        "/p/{}/timeline.csv",
        "/api/v1/promises/{}?as-of=2025-06-01",
    ],
)
def test_what_is_asked_of_an_old_id_is_given_of_the_new_one(merged: TestClient, path: str) -> None:
    old, new = old_and_new(merged)
    answer = merged.get(path.format(old))
    assert (answer.status_code, answer.headers["location"]) == (307, path.format(new))
    assert merged.get(answer.headers["location"]).status_code == 200


def test_a_form_that_is_sent_to_an_old_id_reaches_the_new_one(merged: TestClient) -> None:
    old, new = old_and_new(merged)
    sent = merged.post(f"/p/{old}/correct", data={"kind": "dispute", "text": "They left later."}, follow_redirects=True)
    assert (sent.status_code, sent.url.path) == (200, f"/p/{new}/correct")
    assert "received as number 1" in sent.text


def test_only_the_page_leads_from_the_id_of_a_document_to_the_document(client: TestClient) -> None:
    document = client.get("/api/v1/documents?limit=1").json()["rows"][0]["id"]
    page = client.get(f"/p/{document}")
    assert (page.status_code, page.headers["location"]) == (307, f"/documents/{document}")
    for path in (f"/api/v1/promises/{document}", f"/p/{document}.json", f"/p/{document}.ics", f"/p/{document}/changes"):
        assert client.get(path).status_code == 404
