"""Rows of observations: events and dated figures of others, as far as their terms allow to give them on."""

from collections.abc import Iterator
from decimal import Decimal

from pledgebook.core.observation import Observation, family_of
from pledgebook.core.observed import ObservedRow
from pledgebook.reference.places.areas import areas
from pledgebook.views.book.whole import Whole

#: Columns that are a field of the observation or of its row, as it stands.
_TOLD = (
    "id", "kind", "date_span", "date_precision", "place", "admin1", "admin2", "area", "area_by", "country", "country_code", "latitude",
    "longitude", "place_span", "place_precision", "type", "conflict", "dyad", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown",
    "headline", "source",
)  # fmt: skip
_ROW = ("terms", "release", "snapshot", "since", "recorded", "file", "line")


def observations(whole: Whole) -> Iterator[dict[str, object]]:
    """A row for each observation."""
    return map(observed_row, whole.observed)


def observed_row(row: ObservedRow) -> dict[str, object]:
    """The columns of one observation."""
    one = row.observation
    area = areas().get(one.area or "")
    return {
        **{name: getattr(one, name) for name in _TOLD},
        **{name: getattr(row, name) for name in _ROW},
        **_counted(one),
        "start": one.start.isoformat(),
        "end": one.end.isoformat(),
        "area_name": area.name if area else None,
        "pcode": area.pcode if area else None,
        "dataset": family_of(one.id),
    }


def _counted(one: Observation) -> dict[str, object]:
    """What is counted, of whom, and how much. An event's estimates are of deaths; a figure has one number, and of a count by side the group and its side."""
    if one.kind == "figure":
        same = {"measure": one.measure, "unit": one.unit, "best": Decimal(one.value or 0), "low": None, "high": None, "written": one.value}
        return {**same, "group": one.side_a, "side": one.subtype if one.side_a else None, "side_a": None, "side_b": None, "subtype": None}
    numbers = {name: None if (told := getattr(one, name)) is None else Decimal(told) for name in ("best", "low", "high")}
    written = None if one.best is None else str(one.best)
    sides = {"group": None, "side": None, "side_a": one.side_a, "side_b": one.side_b, "subtype": one.subtype}
    return {"measure": "deaths", "unit": "deaths", **numbers, "written": written, **sides}
