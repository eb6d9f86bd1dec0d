"""UCDP's rows, written afresh with made-up events: every version's columns, bad cells, candidate events."""

from datetime import date

import pytest

from pledgebook.core.observation import Observation
from pledgebook.core.problem import Problem
from pledgebook.events.read import Row, read_events

HEAD = "id,year,type_of_violence,dyad_name,side_a,side_b,where_prec,where_coordinates,adm_1,latitude,longitude,country,date_prec,date_start,date_end"
DEAD = ",deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,source_headline"
ROW = "7,2031,1,Crown - Reds,Crown,Reds,2,Mill town,Homs Governorate,34.7,36.7,Syria,1,2031-05-02,2031-05-02,1,2,3,0,6,8,5,Six dead at the mill"


def read(text: str) -> list[Observation | Problem]:
    return [one.observation if isinstance(one, Row) else one for one in read_events([text.encode()], "made.csv")]


def only(text: str) -> Observation:
    (found,) = read(text)
    assert isinstance(found, Observation)
    return found


def fault(row: str) -> Problem:
    (found,) = read(f"{HEAD}{DEAD}\n{row}\n")
    assert isinstance(found, Problem)
    return found


def test_an_event_keeps_estimates_precision_and_sides() -> None:
    assert only(f"{HEAD}{DEAD}\n{ROW}\n") == Observation(
        id="ucdp:7",
        kind="event",
        source="ucdp-ged",
        start=date(2031, 5, 2),
        end=date(2031, 5, 2),
        date_precision=1,
        place="Mill town",
        admin1="Homs Governorate",
        latitude=34.7,
        longitude=36.7,
        place_precision=2,
        place_span="near",
        country="Syria",
        country_code="SY",
        type="state-based",
        dyad="Crown - Reds",
        side_a="Crown",
        side_b="Reds",
        best=6,
        low=5,
        high=8,
        deaths_a=1,
        deaths_b=2,
        deaths_civilians=3,
        deaths_unknown=0,
        headline="Six dead at the mill",
    )


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("best,high,low", "best_est,high_est,low_est"),
        ("where_prec", "where_precision"),
        ("date_prec", "date_precision"),
        ("type_of_violence", "type_of_vi"),
        ("deaths_civilians", "deaths_civ"),
        ("where_coordinates", "where_coor"),
        ("source_headline", "Source_Headline"),
    ],
)
def test_columns_of_other_versions_mean_the_same(new: str, old: str) -> None:
    head = HEAD + DEAD
    assert only(f"{head.replace(new, old)}\n{ROW}\n") == only(f"{head}\n{ROW}\n")


@pytest.mark.parametrize("day", ["2031-05-02 00:00:00.000", "2031-05-02T00:00:00", "02-May-2031", "2 May 2031"])
def test_days_are_read_as_each_version_writes_them(day: str) -> None:
    assert only(f"{HEAD}{DEAD}\n{ROW.replace('2031-05-02', day)}\n").start == date(2031, 5, 2)


def test_numbers_with_a_nought_behind_the_point_are_whole() -> None:
    assert only(f"{HEAD}{DEAD}\n{ROW.replace('6,8,5', '6.0,8.0,5.0').replace('7,2031,1,', '7.0,2031.0,1.0,')}\n").id == "ucdp:7"


def test_an_event_that_is_still_to_be_checked_is_a_candidate() -> None:
    assert only(f"code_status,{HEAD}{DEAD}\nCheck deaths,{ROW}\n").source == "ucdp-candidate"
    assert only(f"code_status,{HEAD}{DEAD}\nClear,{ROW}\n").source == "ucdp-ged"


def test_precision_codes_tell_how_far_off_day_and_place_may_be() -> None:
    found = only(f"{HEAD}{DEAD}\n{ROW.replace('Reds,2,', 'Reds,6,').replace('Syria,1,', 'Syria,5,')}\n")
    assert (found.place_span, found.date_span) == ("country", "longer")


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        ("2031-05-02,2031-05-02", "5/2/2031,5/2/2031", "bad-date"),
        ("2031-05-02,2031-05-02", "2031-05-02,2031-05-01", "bad-date"),
        ("6,8,5", "six,8,5", "bad-number"),
        ("6,8,5", "-6,8,5", "bad-number"),
        ("6,8,5", ",8,5", "missing-cell"),
        ("7,2031,1,", "7,2031,9,", "bad-type"),
        ("34.7,36.7", "347,36.7", "bad-coordinates"),
        ("34.7,36.7", "34.7,", "bad-coordinates"),
        ("Reds,2,", "Reds,9,", "bad-precision"),
        ("dead at the mill", "dead, at the mill", "ragged-line"),
    ],
)
def test_a_bad_row_is_told_with_its_line(right: str, wrong: str, rule: str) -> None:
    assert right in ROW
    found = fault(ROW.replace(right, wrong))
    assert (found.rule, found.line, found.where) == (rule, 2, "made.csv")


def test_the_line_is_where_the_record_begins() -> None:
    broken = ROW.replace("Six dead at the mill", '"Six dead\nat the mill"')
    bad = ROW.replace("6,8,5", "x,8,5").replace("7,2031", "8,2031")
    _, found = read(f"{HEAD}{DEAD}\n{broken}\n{bad}\n")
    assert isinstance(found, Problem)
    assert found.line == 4


def test_an_id_that_stands_there_twice_is_told() -> None:
    first, second = read(f"{HEAD}{DEAD}\n{ROW}\n{ROW}\n")
    assert isinstance(first, Observation)
    assert isinstance(second, Problem)
    assert (second.rule, second.line) == ("twice", 3)


def test_a_file_is_told_by_its_headings() -> None:
    (found,) = read("a,b\n1,2\n")
    assert isinstance(found, Problem)
    assert found.rule == "unknown-format"
    assert [one.rule for one in read("") if isinstance(one, Problem)] == ["empty"]


def test_bytes_that_are_no_utf8_break_the_file_off() -> None:
    found = list(read_events([f"{HEAD}{DEAD}\n{ROW}\n".encode(), b"\xff\xfe\n"], "made.csv"))
    assert isinstance(found[-1], Problem)
    assert found[-1].rule == "bad-encoding"


def test_blocks_may_be_cut_anywhere() -> None:
    data = f"\ufeff{HEAD}{DEAD}\r\n{ROW.replace('mill', 'müll')}\r\n".encode()
    whole = list(read_events([data], "x"))
    assert list(read_events([data[at : at + 1] for at in range(len(data))], "x")) == whole
