"""What all models have in common, and what each says of counts that one can check by hand."""

import numpy as np
import pytest
from tests.events.forecast.made import constant, walking

from pledgebook.events.forecast.distributions import log_pmf
from pledgebook.events.forecast.levels import Level, Pool, levels
from pledgebook.events.forecast.models import BASELINES, CHOSEN, candidates
from pledgebook.events.forecast.pooled import Pooled, prior_of, shared_size
from pledgebook.events.forecast.regression import Prior, Regression
from pledgebook.events.forecast.rolling import roll
from pledgebook.events.forecast.scores import score
from pledgebook.events.forecast.simple import Empirical, LastValue, Model, NegativeBinomial, Poisson, Zero

RING = np.roll(np.eye(8), 1, axis=1) / 2 + np.roll(np.eye(8), -1, axis=1) / 2
ALL: tuple[Model, ...] = (*BASELINES, *(each.model for each in candidates(RING)))


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.name)
@pytest.mark.parametrize("horizon", [1, 3])
def test_every_model_gives_probabilities_for_every_area(model: Model, horizon: int) -> None:
    forecast = model(walking(), horizon)
    assert len(forecast.pmf) == 8
    assert forecast.pmf.min() >= 0
    assert forecast.pmf.sum(axis=1) == pytest.approx(np.ones(8))


@pytest.mark.parametrize("model", [*BASELINES, CHOSEN], ids=lambda model: model.name)
@pytest.mark.parametrize("horizon", [1, 3])
def test_no_forecast_sees_what_comes_after_its_origin(model: Model, horizon: int) -> None:
    counts = walking(months=16)
    other = counts.copy()
    other[:, 12:] = 300
    for before, after in zip(roll(model, counts, horizon), roll(model, other, horizon), strict=True):
        if before.month - horizon < 12:
            assert np.array_equal(before.forecast.pmf, after.forecast.pmf)
    assert not np.array_equal(roll(Empirical(), counts)[-1].forecast.pmf, roll(Empirical(), other)[-1].forecast.pmf)


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.name)
def test_no_model_changes_its_input_or_its_mind(model: Model) -> None:
    counts = walking()
    kept = counts.copy()
    first, second = model(counts, 1), model(counts, 1)
    assert np.array_equal(counts, kept)
    assert np.array_equal(first.pmf, second.pmf)


@pytest.mark.parametrize("model", [model for model in ALL if "neighbours" not in model.name], ids=lambda model: model.name)
def test_the_order_of_areas_does_not_matter(model: Model) -> None:
    counts = walking()
    order = np.array([3, 1, 7, 0, 2, 6, 5, 4])
    plain, turned = model(counts, 1), model(counts[order], 1)
    # Sums in another order end some digits later; where the tail is cut may differ by a column.
    assert turned.mean() == pytest.approx(plain.mean()[order], rel=2e-3)
    assert np.abs(turned.quantile(0.9) - plain.quantile(0.9)[order]).max() <= 1


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.name)
def test_areas_without_any_event_are_forecast_to_be_quiet(model: Model) -> None:
    forecast = model(np.zeros((8, 15), dtype=np.int64), 1)
    assert forecast.pmf.sum(axis=1) == pytest.approx(np.ones(8))
    assert forecast.pmf[:, 0].min() > 0.7


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.name)
def test_one_month_is_enough_to_say_something(model: Model) -> None:
    assert model(walking()[:, :1], 1).pmf.sum(axis=1) == pytest.approx(np.ones(8))


def test_names_tell_models_apart() -> None:
    assert len({model.name for model in ALL}) == len(ALL)


def test_the_simple_models_say_what_they_are_called_after() -> None:
    history = np.array([[0, 4, 2, 2]])
    assert Zero()(history).pmf.tolist() == [[1]]
    assert LastValue()(history).quantile(0.5).tolist() == [2]
    assert Empirical(3)(history).pmf.tolist() == [[0, 0, 2 / 3, 0, 1 / 3]]
    assert Poisson()(history).mean()[0] == pytest.approx(2, rel=1e-4)
    forecast = NegativeBinomial()(np.array([[0, 8, 1, 3]]))
    spread = forecast.pmf[0] @ (np.arange(forecast.pmf.shape[1]) - 3.0) ** 2
    assert forecast.mean()[0] == pytest.approx(3, rel=1e-3)
    assert spread == pytest.approx(np.var([0, 8, 1, 3], ddof=1), rel=1e-2)


