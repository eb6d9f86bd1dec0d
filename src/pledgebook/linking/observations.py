"""Counts of events that bear on a standing promise: consistent with it, or not, by a rule that names its threshold. Pure.

An observation is evidence by what the group did; what was done to it never counts against the promise. Counts do not show who controls
territory, and every sentence made here says so.
"""

import datetime
import re
from collections.abc import Sequence

import msgspec
import numpy as np

from pledgebook.core.assessment import Direction, Evidence
from pledgebook.core.identity import content_id
from pledgebook.core.indicator import Indicator
from pledgebook.core.observation import WITHIN_AREA, Observation
from pledgebook.core.promise import Promise
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

    `unplaced` counts the group's events that are in no area or month, `sources` names the data.
    """

    indicator: Indicator
    areas: tuple[str, ...]
    months: tuple[str, ...]
    findings: tuple[Finding, ...]
    unplaced: int
    sources: tuple[str, ...]


def default_indicator(promise: Promise) -> Indicator | None:
    """The indicator of a promise that a group shall not do something somewhere: its attacks on civilians there. None for any other promise."""
    lead = promise.lead
    group = next((name for pattern, name in _GROUPS if pattern.search(lead.quote)), None)
    if group is None or not lead.countries:
        return None
    return Indicator(group=group, countries=lead.countries, rule=DEFAULT_RULE, chosen=f"by default: {group} is named in the promise")


def watch(indicator: Indicator, observations: Sequence[Observation]) -> Watched:
    """What the indicator's rule finds month by month. Raises KeyError for a rule that is none."""
    rule = RULES[indicator.rule]
    there = [one for one in observations if one.kind == "event" and one.country_code in indicator.countries]
    ours = [one for one in there if indicator.group in (*sides_of(one.side_a), *sides_of(one.side_b))]
    placed = [one for one in there if _is_placed(one, indicator)]
    areas = tuple(sorted({one.area for one in placed if one.area}))
    months = _months(there)
    sides = _sides(indicator.group, [one for one in ours if _is_placed(one, indicator)], areas, months, deaths=rule.measure == "deaths")
    findings = tuple(one for month in range(len(months)) for one in breaches(sides, month, rule)) if areas else ()
    sources = tuple(sorted({_NAMES.get(one.source, one.source) for one in there}))
    unplaced = sum(not _is_placed(one, indicator) for one in ours)
    return Watched(indicator=indicator, areas=areas, months=months, findings=findings, unplaced=unplaced, sources=sources)


def _is_placed(one: Observation, indicator: Indicator) -> bool:
    fits = one.area is not None and one.place_span in WITHIN_AREA and _month(one.start) == _month(one.end)
    return fits and (not indicator.areas or one.area in indicator.areas)


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
        own, other = one.deaths_a or 0, one.deaths_b or 0
        if group not in sides_of(one.side_a):
            own, other = other, own
        side = side_of(attack=is_attack(one, group), group_dead=own, other_dead=other)
        tables[side][row[one.area or ""], column[_month(one.start)]] += (one.best or 0) if deaths else 1
    return Sides(**tables)


class _About(msgspec.Struct, frozen=True, kw_only=True):
    """What all evidence of one indicator shares."""

    promise: str
    watched: Watched
    known: str
    decided: str | None


def evidence_of(promise: Promise, watched: Watched, *, since: str | None, known: str, decided: str | None) -> tuple[Evidence, ...]:
    """Evidence for each month in which the rule fired, and, if in the last month it did not, that counts are consistent with the promise.

    `since` is the month from which the promise holds (None: not told, nothing can be set against it), `known` the ISO 8601 day of the data,
    `decided` who set the indicator. Without a month since the promise there is no evidence: nothing is known.
    """
    months = [at for at, month in enumerate(watched.months) if since is not None and month > since]
    if not months:
        return ()
    after = [one for one in watched.findings if one.month in months]
    fired = [one for one in after if one.fired]
    about = _About(promise=promise.id, watched=watched, known=known, decided=decided)
    last = months[-1]
    made = [_evidence(about, "contradicts", watched.months[one.month], _fired(one, watched)) for one in fired]
    judged = [one for one in after if one.month == last and one.outcome != "too-short"]
    if judged and not any(one.month == last for one in fired):
        made.append(_evidence(about, "supports", watched.months[last], _within(judged, watched, last)))
    return tuple(made)


def _fired(one: Finding, watched: Watched) -> str:
    what = "deaths in attacks on civilians" if RULES[one.rule].measure == "deaths" else "attacks"
    return (
        f"{' and '.join(watched.sources)}: {one.count} {what} by {watched.indicator.group} in {watched.areas[one.area]} in {watched.months[one.month]}; "
        f"{one.expected:.1f} expected, at most {one.quantile} in {RULES[one.rule].level:.0%} of months. {NO_CONTROL}"
    )


def _within(judged: Sequence[Finding], watched: Watched, last: int) -> str:
    count = sum(one.count for one in judged)
    return (
        f"{' and '.join(watched.sources)}: {count} by {watched.indicator.group} in {watched.months[last]} in {len(judged)} areas, none beyond what the months "
        f"before let one expect. {NO_CONTROL}"
    )


def _evidence(about: _About, direction: Direction, month: str, quote: str) -> Evidence:
    watched, indicator = about.watched, about.watched.indicator
    word = "inconsistent" if direction == "contradicts" else "consistent"
    caveat = (f"{watched.unplaced} events of the group are in no area or month and are left out",) if watched.unplaced else ()
    return Evidence(
        id=content_id("observation", about.promise, indicator.rule, indicator.group, month, quote),
        source="observation",
        document=None,
        quote=quote,
        effect="reversed" if direction == "contradicts" else "completed",
        direction=direction,
        known=about.known,
        happened=month,
        moved_to=None,
        amounts=(),
        speaker=None,
        outlet=" and ".join(watched.sources),
        authority="recorded",
        independence="third-party",
        hedged=False,
        part=False,
        score=1.0,
        reasons=(f"{word} with the promise by the rule {indicator.rule}", f"indicator set {indicator.chosen}", *caveat, NO_CONTROL),
        decided=about.decided,
    )
