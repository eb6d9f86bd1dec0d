"""The bench in a real browser: two people at once, a server that is killed in the middle, a tab that is closed, no script at all."""

import re
from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.support.made import RECORDED
from tests.web.bench.browsing import Open, at, decisions, press, said
from tests.web.bench.conftest import first, ids, second
from tools.browser import Server

from pledgebook.book.database import reading, writing
from pledgebook.book.opening import Book
from pledgebook.web.bench.coding.sets import Body, CodingSet, sets_of, write
from pledgebook.web.bench.coding.units import Unit

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

WELLS, CRANES = ids(first())
SCHOOL, WELLS_AGAIN = ids(second())
TEXT = first().reading.document.text


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


def test_why_a_book_cannot_be_written_is_told_and_it_is_tried_again(open_as: Open, book: Book) -> None:
    page = open_as("Ada")
    press(page, "j")
    at(page, WELLS)
    why = "The disk is full. Make room and run the command again."
    body = f"<main id=main><h1>That cannot be shown</h1><p dir=auto>{why}</p></main>"
    page.route(
        "**/bench/c/*",
        lambda route: route.fulfill(status=503, content_type="text/html", body=body) if _is_post(route) else route.continue_(),
    )
    press(page, "a")
    page.locator("#status", has_text=f"1 decision is not saved yet. {why}").wait_for()
    page.unroute("**/bench/c/*")
    assert [(one.author, one.kind) for one in said(book, 1, page)] == [("Ada", "accept")]
    page.locator("#status", has_text="All is saved.").wait_for()


def _is_post(route: "Route") -> bool:
    return route.request.method == "POST"


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


def sets(book: Book) -> dict[str, CodingSet]:
    with reading(book.engine) as connection:
        return sets_of(connection)


def closed_and_opened(page: "Page") -> "Page":
    """The same address in another tab, after this one was closed; what was typed is there again."""
    address, window = page.url, page.context
    page.close()
    page = window.new_page()
    page.goto(address)
    page.locator("#status", has_text="is here again").wait_for()
    return page


def test_a_coder_s_tab_that_is_closed_loses_nothing(open_as: Open, server: Server, book: Book) -> None:
    page = open_as("Ada")
    document = first().reading.document
    unit = Unit(id="u", start=0, end=4, fields={"action": "News"})
    with writing(book.engine) as connection:
        bodies = [
            Body(step="assign", set="round", documents=(document.sha256,), coders=("Ada", "Ben")),
            Body(step="mark", set="round", sha256=document.sha256, unit=unit),
        ]
        write(connection, bodies, author="Ada", recorded=RECORDED)
    here = f"{server.address}/bench/coding/round/{document.id}?unit=u"
    page.goto(here)
    page.fill("#f-actors", "Chad")
    page.select_option("#f-kind", "supply")
    page = closed_and_opened(page)
    assert (page.input_value("#f-actors"), page.input_value("#f-kind")) == ("Chad", "supply")
    press(page, "Control+Enter")
    page.wait_for_url(re.compile(r"/coding/round/[^?]+$"))  # the address of the unit goes once the answer is there
    page.goto(here)
    assert (page.input_value("#f-actors"), page.inner_text("#status")) == ("Chad", "")
    done = Body(step="done", set="round", sha256=document.sha256)
    other = msgspec.structs.replace(unit, fields={"action": "News", "kind": "fund"})
    with writing(book.engine) as connection:
        write(connection, [done], author="Ada", recorded=RECORDED)
        write(connection, [Body(step="mark", set="round", sha256=document.sha256, unit=other), done], author="Ben", recorded=RECORDED)
    page.goto(f"{server.address}/bench/coding/round/{document.id}/settle")
    page.check("input[name=p-kind][value='1']")
    page.fill("input[name=o-actors]", "Iraq")
    page = closed_and_opened(page)
    assert page.input_value("input[name=o-actors]") == "Iraq"
    assert page.is_checked("input[name=p-kind][value='1']")
    press(page, "l")
    page.wait_for_selector(".candidate.decided")
    (settled,) = sets(book)["round"].documents[document.sha256].settled.values()
    assert settled[0] is not None
    assert (settled[0].fields["actors"], settled[0].fields["kind"], settled[1]) == (["Iraq"], "fund", "Ada")


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
