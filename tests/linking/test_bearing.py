"""A claim held against a mention: what keeps it from bearing, what speaks for it, and its effect on the promise."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.linking.made import DONE, PROMISED, features, mention, told

from pledgebook.core.claim import Effect
from pledgebook.linking.bearing import _CONFLICTS, THRESHOLD, bear, common_words, effect_on, places_of, signs_of, weights

Fields = dict[str, object]
ENDS: Fields = {"quote": "Freedonia will end the border mission in Iraq.", "action": "end the border mission in Iraq"}
GIVES: Fields = {"quote": "Freedonia will give $20 million for wells in Iraq.", "action": "give $20 million for wells in Iraq", "amounts": [("20000000", "USD")]}  # fmt: skip
GAVE: Fields = {"quote": "Freedonia delivered $20 million for wells in Iraq.", "action": "delivered $20 million for wells in Iraq", "effect": "delivered", "amounts": [("20000000", "USD")]}  # fmt: skip

BUILDS: Fields = {"quote": "Freedonia will build 12 schools in Iraq.", "action": "build 12 schools in Iraq"}
BUILT: Fields = {"quote": "Freedonia has completed 12 schools in Iraq.", "action": "completed 12 schools in Iraq", "effect": "completed"}


def conflicts(claim: Fields, promise: Fields) -> set[str]:
    """The names of all that keeps the claim from bearing on the promise."""
    one, seen = mention(**promise), told(**claim)  # type: ignore[arg-type] # texts
    return {name for name, holds in _CONFLICTS if holds(seen, one, features(one))}


@pytest.mark.parametrize(
    ("claim", "promise", "conflict"),
    [
        ({"known": "2024-02-29"}, {}, "told before the promise"),
        ({"sha256": "promise"}, {}, "the document that promises"),
        ({"countries": ["SY"]}, {}, "other countries"),
        ({"actors": ["Sylvania"]}, {}, "other actors"),
        ({"quote": "The second phase: " + DONE[0]}, {"quote": "The first phase: " + PROMISED[0]}, "another phase"),
        ({"quote": "Freedonia opened an embassy.", "action": "opened an embassy"}, ENDS, "another kind of thing"),
        ({**GAVE, "amounts": [("5000000", "USD")], "quote": "Freedonia delivered $5 million for tents.", "action": "delivered $5 million for tents"}, GIVES, "another delivery"),
        ({**GAVE, "countries": []}, GIVES, "another delivery"),
        ({"quote": "Freedonia opened the border mission in Iraq.", "action": "opened the border mission in Iraq"}, ENDS, "another act"),
        ({**BUILT, "quote": "Freedonia ended the school in Iraq.", "action": "ended the school in Iraq"}, BUILDS, "another act"),
        ({**BUILT, "quote": "Freedonia completed the talks in Iraq.", "action": "completed the talks in Iraq"}, GIVES, "another act"),
        ({**BUILT, "quote": "Freedonia completed the repair of 12 schools in Iraq.", "action": "completed the repair of 12 schools in Iraq"}, BUILDS, "another act"),
        ({**BUILT, "quote": "Freedonia mended the school complex in Iraq.", "action": "mended the school complex in Iraq"}, BUILDS, "another act"),
        ({"quote": "Freedonia celebrated.", "action": "celebrated"}, {}, "nothing telling in common"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_keeps_a_claim_from_bearing(claim: Fields, promise: Fields, conflict: str) -> None:
    assert conflict in conflicts(claim, promise)
    one = mention(**promise)  # type: ignore[arg-type] # texts
    assert bear(told(**claim), one, features(one)) is None  # type: ignore[arg-type] # texts


@pytest.mark.parametrize(
    ("claim", "promise"),
    [
        ({}, {}),
        ({"known": "2024-03-01"}, {}),
        ({"known": None}, {}),
        ({}, {"known": None}),
        ({"countries": []}, {}),
        ({"countries": ["IQ", "SY"]}, {}),
        ({"actors": []}, {}),
        ({"actors": ["Global Coalition to Defeat ISIS"]}, {}),
        ({"actors": ["Freedonia", "Sylvania"]}, {}),
        ({"quote": "The first phase: " + DONE[0]}, {}),
        ({"quote": "Phase one: " + DONE[0]}, {"quote": "The first phase: " + PROMISED[0]}),
        (GAVE, GIVES),
        (BUILT, BUILDS),
        ({**BUILT, "action": "12 schools in Iraq were completed"}, BUILDS),
        (
            {"quote": "The border mission in Iraq is still there.", "action": "border mission in Iraq is still there", "effect": "remains"},
            ENDS,
        ),
    ],
    ids=range(15),
)
def test_what_may_bear(claim: Fields, promise: Fields) -> None:
    assert conflicts(claim, promise) == set()


def test_a_claim_that_tells_the_promise_again_bears_with_reasons() -> None:
    one = mention()
    found = bear(told(), one, features(one))
    assert found is not None
    assert found.score > 0.9
    assert (found.effect, found.direction, found.reasons[0]) == ("completed", "supports", "effect: completed")
    signs = signs_of(told(), one, features(one))
    assert {reason.rsplit(" ", 1)[0] for reason in found.reasons[1:]} == {name for name, value in signs.items() if value}
    points = [abs(float(reason.rsplit(" ", 1)[1])) for reason in found.reasons[1:]]
    assert points == sorted(points, reverse=True)


def test_a_claim_that_tells_hardly_any_of_it_does_not_bear() -> None:
    one = mention(quote="", action="clear minefields, rebuild bridges, schools, hospitals and waterworks around Samarra and Tikrit")
    seen = told(quote="Freedonia cleared a minefield.", action="cleared a minefield", countries=[], actors=[])
    assert conflicts({"quote": seen.claim.quote, "action": seen.claim.action}, {"action": one.commitment.action}) == set()
    assert bear(seen, one, features(one)) is None


@pytest.mark.parametrize(
    ("sign", "claim", "promise", "value"),
    [
        ("same actor", {}, {}, 1.0),
        ("same actor", {"actors": []}, {}, 0.0),
        ("actor's name in the words", {"actors": []}, {}, 1.0),
        ("actor's name in the words", {}, {}, 0.0),
        ("actor's name in the words", {"actors": [], "quote": "They cleared it."}, {}, 0.0),
        ("same country", {"countries": ["IQ", "SY"]}, {}, 1.0),
        ("same countries", {"countries": ["IQ", "SY"]}, {}, 0.0),
        ("same countries", {}, {}, 1.0),
        ("same countries", {"countries": []}, {"countries": []}, 0.0),
        ("no country told", {"countries": []}, {}, 1.0),
        ("no country told", {}, {}, 0.0),
        ("no actor told", {}, {"actors": []}, 1.0),
        ("same sum", GAVE, GIVES, 1.0),
        ("same sum", {**GAVE, "amounts": [("20000000", "EUR")]}, GIVES, 0.0),
        ("years between", {"known": "2024-03-01"}, {}, 0.0),
        ("years between", {"known": "2034-03-01"}, {}, 1.0),
        ("years between", {"known": None}, {}, 0.0),
    ],
)
def test_signs(sign: str, claim: Fields, promise: Fields, value: float) -> None:
    one = mention(**promise)  # type: ignore[arg-type] # texts
    assert signs_of(told(**claim), one, features(one))[sign] == value  # type: ignore[arg-type] # texts


def test_every_sign_has_a_weight_and_every_weight_a_sign() -> None:
    one = mention()
    assert {*signs_of(told(), one, features(one)), "(full)"} == set(weights())


def test_the_words_in_common_are_those_that_tell_the_promise() -> None:
    common = common_words(told().claim, mention())
    assert "minefi" in common
    assert not {"freedo", "iraq", "in"} & common  # actors and places are compared as such


@pytest.mark.parametrize(
    ("actors", "countries", "expected"),
    [
        ([], ["IQ"], {"IQ"}),
        (["Iraq"], ["IQ", "SY"], {"SY"}),
        (["Iraq"], ["IQ"], set()),
        (["Iraq", "Syria"], ["IQ", "SY"], {"IQ", "SY"}),
        (["Freedonia"], ["IQ", "SY"], {"IQ", "SY"}),
        ([], [], set()),
    ],
)
def test_the_home_of_an_actor_is_no_place_of_what_it_did(actors: list[str], countries: list[str], expected: set[str]) -> None:
    assert places_of(told(actors=actors, countries=countries).claim) == expected


DO, END, KEEP = "clear the fields", "end the mission", "maintain the mission"


@pytest.mark.parametrize(
    ("promised", "effect", "action", "expected"),
    [
        (DO, "completed", "cleared the fields", ("completed", "supports")),
        (DO, "delivered", "x", ("delivered", "supports")),
        (DO, "begun", "x", ("begun", "supports")),
        (DO, "formalised", "x", ("formalised", "supports")),
        (DO, "funded", "x", ("funded", "supports")),
        (DO, "handed-over", "x", ("handed-over", "supports")),
        (DO, "remains", "x", ("remains", "contradicts")),
        (DO, "slipped", "x", ("slipped", "contradicts")),
        (DO, "not-done", "x", ("not-done", "contradicts")),
        (DO, "cancelled", "x", ("cancelled", "contradicts")),
        (DO, "reversed", "x", ("reversed", "contradicts")),
        (END, "completed", "ended the mission", ("completed", "supports")),
        (END, "cancelled", "cancelled the mission", ("completed", "supports")),
        (END, "remains", "the mission remains", ("remains", "contradicts")),
        (END, "not-done", "has not ended", ("not-done", "contradicts")),
        (KEEP, "remains", "the mission remains", ("begun", "supports")),
        (KEEP, "completed", "ended the mission", ("cancelled", "contradicts")),
        (KEEP, "completed", "held the mission", ("completed", "supports")),
        (KEEP, "cancelled", "cancelled the mission", ("cancelled", "contradicts")),
    ],
)
def test_the_effect_on_the_promise(promised: str, effect: Effect, action: str, expected: tuple[str, str]) -> None:
    claim = told(action=action, effect=effect).claim
    assert effect_on(claim, mention(action=promised))[:2] == expected
    found, direction, why = effect_on(claim, mention(action=promised, negated=True))
    assert (found, direction) == (expected[0], {"supports": "contradicts", "contradicts": "supports"}[expected[1]])
    assert why.endswith("of an act that was refused")


fields_of_claims = st.fixed_dictionaries(
    {
        "effect": st.sampled_from(["completed", "delivered", "remains", "not-done", "slipped", "begun"]),
        "actors": st.sampled_from([[], ["Freedonia"], ["Sylvania"], ["Iraq"]]),
        "countries": st.sampled_from([[], ["IQ"], ["SY"], ["IQ", "SY"]]),
        "known": st.none() | st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1)).map(str),
        "amounts": st.sampled_from([[], [("20000000", "USD")]]),
    }
)


@given(fields_of_claims, st.sampled_from([{}, ENDS, GIVES, {"negated": True}, {"countries": []}]))
def test_what_bears_scores_enough_and_no_rule_forbids_it(claim: Fields, promise: Fields) -> None:
    one, seen = mention(**promise), told(**claim)  # type: ignore[arg-type] # texts
    found = bear(seen, one, features(one))
    if found is not None:
        assert THRESHOLD <= found.score <= 1.0
        assert conflicts(claim, promise) == set()
        assert (found.effect, found.direction) == effect_on(seen.claim, one)[:2]
        assert seen.known is None or seen.known >= "2024-03-01"
