"""The site in a real browser: reading, searching, sending the form, with and without JavaScript, wide and narrow, light and dark."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.web.serving import served

from pledgebook.web.inbox import Inbox

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MISSION = "p-e97e5c05799f457a"
PAGES = (
    "/",
    "/promises?q=iraq",
    f"/p/{MISSION}",
    f"/p/{MISSION}/correct",
    "/by/actor",
    "/countries/IQ",
    "/methods",
    "/gatherings",
    "/documents",
    "/data",
)


@pytest.fixture(scope="module")
def live(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a running server, and the folder of its book."""
    ignored = shutil.ignore_patterns("tables", "inbox.sqlite")
    folder = Path(shutil.copytree(demo_folder, tmp_path_factory.mktemp("live") / "demo", ignore=ignored))
    with served(folder) as address:
        yield address, folder


@pytest.fixture(params=[(1280, "light"), (1280, "dark"), (380, "light"), (380, "dark")], ids=lambda one: f"{one[0]}-{one[1]}")
def page(request: pytest.FixtureRequest, browser: "Browser") -> Iterator["Page"]:
    """A page of a wide or narrow screen; what goes wrong in it fails the test."""
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    found = context.new_page()
    wrong: list[str] = []
    found.on("pageerror", lambda error: wrong.append(str(error)))
    found.on("console", lambda message: wrong.append(message.text) if message.type == "error" and "404" not in message.text else None)
    yield found
    context.close()
    assert wrong == []


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(live: tuple[str, Path], page: "Page", axe: str, path: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(live[0] + path)
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})"
    )
    told = [(one["id"], one["help"], [node["html"][:200] for node in one["nodes"]][:3]) for one in found["violations"]]
    assert told == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert [url for url in asked if not url.startswith(live[0])] == []


def test_a_reader_searches_narrows_reads_and_goes_back(live: tuple[str, Path], browser: "Browser") -> None:
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        page.goto(live[0])
        page.get_by_label("Search quotes").fill("military mission")
        page.get_by_role("button", name="Search").click()
        page.get_by_role("complementary").get_by_role("link", name="kept late").first.click()
        page.get_by_role("link", name="end in Iraq no later").click()
        assert page.get_by_role("heading", level=1).inner_text() == "end in Iraq no later than the end of September 2025"
        assert "A person has reviewed" in page.inner_text("main")
        page.go_back()
        page.get_by_role("link", name="Take out: kept late").click()
        assert "kept+late" not in page.url
        context.close()


def test_a_promise_on_an_earlier_day_and_why_it_changed(live: tuple[str, Path], browser: "Browser") -> None:
    page = browser.new_page()
    page.goto(f"{live[0]}/p/{MISSION}")
    page.get_by_label("As it was known on a day").fill("2025-01-15")
    page.get_by_role("button", name="Show").first.click()
    assert "As it was on 2025-01-15" in page.inner_text("main")
    page.get_by_role("link", name="As it stands now").click()
    page.get_by_label("Why did this change").fill("2025-01-15")
    page.get_by_role("button", name="Show").last.click()
    assert "verdict: open -> kept late" in page.inner_text("main")
    page.close()


def test_the_form_is_sent_by_keyboard_alone(live: tuple[str, Path], browser: "Browser") -> None:
    page = browser.new_page()
    page.goto(f"{live[0]}/p/{MISSION}/correct")
    page.get_by_label("The verdict is wrong").focus()
    page.keyboard.press("Space")
    for text in ("It ended later.", "https://example.org/report", "A reader", ""):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("status").wait_for()
    (one,) = Inbox(live[1]).waiting()
    assert (one.kind, one.text, one.who) == ("dispute", "It ended later.", "A reader")
    page.close()


def test_a_keyboard_reaches_the_content_first(live: tuple[str, Path], browser: "Browser") -> None:
    page = browser.new_page()
    page.goto(live[0])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()
