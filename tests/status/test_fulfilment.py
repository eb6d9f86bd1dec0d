"""Which reports say that it was done, which that it failed, and which stand."""

import re
from typing import Any

import pytest

from pledgebook.core.assessment import Assessment

DUE = "../2025-06"


def text_of(said: Assessment, rule: str) -> str:
    return next(reason.text for reason in said.reasons if reason.rule == rule)


def rules_of(said: Assessment) -> set[str]:
    return {reason.rule for reason in said.reasons}


@pytest.mark.parametrize(
    ("action", "kind", "effect", "verdict"),
    [
        ("open a depot", "institution", "completed", "kept"),
        ("open a depot", "institution", "begun", "open"),
        ("open a depot", "institution", "formalised", "open"),
        ("open a depot", "institution", "handed-over", "open"),
        ("sign a water treaty", "diplomacy", "formalised", "kept"),
        ("sign up 200 guards", "military", "formalised", "open"),
        ("hand over the base", "military", "handed-over", "kept"),
        ("end the mission", "military", "handed-over", "open"),
        ("launch a training programme", "institution", "begun", "kept"),
        ("discuss a launch", "diplomacy", "begun", "open"),
    ],
)
def test_done(make: Any, action: str, kind: str, effect: str, verdict: str) -> None:
    said = make.judge(make.pledge(action=action, kind=kind), make.evidence(effect))
    assert said.verdict == verdict
    assert ("done" in rules_of(said)) == (verdict == "kept")


def test_the_end_of_what_was_to_end_is_done(make: Any) -> None:
    assert make.judge(make.pledge(action="close the camp"), make.evidence("cancelled", direction="supports")).verdict == "kept"


def test_done_in_part(make: Any) -> None:
    told = make.evidence("completed", "2025-03-01", part=True, outlet="a northern paper")
    said = make.judge(make.pledge(deadline=DUE), told, on="2025-06-30")
    assert (said.verdict, said.stage) == ("open", "under way")
    assert text_of(said, "done-in-part") == "a part is said to be done by a northern paper"
    assert make.judge(make.pledge(deadline=DUE), told, on="2025-07-01").verdict == "partly kept"


@pytest.mark.parametrize(
    ("promised", "told", "whole"),
    [
        ("12 schools", "It completed 12 schools.", True),
        ("12 schools", "It completed 14 schools.", True),
        ("12 schools", "It completed 5 schools.", False),
        ("12 schools", "It completed the construction of 5 schools.", False),
        ("12 schools", "It completed 5 of the 12 schools.", False),
        ("12 schools", "It completed 5 schools in the north and 7 schools in the south.", True),
        ("12 schools", "It completed 2 schools, bringing the total to 12 schools.", True),
        ("12 schools", "It completed 2 schools, which makes 7 schools in total.", False),
        ("12 schools", "It completed the last 2 schools.", True),
        ("12 schools", "It completed a school.", False),
        ("12 schools", "It completed a school-building programme.", True),
        ("1 schools", "It completed a school.", True),
        ("12 schools", "It completed 5 clinics.", True),
        ("about 100 schools", "It completed 97 schools.", True),
        ("about 100 schools", "It completed 60 schools.", False),
        ("5400 schools", "It completed about 5000 schools.", True),
        ("at-most 12 schools", "It completed 5 schools.", True),
        ("3 years", "It took 2 years.", True),
        ("5 percent", "It reached 3 percent.", True),
    ],
)
def test_fewer_than_were_promised_are_a_part(make: Any, promised: str, told: str, whole: bool) -> None:
    pledge = make.pledge(action=f"build {promised}", kind="other", quote=f"It will build {promised}.", sums=(promised,), deadline=DUE)
    amounts = tuple(" ".join(found) for found in re.findall(r"(about )?(\d+) (schools|clinics|years|percent)", told))
    report = make.evidence("completed", "2025-03-01", sums=[one.strip() for one in amounts], quote=told)
    said = make.judge(pledge, report, on="2025-04-01")
    assert (said.verdict, "done-in-part" in rules_of(said)) == (("kept", False) if whole else ("open", True))


@pytest.mark.parametrize(
    ("action", "quote", "told"),
    [
        ("reduce its force to 2500 troops", "It will reduce its force to 2500 troops.", "It finished, with 2000 troops there."),
        ("build a plant for 1000 people", "It will build a plant for 1000 people.", "The plant is there, serving 800 people."),
    ],
)
def test_what_is_to_remain_and_whom_it_is_for_are_no_counts_of_what_is_done(make: Any, action: str, quote: str, told: str) -> None:
    sums = {"promised": re.findall(r"\d+ \w+", quote), "told": re.findall(r"\d+ \w+", told)}
    pledge = make.pledge(action=action, kind="military", quote=quote, sums=tuple(sums["promised"]), deadline=DUE)
    said = make.judge(pledge, make.evidence("completed", "2025-03-01", sums=tuple(sums["told"]), quote=told), on="2025-04-01")
    assert said.verdict == "kept"


@pytest.mark.parametrize("effect", ["not-done", "cancelled", "reversed"])
def test_failed(make: Any, effect: str) -> None:
    said = make.judge(make.pledge(deadline=DUE), make.evidence(effect, "2025-08-01"))
    assert text_of(said, "failed") == f"evidence against: {effect} according to Harbour Post"
    assert "evidence against" in said.flags


@pytest.mark.parametrize("effect", ["remains", "begun"])
def test_speaks_against(make: Any, effect: str) -> None:
    told = make.evidence(effect, "2025-08-01", direction="contradicts")
    said = make.judge(make.pledge(deadline=DUE), told)
    assert "speaks-against" in rules_of(said)
    assert (said.verdict, said.flags) == ("open", ("evidence against",))
    assert make.judge(make.pledge(), told).flags == ()  # nothing is late without a date


