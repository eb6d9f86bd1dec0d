"""One plain sentence for readers."""

from collections.abc import Sequence

from pledgebook.core.assessment import Reason
from pledgebook.status.case import Case
from pledgebook.status.timing import days_text


def summary(case: Case, reasons: Sequence[Reason]) -> str:
    """The verdict, how late, what was delivered, who contests it, and whether it is provisional, as one sentence."""
    why = {one.rule: one.text for one in reasons}
    parts = [_head(case, why), *_beside(case, why)]
    text = "; ".join(part for part in parts if part)
    return f"{text[0].upper()}{text[1:]}."


def _head(case: Case, why: dict[str, str]) -> str:
    verdict = case.verdict
    if verdict == "kept late":
        return f"kept late by {days_text(case.late_low, case.late_high)}"
    if verdict == "kept":
        return "kept on time" if case.time_state == "kept on time" else "kept"
    if verdict == "open":
        return f"open, {_open(case)}"
    if verdict in {"holds", "breached"}:
        return why["holds" if verdict == "holds" else "breached"]
    if verdict == "unverifiable":
        return f"unverifiable: {next((why[name] for name in _WHY_UNVERIFIABLE if name in why), 'nothing can be said')}"
    return verdict


_WHY_UNVERIFIABLE = (
    "standing-without-observations",
    "untestable",
    "refusal-kept",
    "reports-weigh-the-same",
    "condition-not-known",
    "sum-not-mapped",
    "only-a-ceiling",
    "figures-not-mapped",
)


def _open(case: Case) -> str:
    on_the_way = "" if case.stage == "announced" else f"{case.stage}, "
    if case.time_state == "overdue":
        evidence = "no evidence" if not case.evidence else "nothing that settles it"
        return f"{on_the_way}overdue by {days_text(case.days_late, None)}, {evidence}"
    if case.due is not None and case.time_state in {"due", "not due"}:
        return f"{on_the_way}{'due now' if case.time_state == 'due' else 'not due yet'} ({case.due})"
    return f"{on_the_way}no due date"


def _beside(case: Case, why: dict[str, str]) -> list[str]:
    parts = []
    if case.verdict == "partly kept" and case.sums:
        parts.append(why.get("delivered-sum", ""))
    if case.moved:
        total = sum(one.days or 0 for one in case.moved)
        parts.append(f"its date was moved by {days_text(total, None)} before it had passed")
    for how, words in (("scope", "contested in scope by"), ("evidence", "contradicted by"), ("dispute", "disputed by")):
        names = [name for name, which in case.contested_by.items() if which == how]
        if names:
            parts.append(f"{words} {', '.join(names)}")
    if "evidence against" in case.flags and case.verdict in {"open", "kept", "kept late", "unverifiable"} and "contested" not in case.flags:
        parts.append("there is evidence against")
    if "provisional" in case.flags:
        parts.append("provisional")
    return parts
