"""Words in Arabic script, as a browser lays them out: from right to left, each apart from the English around it."""

from typing import TYPE_CHECKING, Any

import pytest
from tests.web.live import Live, Window
from tests.web.whole_book import GAZETTE, LATIN, MINISTRY, SCHOOLS, SCHOOLS_ACTION, TITLE

from pledgebook.core.problem import Problem
from pledgebook.pipeline import read_received, receive_all

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

#: Of each element that holds exactly these words: the direction in which they are laid out, and whether they are apart from what stands around them.
_LAID = """(words) => {
  const found = [], walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.data.trim() !== words) continue;
    const at = node.parentElement.closest("[dir], bdi") || document.documentElement;
    const style = getComputedStyle(at);
    found.push([style.direction, style.display !== "inline" || style.unicodeBidi.includes("isolate")]);
  }
  return found;
}"""
#: Where the first and the last letter of these words are on the screen: from the left, and from the top.
_PLACES = """(words) => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const start = node.data.indexOf(words);
    if (start < 0) continue;
    return [start, start + words.length - 1].map((one) => {
      const range = document.createRange();
      range.setStart(node, one); range.setEnd(node, one + 1);
      const box = range.getBoundingClientRect();
      return [box.left, box.top];
    });
  }
  return null;
}"""


def laid(page: "Page", words: str) -> list[Any]:
    """How these words are laid out wherever an element holds exactly them: ["rtl", True] at each place."""
    found: list[Any] = page.evaluate(_LAID, words)
    assert found, words
    return found


def runs_to_the_left(page: "Page", words: str) -> bool:
    """Whether the last letter of the words stands to the left of the first, on one line."""
    (first, top), (last, bottom) = page.evaluate(_PLACES, words)
    assert top == bottom, "the words are on two lines: take fewer"
    return bool(last < first)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/p/{arabic}", (SCHOOLS, SCHOOLS_ACTION, MINISTRY, TITLE, GAZETTE)),
        ("/promises?country=IQ&outlet=" + GAZETTE, (SCHOOLS_ACTION, MINISTRY, GAZETTE)),
        ("{ministry}", (MINISTRY, SCHOOLS_ACTION)),
        ("/by/actor", (MINISTRY,)),
        ("/documents", (TITLE, GAZETTE)),
        ("/documents/{arabic_document}", (TITLE, GAZETTE, SCHOOLS)),
        ("/bench/c/{arabic_record}", (TITLE, GAZETTE, SCHOOLS_ACTION)),
        ("/bench?state=", (TITLE, GAZETTE, SCHOOLS_ACTION, MINISTRY)),
        ("/bench/d/{arabic_document}", (TITLE, GAZETTE)),
        ("/bench/inbox", (MINISTRY,)),
    ],
)
def test_arabic_words_run_from_right_to_left_and_stand_apart(live: Live, window: Window, address: str, words: tuple[str, ...]) -> None:
    window.page.goto(live.address + address.format(**live.names))
    for one in words:
        assert all(place == ["rtl", True] for place in laid(window.page, one)), (one, laid(window.page, one))


def test_in_one_text_each_line_runs_as_its_own_letters_do(live: Live, window: Window) -> None:
    page = window.page
    page.goto(f"{live.address}/documents/{live.names['arabic_document']}")
    box = page.locator(".text").bounding_box()
    assert box is not None
    assert runs_to_the_left(page, SCHOOLS_ACTION)
    assert not runs_to_the_left(page, LATIN)
    (arabic, _), _ = page.evaluate(_PLACES, SCHOOLS_ACTION)
    (latin, _), _ = page.evaluate(_PLACES, LATIN)
    assert arabic > box["x"] + box["width"] * 0.9, "the Arabic line begins at the right"
    assert latin < box["x"] + box["width"] * 0.2, "the other one at the left"


def test_a_value_in_arabic_stands_beside_its_name_and_not_at_the_other_end_of_the_page(live: Live, window: Window) -> None:
    page = window.page
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{live.address}/p/{live.names['arabic']}")
    row = page.locator(".facts-list > div", has_text="Said by")
    name = row.locator("dt").bounding_box()
    (value, _), _ = page.evaluate(_PLACES.replace('"main"', '"dd[dir]"'), MINISTRY)
    assert name is not None
    assert value < name["x"] + name["width"] + 200


def test_the_stop_after_an_english_name_before_arabic_words_stays_where_it_belongs(live: Live, window: Window) -> None:
    page = window.page
    page.goto(f"{live.address}/p/{live.names['arabic']}/correct")
    colon = page.evaluate(
        """() => { const range = document.createRange(), node = document.querySelector(".kicker bdi").nextSibling;
                   range.setStart(node, 0); range.setEnd(node, 1); return range.getBoundingClientRect().left; }"""
    )
    who, what = (page.locator(".kicker bdi").nth(number).bounding_box() for number in (0, 1))
    assert who is not None
    assert what is not None
    assert who["x"] + who["width"] <= colon + 1 <= what["x"] + 1


def test_a_text_in_arabic_is_told_not_to_be_read(tmp_path: "Path") -> None:
    path = tmp_path / "schools.txt"
    path.write_text(f"{TITLE}\n\n" + f"{SCHOOLS}\n" * 5, encoding="utf-8")
    (found,) = read_received(receive_all([str(path)], published="2025-01-01"))
    assert not isinstance(found, Problem)
    assert [one.rule for one in found.reading.problems] == ["unsupported-language"]
    assert not found.reading.commitments
