"""Rules of time: by how many days it was kept late, or where it stands before its due date and after it."""

import datetime

from pledgebook.core.assessment import Evidence
from pledgebook.core.counted import agreeing
from pledgebook.status.case import Case
from pledgebook.status.fulfilment import credible, firm_against
from pledgebook.status.rule import Finding
from pledgebook.status.weights import heaviest, ids_of, source_of, sources_of, spoken_of, weight

#: Verdicts after which nothing is due any more.
CLOSED = frozenset({"withdrawn", "superseded", "lapsed", "reversed"})


def lateness(case: Case) -> Finding | None:
    """Days late are counted from the due date to the first and last day on which it can have been done; it is late only if every day is."""
    due = case.due_last
    if due is None or not case.done or case.lead.negated:
        return None
    reports = [one for one in credible(case.done) if not _is_denied(case, one)] or credible(case.done)
    low, high = _range(case, reports)
    timely = [one for one in reports if spoken_of(one)[0] <= due]
    tardy = [one for one in reports if one.happened is not None and spoken_of(one)[0] > due]
    if timely and tardy:
        low, high = _settle(case, timely, tardy)
    case.late_low = (low - due).days if low != datetime.date.min else None
    case.late_high = (high - due).days
    case.day_of_report = (case.late_low or 0) > 0 and all(one.happened is None for one in reports)
    return Finding(f"done {_between(low, high)}, due by {due.isoformat()}", tuple(one.id for one in reports))


def _range(case: Case, reports: list[Evidence]) -> tuple[datetime.date, datetime.date]:
    """The first day by those to rely on, and the last by anyone without a hedge: that it took longer is no boast, whoever says it.

    Where some report tells the day, or came by the due date, a later one that tells none may be a mere retelling: it counts only if
    something in between shows that it still went on.
    """
    told = [*reports, *(one for one in case.done if not one.hedged)]
    fixed = [one for one in told if one.happened is not None or (case.due_last is not None and spoken_of(one)[1] <= case.due_last)]
    if fixed:
        first = min(spoken_of(one)[1] for one in fixed)
        told = [one for one in told if one in fixed or _still_went_on(case, first, one)]
    return min(spoken_of(one)[0] for one in reports), max(spoken_of(one)[1] for one in told)


def _still_went_on(case: Case, after: datetime.date, report: Evidence) -> bool:
    """Whether evidence told after a day, and no later than the report, shows that it was not yet over."""
    until = spoken_of(report)[1]
    return any(
        after < spoken_of(one)[1] <= until for one in case.evidence if one.part or one.effect in {"remains", "slipped", "not-done", "begun"}
    )


def _settle(case: Case, timely: list[Evidence], tardy: list[Evidence]) -> tuple[datetime.date, datetime.date]:
    """Some date it before the due date and some after: the weightier stands, and where they weigh the same it is not held to be late."""
    is_late = heaviest(tardy) > heaviest(timely)
    stands, other = (tardy, timely) if is_late else (timely, tardy)
    case.contest((source_of(one) for one in other), "evidence")
    every = stands if is_late else [*timely, *tardy]
    return min(spoken_of(one)[0] for one in stands), max(spoken_of(one)[1] for one in every)


def _is_denied(case: Case, one: Evidence) -> bool:
    """Whether someone of no less weight said later that it was not done."""
    last, weighs = spoken_of(one)[1], weight(one)
    firm = [other for other in (*case.overtaken, *firm_against(case)) if not other.hedged and other.effect == "not-done"]
    return any(spoken_of(other)[0] > last and weight(other, against=True) >= weighs for other in firm)


def _between(low: datetime.date, high: datetime.date) -> str:
    if low == datetime.date.min:
        return f"by {high.isoformat()}"
    return f"on {low.isoformat()}" if low == high else f"between {low.isoformat()} and {high.isoformat()}"


def day_of_report(case: Case) -> Finding | None:
    """Where no report tells the day on which it was done, the day of the report stands for it; it may have been done before."""
    if not case.done or any(one.happened is not None for one in case.done):
        return None
    return Finding(f"the day it was done is not told; that of the report stands for it ({sources_of(case.done)})", ids_of(case.done))


def kept_in_time(case: Case) -> Finding | None:
    """Kept on time if it can have been done by the due date; kept late if every day on which it can have been done lies after it."""
    if case.verdict not in {"kept", "kept late"} or case.due_last is None:
        return None
    if case.verdict == "kept late":
        case.time_state, case.days_late, case.days_late_at_most = "kept late", case.late_low, case.late_high
        return Finding(f"kept late by {days_text(case.late_low, case.late_high)}")
    case.time_state = "kept on time"
    if case.late_high is not None and case.late_high > 0:
        case.days_late_at_most = case.late_high
        return Finding(f"kept on time as far as the dates tell; at most {days_text(case.late_high, None)} late")
    return Finding("kept on time")


def nothing_due(case: Case) -> Finding | None:
    """What was withdrawn, reversed, superseded or has lapsed is due no longer."""
    if case.verdict not in CLOSED or case.due is None:
        return None
    text = f"{case.due} is due no longer"
    case.due, case.due_days = None, None
    return Finding(text)


def overdue(case: Case) -> Finding | None:
    """Overdue by the days since the last day that the due date can mean."""
    if case.time_state != "no due date" or not case.is_past_due or case.due_last is None:
        return None
    if case.lead.negated:
        return None
    case.time_state, case.days_late = "overdue", (case.as_of - case.due_last).days
    return Finding(f"overdue by {days_text(case.days_late, None)}")


def due_now(case: Case) -> Finding | None:
    """Due from the first day of the last date named until its last day; not due before."""
    if case.time_state != "no due date" or case.due_days is None or case.due_last is None or case.is_past_due:
        return None
    opens = case.due_days.opens
    case.time_state = "due" if opens is not None and opens <= case.as_of else "not due"
    left = (case.due_last - case.as_of).days
    return Finding(f"{case.time_state}, {days_text(left, None)} left")


def days_text(low: int | None, high: int | None) -> str:
    """Days as words: "57 to 110 days", "1 day"."""
    if high is not None and high != low:
        return f"{low} to {high} days"
    return f"{low} {agreeing(low or 0, 'day')}"
