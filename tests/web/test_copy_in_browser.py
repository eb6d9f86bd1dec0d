"""A copy of plain files in a real browser: searched on a plain file server and from a disk; and what it says where no script runs."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.web.conftest import settings_of
from tests.web.whole_book import MISSION, SCHOOLS

from pledgebook.web.app import page_routes
from pledgebook.web.opened import opened_site
from pledgebook.web.static_copy import write_copy

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name in the standard library
        """Say nothing."""


@pytest.fixture(scope="module")
def copy(whole: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the copy. Its name is one that an address must quote."""
    to = tmp_path_factory.mktemp("copied") / "a copy #1"
    with opened_site(settings_of(whole[0], base_url="https://book.example")) as site:
        write_copy(site, page_routes(), to)
    return to


@pytest.fixture(params=["server", "disk"])
def at(request: pytest.FixtureRequest, copy: Path) -> Iterator[str]:
    """Where the copy is read."""
    if request.param == "disk":
        yield copy.as_uri()
        return
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(copy)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser: "Browser", at: str) -> Iterator["Page"]:
    """A page whose script complains of nothing; it is closed before the server is."""
    del at
    context = browser.new_context()
    found = context.new_page()
    wrong: list[str] = []
    found.on("pageerror", lambda error: wrong.append(str(error)))
    found.on("console", lambda told: wrong.append(told.text) if told.type == "error" else None)
    yield found
    context.close()
    assert wrong == []


#: What the page says in the instant in which the first letter is typed.
_TYPED = """() => {
  const field = document.querySelector("#find input");
  field.value = "phase";
  field.dispatchEvent(new Event("input"));
  return document.querySelector("#find [role=status]").textContent;
}"""


def found(page: "Page", words: str) -> list[str]:
    """What the search lists for some words."""
    page.get_by_label("Search quotes, actors and actions").fill(words)
    page.locator("#find [role=status]", has_text="found").wait_for()
    return page.locator("#find li h3").all_inner_texts()


def test_a_promise_is_found_by_its_words_and_by_who_is_bound_and_its_page_opened(page: "Page", at: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{at}/index.html")
    assert not [url for url in asked if "search-index" in url], "the list of all promises is loaded before anybody searches"
    mission = "end in Iraq no later than the end of September 2025"
    assert page.evaluate(_TYPED) == "The list of promises is being loaded.", "nothing is said of what is not known yet"
    assert mission in found(page, "in the first phase the military mission")
    assert mission in found(page, "united STATES coalition september")
    assert found(page, "no promise has such words") == []
    assert len(found(page, "مدارس المثال")) == 1
    assert SCHOOLS in page.inner_text("#find")
    found(page, mission)
    page.locator("#find").get_by_role("link", name=mission).click()
    assert page.get_by_role("heading", level=1).inner_text() == mission
    assert f"/p/{MISSION}/index.html" in page.url
    page.go_back()
    page.goto(f"{at}/promises/index.html")
    assert mission in found(page, "end in Iraq")
    page.locator("#find").get_by_role("link", name=mission).click()
    assert f"/p/{MISSION}/index.html" in page.url
    assert [url for url in asked if not url.startswith(at)] == []


def test_without_a_script_a_copy_tells_where_else_to_look(browser: "Browser", at: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{at}/index.html")
    assert not page.locator("#find").is_visible()
    page.locator(".notice", has_text="runs none").get_by_role("link", name="actor").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Who is bound"
    context.close()
