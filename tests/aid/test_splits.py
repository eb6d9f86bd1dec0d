from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.aid.splits import (
    Percentages,
    allocate,
    by_vocabulary,
    geography,
    in_units,
    in_value,
    problems,
    shares_of,
    split,
    split_both,
)

VALUES = st.decimals(min_value=-(10**14), max_value=10**14, places=2) | st.decimals(min_value=-(10**6), max_value=10**6, places=5)
PERCENTAGES = st.none() | st.decimals(min_value=-20, max_value=150, places=3)
SHARES = st.lists(st.tuples(st.sampled_from("ABCDEFGH"), PERCENTAGES), max_size=9)
GOOD = st.lists(st.tuples(st.sampled_from("ABCDEFGH"), st.decimals(min_value="0.001", max_value=100, places=3)), min_size=1, max_size=9)


def D(text: str) -> Decimal:  # noqa: N802
    return Decimal(text)


def amounts(value: str, *shares: tuple[str, str | None]) -> list[str]:
    return [str(part) for _, part in split(D(value), [(code, None if given is None else D(given)) for code, given in shares]).parts]


def flags(*percentages: str | None) -> tuple[str, ...]:
    return shares_of([(f"{at}", None if given is None else D(given)) for at, given in enumerate(percentages)]).flags


@pytest.mark.parametrize(
    ("value", "shares", "parts"),
    [
        ("100", [("A", None)], ["100.00"]),
        ("100", [("A", "40")], ["100.00"]),
        ("100", [("A", "50"), ("B", "50")], ["50.00", "50.00"]),
        ("0.01", [("A", "50"), ("B", "50")], ["0.01", "0.00"]),  # a tie goes to the lesser code
        ("0.01", [("B", "50"), ("A", "50")], ["0.00", "0.01"]),
        ("-0.01", [("A", "50"), ("B", "50")], ["-0.01", "0.00"]),
        ("100", [("A", None), ("B", None), ("C", None)], ["33.34", "33.33", "33.33"]),
        ("100", [("A", "33.33"), ("B", "33.33"), ("C", "33.33")], ["33.34", "33.33", "33.33"]),
        ("10", [("A", "100"), ("B", "100")], ["5.00", "5.00"]),
        ("100", [("A", "70"), ("B", None), ("C", None)], ["70.00", "15.00", "15.00"]),
        ("100", [("A", "100"), ("B", None)], ["100.00", "0.00"]),
        ("100", [("A", "120"), ("B", "-20")], ["100.00", "0.00"]),
        ("100", [("A", "0"), ("B", "0")], ["50.00", "50.00"]),
        ("0", [("A", "60"), ("B", "40")], ["0.00", "0.00"]),
        ("1.005", [("A", "50"), ("B", "50")], ["0.503", "0.502"]),
        ("1E+3", [("A", "50"), ("B", "50")], ["500.00", "500.00"]),
        ("100", [], ["100.00"]),
    ],
)
def test_a_sum_is_split_by_its_shares(value: str, shares: list[tuple[str, str | None]], parts: list[str]) -> None:
    assert amounts(value, *shares) == parts


@pytest.mark.parametrize(
    ("percentages", "said"),
    [
        ([None], ()),
        (["100"], ()),
        (["60", "40"], ()),
        ([None, None], ("equal-shares-assumed",)),
        (["60", "30"], ("not-100",)),
        (["33.33", "33.33", "33.33"], ("not-100",)),
        (["40"], ("not-100",)),
        (["60", None], ("rest-shared",)),
        (["100", None], ("no-rest",)),
        (["110", None], ("no-rest", "not-100")),
        (["110", "-10"], ("negative-percentage", "not-100")),
        (["100", "0"], ("zero-percentage",)),
        (["0", "0"], ("equal-shares-assumed", "zero-percentage")),
        (["NaN", "100"], ("no-rest", "unreadable-percentage")),
        ([], ("no-shares",)),
    ],
)
def test_what_is_wrong_with_percentages_is_said(percentages: list[str | None], said: tuple[str, ...]) -> None:
    assert flags(*percentages) == said


def test_percentages_that_do_not_make_100_are_a_problem_with_their_sum() -> None:
    rounded = problems(split(D("1"), [("A", D("33.33")), ("B", D("66.66"))]), "file.xml", 7)
    assert [(p.severity, p.rule, p.where, p.line, p.what) for p in rounded] == [
        ("note", "not-100", "file.xml", 7, "percentages add up to 99.99, not 100")
    ]
    assert [p.severity for p in problems(shares_of([("A", D("60")), ("B", D("60"))]), "file.xml")] == ["warning"]
    assert problems(split(D("1"), [("A", D("100"))]), "file.xml") == []


