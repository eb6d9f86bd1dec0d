"""A transaction that is told otherwise is paired with what was told before, by a rule that is named."""

import datetime
from decimal import Decimal
from itertools import permutations

import pytest

from pledgebook.aid.pairing import Change, paired

JANUARY, MARCH = datetime.date(2024, 1, 1), datetime.date(2024, 3, 1)


def row(
    change: str, value: int, *, ref: str | None = None, kind: str | None = "3", day: datetime.date | None = JANUARY, **more: object
) -> dict[str, object]:
    plain: dict[str, object] = {
        "change": change,
        "times": 1,
        "feed": "f",
        "register": "iati",
        "activity": "kept",
        "activity_id": "W",
        "currency": "USD",
    }
    told = {"ref": ref, "transaction_type_reported": kind, "transaction_date": day, "value": Decimal(value)}
    return {**plain, **told, **more}


def told(*rows: dict[str, object]) -> list[tuple[object, ...]]:
    """Changes in short, the same for any order of the rows."""

    def short(change: Change) -> tuple[object, ...]:
        return (change.kind, change.by, *((one.field, one.before, one.after) for one in change.fields))

    found = sorted((short(one) for one in paired(rows)), key=str)
    for other in permutations(rows):
        assert sorted((short(one) for one in paired(other)), key=str) == found
    return found


def test_the_same_reference_is_the_same_transaction() -> None:
    assert told(row("removed", 10, ref="1"), row("added", 12, ref="1", day=MARCH)) == [
        ("changed", "ref", ("transaction_date", JANUARY, MARCH), ("value", 10, 12))
    ]


def test_else_the_same_type_and_date_and_else_the_same_type_and_value() -> None:
    assert told(row("removed", 10), row("added", 12)) == [("changed", "type and date", ("value", 10, 12))]
    assert told(row("removed", 10), row("added", 10, day=MARCH)) == [("changed", "type and value", ("transaction_date", JANUARY, MARCH))]
    assert told(row("removed", 10), row("added", 10, ref="1")) == [("changed", "type and date", ("ref", None, "1"))]


def test_the_sum_of_an_fts_flow_is_the_same_whatever_changed_in_it() -> None:
    before, after = row("removed", 10, ref="1", kind="pledge"), row("added", 12, kind="paid", day=MARCH)
    fields = (("ref", "1", None), ("transaction_type_reported", "pledge", "paid"), ("transaction_date", JANUARY, MARCH), ("value", 10, 12))
    assert told(before | {"register": "fts"}, after | {"register": "fts"}) == [("changed", "flow", *fields)]
    assert told(before, after) == [("added", None), ("removed", None)]


def test_what_is_there_twice_pairs_nothing() -> None:
    assert told(row("removed", 10), row("removed", 11), row("added", 12)) == [("added", None), ("removed", None), ("removed", None)]
    assert told(row("removed", 10, times=2), row("added", 12)) == [("added", None), ("removed", None), ("removed", None)]
    twice = told(row("removed", 10, ref="1"), row("removed", 11, ref="1", day=MARCH), row("added", 12, ref="1"))
    assert twice == [("changed", "type and date", ("value", 10, 12)), ("removed", None)]


def test_a_pair_that_is_made_frees_the_others() -> None:
    found = told(row("removed", 10, ref="1"), row("removed", 11), row("added", 13, ref="1"), row("added", 14))
    assert found == [("changed", "ref", ("value", 10, 13)), ("changed", "type and date", ("value", 11, 14))]


@pytest.mark.parametrize("other", [{"activity_id": "X"}, {"feed": "g"}])
def test_other_activities_and_feeds_are_never_paired(other: dict[str, object]) -> None:
    assert told(row("removed", 10, ref="1"), row("added", 12, ref="1") | other) == [("added", None), ("removed", None)]


@pytest.mark.parametrize("missing", ["transaction_type_reported", "transaction_date"])
def test_what_is_not_told_is_not_the_same(missing: str) -> None:
    assert [one[0] for one in told(row("removed", 10) | {missing: None}, row("added", 12) | {missing: None})] == ["added", "removed"]
