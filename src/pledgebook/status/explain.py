"""An assessment in readable lines, and what changed between two of the same promise."""

from collections.abc import Sequence
from decimal import Decimal

from pledgebook.core.assessment import Assessment, MoneyRange, MoneyShare, MoneyStatus, Slip, TimeStatus
from pledgebook.core.counted import agreeing
from pledgebook.status.timing import days_text


def explanation(assessment: Assessment) -> list[str]:
    """Readable lines: the summary, each axis, every move of the date, and each step of the reason chain with its rule."""
    test = assessment.testability
    lines = [
        assessment.summary,
        f"verdict: {verdict_text(assessment)}",
        f"stage: {assessment.stage}",
        f"time: {time_text(assessment.time)}",
        *(f"date moved: {slip_text(slip)}" for slip in assessment.time.slips),
        f"form: {test.form}, {'testable' if test.testable else 'not testable'}"
        + (f"; not told: {', '.join(test.missing)}" if test.missing else ""),
    ]
    if assessment.delivered is not None:
        lines.append(f"delivered: {assessment.delivered}")
    lines += money_lines(assessment.money)
    if assessment.contested_by:
        lines.append(f"contested by: {', '.join(assessment.contested_by)}")
    if assessment.grade is not None:
        lines.append(f"grade: {assessment.grade.authority}, {assessment.grade.independence}")
    lines.append(f"coverage: {coverage_text(assessment)}")
    lines.append("reviewed by a person" if assessment.reviewed else "machine-read, not reviewed")
    lines.append(f"as of {assessment.as_of}, by rules {assessment.rules}, because:")
    lines += (f"  {reason.rule}: {reason.text}{_rests_text(reason.rests_on)}" for reason in assessment.reasons)
    return lines


def money_lines(money: MoneyStatus | None) -> list[str]:
    """What registers tell of the money: one line of sums by stage, then a line for each year and each sector."""
    if money is None:
        return []
    stages = ("announced", "pledged", "committed", "disbursed", "spent")
    told = [f"{stage} {range_text(found)}" for stage in stages if (found := getattr(money, stage)) is not None]
    count = f"{money.sums} recorded {agreeing(money.sums, 'sum')}"
    left_out = f", {money.unconverted} of them without a rate" if money.unconverted else ""
    return [f"money: {'; '.join([*told, count + left_out])}", *_shares("", money.by_year), *_shares("sector ", money.by_sector)]


def range_text(found: MoneyRange) -> str:
    """A sum, or the two that it lies between: "12,000,000 to 21,000,000 USD"."""
    ends = dict.fromkeys((f"{Decimal(found.low):,f}", f"{Decimal(found.high):,f}"))
    return f"{' to '.join(ends)} {found.currency}"


def _shares(what: str, shares: Sequence[MoneyShare]) -> list[str]:
    of: dict[str, list[str]] = {}
    for one in shares:
        of.setdefault(one.of, []).append(f"{one.stage} {Decimal(one.usd):,f} USD")
    return [f"  {what}{name}: {', '.join(told)}" for name, told in sorted(of.items())]


def _rests_text(ids: tuple[str, ...]) -> str:
    return f" [{', '.join(ids)}]" if ids else ""


def verdict_text(assessment: Assessment) -> str:
    """The verdict with its flags: "kept late (contested, provisional)"."""
    return f"{assessment.verdict} ({', '.join(assessment.flags)})" if assessment.flags else assessment.verdict


def time_text(time: TimeStatus) -> str:
    """Where it stands in time: "overdue by 32 days, due ../2025-09"."""
    words: str = time.state
    if time.state == "overdue":
        words = f"overdue by {days_text(time.days_late, None)}"
    elif time.state == "kept late":
        words = f"kept late by {days_text(time.days_late, time.days_late_at_most)}"
    elif time.state == "kept on time" and time.days_late_at_most:
        words = f"kept on time as far as the dates tell, at most {days_text(time.days_late_at_most, None)} late"
    if time.due is None:
        return words
    return f"{words}, due {time.due}" if time.state != "no due date" else f"no day from which it is late ({time.due})"


def slip_text(slip: Slip) -> str:
    """A move: "../2025-09 to ../2026-03, 182 days later, by the ministry on 2025-08-01"."""
    days = "" if slip.days is None else f", {days_text(abs(slip.days), None)} {'later' if slip.days > 0 else 'earlier'}"
    return f"{slip.before} to {slip.after}{days}, by {slip.by or 'a source without a name'}{f' on {slip.told}' if slip.told else ''}"


def coverage_text(assessment: Assessment) -> str:
    """How many of the kinds of evidence that one would expect exist, and which are missing."""
    expected, found = assessment.coverage.expected, assessment.coverage.found
    if not expected:
        return "no evidence expected yet"
    lacking = [name for name in expected if name not in found]
    return f"{len(expected) - len(lacking)} of {len(expected)} expected" + (f"; missing: {', '.join(lacking)}" if lacking else "")


def difference(before: Assessment, after: Assessment) -> list[str]:
    """What changed between two assessments of one promise: the rules, each axis, flags, and the evidence and readings each rests on.

    Empty if nothing did; that time went by is told only by what it changed. Raises ValueError if they are of two promises.
    """
    if before.promise != after.promise:
        msg = f"two promises: {before.promise} and {after.promise}"
        raise ValueError(msg)
    pairs = (
        ("rules", before.rules, after.rules),
        ("verdict", before.verdict, after.verdict),
        ("stage", before.stage, after.stage),
        ("time", time_text(before.time), time_text(after.time)),
        ("form", before.testability.form, after.testability.form),
        ("testable", _yes(before.testability.testable), _yes(after.testability.testable)),
        ("delivered", before.delivered or "not told", after.delivered or "not told"),
        ("money", "; ".join(money_lines(before.money)[:1]) or "not told", "; ".join(money_lines(after.money)[:1]) or "not told"),
        ("grade", _grade(before), _grade(after)),
        ("coverage", coverage_text(before), coverage_text(after)),
        ("reviewed", _yes(before.reviewed), _yes(after.reviewed)),
    )
    lines = [f"{what}: {old} -> {new}" for what, old, new in pairs if old != new]
    lines += _gone_and_new("flag", before.flags, after.flags)
    lines += _gone_and_new("contested by", before.contested_by, after.contested_by)
    lines += _gone_and_new("date moved", _slips(before), _slips(after))
    lines += _gone_and_new("rests on", _rests(before), _rests(after))
    lines += _gone_and_new("rule", _rules(before), _rules(after))
    return lines


def _gone_and_new(what: str, before: tuple[str, ...], after: tuple[str, ...]) -> list[str]:
    gone = [f"{what}: - {one}" for one in before if one not in after]
    return gone + [f"{what}: + {one}" for one in after if one not in before]


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _grade(assessment: Assessment) -> str:
    return f"{assessment.grade.authority}, {assessment.grade.independence}" if assessment.grade is not None else "none"


def _slips(assessment: Assessment) -> tuple[str, ...]:
    return tuple(slip_text(slip) for slip in assessment.time.slips)


def _rests(assessment: Assessment) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for reason in assessment.reasons for one in reason.rests_on))


def _rules(assessment: Assessment) -> tuple[str, ...]:
    return tuple(reason.rule for reason in assessment.reasons)