@pytest.mark.parametrize("percentages", [[], [None, None], ["NaN"], ["-5", "0", None], ["100", None]])
def test_every_flag_has_its_words(percentages: list[str | None]) -> None:
    shares = shares_of([("A", None if given is None else D(given)) for given in percentages])
    assert [problem.rule for problem in problems(shares, "x")] == list(shares.flags)


def test_a_sum_that_is_no_number_is_refused() -> None:
    for text in ("NaN", "Infinity"):
        with pytest.raises(ValueError, match="no sum of money"):
            split(D(text), [("A", None)])


@given(VALUES, SHARES)
def test_parts_make_the_whole(value: Decimal, shares: Percentages) -> None:
    found = split(value, shares)
    assert sum((part for _, part in found.parts), Decimal(0)) == value
    assert [code for code, _ in found.parts] == ([code for code, _ in shares] or [""])
    assert all(part == 0 or (part > 0) == (value > 0) for _, part in found.parts)


@given(VALUES, SHARES, st.randoms(use_true_random=False))
def test_the_order_of_shares_does_not_matter(value: Decimal, shares: Percentages, random: object) -> None:
    shuffled = list(shares)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = split(value, shares), split(value, shuffled)
    assert Counter(one.parts) == Counter(other.parts)
    assert (one.flags, one.total) == (other.flags, other.total)


@given(VALUES, SHARES)
def test_a_negative_sum_is_split_as_its_opposite(value: Decimal, shares: Percentages) -> None:
    assert split(-value, shares).parts == tuple((code, -part) for code, part in split(value, shares).parts)


@given(VALUES, GOOD, st.integers(1, 1000))
def test_percentages_of_any_scale_split_alike(value: Decimal, shares: list[tuple[str, Decimal]], factor: int) -> None:
    assert split(value, shares).parts == split(value, [(code, given * factor) for code, given in shares]).parts


@given(VALUES, GOOD)
def test_no_part_is_a_cent_off_its_exact_share(value: Decimal, shares: list[tuple[str, Decimal]]) -> None:
    units, exponent = in_units(value)
    total = sum(given for _, given in shares)
    for (_, given_), part in zip(shares, allocate(units, shares_of(shares)), strict=True):
        assert abs(part * total - units * given_) < total
    assert in_value(units, exponent) == value


@given(VALUES, SHARES, SHARES)
def test_two_ways_have_the_one_way_splits_as_their_margins(value: Decimal, first: Percentages, second: Percentages) -> None:
    found = split_both(value, first, second)
    assert (found.first, found.second) == (split(value, first), split(value, second))
    width = len(found.second.parts)
    rows = [sum((part for _, _, part in found.parts[at : at + width]), Decimal(0)) for at in range(0, len(found.parts), width)]
    columns = [sum((part for _, _, part in found.parts[at::width]), Decimal(0)) for at in range(width)]
    assert rows == [part for _, part in found.first.parts]
    assert columns == [part for _, part in found.second.parts]
    assert all(part == 0 or (part > 0) == (value > 0) for _, _, part in found.parts)
    if value:
        unit = in_value(1, in_units(value)[1])
        for at, (_, _, part) in enumerate(found.parts):
            exact = found.first.parts[at // width][1] * found.second.parts[at % width][1] / value
            assert abs(part - exact) < width * unit


@given(VALUES, SHARES, SHARES, st.randoms(use_true_random=False))
def test_two_ways_do_not_depend_on_order_or_sign(value: Decimal, first: Percentages, second: Percentages, random: object) -> None:
    found = split_both(value, first, second)
    one, other = list(first), list(second)
    random.shuffle(one)  # type: ignore[attr-defined]
    random.shuffle(other)  # type: ignore[attr-defined]
    assert Counter(split_both(value, one, other).parts) == Counter(found.parts)
    assert split_both(-value, first, second).parts == tuple((a, b, -part) for a, b, part in found.parts)


def test_the_transactions_own_sectors_stand_before_the_activitys() -> None:
    activity = [("1", "11110", D("100")), ("2", "111", D("60")), ("2", "112", D("40"))]
    assert by_vocabulary([], activity) == {"1": [("11110", D("100"))], "2": [("111", D("60")), ("112", D("40"))]}
    assert by_vocabulary([("1", "72010", None)], activity) == {"1": [("72010", None)]}
    assert by_vocabulary([], []) == {}


def test_countries_and_regions_make_one_split() -> None:
    assert geography([("IQ", D("60"))], [("1", "589", D("40"))]) == {"1": [("IQ", D("60")), ("589", D("40"))]}
    assert geography([("IQ", D("60"))], [("1", "589", D("40")), ("2", "145", D("40"))]) == {
        "1": [("IQ", D("60")), ("589", D("40"))],
        "2": [("IQ", D("60")), ("145", D("40"))],
    }
    assert geography([("IQ", None)], []) == {"1": [("IQ", None)]}
    assert geography([], []) == {}
