"""What counts on a day."""

import datetime
from typing import Any

import msgspec
import pytest

from pledgebook.core.assessment import Assessment
from pledgebook.status.assess import announced_by, assess


def text_of(said: Assessment, rule: str) -> str:
    """What the rule found; fails if it found nothing."""
    return next(reason.text for reason in said.reasons if reason.rule == rule)


def rules_of(said: Assessment) -> set[str]:
    return {reason.rule for reason in said.reasons}


def test_announced(make: Any) -> None:
    said = make.judge(make.pledge(known="2024-01-10"))
    assert text_of(said, "announced") == "announced by Northland, known from 2024-01-10"
    nobody = make.judge(make.pledge(actors=()))
    assert "by whom is not told" in text_of(nobody, "announced")


def test_a_promise_of_later_is_none_yet(make: Any) -> None:
    told = make.pledge(known="2024-01-10")
    assert not announced_by(told, datetime.date(2024, 1, 9))
    assert announced_by(told, datetime.date(2024, 1, 10))
    with pytest.raises(ValueError, match="was not announced by 2024-01-09"):
        assess(told, [], datetime.date(2024, 1, 9))


def test_undated_mention(make: Any) -> None:
    told = make.pledge(known=None)
    assert announced_by(told, datetime.date(1990, 1, 1))
    said = make.judge(told, on="1990-01-01")
    assert text_of(said, "undated-mention") == "1 mention without a day: the promise exists, but since when is not told"
    assert "undated-mention" not in rules_of(make.judge(make.pledge()))


def test_an_undated_mention_dates_nothing(make: Any) -> None:
    told = make.promise(make.mention(), make.mention(None, id="c2", deadline="../2024-06", sums=("5 USD",)))
    said = make.judge(told)
    assert (said.time.due, said.testability.form) == (None, "one-off")


def test_a_day_that_cannot_be_read_counts_as_none(make: Any) -> None:
    said = make.judge(make.pledge(known="soon"), make.evidence(known="later"))
    assert {"undated-mention", "undated-evidence"} <= rules_of(said)


def test_restated(make: Any) -> None:
    told = make.promise(
        make.mention(),
        make.mention("2024-02-01", id="c2"),
        make.mention("2024-03-01", id="c3"),
        history=(make.restatement("2024-02-01", "c2"), make.restatement("2024-03-01", "c3")),
    )
    said = make.judge(told)
    assert text_of(said, "restated") == "told again twice, which is no progress"
    assert (said.verdict, said.stage) == ("open", "announced")
    assert text_of(make.judge(told, on="2024-02-15"), "restated") == "told again once, which is no progress"


def test_undated_evidence(make: Any) -> None:
    told = make.evidence("completed", None)
    said = make.judge(make.promise(disputes=(make.dispute(who="a bystander", time=""),)), told)
    assert text_of(said, "undated-evidence") == "undated, not weighed: what Harbour Post, a bystander said"
    assert (said.verdict, said.stage, said.flags) == ("open", "announced", ())


def test_doubtful_link(make: Any) -> None:
    guessed = msgspec.structs.replace(make.evidence("completed", "2025-01-01"), score=0.74, decided=None)
    said = make.judge(make.promise(), guessed)
    assert text_of(said, "doubtful-link") == "may bear on it, not weighed before a person has said so: what Harbour Post said"
    assert (said.verdict, said.stage) == ("open", "announced")
    for sure in (msgspec.structs.replace(guessed, decided="a coder"), msgspec.structs.replace(guessed, score=0.75)):
        assert make.judge(make.promise(), sure).verdict == "kept"


def test_before_the_promise(make: Any) -> None:
    earlier = make.evidence("completed", "2024-01-09")
    of_before = make.evidence("completed", "2025-01-01", happened="2023")
    said = make.judge(make.pledge(known="2024-01-10"), earlier, of_before)
    assert "before-the-promise" in rules_of(said)
    assert (said.verdict, said.stage) == ("open", "announced")
    same_day = make.evidence("completed", "2024-01-10")
    assert make.judge(make.pledge(known="2024-01-10"), same_day).verdict == "kept"


def test_a_promise_retold_later_can_have_been_kept_since_it_was_said(make: Any) -> None:
    retold = make.pledge(known="2026-01-10", stated="2024-01")
    assert make.judge(retold, make.evidence("completed", "2025-01-01")).verdict == "kept"


def test_sum_revised(make: Any) -> None:
    told = make.promise(
        make.mention(kind="fund", sums=("20000000 USD",)),
        make.mention("2024-06-01", id="c2", kind="fund", sums=("30000000 USD",)),
        history=(make.revision("2024-06-01", "c2", "amounts", "20000000 USD", "30000000 USD"),),
    )
    paid = make.evidence("delivered", "2024-05-01", sums=("20000000 USD",))
    assert make.judge(told, paid, on="2024-05-31").verdict == "kept"
    said = make.judge(told, paid)
    assert text_of(said, "sum-revised") == "the sum was changed: 20000000 USD to 30000000 USD on 2024-06-01"
    assert (said.verdict, said.delivered) == ("open", "20000000/30000000 USD")


def test_a_revision_whose_mention_is_gone_is_read_from_the_change(make: Any) -> None:
    told = make.promise(
        make.mention(kind="fund", sums=("20000000 USD",)),
        history=(make.revision("2024-06-01", "gone", "amounts", "20000000 USD", "30000000 USD; 5 trucks"),),
    )
    said = make.judge(told, make.evidence("delivered", sums=("20000000 USD",)))
    assert said.delivered == "20000000/30000000 USD"


def test_disputes_count_from_their_day(make: Any) -> None:
    told = make.promise(disputes=(make.dispute(time="2025-06-01T10:00:00Z"),))
    assert make.judge(told, on="2025-05-31").flags == ()
    assert make.judge(told, on="2025-06-01").flags == ("contested",)
