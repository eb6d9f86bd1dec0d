"""What the book says of a promise on a date: the rules applied in order, and what they settled."""

import datetime
from collections.abc import Sequence

from pledgebook.core.assessment import Assessment, Evidence, Flag, Reason, Testability, TimeStatus
from pledgebook.core.promise import Promise
from pledgebook.status.case import Case, case_of, mentions_by
from pledgebook.status.rule import RuleSet
from pledgebook.status.rules import CURRENT
from pledgebook.status.summary import summary
from pledgebook.status.sums import plain

_FLAGS: tuple[Flag, ...] = ("contested", "evidence against", "not attributable one to one", "provisional")


def announced_by(promise: Promise, as_of: datetime.date) -> bool:
    """Whether the promise was announced on or before `as_of`. One of which any mention is undated always was: since when is not told."""
    return bool(mentions_by(promise, as_of))


def assess(promise: Promise, evidence: Sequence[Evidence], as_of: datetime.date, rules: RuleSet = CURRENT) -> Assessment:
    """What the book says of `promise` on `as_of`, by `rules`.

    Pure, and the same for any order of `evidence`. What became known after `as_of` changes nothing; what is undated is told and not weighed.
    Raises ValueError if the promise was not announced by then: leave it out (`announced_by`).
    """
    case = case_of(promise, evidence, as_of)
    reasons: list[Reason] = []
    for rule in rules.rules:
        if case.decided and rule.axis == "verdict":
            continue
        found = rule.step(case)
        if found is None:
            continue
        reasons.append(Reason(rule=rule.name, text=found.text, rests_on=found.rests_on))
        if found.verdict is not None:
            case.verdict, case.rests_on, case.decided = found.verdict, found.rests_on, True
    return _assessment(case, rules.version, tuple(reasons))


def _assessment(case: Case, version: str, reasons: tuple[Reason, ...]) -> Assessment:
    return Assessment(
        promise=case.promise.id,
        as_of=case.as_of.isoformat(),
        rules=version,
        testability=Testability(testable=case.lead.testable, form=case.form, missing=case.missing),
        stage=case.stage,
        time=TimeStatus(
            state=case.time_state,
            due=case.due,
            days_late=case.days_late,
            days_late_at_most=case.days_late_at_most,
            slips=tuple(case.slips),
        ),
        verdict=case.verdict,
        flags=tuple(flag for flag in _FLAGS if flag in case.flags),
        contested_by=tuple(case.contested_by),
        grade=case.grade,
        coverage=case.coverage,
        delivered=_delivered(case),
        reviewed=case.reviewed,
        summary=summary(case, reasons),
        reasons=reasons,
        money=case.money,
    )


def _delivered(case: Case) -> str | None:
    """Delivered / promised ("107000000/168000000 USD"), of several units each; None where nothing can be said."""
    told = [f"{plain(one.delivered)}/{plain(one.promised)} {one.unit}" for one in case.sums if one.delivered is not None]
    return "; ".join(told) or None
