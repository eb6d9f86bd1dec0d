"""A small book that a team keeps, and the people of it. Passwords are hashed as cheaply as argon2 can, so that the tests are quick."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest
from argon2 import PasswordHasher
from httpx2 import Response
from lxml import html
from starlette.testclient import TestClient
from tests.support.made import RECORDED
from tests.web.bench.conftest import first
from tests.web.conftest import settings_of

from pledgebook.book.adding import add
from pledgebook.book.opening import init_book
from pledgebook.book.place import Place, place_of
from pledgebook.web.accounts import passwords
from pledgebook.web.accounts.people import People
from pledgebook.web.accounts.roles import ROLES
from pledgebook.web.app import create_app

PASSWORD = "a long and quiet sentence"  # noqa: S105 - made up for these tests
OTHER = "another long sentence"
ORIGIN = {"origin": "http://testserver", "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded"}
Serve = Callable[..., "Browser"]


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", hasher)
    monkeypatch.setattr(passwords, "_NOBODY", hasher.hash("nobody"))


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


class Browser:
    """A browser without a script, and what it holds."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def token(self) -> str:
        """The token that forms must hold, from the login page."""
        page = html.fromstring(self.client.get("/login").text)
        return str(page.xpath("//input[@name='token']/@value")[0])

    def post(self, path: str, **fields: str) -> Response:
        """Send a form of the site."""
        return self.client.post(path, content=urlencode({"token": self.token(), **fields}), headers=ORIGIN)

    def login(self, name: str, password: str = PASSWORD, to: str = "") -> int:
        """Log in; the status of the answer."""
        return self.post("/login", name=name, password=password, to=to).status_code


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A book without anything in it."""
    folder = tmp_path / "book"
    made = place_of(str(folder) if request.param == "sqlite" else request.getfixturevalue("postgres_database"), str(folder))
    init_book(made, "team", author="test", recorded=RECORDED).close()
    return made


@pytest.fixture
def people(place: Place) -> Iterator[People]:
    """Its people: nobody yet."""
    kept = People.of(place, Clock())
    yield kept
    kept.close()


@pytest.fixture
def team_folder(tmp_path: Path) -> Path:
    """A book in a folder with one document and a person of each role, called as the role is, and a shut account, Gone."""
    folder = tmp_path / "book"
    with init_book(place_of(str(folder), str(folder)), "team", author="test", recorded=RECORDED) as book:
        add(book, [first()], extractor="made", author="test", recorded=RECORDED)
    kept = People.of(place_of(str(folder), str(folder)))
    for role in ROLES:
        kept.add(role.title(), role, PASSWORD, by="test")
    kept.add("Gone", "administrator", PASSWORD, by="test")
    kept.set_disabled("Gone", disabled=True, by="test")
    kept.close()
    return folder


@pytest.fixture
def serve(team_folder: Path) -> Iterator[Serve]:
    """Serves the book, with settings of the test's own."""
    with ExitStack() as stack:

        def start(**more: object) -> Browser:
            app = create_app(settings_of(team_folder, None, **{"mode": "bench", "team": True, **more}))
            return Browser(stack.enter_context(TestClient(app, follow_redirects=False)))

        yield start
