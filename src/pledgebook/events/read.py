"""A file of events or figures, whatever it is: told by its headings and never by its name."""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from pledgebook.core.observation import Observation
from pledgebook.core.problem import Problem
from pledgebook.events.acled import acled_event, is_acled, uploaded
from pledgebook.events.cells import CellError, Cells
from pledgebook.events.column_map import ColumnMap
from pledgebook.events.csv_file import CsvFile
from pledgebook.events.figures import Figures, missing_column
from pledgebook.events.ged import ged_event, is_ged


class Row(msgspec.Struct, frozen=True, gc=False):
    """An observation with the line that its record begins in (from 1), and when its source last changed it (ISO 8601), where it says so."""

    line: int
    observation: Observation
    changed: str | None = None


def read_events(blocks: Iterable[bytes], source: str, columns: ColumnMap | None = None) -> Iterator[Row | Problem]:
    """Every row of a CSV file, decompressed, as an observation, or as a Problem with its line.

    With `columns` it is a table of figures; without it must be UCDP's or ACLED's. Of rows with the same id the first is read, and the others
    told; figures of one measure, place and time are told apart by number.
    """
    file = CsvFile(blocks, source)
    if file.problem is not None:
        yield file.problem
        return
    reader = _reader(file, columns)
    if isinstance(reader, Problem):
        yield reader
        return
    met: dict[str, int] = {}
    for row in file.rows():
        if isinstance(row, Problem):
            yield row
            continue
        found = _read(row, reader, source)
        if isinstance(found, Row) and found.observation.id in met:
            yield _twice(found, met[found.observation.id], source)
        elif found is not None:
            if isinstance(found, Row):
                met[found.observation.id] = found.line
            yield found


def _reader(file: CsvFile, columns: ColumnMap | None) -> Callable[[Cells], Observation | None] | Problem:
    headings = frozenset(file.headings)
    if columns is not None:
        figures = Figures(columns)
        lacking = figures.lacks(headings)
        return figures.figure if lacking is None else missing_column(lacking, file.source)
    if is_ged(headings):
        return ged_event
    if is_acled(headings):
        return acled_event
    return Problem(
        severity="error",
        rule="unknown-format",
        where=file.source,
        line=1,
        what="It is neither a CSV of UCDP's nor of ACLED's: the headings are " + ", ".join(file.headings[:6])[:120] + " ...",
        todo="Say with --columns what its columns mean; docs/events.md tells how.",
    )


def _read(row: Cells, reader: Callable[[Cells], Observation | None], source: str) -> Row | Problem | None:
    try:
        found = reader(row)
    except CellError as error:
        return error.problem(source, row.line)
    return None if found is None else Row(row.line, found, uploaded(row) if found.source == "acled" else None)


def _twice(row: Row, first: int, source: str) -> Problem:
    what = f"{row.observation.id} stands there twice; line {first} is read."
    return Problem(severity="error", rule="twice", where=source, line=row.line, what=what, todo="Take the second one out.")
