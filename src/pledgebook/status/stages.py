"""Rules of the stage, and of what stands beside the verdict: flags, grade, coverage."""

from pledgebook.core.assessment import Bears, Coverage, Evidence, Grade, Stage
from pledgebook.core.counted import agreeing
from pledgebook.status.case import Case
from pledgebook.status.rule import Finding
from pledgebook.status.weights import DONE, ids_of, source_of, sources_of, weight

_STAGES: tuple[Stage, ...] = ("announced", "formalised", "funded", "under way", "delivered")
_STAGE_OF: dict[Bears, Stage] = {
    "formalised": "formalised",
    "funded": "funded",
    "begun": "under way",
    "handed-over": "under way",
    "completed": "under way",
    "delivered": "under way",
}
_FINAL = frozenset({"kept", "kept late", "partly kept", "not kept", "reversed", "holds", "breached"})


def stage(case: Case) -> Finding:
    """The furthest stage that evidence shows, whoever tells it; only what is done in full is delivered, and a standing promise never is."""
    if not case.evidence or case.lead.negated:
        return Finding("announced", (case.lead.id,))
    if case.done and case.form != "standing" and (firm := [one for one in case.done if not one.hedged]):
        case.stage, case.stage_rests_on = "delivered", firm
    else:
        reached = [one for one in case.evidence if one.direction == "supports" and one.effect in _STAGE_OF]
        best = max((_STAGES.index(_STAGE_OF[one.effect]) for one in reached), default=0)
        case.stage = _STAGES[best]
        case.stage_rests_on = [one for one in reached if _STAGES.index(_STAGE_OF[one.effect]) == best]
    if not case.stage_rests_on:
        return Finding("announced", (case.lead.id,))
    return Finding(f"{case.stage}, according to {sources_of(case.stage_rests_on)}", ids_of(case.stage_rests_on))


def contested_by_evidence(case: Case) -> Finding | None:
    """Reports that contradict the verdict make it contested, by whoever tells them."""
    names = [name for name, how in case.contested_by.items() if how == "evidence"]
    if not names:
        return None
    case.flags.add("contested")
    return Finding(f"contradicted by {', '.join(names)}")


def contested_in_scope(case: Case) -> Finding | None:
    """What is said to remain when it was done, or after, contests how much of it was done, not that it was."""
    if not case.done or not case.remains:
        return None
    first = min(one.known or "" for one in case.done)
    later = [one for one in case.remains if (one.known or "") >= first]
    if not later:
        return None
    case.contest((source_of(one) for one in later), "scope")
    case.flags.add("contested")
    return Finding(f"contested in scope by {sources_of(later)}", ids_of(later))


def contested_by_a_dispute(case: Case) -> Finding | None:
    """A dispute flags the verdict as contested, by whoever disputes it, and changes nothing else."""
    if not case.disputes:
        return None
    names = dict.fromkeys(one.who for one in sorted(case.disputes, key=lambda one: (one.time, one.who)))
    case.contest(names, "dispute")
    case.flags.add("contested")
    return Finding(f"disputed by {', '.join(names)}")


def evidence_against(case: Case) -> Finding | None:
    """Evidence against that nothing overtook is flagged beside any verdict; what is left over only once the due date has passed."""
    told = [*case.against, *(case.remains if case.is_past_due and not case.done else []), *case.inconsistent]
    if not told:
        return None
    case.flags.add("evidence against")
    return Finding(f"evidence against from {sources_of(told)}", ids_of(told))


def not_reviewed(case: Case) -> Finding | None:
    """While no person has looked at a reading it rests on, the answer is provisional."""
    if case.reviewed:
        return None
    case.flags.add("provisional")
    return Finding("machine-read, not reviewed", (case.lead.id,))


def tied_by_machine(case: Case) -> Finding | None:
    """While no person has tied the evidence that the verdict rests on to the promise, the verdict is provisional."""
    tied = [one for one in _behind(case) if one.decided is None]
    if not tied:
        return None
    case.flags.add("provisional")
    return Finding("tied to the promise by machine, not by a person", ids_of(tied))


