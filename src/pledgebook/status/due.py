"""Rules of due dates: which date it is due by, who moved it, and which moves count."""

from typing import NamedTuple

from pledgebook.core.assessment import Slip
from pledgebook.core.counted import agreeing
from pledgebook.core.promise import Mention
from pledgebook.status.case import Case
from pledgebook.status.dates import DUE_ROLES, day_of, days_of
from pledgebook.status.rule import Finding
from pledgebook.status.weights import source_of


class _Move(NamedTuple):
    """A telling that the date is another one: on which day (ISO 8601), its source's id, the new date, by whom, whether it binds the promiser."""

    told: str
    source: str
    after: str
    by: str | None
    own: bool
    is_reading: bool
    before: str | None
    days: int | None


def due_date(case: Case) -> Finding | None:
    """It is due by the last day that the date in force can mean; the first date told is in force until whoever promised moves it."""
    first = _first_date(case)
    if first is not None:
        case.readings.add(first.commitment.id)
        case.due_role = first.commitment.deadline_role
        if case.due_role in DUE_ROLES:
            _set(case, first.commitment.deadline or "")
        else:
            case.floor = first.commitment.deadline
    if len(case.changes) > 1 or case.evidence:
        for move in _moves(case):
            _apply(case, move)
    if case.due is None:
        return None
    if case.due_last is None:
        return Finding(f"due {case.due}, which fixes no last day", (case.lead.id,))
    return Finding(f"due {case.due}: not late before the end of {case.due_last.isoformat()}", (case.lead.id,))


def _first_date(case: Case) -> Mention | None:
    """The first mention that names a due date, else the first that names another date. Undated mentions date nothing, but for the lead."""
    other = None
    for one in case.mentions:
        told = one.commitment
        if told.deadline is None or not (day_of(one.known) or told is case.lead):
            continue
        if told.deadline_role in DUE_ROLES:
            return one
        other = other or one
    return other


def _set(case: Case, value: str) -> None:
    days = days_of(value)
    if days is not None:
        case.due, case.due_days = value, days


def _moves(case: Case) -> list[_Move]:
    """Every telling of another date, by day and then by source."""
    by_id = {one.commitment.id: one for one in case.mentions}
    moves = [
        _Move(change.day or "", change.mention, after, change.by, True, True, change.before, change.days)
        for change in case.changes
        if change.kind == "revised" and change.field == "deadline" and (after := _after(by_id.get(change.mention), change.after))
    ]
    moves += [
        _Move(
            one.known or "",
            one.id,
            one.moved_to,
            source_of(one),
            one.independence == "promiser" and not one.hedged and not one.part,
            False,
            None,
            None,
        )
        for one in case.evidence
        if one.effect == "slipped" and one.moved_to is not None
    ]
    return sorted(moves, key=lambda move: (move.told, not move.is_reading, move.source))


def _after(mention: Mention | None, after: str | None) -> str | None:
    return mention.commitment.deadline if mention is not None and mention.commitment.deadline is not None else after


def _apply(case: Case, move: _Move) -> None:
    """Takes a move over where it binds; keeps every one that tells another date than the one in force."""
    new = days_of(move.after)
    before = case.due or move.before
    if new is None or before is None or move.after == before:
        return
    old = days_of(before)
    days = (new.last - old.last).days if old is not None and old.last is not None and new.last is not None else move.days
    if days == 0:
        return
    slip = Slip(before=before, after=move.after, days=days, by=move.by, told=move.told or None, source=move.source)
    case.slips.append(slip)
    told = day_of(move.told)
    if not move.own:
        case.moved_by_others.append(slip)
    elif old is not None and old.last is not None and told is not None and told > old.last:
        case.moved_too_late.append(slip)
    else:
        case.moved.append(slip)
        _set(case, move.after)
        if move.is_reading:
            case.readings.add(move.source)


def no_due_date(case: Case) -> Finding | None:
    """A floor, a start, or the end of something that goes on is no due date: nothing can be late by it."""
    role, lead = case.due_role, (case.lead.id,)
    if case.floor is not None:
        what = {"starts": "tells when it starts", "not-before": "is the earliest day", "until": "tells how long it goes on"}.get(
            role or "", ""
        )
        return Finding(f"{case.floor} {what}, which is no due date", lead)
    if case.form == "standing" and case.due is not None:
        text = f"{case.due} is no due date of what goes on all the time"
        case.due, case.due_days = None, None
        return Finding(text, lead)
    return None


def unread_date(case: Case) -> Finding | None:
    """A date that cannot be read, or that fixes no day, makes nothing late."""
    told = case.lead.deadline
    if told is None or days_of(told) is not None:
        return None
    return Finding(f"the date {told!r} cannot be read", (case.lead.id,))


def uncertain_date(case: Case) -> Finding | None:
    """A due date marked uncertain or approximate counts until the last day it can mean, and what rests on it is provisional."""
    if case.due_days is None or not case.due_days.uncertain:
        return None
    return Finding(f"{case.due} is marked as uncertain", (case.lead.id,))


def date_moved(case: Case) -> Finding | None:
    """Whoever promised may move the date before it has passed: the new date is in force, the old one stays in the history."""
    return _told_moves(case.moved, "moved from {before} to {after} ({days}) by {by}, told on {told}")


def moved_after_it_passed(case: Case) -> Finding | None:
    """A date moved after it had passed is shown, but lateness still counts from the date that was missed."""
    return _told_moves(case.moved_too_late, "{after} named by {by} on {told}, after {before} had passed: lateness counts from {before}")


def moved_by_others(case: Case) -> Finding | None:
    """A new date told by anyone but the promiser, with a hedge, or of a part only is shown and not taken over."""
    return _told_moves(case.moved_by_others, "{after} instead of {before} ({days}) told by {by} on {told}: shown, not in force")


def postponed_without_date(case: Case) -> Finding | None:
    """A postponement without a new date moves no date."""
    if not case.evidence:
        return None
    ids = tuple(one.id for one in case.evidence if one.effect == "slipped" and one.moved_to is None)
    return Finding("said to be postponed, without a new date", ids) if ids else None


def _told_moves(slips: list[Slip], form: str) -> Finding | None:
    if not slips:
        return None
    text = "; ".join(
        form.format(before=one.before, after=one.after, days=_days(one.days), by=one.by or "a source without a name", told=one.told)
        for one in slips
    )
    return Finding(text, tuple(one.source for one in slips))


def _days(days: int | None) -> str:
    if days is None:
        return "by how many days is not known"
    return f"{abs(days)} {agreeing(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"
