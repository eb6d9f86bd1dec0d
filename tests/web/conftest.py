"""The demo's book, made once and opened in a test client; a small book and its listing; and books of hostile words, in a folder and on PostgreSQL."""

import datetime
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.book.acts import CLEAR, HARBOUR, put
from tests.support.made import RECORDED, commitment, day, document, dollars

from pledgebook.book.adding import Addition, add
from pledgebook.book.opening import Book, init_book
from pledgebook.book.place import place_of
from pledgebook.commands.demo import LOOKING_FROM, make_demo
from pledgebook.web.app import create_app
from pledgebook.web.listing.keeper import Keeper
from pledgebook.web.web_settings import WebSettings

DAY = datetime.date.fromisoformat(LOOKING_FROM)
#: The day from which the listings of made documents are looked at.
LISTED = datetime.date(2026, 1, 1)
#: What would be run, or would break out of its place, if it were not escaped.
HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(2)>\"'`{{7*7}}\u202e"
Open = Callable[[Path], TestClient]


def settings_of(folder: Path, book: str | None = None, **more: object) -> WebSettings:
    """Settings for a book in a folder, or at an address with its sources in a folder, looked at from the day of the demo."""
    given: dict[str, object] = {
        "place": place_of(book or str(folder), str(folder)),
        "as_of": DAY,
        "base_url": "http://testserver",
        "patience": 60.0,
        "watch": 3600.0,
        **more,
    }
    return WebSettings(**given)  # type: ignore[arg-type] # a test gives what fits


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demo's book. Tests that write make a copy."""
    folder = tmp_path_factory.mktemp("web") / "demo"
    make_demo(folder).close()
    return folder


@pytest.fixture(scope="session")
def client(demo_folder: Path) -> Iterator[TestClient]:
    """A browser of the demo's book, for tests that only read."""
    with TestClient(create_app(settings_of(demo_folder)), follow_redirects=False) as found:
        yield found


@pytest.fixture
def folder(demo_folder: Path, tmp_path: Path) -> Path:
    """A copy of the demo's book for one test."""
    return Path(shutil.copytree(demo_folder, tmp_path / "demo", ignore=shutil.ignore_patterns("tables", "inbox.sqlite")))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A book of two documents. Tests of listings that need another have a fixture of this name."""
    with init_book(settings_of(tmp_path / "book").place, "tests", author="test", recorded=RECORDED) as made:
        put(made, document(CLEAR, title="A", published=day(0)), document(HARBOUR, title="B", published=day(5)))
        yield made


@pytest.fixture
def listed() -> datetime.date:
    """The day of the listing that `keeper` holds."""
    return LISTED


class Clock:
    """A clock that a test sets."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The clock of `keeper`."""
    return Clock()


@pytest.fixture
def keeper(book: Book, listed: datetime.date, clock: Clock, tmp_path: Path) -> Iterator[Keeper]:
    """A keeper that holds a listing of `book`."""
    made = Keeper(book, "1", tmp_path / "kept", lambda: None, clock=clock)
    made.keep_up(listed, wait=60)
    yield made
    made.close()


def hostile_documents() -> list[Addition]:
    """Documents that try to be more than text, right-to-left ones among them."""
    quote = f"We will give $5 to {HOSTILE} by 2030."
    arabic = "سوف نقدم خمسة ملايين دولار للعراق"
    one = commitment(quote, f"give $5 to {HOSTILE}", actors=[f"Actor {HOSTILE}"], amounts=dollars(5), deadline="../2030", countries=["IQ"])
    two = commitment(arabic, arabic, actors=["العراق"], countries=["IQ"])
    return [
        document(one, published="2025-03-01", outlet=f"Outlet {HOSTILE}", title=f"Title {HOSTILE}", url="javascript:alert(3)"),
        document(two, published="2025-04-01", title=arabic, outlet=arabic, url='https://example.org/a?b=1&c="><script>'),
    ]


@pytest.fixture(params=["sqlite", "postgresql"])
def made_book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Book, WebSettings]]:
    """A book of the hostile documents, and settings to serve it."""
    folder = tmp_path / "made"
    address = str(folder) if request.param == "sqlite" else request.getfixturevalue("postgres_database")
    settings = settings_of(folder, address)
    with init_book(settings.place, "made", author="test", recorded=RECORDED) as book:
        add(book, hostile_documents(), extractor="x", author="test", recorded=RECORDED)
        yield book, settings
