"""What became of a one-off act or a quantity."""

from typing import Any

import pytest

from pledgebook.core.assessment import Assessment

DUE = "../2025-06"
MONEY = {"action": "provide $20 million", "kind": "fund", "sums": ("20000000 USD",), "deadline": DUE}


def decided_by(said: Assessment) -> str:
    names = [reason.rule for reason in said.reasons]
    return names[names.index("stage") - 1]


def test_reports_weigh_the_same(make: Any) -> None:
    said = make.judge(make.pledge(deadline=DUE), make.evidence("completed", "2025-06-01"), make.evidence("not-done", "2025-07-15"))
    assert (said.verdict, decided_by(said)) == ("unverifiable", "reports-weigh-the-same")


def test_kept(make: Any) -> None:
    said = make.judge(make.pledge(deadline=DUE), make.evidence("completed", "2025-06-01"))
    assert (said.verdict, said.stage, said.summary, decided_by(said)) == ("kept", "delivered", "Kept on time.", "kept")


def test_kept_late(make: Any) -> None:
    said = make.judge(make.pledge(deadline=DUE), make.evidence("completed", "2025-07-02", happened="2025-07-01"))
    assert (said.verdict, said.summary, decided_by(said)) == ("kept late", "Kept late by 1 day.", "kept-late")


def test_partly_kept(make: Any) -> None:
    part = make.evidence("delivered", "2025-05-01", sums=("5000000 USD",))
    assert make.judge(make.pledge(**MONEY), part, on="2025-06-30").verdict == "open"
    said = make.judge(make.pledge(**MONEY), part)
    assert (said.verdict, decided_by(said)) == ("partly kept", "partly-kept")
    rest = make.evidence("cancelled", "2025-06-01", sums=("20000000 USD",), independence="promiser")
    assert make.judge(make.pledge(**MONEY), part, rest, on="2025-06-30").verdict == "partly kept"
    assert make.judge(make.pledge(**MONEY), make.evidence("delivered", "2025-05-01", sums=("5000000 USD",), hedged=True)).verdict == "open"


def test_condition_not_known(make: Any) -> None:
    told = make.pledge(deadline=DUE, conditional=True)
    said = make.judge(told, make.evidence("not-done", "2025-08-01"))
    assert (said.verdict, decided_by(said)) == ("unverifiable", "condition-not-known")
    assert make.judge(told, make.evidence("completed", "2025-06-01")).verdict == "kept"


@pytest.mark.parametrize(
    ("effect", "known", "changes", "verdict"),
    [
        ("not-done", "2025-08-01", {}, "not kept"),
        ("cancelled", "2025-03-01", {}, "not kept"),
        ("not-done", "2025-08-01", {"hedged": True}, "open"),
        ("not-done", "2025-08-01", {"part": True}, "open"),
        ("cancelled", "2025-03-01", {"part": True}, "open"),
        ("slipped", "2025-08-01", {}, "open"),
        ("remains", "2025-08-01", {}, "open"),
    ],
)
def test_not_kept(make: Any, effect: str, known: str, changes: dict[str, Any], verdict: str) -> None:
    said = make.judge(make.pledge(deadline=DUE), make.evidence(effect, known, **changes))
    assert said.verdict == verdict
    assert (decided_by(said) == "not-kept") == (verdict == "not kept")


def test_called_off_before_the_date_is_final_only_from_the_promiser(make: Any) -> None:
    off = make.evidence("cancelled", "2025-03-01")
    said = make.judge(make.pledge(deadline=DUE), off, on="2025-06-30")
    assert (said.verdict, said.flags) == ("open", ("evidence against",))
    own = make.evidence("cancelled", "2025-03-01", independence="promiser", authority="said")
    assert make.judge(make.pledge(deadline=DUE), own, on="2025-06-30").verdict == "not kept"
    assert make.judge(make.pledge(), off).verdict == "not kept"  # there is no date to wait for


@pytest.mark.parametrize("sums", [(), ("30000000 USD",), ("20000000 EUR",)])
def test_sum_not_mapped(make: Any, sums: tuple[str, ...]) -> None:
    said = make.judge(make.pledge(**MONEY), make.evidence("cancelled", "2025-05-01", sums=sums, authority="audited"))
    assert (said.verdict, decided_by(said)) == ("unverifiable", "sum-not-mapped")
    assert said.flags == ("evidence against", "not attributable one to one")


def test_a_pledge_whose_very_sum_was_cancelled_is_not_kept(make: Any) -> None:
    assert make.judge(make.pledge(**MONEY), make.evidence("cancelled", "2025-05-01", sums=("20000000 USD",))).verdict == "not kept"
    pumps = make.pledge(action="send 40 pumps", kind="supply", sums=("40 pumps",), deadline=DUE)
    assert make.judge(pumps, make.evidence("not-done", "2025-08-01")).verdict == "not kept"
    assert make.judge(pumps, make.evidence("not-done", "2025-08-01", sums=("9 pumps",))).verdict == "unverifiable"


def test_only_a_ceiling(make: Any) -> None:
    told = make.pledge(**{**MONEY, "sums": ("at-most 20000000 USD",)})
    said = make.judge(told, make.evidence("delivered", "2025-05-01", sums=("3000000 USD",)))
    assert (said.verdict, said.delivered, decided_by(said)) == ("unverifiable", "3000000/20000000 USD", "only-a-ceiling")
    assert make.judge(told, make.evidence("delivered", "2025-05-01", sums=("20000000 USD",))).verdict == "kept"


def test_figures_not_mapped(make: Any) -> None:
    said = make.judge(make.pledge(**MONEY), make.evidence("delivered", "2025-05-01", sums=("800000000 USD",), decided=None))
    assert (said.verdict, decided_by(said)) == ("unverifiable", "figures-not-mapped")


def test_overdue_without_evidence(make: Any) -> None:
    said = make.judge(make.pledge(deadline=DUE), on="2025-07-31")
    assert (said.verdict, said.time.state, said.time.days_late, said.flags) == ("open", "overdue", 31, ())
    assert (said.summary, decided_by(said)) == ("Open, overdue by 31 days, no evidence.", "overdue-without-evidence")


def test_still_open(make: Any) -> None:
    said = make.judge(make.pledge(deadline=DUE), on="2025-05-31")
    assert (said.verdict, said.summary, decided_by(said)) == ("open", "Open, not due yet (../2025-06).", "still-open")
    assert make.judge(make.pledge(), make.evidence("begun")).summary == "Open, under way, no due date."
