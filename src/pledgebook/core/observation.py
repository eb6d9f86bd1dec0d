"""What was counted or measured on the ground: a conflict event, or a dated figure, whatever file it was read from.

Plain values only. How sure a source is of day and place is told by its own code (`date_precision`, `place_precision`), and by what that
code means (`date_span`, `place_span`), so that nobody needs to know every source's codebook. Counts never show who controls territory.
"""

from datetime import date
from typing import Literal

import msgspec

ObservationKind = Literal["event", "figure"]
ObservationSource = Literal["ucdp-ged", "ucdp-candidate", "acled", "table"]
#: Within which span the true day lies. "days": two to six days. "longer": more than a month, or nobody knows.
DateSpan = Literal["day", "days", "week", "month", "longer"]
#: How near the true place is. "near": around a named place. "area": somewhere in the first-level area. "region": a larger or vague stretch
#: (a river, a border, several areas). "country": no more than the country. "nowhere": at sea or in the air, or nobody knows.
PlaceSpan = Literal["exact", "near", "district", "area", "region", "country", "nowhere"]
#: Spans of place that are within one first-level area.
WITHIN_AREA: frozenset[PlaceSpan] = frozenset({"exact", "near", "district", "area"})
#: How an area was found: "name": the source names it; "point": its coordinates lie in its outline.
FoundBy = Literal["name", "point"]


class Observation(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A dated count or figure for a place. Absent means: the source does not tell.

    Events: `best`, `low` and `high` are the source's estimates of deaths, `deaths_civilians` those of civilians among `best`, `deaths_a` and
    `deaths_b` those of the two sides, `deaths_unknown` the rest. `type` is "state-based", "non-state" or "one-sided" (UCDP) or the
    source's own word (ACLED's event type), `subtype` its finer one. Figures: `measure`, `unit` and `value`, a decimal string.

    `id` begins with the family of the source ("ucdp:", "acled:", "table:NAME:"): what has one id is one thing, told again or told otherwise.
    `admin1` is the first-level area in the source's words, `area` its ISO 3166-2 code, once it was looked for (`pledgebook.reference.places`).
    """

    id: str
    kind: ObservationKind
    source: ObservationSource
    start: date
    end: date
    date_precision: int | None = None
    date_span: DateSpan = "day"
    place: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    place_precision: int | None = None
    place_span: PlaceSpan = "nowhere"
    country: str | None = None
    country_code: str | None = None
    type: str | None = None
    subtype: str | None = None
    conflict: str | None = None
    dyad: str | None = None
    side_a: str | None = None
    side_b: str | None = None
    best: int | None = None
    low: int | None = None
    high: int | None = None
    deaths_a: int | None = None
    deaths_b: int | None = None
    deaths_civilians: int | None = None
    deaths_unknown: int | None = None
    headline: str | None = None
    measure: str | None = None
    unit: str | None = None
    value: str | None = None
    area: str | None = None
    area_by: FoundBy | None = None


def family_of(id_: str) -> str:
    """The source family of an id: "ucdp", "acled", "table:NAME"."""
    parts = id_.split(":", 2)
    return ":".join(parts[:2]) if parts[0] == "table" else parts[0]
