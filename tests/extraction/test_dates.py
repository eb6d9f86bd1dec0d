import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgebook.core import edtf
from pledgebook.extraction.dates import find_dates

DAY = "2031-03-12"
WORDS = [
    "by",
    "May",
    "2031",
    "next",
    "year",
    "on",
    "Monday",
    "4",
    "the",
    "end",
    "of",
    "31",
    ",",
    "and",
    "to",
    "early",
    "-",
    "’s",
    "week",
    "in",
]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("by September 2032", ("by September 2032", "September 2032", "../2032-09", "due")),
        ("on 4 May 2031", ("on 4 May 2031", "4 May 2031", "2031-05-04", "during")),
        ("on May 4, 2031", ("on May 4, 2031", "May 4, 2031", "2031-05-04", "during")),
        ("until 2033", ("until 2033", "2033", "../2033", "until")),
        ("tomorrow", ("tomorrow", "tomorrow", "2031-03-13", "during")),
        ("next month", ("next month", "next month", "2031-04", "during")),
        ("next year", ("next year", "next year", "2032", "during")),
        ("by the end of the year", ("by the end of the year", "the end of the year", "../2031-12", "due")),
        ("on Monday", ("on Monday", "Monday", "2031-03-10", "during")),
        ("between 2032 and 2034", ("between 2032 and 2034", "2032 and 2034", "2032/2034", "during")),
        ("in the 2040s", ("in the 2040s", "2040s", "204X", "during")),
        ("no later than June 30, 2031", ("no later than June 30, 2031", "June 30, 2031", "../2031-06-30", "due")),
    ],
)
def test_dates_with_their_value_and_role(text: str, wanted: tuple[str, str, str, str]) -> None:
    sentence = f"They said {text} it ends."
    found = find_dates(sentence, DAY)
    assert [(date.edtf, date.role) for date in found] == [wanted[2:]]
    assert all(sentence[date.start : date.end] == date.text for date in found)
    assert wanted[1] in found[0].text


@pytest.mark.parametrize(
    ("text", "value"), [("on May 3", "XXXX-05-03"), ("next month", "XXXX-XX"), ("tomorrow", "XXXX-XX-XX"), ("next year", "XXXX")]
)
def test_without_a_day_of_publication_what_is_not_known_stays_open(text: str, value: str) -> None:
    assert [date.edtf for date in find_dates(f"They will meet {text}, they said.")] == [value]


@pytest.mark.parametrize("text", ["We may march on.", "The sun will rise.", "It cost 2031 dollars.", "", "Call 555-2031."])
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text, DAY) == []


@settings(max_examples=150)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_dates_are_valid_in_order_and_stand_in_the_text(text: str) -> None:
    found = find_dates(text, DAY)
    assert all(edtf.is_valid(date.edtf) for date in found)
    assert all(text[date.start : date.end] == date.text for date in found)
    assert all(text[date.core.start : date.core.end] == date.core.text for date in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


def test_a_long_line_is_read_to_its_end() -> None:
    line = "we will pay the bill by May and rest by the river bank with all the others "
    assert [one.text for one in find_dates(line * 3_000, DAY)] == ["by May"] * 3_000


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("The base will be handed over within a week.", ["../2031-03-19"]),
        ("The depot is to be repaired and opened within two weeks.", ["../2031-03-26"]),
        ("The arrears would not be settled within three days.", ["../2031-03-15"]),
        ("The well will soon be fully mended in a week.", ["2031-03-19"]),
        ("The base was handed over within a week.", []),
        ("The base would have been handed over within a week.", []),
    ],
)
def test_a_passive_that_is_to_come_is_not_taken_for_the_past(sentence: str, wanted: list[str]) -> None:
    assert [one.edtf for one in find_dates(sentence, DAY)] == wanted
