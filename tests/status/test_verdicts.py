"""Verdicts on closed and standing promises, and on refusals."""

from typing import Any

import pytest

from pledgebook.core.assessment import Assessment
from pledgebook.core.promise import Change, Promise

DUE = "../2025-06"


def rules_of(said: Assessment) -> set[str]:
    return {reason.rule for reason in said.reasons}


def decided_by(said: Assessment) -> str:
    """The rule that gave the verdict: the last one before the stage."""
    names = [reason.rule for reason in said.reasons]
    return names[names.index("stage") - 1]


def with_history(make: Any, *history: Change) -> Promise:
    return make.promise(make.mention(deadline=DUE), history=history)  # type: ignore[no-any-return]


def test_withdrawn(make: Any) -> None:
    told = with_history(make, make.withdrawal("2025-02-01"))
    assert make.judge(told, on="2025-01-31").verdict == "open"
    said = make.judge(told, make.evidence("completed", "2025-06-01"), on="2025-07-01")
    assert (said.verdict, said.summary, decided_by(said)) == ("withdrawn", "Withdrawn.", "withdrawn")


def test_a_restatement_does_not_undo_a_withdrawal_and_a_new_date_does(make: Any) -> None:
    withdrawal = make.withdrawal("2025-02-01")
    assert make.judge(with_history(make, withdrawal, make.restatement("2025-03-01", "c1"))).verdict == "withdrawn"
    renewed = with_history(make, withdrawal, make.revision("2025-03-01", "c2", "deadline", DUE, "../2026-12"))
    assert make.judge(renewed).verdict == "open"


def test_superseded(make: Any) -> None:
    said = make.judge(make.pledge(deadline=DUE), make.evidence("cancelled", "2025-02-01", reasons=("superseded by the pledge of 2025",)))
    assert (said.verdict, said.time.state, decided_by(said)) == ("superseded", "no due date", "superseded")


def test_lapsed(make: Any) -> None:
    failed = make.evidence("not-done", "2025-02-01", reasons=("condition failed: no vote was held",))
    said = make.judge(make.pledge(deadline=DUE, conditional=True), failed)
    assert (said.verdict, decided_by(said)) == ("lapsed", "lapsed")
    assert make.judge(make.pledge(deadline=DUE), failed).verdict != "lapsed"  # it had no condition


STANDING = {"action": "continue to guard the bridge", "kind": "military"}


def seen(make: Any, day: str, *, well: bool, known: str = "2026-02-01") -> Any:
    return make.evidence(
        "consistent" if well else "inconsistent",
        known,
        id=f"o-{day}-{well}",
        source="observation",
        authority="recorded",
        happened=day,
        outlet="a count",
    )


def test_breached(make: Any) -> None:
    said = make.judge(make.pledge(**STANDING), seen(make, "2025-05-01", well=False), seen(make, "2025-04-01", well=True))
    assert (said.verdict, said.summary) == ("breached", "Breached on 2025-05-01, as observed by a count.")
    since = make.judge(make.pledge(**STANDING), seen(make, "2025-05-01", well=False), seen(make, "2025-06-01", well=True))
    assert "since then held according to a count" in since.summary


def test_holds(make: Any) -> None:
    said = make.judge(make.pledge(**STANDING), seen(make, "2025-04", well=True), seen(make, "2025-03", well=True))
    assert (said.verdict, said.summary) == ("holds", "Holds as of 2025-04-30, as observed by a count.")
    assert said.coverage.found == ("observations",)
    assert make.judge(make.pledge(**STANDING), seen(make, "2025-04", well=True), on="2026-01-31").verdict == "unverifiable"


REFUSAL = {"action": "recognise the annexation", "kind": "diplomacy", "negated": True}


def test_refusal_broken(make: Any) -> None:
    done = make.evidence("formalised", "2025-02-01", direction="contradicts")
    said = make.judge(make.pledge(**REFUSAL), done)
    assert (said.verdict, said.flags, decided_by(said)) == ("not kept", ("evidence against",), "refusal-broken")
    assert make.judge(make.pledge(**REFUSAL), make.evidence("formalised", direction="contradicts", hedged=True)).verdict == "unverifiable"


def test_to_refrain_first_and_to_do_it_later_is_no_contradiction(make: Any) -> None:
    refrained = make.evidence("not-done", "2025-01-01", direction="supports", authority="audited")
    done = make.evidence("formalised", "2025-02-01", direction="contradicts")
    said = make.judge(make.pledge(**REFUSAL), refrained, done)
    assert (said.verdict, said.contested_by) == ("not kept", ())


def test_standing_given_up(make: Any) -> None:
    said = make.judge(make.pledge(**STANDING), make.evidence("reversed", "2025-02-01"))
    assert (said.verdict, decided_by(said)) == ("reversed", "standing-given-up")


@pytest.mark.parametrize("effect", ["completed", "cancelled", "not-done", "begun", None])
def test_standing_without_observations(make: Any, effect: str | None) -> None:
    told = [make.evidence(effect, "2025-02-01")] if effect else []
    said = make.judge(make.pledge(**STANDING), *told)
    assert (said.verdict, decided_by(said)) == ("unverifiable", "standing-without-observations")
    assert ("evidence against" in said.flags) == (effect in {"cancelled", "not-done"})


def test_untestable(make: Any) -> None:
    said = make.judge(make.pledge(testable=False, strength="aspiration"), make.evidence("completed"))
    assert (said.verdict, decided_by(said)) == ("unverifiable", "untestable")
    assert said.summary == "Unverifiable: no public record could show whether it was done."


def test_refusal_kept(make: Any) -> None:
    refusal = make.pledge(**REFUSAL, deadline="2025")
    refrained = make.evidence("not-done", "2026-01-10", direction="supports")
    kept = make.judge(refusal, refrained)
    assert (kept.verdict, kept.time.state, decided_by(kept)) == ("kept", "kept on time", "refusal-kept")
    assert make.judge(refusal, refrained, on="2025-12-31").verdict == "open"
    nothing = make.judge(refusal)
    assert (nothing.verdict, nothing.time.state) == ("unverifiable", "no due date")
    too_soon = make.evidence("not-done", "2025-03-01", direction="supports")
    assert make.judge(refusal, too_soon).verdict == "unverifiable"


@pytest.mark.parametrize("effect", ["reversed", "cancelled"])
def test_reversed_later(make: Any, effect: str) -> None:
    done = make.evidence("completed", "2025-02-01")
    undone = make.evidence(effect, "2025-09-01")
    said = make.judge(make.pledge(), done, undone)
    assert (said.verdict, said.contested_by, decided_by(said)) == ("reversed", (), "reversed-later")
    assert make.judge(make.pledge(), done, undone, on="2025-08-31").verdict == "kept"
    again = make.evidence("completed", "2025-12-01")
    assert make.judge(make.pledge(), done, undone, again).verdict == "kept"


def test_whoever_goes_back_on_it_before_it_is_done_reverses_it(make: Any) -> None:
    assert make.judge(make.pledge(deadline=DUE), make.evidence("reversed", "2025-02-01")).verdict == "reversed"
