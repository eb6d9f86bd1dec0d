import pytest

from pledgebook.extraction.dates import find_dates
from pledgebook.extraction.occasions import occasion_of, stated_on


@pytest.mark.parametrize(
    ("before", "promise", "wanted"),
    [
        ("", "We will pay at the annual meeting of the Harbour League.", "the annual meeting of the Harbour League"),
        ("Speaking at a press conference in Bergen, Quist was brief. ", "We will pay.", "a press conference in Bergen"),
        ("On the sidelines of the Ocean Summit, they met. ", "We will pay.", "the Ocean Summit"),
        ("During their talks they ate. ", "We will pay.", "their talks"),
        ("The summit was long. ", "We will pay.", None),
        ("At the harbour, they met. ", "We will pay.", None),
        ("At the meeting they ate. " + "It rained all day. " * 40, "We will pay.", None),
    ],
)
def test_the_event_at_which_it_was_said(before: str, promise: str, wanted: str | None) -> None:
    text = before + promise
    found = occasion_of(text, 0, len(before), len(text))
    assert (found.text if found else None) == wanted


def test_an_event_of_another_paragraph_does_not_count() -> None:
    text = "At the meeting they ate.\n\nWe will pay."
    assert occasion_of(text, text.index("We"), text.index("We"), len(text)) is None


def test_a_long_line_is_searched_to_its_end() -> None:
    text = "at the very very very old " * 40_000
    assert occasion_of(text, 0, 0, len(text)) is None


@pytest.mark.parametrize(
    ("attribution", "wanted"),
    [
        ("On Monday the mayor said", "2031-03-10"),
        ("On March 4 the mayor said", "2031-03-04"),
        ("Between March 4 and March 6 the mayor said", None),
        ("The mayor said", None),
    ],
)
def test_the_day_on_which_it_was_said(attribution: str, wanted: str | None) -> None:
    text = f"{attribution} that the weir would be mended by May."
    assert stated_on(find_dates(text, "2031-03-12"), [(0, len(attribution))]) == wanted
