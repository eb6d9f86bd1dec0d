"""Figures summed by area and month: one measure, one unit."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

import msgspec

from pledgebook.core.observation import WITHIN_AREA, Observation
from pledgebook.events.counted import is_count

#: Measure, unit, group, side, area, month.
_Key = tuple[str, str | None, str | None, str | None, str | None, str | None]
_MONTHS = frozenset({"day", "days", "week", "month"})


class Sum(msgspec.Struct, frozen=True, order=True):
    """The figures of one measure in an area and month. `area` is None for figures of no known area, `month` None for those of no single month.

    `group` and `side` are those of counts by side: what a group did is never added to what it suffered.
    """

    measure: str
    unit: str | None
    group: str | None
    side: str | None
    area: str | None
    month: str | None
    figures: int
    value: Decimal


def by_month(observations: Iterable[Observation], measure: str | None = None) -> list[Sum]:
    """The sums of all figures, or of one measure, in order. Figures of different units are never added, nor is one forced into an area or month."""
    sums: dict[_Key, list[Decimal]] = defaultdict(list)
    for one in observations:
        if one.kind == "figure" and measure in {None, one.measure}:
            in_month = one.date_span in _MONTHS and one.start.isoformat()[:7] == one.end.isoformat()[:7]
            area = one.area if one.place_span in WITHIN_AREA else None
            group, side = (one.side_a, one.subtype) if is_count(one) else (None, None)
            month = one.start.isoformat()[:7] if in_month else None
            sums[one.measure or "", one.unit, group, side, area, month].append(Decimal(one.value or 0))
    made = [Sum(*key, figures=len(values), value=sum(values, Decimal(0))) for key, values in sums.items()]
    return sorted(made, key=lambda one: tuple(getattr(one, name) or "" for name in ("measure", "unit", "group", "side", "area", "month")))
