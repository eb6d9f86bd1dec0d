"""A plain CSV of dated figures: a row, read by a column map -> an Observation with measure, unit and value."""

import calendar
import re
from collections import Counter
from collections.abc import Container
from datetime import date, datetime, timedelta
from decimal import Decimal

from pledgebook.core.identity import content_id
from pledgebook.core.observation import DateSpan, Observation, PlaceSpan
from pledgebook.core.problem import Problem
from pledgebook.events.cells import CellError, Cells, day_of
from pledgebook.events.column_map import ColumnMap, Field
from pledgebook.events.counted import check_count
from pledgebook.events.countries import country_of

#: First day, last day, and the span that they are told within.
Period = tuple[date, date, DateSpan]
_GROUPED = r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?"
_NUMBER = re.compile(rf"(?:{_GROUPED}|[+-]?\d{{1,30}}(?:\.\d{{1,30}})?(?:[eE][+-]?\d{{1,2}})?)", re.ASCII)


class Figures:
    """Reads the rows of one table, in order."""

    def __init__(self, column_map: ColumnMap) -> None:
        self.map = column_map
        self._met: Counter[str] = Counter()

    def lacks(self, headings: Container[str]) -> str | None:
        """The first column of the map that a file with these headings does not have."""
        return next((told for told in self.map.columns.values() if _plain(told) not in headings), None)

    def figure(self, row: Cells) -> Observation | None:
        """The figure of a row; None where its value is blank. Raises CellError for a value or date that cannot be read."""
        written = self._told(row, "value")
        if written is None:
            return None
        start, end, span = self._period(row)
        at = row.point(_plain(self.map.columns.get("latitude", "")), _plain(self.map.columns.get("longitude", "")))
        country, measure = self._told(row, "country"), self._told(row, "measure")
        if measure is None:
            raise CellError("missing-cell", "The row does not tell what is measured.", "Fill the cell.")
        place, admin1, area = (self._told(row, field) for field in ("place", "admin1", "area"))
        value, unit = number_of(written, self.map.decimal), self._told(row, "unit")
        group, side = self._told(row, "group"), self._told(row, "side")
        if group or side:
            check_count(group, side, value, unit)
        return Observation(
            id=self._id(row, (measure, start, end, country, area, admin1, place, at, *((group, side) if group else ()))),
            kind="figure",
            source="table",
            start=start,
            end=end,
            date_span=span,
            place=place,
            admin1=admin1,
            admin2=self._told(row, "admin2"),
            latitude=at[0] if at else None,
            longitude=at[1] if at else None,
            place_span=_place_span(at is not None, bool(admin1 or area), bool(country)),
            country=country,
            country_code=country_of(country) or (area[:2] if area and area[2:3] == "-" else None),
            headline=self._told(row, "note"),
            side_a=group,
            subtype=side,
            measure=measure,
            unit=unit,
            value=value,
            area=area,
            area_by="name" if area else None,
        )

    def _told(self, row: Cells, field: Field) -> str | None:
        return self.map.constants.get(field) or (row.text(_plain(self.map.columns[field])) if field in self.map.columns else None)

    def _id(self, row: Cells, makes: tuple[object, ...]) -> str:
        own = self._told(row, "id")
        made = f"table:{self.map.called()}:{own or content_id('figure', *map(str, makes))}"
        self._met[made] += 1
        return made if self._met[made] == 1 else f"{made}#{self._met[made]}"

    def _period(self, row: Cells) -> Period:
        written = self._told(row, "date")
        if written is not None:
            return period_of(written, self.map.dates)
        start = period_of(self._told(row, "start") or "", self.map.dates)
        end = period_of(self._told(row, "end") or self._told(row, "start") or "", self.map.dates)
        if end[1] < start[0]:
            raise CellError("bad-date", f"It ends ({end[1]}) before it starts ({start[0]}).", "Mend the dates.")
        return start[0], end[1], _span(start[0], end[1])


def missing_column(heading: str, source: str) -> Problem:
    """The problem of a file without a column of its map."""
    what = f"The column {heading!r} of the map is not among the headings."
    todo = "Mend the map; what holds for all rows is written field:=value."
    return Problem(severity="error", rule="missing-column", where=source, line=1, what=what, todo=todo)


def period_of(written: str, formats: tuple[str, ...] = ()) -> Period:
    """The period that a date names: a day, 2016-01, 2016, 2016-Q1, 2016-W05, or by one of `formats`. Raises CellError."""
    try:
        if found := re.fullmatch(r"(\d{4})(?:-(\d\d))?", written, re.ASCII):
            first, last = (int(found[2]),) * 2 if found[2] else (1, 12)
            return _months(int(found[1]), first, last)
        if found := re.fullmatch(r"(\d{4})-?Q([1-4])", written, re.ASCII):
            return _months(int(found[1]), 3 * int(found[2]) - 2, 3 * int(found[2]))
        if found := re.fullmatch(r"(\d{4})-W(\d\d)", written, re.ASCII):
            monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
            return monday, monday + timedelta(days=6), "week"
        readings = {_by(form, written) for form in formats} - {None}
    except ValueError:
        readings = set()
    if len(readings) == 1:
        return readings.pop() or period_of("")
    if readings:
        raise CellError(
            "ambiguous-date", f"{written[:40]!r} can be read in {len(readings)} ways.", "Leave one format in `dates` of the map."
        )
    try:
        day = day_of(written)
    except CellError as error:
        raise CellError(error.rule, error.what, "Write it as 2016-01-05 or 2016-01, or add its format to `dates` of the map.") from None
    return day, day, "day"


def _by(form: str, written: str) -> Period | None:
    try:
        day = datetime.strptime(written, form).date()  # noqa: DTZ007 - figures' days have no zone
    except ValueError:
        return None
    if re.search(r"%[djxc]", form):
        return day, day, "day"
    return _months(day.year, day.month, day.month) if re.search(r"%[mbB]", form) else _months(day.year, 1, 12)


def _months(year: int, first: int, last: int) -> Period:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), "month" if first == last else "longer"


def _span(start: date, end: date) -> DateSpan:
    days = (end - start).days + 1
    return "day" if days == 1 else "days" if days < 7 else "week" if days == 7 else "month" if days <= 31 else "longer"


def _place_span(point: bool, area: bool, country: bool) -> PlaceSpan:
    """How near a place is told: nobody says how sure a table's point is, so that it stands for its surroundings."""
    return "near" if point else "area" if area else "country" if country else "nowhere"


def number_of(written: str, decimal: str = ".") -> str:
    """A figure as a plain decimal string. Raises CellError for what is no number."""
    plain = written.replace("\N{MINUS SIGN}", "-").replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    if decimal == ",":
        plain = plain.translate({ord("."): ",", ord(","): "."})
    if not _NUMBER.fullmatch(plain):
        raise CellError("bad-number", f"{written[:40]!r} is no number.", "Mend the cell, or say with `decimal` how it is written.")
    return f"{Decimal(plain.replace(',', '')):f}"


def _plain(heading: str) -> str:
    return " ".join(heading.split()).casefold()
