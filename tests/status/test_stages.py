"""The stage, and what stands beside the verdict."""

from typing import Any

import pytest

from pledgebook.core.assessment import Assessment

DUE = "../2025-06"


def text_of(said: Assessment, rule: str) -> str:
    return next(reason.text for reason in said.reasons if reason.rule == rule)


def rules_of(said: Assessment) -> set[str]:
    return {reason.rule for reason in said.reasons}


@pytest.mark.parametrize(
    ("effects", "stage"),
    [
        ((), "announced"),
        (("formalised",), "formalised"),
        (("funded", "formalised"), "funded"),
        (("begun", "funded"), "under way"),
        (("completed",), "delivered"),
        (("cancelled", "funded"), "funded"),
        (("slipped",), "announced"),
    ],
)
def test_stage(make: Any, effects: tuple[str, ...], stage: str) -> None:
    said = make.judge(make.pledge(deadline=DUE), *(make.evidence(effect, "2025-02-01") for effect in effects), on="2025-03-01")
    assert said.stage == stage
    assert "stage" in rules_of(said)


def test_the_promisers_own_report_raises_the_stage_with_a_low_grade(make: Any) -> None:
    said = make.judge(make.pledge(), make.evidence("begun", independence="promiser", authority="said"))
    assert (said.stage, said.verdict) == ("under way", "open")
    assert (said.grade.authority, said.grade.independence) == ("said", "promiser")


def test_hedged_words_deliver_nothing_and_a_refusal_has_no_stages(make: Any) -> None:
    assert make.judge(make.pledge(), make.evidence("completed", hedged=True)).stage == "under way"
    assert make.judge(make.pledge(negated=True), make.evidence("completed", direction="contradicts")).stage == "announced"


def test_contested_by_evidence(make: Any) -> None:
    done = make.evidence("completed", "2025-06-01", authority="audited")
    said = make.judge(make.pledge(deadline=DUE), done, make.evidence("not-done", "2025-07-15", speaker="a critic"))
    assert text_of(said, "contested-by-evidence") == "contradicted by a critic"
    assert said.summary == "Kept on time; contradicted by a critic."


def test_contested_in_scope(make: Any) -> None:
    done = make.evidence("completed", "2025-06-01")
    said = make.judge(make.pledge(deadline=DUE), done, make.evidence("remains", "2025-06-20", speaker="a clerk"))
    assert (said.verdict, said.flags, said.contested_by) == ("kept", ("contested",), ("a clerk",))
    assert text_of(said, "contested-in-scope") == "contested in scope by a clerk"
    before = make.judge(make.pledge(deadline=DUE), done, make.evidence("remains", "2025-05-20"))
    assert before.flags == ()  # what was left before it was done


def test_contested_by_a_dispute(make: Any) -> None:
    told = make.promise(disputes=(make.dispute("a river council"), make.dispute("an auditor", "2025-05-01T09:00:00Z")))
    said = make.judge(told, make.evidence("completed"))
    assert (said.verdict, said.contested_by, said.flags) == ("kept", ("an auditor", "a river council"), ("contested",))
    assert text_of(said, "contested-by-a-dispute") == "disputed by an auditor, a river council"


def test_evidence_against(make: Any) -> None:
    said = make.judge(make.pledge(), make.evidence("not-done"))
    assert (said.verdict, said.flags) == ("open", ("evidence against",))
    assert text_of(said, "evidence-against") == "evidence against from Harbour Post"
    assert said.summary == "Open, no due date; there is evidence against."


def test_not_reviewed(make: Any) -> None:
    said = make.judge(make.pledge(review="machine-read"))
    assert (said.flags, said.reviewed) == (("provisional",), False)
    assert text_of(said, "not-reviewed") == "machine-read, not reviewed"


def test_a_restatement_nobody_looked_at_takes_no_review_away_and_a_revision_does(make: Any) -> None:
    later = make.mention("2024-06-01", review="machine-read", id="c2", deadline="../2026-06")
    restated = make.promise(make.mention(deadline=DUE), later, history=(make.restatement("2024-06-01", "c2"),))
    assert make.judge(restated).reviewed
    revised = make.promise(make.mention(deadline=DUE), later, history=(make.revision("2024-06-01", "c2", "deadline", DUE, "../2026-06"),))
    assert not make.judge(revised).reviewed
    assert make.judge(revised, on="2024-05-31").reviewed


