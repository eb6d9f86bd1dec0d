"""The rule for a breach: named thresholds, sides apart, nothing later seen."""

import dataclasses

import numpy as np
import pytest
from tests.events.forecast.made import constant

from pledgebook.events.forecast.breach import (
    ATTACKS,
    LASTING,
    RULES,
    STRUCK,
    Rule,
    Sides,
    breach,
    breaches,
    false_alarm_rate,
    side_of,
    twelve_month_maximum,
)

MONTHS, NOW = 30, 24


def sides(**more: int) -> Sides:
    """Three calm areas; in the first, this many events more of a side in month NOW and the one before."""
    made = {name: constant(1, 5, 3, MONTHS, seed) for seed, name in enumerate(("attacks", "struck", "against", "unclear"))}
    for name, extra in more.items():
        made[name][0, NOW - 1 : NOW + 1] += extra
    return Sides(**made)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_operations_against_the_group_never_fire_a_rule(rule: Rule) -> None:
    offensive = sides(against=500, unclear=500)
    calm = sides()
    for month in range(12, MONTHS):
        for found, plain in zip(breaches(offensive, month, rule), breaches(calm, month, rule), strict=True):
            assert (found.outcome, found.at_least) == (plain.outcome, plain.at_least)
    assert breach(offensive, 0, NOW, rule).against >= 500
    assert twelve_month_maximum(offensive.all(), 0, NOW - 1)


def test_a_surge_of_attacks_fires_and_tells_its_figures() -> None:
    found = breach(sides(attacks=20), 0, NOW - 1)
    assert found.fired
    assert found.count >= 20
    assert found.quantile is not None
    assert found.count > found.quantile
    assert found.at_least is not None
    assert found.mid_p is not None
    assert 0 <= found.mid_p <= found.at_least < 0.01


def test_a_rule_that_asks_for_two_months_waits_for_the_second() -> None:
    surge = sides(attacks=20)
    assert breach(surge, 0, NOW - 1, LASTING).outcome == "not-lasting"
    assert breach(surge, 0, NOW, LASTING).fired


def test_struck_counts_only_where_the_rule_says_so() -> None:
    surge = sides(struck=20)
    assert breach(surge, 0, NOW - 1, ATTACKS).outcome == "within"
    assert breach(surge, 0, NOW - 1, STRUCK).fired


def test_too_few_events_do_not_fire_however_surprising() -> None:
    quiet = Sides(*(np.zeros((3, MONTHS), dtype=np.int64) for _ in range(4)))
    quiet.attacks[0, NOW] = 2
    assert breach(quiet, 0, NOW).outcome == "few"
    quiet.attacks[0, NOW] = 3
    assert breach(quiet, 0, NOW).fired


def test_without_twelve_months_before_there_is_no_verdict() -> None:
    found = breach(sides(attacks=20), 0, 11)
    assert (found.outcome, found.at_least, found.quantile) == ("too-short", None, None)


def test_later_months_change_no_finding() -> None:
    one, other = sides(attacks=20), sides(attacks=20)
    other.attacks[:, NOW + 1 :] = 99
    for rule in RULES.values():
        assert all(breaches(one, month, rule) == breaches(other, month, rule) for month in (11, 12, NOW - 1, NOW))


@pytest.mark.parametrize("counted", [(), ("against",), ("attacks", "unclear")])
def test_a_rule_that_counts_what_was_done_to_the_group_cannot_be_made(counted: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="what the group did"):
        Rule("wrong", counted=counted)  # type: ignore[arg-type] # what must not pass


def test_rules_are_found_by_their_names() -> None:
    assert all(rule.name == name for name, rule in RULES.items())
    assert {"attacks-12m-surprise-0.99", "attacks-and-struck-12m-surprise-0.99"} <= set(RULES)


@pytest.mark.parametrize(
    ("attack", "group_dead", "other_dead", "side"),
    [(True, 9, 0, "attacks"), (False, 1, 3, "struck"), (False, 20, 2, "against"), (False, 2, 2, "unclear"), (False, 0, 0, "unclear")],
)
def test_a_side_is_told_by_the_source_or_by_who_lost_more(attack: bool, group_dead: int, other_dead: int, side: str) -> None:
    assert side_of(attack=attack, group_dead=group_dead, other_dead=other_dead) == side


def test_calm_areas_fire_about_as_often_as_was_told() -> None:
    calm = Sides(*(constant(4, 3, 40, 60, seed) for seed in range(4)))
    rule = dataclasses.replace(ATTACKS, level=0.95, at_least=1)
    fired = sum(found.fired for month in range(24, 60, 6) for found in breaches(calm, month, rule))
    expected = sum(false_alarm_rate(calm, month, rule).sum() for month in range(24, 60, 6))
    assert expected < 0.05 * 240
    assert fired == pytest.approx(expected, abs=8)


def test_the_rate_of_false_alarms_is_told_for_rules_of_one_month() -> None:
    with pytest.raises(ValueError, match="one month"):
        false_alarm_rate(sides(), NOW, LASTING)


def test_the_plain_rule_needs_twelve_months_and_more_than_all_of_them() -> None:
    counts = np.array([[1] * 12 + [1, 2]])
    assert not twelve_month_maximum(counts, 0, 11)
    assert not twelve_month_maximum(counts, 0, 12)
    assert twelve_month_maximum(counts, 0, 13)
