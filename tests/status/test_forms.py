"""What form a promise has and what is missing to test it."""

from typing import Any

import pytest

from pledgebook.core.assessment import Assessment


def text_of(said: Assessment, rule: str) -> str:
    return next(reason.text for reason in said.reasons if reason.rule == rule)


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        ("one-off", {"action": "open a depot at the river"}),
        ("one-off", {"action": "withdraw 300 guards", "kind": "military", "sums": ("300 guards",)}),
        ("one-off", {"action": "fine the company", "kind": "legal", "sums": ("2000000 USD",)}),
        ("one-off", {"action": "cut losses by a fifth", "kind": "supply", "sums": ("20 percent",)}),
        ("one-off", {"action": "ensure that all units leave", "kind": "military", "deadline": "../2026-05"}),
        ("one-off", {"action": "open a centre to ensure that water is safe"}),
        ("one-off", {"action": "work with Southland on a water treaty", "kind": "diplomacy"}),
        ("one-off", {"action": "help Southland repair the dam", "kind": "supply", "deadline": "2026"}),
        ("one-off", {"action": "sell rifles to Southland", "negated": True, "deadline": "2026"}),
        ("quantity", {"action": "provide $20 million", "kind": "fund", "sums": ("20000000 USD",)}),
        ("quantity", {"action": "continue to provide $20 million", "kind": "fund", "sums": ("20000000 USD",)}),
        ("quantity", {"action": "send 40 pumps", "kind": "supply", "sums": ("40 pumps",)}),
        ("standing", {"action": "continue to patrol the straits", "kind": "military"}),
        ("standing", {"action": "remain a partner of Southland", "kind": "diplomacy"}),
        ("standing", {"action": "make sure that the crossing is open"}),
        ("standing", {"action": "committed to the partnership", "kind": "diplomacy"}),
        ("one-off", {"action": "standing up a task force"}),
        ("standing", {"action": "resolutely keep the crossing open"}),
        ("standing", {"action": "assume responsibility for guarding the border", "kind": "military"}),
        ("standing", {"action": "support the people of Southland", "kind": "other"}),
        ("standing", {"action": "work with partners to improve schools", "kind": "other"}),
        ("standing", {"action": "host the mission", "deadline": "2026-09", "deadline_role": "until"}),
        ("standing", {"action": "host the mission", "deadline": "2026-09/..", "deadline_role": "not-before"}),
        ("standing", {"action": "recognise the annexation", "negated": True}),
    ],
)
def test_form(make: Any, form: str, fields: dict[str, Any]) -> None:
    assert make.judge(make.pledge(**fields)).testability.form == form


@pytest.mark.parametrize(
    ("missing", "fields"),
    [
        (("date",), {}),
        ((), {"deadline": "2026"}),
        (("actor",), {"deadline": "2026", "actors": ()}),
        (("scope",), {"deadline": "2026", "countries": (), "purposes": ()}),
        (("deliverable", "date"), {"testable": False}),
        (("deliverable", "date"), {"strength": "aspiration"}),
        (("date",), {"deadline": "2026-09/..", "deadline_role": "not-before"}),
    ],
)
def test_missing(make: Any, missing: tuple[str, ...], fields: dict[str, Any]) -> None:
    said = make.judge(make.pledge(**fields))
    assert said.testability.missing == missing
    assert not missing or text_of(said, "missing") == f"not told: {', '.join(missing)}"


@pytest.mark.parametrize(("strength", "words"), [("intention", "as an intention"), ("aspiration", "as a hope")])
def test_intention(make: Any, strength: str, words: str) -> None:
    said = make.judge(make.pledge(strength=strength), make.evidence("completed"))
    assert words in text_of(said, "intention")
    assert said.verdict == "kept"  # what became of it is judged all the same


def test_a_pledge_needs_no_such_word(make: Any) -> None:
    assert all(reason.rule != "intention" for reason in make.judge(make.pledge()).reasons)
