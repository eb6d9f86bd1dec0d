"""Periods as they are typed, and the days within them."""

import pytest

from pledgebook.web.listing.entries import NO_DAY
from pledgebook.web.listing.periods import period_of


@pytest.mark.parametrize(
    ("first", "last", "inside", "outside"),
    [
        ("2019", "2020", [20190101, 20201231], [20181231, 20210101]),
        ("2019-06", "2019-06", [20190601, 20190630], [20190531, 20190701]),
        ("2019-06-15", "", [20190615, 20991231], [20190614, NO_DAY]),
        ("", "2019-06-15", [10101, 20190615], [20190616, NO_DAY]),
        ("", "9999", [99991231], [NO_DAY]),
        ("2020", "2019", [], [20190615, 20200615]),
    ],
)
def test_a_period_holds_its_first_and_last_day_and_nothing_without_a_day(
    first: str, last: str, inside: list[int], outside: list[int]
) -> None:
    period = period_of(first, last)
    assert period is not None
    low, high = period.numbers()
    assert [low <= one <= high for one in inside] == [True] * len(inside)
    assert [low <= one <= high for one in outside] == [False] * len(outside)


def test_no_date_is_no_period() -> None:
    assert period_of("", " ") is None


@pytest.mark.parametrize(
    "text", ["soon", "19", "2019-13", "2019-02-30", "0000", "2019-06-15T12", "２０１９", "-2019", "2019-6", "20190615"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    for dates in ((text, ""), ("", text)):
        with pytest.raises(ValueError, match="is no year, month or day"):
            period_of(*dates)
