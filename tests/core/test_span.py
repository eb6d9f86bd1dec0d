import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.core.span import Span

TEXT = "  The mayor will mend the weir. \n"


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        (0, len(TEXT), Span(2, 31, "The mayor will mend the weir.")),
        (2, 11, Span(2, 11, "The mayor")),
        (11, 17, Span(12, 16, "will")),
        (31, 33, Span(33, 33, "")),
        (5, 5, Span(5, 5, "")),
    ],
)
def test_a_span_leaves_white_space_out(start: int, end: int, wanted: Span) -> None:
    assert Span.of(TEXT, start, end) == wanted


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (5, 4), (0, 99), (40, 41)])
def test_a_range_outside_the_text_makes_no_span(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="outside a text of 33 code points"):
        Span.of(TEXT, start, end)


@pytest.mark.parametrize(
    ("one", "other", "overlaps", "covers"),
    [
        ((2, 9), (4, 6), True, True),
        ((2, 9), (2, 9), True, True),
        ((2, 9), (8, 12), True, False),
        ((2, 9), (9, 12), False, False),
        ((4, 6), (2, 9), True, False),
    ],
)
def test_overlap_and_cover(one: tuple[int, int], other: tuple[int, int], overlaps: bool, covers: bool) -> None:
    first, second = Span.of(TEXT, *one), Span.of(TEXT, *other)
    assert first.overlaps(second) is second.overlaps(first) is overlaps
    assert first.covers(second) is covers


@given(st.text(), st.integers(0, 30), st.integers(0, 30))
def test_the_words_of_a_span_stand_at_its_place(text: str, start: int, end: int) -> None:
    low, high = sorted((min(start, len(text)), min(end, len(text))))
    span = Span.of(text, low, high)
    assert text[span.start : span.end] == span.text == text[low:high].strip()
