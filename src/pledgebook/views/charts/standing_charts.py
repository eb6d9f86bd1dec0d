"""The charts of promises as they stand on a day."""

import datetime
from collections.abc import Mapping, Sequence

import msgspec

from pledgebook.core.assessment import Evidence
from pledgebook.core.gathering import Plan
from pledgebook.core.snapshot import Standing
from pledgebook.status.dates import days_of
from pledgebook.views.charts.chart import Chart
from pledgebook.views.charts.money_bars import money_bars, money_by_year
from pledgebook.views.charts.timeline import Milestone, timeline
from pledgebook.views.rows import one_line, what, who

_LONGEST = 60
_FULFILLED = frozenset({"kept", "kept late"})


def money_chart(standing: Standing, *, by_year: bool = False) -> Chart | None:
    """What became of the money of one promise; None where no register tells of any."""
    money = standing.assessment.money
    if money is None:
        return None
    title = f"{who(standing.promise.lead)}: {_short(what(standing.promise.lead))}"
    sources = sorted({one.outlet or "" for one in standing.evidence if one.money is not None} | {_announced_by(standing)})
    return money_by_year(title, money.by_year, sources) if by_year else money_bars(title, money, sources)


def timeline_chart(
    title: str, standings: Sequence[Standing], as_of: datetime.date, plans: Sequence[Plan] = (), names: Mapping[str, str] | None = None
) -> Chart:
    """The promises as milestones: due dates as first told, as moved since, and when what was promised is said to have happened.

    `plans` tell which waits for which, `names` what promises are called, by their ids; the others by who promises what.
    """
    sources = sorted({mention.outlet for one in standings for mention in one.promise.mentions if mention.outlet})
    waits = {step.promise: step.after for plan in plans for step in plan.steps}
    called = names or {}
    made = {
        one.promise.id: msgspec.structs.replace(found, name=called.get(one.promise.id, found.name))
        for one in standings
        for found in (milestone(one),)
    }
    told = [
        msgspec.structs.replace(one, after=tuple(made[other].name for other in waits.get(promise, ()) if other in made))
        for promise, one in made.items()
    ]
    return timeline(title, told, as_of.isoformat(), sources)


def milestone(standing: Standing) -> Milestone:
    """One promise in time. A fulfilment without a day of its own is shown on the days between which it must lie, as far as they are told."""
    time = standing.assessment.time
    first = time.slips[0].before if time.slips else time.due or standing.promise.lead.deadline
    return Milestone(
        name=f"{who(standing.promise.lead)}: {_short(what(standing.promise.lead))}",
        planned=_span(first),
        revised=_span(time.slips[-1].after) if time.slips else (None, None),
        actual=_happened(standing),
    )


def _happened(standing: Standing) -> tuple[str | None, str | None]:
    if standing.assessment.verdict not in _FULFILLED:
        return None, None
    behind = {name for reason in standing.assessment.reasons if reason.rule in {"kept", "kept-late"} for name in reason.rests_on}
    spans = [span for one in standing.evidence if one.id in behind for span in (_of_report(one),) if span[1]]
    if not spans:
        return None, None
    return min((begin for begin, _ in spans if begin), default=None), max(end for _, end in spans if end)


def _of_report(one: Evidence) -> tuple[str | None, str | None]:
    return _span(one.happened) if one.happened else (one.known, one.known)


def _span(edtf: str | None) -> tuple[str | None, str | None]:
    """The first and last day of an EDTF value; an open end is none."""
    days = days_of(edtf) if edtf else None
    if days is None:
        return None, None
    return tuple(_day(day) for day in (days.first, days.last))  # type: ignore[return-value] # two of them


def _day(day: datetime.date | None) -> str | None:
    return None if day is None or day in {datetime.date.min, datetime.date.max} else day.isoformat()


def _announced_by(standing: Standing) -> str:
    first = standing.promise.mentions[0]
    return first.outlet or first.url or "the statement"


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
