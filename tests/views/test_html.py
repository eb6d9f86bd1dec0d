"""The page: what is marked is what was found, nothing is lost or let through, and nothing is asked of the network."""

import json
import re
from collections.abc import Callable, Iterable
from html import unescape
from html.parser import HTMLParser

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pledgebook.core.reading import Reading
from pledgebook.views.html import html_page
from pledgebook.views.rows import printable

VOID = {"meta", "br"}


class Page(HTMLParser):
    """Collects the words of the text column, the marked words, the ids and links, and whether the tags are balanced."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.marked: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.data: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        if found.get("id"):
            self.ids.append(found["id"] or "")
        if found.get("href"):
            self.links.append(found["href"] or "")
        if tag not in VOID:
            self.open.append((tag, found.get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        classes = [name for _, name in self.open]
        if self.open and self.open[-1][0] == "script":
            self.data.append(data)
        elif "text" in classes and "number" not in classes and "note" not in classes:
            self.words.append(data)
            if any(tag == "mark" for tag, _ in self.open):
                self.marked.append(data)


def page_of(readings: Iterable[Reading], *, explain: bool = False) -> str:
    return b"".join(html_page(readings, explain=explain)).decode()


def test_the_text_is_whole_and_the_commitments_are_marked(reading: Reading) -> None:
    page = Page(page_of([reading]))
    assert "".join(page.words) == reading.document.text
    assert page.marked == [c.quote for c in reading.commitments]
    assert page.open == []


def test_every_link_stays_on_the_page(reading: Reading) -> None:
    page = Page(page_of([reading, reading]))
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert not {"img", "link", "iframe", "object"} & set(page.tags)
    assert "default-src 'none'" in page_of([reading])


def test_nested_and_overlapping_ranges(make: Callable[..., Reading]) -> None:
    page = page_of([make("abcdefgh", (0, 6), (2, 4), (3, 8))])
    assert re.findall(r'<mark class="depth(\d)">(\w+)</mark>', page) == [("1", "ab"), ("2", "c"), ("3", "d"), ("2", "ef"), ("1", "gh")]
    assert [int(n) for n in re.findall(r'aria-label="Commitment (\d)"', page)] == [1, 2, 3]


def test_hostile_words_stay_words(make: Callable[..., Reading]) -> None:
    text = '</script><script>alert(1)</script><img src=x onerror="a">&amp; \x1b[31m \u202e ends'
    raw = page_of([make(text, (0, len(text)))])
    page = Page(raw)
    assert "".join(page.words) == printable(text)
    assert page.tags.count("script") == 1
    assert "img" not in page.tags
    assert "\x1b" not in raw
    assert "\u202e" not in raw.split("<script")[0]


def test_annotations_select_the_quote_by_position_and_by_words(reading: Reading) -> None:
    (data,) = Page(page_of([reading])).data
    text = reading.document.text
    for annotation, commitment in zip(json.loads(data), reading.commitments, strict=True):
        position, quote = annotation["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"] == commitment.quote
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
        assert annotation["body"]["value"] == json.loads(msgspec.json.encode(commitment))


def test_says_that_nobody_has_reviewed_it_and_who_speaks(reading: Reading) -> None:
    page = page_of([reading])
    assert "machine-read, not reviewed" in page
    assert "Envoy (direct speech, “added”)" in page


def test_explain_opens_the_reasons(reading: Reading) -> None:
    assert "<details>" in page_of([reading])
    assert "<details>" not in page_of([reading], explain=True)


def test_nothing_found_is_said(make: Callable[..., Reading]) -> None:
    assert "No commitments found." in page_of([make("The bridge is old.")])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_any_ranges_of_any_text_give_the_text_back(make: Callable[..., Reading], data: st.DataObject) -> None:
    text = data.draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
    ranges = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted).map(lambda r: (r[0], r[1]))
    found = make(text, *data.draw(st.lists(ranges, max_size=5)), statements=tuple(data.draw(st.lists(ranges, max_size=4))))
    raw = page_of([found])
    page = Page(raw)
    assert "".join(page.words) == printable(text)
    assert page.open == []
    covered = {i for c in found.commitments for i in range(c.start, c.end)}
    assert "".join(page.marked) == "".join(printable(text)[i] for i in sorted(covered))
    assert unescape(raw)
