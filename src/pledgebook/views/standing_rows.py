"""The row of a promise that the status table, the JSON outputs and the exports share."""

import msgspec

from pledgebook.core.assessment import Assessment
from pledgebook.core.snapshot import Standing
from pledgebook.status.explain import coverage_text, money_lines, time_text, verdict_text
from pledgebook.views.rows import NOT_REVIEWED, due, one_line, sums, what, who

REVIEWED = "reviewed"


class StandingRow(msgspec.Struct, frozen=True, kw_only=True):
    """One promise on a date. `announced` is the ISO 8601 day of the first mention (null if undated), `review` says whether a person looked at all
    that it rests on; `money` tells the sums of registers by stage; `mentions` and `evidence` count what is known of it.
    """

    id: str
    who: str
    what: str
    kind: str
    sum: str
    due: str
    announced: str | None
    stage: str
    time: str
    days_late: int | None
    verdict: str
    flags: tuple[str, ...]
    contested_by: tuple[str, ...]
    grade: str
    coverage: str
    delivered: str | None
    money: str | None
    review: str
    mentions: int
    evidence: int
    summary: str


def standing_row(standing: Standing) -> StandingRow:
    """The row of a standing."""
    promise, assessed = standing.promise, standing.assessment
    lead = promise.lead
    grade = assessed.grade
    return StandingRow(
        id=promise.id,
        who=who(lead),
        what=what(lead),
        kind=lead.kind,
        sum=sums(lead),
        due=assessed.time.due or due(lead),
        announced=promise.mentions[0].known,
        stage=assessed.stage,
        time=time_text(assessed.time),
        days_late=assessed.time.days_late,
        verdict=assessed.verdict,
        flags=assessed.flags,
        contested_by=tuple(map(one_line, assessed.contested_by)),
        grade=f"{grade.authority}, {grade.independence}" if grade else "none",
        coverage=coverage_text(assessed),
        delivered=assessed.delivered,
        money=money_text(assessed),
        review=REVIEWED if assessed.reviewed else NOT_REVIEWED,
        mentions=len(promise.mentions),
        evidence=len(standing.evidence),
        summary=one_line(assessed.summary),
    )


def money_text(assessed: Assessment) -> str | None:
    """What registers tell of its money, in one line; None where they tell nothing."""
    lines = money_lines(assessed.money)
    return lines[0].removeprefix("money: ") if lines else None


def verdict_line(standing: Standing) -> str:
    """The verdict with its flags."""
    return verdict_text(standing.assessment)
