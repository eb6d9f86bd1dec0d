"""Totals and their parts: the money stands in a file once."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.views.iati.made import book, pledged, rules_of, source, standing, written

from pledgebook.core.problem import Problem
from pledgebook.core.snapshot import Standing
from pledgebook.views.book.iati.pledge import Pledge, pledge_of
from pledgebook.views.book.iati.totals import without_overlap


def kept(*standings: Standing) -> tuple[list[str], dict[str, str]]:
    """The ids that stand in the file, and the rules of the others."""
    found = [pledge_of(one, "2026-11-01") for one in standings]
    pledges, problems = without_overlap([one for one in found if isinstance(one, Pledge)], [one.promise for one in standings])
    return [one.promise.id for one in pledges], {one.where: one.rule for one in problems}


def test_parts_that_make_up_the_total_stand_for_it() -> None:
    standings = [pledged("t", "10", parts=("a", "b")), pledged("a", "4", total="t"), pledged("b", "6", total="t")]
    assert kept(*standings) == (["a", "b"], {"t": "total-of-parts"})


@pytest.mark.parametrize(
    "parts",
    [
        [pledged("a", "4", total="t")],
        [pledged("a", "4", total="t"), pledged("b", "5", total="t")],
        [pledged("a", "4", total="t"), pledged("b", "6", "EUR", total="t")],
        [pledged("a", "4", total="t"), pledged("b", "0", total="t")],
    ],
    ids=["one is missing", "they make less", "another currency", "one is no pledge"],
)
def test_a_total_that_its_parts_do_not_make_up_stands_and_they_do_not(parts: list[Standing]) -> None:
    names, told = kept(pledged("t", "10", parts=("a", "b")), *parts)
    assert names == ["t"]
    assert set(told.values()) == {"part-of-total"}


def test_parts_of_a_total_that_is_no_pledge_stand() -> None:
    total = standing(source({"actors": []}), of={"id": "t", "parts": ("a",)})
    assert kept(total, pledged("a", "4", total="t")) == (["a"], {})


def test_parts_of_parts_give_way_to_a_total_also_through_one_that_is_no_pledge() -> None:
    between = standing(source({"actors": []}), of={"id": "m", "total": "t", "parts": ("a",)})
    assert kept(pledged("t", "10"), between, pledged("a", "4", total="m")) == (["t"], {"a": "part-of-total"})


def test_a_total_of_totals_is_told_by_its_finest_parts() -> None:
    standings = [
        pledged("t", "10", parts=("m", "a")),
        pledged("m", "7", total="t", parts=("b", "c")),
        *(pledged(name, value, total=total) for name, value, total in (("a", "3", "t"), ("b", "2", "m"), ("c", "5", "m"))),
    ]
    assert kept(*standings) == (["a", "b", "c"], {"t": "total-of-parts", "m": "total-of-parts"})


def test_of_two_totals_that_share_a_part_only_one_stands() -> None:
    standings = [pledged("s", "9", parts=("a", "b", "d")), pledged("t", "8", parts=("a", "c")), *(pledged(name, "1") for name in "abc")]
    assert kept(*standings) == (["s", "c"], {"a": "part-of-total", "b": "part-of-total", "t": "overlapping-totals"})


def test_two_promises_that_call_each_other_a_part_are_one_in_the_file() -> None:
    assert kept(pledged("a", "4", parts=("b",)), pledged("b", "4", parts=("a",))) == (["a"], {"b": "part-of-total"})


def test_the_file_says_what_a_total_holds_and_of_what_a_part_is(tmp_path: Path) -> None:
    root, problems = written(book(pledged("t", "10", parts=("a",)), pledged("a", "4", total="t")), tmp_path)
    assert rules_of(problems) == [("a", "part-of-total")]
    assert "Parts of it are not reported beside it: a." in (root.findtext(".//description[@type='4']/narrative") or "")
    root, problems = written(book(pledged("t", "4", parts=("a",)), pledged("a", "4", total="t")), tmp_path)
    assert rules_of(problems) == [("t", "total-of-parts")]
    assert "It is a part of t, which is not reported beside it." in (root.findtext(".//description[@type='4']/narrative") or "")


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=12), st.lists(st.integers(1, 3), min_size=8, max_size=8))
def test_no_two_in_the_file_lie_one_within_the_other_and_all_others_are_told(ties: list[tuple[int, int]], values: list[int]) -> None:
    parts: dict[int, set[int]] = {one: {part for total, part in ties if total == one != part} for one in range(8)}
    standings = [pledged(str(one), str(values[one]), parts=tuple(map(str, sorted(parts[one])))) for one in range(8)]
    names, told = kept(*standings)
    assert sorted([*names, *told]) == [str(one) for one in range(8)]
    for name in names:
        below, waiting = set[int](), [int(name)]
        while waiting:
            new = parts[waiting.pop()] - below
            below |= new
            waiting += new
        assert not {int(other) for other in names if other != name} & below


def test_what_is_taken_in_is_left_as_it_was() -> None:
    found = [pledge_of(one, "2026-11-01") for one in (pledged("t", "4", parts=("a",)), pledged("a", "4"))]
    pledges = [one for one in found if not isinstance(one, Problem)]
    without_overlap(pledges, [one.promise for one in pledges])
    assert [one.value for one in pledges] == [Decimal(4), Decimal(4)]
