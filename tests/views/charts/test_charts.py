"""Charts: what they say in words and numbers, and that the picture is drawn, the same every time."""

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal

import pytest
from lxml import etree

from pledgebook.core.assessment import MoneyRange, MoneyShare, MoneyStatus
from pledgebook.views.charts.area_map import area_map
from pledgebook.views.charts.chart import Chart, picture, table
from pledgebook.views.charts.money_bars import money_bars, money_by_year
from pledgebook.views.charts.series_lines import NO_CONTROL, Point, series_lines
from pledgebook.views.charts.timeline import Milestone, timeline


def sums(low: str, high: str | None = None) -> MoneyRange:
    return MoneyRange(currency="USD", low=low, high=high or low)


MONEY = MoneyStatus(
    announced=sums("20000000"),
    pledged=None,
    committed=sums("12000000", "15000000"),
    disbursed=sums("3000000"),
    spent=None,
    by_year=(MoneyShare(stage="committed", of="2025", usd="12000000"), MoneyShare(stage="disbursed", of="2026", usd="3000000")),
    by_sector=(),
    sums=4,
    unconverted=1,
    items=("fts:1",),
)
SQUARE = {"type": "Polygon", "coordinates": [[[40, 34], [40, 35], [41, 35], [41, 34], [40, 34]]]}
OUTLINES = [
    {"type": "Feature", "geometry": SQUARE, "properties": {"code": code, "name": name}} for code, name in (("X-1", "West"), ("X-2", "East"))
]
POINTS = [
    Point(area=area, month=f"2025-0{month}", count=month * 2, low=1.0, high=6.0, fired=month == 4)
    for area in ("East", "West")
    for month in (3, 4)
]


def bars() -> Chart:
    return money_bars("What became of it", MONEY, ["OCHA FTS"])


def years() -> Chart:
    return money_by_year("By year", MONEY.by_year, ["OCHA FTS"])


def phases() -> Chart:
    first = Milestone(
        name="First phase", planned=("2024-09-27", "2025-09-30"), revised=(None, "2025-12-31"), actual=("2025-11-26", "2025-11-26")
    )
    return timeline(
        "The plan", [first, Milestone(name="Second phase", planned=(None, "2026-09-30"), after=("First phase",))], "2026-11-01", ["Wire"]
    )


def lines() -> Chart:
    return series_lines("Attacks", POINTS, unit="Attacks", sources=["UCDP GED"])


def one_line() -> Chart:
    return series_lines("Attacks", POINTS[:2], unit="Attacks", sources=["UCDP GED"])


def where() -> Chart:
    return area_map("Attacks", "2025-04", {"X-1": 8}, OUTLINES, unit="Attacks", sources=["UCDP GED"])


ALL = pytest.mark.parametrize("make", [bars, years, phases, lines, one_line, where], ids=lambda make: make.__name__)


@ALL
def test_a_chart_is_drawn_as_svg_and_png_the_same_every_time(make: Callable[[], Chart]) -> None:
    made = make()
    svg = picture(made, "svg")
    assert svg == picture(make(), "svg")
    assert etree.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert b"http://" not in svg.replace(b"http://www.w3.org/", b"")
    assert picture(made, "png").startswith(b"\x89PNG")


@ALL
def test_its_numbers_are_a_table_and_its_sources_stand_under_the_title(make: Callable[[], Chart]) -> None:
    made = make()
    read = list(csv.reader(io.StringIO(table(made))))
    assert tuple(read[0]) == made.columns
    assert len(read) == len(made.rows) + 1
    assert any("Source" in note for note in made.spec["title"]["subtitle"])
    assert made.alt


def test_money_is_told_with_its_range_and_what_is_left_out() -> None:
    made = bars()
    assert made.rows[1] == ("committed", 12000000.0, 15000000.0, "USD")
    assert made.alt == "announced 20,000,000 USD; committed 12,000,000 USD; disbursed 3,000,000 USD; not told: pledged, spent"
    assert ("spent", None, None, None) in made.rows
    assert "1 of 4 recorded sums cannot be converted and is left out." in made.spec["title"]["subtitle"]
    assert sum(Decimal(str(row[2])) for row in years().rows) == 15000000


def test_a_timeline_tells_planned_revised_and_actual_and_what_waits_for_what() -> None:
    made = phases()
    assert made.rows[0] == ("First phase", "planned", "2024-09-27", "2025-09-30")
    assert ("Second phase", "planned", "2026-09-30", "2026-09-30") in made.rows
    assert "Second phase comes after First phase." in made.spec["title"]["subtitle"]


@pytest.mark.parametrize("make", [lines, one_line, where], ids=lambda make: make.__name__)
def test_charts_of_events_say_that_counts_show_no_control(make: Callable[[], Chart]) -> None:
    assert NO_CONTROL in " ".join(make().spec["title"]["subtitle"])


def test_an_area_without_a_count_is_no_nought() -> None:
    made = where()
    assert made.rows == (("X-1", "West", 8), ("X-2", "East", None))
    assert made.alt == "Attacks in 2025-04: West 8"
    svg = picture(made, "svg").decode()
    assert svg.count("#dddddd") + svg.count("rgb(221, 221, 221)") == 1


@pytest.mark.parametrize("name", ["=1+1", "@SUM(1)", "West;=1+1", "\t-1"])
def test_no_name_among_the_numbers_of_a_chart_is_a_formula(name: str) -> None:
    points = [Point(area=name, month="2025-01", count=-2, low=1.0, high=6.0, fired=False)]
    text = table(series_lines("Attacks", points, unit="Attacks", sources=["A list"]))
    rows = list(csv.reader(io.StringIO(text)))
    assert json.loads(rows[1][0]) == name
    assert not [cell for cell in text.replace(";", ",").split(",") if cell.startswith(("=", "@", "\t"))]
    assert "-2" in rows[1]


def test_long_names_and_notes_stand_in_lines_and_the_numbers_keep_them_whole() -> None:
    name = "The ministry of works: repair all forty bridges of the northern province and the road between them"
    made = timeline(
        "What was to happen when", [Milestone(name=name, planned=("2026-01-01", None), after=(name,))], "2026-11-01", ["A source"]
    )
    assert max(map(len, made.spec["title"]["subtitle"])) <= 110
    assert '"bridges of the northern province and the"' in made.spec["layer"][0]["encoding"]["y"]["axis"]["labelExpr"]
    assert made.rows[0][0] == name
    assert ">bridges of the northern province and the<" in picture(made, "svg").decode()