@pytest.mark.parametrize(
    ("known", "happened", "counts"),
    [
        ("2025-06-30", None, False),
        ("2025-07-01", None, True),
        ("2025-08-01", "2025-05", False),
        ("2025-08-01", "2025-06", True),  # it speaks of the whole time until the due date
        ("2025-08-01", "2025-07-15", True),
    ],
)
def test_not_done_yet(make: Any, known: str, happened: str | None, counts: bool) -> None:
    said = make.judge(make.pledge(deadline=DUE), make.evidence("not-done", known, happened=happened))
    assert said.verdict == ("not kept" if counts else "open")
    assert ("not-done-yet" in rules_of(said)) != counts
    assert said.flags == (("evidence against",) if counts else ())


def test_observed(make: Any) -> None:
    counts = {"source": "observation", "authority": "recorded", "outlet": "a count"}
    fine = make.evidence("consistent", "2026-02-01", **counts)
    said = make.judge(make.pledge(action="end the mission", kind="military", deadline=DUE), fine)
    assert (said.verdict, said.stage, text_of(said, "observed")) == (
        "open",
        "announced",
        "counts of events: consistent with it according to a count",
    )
    worse = make.evidence("inconsistent", "2026-03-01", direction="contradicts", id="o2", **counts)
    against = make.judge(make.pledge(action="end the mission", kind="military", deadline=DUE), fine, worse)
    assert (against.verdict, "evidence against" in against.flags) == ("open", True)
    assert text_of(against, "observed").endswith("; inconsistent with it according to a count")


def test_after_its_end(make: Any) -> None:
    refusal = make.pledge(action="sell rifles", negated=True, deadline="2025")
    sold = make.evidence("completed", "2026-03-01", direction="contradicts")
    said = make.judge(refusal, sold)
    assert "after-its-end" in rules_of(said)
    assert said.verdict == "unverifiable"
    assert make.judge(refusal, make.evidence("completed", "2025-12-31", direction="contradicts")).verdict == "not kept"


@pytest.mark.parametrize("effect", ["not-done", "cancelled"])
def test_overtaken(make: Any, effect: str) -> None:
    failed = make.evidence(effect, "2025-08-01", authority="audited")
    done = make.evidence("completed", "2025-10-01", happened="2025-10-01")
    assert make.judge(make.pledge(deadline=DUE), failed, done, on="2025-09-30").verdict == "not kept"
    said = make.judge(make.pledge(deadline=DUE), failed, done)
    assert (said.verdict, said.flags, said.time.days_late) == ("kept late", (), 93)
    assert "overtaken" in rules_of(said)


def test_the_promiser_overtakes_its_own_admission_and_no_audit(make: Any) -> None:
    done = make.evidence("completed", "2025-10-01", independence="promiser", authority="said", speaker="the minister")
    audit = make.evidence("not-done", "2025-08-01", authority="audited")
    said = make.judge(make.pledge(deadline=DUE), audit, done)
    assert (said.verdict, said.contested_by) == ("not kept", ("the minister",))
    admitted = make.evidence("not-done", "2025-08-01", independence="promiser", authority="said")
    assert make.judge(make.pledge(deadline=DUE), admitted, done).verdict == "kept late"


@pytest.mark.parametrize(
    ("done", "failed", "verdict", "who"),
    [
        ({"authority": "audited"}, {}, "kept", ("a critic",)),
        ({}, {"authority": "audited"}, "not kept", ("a friend",)),
        ({}, {}, "unverifiable", ("a friend", "a critic")),
        ({"authority": "recorded", "independence": "promiser"}, {"authority": "said"}, "not kept", ("a friend",)),
        ({"independence": "party"}, {"independence": "unknown"}, "kept", ("a critic",)),
        ({"authority": "said"}, {"independence": "unknown"}, "kept", ("a critic",)),  # of equal products the more independent
        ({}, {"authority": "said", "independence": "promiser"}, "kept", ("a critic",)),
        ({"authority": "said", "independence": "party"}, {"authority": "said", "independence": "promiser"}, "not kept", ("a friend",)),
    ],
)
def test_weighed_against(make: Any, done: dict[str, Any], failed: dict[str, Any], verdict: str, who: tuple[str, ...]) -> None:
    told = make.evidence("completed", "2025-06-01", speaker="a friend", **done)
    denied = make.evidence("not-done", "2025-07-15", speaker="a critic", **failed)
    said = make.judge(make.pledge(deadline=DUE), told, denied)
    assert (said.verdict, said.contested_by) == (verdict, who)
    assert {"contested", "evidence against"} <= set(said.flags)
    assert "weighed-against" in rules_of(said)


def test_hedged_words_against_weigh_nothing_against_a_fulfilment(make: Any) -> None:
    told = make.evidence("completed", "2025-06-01")
    doubt = make.evidence("not-done", "2025-07-15", hedged=True, authority="audited")
    said = make.judge(make.pledge(deadline=DUE), told, doubt)
    assert (said.verdict, said.flags) == ("kept", ("evidence against",))


def test_money_that_was_delivered_stays_delivered_when_the_programme_ends(make: Any) -> None:
    pledge = make.pledge(kind="fund", action="pay 5 USD", sums=("5 USD",))
    paid = make.evidence("delivered", "2025-01-01", sums=("5 USD",))
    said = make.judge(pledge, paid, make.evidence("cancelled", "2025-09-01", authority="audited"))
    assert said.verdict == "kept"
