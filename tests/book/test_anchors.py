"""Anchors: the words that a decision or an old id is about, found again in what is read now."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.book.acts import CLEAR, CLEARED
from tests.support.made import document

from pledgebook.book.anchors import OVERLAP, Ranges, anchor_of, ranges_of, resolve
from pledgebook.core.decision import Anchor

#: A quote from 100 to 200 whose action is the words from 120 to 180.
ANCHOR = Anchor(of="commitment", id="old", sha256="ab", start=100, end=200, quote="", action_start=120, action_end=180)


def ranges(start: int, end: int, action_start: int, action_end: int, name: str = "new") -> Ranges:
    return Ranges(id=name, start=start, end=end, action_start=action_start, action_end=action_end)


@pytest.mark.parametrize(
    ("there", "led_to"),
    [
        ([], None),
        ([ranges(0, 10, 0, 10, "old")], "old"),
        ([ranges(100, 200, 120, 180)], "new"),
        ([ranges(90, 250, 120, 180)], "new"),
        ([ranges(100, 200, 120, 150)], "new"),  # half of the longer
        ([ranges(100, 200, 120, 149)], None),
        ([ranges(100, 300, 120, 240)], "new"),
        ([ranges(100, 300, 120, 241)], None),
        ([ranges(100, 200, 180, 190)], None),
        ([ranges(300, 400, 320, 380)], None),
        ([ranges(100, 200, 120, 160, "less"), ranges(100, 200, 120, 170, "most")], "most"),
        ([ranges(100, 200, 120, 170, "b"), ranges(100, 200, 130, 180, "a")], "a"),
        ([ranges(110, 200, 120, 170, "b"), ranges(100, 200, 130, 180, "c")], "c"),
        ([ranges(100, 200, 120, 179, "near"), ranges(100, 200, 120, 180, "same")], "same"),
    ],
)
def test_what_an_anchor_leads_to(there: list[Ranges], led_to: str | None) -> None:
    assert resolve(ANCHOR, there) == led_to
    assert resolve(ANCHOR, there[::-1]) == led_to


@pytest.mark.parametrize(
    ("there", "led_to"),
    [
        ([ranges(100, 200, 0, 1)], "new"),
        ([ranges(100, 150, 100, 150)], "new"),
        ([ranges(100, 149, 100, 149)], None),
    ],
)
def test_an_anchor_without_action_is_about_its_whole_quote(there: list[Ranges], led_to: str | None) -> None:
    assert resolve(msgspec.structs.replace(ANCHOR, action_start=None, action_end=None), there) == led_to


places = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda two: (min(two), max(two)))


@given(places, st.lists(places, max_size=5, unique=True))
def test_what_it_leads_to_overlaps_by_half_and_nothing_overlaps_more(action: tuple[int, int], others: list[tuple[int, int]]) -> None:
    def share(other: tuple[int, int]) -> float:
        both = max(0, min(action[1], other[1]) - max(action[0], other[0]))
        return both / max(action[1] - action[0], other[1] - other[0], 1)

    anchor = msgspec.structs.replace(ANCHOR, start=0, end=99, action_start=action[0], action_end=action[1])
    there = [ranges(0, 60, *other, f"at {other}") for other in others]
    led_to = resolve(anchor, there)
    best = max(map(share, others), default=0.0)
    assert (led_to is not None) == (best >= OVERLAP)
    if led_to is not None:
        assert share(next(other for other in others if f"at {other}" == led_to)) == best


@pytest.mark.parametrize("kind", ["commitment", "claim"])
def test_an_anchor_tells_the_words_it_is_about(kind: str) -> None:
    found = document(CLEAR, claims=(CLEARED,), title="Both")
    text = found.reading.document.text
    read = found.reading.commitments[0] if kind == "commitment" else found.reading.claims[0]
    anchor = anchor_of(read, "ab" * 32)
    assert (anchor.of, anchor.id, anchor.sha256) == (kind, read.id, "ab" * 32)
    assert text[anchor.start : anchor.end] == anchor.quote == read.quote
    assert anchor.action_start is not None
    assert text[anchor.action_start : anchor.action_end] == read.action
    assert resolve(anchor, [ranges_of(read)]) == read.id


@pytest.mark.parametrize("action", ["words that are not in it", ""])
def test_an_action_that_is_not_in_its_quote_counts_as_the_whole(action: str) -> None:
    read = msgspec.structs.replace(document(CLEAR, title="One").reading.commitments[0], action=action)
    found = ranges_of(read)
    assert (found.action_start, found.action_end) == (read.start, read.end)
