"""Due dates and who moved them."""

from typing import Any

import pytest

from pledgebook.core.assessment import Assessment
from pledgebook.core.promise import Promise


def text_of(said: Assessment, rule: str) -> str:
    return next(reason.text for reason in said.reasons if reason.rule == rule)


def rules_of(said: Assessment) -> set[str]:
    return {reason.rule for reason in said.reasons}


@pytest.mark.parametrize(
    ("deadline", "on", "state", "days"),
    [
        ("../2025-09", "2025-08-31", "not due", None),
        ("../2025-09", "2025-09-01", "due", None),
        ("../2025-09", "2025-09-30", "due", None),
        ("../2025-09", "2025-10-01", "overdue", 1),
        ("../2025-09", "2026-11-01", "overdue", 397),
        ("2025-09-30", "2025-09-29", "not due", None),
        ("2025-09-30", "2025-09-30", "due", None),
        ("2025-09-30", "2025-10-02", "overdue", 2),
        ("2025", "2024-12-31", "not due", None),
        ("2025", "2025-12-31", "due", None),
        ("2025", "2026-01-01", "overdue", 1),
        ("2024/2026", "2025-06-01", "due", None),
        ("2025-22", "2025-09-22", "due", None),
        ("2025-22", "2025-09-23", "overdue", 1),
        ("202X", "2026-11-01", "due", None),
        ("XXXX-09", "2026-11-01", "no due date", None),
        ("2026-09/..", "2026-11-01", "no due date", None),
        ("next spring", "2026-11-01", "no due date", None),
        (None, "2026-11-01", "no due date", None),
    ],
)
def test_due_date(make: Any, deadline: str | None, on: str, state: str, days: int | None) -> None:
    said = make.judge(make.pledge(known="2024-01-10", deadline=deadline), on=on)
    assert (said.time.state, said.time.days_late, said.verdict) == (state, days, "open")


def test_a_date_first_told_later_is_the_due_date(make: Any) -> None:
    told = make.promise(make.mention(), make.mention("2024-05-01", id="c2", deadline="../2024-12"))
    assert make.judge(told, on="2024-04-30").time.due is None
    assert make.judge(told, on="2024-05-01").time.due == "../2024-12"


def moved(make: Any, day: str | None, before: str = "../2025-06", after: str = "../2025-12") -> Promise:
    return make.promise(  # type: ignore[no-any-return]
        make.mention(deadline=before),
        make.mention(day, id="c2", deadline=after),
        history=(make.revision(day, "c2", "deadline", before, after),),
    )


def test_date_moved(make: Any) -> None:
    told = moved(make, "2025-05-01")
    assert make.judge(told, on="2025-04-30").time.due == "../2025-06"
    said = make.judge(told, on="2025-08-01")
    assert (said.time.due, said.time.state, said.time.slips[0].days) == ("../2025-12", "not due", 184)
    assert (
        text_of(said, "date-moved") == "moved from ../2025-06 to ../2025-12 (184 days later) by the minister of works, told on 2025-05-01"
    )
    assert "its date was moved by 184 days before it had passed" in said.summary
    kept = make.judge(told, make.evidence("completed", "2025-11-01"))
    assert (kept.verdict, kept.time.state, len(kept.time.slips)) == ("kept", "kept on time", 1)


def test_a_date_brought_forward_counts_too(make: Any) -> None:
    said = make.judge(moved(make, "2025-01-15", after="../2025-03"), on="2025-04-01")
    assert (said.time.slips[0].days, said.time.state, said.time.days_late) == (-91, "overdue", 1)


def test_an_undated_revision_moves_nothing(make: Any) -> None:
    assert make.judge(moved(make, None)).time.due == "../2025-06"


def test_the_promiser_moves_its_own_date_by_what_it_reports(make: Any) -> None:
    told = make.pledge(deadline="../2025-06")
    slipped = make.evidence("slipped", "2025-05-01", moved_to="2025-09", independence="promiser", authority="said", speaker="the minister")
    said = make.judge(told, slipped, on="2025-08-01")
    assert (said.time.due, said.time.state) == ("2025-09", "not due")
    assert (said.time.slips[0].by, said.time.slips[0].told, said.time.slips[0].days) == ("the minister", "2025-05-01", 92)


def test_the_same_move_told_twice_is_one(make: Any) -> None:
    slipped = make.evidence("slipped", "2025-05-03", moved_to="2025-12", independence="promiser")
    assert len(make.judge(moved(make, "2025-05-01"), slipped).time.slips) == 1


def test_moved_after_it_passed(make: Any) -> None:
    said = make.judge(moved(make, "2025-07-15"), on="2025-08-01")
    assert (said.time.due, said.time.state, said.time.days_late) == ("../2025-06", "overdue", 32)
    assert said.time.slips[0].after == "../2025-12"
    assert "lateness counts from ../2025-06" in text_of(said, "moved-after-it-passed")
    late = make.judge(moved(make, "2025-07-15"), make.evidence("completed", "2025-11-01", happened="2025-11-01"))
    assert (late.verdict, late.time.days_late) == ("kept late", 124)


@pytest.mark.parametrize(
    "changes", [{}, {"independence": "party"}, {"independence": "promiser", "hedged": True}, {"independence": "promiser", "part": True}]
)
def test_moved_by_others(make: Any, changes: dict[str, Any]) -> None:
    slipped = make.evidence("slipped", "2025-05-01", moved_to="../2025-12", **changes)
    said = make.judge(make.pledge(deadline="../2025-06"), slipped, on="2025-08-01")
    assert (said.time.due, said.time.state, len(said.time.slips)) == ("../2025-06", "overdue", 1)
    assert "shown, not in force" in text_of(said, "moved-by-others")


def test_postponed_without_date(make: Any) -> None:
    said = make.judge(make.pledge(deadline="../2025-06"), make.evidence("slipped", "2025-05-01", independence="promiser"), on="2025-08-01")
    assert (said.time.due, said.time.slips) == ("../2025-06", ())
    assert "postponed-without-date" in rules_of(said)


def test_unread_date(make: Any) -> None:
    said = make.judge(make.pledge(deadline="next spring"))
    assert text_of(said, "unread-date") == "the date 'next spring' cannot be read"
    assert (said.time.due, said.testability.missing) == (None, ("date",))


@pytest.mark.parametrize(
    ("deadline", "role"), [("2026-09/..", "not-before"), ("2025-08", "starts"), ("../2025-09", "until"), ("2025-09-30", "until")]
)
def test_no_due_date(make: Any, deadline: str, role: str) -> None:
    said = make.judge(make.pledge(deadline=deadline, deadline_role=role))
    assert (said.time.state, said.time.due) == ("no due date", None)
    assert "which is no due date" in text_of(said, "no-due-date")


def test_what_goes_on_all_the_time_is_not_due_in_the_time_it_goes_on(make: Any) -> None:
    said = make.judge(make.pledge(action="continue to guard the bridge", deadline="2025", deadline_role="during"))
    assert (said.time.state, said.testability.form) == ("no due date", "standing")
    assert "no-due-date" in rules_of(said)


def test_uncertain_date(make: Any) -> None:
    told = make.pledge(deadline="2025-09~")
    failed = make.evidence("not-done", "2025-12-01")
    said = make.judge(told, failed, on="2025-12-01")
    assert "uncertain-date" in rules_of(said)
    assert (said.verdict, said.flags) == ("not kept", ("evidence against", "provisional"))
    assert make.judge(told, on="2025-09-30").time.state == "due"
