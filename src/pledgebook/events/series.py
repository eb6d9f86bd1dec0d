"""Observations counted by area and month, or week: events, deaths, civilians; a group's attacks apart from fighting in which it is a side.

What UCDP GED allows to tell by side, and what it does not:

* one-sided violence: `side_a` killed, `side_b` are civilians. That is an attack, and whose.
* state-based and non-state violence: both sides fought. `side_a` of a state-based conflict is always the government, the order of the two
  sides of a non-state one means nothing; **who attacked is not told**. Deaths are told by side, so one can see who lost whom: an offensive
  against a group shows as many deaths of its own.

A row whose place or date is coarser than the series is counted apart (`Unplaced`) and forced into no cell.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from pledgebook.core.observation import WITHIN_AREA, DateSpan, Observation

Counts = NDArray[np.int64]
#: What of a group is counted. "all": every event with the group as a side; "attacks": one-sided violence of the group against civilians (in
#: ACLED also its remote violence); "fighting": events with another armed side, whoever began them.
Part = Literal["all", "attacks", "fighting"]
Step = Literal["month", "week"]
Why = Literal["place", "area", "date"]
#: The counts of a series, in the order in which they are shown. `group_dead` and `other_dead`: the deaths of the group's own side, and of the
#: armed side against it; nought without a group, or where deaths are not told by side.
COUNTS = ("events", "best", "low", "high", "civilians", "group_dead", "other_dead")
_FITS: dict[Step, frozenset[DateSpan]] = {"month": frozenset({"day", "days", "week", "month"}), "week": frozenset({"day", "days", "week"})}


class Unplaced(msgspec.Struct, frozen=True, kw_only=True):
    """Rows that are in no cell, for one reason: their place is coarser than a first-level area ("place"), no area is known for it ("area"),
    or the date is coarser than the series' step or runs over its edge ("date").
    """

    why: Why
    events: int
    best: int
    low: int
    high: int
    civilians: int


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of events by area and step; each array has the shape (areas, steps).

    `areas` are ISO 3166-2 codes in order; `steps` are months ("2016-01") or the Mondays that weeks begin on ("2016-01-04"), none left out
    between the first and the last. `unplaced` tells the rest.
    """

    by: Step
    group: str | None
    part: Part
    areas: tuple[str, ...]
    steps: tuple[str, ...]
    events: Counts
    best: Counts
    low: Counts
    high: Counts
    civilians: Counts
    group_dead: Counts
    other_dead: Counts
    unplaced: tuple[Unplaced, ...]

    @property
    def months(self) -> tuple[str, ...]:
        """The steps, where they are months."""
        return self.steps

    def row(self, area: str) -> int:
        """The row of an area. Raises ValueError for one that the series does not have."""
        return self.areas.index(area)


def monthly(observations: Iterable[Observation], *, group: str | None = None, part: Part = "all") -> Series:
    """The events among `observations` by area and month; with a `group`, those that it is a side of.

    Areas and months are those of all observations, whatever the group, so that the series of two groups have the same shape.
    """
    return _series(observations, "month", group, part)


def weekly(observations: Iterable[Observation], *, group: str | None = None, part: Part = "all") -> Series:
    """As `monthly`, by weeks from Monday to Sunday (ISO 8601)."""
    return _series(observations, "week", group, part)


def sides_of(told: str | None) -> tuple[str, ...]:
    """The groups that one side is made of: UCDP joins allies with commas ("Ahrar al-Sham, HTS, Southern Front")."""
    return tuple(told.split(", ")) if told else ()


def is_attack(observation: Observation, group: str) -> bool:
    """Whether the source says that the group attacked: one-sided violence with the group as side A, or ACLED's remote violence."""
    return observation.type in _ATTACKS and group in sides_of(observation.side_a)


#: Types of event whose first side is the one that did it.
_ATTACKS = frozenset({"one-sided", "Violence against civilians", "Explosions/Remote violence"})


def _series(observations: Iterable[Observation], by: Step, group: str | None, part: Part) -> Series:
    if part != "all" and group is None:
        raise ValueError("a part is that of a group")
    told = [one for one in observations if one.kind == "event"]
    areas = sorted({one.area for one in told if one.area and one.place_span in WITHIN_AREA})
    steps = _steps(told, by)
    wanted = [one for one in told if group is None or _is_wanted(one, group, part)]
    counts = {name: np.zeros((len(areas), len(steps)), dtype=np.int64) for name in COUNTS}
    left: dict[Why, list[Observation]] = {"place": [], "area": [], "date": []}
    row, column = {area: at for at, area in enumerate(areas)}, {step: at for at, step in enumerate(steps)}
    for one in wanted:
        why = _unfit(one, by)
        if why is not None:
            left[why].append(one)
            continue
        cell = row[one.area or ""], column[_step(one.start, by)]
        for name, value in zip(COUNTS, _values(one, group), strict=True):
            counts[name][cell] += value
    return Series(by=by, group=group, part=part, areas=tuple(areas), steps=steps, unplaced=_unplaced(left), **counts)


def _is_wanted(one: Observation, group: str, part: Part) -> bool:
    if group not in sides_of(one.side_a) and group not in sides_of(one.side_b):
        return False
    return part == "all" or is_attack(one, group) == (part == "attacks")


def _unfit(one: Observation, by: Step) -> Why | None:
    """Why an event is in no cell; None if it is in one."""
    if one.place_span not in WITHIN_AREA:
        return "place"
    if one.area is None:
        return "area"
    if one.date_span not in _FITS[by] or _step(one.start, by) != _step(one.end, by):
        return "date"
    return None


def _values(one: Observation, group: str | None) -> tuple[int, ...]:
    """The counts of one event, in the order of COUNTS."""
    of_group, of_other = one.deaths_a or 0, one.deaths_b or 0
    if group not in sides_of(one.side_a):
        of_group, of_other = of_other, of_group
    by_side = (0, 0) if group is None else (of_group, of_other)
    best = one.best or 0
    low, high = (best if told is None else told for told in (one.low, one.high))  # ACLED tells one number
    return (1, best, low, high, one.deaths_civilians or 0, *by_side)


def _unplaced(left: dict[Why, list[Observation]]) -> tuple[Unplaced, ...]:
    made = []
    for why, rows in left.items():
        events, best, low, high, civilians = (
            sum(column) for column in zip(*(_values(one, None)[:5] for one in rows), (0,) * 5, strict=True)
        )
        made.append(Unplaced(why=why, events=events, best=best, low=low, high=high, civilians=civilians))
    return tuple(made)


def _step(day: date, by: Step) -> str:
    return day.isoformat()[:7] if by == "month" else (day - timedelta(days=day.weekday())).isoformat()


def _steps(told: Sequence[Observation], by: Step) -> tuple[str, ...]:
    """Every step from the first start to the last one, none left out."""
    if not told:
        return ()
    first, last = min(one.start for one in told), max(one.start for one in told)
    made, at = [], first.replace(day=1) if by == "month" else first - timedelta(days=first.weekday())
    while at <= last:
        made.append(_step(at, by))
        at = (at + timedelta(days=32)).replace(day=1) if by == "month" else at + timedelta(days=7)
    return tuple(made)