def only_the_promiser(case: Case) -> Finding | None:
    """A fulfilment that only the promiser tells is provisional."""
    behind = _behind(case)
    if case.verdict not in {"kept", "kept late", "partly kept"} or any(one.independence != "promiser" for one in behind):
        return None
    case.flags.add("provisional")
    return Finding("only the promiser says so", ids_of(behind))


def only_hedged(case: Case) -> Finding | None:
    """A verdict on nothing but hedged words ("reportedly", "nearly completed") is provisional."""
    behind = _behind(case)
    if case.verdict not in _FINAL or not behind or any(not one.hedged for one in behind):
        return None
    case.flags.add("provisional")
    return Finding("no source vouches for it without a hedge", ids_of(behind))


def lateness_uncertain(case: Case) -> Finding | None:
    """Lateness that rests on an uncertain due date, or only on the day of a report, is provisional."""
    of_report = case.verdict == "kept late" and case.day_of_report
    of_due = case.verdict in {"kept late", "not kept", "partly kept"} and case.due_days is not None and case.due_days.uncertain
    if not of_report and not of_due:
        return None
    case.flags.add("provisional")
    return Finding("how late it was rests on " + ("the day of the report" if of_report else "an uncertain due date"))


def grade(case: Case) -> Finding | None:
    """The grade is how the source of the weightiest evidence behind the verdict knows, and whose word it is; else of that behind the stage."""
    behind = _behind(case) or case.stage_rests_on
    if not behind:
        return None
    best = max(behind, key=lambda one: (weight(one), one.id))
    case.grade = Grade(authority=best.authority, independence=best.independence)
    return Finding(f"best evidence: {best.authority}, {best.independence}", (best.id,))


def _behind(case: Case) -> list[Evidence]:
    ids = case.rests_on
    return [one for one in case.evidence if one.id in ids] if ids and case.evidence else []


_EXPECTED: dict[str, tuple[tuple[str, frozenset[Bears]], ...]] = {
    "fund": (("formalised or funded", frozenset({"formalised", "funded"})), ("delivered", frozenset({"delivered", "completed"}))),
    "supply": (("funded or begun", frozenset({"funded", "begun"})), ("delivered", frozenset({"delivered", "completed", "handed-over"}))),
    "military": (
        ("formalised or begun", frozenset({"formalised", "begun"})),
        ("completed", frozenset({"completed", "handed-over", "cancelled"})),
    ),
    "institution": (
        ("formalised or begun", frozenset({"formalised", "begun", "funded"})),
        ("completed", frozenset({"completed", "delivered"})),
    ),
    "diplomacy": (("formalised", frozenset({"formalised", "completed"})),),
    "legal": (("formalised", frozenset({"formalised", "completed"})),),
    "other": (("completed", DONE - {"begun", "formalised", "funded"}),),
}


def coverage(case: Case) -> Finding:
    """By kind one expects evidence of the steps on the way, and, unless it is not due yet, of the end; of what goes on, observations."""
    if case.form == "standing" or case.lead.negated:
        found: tuple[str, ...] = ("observations",) if any(one.source == "observation" for one in case.evidence) else ()
        case.coverage = Coverage(expected=("observations",), found=found)
    else:
        steps = _EXPECTED["fund" if case.form == "quantity" and case.lead.kind not in {"fund", "supply"} else case.lead.kind]
        waiting = case.due_last is not None and not case.is_past_due
        told = {one.effect for one in case.evidence if one.direction == "supports"}
        found = tuple(name for name, effects in steps if effects & told)
        wanted = [name for name, _ in steps[: -1 if waiting else None]]
        case.coverage = Coverage(expected=tuple(name for name, _ in steps if name in wanted or name in found), found=found)
    expected = len(case.coverage.expected)
    return Finding(f"{len(case.coverage.found)} of {expected} {agreeing(expected, 'kind')} of evidence that one would expect by now")
