"""Counts in words."""

import pytest

from pledgebook.core.counted import agreeing, counted


@pytest.mark.parametrize(
    ("number", "noun", "told"),
    [
        (0, "document", "0 documents"),
        (1, "document", "1 document"),
        (2, "document", "2 documents"),
        (1, "entry", "1 entry"),
        (2, "log entry", "2 log entries"),
        (2, "day", "2 days"),
        (12345, "activity", "12,345 activities"),
    ],
)
def test_the_noun_goes_with_the_count(number: int, noun: str, told: str) -> None:
    assert counted(number, noun) == told


def test_other_words_go_with_it_too() -> None:
    assert [agreeing(number, "is", "are") for number in (0, 1, 2)] == ["are", "is", "are"]
    assert counted(1, "file of another kind", "files of other kinds") == "1 file of another kind"
