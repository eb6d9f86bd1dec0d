"""Small books at the bench, in a folder and on PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient
from tests.support.made import RECORDED, commitment, day, document, dollars
from tests.web.bench.browsing import Open, shut
from tests.web.bench.person import Person
from tests.web.conftest import settings_of
from tools.browser import Server

from pledgebook.book.adding import Addition, add
from pledgebook.book.opening import Book, init_book
from pledgebook.book.place import place_of
from pledgebook.web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WELLS = commitment(
    "Sylvania will dig 40 wells in Chad by 2025.", "dig 40 wells in Chad by 2025", actors=["Sylvania"], countries=["TD"], confidence=0.4
)
CRANES = commitment("Ruritania will paint the harbour cranes.", "paint the harbour cranes", actors=["Ruritania"], confidence=0.6)
SCHOOL = commitment(
    "Freedonia will give $5 for schools.", "give $5 for schools", amounts=dollars(5), deadline="2026", deadline_role="due", confidence=0.8
)
DUG: dict[str, object] = {
    "quote": "Sylvania dug 40 wells in Chad, an auditor found.", "action": "dug 40 wells in Chad", "actors": ["Sylvania"], "countries": ["TD"],
    "confidence": 0.7,
}  # fmt: skip
#: A letter beyond the Basic Multilingual Plane before all that is marked: one code point, two units of a script's strings.
TITLE = "News 𝔘 of the day"


def first() -> Addition:
    return document(WELLS, CRANES, title=TITLE, published=day(3), outlet="Ministry of works")


def second() -> Addition:
    return document(SCHOOL, {**WELLS, "confidence": 0.5}, title="Told again", published=day(30), outlet="Gazette")


def report() -> Addition:
    return document(claims=(DUG,), title="A report", published=day(300), outlet="Auditor")


def ids(one: Addition) -> list[str]:
    return [found.id for found in one.reading.commitments]


@pytest.fixture(params=["sqlite", "postgresql"])
def client(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestClient]:
    """A book of three documents, served."""
    folder = tmp_path / "book"
    address = str(folder) if request.param == "sqlite" else request.getfixturevalue("postgres_database")
    settings = settings_of(folder, address, mode="bench", watch=3600.0)
    with init_book(settings.place, "bench", author="test", recorded=RECORDED) as book:
        add(book, [first(), second(), report()], extractor="made", author="test", recorded=RECORDED)
    with TestClient(create_app(settings), follow_redirects=False) as found:
        yield found


@pytest.fixture
def ada(client: TestClient) -> Person:
    return Person(client, "Ada")


@pytest.fixture
def ben(client: TestClient) -> Person:
    return Person(client, "Ben")


@pytest.fixture
def serve(client: TestClient) -> Iterator[Callable[[], TestClient]]:
    """Starts another server on the same book, as after a restart."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(TestClient(create_app(client.app.state.site.settings), follow_redirects=False))  # type: ignore[attr-defined]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with init_book(place_of(str(tmp_path / "book"), str(tmp_path / "book")), "browser", author="test", recorded=RECORDED) as made:
        add(made, [first(), second(), report()], extractor="made", author="test", recorded=RECORDED)
        yield made


@pytest.fixture
def server(book: Book, tmp_path: Path) -> Iterator[Server]:
    del book
    with Server.running(str(tmp_path / "book"), tmp_path / "book") as running:
        yield running


@pytest.fixture
def open_as(browser: "Browser", server: Server) -> Iterator[Open]:
    """Opens the bench under a name, each in a browser window of its own; what a page's script complains of fails the test."""
    faults: list[str] = []
    with ExitStack() as stack:

        def opened(name: str, **options: bool) -> "Page":
            window = browser.new_context(viewport={"width": 1280, "height": 900}, **options)  # type: ignore[arg-type] # options of Playwright
            window.on("dialog", lambda asked: asked.accept())
            stack.callback(shut, window)
            page = window.new_page()
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda told: faults.append(told.text) if "Content Security" in told.text else None)
            page.goto(f"{server.address}/bench")
            page.fill("#name", name)
            page.keyboard.press("Enter")
            page.wait_for_selector(".queue")
            return page

        yield opened
    assert faults == []
