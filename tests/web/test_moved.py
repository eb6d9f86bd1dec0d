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
