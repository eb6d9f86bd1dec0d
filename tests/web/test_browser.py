"""The site in a real browser: reading, searching, sending the form, with and without JavaScript. How every kind of page looks: test_every_page."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.web.serving import served

from pledgebook.web.inbox import Inbox

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MISSION = "p-e97e5c05799f457a"


@pytest.fixture(scope="module")
def live(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a running server, and the folder of its book."""
    ignored = shutil.ignore_patterns("tables", "inbox.sqlite")
    folder = Path(shutil.copytree(demo_folder, tmp_path_factory.mktemp("live") / "demo", ignore=ignored))
    with served(folder) as address:
        yield address, folder


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
