"""The rows of a tracker, each a frozen document that shows it as lines, with its commitments."""

from collections.abc import Iterator
from typing import Literal
from urllib.parse import quote as quoted

import msgspec

from pledgebook.core.commitment import Commitment
from pledgebook.core.counted import counted
from pledgebook.core.document import Document
from pledgebook.core.identity import content_id, sha256_hex
from pledgebook.core.problem import Problem, Severity
from pledgebook.trackers.cells import CellError, country_of, date_of, donor_of, strength_in, told, unit_in
from pledgebook.trackers.column_map import ColumnMap
from pledgebook.trackers.commitments import Origin, Shared, announced_in, in_cells
from pledgebook.trackers.lines import Lines, lines_of
from pledgebook.trackers.tables import TableRow, rows_of


class TrackedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row as a document with its commitments. `data` are the bytes of the document's text, whose SHA-256 it has; `line` is where it stood."""

    document: Document
    commitments: tuple[Commitment, ...]
    data: bytes
    line: int


def read_tracker(data: bytes, name: str, column_map: ColumnMap) -> Iterator[TrackedRow | Problem]:
    """Every row of a tracker (CSV, XLSX or JSON Lines) as a document with commitments, and a Problem for each thing that cannot be read.

    `name` is the file's name for problems and reasons. An error leaves its row out, or in a wide table its cell; a row without any
    promise (all its sums are zero or blank) gives nothing. The same row met again in the file is a document of its own, with a warning.
    """
    met: dict[str, int] = {}
    noted: set[str] = set()
    for row in rows_of(data, name, column_map):
        if isinstance(row, Problem):
            yield row
        elif not _is_skipped(row, column_map):
            for found in _tracked(row, name, column_map, met):
                # A note is about a name: to read it once is enough.
                if not isinstance(found, Problem) or found.severity != "note":
                    yield found
                elif found.what not in noted:
                    noted.add(found.what)
                    yield found


def _is_skipped(row: TableRow, column_map: ColumnMap) -> bool:
    for skip in column_map.skip:
        cell = row.cells.get(skip.column, "").casefold()
        if cell in map(str.casefold, skip.equals) or (cell and cell.startswith(tuple(map(str.casefold, skip.starts)))):
            return True
    return not row.cells


def _tracked(row: TableRow, name: str, column_map: ColumnMap, met: dict[str, int]) -> Iterator[TrackedRow | Problem]:
    problems: list[Problem] = []
    try:
        shared = _shared(row, name, column_map, problems)
        lines = _twin(lines_of(row, column_map), row, name, met, problems)
        document = _document(row, lines.text, column_map)
        origin = Origin(row, lines, shared, document, name, column_map)
        if column_map.values:
            made, faults = in_cells(origin)
            problems.extend(_problem("error", fault.rule, name, row, fault.what, fault.todo) for fault in faults)
        else:
            made = (announced_in(origin),)
    except CellError as error:
        yield _problem("error", error.rule, name, row, error.what, error.todo)
        return
    yield from problems
    if made:
        yield TrackedRow(document=document, commitments=made, data=lines.text.encode(), line=row.line)


def _shared(row: TableRow, name: str, column_map: ColumnMap, problems: list[Problem]) -> Shared:
    donor = told(row, column_map, "donor")
    if donor is None:
        raise CellError("missing-donor", "The row names no donor.", "Fill it, or skip such rows by [[skip]] in the map.")
    actor, is_known = donor_of(donor, column_map)
    if not is_known:
        todo = "Say in [donors] of the map whom it means, or add it to the actors of the book."
        problems.append(_problem("note", "unknown-donor", name, row, f"{donor[:60]!r} is in no registry; it is kept as written.", todo))
    announced = told(row, column_map, "announced")
    if announced is None:
        what = "The row does not tell when it was announced; its promise has no date."
        problems.append(_problem("warning", "missing-date", name, row, what, "Fill the date."))
    recipient = told(row, column_map, "recipient")
    country = country_of(recipient) if recipient else None
    if recipient and country is None:
        what = f"The recipient {recipient[:60]!r} is no country that is known."
        problems.append(_problem("note", "unknown-country", name, row, what, "Write its English name or ISO code."))
    deadline = told(row, column_map, "deadline")
    return Shared(
        actor=actor,
        actor_text=donor,
        strength=strength_in(row, column_map),
        stated=date_of(announced, "announced", column_map) if announced else None,
        countries=(country,) if country else (),
        unit=unit_in(row, column_map),
        deadline=(f"../{date_of(deadline, 'deadline', column_map)}", deadline) if deadline else None,
    )


def _twin(lines: Lines, row: TableRow, name: str, met: dict[str, int], problems: list[Problem]) -> Lines:
    """The lines, with one more that tells them apart if the same row stood in the file before."""
    digest = sha256_hex(lines.text.encode())
    met[digest] = met.get(digest, 0) + 1
    if met[digest] == 1:
        return lines
    what = f"The same row has been met {counted(met[digest] - 1, 'time')} before; it is kept as a promise of its own."
    problems.append(_problem("warning", "twin-row", name, row, what, "Take it out if it is a slip; give each row an id."))
    return Lines(f"{lines.text}\nsame row, time: {met[digest]}", lines.places)


def _document(row: TableRow, text: str, column_map: ColumnMap) -> Document:
    digest = sha256_hex(text.encode())
    own = told(row, column_map, "id")
    url = told(row, column_map, "url")
    published = told(row, column_map, "published") or told(row, column_map, "announced")
    field: Literal["published", "announced"] = "published" if told(row, column_map, "published") else "announced"
    day = date_of(published, field, column_map) if published else ""
    # Several rows may cite one address, and the address is what makes two documents versions of one source.
    mark = quoted(f"{column_map.name}:{own or digest[:16]}", safe=":")
    return Document(
        id=own or content_id("document", digest),
        text=text,
        sha256=digest,
        title=told(row, column_map, "title"),
        outlet=told(row, column_map, "outlet"),
        url=f"{url}{'&' if '#' in url else '#'}{mark}" if url else None,
        published=day if len(day) == len("2024-09-30") else None,
        published_rule="given" if len(day) == len("2024-09-30") else None,
        language="en",
    )


def _problem(severity: Severity, rule: str, name: str, row: TableRow, what: str, todo: str) -> Problem:
    return Problem(severity=severity, rule=rule, where=name, line=row.line, what=what, todo=todo)
