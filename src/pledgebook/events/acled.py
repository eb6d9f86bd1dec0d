"""ACLED exports that a user has the right to: a row -> an Observation. None is shipped; ACLED's terms bind whoever takes one in.

ACLED reports one number of deaths, all sides together: it stands for `best`, and nothing is told of civilians. `geo_precision` 3 is a larger
region, `time_precision` 2 a week and 3 a month (ACLED codebook).
"""

from collections.abc import Container
from datetime import UTC, datetime

from pledgebook.core.observation import DateSpan, Observation, PlaceSpan
from pledgebook.events.cells import CellError, Cells, day_of
from pledgebook.events.countries import country_of

DATE_SPANS: dict[int, DateSpan] = {1: "day", 2: "week", 3: "month"}
PLACE_SPANS: dict[int, PlaceSpan] = {1: "exact", 2: "near", 3: "region"}


def is_acled(headings: Container[str]) -> bool:
    """Whether a file with these headings is an export of ACLED."""
    return all(one in headings for one in ("event_date", "event_type", "actor1", "fatalities")) and (
        "event_id_cnty" in headings or "data_id" in headings
    )


def acled_event(row: Cells) -> Observation:
    """The event of a row. Raises CellError where it lacks what makes it an event: id, date, type."""
    day = day_of(row.needed("event_date"))
    time, geo = row.whole("time_precision"), row.whole("geo_precision")
    for name, code, codes in (("time_precision", time, DATE_SPANS), ("geo_precision", geo, PLACE_SPANS)):
        if code is not None and code not in codes:
            raise CellError("bad-precision", f"{code} is no code of {name}.", "Mend the cell.")
    at = row.point("latitude", "longitude")
    country = row.text("country")
    return Observation(
        id=f"acled:{row.needed('event_id_cnty', 'data_id')}",
        kind="event",
        source="acled",
        start=day,
        end=day,
        date_precision=time,
        date_span=DATE_SPANS.get(time or 0, "longer"),
        place=row.text("location"),
        admin1=row.text("admin1"),
        admin2=row.text("admin2"),
        latitude=at[0] if at else None,
        longitude=at[1] if at else None,
        place_precision=geo,
        place_span=PLACE_SPANS.get(geo or 0, "nowhere"),
        country=country,
        country_code=country_of(country),
        type=row.needed("event_type"),
        subtype=row.text("sub_event_type"),
        side_a=row.text("actor1"),
        side_b=row.text("actor2"),
        best=row.count("fatalities"),
        headline=row.text("source"),
    )


def uploaded(row: Cells) -> str | None:
    """The time (ISO 8601, UTC) at which ACLED last changed a row, which its `timestamp` tells in seconds."""
    written = row.text("timestamp") or ""
    return datetime.fromtimestamp(int(written), UTC).strftime("%Y-%m-%dT%H:%M:%S") if written.isdigit() and len(written) <= 11 else None
