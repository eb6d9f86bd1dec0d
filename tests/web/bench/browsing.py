"""What is done with the bench in a real browser, for the tests that do it."""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from playwright.sync_api import Error as BrowserError

from pledgebook.book.database import reading
from pledgebook.book.decided import decision_of
from pledgebook.book.log import entries
from pledgebook.book.opening import Book
from pledgebook.core.decision import Decision

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

#: Opens the bench under a name.
Open = Callable[..., "Page"]


def shut(window: "BrowserContext") -> None:
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
