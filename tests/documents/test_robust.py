"""Whatever comes in: a document whose text can be written down, or a Problem. Never an exception."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgebook.core.document import Loaded
from pledgebook.documents import document_from_text, load
from pledgebook.documents.html_page import read_page
from pledgebook.documents.language import language_of
from pledgebook.documents.publication import recover
from pledgebook.documents.written_dates import read_date

Load = Callable[..., list[Loaded]]
MEDIA = st.sampled_from([".txt", ".html", ".pdf", ".md", ".jsonl", ".json", "", "text/html; charset=utf-16", "text/html; charset=big5"])
START = st.sampled_from(
    [b"", b"%PDF-1.4\n", b"<html><p>", b"<!DOCTYPE html>", b"\xff\xfe", b"\xef\xbb\xbf", b"[", b'{"text":', b"PK\x03\x04", b"<rss>"]
)


class Bytes:
    """The least that an input has."""

    name, url, title, outlet, author, published, sha256, lines = "x", None, None, None, None, None, None, None

    def __init__(self, data: bytes, media: str) -> None:
        self.data, self.media = data, media


def assert_sound(found: list[Loaded]) -> None:
    for one in found:
        assert one.document or one.problems
        if one.document:
            one.document.text.encode()
            assert len(one.document.sha256) == 64


@settings(deadline=None, max_examples=150)
@given(START, st.binary(max_size=400), MEDIA)
def test_any_bytes(start: bytes, rest: bytes, media: str) -> None:
    found = list(load(Bytes(start + rest, media)))
    assert found
    assert_sound(found)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div>", "<article>", "</", "<!--", "<script>", "&#0;", "&nbsp;", "<table><tr><td>", "We will dig. "]
        )
    )
)
def test_any_broken_page(parts: list[str]) -> None:
    assert_sound(list(load(Bytes(("<html>" + "".join(parts)).encode(), ".html"))))


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
    )
)
def test_any_value_in_any_field(value: object) -> None:
    row = dict.fromkeys(("id", "title", "url", "published", "outlet", "byline"), value) | {"text": "We will dig wells."}
    (found,) = load(Lines([json.dumps(row).encode()]))
    assert_sound([found])


class Lines(Bytes):
    """JSON Lines."""

    def __init__(self, lines: list[bytes]) -> None:
        super().__init__(b"", ".jsonl")
        self.lines = lines  # type: ignore[assignment]


@given(st.text())
def test_any_string(text: str) -> None:
    found = document_from_text(text)
    assert_sound([found])
    recover(text, url=text, names=(text,))
    read_date(text)
    language_of(text)


DATES = st.lists(
    st.sampled_from(
        [
            "BAGHDAD, ",
            "May 3, 2021",
            "30 ",
            "2024",
            "-09-",
            "/",
            " - ",
            "\n",
            "(AP)",
            "For Immediate Release",
            "|",
            ".",
            "31.02.2024",
            "Sept. ",
        ]
    )
)


@given(DATES.map("".join))
def test_any_header(text: str) -> None:
    found = recover(text, url=text)
    assert found is None or len(found.iso) == 10


@pytest.mark.parametrize("media", [".txt", ".html", ".md"])
def test_five_megabytes_in_one_line(loaded: Load, media: str) -> None:
    text = "The ministry will dig wells. " * 180_000
    (found,) = loaded(text.encode(), media)
    assert found.document is not None
    assert len(found.document.text) == len(text)


def test_a_page_nested_too_deep(loaded: Load) -> None:
    assert_sound(loaded(b"<html>" + b"<div>" * 20_000 + b"We will dig.", ".html"))


@pytest.mark.parametrize(
    "text", ["A/" * 2000, "_" * 5000, "\n" * 5000, "May 3 " * 1000, "(a) " * 1000, "1 " * 3000, "For Immediate Release " * 200]
)
def test_no_header_takes_long(text: str) -> None:
    # A pattern that goes wrong on one of these takes minutes; the test suite would be seen to hang.
    assert recover(text) is None


def test_a_page_that_is_not_there() -> None:
    assert read_page("", None) is None
