import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.core.found import Statement
from pledgebook.core.span import Span
from pledgebook.extraction.plain_text import PlainText

ODD = st.text(alphabet="ab \u00ad\u200b\u00a0\ufeff\n\u2009")


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("We will pay.", "We will pay."),
        ("We\u00a0will pay\u202f$5", "We will pay $5"),
        ("We will re\u00adbuild", "We will rebuild"),
        ("\ufeffWe\u200b will", "We will"),
        ("\u200e\u200f", ""),
        ("", ""),
    ],
)
def test_what_no_reader_sees_is_left_out(source: str, plain: str) -> None:
    assert PlainText(source).text == plain


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [(0, 2, "We"), (3, 7, "will"), (8, 15, "re\u00adbuild"), (8, 10, "re"), (10, 15, "build"), (16, 22, "homes\ufeff."), (22, 22, "")],
)
def test_a_range_leads_back_to_the_source(start: int, end: int, words: str) -> None:
    plain = PlainText("We\u00a0will re\u00adbuild homes\ufeff.\u200b")
    low, high = plain.source_range(start, end)
    assert plain.source[low:high] == words


@given(ODD, st.integers(0, 20), st.integers(0, 20))
def test_every_range_leads_back_to_the_same_words(source: str, start: int, end: int) -> None:
    plain = PlainText(source)
    low, high = sorted((min(start, len(plain.text)), min(end, len(plain.text))))
    first, last = plain.source_range(low, high)
    assert 0 <= first <= last <= len(source)
    assert PlainText(source[first:last]).text == plain.text[low:high]


def test_a_statement_is_told_in_the_words_of_the_source() -> None:
    plain = PlainText("“We will re\u00adpay,” said\u00a0Ida Quist.")
    found = Statement(
        start=1, end=15, text="We will repay,", speech="direct", speaker="Ida Quist", speaker_span=Span(22, 31, "Ida Quist"), cue_span=None
    )
    moved = plain.statement(found)
    assert moved.text == "We will re\u00adpay,"
    assert moved.speaker_span == Span(23, 32, "Ida Quist")
    assert moved.cue_span is None
    assert plain.source[moved.start : moved.end] == moved.text
