"""The bench in a real browser by keyboard alone: a whole session, all of a set, links, and what is rarely done."""

import json

from tests.web.bench.browsing import Open, at, decisions, press, said
from tests.web.bench.conftest import first, ids, report, second
from tools.browser import Server

from pledgebook.book.checking import verify
from pledgebook.book.opening import Book

WELLS, CRANES = ids(first())
SCHOOL, WELLS_AGAIN = ids(second())
TEXT = first().reading.document.text


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


def test_merge_split_link_context_and_undo_by_keyboard_alone(open_as: Open, server: Server, book: Book) -> None:
    page = open_as("Ada")
    page.goto(f"{server.address}/bench/c/{CRANES}")
    press(page, "g")
    page.keyboard.type(SCHOOL)
    press(page, "Enter")
    page.locator("#same summary", has_text="2 mentions").wait_for()
    press(page, "g", "Space", "Enter")
    page.locator("#same summary", has_text="1 mention").wait_for()
    press(page, "v")
    page.keyboard.type(report().reading.claims[0].id)
    press(page, "Enter")
    page.locator("#evidence summary", has_text="money: 1").wait_for()
    press(page, "v", "Enter")
    page.locator("#evidence summary", has_text="money: 0").wait_for()
    press(page, "m", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowUp")
    assert page.inner_text("#preview") == TEXT.split("\n")[0]
    press(page, "ArrowDown")
    assert page.inner_text("#preview") == TEXT.split("\n")[1]
    press(page, "Enter", "Tab", "Enter")
    page.wait_for_selector("#context p", state="attached")
    press(page, "h", "Enter")
    made = said(book, 6, page)
    assert [one.kind for one in made] == ["merge", "split", "link", "unlink", "correct", "undo"]
    assert json.loads(made[4].value or "") == {"start": TEXT.index("Sylvania"), "end": TEXT.index("2025.") + 5}
    assert list(verify(book)) == []


def test_all_that_is_found_is_accepted_and_undone(open_as: Open, book: Book) -> None:
    page = open_as("Ada")
    press(page, "A")
    page.wait_for_selector("#confirm")
    press(page, "y")
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
