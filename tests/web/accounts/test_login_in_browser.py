"""A team in a real browser: in and out, what a coder may, and a session that ends while somebody works."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.web.accounts.conftest import PASSWORD
from tests.web.bench.browsing import at, decisions, said, shut
from tests.web.bench.conftest import first, ids
from tests.web.serving import served_app

from pledgebook.book.opening import Book
from pledgebook.web.accounts.people import People
from pledgebook.web.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WELLS, CRANES = ids(first())


class Team(NamedTuple):
    """A served book and the people of it."""

    address: str
    site: Site
    people: People

    @property
    def book(self) -> Book:
        return self.site.book


@pytest.fixture
def team(team_folder: Path) -> Iterator[Team]:
    with served_app(team_folder, mode="bench", team=True, closed=True) as (address, app):
        yield Team(address, app.state.site, app.state.team.people)


@pytest.fixture
def opened(browser: "Browser", team: Team) -> Iterator[Callable[..., "Page"]]:
    """Opens a page of the book in a window of its own; what its script complains of fails the test."""
    faults: list[str] = []
    with ExitStack() as stack:

        def opened(path: str, *, script: bool = True) -> "Page":
            context = browser.new_context(java_script_enabled=script)
            context.on("dialog", lambda asked: asked.accept())
            page = context.new_page()
            stack.callback(shut, context)
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda told: faults.append(told.text) if "Content Security" in told.text else None)
            page.goto(team.address + path)
            return page

        yield opened
    assert faults == []


def log_in(page: "Page", name: str, password: str = PASSWORD) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_load_state()


def test_a_coder_logs_in_works_and_logs_out(opened: Callable[..., "Page"], team: Team) -> None:
    page = opened(f"/bench/c/{WELLS}")
    log_in(page, "Coder", "a wrong and quiet sentence")
    assert page.get_by_role("alert").inner_text() == "There is no such account with this password."
    assert (page.input_value("#name"), page.input_value("#password")) == ("Coder", "")
    assert page.evaluate("document.activeElement.id") == "password"
    log_in(page, "Coder")
    assert page.url == f"{team.address}/bench/c/{WELLS}"
    at(page, WELLS)
    page.keyboard.press("a")
    at(page, CRANES)
    page.goto(f"{team.address}/bench/inbox")
    assert "This needs the role of a reviewer; you are here as a coder." in page.inner_text("main")
    page.go_back()
    page.get_by_role("link", name="account").click()
    page.wait_for_url("**/account")
    assert "You are here as a coder." in page.inner_text("main")
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/login")
    assert page.get_by_role("heading", level=1).inner_text() == "Log in"
    page.goto(f"{team.address}/bench")
    assert "/login?to=" in page.url
    assert [(one.author, one.kind) for one in decisions(team.book)] == [("Coder", "accept")]


def test_a_session_that_ends_while_a_form_is_open_loses_nothing(opened: Callable[..., "Page"], team: Team) -> None:
    page = opened(f"/bench/c/{WELLS}")
    log_in(page, "Coder")
    page.fill("#f-actors", "Chad")
    page.fill("#comment", "the second page says so")
    team.people.end_sessions("Coder")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#password")
    assert decisions(team.book) == []
    log_in(page, "Coder")
    said(team.book, 1, page)
    (made,) = decisions(team.book)
    assert (made.author, made.value, made.comment) == ("Coder", '["Chad"]', "the second page says so")


def test_what_is_typed_and_not_sent_is_there_again_after_the_login(opened: Callable[..., "Page"], team: Team) -> None:
    page = opened(f"/bench/c/{WELLS}")
    log_in(page, "Coder")
    page.fill("#comment", "half a thought")
    team.people.end_sessions("Coder")
    page.reload()
    log_in(page, "Coder")
    page.locator("#status", has_text="is here again").wait_for()
    assert page.input_value("#comment") == "half a thought"


def test_what_one_person_sent_and_typed_is_never_taken_for_another_s(opened: Callable[..., "Page"], team: Team) -> None:
    page = opened(f"/bench/c/{CRANES}")
    log_in(page, "Coder")
    page.fill("#comment", "half a thought of the coder's")
    page.goto(f"{team.address}/bench/c/{WELLS}")
    page.fill("#f-actors", "Chad")
    team.people.end_sessions("Coder")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#password")
    log_in(page, "Reviewer")
    page.locator("#status", has_text="Not saved yet: 1 decision of Coder.").wait_for()
    page.goto(f"{team.address}/bench/c/{CRANES}")
    assert page.input_value("#comment") == ""
    assert decisions(team.book) == []
    page.goto(f"{team.address}/account")
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/login")
    log_in(page, "Coder")
    page.wait_for_url("**/bench")
    said(team.book, 1, page)
    page.wait_for_load_state("networkidle")  # once what waited is sent, the page is loaded again
    page.goto(f"{team.address}/bench/c/{CRANES}")
    page.locator("#status", has_text="is here again").wait_for()
    assert page.input_value("#comment") == "half a thought of the coder's"
    assert [(one.author, one.value) for one in decisions(team.book)] == [("Coder", '["Chad"]')]


@pytest.mark.parametrize("script", [True, False])
def test_a_reader_of_a_closed_book_gets_back_what_was_typed(opened: Callable[..., "Page"], team: Team, script: bool) -> None:
    page = opened(f"/p/p-{WELLS}/correct", script=script)
    log_in(page, "Reader")
    page.get_by_label("The verdict is wrong").check()
    page.get_by_label("What is wrong").fill("It was 30 wells.\nThe annex says so.")
    team.people.end_sessions("Reader")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Nothing was written.").wait_for()
    assert "You are not logged in any more" in page.inner_text("h1")
    assert "It was 30 wells.\nThe annex says so." in page.inner_text("main")
    assert team.site.inbox.waiting() == []


def test_a_form_without_a_script_gives_back_what_was_typed_but_no_secret(opened: Callable[..., "Page"], team: Team) -> None:
    page = opened("/account", script=False)
    log_in(page, "Coder")
    page.get_by_label("Present password").fill(PASSWORD)
    page.get_by_label("New password").fill("unseen by anybody at all")
    team.people.end_sessions("Coder")
    page.get_by_role("button", name="Change the password").click()
    page.wait_for_url("**/login?*")
    assert PASSWORD not in page.content()
    assert "unseen" not in page.content()
    assert page.get_by_role("heading", level=1).inner_text() == "Log in"
