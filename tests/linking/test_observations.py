"""What counts of events say of a standing promise: consistent, inconsistent, or nothing."""

import datetime
from typing import Any

import msgspec
import pytest
from tests.linking.made import mention

from pledgebook.core.indicator import Indicator
from pledgebook.core.observation import Observation
from pledgebook.core.promise import Promise
from pledgebook.linking.observations import NO_CONTROL, Watched, default_indicator, indicators_in, watch
from pledgebook.linking.observed import evidence_of
from pledgebook.linking.observed_words import watched_words

ATTACKS = Indicator(group="IS", countries=("SY",), rule="attacks-12m-surprise-0.99", chosen="by coder")


def event(month: str, number: int, **changes: Any) -> Observation:
    day = datetime.date.fromisoformat(f"{month}-{number % 27 + 1:02}")
    fields: dict[str, Any] = {
        "id": f"ucdp:{month}-{number}-{changes.get('type', 'a')}-{changes.get('area', 'SY-HL')}", "kind": "event", "source": "ucdp-ged", "start": day, "end": day,
        "place_span": "exact", "country_code": "SY", "area": "SY-HL", "type": "one-sided", "side_a": "IS", "side_b": "Civilians", "best": 2,
    }  # fmt: skip
    return Observation(**{**fields, **changes})


def months(first: int, count: int) -> list[str]:
    return [f"{2016 + (first + at) // 12}-{(first + at) % 12 + 1:02}" for at in range(count)]


def quiet(count: int = 30) -> list[Observation]:
    """Two attacks in every month, in two areas."""
    return [event(month, number, area=area) for month in months(0, count) for number in (1, 2) for area in ("SY-HL", "SY-HI")]


def promised(**changes: Any) -> Promise:
    quote = "Syria will take greater responsibility for ensuring that ISIS cannot retake territory."
    told = mention(quote, "take greater responsibility for ensuring that ISIS cannot retake territory", countries=("SY",), **changes)
    return Promise(id="p-1", mentions=(told,), history=())


def evidence(watched: Watched, since: str | None = "2017-06") -> list[tuple[str, str | None]]:
    return [(one.direction, one.happened) for one in evidence_of(promised(), watched, since=since, known="2019-01-01", decided="coder")]


def test_counts_within_what_was_expected_are_consistent_as_of_the_last_month() -> None:
    assert evidence(watch(ATTACKS, quiet())) == [("supports", "2018-06")]


def test_a_month_far_beyond_it_is_inconsistent_and_says_so_with_its_numbers() -> None:
    burst = [event("2018-03", number, type="one-sided") for number in range(3, 25)]
    watched = watch(ATTACKS, [*quiet(), *burst])
    found = evidence_of(promised(), watched, since="2017-06", known="2019-01-01", decided=None)
    assert [(one.direction, one.happened) for one in found] == [("contradicts", "2018-03"), ("supports", "2018-06")]
    assert found[0].quote.startswith("UCDP GED: 24 attacks on civilians by IS in SY-HL (Aleppo) in 2018-03; ")
    assert all(NO_CONTROL in one.quote and NO_CONTROL in one.reasons for one in found)
    assert (found[0].source, found[0].authority, found[0].independence) == ("observation", "recorded", "third-party")


def test_an_offensive_against_the_group_never_speaks_against_the_promise() -> None:
    offensive = [
        event("2018-03", number, type="state-based", side_a="Government of Syria", side_b="IS", deaths_a=1, deaths_b=40)
        for number in range(3, 27)
    ]
    assert evidence(watch(ATTACKS, [*quiet(), *offensive])) == [("supports", "2018-06")]


@pytest.mark.parametrize("since", [None, "2018-06", "2020-01"])
def test_without_a_month_since_the_promise_nothing_is_known(since: str | None) -> None:
    assert evidence(watch(ATTACKS, quiet()), since) == []


def test_without_events_of_the_country_nothing_is_known() -> None:
    watched = watch(Indicator(group="IS", countries=("IQ",), rule=ATTACKS.rule), quiet())
    assert (watched.months, evidence(watched)) == ((), [])


def test_too_few_months_have_no_baseline_and_give_no_evidence() -> None:
    assert evidence(watch(ATTACKS, quiet(8)), "2016-02") == []


def test_what_is_in_no_area_is_left_out_and_counted() -> None:
    vague = [event("2018-06", number, area=None, place_span="country") for number in range(3)]
    watched = watch(ATTACKS, [*quiet(), *vague])
    assert watched.unplaced == 3
    (told,) = evidence_of(promised(), watched, since="2017-06", known="2019-01-01", decided=None)
    assert "3 events of the group are in no area or month and are left out" in told.reasons


def test_only_the_areas_of_the_indicator_are_watched() -> None:
    burst = [event("2018-03", number, area="SY-HI") for number in range(3, 25)]
    only = Indicator(group="IS", countries=("SY",), rule=ATTACKS.rule, areas=("SY-HL",))
    watched = watch(only, [*quiet(), *burst])
    assert watched.areas == ("SY-HL",)
    assert evidence(watched) == [("supports", "2018-06")]


def test_months_after_it_change_nothing_that_is_said_of_a_month() -> None:
    first = {(one.area, one.month): one for one in watch(ATTACKS, quiet(24)).findings}
    more = {(one.area, one.month): one for one in watch(ATTACKS, quiet(30)).findings}
    assert all(more[place] == one for place, one in first.items())


