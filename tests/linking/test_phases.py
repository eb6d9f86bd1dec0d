"""Claims about a phase of a plan as such, and the promises of that phase that they bear on."""

import pytest
from tests.linking.made import features, mention, told

from pledgebook.linking.bearing import bear
from pledgebook.linking.keys import claim_keys, mention_keys
from pledgebook.linking.phases import phase_told
from pledgebook.status.case import SURE_LINK

FIRST = "In the first phase, Freedonia will leave the northern base in Iraq by March 2025."
LEAVE: dict[str, object] = {"quote": FIRST, "action": "leave the northern base in Iraq by March 2025", "actors": ["Freedonia"]}


@pytest.mark.parametrize(
    ("action", "names", "thing"),
    [
        ("The first phase of the transition was completed", {"phase 1"}, set()),
        ("the second phase has been postponed", {"phase 2"}, set()),
        ("Phase one of the withdrawal ended", {"phase 1"}, {"withdr"}),
        ("completed the first stage of the base handover", {"stage 1"}, {"base", "handov"}),
        ("left the base in the first phase", None, None),
        ("The first phase will be delayed", {"phase 1"}, set()),
    ],
)
def test_a_claim_tells_of_a_phase_only_if_the_phase_is_what_it_speaks_of(
    action: str, names: set[str] | None, thing: set[str] | None
) -> None:
    found = phase_told(told(action=action, quote=f"{action}.").claim)
    assert (set(found.names), set(found.thing)) == (names, thing) if found is not None else (names, thing) == (None, None)


def borne(quote: str, **fields: object) -> tuple[str, str, bool] | None:
    """Effect, direction and whether it is weighed before a person has tied it."""
    one = mention(**LEAVE)  # type: ignore[arg-type] # texts
    seen = told(quote=quote, action=quote.rstrip("."), **fields)
    found = bear(seen, one, features(one))
    if found is not None:
        assert claim_keys(seen) & mention_keys(one, features(one))
    return (found.effect, found.direction, found.score >= SURE_LINK) if found is not None else None


def test_a_milestone_is_done_when_its_phase_is_said_to_be_completed() -> None:
    assert borne("The first phase of the withdrawal from the base was completed.", actors=["Freedonia"]) == ("completed", "supports", True)


def test_a_phase_of_a_plan_that_is_not_named_is_shown_and_not_weighed() -> None:
    assert borne("The first phase of the transition was completed.", actors=["Freedonia"]) == ("completed", "supports", False)
    assert borne("The first phase has been postponed.", effect="slipped") == ("slipped", "contradicts", False)


@pytest.mark.parametrize("when", ["After the first phase", "Following completion of the first phase", "Before the first phase"])
def test_what_comes_after_a_phase_or_before_it_is_not_of_it(when: str) -> None:
    one = mention(**{**LEAVE, "quote": FIRST.replace("In the first phase", when)})  # type: ignore[arg-type] # texts
    seen = told(quote="The first phase of the transition was completed.", action="The first phase of the transition was completed")
    assert bear(seen, one, features(one)) is None


def test_a_cancelled_phase_speaks_against_even_the_promise_to_end_something() -> None:
    assert borne("The first phase of the transition was cancelled.", effect="cancelled") == ("cancelled", "contradicts", False)


@pytest.mark.parametrize(
    ("quote", "fields"),
    [
        ("The second phase of the transition was completed.", {}),
        ("The first phase of the vaccination campaign was completed.", {}),
        ("The first phase of the transition was completed.", {"countries": ["SY"]}),
        ("The first phase of the transition was completed.", {"countries": [], "actors": []}),
        ("The first phase of the transition was completed.", {"known": "2024-02-01"}),
    ],
)
def test_another_phase_thing_place_or_time_bears_on_nothing(quote: str, fields: dict[str, object]) -> None:
    assert borne(quote, **fields) is None
