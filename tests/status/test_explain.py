"""An assessment as readable lines, and what changed between two."""

from typing import Any

import msgspec
import pytest

from pledgebook.status.explain import difference, explanation

DUE = "../2025-06"


def test_an_explanation_tells_every_axis_and_each_rule(make: Any) -> None:
    told = make.promise(
        make.mention(deadline=DUE, kind="supply", sums=("40 pumps",)),
        make.mention("2025-05-01", id="c2", deadline="../2025-12"),
        history=(make.revision("2025-05-01", "c2", "deadline", DUE, "../2025-12"),),
        disputes=(make.dispute("a river council"),),
    )
    said = make.judge(told, make.evidence("delivered", "2025-09-01", sums=("9 pumps",)))
    lines = explanation(said)
    assert lines[:9] == [
        said.summary,
        "verdict: partly kept (contested)",
        "stage: under way",
        "time: overdue by 305 days, due ../2025-12",
        "date moved: ../2025-06 to ../2025-12, 184 days later, by the minister of works on 2025-05-01",
        "form: quantity, testable",
        "delivered: 9/40 pumps",
        "contested by: a river council",
        "grade: reported, third-party",
    ]
    assert lines[9:12] == [
        "coverage: 1 of 2 expected; missing: funded or begun",
        "reviewed by a person",
        "as of 2026-11-01, by rules 2026.4, because:",
    ]
    assert [line.split(":")[0].strip() for line in lines[12:]] == [reason.rule for reason in said.reasons]
    assert "  partly-kept: a part is done according to Harbour Post, and no more is shown [e-delivered-2025-09-01]" in lines


@pytest.mark.parametrize(
    ("fields", "evidence", "lines"),
    [
        (
            {},
            [],
            [
                "time: no due date",
                "form: one-off, testable; not told: date",
                "coverage: 0 of 2 expected; missing: formalised or begun, completed",
            ],
        ),
        ({"kind": "diplomacy", "deadline": "../2027"}, [], ["coverage: no evidence expected yet", "time: not due, due ../2027"]),
        ({"deadline": DUE}, ["2025-07-05"], ["time: kept late by 5 days, due ../2025-06"]),
        (
            {"deadline": DUE},
            ["2025-06-20/2025-07-05"],
            ["time: kept on time as far as the dates tell, at most 5 days late, due ../2025-06"],
        ),
        ({"deadline": "XXXX-09"}, [], ["time: no day from which it is late (XXXX-09)"]),
        ({"review": "machine-read", "testable": False}, [], ["machine-read, not reviewed", "verdict: unverifiable (provisional)"]),
    ],
)
def test_each_axis_in_words(make: Any, fields: dict[str, Any], evidence: list[str], lines: list[str]) -> None:
    told = [make.evidence("completed", "2025-08-01", happened=day) for day in evidence]
    assert set(lines) <= set(explanation(make.judge(make.pledge(**fields), *told)))


def test_a_difference_tells_what_moved_a_verdict(make: Any) -> None:
    told = make.pledge(deadline=DUE)
    before = make.judge(told, on="2025-06-30")
    after = make.judge(told, make.evidence("completed", "2025-07-10", happened="2025-07-01", decided=None), on="2025-08-01")
    assert difference(before, after) == [
        "verdict: open -> kept late",
        "stage: announced -> delivered",
        "time: due, due ../2025-06 -> kept late by 1 day, due ../2025-06",
        "grade: none -> reported, third-party",
        "coverage: 0 of 1 expected; missing: formalised or begun -> 1 of 2 expected; missing: formalised or begun",
        "flag: + provisional",
        "rests on: + e-completed-2025-07-10",
        "rule: - still-open",
        "rule: - due-now",
        "rule: + done",
        "rule: + lateness",
        "rule: + kept-late",
        "rule: + kept-in-time",
        "rule: + tied-by-machine",
        "rule: + grade",
    ]


def test_a_difference_names_rules_review_disputes_and_moves(make: Any) -> None:
    before = make.judge(make.pledge(deadline=DUE, review="machine-read"), on="2025-06-30")
    slipped = make.evidence("slipped", "2025-06-01", moved_to="../2025-07", speaker="a clerk")
    disputed = make.promise(make.mention(deadline=DUE), disputes=(make.dispute("a river council"),))
    after = msgspec.structs.replace(make.judge(disputed, slipped, on="2025-06-30"), rules="2027.1")
    lines = difference(before, after)
    assert {
        "rules: 2026.4 -> 2027.1",
        "reviewed: no -> yes",
        "flag: - provisional",
        "flag: + contested",
        "contested by: + a river council",
        "date moved: + ../2025-06 to ../2025-07, 31 days later, by a clerk on 2025-06-01",
    } <= set(lines)


def test_no_difference_is_none(make: Any) -> None:
    told = make.pledge(deadline=DUE)
    assert difference(make.judge(told, on="2025-02-01"), make.judge(told, on="2025-03-01")) == []


def test_two_promises_are_not_compared(make: Any) -> None:
    with pytest.raises(ValueError, match="two promises: p-c1 and p-c2"):
        difference(make.judge(make.pledge()), make.judge(make.pledge(id="c2")))
