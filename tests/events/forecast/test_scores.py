"""Scores of forecasts: known values, propriety, and the challenge's own way with draws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.events.forecast.distributions import Counts, Numbers, negative_binomial, point, weighted
from pledgebook.events.forecast.scores import BINS, bounds, crps, ignorance, interval_score, score

counts = st.integers(0, 400)


@given(counts, counts)
def test_the_crps_of_a_point_is_the_absolute_error(told: int, came: int) -> None:
    assert crps(point(np.array([told])), np.array([came]))[0] == abs(told - came)


@given(st.lists(counts, min_size=1, max_size=12), counts)
def test_the_crps_of_past_counts_is_that_of_an_ensemble(past: list[int], came: int) -> None:
    members = np.array([past])
    expected = np.abs(members - came).mean() - np.abs(members[:, :, None] - members[:, None, :]).mean() / 2
    assert crps(weighted(members, np.ones(len(past))), np.array([came]))[0] == pytest.approx(expected)


@given(counts)
def test_ignorance_is_that_of_a_thousand_draws_with_one_more_in_each_bin(came: int) -> None:
    sure = ignorance(point(np.array([came])), np.array([came]))[0]
    assert sure == pytest.approx(-np.log2(1001 / 1011))
    wrong = ignorance(point(np.array([came + 5000])), np.array([came]))[0]
    assert wrong == pytest.approx(-np.log2(1 / 1011))


def test_counts_of_one_bin_are_as_good_as_each_other() -> None:
    forecast = point(np.array([11] * 3))
    assert len(set(ignorance(forecast, np.array([11, 20, 25])))) == 1
    assert ignorance(forecast, np.array([26] * 3))[0] > 9
    assert BINS[:4] == (0, 1, 3, 6)


def test_the_interval_score_charges_twenty_for_each_count_beyond() -> None:
    forecast = weighted(np.array([list(range(1, 101))]), np.ones(100))
    assert [int(end[0]) for end in bounds(forecast)] == [5, 95]
    assert interval_score(forecast, np.array([50]))[0] == pytest.approx(90)
    assert interval_score(forecast, np.array([97]))[0] == pytest.approx(90 + 2 * 20)
    assert interval_score(forecast, np.array([2]))[0] == pytest.approx(90 + 3 * 20)


def drawn(mean: float, size: float) -> tuple[Counts, Numbers]:
    chance = np.random.default_rng(5)
    return chance.negative_binomial(size, size / (size + mean), 4000).astype(np.int64), np.ones(4000)


@pytest.mark.parametrize(("mean", "size"), [(8, 2), (12, 2), (10, 0.7), (10, 6), (10, 1e7)])
def test_no_other_forecast_scores_better_on_average_than_the_truth(mean: float, size: float) -> None:
    came, ones = drawn(10, 2)
    truth, other = negative_binomial(10 * ones, 2 * ones), negative_binomial(mean * ones, size * ones)
    for each in (crps, ignorance, interval_score):
        assert each(truth, came).mean() < each(other, came).mean()


def test_the_interval_of_the_true_model_covers_what_it_says() -> None:
    came, ones = drawn(40, 3)
    found = score([negative_binomial(40 * ones, 3 * ones)], [came])
    assert 0.89 < found.coverage < 0.93
    assert found.below + found.coverage + found.above == pytest.approx(1)
    assert found.below == pytest.approx(0.05, abs=0.015)
