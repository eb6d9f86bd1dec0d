"""Rules of the verdict, continued: what became of a one-off act or a quantity."""

from pledgebook.core.assessment import Evidence
from pledgebook.status.case import Case
from pledgebook.status.fulfilment import credible, firm_against
from pledgebook.status.rule import Finding
from pledgebook.status.sums import is_delivered, names_the_sum
from pledgebook.status.weights import ids_of, sources_of


def reports_weigh_the_same(case: Case) -> Finding | None:
    """Where reports of the same weight contradict each other, the book gives no verdict for either."""
    if case.balance != 0:
        return None
    both = [*case.done, *firm_against(case)]
    return Finding(f"reports of the same weight contradict each other: {sources_of(both)}", ids_of(both), "unverifiable")


def kept(case: Case) -> Finding | None:
    """Kept if it is said to be done in full, and not late by every date told."""
    if not case.done or case.lead.negated or (case.late_low or 0) > 0:
        return None
    reports = credible(case.done)
    return Finding(f"done in full according to {sources_of(reports)}", ids_of(reports), "kept")


def kept_late(case: Case) -> Finding | None:
    """Kept late if it is said to be done in full, and every day on which it can have been done lies after the due date."""
    if not case.done or case.lead.negated:
        return None
    reports = credible(case.done)
    return Finding(f"done in full according to {sources_of(reports)}, after the due date", ids_of(reports), "kept late")


def partly_kept(case: Case) -> Finding | None:
    """Partly kept if the due date has passed, or the rest was called off, and less than all is said to be done."""
    called_off = [one for one in firm_against(case) if one.effect == "cancelled" and counts_against(case, one)]
    if not case.is_past_due and not called_off:
        return None
    parts = [one for one in case.done_in_part if not one.hedged]
    parts += [one for sums in case.sums if not sums.ceiling and not sums.hedged and sums.delivered for one in sums.rests_on]
    if not parts or is_delivered(case):
        return None
    return Finding(f"a part is done according to {sources_of(parts)}, and no more is shown", ids_of([*parts, *called_off]), "partly kept")


def only_a_ceiling(case: Case) -> Finding | None:
    """Less than the sum of a promise of "up to" that sum is no shortfall, and no fulfilment either."""
    ceilings = [one for one in case.sums if one.ceiling and one.delivered is not None]
    if not ceilings or not case.is_past_due:
        return None
    ids = tuple(one.id for sums in ceilings for one in sums.rests_on)
    return Finding('"up to" a sum sets no least: any part of it fits the words', ids, "unverifiable")


def condition_not_known(case: Case) -> Finding | None:
    """Evidence against a conditional promise does not show that it was broken: its condition may not have been met."""
    firm = firm_against(case) if case.lead.conditional else []
    return Finding("not done, but whether its condition was met is not told", ids_of(firm), "unverifiable") if firm else None


def not_kept(case: Case) -> Finding | None:
    """Not kept needs evidence against of the whole and without a hedge: not done after the due date; cancelled, and the due date past, or none, or called off by the promiser itself."""
    firm = [one for one in firm_against(case) if counts_against(case, one)]
    return Finding(f"not done according to {sources_of(firm)}", ids_of(firm), "not kept") if firm else None


def counts_against(case: Case, one: Evidence) -> bool:
    """Whether evidence against can carry a verdict: the time for it has come, and of a quantity it names the very sum."""
    if case.form == "quantity" and not names_the_sum(case, one):
        return False
    if one.effect == "not-done":
        return case.is_past_due
    return case.due_last is None or case.is_past_due or one.independence == "promiser"


def sum_not_mapped(case: Case) -> Finding | None:
    """Evidence against a quantity that does not name its very sum cannot be set against it one to one: the verdict is left open to doubt."""
    firm = [one for one in firm_against(case) if not names_the_sum(case, one)] if case.form == "quantity" else []
    if not firm:
        return None
    case.flags.add("not attributable one to one")
    return Finding(f"evidence against from {sources_of(firm)}, but the sum cannot be mapped one to one", ids_of(firm), "unverifiable")


def figures_not_mapped(case: Case) -> Finding | None:
    """If all that is told after the due date is of something wider than the promise, nobody can say how much of it was delivered."""
    wider = [one for sums in case.sums for one in sums.wider]
    if not wider or not case.is_past_due:
        return None
    return Finding("what was delivered cannot be set against the promise one to one", ids_of(wider), "unverifiable")


def overdue_without_evidence(case: Case) -> Finding | None:
    """Overdue without evidence of a failure stays open: absence of evidence is said, and is no verdict."""
    if not case.is_past_due:
        return None
    return Finding("overdue, and what is told settles nothing" if case.evidence else "overdue, no evidence", (), "open")


def still_open(case: Case) -> Finding:
    """Anything else is open."""
    return Finding("nothing that is told settles it" if case.evidence else "no evidence yet", (), "open")