def test_a_discounted_mean_of_one_month_is_that_month_and_a_discount_of_one_forgets() -> None:
    history = np.array([[3, 9, 0]])
    assert levels(history, 0.5)[0].tolist() == pytest.approx([3, (1.5 + 9) / 1.5, (0.75 + 4.5) / 1.75])
    assert levels(history, 1.0).tolist() == history.tolist()


def test_pooling_finds_the_size_that_the_counts_were_made_with() -> None:
    counts = constant(20, 4, 30, 60)
    assert shared_size(counts, counts.mean(axis=1)) == pytest.approx(4, rel=0.15)


def test_pooling_lets_a_busy_area_be_busy_among_empty_ones() -> None:
    counts = np.zeros((14, 12), dtype=np.int64)
    counts[0] = 3
    mean = Pooled()(counts).mean()
    assert mean[0] > 2
    assert mean[1:].max() < 0.2


def test_pooling_draws_an_area_to_the_others_the_more_the_less_is_known() -> None:
    counts = np.tile([3, 7, 5], (12, 4))
    counts += np.arange(12)[:, None] % 3
    counts[0] += 10
    far, near = Pooled(3)(counts).mean()[0], Pooled(12)(counts).mean()[0]
    assert 5 < far < 15
    assert far < near <= 15


def test_the_prior_of_areas_has_their_mean() -> None:
    centre, shape = prior_of(np.array([60, 50, 70, 65, 55]), 12)
    assert centre == pytest.approx(5, rel=0.05)
    assert shape > 5


@pytest.mark.parametrize("link", ["identity", "log"])
def test_the_slope_of_the_likelihood_is_its_slope(link: str) -> None:
    chance = np.random.default_rng(5)
    means, sizes = chance.uniform(0.1, 2, (50, 2)), np.column_stack([np.ones(50), chance.normal(size=50)])
    counts = chance.poisson(1.5, 50).astype(float)
    regression = Regression(link, *(Prior(np.zeros(2), np.ones(2)) for _ in range(3)))  # type: ignore[arg-type] # a parameter of the test
    weights = chance.normal(scale=0.3, size=6)
    value, slope = regression._likelihood(weights, means, sizes, counts)
    for at in range(6):
        step = np.zeros(6)
        step[at] = 1e-6
        ahead, back = (regression._likelihood(weights + sign * step, means, sizes, counts)[0] for sign in (1, -1))
        assert slope[at] == pytest.approx((ahead - back) / 2e-6, rel=1e-4, abs=1e-4)
    assert value < 0


def test_extra_zeros_add_up_with_the_counts() -> None:
    regression = Regression("log", *(Prior(np.zeros(1), np.ones(1)) for _ in range(3)))
    one, weights = np.ones((200, 1)), np.array([1.0, 0.5, -0.4])
    total = sum(np.exp(regression._likelihood(weights, one[:1], one[:1], np.array([float(count)]))[0]) for count in range(200))
    assert total == pytest.approx(1, abs=1e-6)


def test_a_regression_finds_the_mean_and_size_of_its_counts() -> None:
    counts = constant(20, 4, 30, 60).reshape(-1).astype(float)
    one = np.ones((len(counts), 1))
    regression = Regression("log", Prior(np.zeros(1), np.full(1, 1e-6)), Prior(np.zeros(1), np.full(1, 1e-6)))
    mean, size, zeros = regression.predict(regression.fit(one, one, counts), one[:1], one[:1])
    assert mean[0] == pytest.approx(counts.mean(), rel=1e-3)
    assert size[0] == pytest.approx(4, rel=0.15)
    assert zeros[0] == 0
    assert log_pmf(counts, mean, size).sum() >= log_pmf(counts, 20.0, 4.0).sum()


def test_the_chosen_model_beats_the_plain_ones_where_levels_wander_far() -> None:
    counts = walking(areas=12, months=36, sway=0.5)
    found = {
        model.name: score([step.forecast for step in steps], [step.came for step in steps]).crps
        for model in (CHOSEN, LastValue(), Empirical(), NegativeBinomial(), Poisson())
        for steps in [roll(model, counts)[6:]]
    }
    assert min(found, key=lambda name: found[name]) == CHOSEN.name


def test_a_pool_is_the_mean_of_its_parts() -> None:
    parts = (LastValue(), Level(0.5))
    counts = walking()
    assert Pool("both", parts)(counts).mean() == pytest.approx((parts[0](counts).mean() + parts[1](counts).mean()) / 2)