def test_the_default_indicator_is_the_attacks_of_the_group_that_the_promise_names() -> None:
    found = default_indicator(promised())
    assert found is not None
    assert (found.group, found.countries, found.rule) == ("IS", ("SY",), "attacks-12m-surprise-0.99")
    other = mention("Syria will keep the border open.", "keep the border open", countries=("SY",))
    assert default_indicator(Promise(id="p-2", mentions=(other,), history=())) is None


def words(watched: Watched, since: str | None = "2017-06") -> str:
    return "\n".join(watched_words(watched, since))


def test_words_name_the_rule_its_threshold_and_what_the_data_cover() -> None:
    told = words(watch(ATTACKS, [*quiet(), *(event("2018-03", number) for number in range(3, 25))]))
    assert "attacks on civilians by IS in Syria, set by coder" in told
    assert "at least 3 attacks on civilians in an area in a month, and more than 99%" in told
    assert "data: UCDP GED, 2016-01 to 2018-06, 2 areas" in told
    assert "asked in 12 months and fired in 2018-03" in told
    assert NO_CONTROL in told


def test_data_that_end_before_the_promise_tell_nothing_of_it() -> None:
    assert "the data end in 2018-06, and the promise was made in 2020-01: they tell nothing" in words(watch(ATTACKS, quiet()), "2020-01")
    assert "when the promise was made is not told" in words(watch(ATTACKS, quiet()), None)
    assert "no event data of Syria: nothing is known of it" in words(watch(ATTACKS, []))


def test_counts_of_one_country_do_not_say_that_it_holds_in_another() -> None:
    both = watch(Indicator(group="IS", countries=("IQ", "SY"), rule="attacks-12m-surprise-0.99"), quiet())
    assert (both.missing, evidence(both)) == (("IQ",), [])
    assert "no event data of Iraq" in words(both)


def count(month: str, side: str, value: int, **changes: Any) -> Observation:
    day = datetime.date.fromisoformat(f"{month}-01")
    last = (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)
    fields: dict[str, Any] = {
        "id": f"table:made:{month}-{side}-{changes.get('area', 'SY-HL')}", "kind": "figure", "source": "table", "start": day, "end": last,
        "date_span": "month", "place_span": "area", "country_code": "SY", "area": "SY-HL", "measure": "events of IS", "unit": "events",
        "side_a": "IS", "subtype": side, "value": str(value), "headline": "A survey",
    }  # fmt: skip
    return Observation(**{**fields, **changes})


def counts() -> list[Observation]:
    """The same as `quiet`, counted by somebody else."""
    return [count(month, "attacks", 2, area=area) for month in months(0, 30) for area in ("SY-HL", "SY-HI")]


def test_counts_by_side_find_what_the_events_would() -> None:
    one, other = watch(ATTACKS, counts()), watch(ATTACKS, quiet())
    assert (one.findings, one.sources) == (other.findings, ("A survey",))
    offensive = [count("2018-03", "against", 60), count("2018-04", "unclear", 60)]
    assert not any(found.fired for found in watch(ATTACKS, [*counts(), *offensive]).findings)


def test_counts_are_not_added_to_events_nor_to_another_table() -> None:
    assert watch(ATTACKS, [*counts(), *quiet()]).findings == watch(ATTACKS, quiet()).findings
    again = [msgspec.structs.replace(one, id=one.id.replace("made", "other")) for one in counts()]
    assert watch(ATTACKS, [*counts(), *again]).findings == watch(ATTACKS, counts()).findings


def test_an_area_of_which_a_count_is_missing_is_left_out_and_named() -> None:
    watched = watch(ATTACKS, [one for one in counts() if one.id != "table:made:2017-02-attacks-SY-HI"])
    assert (watched.areas, watched.gaps) == (("SY-HL",), ("SY-HI",))
    assert "areas for which a month is not told are left out: Homs" in words(watched)


def test_an_event_that_runs_on_does_not_make_the_data_cover_a_month_more() -> None:
    long = event("2018-06", 5, end=datetime.date(2018, 7, 31))
    watched = watch(ATTACKS, [*quiet(), long])
    assert (watched.months[-1], watched.unplaced) == ("2018-06", 1)
    assert evidence(watched) == [("supports", "2018-06")]


def groups(country: str, *observations: Observation) -> list[str]:
    found = indicators_in(country, observations)
    assert {(one.countries, one.rule) for one in found} <= {((country,), "attacks-12m-surprise-0.99")}
    return [one.group for one in found]


def test_what_can_be_watched_in_a_country_are_the_groups_that_its_data_tell_of() -> None:
    others = [event("2018-01", number, side_a="Al-Shabaab, Ruritanian Front") for number in (1, 2)]
    assert groups("SY", event("2018-01", 3), *others) == ["Al-Shabaab", "IS"]
    assert groups("IQ", event("2018-01", 3)) == []
    assert groups("SY", event("2018-01", 3, area=None)) == []
    # Counts of a group of which the events are silent would look as if it had been quiet.
    assert groups("SY", count("2018-01", "attacks", 2, side_a="Ruritanian Front")) == ["Ruritanian Front"]
    assert groups("SY", count("2018-01", "attacks", 2, side_a="Ruritanian Front"), event("2018-01", 3)) == ["IS"]
