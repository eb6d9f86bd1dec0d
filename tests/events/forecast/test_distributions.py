"""Forecasts as probabilities of counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom, poisson

from pledgebook.events.forecast.distributions import LONGEST, POISSON, log_pmf, mixture, negative_binomial, point, weighted

means = st.floats(0.01, 500)
#: A smaller size would have its tail cut where the mean is great.
sizes = st.floats(0.2, 100)


@given(means, sizes)
def test_a_negative_binomial_adds_up_to_one_and_has_its_mean(mean: float, size: float) -> None:
    forecast = negative_binomial(np.array([mean]), np.array([size]))
    assert forecast.pmf.sum() == pytest.approx(1)
    assert forecast.pmf.min() >= 0
    assert forecast.mean()[0] == pytest.approx(mean, rel=1e-3)


@given(means, sizes, st.floats(0.01, 0.99))
def test_quantiles_are_those_of_scipy(mean: float, size: float, probability: float) -> None:
    forecast = negative_binomial(np.array([mean]), np.array([size]))
    expected = nbinom.ppf(probability, size, size / (size + mean))
    assert abs(int(forecast.quantile(probability)[0]) - expected) <= (
        abs(nbinom.cdf(expected, size, size / (size + mean)) - probability) < 1e-6
    )


def test_an_infinite_size_is_a_poisson_distribution() -> None:
    counts = np.arange(40)
    assert np.exp(log_pmf(counts, 7.0, POISSON)) == pytest.approx(poisson.pmf(counts, 7.0), abs=1e-6)


def test_at_least_and_at_most_leave_nothing_out() -> None:
    forecast = negative_binomial(np.array([3.0, 50.0]), np.array([1.0, 2.0]))
    for count in (0, 1, 7, 10**7):
        counts = np.full(2, count)
        assert forecast.at_least(counts) + forecast.at_most(counts) - forecast.at(counts) == pytest.approx(np.ones(2), abs=1e-9)
    assert forecast.at_least(np.zeros(2)) == pytest.approx(np.ones(2))
    assert forecast.at(np.full(2, 10**7)).tolist() == [0, 0]


def test_a_tail_that_is_too_long_lies_on_the_greatest_count() -> None:
    forecast = negative_binomial(np.array([1e5]), np.array([0.01]))
    assert forecast.pmf.shape[1] == LONGEST
    assert forecast.pmf.sum() == pytest.approx(1)
    assert forecast.pmf[0, -1] > 0


def test_past_counts_keep_their_weights() -> None:
    forecast = weighted(np.array([[0, 0, 2], [1, 5, 1]]), np.array([1.0, 1.0, 2.0]))
    assert forecast.pmf[0, :3].tolist() == [0.5, 0, 0.5]
    assert forecast.pmf[1, [1, 5]].tolist() == [0.75, 0.25]


def test_a_mixture_has_the_mean_of_the_means() -> None:
    mixed = mixture([point(np.array([2, 4])), point(np.array([10, 0]))], np.array([0.25, 0.75]))
    assert mixed.mean().tolist() == [8, 1]
    assert mixed.pmf.sum(axis=1).tolist() == [1, 1]
