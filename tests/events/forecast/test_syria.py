"""UCDP Syria 2016-2019: the figures of docs/forecasts.md, the quick ones. benchmarks/forecasts.py and benchmarks/breaches.py print all."""

import numpy as np
import pytest
from benchmarks.conflict import BORDERS, FILE, Data, load, neighbours

from pledgebook.events.forecast.breach import ATTACKS, RULES, breaches, twelve_month_maximum
from pledgebook.events.forecast.models import CHOSEN
from pledgebook.events.forecast.rolling import evaluate, roll
from pledgebook.events.forecast.simple import LastValue

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="../shared/data/events is not here: UCDP GED of Syria, 2016-2019")

TASK, LATER = range(12, 47), range(24, 47)


@pytest.fixture(scope="module")
def data() -> Data:
    return load()


def test_it_is_fourteen_areas_by_fortyseven_months(data: Data) -> None:
    assert data.table().shape == (14, 47)
    assert (data.months[0], data.months[12], data.months[24], data.months[-1]) == ("2016-01", "2017-01", "2018-01", "2019-11")
    assert (data.table().sum(), data.unplaced) == (6318, 154)


def test_the_chosen_model_beats_the_figures_of_the_task_clearly(data: Data) -> None:
    steps = roll(CHOSEN, data.table())
    whole, held_back = evaluate("", steps, TASK), evaluate("", steps, LATER)
    last = evaluate("", roll(LastValue(), data.table()), TASK)
    assert last.scores.crps == last.scores.median_error == pytest.approx(4.045, abs=1e-3)
    assert whole.scores.crps < 0.75 * 4.045 < 0.75 * 4.34
    assert held_back.scores.crps < 1.8
    assert whole.scores.median_error < last.scores.median_error
    assert 0.85 <= whole.calibrated.coverage <= 0.95
    assert 0.85 <= held_back.calibrated.coverage <= 0.95


def test_the_same_counts_give_the_same_numbers(data: Data) -> None:
    one, other = (CHOSEN(each.table()).pmf for each in (data, load()))
    assert np.array_equal(one, other)


def test_the_plain_rule_fires_as_often_as_the_task_says_and_on_the_offensive_against_raqqa(data: Data) -> None:
    deaths = data.table(deaths=True)
    fired = {(data.areas[area], data.months[month]) for area in range(14) for month in TASK if twelve_month_maximum(deaths, area, month)}
    assert len(fired) == 32
    assert {("Ar Raqqah", f"2017-0{month}") for month in (3, 4, 5, 6)} <= fired


def test_no_rule_fires_on_the_offensive_against_raqqa(data: Data) -> None:
    raqqa = data.areas.index("Ar Raqqah")
    for rule in RULES.values():
        sides = data.sides(deaths=rule.measure == "deaths")
        found = [breaches(sides, data.at(f"2017-{month:02d}"), rule)[raqqa] for month in range(3, 11)]
        assert not any(each.fired for each in found), rule.name


def test_the_default_rule_fires_where_hostages_of_suwayda_were_killed(data: Data) -> None:
    sides = data.sides()
    fired = [(data.areas[found.area], data.months[month]) for month in TASK for found in breaches(sides, month, ATTACKS) if found.fired]
    assert fired == [("As Suwayda", "2018-08")]


def test_borders_are_shared(data: Data) -> None:
    shares = neighbours(data.areas)
    assert shares.sum(axis=1) == pytest.approx(np.ones(14))
    assert ((shares > 0) == (shares > 0).T).all()
    assert len(BORDERS) == 12
