"""Counts of events that bear on a standing promise: consistent with it, or not, by a rule that names its threshold. Pure.

An observation is evidence by what the group did; what was done to it never counts against the promise. Counts do not show who controls
territory, and every sentence made here says so.
"""

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import msgspec
import numpy as np

from pledgebook.core.indicator import Indicator
from pledgebook.core.observation import WITHIN_AREA, Observation
from pledgebook.core.promise import Promise
from pledgebook.events.counted import counts_of, is_count, number
from pledgebook.events.forecast.breach import RULES, Finding, Sides, breaches, side_of
from pledgebook.events.series import is_attack, sides_of

#: The rule of an indicator that nobody has set.
DEFAULT_RULE = "attacks-12m-surprise-0.99"
NO_CONTROL = "Counts of events do not show who controls territory."
#: Armed groups by the words that statements use, with the names that UCDP gives them.
_GROUPS = (
    (re.compile(r"\b(?:ISIS|ISIL|Islamic State|D[ae]'?esh)\b"), "IS"),
    (re.compile(r"(?i)\bal[- ]shabaab\b"), "Al-Shabaab"),
    (re.compile(r"(?i)\bboko haram\b"), "JAS"),
)
_NAMES = {"ucdp-ged": "UCDP GED", "ucdp-candidate": "UCDP Candidate Events", "acled": "ACLED"}


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    """What an indicator finds in observations: areas (codes), months ("2016-01") and a finding for each area in each month that has a baseline.

    `unplaced` counts the group's events (deaths, in counts of deaths) that are in no area or month, `sources` names the data; `gaps` are
    areas left out since counts of them lack a month. `missing` are countries of which there is no data: of them nothing is known.
    """

    indicator: Indicator
    areas: tuple[str, ...]
    months: tuple[str, ...]
    findings: tuple[Finding, ...]
    unplaced: int
    sources: tuple[str, ...]
    gaps: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def default_indicator(promise: Promise) -> Indicator | None:
    """The indicator of a promise that a group shall not do something somewhere: its attacks on civilians there. None for any other promise."""
    lead = promise.lead
    group = next((name for pattern, name in _GROUPS if pattern.search(lead.quote)), None)
    if group is None or not lead.countries:
        return None
    return Indicator(group=group, countries=lead.countries, rule=DEFAULT_RULE, chosen=f"by default: {group} is named in the promise")


def indicators_in(country: str, observations: Sequence[Observation]) -> list[Indicator]:
    """What can be watched in a country by the default rule: groups that statements name and events tell of; without events those of counts by side.

    Those of which most is told come first.
    """
    there = [one for one in observations if one.country_code == country]
    events = [one for one in there if one.kind == "event"]
    named = {name for _, name in _GROUPS}
    told = Counter(name for one in events if _fits(one) for name in {*sides_of(one.side_a), *sides_of(one.side_b)} & named)
    if not events:
        told.update(one.side_a for one in there if one.side_a and is_count(one) and _fits(one))
    groups = sorted(told, key=lambda name: (-told[name], name))
    return [Indicator(group=group, countries=(country,), rule=DEFAULT_RULE, chosen="by default") for group in groups]


def watch(indicator: Indicator, observations: Sequence[Observation]) -> Watched:
    """What the indicator's rule finds month by month. Raises KeyError for a rule that is none.

    Single events go before counts that others made of them: where the data have both for the countries, counts are left out.
    """
    rule = RULES[indicator.rule]
    there = [one for one in observations if one.country_code in indicator.countries]
    events = [one for one in there if one.kind == "event"]
    counted = [] if events else counts_of(there, indicator.group, rule.measure)
    told = events or counted
    ours = counted or [one for one in events if indicator.group in (*sides_of(one.side_a), *sides_of(one.side_b))]
    # A row that runs on into a later month does not show that the data cover it.
    months = _months([one for one in told if _month(one.start) == _month(one.end)])
    areas = {one.area for one in told if one.area and _is_placed(one, indicator)}
    gaps = _gaps(counted, areas, months)
    kept = tuple(sorted(areas - gaps))
    placed = [one for one in ours if _is_placed(one, indicator)]
    sides = _sides(indicator.group, [one for one in placed if one.area not in gaps], kept, months, deaths=rule.measure == "deaths")
    return Watched(
        indicator=indicator,
        areas=kept,
        months=months,
        findings=tuple(one for month in range(len(months)) for one in breaches(sides, month, rule)) if kept else (),
        unplaced=sum(number(one) if is_count(one) else 1 for one in ours if not _is_placed(one, indicator)),
        sources=tuple(sorted({_source(one) for one in told})),
        gaps=tuple(sorted(gaps)),
        missing=tuple(sorted({*indicator.countries} - {one.country_code for one in told})),
    )


def _source(one: Observation) -> str:
    """The name of the data: of counts the one that the table gives, else what it measures."""
    return (one.headline or one.measure or one.source) if is_count(one) else _NAMES.get(one.source, one.source)


def _gaps(counted: Sequence[Observation], areas: AbstractSet[str], months: Sequence[str]) -> AbstractSet[str]:
    """The areas of a table of counts for which it leaves a month out."""
    told = {(one.area, _month(one.start)) for one in counted if _month(one.start) == _month(one.end)}
    return {area for area in areas if counted and any((area, month) not in told for month in months)}


def _is_placed(one: Observation, indicator: Indicator) -> bool:
    return _fits(one) and (not indicator.areas or one.area in indicator.areas)


def _fits(one: Observation) -> bool:
    """Whether it is told of one area and month."""
    return one.area is not None and one.place_span in WITHIN_AREA and _month(one.start) == _month(one.end)


def _months(observations: Sequence[Observation]) -> tuple[str, ...]:
    """Every month from the first to the last."""
    if not observations:
        return ()
    first, last = _month(min(one.start for one in observations)), _month(max(one.end for one in observations))
    made = [first]
    while made[-1] < last:
        year, month = int(made[-1][:4]), int(made[-1][5:])
        made.append(f"{year + month // 12}-{month % 12 + 1:02}")
    return tuple(made)


def _month(day: datetime.date) -> str:
    return day.isoformat()[:7]


def _sides(group: str, events: Sequence[Observation], areas: Sequence[str], months: Sequence[str], *, deaths: bool) -> Sides:
    shape = (len(areas), len(months))
    tables = {name: np.zeros(shape, np.int64) for name in ("attacks", "struck", "against", "unclear")}
    row, column = {area: at for at, area in enumerate(areas)}, {month: at for at, month in enumerate(months)}
    for one in events:
        if is_count(one):
            tables[str(one.subtype)][row[one.area or ""], column[_month(one.start)]] += number(one)
            continue
        own, other = one.deaths_a or 0, one.deaths_b or 0
        if group not in sides_of(one.side_a):
            own, other = other, own
        side = side_of(attack=is_attack(one, group), group_dead=own, other_dead=other)
        tables[side][row[one.area or ""], column[_month(one.start)]] += (one.best or 0) if deaths else 1
    return Sides(**tables)
