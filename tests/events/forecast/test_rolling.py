"""Rolling origins, calibrated intervals, choices on earlier months."""

import numpy as np
import pytest
from tests.events.forecast.made import constant, walking

from pledgebook.events.forecast.calibration import ENOUGH, calibrated_bounds, conformal_level, needed_level
from pledgebook.events.forecast.distributions import Counts, negative_binomial
from pledgebook.events.forecast.levels import Level
from pledgebook.events.forecast.models import Candidate, candidates, choose
from pledgebook.events.forecast.rolling import SHORTEST, difference, evaluate, monthly_crps, roll
from pledgebook.events.forecast.scores import bounds
from pledgebook.events.forecast.simple import Empirical, LastValue, NegativeBinomial, Zero


@pytest.mark.parametrize("horizon", [1, 3, 6])
def test_a_forecast_is_made_horizon_months_before_its_month(horizon: int) -> None:
    counts = np.arange(20).reshape(1, 20)
    for step in roll(LastValue(), counts, horizon):
        assert step.came[0] == step.month
        assert step.forecast.quantile(0.5)[0] == step.month - horizon
    assert roll(LastValue(), counts, horizon)[0].month == SHORTEST + horizon - 1


def test_a_scored_span_needs_a_forecast() -> None:
    with pytest.raises(ValueError, match="no month"):
        evaluate("zero", roll(Zero(), walking()), range(3))


def test_the_needed_level_is_the_least_that_covers() -> None:
    forecast = negative_binomial(np.full(60, 9.0), np.full(60, 2.0))
    counts = np.arange(60)
    needed = needed_level(forecast, counts)
    for at, level in enumerate(needed):
        low, high = bounds(forecast, min(level + 1e-9, 1 - 1e-12))
        assert low[at] <= counts[at] <= high[at]
        if level > 1e-6:
            low, high = bounds(forecast, level - 1e-6)
            assert not low[at] <= counts[at] <= high[at]


def test_a_conformal_level_needs_enough_past_forecasts() -> None:
    assert conformal_level(np.zeros(ENOUGH - 1)) == 0.9
    assert conformal_level(np.linspace(0, 1, 99), 0.9) == pytest.approx(np.linspace(0, 1, 99)[89])


@pytest.mark.parametrize("size", [0.8, 2.0, 8.0])
def test_calibrated_intervals_cover_though_the_model_is_wrong(size: float) -> None:
    chance = np.random.default_rng(5)
    wrong = negative_binomial(np.full(40, 30.0), np.full(40, 2.0))

    def draw() -> Counts:
        return chance.negative_binomial(size, size / (size + 30), 40).astype(np.int64)

    past = [(wrong, draw()) for _ in range(20)]
    low, high = calibrated_bounds(wrong, past)
    covered = np.mean([((low <= came) & (came <= high)).mean() for came in (draw() for _ in range(50))])
    assert 0.86 < covered < 0.95


def test_intervals_are_calibrated_on_months_that_had_come_when_the_forecast_was_made() -> None:
    counts = walking(months=30)
    other = counts.copy()
    other[:, 25:] = 400
    before, after = (evaluate("x", roll(NegativeBinomial(), each, 3), range(20, 25), 3) for each in (counts, other))
    assert before == after


def test_coverage_on_counts_made_by_the_model_is_what_it_says() -> None:
    counts = constant(30, 3, 20, 60)
    found = evaluate("x", roll(NegativeBinomial(24), counts), range(30, 60))
    assert 0.86 < found.scores.coverage < 0.94
    assert 0.86 < found.calibrated.coverage < 0.94


def test_a_choice_looks_at_no_month_after_its_span() -> None:
    counts = walking(months=20)
    other = counts.copy()
    other[:, 12:] = 0
    offered = [Candidate(Level(1.0, "log"), 1), Candidate(Level(0.5), 1), Candidate(Empirical(6), 4)]
    assert choose(offered, counts, range(8, 12)) == choose(offered, other, range(8, 12))


def test_a_rich_model_is_not_chosen_for_a_hair() -> None:
    counts = walking()
    same = [Candidate(Empirical(3), 2), Candidate(Empirical(4), 1), Candidate(Zero(), 1)]
    means = dict(choose(same, counts, range(8, 40)).crps)
    rich, plain = means["empirical, 3 months"], means["empirical, 4 months"]
    chosen = choose(same, counts, range(8, 40)).model.name
    assert chosen == ("empirical, 3 months" if rich * 1.01 < plain else "empirical, 4 months")


def test_candidates_without_neighbours_need_none() -> None:
    assert not any("neighbours" in each.model.name for each in candidates())
    assert any("neighbours" in each.model.name for each in candidates(np.eye(3)))


def test_a_difference_comes_with_an_interval_that_holds_it_and_is_the_same_each_time() -> None:
    counts = walking(months=30)
    better, worse = (monthly_crps(roll(model, counts), range(12, 30)) for model in (Level(0.8, "log"), Zero()))
    found = difference(better, worse)
    assert found == difference(better, worse)
    assert found[1] < found[0] < found[2]
    assert found[0] == pytest.approx(worse.mean() - better.mean())
    assert difference(better, better) == (0, 0, 0)
