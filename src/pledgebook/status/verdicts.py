"""Rules of the verdict, the first that finds something decides: closed promises, standing ones and refusals."""

from pledgebook.core.assessment import BY_RULE, Evidence
from pledgebook.status.case import Case
from pledgebook.status.fulfilment import firm_against, is_reversal
from pledgebook.status.rule import Finding
from pledgebook.status.weights import ids_of, sources_of, spoken_of

#: Reasons of evidence (as its link or a person gives them) that say more than its effect can.
CONDITION_FAILED = "condition failed"
SUPERSEDED = "superseded"


def withdrawn(case: Case) -> Finding | None:
    """Withdrawn if whoever promised said so, and has named no new date or sum since."""
    if len(case.changes) < 2:
        return None
    last = None
    for change in case.changes:
        if change.kind == "withdrawn":
            last = change
        elif change.kind == "revised":
            last = None
    if last is None:
        return None
    case.readings.add(last.mention)
    return Finding(f"withdrawn on {last.day} by {last.by or 'a source without a name'}", (last.mention,), "withdrawn")


def superseded(case: Case) -> Finding | None:
    """Superseded if evidence says that another promise took its place."""
    told = _marked(case, SUPERSEDED)
    return Finding(f"another promise took its place, according to {sources_of(told)}", ids_of(told), "superseded") if told else None


def lapsed(case: Case) -> Finding | None:
    """A conditional promise lapses if evidence says that its condition failed."""
    told = _marked(case, CONDITION_FAILED) if case.lead.conditional else []
    return Finding(f"its condition failed, according to {sources_of(told)}", ids_of(told), "lapsed") if told else None


def _marked(case: Case, mark: str) -> list[Evidence]:
    return [one for one in case.evidence if not one.hedged and any(reason.startswith(mark) for reason in one.reasons)]


def breached(case: Case) -> Finding | None:
    """A standing promise is breached by an observation against it, from the first day of the last one."""
    seen = _observed(case, "contradicts")
    if not seen:
        return None
    others = [one for one in _observed(case, "supports") if spoken_of(one) >= spoken_of(seen[-1])]
    held = f"; since then held according to {sources_of(others)}" if others else ""
    day = spoken_of(seen[-1])[0].isoformat()
    return Finding(f"breached on {day}, as observed by {sources_of(seen)}{_by_rule(seen[-1])}{held}", ids_of(seen), "breached")


def holds(case: Case) -> Finding | None:
    """A standing promise holds as of the last observation in its favour; it is never kept."""
    seen = _observed(case, "supports")
    if not seen:
        return None
    day = spoken_of(seen[-1])[1].isoformat()
    return Finding(f"holds as of {day}, as observed by {sources_of(seen)}{_by_rule(seen[-1])}", ids_of(seen), "holds")


def _by_rule(one: Evidence) -> str:
    """The rule and threshold that an observation names, and that counts show no control."""
    told = next((reason for reason in one.reasons if reason.startswith(BY_RULE)), None)
    return f", {told}; counts do not show who controls territory" if told else ""


def _observed(case: Case, direction: str) -> list[Evidence]:
    if case.form != "standing" or not case.evidence:
        return []
    return sorted((one for one in case.evidence if one.source == "observation" and one.direction == direction), key=spoken_of)


def refusal_broken(case: Case) -> Finding | None:
    """A refusal is not kept if what was refused is said to have been done."""
    firm = firm_against(case) if case.lead.negated and case.balance in {None, -1} else []
    return Finding(f"what was refused was done, according to {sources_of(firm)}", ids_of(firm), "not kept") if firm else None


def standing_given_up(case: Case) -> Finding | None:
    """A standing promise is reversed if a report says that whoever made it went back on it."""
    if case.form != "standing" or case.lead.negated:
        return None
    firm = [one for one in firm_against(case) if one.effect == "reversed"]
    return Finding(f"gone back on, according to {sources_of(firm)}", ids_of(firm), "reversed") if firm else None


def standing_without_observations(case: Case) -> Finding | None:
    """Without event or observation data nobody can say whether a standing promise holds."""
    if case.form != "standing":
        return None
    against = ids_of(case.against)
    return Finding("a standing promise, and no event or observation data that could tell whether it holds", against, "unverifiable")


def untestable(case: Case) -> Finding | None:
    """What no record could ever show cannot be verified."""
    if case.lead.testable:
        return None
    return Finding("no public record could show whether it was done", (case.lead.id,), "unverifiable")


def refusal_kept(case: Case) -> Finding | None:
    """A refusal up to a date is kept if after the date a report says that it was refrained from; else, after it, nobody can say."""
    if not case.lead.negated or not case.is_past_due:
        return None
    due = case.due_last
    told = [one for one in case.done if due is not None and spoken_of(one)[1] >= due]
    if told and case.balance != 0:
        return Finding(f"refrained from, according to {sources_of(told)}", ids_of(told), "kept")
    return Finding("no report tells whether it was refrained from", (), "unverifiable")


def reversed_later(case: Case) -> Finding | None:
    """Reversed if it was done and then undone, or if whoever promised went back on it."""
    if case.lead.negated:
        return None
    firm = firm_against(case)
    if is_reversal(case, firm):
        last = [one for one in firm if one.effect in {"reversed", "cancelled"}]
        return Finding(f"done, and undone later according to {sources_of(last)}", ids_of([*case.done, *last]), "reversed")
    gone_back = [one for one in firm if one.effect == "reversed"] if not case.done else []
    return Finding(f"gone back on, according to {sources_of(gone_back)}", ids_of(gone_back), "reversed") if gone_back else None
