import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.core import edtf


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2031", "2031-01-01", "2031-12-31"),
        ("2031-09", "2031-09-01", "2031-09-30"),
        ("2032-02", "2032-02-01", "2032-02-29"),
        ("2031-09-17", "2031-09-17", "2031-09-17"),
        ("2031-21", "2031-03-01", "2031-06-20"),
        ("2031-24", "2031-12-01", "2032-03-19"),
        ("203X", "2030-01-01", "2039-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("2031-XX", "2031-01-01", "2031-12-31"),
        ("2031-09-XX", "2031-09-01", "2031-09-30"),
        ("XXXX-09", None, None),
        ("XXXX", None, None),
        ("2031-02?", "2031-02-01", "2031-02-28"),
        ("2031/2033", "2031-01-01", "2033-12-31"),
        ("../2031-09", None, "2031-09-30"),
        ("2031-09/..", "2031-09-01", None),
    ],
)
def test_the_days_a_value_can_mean(value: str, first: str | None, last: str | None) -> None:
    found = edtf.parse(value)
    assert found.earliest() == (datetime.date.fromisoformat(first) if first else None)
    assert found.latest() == (datetime.date.fromisoformat(last) if last else None)
    assert (edtf.earliest(value), edtf.latest(value)) == (found.earliest(), found.latest())


@pytest.mark.parametrize(
    "value",
    [
        "",
        "31",
        "2031-13",
        "2031-9",
        "2031-02-30",
        "2031-02-29",
        "2033/2031",
        "../..",
        "2031/2032/2033",
        "by 2031",
        "2031-21-05",
        "٢٠٣١",
        "/2031",
    ],
)
def test_what_is_no_value(value: str) -> None:
    assert not edtf.is_valid(value)
    assert edtf.parse_or_none(value) is None
    with pytest.raises(ValueError, match="EDTF"):
        edtf.parse(value)


@pytest.mark.parametrize(
    ("value", "interval", "uncertain"),
    [("2031", False, False), ("2031~", False, True), ("../2031-09", True, False), ("2031?/2032", True, True), ("2031/..", True, False)],
)
def test_intervals_and_marks(value: str, interval: bool, uncertain: bool) -> None:
    assert edtf.is_interval(value) is interval
    assert edtf.parse(value).is_uncertain is uncertain


@pytest.mark.parametrize(
    ("value", "precision"),
    [
        ("2031", "year"),
        ("2031-09", "month"),
        ("2031-23", "season"),
        ("2031-09-17", "day"),
        ("203X", "decade"),
        ("20XX", "century"),
        ("XXXX", "unknown"),
    ],
)
def test_precision(value: str, precision: str) -> None:
    start = edtf.parse(value).start
    assert start is not None
    assert start.precision == precision


@pytest.mark.parametrize(
    ("value", "before", "after"),
    [
        ("../2031-09", False, False),
        ("../2031-04", True, False),
        ("2031-06", False, True),
        ("2031-05", False, False),
        ("2031-06/..", False, True),
        ("2030/..", False, False),
        ("2031-05-10", False, False),
        ("2031-05-09", True, False),
        ("2031-05-11", False, True),
        ("XXXX-05-03", False, False),
    ],
)
def test_before_and_after_are_said_only_where_they_are_sure(value: str, before: bool, after: bool) -> None:
    day = datetime.date(2031, 5, 10)
    assert edtf.is_before(value, day) is before
    assert edtf.is_after(value, day) is after


@given(st.dates())
def test_a_day_is_its_own_first_and_last(day: datetime.date) -> None:
    value = day.isoformat()
    assert edtf.earliest(value) == edtf.latest(value) == day
    assert edtf.latest(f"../{value}") == day
    assert edtf.earliest(f"{value}/..") == day


@given(st.text(max_size=12))
def test_any_text_is_valid_or_not_and_never_an_error(value: str) -> None:
    assert edtf.is_valid(value) is (edtf.parse_or_none(value) is not None)
