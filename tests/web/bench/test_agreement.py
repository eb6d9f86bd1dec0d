"""Agreement: the figures of published examples, those that are counted by hand, and which marks are of one undertaking."""

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.web.bench.coding.agreement import alpha, jaccard, kappa, value_of
from pledgebook.web.bench.coding.units import Unit, grouped

#: Krippendorff 2011, example C: four observers, twelve units, some of which not all have seen.
OBSERVERS = ("123321412---", "1233224125-3", "-3332342251-", "12332441251-")


def test_alpha_and_kappa_are_those_of_the_published_examples() -> None:
    # Krippendorff 2011, examples A (binary) and B (nominal).
    meg, owen = "0100000010", "1110010000"
    assert alpha(list(zip(meg, owen, strict=True))) == pytest.approx(0.095, abs=0.0005)
    ben, gerry = "aabbdcccedda", "babbbccceddd"
    assert alpha(list(zip(ben, gerry, strict=True))) == pytest.approx(0.692, abs=0.0005)
    units = [tuple(int(value) for value in unit if value != "-") for unit in zip(*OBSERVERS, strict=True)]
    assert alpha(units) == pytest.approx(0.743, abs=0.0005)
    assert alpha(units, lambda one, other: float(one - other) ** 2) == pytest.approx(0.849, abs=0.0005)  # type: ignore[operator] # numbers
    # 20 of both yes, 15 of both no, 5 and 10 apart: kappa 0.4.
    counts = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert kappa(counts) == pytest.approx(0.4)


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=4), max_size=12))
def test_alpha_is_that_of_the_matrix_of_coincidences(units: list[list[str]]) -> None:
    """Counted as Krippendorff counts by hand: every ordered pair of values in a unit, by one less than the unit's values."""
    matrix: Counter[tuple[str, str]] = Counter()
    for unit in units:
        for pair in permutations(unit, 2):
            matrix[pair] += 1 / (len(unit) - 1)  # type: ignore[assignment] # shares of counts
    margins = {value: sum(count for (one, _), count in matrix.items() if one == value) for value in "abcd"}
    total = sum(margins.values())
    by_chance = sum(margins[one] * margins[other] for one, other in permutations("abcd", 2))
    apart = sum(count for (one, other), count in matrix.items() if one != other)
    told = alpha(units)
    assert (told is None) == (by_chance < 1e-9)
    assert told is None or told == pytest.approx(1 - (total - 1) * apart / by_chance)


def test_sums_are_equal_by_their_values() -> None:
    one, other = (
        Unit(id="x", start=0, end=1, fields={"amounts": [{"value": value, "unit": unit}]})
        for value, unit in (("20.0", "USD"), ("20", "usd"))
    )
    assert value_of(one, "amounts") == value_of(other, "amounts")


def test_what_cannot_be_told_is_none() -> None:
    assert kappa([]) is None
    assert alpha([]) is None
    assert kappa([("a", "a")] * 3) is None
    assert alpha([("a", "a")] * 3) is None


@given(st.lists(st.tuples(st.frozensets(st.sampled_from("abc")), st.frozensets(st.sampled_from("abc"))), min_size=1, max_size=12))
def test_alpha_is_at_most_one_and_does_not_depend_on_who_is_first(found: list[tuple[frozenset[str], frozenset[str]]]) -> None:
    value = alpha(found, jaccard)
    swapped = alpha([(other, one) for one, other in found], jaccard)
    assert value is None or value <= 1
    assert value == (swapped if swapped is None else pytest.approx(swapped))
    if all(one == other for one, other in found):
        assert value in {None, 1}


def unit(start: int, end: int, action: str = "") -> Unit:
    return Unit(id=f"{start}-{end}", start=start, end=end, fields={"action": action} if action else {})


def test_marks_are_paired_by_the_words_they_share() -> None:
    text = "A will dig wells and will build roads. B will sing."
    one = [unit(0, 38, "dig wells"), unit(0, 38, "build roads"), unit(39, 51)]
    one[1] = Unit(id="roads", start=0, end=38, fields={"action": "build roads"})
    other = [unit(0, 37, "build roads"), unit(45, 51), unit(0, 3)]
    found = [tuple(unit.id if unit else None for unit in group) for group in grouped(text, [one, other])]
    assert set(found) == {("0-38", None), (None, "0-3"), ("roads", "0-37"), ("39-51", "45-51")}
    third = [unit(39, 51), unit(19, 37, "build roads")]
    found = [tuple(unit.id if unit else None for unit in group) for group in grouped(text, [one, other, third])]
    assert set(found) == {("0-38", None, None), (None, "0-3", None), ("roads", "0-37", "19-37"), ("39-51", "45-51", "39-51")}
