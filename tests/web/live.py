"""Fixtures: the book with something for every kind of page, served once for all tests that look at it in a browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.web.serving import served_app
from tests.web.whole_book import ADMINISTRATOR, MINISTRY, PASSWORD, whole_book

from pledgebook.web.pages.lists import address_of

if TYPE_CHECKING:
    from fastapi import FastAPI
    from playwright.sync_api import Browser, BrowserContext, Page


class Live(NamedTuple):
    """A served book: where, by which application, what its names are; and where the same book is served to one person alone."""

    address: str
    app: "FastAPI"
    names: dict[str, str]
    alone: str
    alone_app: "FastAPI"


@pytest.fixture(scope="session")
def whole(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The folder of the book of all kinds, and the names of what is in it. Tests only read it."""
    folder = tmp_path_factory.mktemp("whole") / "book"
    return folder, whole_book(demo_folder, folder)


@pytest.fixture(scope="session")
def live(whole: tuple[Path, dict[str, str]]) -> Iterator[Live]:
    """The book of all kinds, served to a team with its bench."""
    folder, names = whole
    with served_app(folder, mode="bench", team=True) as (address, app), served_app(folder, mode="bench") as (alone, alone_app):
        listing = app.state.site.listing
        names |= {kind: listing.gatherings(kind)[0][0] for kind in ("plan", "campaign", "instrument")}
        names |= {"actor": address_of("actor", "United States"), "ministry": address_of("actor", MINISTRY)}
        names |= {name: address_of(name, listing.groups(name)[0].value) for name in ("sector", "category")}
        names |= {"outlet": address_of("outlet", "U.S. Department of State")}
        yield Live(address, app, names, alone, alone_app)


class Window(NamedTuple):
    """A window of the browser, logged in as an administrator; `wrong` is what its pages complained of, `asked` every address they asked for."""

    page: "Page"
    wrong: list[str]
    asked: list[str]


@pytest.fixture(scope="module")
def window(browser: "Browser", live: Live) -> Iterator[Window]:
    """One window for all tests of a file."""
    context: BrowserContext = browser.new_context()
    found = Window(context.new_page(), [], [])
    found.page.on("pageerror", lambda error: found.wrong.append(str(error)))
    found.page.on("console", lambda told: found.wrong.append(told.text) if told.type == "error" else None)
    context.on("request", lambda request: found.asked.append(request.url))
    found.page.goto(f"{live.address}/login")
    found.page.fill("#name", ADMINISTRATOR)
    found.page.fill("#password", PASSWORD)
    found.page.click("main form button")
    found.page.wait_for_selector(".queue")
    yield found
    found.page.goto("about:blank")
    context.close()
