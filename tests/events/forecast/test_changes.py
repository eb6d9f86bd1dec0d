"""Changes of level in made series."""

import itertools

import numpy as np
import pytest
from tests.events.forecast.made import constant

from pledgebook.events.forecast.changes import SHORTEST, changes
from pledgebook.events.forecast.distributions import Counts


def stepped(*parts: tuple[float, int], size: float = 5, seed: int = 5) -> Counts:
    return np.concatenate([constant(mean, size, 1, months, seed + at)[0] for at, (mean, months) in enumerate(parts)])


def test_a_clear_change_is_dated_within_a_month_most_of_the_time() -> None:
    found = [changes(stepped((5, 24), (25, 23), seed=seed)) for seed in range(0, 120, 3)]
    assert np.mean([any(abs(each.at - 24) <= 1 for each in one) for one in found]) > 0.85
    assert np.mean([len(one) for one in found]) < 1.15


def test_a_constant_series_hardly_ever_has_a_change() -> None:
    found = [len(changes(series)) for mean, size in ((0.3, 1), (3, 2), (30, 5)) for series in constant(mean, size, 60, 47)]
    assert np.mean(found) < 0.03


def test_two_changes_are_told_apart_with_the_means_between_them() -> None:
    up, down = changes(stepped((2, 20), (40, 20), (2, 20)))
    assert (abs(up.at - 20) <= 1, abs(down.at - 40) <= 1) == (True, True)
    assert up.before < 5 < up.after == down.before
    assert down.after < 5


def test_the_date_lies_within_its_range_and_a_clear_change_has_a_narrow_one() -> None:
    (clear,) = changes(np.array([0] * 12 + [50] * 12))
    assert (clear.earliest, clear.at, clear.latest) == (12, 12, 12)
    for change in changes(stepped((4, 24), (12, 24))):
        assert change.earliest <= change.at <= change.latest
        assert change.gain > 0


@pytest.mark.parametrize("months", range(2 * SHORTEST))
def test_a_short_series_has_no_change(months: int) -> None:
    assert changes(np.arange(months) * 100) == ()


def test_an_empty_area_has_no_change() -> None:
    assert changes(np.zeros(47, dtype=np.int64)) == ()


def test_the_partition_is_the_best_of_all() -> None:
    series = stepped((2, 5), (15, 5), (3, 4))
    from pledgebook.events.forecast.changes import _Costs, _partition

    costs, price = _Costs(series, 4.0), 3.0
    best, _ = _partition(costs, price)
    every = []
    for number in range(4):
        for starts in itertools.combinations(range(1, len(series)), number):
            edges = [0, *starts, len(series)]
            if all(b - a >= SHORTEST for a, b in itertools.pairwise(edges)):
                every.append(sum(costs.one(a, b) for a, b in itertools.pairwise(edges)) + number * price)
    assert best == pytest.approx(min(every))


def test_a_higher_price_means_fewer_changes() -> None:
    series = stepped((2, 16), (6, 16), (2, 16), size=20)
    assert len(changes(series, 1.0)) >= len(changes(series, 8.0)) >= len(changes(series, 1000.0)) == 0
