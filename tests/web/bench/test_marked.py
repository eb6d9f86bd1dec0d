"""The text beside a record: a window of a long one, cut where marks begin and end, with nothing lost between."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.web.bench import marked
from pledgebook.web.bench.marked import Marked, window_of

RANGES = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@pytest.fixture(autouse=True, scope="module")
def _narrow() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(marked, "WINDOW", 20)
        yield


@given(st.integers(0, 90), st.lists(RANGES, max_size=5), RANGES, st.booleans())
def test_a_window_holds_what_it_is_about_and_tells_what_is_marked(
    size: int, ranges: list[tuple[int, int]], around: tuple[int, int], whole: bool
) -> None:
    text = "".join(chr(0x1D400 + number % 26) for number in range(size))
    around = (min(around[0], size), min(around[1], size))
    marks = [Marked(start=around[0], end=around[1], what="focus")] if around[0] < around[1] else []
    marks += [Marked(start=start, end=end, what="claim") for start, end in ranges if end <= size]
    found = window_of(text, marks, around, whole=whole)
    assert "".join(one.text for one in found.pieces) == text[found.start : found.end]
    assert found.is_whole == (found.end - found.start == size)
    assert found.is_whole or not whole
    assert found.start <= around[0] <= around[1] <= found.end
    assert found.end - found.start <= max(size if whole else 20, around[1] - found.start)
    at = found.start
    for one in found.pieces:
        for place in range(at, at + len(one.text)):
            assert set(one.marks) == {mark.what for mark in marks if mark.start <= place < mark.end}
        at += len(one.text)
    assert sum(one.first for one in found.pieces) == bool(marks and marks[0].what == "focus")


def test_a_long_text_is_shown_from_its_beginning_where_nothing_is_asked_for() -> None:
    found = window_of("x" * 50, [], None)
    assert (found.start, found.end, found.length) == (0, 20, 50)
