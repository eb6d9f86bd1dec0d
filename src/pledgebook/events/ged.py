"""UCDP's Georeferenced Event Dataset and its candidate events: a row -> an Observation.

Columns are those of all versions from 5.0 to 26.1: older ones write `best_est`, shapefiles cut names to ten letters. The meaning of precision
codes is that of the GED codebook. A candidate release has the same columns as a final one and does not say which it is: an event whose
`code_status` is not "Clear" is still to be checked, and is called "ucdp-candidate". An event keeps its id from release to release.
"""

from collections.abc import Container
from typing import TypeVar

from pledgebook.core.observation import DateSpan, Observation, PlaceSpan
from pledgebook.events.cells import CellError, Cells, day_of
from pledgebook.events.countries import country_of

T = TypeVar("T")

TYPES = {1: "state-based", 2: "non-state", 3: "one-sided"}
DATE_SPANS: dict[int, DateSpan] = {1: "day", 2: "days", 3: "week", 4: "month", 5: "longer"}
PLACE_SPANS: dict[int, PlaceSpan] = {1: "exact", 2: "near", 3: "district", 4: "area", 5: "region", 6: "country", 7: "nowhere"}
#: Columns under any of their names.
_TYPE = ("type_of_violence", "type_of_vi", "type_of_vio")
_BEST, _LOW, _HIGH = ("best", "best_est"), ("low", "low_est"), ("high", "high_est")
_DATE_PREC, _WHERE_PREC = ("date_prec", "date_precision"), ("where_prec", "where_precision", "geo_prec")
_START, _END = ("date_start", "start_date"), ("date_end", "end_date")


def is_ged(headings: Container[str]) -> bool:
    """Whether a file with these headings is one of UCDP's."""
    needed = (_TYPE, _START, _BEST, ("side_a",), ("side_b",), ("id", "event_id"))
    return all(any(one in headings for one in names) for names in needed)


def ged_event(row: Cells) -> Observation:
    """The event of a row. Raises CellError where it lacks what makes it an event: id, dates, type, best estimate."""
    start = day_of(row.needed(*_START))
    end = day_of(row.text(*_END) or row.needed(*_START))
    if end < start:
        raise CellError("bad-date", f"It ends ({end}) before it starts ({start}).", "Mend the dates.")
    date_prec, where_prec = row.whole(*_DATE_PREC), row.whole(*_WHERE_PREC)
    at = row.point("latitude", "longitude")
    country = row.text("country")
    status = (row.text("code_status", "code_statu") or "clear").casefold()
    return Observation(
        id=f"ucdp:{_number(row)}",
        kind="event",
        source="ucdp-ged" if status == "clear" else "ucdp-candidate",
        start=start,
        end=end,
        date_precision=date_prec,
        date_span=_coded(DATE_SPANS, date_prec, "date_prec", "longer"),
        place=row.text("where_coordinates", "where_coor", "where_description"),
        admin1=row.text("adm_1"),
        admin2=row.text("adm_2"),
        latitude=at[0] if at else None,
        longitude=at[1] if at else None,
        place_precision=where_prec,
        place_span=_coded(PLACE_SPANS, where_prec, "where_prec", "nowhere"),
        country=country,
        country_code=country_of(country),
        type=_type(row),
        conflict=row.text("conflict_name"),
        dyad=row.text("dyad_name"),
        side_a=row.text("side_a"),
        side_b=row.text("side_b"),
        best=_needed_count(row),
        low=row.count(*_LOW),
        high=row.count(*_HIGH),
        deaths_a=row.count("deaths_a"),
        deaths_b=row.count("deaths_b"),
        deaths_civilians=row.count("deaths_civilians", "deaths_civ"),
        deaths_unknown=row.count("deaths_unknown", "deaths_unk"),
        headline=row.text("source_headline", "source_hea", "source_article", "source_art"),
    )


def _number(row: Cells) -> int | str:
    """The event's number; early versions have letters in it."""
    written = row.needed("id", "event_id")
    try:
        return row.whole("id", "event_id") or written
    except CellError:
        return written


def _type(row: Cells) -> str:
    code = row.whole(*_TYPE)
    if code not in TYPES:
        raise CellError("bad-type", f"{code} is no type of violence (1, 2 or 3).", "Mend the cell.")
    return TYPES[code]


def _needed_count(row: Cells) -> int:
    row.needed(*_BEST)
    return row.count(*_BEST) or 0


def _coded(codes: dict[int, T], code: int | None, name: str, unknown: T) -> T:
    """What a precision code means; `unknown` where the row has none. Raises CellError for a code that the codebook does not have."""
    if code is None:
        return unknown
    if code not in codes:
        raise CellError("bad-precision", f"{code} is no code of {name}.", "Mend the cell.")
    return codes[code]
