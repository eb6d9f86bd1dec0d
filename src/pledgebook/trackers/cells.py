"""Cells to values: days, sums, units, donors, countries. What cannot be told raises `CellError`; nothing is guessed."""

import datetime
import re
from decimal import Decimal, InvalidOperation, localcontext
from typing import Literal, get_args

from pledgebook.core.commitment import Kind, Strength
from pledgebook.reference.actors import actor_named, principal_of, states
from pledgebook.reference.countries import country_code
from pledgebook.trackers.column_map import ColumnMap, Field, Numbers, currency_of, unit_of
from pledgebook.trackers.tables import TableRow

DateField = Literal["announced", "deadline", "published"]
#: Digits of a sum beyond this are a slip of the pen, not money.
_LONGEST = 40
_UNGROUPED = re.compile(r"[+-]?\d{1,40}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,2})?", re.ASCII)


class CellError(ValueError):
    """A cell that cannot be read: the rule's name, what is wrong, and what to do about it."""

    def __init__(self, rule: str, what: str, todo: str) -> None:
        super().__init__(what)
        self.rule, self.what, self.todo = rule, what, todo


def told(row: TableRow, column_map: ColumnMap, field: Field) -> str | None:
    """What the row, or else the map's constant, tells of a field; several columns are joined (days and ids by hyphens)."""
    if field in column_map.constants:
        return column_map.constants[field]
    cells = [row.cells[heading] for heading in column_map.headings(field) if heading in row.cells]
    if not cells or (field in {"announced", "id"} and len(cells) < len(column_map.headings(field))):
        return None
    return ("-" if field in {"announced", "deadline", "published", "id"} else " ").join(cells)


def date_of(written: str, field: DateField, column_map: ColumnMap) -> str:
    """The EDTF date (a day, a month or a year) of a cell, by the formats of the map. Raises CellError if none fits or two disagree."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", written, re.ASCII):
        readings = {_parsed(written, "%Y-%m-%d")} - {None}
    else:
        readings = {_parsed(written, form) for form in getattr(column_map.dates, field)} - {None}
    if len(readings) == 1:
        return readings.pop() or ""
    if readings:
        what = f"{written[:60]!r} can be read as {' and as '.join(sorted(filter(None, readings)))}."
        raise CellError("ambiguous-date", what, f"Leave one format of {field!r} in [dates] of the map.")
    what = f"{written[:60]!r} is no date that the map tells how to read."
    raise CellError("bad-date", what, f"Mend the cell, or add its format to {field!r} in [dates] of the map.")


def _parsed(written: str, form: str) -> str | None:
    try:
        day = datetime.datetime.strptime(written, form).date()  # noqa: DTZ007 - a tracker's days have no zone
    except ValueError:
        return None
    if re.search(r"%[djxc]", form):
        return day.isoformat()
    return f"{day:%Y-%m}" if re.search(r"%[mbB]", form) else f"{day.year:04}"


def sum_of(written: str, numbers: Numbers, multiple: Decimal) -> Decimal:
    """The sum of a cell times `multiple`, exact. Raises CellError where the cell is no number written as the map says."""
    plain = written.replace("\N{MINUS SIGN}", "-").replace("\N{NO-BREAK SPACE}", " ")
    if numbers.groups and numbers.groups in plain:
        group, mark = re.escape(numbers.groups), re.escape(numbers.decimal)
        if not re.fullmatch(rf"[+-]?\d{{1,3}}(?:{group}\d{{3}}){{1,12}}(?:{mark}\d{{1,40}})?", plain, re.ASCII):
            raise _no_sum(written)
        plain = plain.replace(numbers.groups, "")
    if numbers.decimal == ",":
        plain = plain.replace(",", ".") if "." not in plain else ""
    if len(plain) > _LONGEST or not _UNGROUPED.fullmatch(plain):
        raise _no_sum(written)
    try:
        with localcontext(prec=100):
            return Decimal(plain) * multiple
    except InvalidOperation:
        raise _no_sum(written) from None


def _no_sum(written: str) -> CellError:
    return CellError("bad-sum", f"{written[:60]!r} is no sum that the map tells how to read.", "Mend the cell, or [numbers] of the map.")


def plain_digits(value: Decimal) -> str:
    """A decimal without exponent and without zeros at its end."""
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def unit_in(row: TableRow, column_map: ColumnMap) -> tuple[str, Decimal]:
    """Currency and multiple of the row's sums. Raises CellError if it names none."""
    field: Field = "unit" if "unit" in {*column_map.columns, *column_map.constants} else "currency"
    written = told(row, column_map, field)
    if written is None:
        raise CellError(
            "missing-currency", f"The row names no {field}.", "Fill it, or name it as a constant of the map if all rows share it."
        )
    if field == "unit":
        found = unit_of(written, column_map)
    else:
        code = currency_of(written, column_map)
        found = (code, column_map.numbers.factor()) if code is not None else None
    if found is None:
        what = f"{written[:60]!r} is no {field} that is known."
        raise CellError("bad-currency", what, "Write an ISO 4217 code, or say in [currencies] of the map what it stands for.")
    return found


def kind_in(row: TableRow, column_map: ColumnMap) -> Kind:
    """The kind of the row's promise. Raises CellError if the map does not say what the tracker's word stands for."""
    written = told(row, column_map, "kind") or ""
    if written in column_map.kinds:
        return column_map.kinds[written]
    for kind in get_args(Kind):
        if written == kind:
            return kind  # type: ignore[no-any-return]
    raise CellError("bad-kind", f"{written[:60]!r} is no kind that is known.", "Say in [kinds] of the map what it stands for.")


def strength_in(row: TableRow, column_map: ColumnMap) -> Strength:
    """How firm the row's promise is. Raises CellError if it is none of the three."""
    written = told(row, column_map, "strength") or ""
    for strength in get_args(Strength):
        if written == strength:
            return strength  # type: ignore[no-any-return]
    raise CellError("bad-strength", f"{written[:60]!r} is no strength.", "Write pledge, intention or aspiration.")


def donor_of(written: str, column_map: ColumnMap) -> tuple[str, bool]:
    """The canonical actor of a donor's name, and whether it is known: by the map, the registry of actors, or the names of countries."""
    name = column_map.donors.get(written, written)
    if (actor := actor_named(name)) is not None:
        return principal_of(actor), True
    code = country_code(name)
    return (states()[code].name, True) if code in states() and code is not None else (name, written in column_map.donors)


def country_of(written: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country's name or code."""
    return written if written in states() else country_code(written)
