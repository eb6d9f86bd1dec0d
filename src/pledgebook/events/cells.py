"""Cells of a row to values: days, whole numbers, coordinates. What cannot be told raises `CellError`; nothing is guessed."""

import re
from collections.abc import Mapping
from datetime import date

import msgspec

from pledgebook.core.problem import Problem, Severity

#: A whole number of at most 15 digits; tables made with pandas write a nought behind the point.
_WHOLE = re.compile(r"[+-]?\d{1,15}(?:\.0*)?", re.ASCII)


class CellError(ValueError):
    """A cell that cannot be read: the rule's name, what is wrong, and what to do about it."""

    def __init__(self, rule: str, what: str, todo: str) -> None:
        super().__init__(what)
        self.rule, self.what, self.todo = rule, what, todo

    def problem(self, source: str, line: int, severity: Severity = "error") -> Problem:
        """The fault as a problem of the row that begins in `line`."""
        return Problem(severity=severity, rule=self.rule, where=source, line=line, what=self.what, todo=self.todo)


class Cells(msgspec.Struct, frozen=True):
    """A row: its cells by heading (in small letters), as they stand, and the line it begins in (from 1)."""

    line: int
    cells: Mapping[str, str]

    def text(self, *headings: str) -> str | None:
        """The cell under the first of the headings that has one, white space collapsed; a blank one is none."""
        for one in headings:
            if found := " ".join(self.cells.get(one, "").split()):
                return found
        return None

    def needed(self, *headings: str) -> str:
        """As `text`. Raises CellError for none."""
        found = self.text(*headings)
        if found is None:
            raise CellError("missing-cell", f"The row has no {headings[0]!r}.", "Fill the cell.")
        return found

    def whole(self, *headings: str) -> int | None:
        """A whole number, also written "4.0"; blank is None. Raises CellError for anything else."""
        written = self.text(*headings)
        if written is None:
            return None
        if not _WHOLE.fullmatch(written):
            raise CellError("bad-number", f"{written[:40]!r} under {headings[0]!r} is no whole number.", "Mend the cell.")
        return int(written.partition(".")[0])

    def count(self, *headings: str) -> int | None:
        """A whole number of nought or more. Raises CellError."""
        found = self.whole(*headings)
        if found is not None and found < 0:
            raise CellError("bad-number", f"{found} under {headings[0]!r} is below nought.", "Mend the cell.")
        return found

    def point(self, latitude: str, longitude: str) -> tuple[float, float] | None:
        """Latitude and longitude in degrees; None if both are blank. Raises CellError where one is, or they are not on the globe."""
        written = self.text(latitude), self.text(longitude)
        if written == (None, None):
            return None
        try:
            at = float(written[0] or ""), float(written[1] or "")
        except ValueError:
            at = (float("nan"), float("nan"))
        if not (abs(at[0]) <= 90 and abs(at[1]) <= 180):
            what = f"{written[0]!r}, {written[1]!r} is no latitude and longitude."
            raise CellError("bad-coordinates", what, "Write both in degrees, as 36.19 and 44.01.")
        return at


#: Days as UCDP and ACLED write them: 2016-01-05, with or without a time behind it, 05 January 2016, 5-Jan-2016.
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII)
_WORDS = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def day_of(written: str) -> date:
    """The day of a cell. Raises CellError for anything else, "3/4/2017" among it: nobody knows which of the two is the month."""
    found = _ISO.fullmatch(written)
    words = _WORDS.fullmatch(written)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
        if words:
            return date(int(words[3]), _MONTHS.index(words[2][:3].lower()) + 1, int(words[1]))
    except ValueError:
        pass  # no such day or month: told below
    raise CellError("bad-date", f"{written[:40]!r} is no day that can be told.", "Write it as 2016-01-05.")
