from datetime import date

import pytest
from tests.events.made import event

from pledgebook.core.observation import Observation
from pledgebook.events.series import Part, monthly, weekly

EVENTS = [
    event(1, "2031-01-05"),
    event(2, "2031-03-05", side_a="Reds", side_b="Civilians", type="one-sided", best=9, deaths_a=0, deaths_b=0, deaths_civilians=9),
    event(3, "2031-03-06", area="SY-RA", side_a="Blues, Greens", side_b="Reds", type="non-state", deaths_a=3, deaths_b=5, best=8),
    event(4, "2031-03-07", area="SY-RA", side_b="Whites"),
]


def test_every_month_between_the_first_and_the_last_is_there() -> None:
    found = monthly(EVENTS)
    assert found.areas == ("SY-HI", "SY-RA")
    assert found.months == ("2031-01", "2031-02", "2031-03")
    assert found.events.tolist() == [[1, 0, 1], [0, 0, 2]]
    assert found.best.tolist() == [[2, 0, 9], [0, 0, 10]]


def test_a_group_s_series_has_the_shape_of_all() -> None:
    found = monthly(EVENTS, group="Greens")
    assert found.events.tolist() == [[0, 0, 0], [0, 0, 1]]


@pytest.mark.parametrize(("part", "events", "civilians"), [("all", 3, 9), ("attacks", 1, 9), ("fighting", 2, 0)])
def test_attacks_of_a_group_are_kept_apart_from_fighting(part: Part, events: int, civilians: int) -> None:
    found = monthly(EVENTS, group="Reds", part=part)
    assert (found.events.sum(), found.civilians.sum()) == (events, civilians)


def test_deaths_are_told_by_side() -> None:
    found = monthly(EVENTS, group="Reds")
    assert found.group_dead.tolist() == [[1, 0, 0], [0, 0, 5]]
    assert found.other_dead.tolist() == [[1, 0, 0], [0, 0, 3]]


def test_a_part_needs_a_group() -> None:
    with pytest.raises(ValueError, match="group"):
        monthly(EVENTS, part="attacks")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"place_span": "region"}, "place"),
        ({"place_span": "country", "date_span": "longer"}, "place"),
        ({"area": None}, "area"),
        ({"date_span": "longer"}, "date"),
        ({"end": date(2031, 2, 1)}, "date"),
    ],
)
def test_what_is_too_coarse_is_counted_apart_and_in_no_cell(told: dict[str, object], why: str) -> None:
    found = monthly([event(1), event(2, "2031-01-05", **told)])
    assert found.events.sum() == 1
    assert {one.why: one.events for one in found.unplaced} == {"place": 0, "area": 0, "date": 0} | {why: 1}


def test_weeks_begin_on_monday_and_months_are_too_coarse_for_them() -> None:
    found = weekly([event(1, "2031-01-05"), event(2, "2031-01-06"), event(3, "2031-01-06", date_span="month")])
    assert found.steps == ("2030-12-30", "2031-01-06")
    assert found.events.tolist() == [[1, 1]]
    assert found.unplaced[2].events == 1


def test_one_number_of_deaths_stands_for_all_three() -> None:
    found = monthly([event(1, low=None, high=None)])
    assert (found.low.sum(), found.best.sum(), found.high.sum()) == (2, 2, 2)


def test_nothing_gives_an_empty_series() -> None:
    found = monthly([])
    assert (found.areas, found.months, found.events.shape) == ((), (), (0, 0))


def test_the_order_does_not_matter() -> None:
    one, other = monthly(EVENTS, group="Reds"), monthly(EVENTS[::-1], group="Reds")
    assert (one.best == other.best).all()


def test_figures_are_no_events() -> None:
    figure = Observation(
        id="table:x:1", kind="figure", source="table", start=date(2031, 1, 1), end=date(2031, 1, 31), value="3", measure="m"
    )
    assert monthly([figure]).areas == ()
