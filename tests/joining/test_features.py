import datetime

import pytest
from tests.joining.made import feature

from pledgebook.joining.features import Sum, phases


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in the first phase", {"phase 1"}),
        ("Phase One and phase 2", {"phase 1", "phase 2"}),
        ("phase III, then Phase iv", {"phase 3", "phase 4"}),
        ("the fourth tranche", {"tranche 4"}),
        ("the initial step and the final round", {"step 1", "round final"}),
        ("article 5", {"article 5"}),
        ("a new phase", set()),
        ("phases", set()),
    ],
)
def test_phases_have_one_name_however_they_are_written(text: str, expected: set[str]) -> None:
    assert phases(text) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (("20000000", "USD"), Sum("USD", "20000000")),
        (("20", "USD", "about"), Sum("USD", "20", rough=True)),
        (("20", "USD", "more-than"), Sum("USD", "20", rough=True)),
        (("20", "USD", "range-low"), Sum("USD", "20")),
        (("500", "doses"), Sum("doses", "500")),
    ],
)
def test_sums_keep_whether_the_words_leave_them_open(amount: tuple[str, ...], expected: Sum) -> None:
    assert feature(amounts=[amount]).sums == (expected,)
    assert expected.is_money is (expected.unit == "USD")


def test_sums_told_twice_are_one_and_in_order() -> None:
    assert feature(amounts=[("30", "USD"), ("20", "USD"), ("30", "USD")]).sums == (Sum("USD", "20"), Sum("USD", "30"))


@pytest.mark.parametrize(
    ("deadline", "first", "last"),
    [
        ("2025-09", "2025-09-01", "2025-09-30"),
        ("../2025", None, "2025-12-31"),
        ("2026-09/..", "2026-09-01", None),
        ("XXXX-09", None, None),
    ],
)
def test_a_date_is_the_days_that_it_can_mean(deadline: str, first: str | None, last: str | None) -> None:
    expected = tuple(datetime.date.fromisoformat(one).toordinal() if one else None for one in (first, last))
    assert feature(deadline=deadline).due == expected


def test_what_is_no_date_is_none() -> None:
    assert feature(deadline="soon").due is None
    assert feature(deadline=None).due is None


@pytest.mark.parametrize(("known", "day"), [("2024-01-02", 738887), ("2024-01-02T23:59:59+05:00", 738887), (None, None)])
def test_the_day_from_which_it_is_known(known: str | None, day: int | None) -> None:
    assert feature(known=known).day == day


@pytest.mark.parametrize(
    ("action", "deadline", "expected"),
    [
        ("give $20 million in 2024", None, {"2024"}),
        ("give $20 million in FY 2024", None, {"2024"}),
        ("give $20 million by 2024", "../2024", set()),
        ("give $20 million in 2023 and 2024", "2024", {"2023"}),
        ("build 2024 homes", None, {"2024"}),
        ("build 1850 homes", None, set()),
    ],
)
def test_years_are_those_of_the_action_that_are_not_its_date(action: str, deadline: str | None, expected: set[str]) -> None:
    assert feature(quote=f"Freedonia will {action}.", action=action, deadline=deadline).years == expected


@pytest.mark.parametrize(
    ("quote", "changes", "yearly", "more"),
    [
        ("Freedonia will clear the mines.", False, False, False),
        ("Freedonia postponed it and will clear the mines.", True, False, False),
        ("Freedonia will no longer clear the mines.", True, False, False),
        ("Freedonia is raising its pledge and will clear the mines.", True, False, False),
        ("This year’s pledge: Freedonia will clear the mines.", False, True, False),
        ("The annual drive: Freedonia will clear the mines.", False, True, False),
        ("Freedonia will give a further sum and clear the mines.", False, False, False),
    ],
)
def test_what_the_quote_speaks_of(quote: str, changes: bool, yearly: bool, more: bool) -> None:
    found = feature(quote=quote, action="clear the mines")
    assert (found.changes, found.yearly, found.more) == (changes, yearly, more)


@pytest.mark.parametrize(
    ("action", "more"),
    [
        ("give another $20 million", True),
        ("give an additional $20 million", True),
        ("give more than $20 million", False),
        ("give $20", False),
    ],
)
def test_more_is_what_the_action_adds(action: str, more: bool) -> None:
    assert feature(quote=f"Freedonia will {action}.", action=action).more is more


def test_words_of_the_action_are_words_of_the_quote() -> None:
    found = feature()
    assert {"minefi", "samarr"} <= found.words <= found.quote_words
    assert found.names == {"samarr"}
    assert found.weight > 0
