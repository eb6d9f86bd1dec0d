"""The bench in a real browser: by keyboard alone, two people at once, a server that is killed in the middle, a tab that is closed, no script at all."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error as BrowserError
from tests.support.made import RECORDED
from tests.web.bench.conftest import first, ids, report, second
from tools.browser import Server

from pledgebook.book.adding import add
from pledgebook.book.checking import verify
from pledgebook.book.database import reading
from pledgebook.book.decided import decision_of
from pledgebook.book.log import entries
from pledgebook.book.opening import Book, init_book
from pledgebook.book.place import place_of
from pledgebook.core.decision import Decision

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

WELLS, CRANES = ids(first())
SCHOOL, WELLS_AGAIN = ids(second())
TEXT = first().reading.document.text
Open = Callable[..., "Page"]


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
            stack.callback(_shut, window)
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


def _shut(window: "BrowserContext") -> None:
    """Close a window whose pages rest: one that is closed while a page loads again may never answer."""
    for page in window.pages:
        with suppress(BrowserError):
            page.goto("about:blank")
    window.close()


def decisions(book: Book) -> list[Decision]:
    with reading(book.engine) as connection:
        return [decision_of(entry) for entry in entries(connection, ("decision",))]


def said(book: Book, count: int, page: "Page") -> list[Decision]:
    """All decisions, once there are so many."""
    for _ in range(100):
        found = decisions(book)
        if len(found) >= count:
            return found
        page.wait_for_timeout(100)
    raise AssertionError(f"{len(decisions(book))} decisions instead of {count}")


def at(page: "Page", one: str) -> None:
    """Wait until a record is shown."""
    page.wait_for_selector(f"form[data-draft='{one}']")


def press(page: "Page", *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_whole_session_by_keyboard_alone(open_as: Open, book: Book) -> None:
    page = open_as("Ada")
    press(page, "j")
    at(page, WELLS)
    press(page, "?")
    page.wait_for_selector("dialog[open]")
    press(page, "a")  # the help sheet is open: nothing is accepted
    press(page, "Escape", "e")
    assert page.evaluate("document.activeElement.id") == "f-actors"
    press(page, "End", ";", " ", "C", "h", "a", "d", "Control+Enter")
    at(page, WELLS_AGAIN)
    assert said(book, 1, page)[0].value == '["Sylvania","Chad"]'
    press(page, "c")
    page.keyboard.type("ar: not a promise")  # letters that are typed are no keys
    press(page, "Escape", "r")
    at(page, CRANES)
    press(page, "s")
    at(page, SCHOOL)
    press(page, "k")
    at(page, CRANES)
    press(page, "a")
    at(page, SCHOOL)
    press(page, "u")
    at(page, CRANES)
    press(page, "m", "ArrowLeft", "Shift+ArrowRight")
    assert page.input_value("#start") == str(TEXT.index("will paint"))
    press(page, "Enter", "Enter")
    page.wait_for_selector(".s-added")
    press(page, "q")
    page.wait_for_selector(".queue")
    made = said(book, 6, page)
    assert [one.kind for one in made] == ["correct", "reject", "accept", "undo", "reject", "add"]
    assert made[1].comment == "ar: not a promise"
    assert made[-1].target.quote == "will paint the harbour"
    assert {one.author for one in made} == {"Ada"}
    assert list(verify(book)) == []


def test_words_are_marked_with_the_mouse_beyond_letters_of_two_units(open_as: Open, book: Book) -> None:
    page = open_as("Ada")
    press(page, "j")
    at(page, WELLS)
    page.evaluate(
        """() => { const node = document.querySelector('.frozen').firstChild, from = node.data.indexOf('𝔘');
                   getSelection().setBaseAndExtent(node, from, node, from + '𝔘 of the day'.length);
                   document.dispatchEvent(new MouseEvent('mouseup', { bubbles: true })); }"""
    )
    page.locator("#preview", has_text="𝔘 of the day").wait_for()
    assert page.input_value("#start") == str(TEXT.index("𝔘"))
    page.click("button[value=mark]")
    page.wait_for_selector(".s-added")
    assert decisions(book)[0].target.quote == "𝔘 of the day"


def test_of_two_people_at_once_the_later_sees_what_the_first_decided(open_as: Open, book: Book) -> None:
    ada, ben = open_as("Ada"), open_as("Ben")
    for page in (ada, ben):
        press(page, "j")
        at(page, WELLS)
    ben.fill("#f-actors", "Ruritania")
    press(ada, "r")
    at(ada, WELLS_AGAIN)
    said(book, 1, ada)
    press(ben, "Control+Enter")
    ben.wait_for_selector("#conflict")
    assert "Ada" in ben.inner_text("#conflict")
    assert ben.input_value("#f-actors") == "Ruritania"
    press(ben, "Control+Enter")
    at(ben, WELLS_AGAIN)
    made = said(book, 2, ben)
    assert [(one.author, one.kind) for one in made] == [("Ada", "reject"), ("Ben", "correct")]


def test_a_conflict_comes_back_when_the_next_record_is_shown_already(open_as: Open, book: Book) -> None:
    ada, ben = open_as("Ada"), open_as("Ben")
    for page in (ada, ben):
        press(page, "j")
        at(page, WELLS)
    press(ada, "r")
    said(book, 1, ada)
    press(ben, "a")  # nothing was typed: the next one is there at once, and the answer comes later
    ben.wait_for_selector("#conflict")
    at(ben, WELLS)
    assert [one.kind for one in decisions(book)] == ["reject"]


def test_what_is_decided_while_the_server_is_down_is_written_once_when_it_is_back(open_as: Open, server: Server, book: Book) -> None:
    page = open_as("Ada")
    press(page, "j")
    at(page, WELLS)
    page.wait_for_timeout(500)  # the next one is fetched ahead
    server.kill()
    press(page, "a")
    at(page, WELLS_AGAIN)
    page.locator("#status", has_text="not saved yet").wait_for()
    assert decisions(book) == []
    server.start()
    said(book, 1, page)
    page.locator("#status", has_text="All is saved.").wait_for()
    press(page, "a")
    assert [one.kind for one in said(book, 2, page)] == ["accept", "accept"]


def test_a_tab_that_is_closed_loses_nothing(open_as: Open, server: Server, book: Book) -> None:
    page = open_as("Ada")
    press(page, "j")
    at(page, WELLS)
    page.fill("#f-actors", "Chad")
    page.fill("#comment", "half a thought")
    window = page.context
    page.close()
    page = window.new_page()
    page.goto(f"{server.address}/bench/c/{WELLS}")
    page.locator("#status", has_text="is here again").wait_for()
    assert (page.input_value("#f-actors"), page.input_value("#comment")) == ("Chad", "half a thought")
    server.kill()
    press(page, "Control+Enter")
    page.locator("#status", has_text="not saved yet").wait_for()
    page.close(run_before_unload=False)
    server.start()
    page = window.new_page()
    page.goto(f"{server.address}/bench")
    (made,) = said(book, 1, page)
    assert (made.value, made.comment) == ('["Chad"]', "half a thought")


def test_what_waits_is_sent_after_the_name_was_asked_again(open_as: Open, server: Server, book: Book) -> None:
    page = open_as("Ada")
    press(page, "j")
    at(page, WELLS)
    page.context.clear_cookies()
    press(page, "r")
    page.wait_for_selector("#name")
    assert decisions(book) == []
    page.fill("#name", "Ada")
    press(page, "Enter")
    assert [(one.author, one.kind) for one in said(book, 1, page)] == [("Ada", "reject")]
    assert server.log.count("Traceback") == 0


def test_all_that_is_found_is_accepted_and_undone(open_as: Open, book: Book) -> None:
    page = open_as("Ada")
    page.click("button[value=accept]")
    page.click("#confirm")
    page.wait_for_selector("text=Nothing is left here")
    assert len(decisions(book)) == 4
    press(page, "u")
    assert len(said(book, 8, page)) == 8
    page.wait_for_selector("form[data-draft]")


def test_links_are_decided_by_key(open_as: Open, server: Server, book: Book) -> None:
    page = open_as("Ada")
    page.goto(f"{server.address}/bench/links")
    press(page, "j")
    page.wait_for_selector(".candidate")
    press(page, "x")
    page.wait_for_selector(".candidate.decided")
    press(page, "j", "l")
    page.locator(".candidate .badge", has_text="linked").wait_for()
    assert [one.kind for one in decisions(book)] == ["unlink", "link"]


def test_everything_works_without_a_script(open_as: Open, book: Book) -> None:
    page = open_as("Ada", java_script_enabled=False)
    page.click("a.go")
    page.fill("#f-actors", "Chad")
    page.click("button[value=save]")
    page.click("button[value=reject]")
    page.click("#undo")
    assert page.url.endswith(f"/bench/c/{WELLS_AGAIN}")
    page.click("#help")
    assert "Keys of the bench" in page.inner_text("h1")
    assert [one.kind for one in decisions(book)] == ["correct", "reject", "undo"]


@pytest.mark.parametrize("width", [390, 1400])
def test_no_page_is_wider_than_the_screen(open_as: Open, server: Server, width: int) -> None:
    page = open_as("Ada")
    page.set_viewport_size({"width": width, "height": 800})
    paths = [
        "/bench",
        f"/bench/c/{WELLS}",
        f"/bench/d/{first().reading.document.id}",
        "/bench/links",
        f"/bench/links/p-{WELLS}",
        "/bench/coding",
        "/bench/keys",
    ]
    for path in paths:
        page.goto(f"{server.address}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert (
            page.evaluate(
                "[...document.querySelectorAll('input:not([type=hidden]), select, textarea')].filter((one) => !one.labels.length && !one.getAttribute('aria-label')).map((one) => one.name)"
            )
            == []
        )
