"""Rows as cells: what CSV and XLSX show of each value."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pledgebook.book.effective import CORRECTABLE
from pledgebook.views.book.cells import fitted, to_cell
from pledgebook.views.book.codebook import Column, codebook
from pledgebook.views.book.decision_rows import rows_of_decisions
from pledgebook.views.book.fields import format_field
from pledgebook.views.book.rows import rows_of
from pledgebook.views.book.whole import Whole
from pledgebook.views.rows import one_line

Cell = str | int | float | Decimal | None
#: Sheets whose cells come back: there an empty text and none differ.
_REVIEW = {"commitments": "commitment", "claims": "claim"}
#: Words around a quote, for the eye only: shown on one line.
_AROUND = frozenset({"before", "after"})
_AS_IT_IS = frozenset({"word", "whole", "decimal", "share", "degrees"})
#: Rows that a sheet of a workbook can hold, without those for names and hashtags.
MOST_ROWS = 1_048_574


class SheetTable:
    """A table as people see it: its columns (a table of decisions may have more), the HXL row, and its rows of cells."""

    def __init__(self, whole: Whole, name: str) -> None:
        self.name = name
        self._whole = whole
        self.columns = list(codebook()[name].of_sheets)
        self._decisions: list[dict[str, str]] = []
        if name == "decisions":
            self._decisions = rows_of_decisions(whole.snapshot.decisions)
            record = self.columns[-1]
            known = {column.name for column in self.columns}
            more = [heading for heading in (self._decisions[0] if self._decisions else ()) if heading not in known]
            self.columns += [_renamed(record, heading) for heading in more]

    @property
    def headings(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]

    @property
    def hashtags(self) -> list[str]:
        """The HXL row."""
        return [column.hxl for column in self.columns]

    def rows(self) -> Iterator[list[Cell]]:
        """The rows."""
        if self.name == "decisions":
            for row in self._decisions:
                yield [row[column.name] for column in self.columns]
            return
        fields = CORRECTABLE[_REVIEW[self.name]] if self.name in _REVIEW else {}
        for found in rows_of(self._whole, self.name):
            yield [_cell(column, found[column.name], edited=column.name in fields) for column in self.columns]


def _cell(column: Column, value: Any, *, edited: bool) -> Cell:  # noqa: ANN401 - what a column holds
    if value is None or (value == "" and not edited):
        return None
    if column.name in _AROUND:
        return fitted(to_cell(one_line(value))) or None
    if column.kind in _AS_IT_IS:
        found: Cell = value
        return found
    if column.kind == "flag":
        return "yes" if value else "no"
    if column.kind in {"names", "amounts", "purposes"}:
        field = {"names": "countries" if column.name == "countries" else "actors"}.get(column.kind, column.kind)
        return fitted(format_field(field, value))
    return fitted(value if column.kind == "json" else to_cell(value))


def _renamed(column: Column, name: str) -> Column:
    return Column(name=name, kind=column.kind, hxl=column.hxl, only=column.only, values=column.values, meaning=column.meaning)
