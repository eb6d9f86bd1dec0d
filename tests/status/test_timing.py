"""How late it was, and where it stands."""

from typing import Any

import pytest

from pledgebook.core.assessment import Assessment

DUE = "../2025-06"


def text_of(said: Assessment, rule: str) -> str:
    return next(reason.text for reason in said.reasons if reason.rule == rule)


def rules_of(said: Assessment) -> set[str]:
    return {reason.rule for reason in said.reasons}


@pytest.mark.parametrize(
    ("happened", "verdict", "low", "high"),
    [
        ("2025-06-30", "kept", None, None),
        ("2025-07-01", "kept late", 1, 1),
        ("2025-07", "kept late", 1, 31),
        ("2025-06", "kept", None, None),
        ("2025", "kept", None, 93),  # told on 2025-10-01: it cannot have been later
        ("2025-06-20/2025-07-10", "kept", None, 10),
        ("../2025-07-10", "kept", None, 10),
        ("XXXX-07", "kept late", 93, 93),  # tells no day: that of the report stands
    ],
)
def test_lateness(make: Any, happened: str, verdict: str, low: int | None, high: int | None) -> None:
    said = make.judge(make.pledge(deadline=DUE), make.evidence("completed", "2025-10-01", happened=happened))
    assert (said.verdict, said.time.days_late, said.time.days_late_at_most) == (verdict, low, high)
    assert "lateness" in rules_of(said)


def test_the_promisers_own_earlier_date_does_not_make_it_less_late(make: Any) -> None:
    own = make.evidence("completed", "2025-07-05", happened="2025-07-05", independence="promiser")
    other = make.evidence("completed", "2025-08-01", happened="2025-08-01")
    said = make.judge(make.pledge(deadline=DUE), own, other)
    assert (said.time.days_late, said.time.days_late_at_most) == (32, 32)


@pytest.mark.parametrize(
    ("timely", "tardy", "verdict", "who"),
    [
        ("reported", "audited", "kept late", ("a friend",)),
        ("audited", "reported", "kept", ("a critic",)),
        ("reported", "reported", "kept", ("a critic",)),
    ],
)
def test_where_some_date_it_before_and_some_after_the_weightier_stands(
    make: Any, timely: str, tardy: str, verdict: str, who: tuple[str, ...]
) -> None:
    early = make.evidence("completed", "2025-06-25", happened="2025-06-25", authority=timely, speaker="a friend")
    late = make.evidence("completed", "2025-07-10", happened="2025-07-10", authority=tardy, speaker="a critic")
    said = make.judge(make.pledge(deadline=DUE), early, late)
    assert (said.verdict, said.contested_by, said.flags) == (verdict, who, ("contested",))


def test_a_retelling_without_a_day_makes_nothing_late(make: Any) -> None:
    said = make.judge(make.pledge(deadline=DUE), make.evidence("completed", "2025-06-20"), make.evidence("completed", "2026-03-01"))
    assert (said.verdict, said.flags, said.time.days_late_at_most) == ("kept", (), None)


def test_where_a_report_tells_the_day_one_that_does_not_makes_it_no_later_unless_it_still_went_on(make: Any) -> None:
    dated = make.evidence("completed", "2025-07-10", happened="2025-07-10")
    retold = make.evidence("completed", "2026-03-01", outlet="another paper")
    assert make.judge(make.pledge(deadline=DUE), dated, retold).time.days_late_at_most == 10
    left = make.evidence("remains", "2025-12-01")
    said = make.judge(make.pledge(deadline=DUE), dated, left, retold)
    assert (said.time.days_late, said.time.days_late_at_most) == (10, 244)
    before = make.evidence("remains", "2025-07-01")
    assert make.judge(make.pledge(deadline=DUE), before, dated, retold).time.days_late_at_most == 10


def test_a_report_denied_later_does_not_tell_when_it_was_done(make: Any) -> None:
    hasty = make.evidence("completed", "2025-06-20")
    denied = make.evidence("not-done", "2025-07-15")
    done = make.evidence("completed", "2025-08-01", happened="2025-08-01")
    said = make.judge(make.pledge(deadline=DUE), hasty, denied, done)
    assert (said.verdict, said.time.days_late) == ("kept late", 32)


def test_day_of_report(make: Any) -> None:
    said = make.judge(make.pledge(deadline=DUE), make.evidence("completed", "2025-07-10"))
    assert "day-of-report" in rules_of(said)
    assert (said.verdict, said.time.days_late, said.flags) == ("kept late", 10, ("provisional",))
    told = make.judge(make.pledge(deadline=DUE), make.evidence("completed", "2025-07-10", happened="2025-07-10"))
    assert "day-of-report" not in rules_of(told)


def test_kept_in_time(make: Any) -> None:
    on_time = make.judge(make.pledge(deadline=DUE), make.evidence("completed", "2025-06-30"))
    assert (on_time.time.state, text_of(on_time, "kept-in-time")) == ("kept on time", "kept on time")
    late = make.judge(make.pledge(deadline=DUE), make.evidence("completed", "2025-07-02", happened="2025-07-01/2025-07-02"))
    assert (late.time.state, text_of(late, "kept-in-time")) == ("kept late", "kept late by 1 to 2 days")
    undated = make.judge(make.pledge(), make.evidence("completed"))
    assert (undated.verdict, undated.time.state) == ("kept", "no due date")


def test_nothing_due(make: Any) -> None:
    said = make.judge(make.promise(make.mention(deadline=DUE), history=(make.withdrawal("2025-02-01"),)))
    assert (said.time.state, said.time.due) == ("no due date", None)
    assert text_of(said, "nothing-due") == "../2025-06 is due no longer"


def test_overdue(make: Any) -> None:
    said = make.judge(make.pledge(deadline=DUE), on="2025-07-03")
    assert (said.time.state, said.time.days_late, text_of(said, "overdue")) == ("overdue", 3, "overdue by 3 days")


def test_due_now(make: Any) -> None:
    assert text_of(make.judge(make.pledge(deadline=DUE), on="2025-06-29"), "due-now") == "due, 1 day left"
    assert text_of(make.judge(make.pledge(deadline=DUE), on="2025-05-31"), "due-now") == "not due, 30 days left"