def test_tied_by_machine(make: Any) -> None:
    said = make.judge(make.pledge(), make.evidence("completed", decided=None))
    assert (said.verdict, said.flags) == ("kept", ("provisional",))
    assert "tied-by-machine" in rules_of(said)
    beside = make.judge(make.pledge(), make.evidence("completed"), make.evidence("begun", "2024-06-01", decided=None))
    assert beside.flags == ()  # the verdict does not rest on it


def test_only_the_promiser(make: Any) -> None:
    own = make.evidence("completed", independence="promiser")
    said = make.judge(make.pledge(), own)
    assert (said.verdict, said.flags) == ("kept", ("provisional",))
    assert text_of(said, "only-the-promiser") == "only the promiser says so"
    assert make.judge(make.pledge(), own, make.evidence("completed", "2025-04-01")).flags == ()


def test_only_hedged(make: Any) -> None:
    said = make.judge(make.pledge(), make.evidence("completed", hedged=True))
    assert (said.verdict, said.flags) == ("kept", ("provisional",))
    assert "only-hedged" in rules_of(said)


def test_lateness_uncertain(make: Any) -> None:
    told = make.evidence("completed", "2025-08-01", happened="2025-08-01")
    said = make.judge(make.pledge(deadline="2025-06?"), told)
    assert (said.verdict, said.flags) == ("kept late", ("provisional",))
    assert text_of(said, "lateness-uncertain") == "how late it was rests on an uncertain due date"
    assert make.judge(make.pledge(deadline=DUE), told).flags == ()


def test_grade(make: Any) -> None:
    told = [make.evidence("completed", "2025-03-01"), make.evidence("completed", "2025-04-01", authority="audited", independence="party")]
    said = make.judge(make.pledge(), *told)
    assert (said.grade.authority, said.grade.independence) == ("audited", "party")
    assert text_of(said, "grade") == "best evidence: audited, party"
    assert make.judge(make.pledge()).grade is None


@pytest.mark.parametrize(
    ("fields", "effects", "on", "expected", "found"),
    [
        ({"kind": "fund"}, ("funded",), "2025-06-30", ("formalised or funded",), ("formalised or funded",)),
        ({"kind": "fund"}, ("funded",), "2025-07-01", ("formalised or funded", "delivered"), ("formalised or funded",)),
        ({"kind": "fund"}, ("delivered",), "2025-03-02", ("formalised or funded", "delivered"), ("delivered",)),
        ({"kind": "military"}, ("begun",), "2025-07-01", ("formalised or begun", "completed"), ("formalised or begun",)),
        ({"kind": "institution"}, (), "2025-06-30", ("formalised or begun",), ()),
        ({"kind": "diplomacy"}, (), "2025-06-30", (), ()),
        ({"kind": "diplomacy"}, (), "2025-07-01", ("formalised",), ()),
        ({"kind": "legal"}, ("completed",), "2025-07-01", ("formalised",), ("formalised",)),
        ({"kind": "supply"}, ("handed-over",), "2025-07-01", ("funded or begun", "delivered"), ("delivered",)),
        ({"kind": "other"}, ("not-done",), "2025-07-01", ("completed",), ()),
        ({"action": "remain a partner", "deadline": None}, ("begun",), "2025-07-01", ("observations",), ()),
    ],
)
def test_coverage(
    make: Any, fields: dict[str, Any], effects: tuple[str, ...], on: str, expected: tuple[str, ...], found: tuple[str, ...]
) -> None:
    told = [make.evidence(effect, "2025-03-01") for effect in effects]
    said = make.judge(make.pledge(**{"deadline": DUE, **fields}), *told, on=on)
    assert (said.coverage.expected, said.coverage.found) == (expected, found)
    assert text_of(said, "coverage").startswith(f"{len(found)} of {len(expected)} ")
