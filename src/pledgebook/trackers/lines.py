"""A row as text: a line for each column, in an order that puts together what proves a promise."""

from collections.abc import Iterable
from typing import NamedTuple

from pledgebook.core.commitment import Range
from pledgebook.trackers.column_map import ColumnMap, Field
from pledgebook.trackers.tables import TableRow

#: The fields that open the text, and those whose lines stand together and make the quote.
HEAD: tuple[Field, ...] = ("donor", "announced", "recipient", "occasion")
PROOF: tuple[Field, ...] = ("description", "amount", "currency", "unit", "deadline")
#: What a constant unit is called in the text: it is the map's word, not the row's.
CONSTANT_UNITS = ("currency (from the map)", "unit (from the map)")


class Lines(NamedTuple):
    """The text of a row, and where the line of each heading begins, its cell begins, and both end."""

    text: str
    places: dict[str, tuple[int, int, int]]

    def context(self, column_map: ColumnMap) -> Range | None:
        """The lines that tell who promised, when and to whom."""
        heads: Iterable[str] = (heading for field in HEAD for heading in column_map.headings(field))
        places = [self.places[heading] for heading in heads if heading in self.places]
        return Range(min(place[0] for place in places), max(place[2] for place in places)) if places else None

    def proof(self, column_map: ColumnMap) -> list[tuple[int, int, int]]:
        """The places of the lines that make the quote of a row with one sum."""
        headings = [heading for field in PROOF for heading in column_map.headings(field)]
        return [self.places[heading] for heading in (*headings, *CONSTANT_UNITS) if heading in self.places]


def lines_of(row: TableRow, column_map: ColumnMap) -> Lines:
    """The row as "heading: cell" lines: who and when; what, how much and till when; all else. A constant unit follows the sums."""
    shown: dict[str, str] = {}
    for field in (*HEAD, *PROOF):
        shown.update((heading, row.cells[heading]) for heading in column_map.headings(field) if heading in row.cells)
        if field == "unit":
            shown.update((value.column, row.cells[value.column]) for value in column_map.values if value.column in row.cells)
            shown.update(
                (name, unit) for name in CONSTANT_UNITS if (unit := column_map.constants.get("unit" if "unit" in name else "currency"))
            )
    shown.update((heading, cell) for heading, cell in row.cells.items() if heading not in shown)
    places, written, at = {}, [], 0
    for heading, cell in shown.items():
        line = f"{heading}: {cell}"
        places[heading] = (at, at + len(heading) + 2, at + len(line))
        written.append(line)
        at += len(line) + 1
    return Lines("\n".join(written), places)
