"""Rules of weighing: which reports say that it was done, which that it failed, and which of them stand."""

import re

from pledgebook.core.assessment import Evidence
from pledgebook.core.claim import Effect
from pledgebook.status.case import Case
from pledgebook.status.counts import tells_fewer
from pledgebook.status.dates import day_of
from pledgebook.status.forms import deliverables, is_money
from pledgebook.status.rule import Finding
from pledgebook.status.sums import figure, reached_by
from pledgebook.status.weights import DONE, FAILED, heaviest, ids_of, source_of, sources_of, spoken_of

#: Acts that are done by what otherwise is only a step, by the word they begin with.
_HANDING = re.compile(r"(?i)\s*(?:will |to )?(?:hand|transfer|turn|return|donat|giv|transition|deliver|provid|suppl)\w{0,4}\b")
_SIGNING = re.compile(
    r"(?i)\s*(?:will |to )?(?:sign|conclud|ratif|adopt|enact|formali[sz]|recogni[sz]|acced|join|agree|reach|finali[sz]|approv|pass|establish|legislat)\w{0,5}\b"
)
_BEGINNING = re.compile(r"(?i)\s*(?:will |to )?(?:begin|start|launch|commenc|initiat|resum|kick off)\w{0,4}\b")
_SIGNED_KINDS = frozenset({"diplomacy", "legal", "institution", "other"})


def done(case: Case) -> Finding | None:
    """It is done when a report says so of all of it: completed or delivered; of an act of signing, handing over or beginning also that."""
    if not case.evidence:
        return None
    if case.lead.negated:
        case.done = [one for one in case.evidence if one.direction == "supports" and one.effect in FAILED and not one.part]
        return Finding(f"said to be refrained from by {sources_of(case.done)}", ids_of(case.done)) if case.done else None
    effects = _fulfilling(case)
    told = [one for one in case.evidence if one.direction == "supports" and one.effect in effects]
    fewer = [one for one in told if case.form != "quantity" and tells_fewer(case.lead, case.amounts, one)]
    case.done_in_part = [one for one in told if (one.part or one in fewer) and one.effect != "cancelled"]
    if case.form == "quantity":
        case.done = reached_by(case) + (
            [] if _needs_figures(case) else [one for one in told if not one.part and _tells_no_figure(case, one)]
        )
    else:
        case.done = [one for one in told if not one.part and one not in fewer]
    return Finding(f"said to be done by {sources_of(case.done)}", ids_of(case.done)) if case.done else None


def _fulfilling(case: Case) -> set[Effect]:
    """The effects by which this promise is done. "cancelled" in support of it is the end of what was to end."""
    effects: set[Effect] = {"completed", "delivered", "cancelled"}
    action, kind = case.lead.action, case.lead.kind
    if _HANDING.match(action):
        effects.add("handed-over")
    if kind in _SIGNED_KINDS and _SIGNING.match(action):
        effects.add("formalised")
    if _BEGINNING.match(action):
        effects.add("begun")
    return effects


def _needs_figures(case: Case) -> bool:
    """Whether only a sum can show that it is done: for money, that something was delivered is not yet that all of it was."""
    return case.form == "quantity" and any(is_money(one.unit) for one in deliverables(case))


def _tells_no_figure(case: Case, one: Evidence) -> bool:
    return all(figure(one, sums) is None for sums in case.sums)


def done_in_part(case: Case) -> Finding | None:
    """A report of a part (a first tranche, some of the bases), or of fewer than were promised (5 of 12 schools), shows a part and never the whole."""
    ids = ids_of(case.done_in_part)
    return Finding(f"a part is said to be done by {sources_of(case.done_in_part)}", ids) if ids else None


def failed(case: Case) -> Finding | None:
    """It fails when a report speaks against it: not done, cancelled, reversed, or, of a refusal, done."""
    if not case.evidence:
        return None
    effects = DONE if case.lead.negated else FAILED
    case.against = [one for one in case.evidence if one.direction == "contradicts" and one.effect in effects]
    if not case.against:
        return None
    told = "; ".join(f"{one.effect} according to {sources_of([one])}" for one in case.against)
    return Finding(f"evidence against: {told}", ids_of(case.against))


def speaks_against(case: Case) -> Finding | None:
    """What is left over, or an act to the contrary, speaks against without showing a failure."""
    if not case.evidence or case.lead.negated:
        return None
    case.remains = [one for one in case.evidence if one.direction == "contradicts" and (one.effect == "remains" or one.effect in DONE)]
    return (
        Finding(f"something is left over or done to the contrary, according to {sources_of(case.remains)}", ids_of(case.remains))
        if case.remains
        else None
    )


