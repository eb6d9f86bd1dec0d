"""Surprises and their rate of false alarms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.events.forecast.distributions import negative_binomial
from pledgebook.events.forecast.rolling import Step
from pledgebook.events.forecast.surprise import alarms, chance_of_alarm, least_alarming, surprise, threshold_for


def steps(times: int = 200) -> list[Step]:
    chance = np.random.default_rng(5)
    mean, size = np.array([0.2, 3.0, 40.0]), np.array([1.0, 1.0, 4.0])
    forecast = negative_binomial(mean, size)
    return [Step(at, forecast, chance.negative_binomial(size, size / (size + mean)).astype(np.int64)) for at in range(times)]


def test_false_alarms_come_as_often_as_was_told() -> None:
    made = steps(3000)
    for threshold in (0.05, 0.01):
        found = alarms(made, threshold)
        assert found.cells == 9000
        assert found.expected <= found.bound == pytest.approx(9000 * threshold)
        assert found.fired == pytest.approx(found.expected, rel=0.25)


def test_the_mid_p_of_a_right_baseline_is_a_half_on_average() -> None:
    assert np.mean([surprise(step).mid_p for step in steps(3000)]) == pytest.approx(0.5, abs=0.01)


@given(st.floats(0.05, 100), st.floats(0.2, 20), st.floats(0.0005, 0.2))
def test_the_least_alarming_count_is_the_least_that_alarms(mean: float, size: float, threshold: float) -> None:
    forecast = negative_binomial(np.array([mean]), np.array([size]))
    least = least_alarming(forecast, threshold)
    assert forecast.at_least(least)[0] <= threshold + 1e-9
    assert forecast.at_least(least - 1)[0] > threshold - 1e-9
    assert chance_of_alarm(forecast, threshold)[0] <= threshold + 1e-9


def test_more_events_are_more_surprising() -> None:
    forecast = negative_binomial(np.full(30, 5.0), np.full(30, 2.0))
    found = surprise(Step(0, forecast, np.arange(30)))
    assert (np.diff(found.at_least) < 0).all()
    assert (found.mid_p < found.at_least).all()
    assert found.at_least[0] == pytest.approx(1)


def test_a_threshold_for_one_false_alarm_in_twenty_runs_is_divided_by_the_cells() -> None:
    assert threshold_for(0.05, 490) == pytest.approx(0.05 / 490)
