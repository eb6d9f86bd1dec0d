from datetime import date
from decimal import Decimal

import pytest

from pledgebook.core.observation import Observation
from pledgebook.core.problem import Problem
from pledgebook.events.cells import CellError
from pledgebook.events.column_map import ColumnMap, map_in_words, read_map
from pledgebook.events.figures import number_of, period_of
from pledgebook.events.measures import by_month
from pledgebook.events.placing import placed
from pledgebook.events.read import Row, read_events

WORDS = "date=Month,value=Hectares,admin1=Where,measure:=hectares cleared,unit:=ha,country:=Iraq"


def figures(text: str, words: str = WORDS) -> list[Observation | Problem]:
    told = map_in_words(words)
    assert isinstance(told, ColumnMap)
    return [one.observation if isinstance(one, Row) else one for one in read_events([text.encode()], "made.csv", told)]


def test_a_line_of_words_maps_columns_and_says_what_holds_for_all() -> None:
    (found,) = figures('Month,Where,Hectares\n2031-02,Ninewa,"1,250.5"\n')
    assert isinstance(found, Observation)
    assert (found.measure, found.unit, found.value) == ("hectares cleared", "ha", "1250.5")
    assert (found.start, found.end, found.date_span) == (date(2031, 2, 1), date(2031, 2, 28), "month")
    assert placed([found])[0].area == "IQ-NI"


def test_a_file_maps_columns_too() -> None:
    toml = b'name = "returns"\ndecimal = ","\ndates = ["%d.%m.%Y"]\n[columns]\ndate = "Tag"\nvalue = "Zahl"\n[constants]\nmeasure = "returns"\n'
    found = read_map(toml, "map.toml")
    assert isinstance(found, ColumnMap)
    (row,) = read_events([b"Tag;Zahl\n03.04.2031;1.200,5\n"], "x", found)
    assert isinstance(row, Row)
    assert (row.observation.start, row.observation.value) == (date(2031, 4, 3), "1200.5")
    assert row.observation.id.startswith("table:returns:")
    assert not isinstance(read_map(b'{"columns": {"date": "d", "value": "v"}, "constants": {"measure": "m"}}', "map.json"), Problem)


@pytest.mark.parametrize(
    "words", ["date=Month", "value=x,measure:=m", "date=a,start=b,value=x,measure:=m", "date=a,value=x", "when=a,value=x,measure:=m", "date", "date=a,date:=b,value=v,measure:=m"]
)  # fmt: skip
def test_a_map_that_lacks_something_is_told(words: str) -> None:
    found = map_in_words(words)
    assert isinstance(found, Problem)
    assert found.rule == "bad-map"


def test_a_column_that_is_not_there_is_told() -> None:
    (found,) = figures("Month,Ha\n2031-02,3\n")
    assert isinstance(found, Problem)
    assert (found.rule, found.line) == ("missing-column", 1)


def test_blank_values_are_no_figures_and_bad_ones_are_told() -> None:
    (found,) = figures("Month,Where,Hectares\n2031-02,Ninewa,\n2031-03,Ninewa,some\n")
    assert isinstance(found, Problem)
    assert (found.rule, found.line) == ("bad-number", 3)


def test_rows_of_one_place_and_time_are_told_apart() -> None:
    first, second = figures("Month,Where,Hectares\n2031-02,Ninewa,3\n2031-02,Ninewa,4\n")
    assert isinstance(first, Observation)
    assert isinstance(second, Observation)
    assert second.id == f"{first.id}#2"


@pytest.mark.parametrize(
    ("written", "start", "end", "span"),
    [
        ("2031-02-03", date(2031, 2, 3), date(2031, 2, 3), "day"),
        ("2031-02", date(2031, 2, 1), date(2031, 2, 28), "month"),
        ("2031", date(2031, 1, 1), date(2031, 12, 31), "longer"),
        ("2031-Q2", date(2031, 4, 1), date(2031, 6, 30), "longer"),
        ("2031-W05", date(2031, 1, 27), date(2031, 2, 2), "week"),
    ],
)
def test_periods_are_understood(written: str, start: date, end: date, span: str) -> None:
    assert period_of(written) == (start, end, span)


def test_a_date_that_two_formats_read_otherwise_is_not_guessed() -> None:
    with pytest.raises(CellError) as found:
        period_of("03/04/2031", ("%d/%m/%Y", "%m/%d/%Y"))
    assert found.value.rule == "ambiguous-date"


@pytest.mark.parametrize("written", ["", "1,2,3", "12 ha", "1.2.3", "--1"])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(CellError):
        number_of(written)


def test_figures_are_summed_by_area_and_month_and_never_over_units() -> None:
    rows = "Month,Where,Hectares\n2031-02,Ninewa,3\n2031-02,Nineveh,4.5\n2031,Ninewa,9\n2031-02,Atlantis,1\n"
    found = by_month(placed([one for one in figures(rows) if isinstance(one, Observation)]))
    assert [(one.area, one.month, one.figures, one.value) for one in found] == [
        (None, "2031-02", 1, Decimal(1)),
        ("IQ-NI", None, 1, Decimal(9)),
        ("IQ-NI", "2031-02", 2, Decimal("7.5")),
    ]


def test_what_a_group_did_is_not_added_to_what_was_done_to_it() -> None:
    counts = map_in_words("date=Month,value=Events,side=Side,group:=Reds,measure:=events of Reds,unit:=events,area:=IQ-NI")
    assert isinstance(counts, ColumnMap)
    data = b"Month,Side,Events\n2031-02,attacks,3\n2031-02,against,40\n"
    found = by_month([one.observation for one in read_events([data], "counts.csv", counts) if isinstance(one, Row)])
    assert [(one.side, one.value) for one in found] == [("against", Decimal(40)), ("attacks", Decimal(3))]