def observed(case: Case) -> Finding | None:
    """Counts of events are consistent with a promise, or not; they never show that it was done, and never that it failed."""
    consistent = [one for one in case.evidence if one.effect == "consistent"]
    case.inconsistent = [one for one in case.evidence if one.effect == "inconsistent"]
    told = [
        f"{word} with it according to {sources_of(ones)}"
        for word, ones in (("consistent", consistent), ("inconsistent", case.inconsistent))
        if ones
    ]
    return Finding(f"counts of events: {'; '.join(told)}", ids_of([*consistent, *case.inconsistent])) if told else None


def not_done_yet(case: Case) -> Finding | None:
    """That something is not done yet says nothing against it before its due date has passed."""
    if not case.against or case.due_last is None or case.lead.negated:
        return None
    early = [one for one in case.against if one.effect == "not-done" and not _is_after_due(case, one)]
    if not early:
        return None
    case.against = [one for one in case.against if one not in early]
    return Finding("said not to be done yet before the due date had passed, which is no failure", ids_of(early))


def _is_after_due(case: Case, one: Evidence) -> bool:
    """Told after the due date, and of a time that reaches it."""
    due, (_, last) = case.due_last, spoken_of(one)
    known = day_of(one.known)
    return due is not None and known is not None and known > due and last >= due


def after_its_end(case: Case) -> Finding | None:
    """A refusal up to a date is not broken by what is done after it."""
    if not case.lead.negated or not case.against or case.due_last is None:
        return None
    late = [one for one in case.against if spoken_of(one)[0] > case.due_last]
    if not late:
        return None
    case.against = [one for one in case.against if one not in late]
    return Finding(f"done after {case.due_last.isoformat()}, the end of the refusal", ids_of(late))


def overtaken(case: Case) -> Finding | None:
    """Evidence against is overtaken by a report that it was done later; not by the promiser's own, unless the promiser had admitted the failure."""
    if not case.against or not case.done or case.lead.negated:
        return None
    case.overtaken = [one for one in case.against if any(_overtakes(later, one) for later in case.done)]
    case.against = [one for one in case.against if one not in case.overtaken]
    return Finding("done after it had been said to have failed", ids_of(case.overtaken)) if case.overtaken else None


def _overtakes(later: Evidence, one: Evidence) -> bool:
    is_later = spoken_of(later)[0] > spoken_of(one)[1]
    return is_later and not later.hedged and (later.independence != "promiser" or one.independence == "promiser")


def weighed_against(case: Case) -> Finding | None:
    """Where reports contradict each other, the weightier one stands; a promiser's release never outweighs an outsider's audit."""
    firm = firm_against(case)
    if case.form == "quantity":
        # What ends after all is delivered takes nothing back.
        firm = [one for one in firm if one.effect == "not-done"]
    if case.lead.negated and firm:
        # To refrain first and to do it later is no contradiction.
        first = min(spoken_of(one)[0] for one in firm)
        case.done = [one for one in case.done if spoken_of(one)[1] >= first]
    if not firm or not case.done or is_reversal(case, firm):
        return None
    done, failed_ = heaviest(case.done), heaviest(firm, against=True)
    case.balance = (done > failed_) - (done < failed_)
    losers = {1: firm, -1: case.done, 0: [*case.done, *firm]}[case.balance]
    case.contest((source_of(one) for one in losers), "evidence")
    text = {
        1: "that it was done outweighs that it failed",
        -1: "that it failed outweighs that it was done",
        0: "that it was done and that it failed weigh the same",
    }[case.balance]
    if case.balance < 0:
        case.done = []
    return Finding(text, ids_of([*case.done, *firm]))


def firm_against(case: Case) -> list[Evidence]:
    """Evidence against that can settle something: of the whole, and without a hedge."""
    return [one for one in case.against if not one.hedged and not one.part]


def is_reversal(case: Case, against: list[Evidence]) -> bool:
    """Whether it was done first and undone later, which is no contradiction."""
    if not case.done or case.form == "quantity" or case.lead.negated:
        return False
    first = min(spoken_of(one)[1] for one in case.done)
    return any(one.effect in {"reversed", "cancelled"} and spoken_of(one)[0] > first for one in against)


def credible(evidence: list[Evidence]) -> list[Evidence]:
    """The reports to rely on: others' without a hedge, else the promiser's without a hedge, else the hedged ones."""
    firm = [one for one in evidence if not one.hedged]
    return [one for one in firm if one.independence != "promiser"] or firm or evidence
