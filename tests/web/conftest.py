"""The demo's book, made once and opened in a test client."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pledgebook.book.place import place_of
from pledgebook.commands.demo import LOOKING_FROM, make_demo
from pledgebook.web.app import create_app
from pledgebook.web.web_settings import WebSettings

DAY = datetime.date.fromisoformat(LOOKING_FROM)
Open = Callable[..., TestClient]


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demo's book. Tests that write make a copy."""
    folder = tmp_path_factory.mktemp("web") / "demo"
    make_demo(folder).close()
    return folder


def settings_of(folder: Path, **more: object) -> WebSettings:
    """Settings for a book in a folder, looked at from the day of the demo."""
    given: dict[str, object] = {"place": place_of(str(folder), str(folder)), "as_of": DAY, "base_url": "http://testserver", **more}
    return WebSettings(**given)  # type: ignore[arg-type] # a test gives what fits


@pytest.fixture(scope="session")
def client(demo_folder: Path) -> Iterator[TestClient]:
    """A browser of the demo's book, for tests that only read."""
    with TestClient(create_app(settings_of(demo_folder)), follow_redirects=False) as found:
        yield found
