"""Commitments of one row: of its one sum, or of each cell of a wide table."""

from decimal import Decimal
from typing import NamedTuple

import msgspec

from pledgebook.core.commitment import Amount, Commitment, Kind, Purpose, Strength
from pledgebook.core.document import Document
from pledgebook.core.identity import content_id
from pledgebook.core.span import Span
from pledgebook.reference.sectors import sector_code
from pledgebook.trackers.cells import CellError, kind_in, plain_digits, sum_of, told
from pledgebook.trackers.column_map import ColumnMap, ValueColumn
from pledgebook.trackers.lines import Lines
from pledgebook.trackers.tables import TableRow


class Shared(NamedTuple):
    """What all commitments of a row have in common; `unit` is a currency with its multiple, `deadline` EDTF and the words for it."""

    actor: str
    actor_text: str
    strength: Strength
    stated: str | None
    countries: tuple[str, ...]
    unit: tuple[str, Decimal]
    deadline: tuple[str, str] | None


class Origin(NamedTuple):
    """The row that commitments come from."""

    row: TableRow
    lines: Lines
    shared: Shared
    document: Document
    name: str
    column_map: ColumnMap


def in_cells(origin: Origin) -> tuple[tuple[Commitment, ...], tuple[CellError, ...]]:
    """A commitment for each sum of a wide table's row that is not zero, parts tied to their total; and the cells that cannot be read."""
    made: dict[str, Commitment] = {}
    faults: list[CellError] = []
    for value in origin.column_map.values:
        written = origin.row.cells.get(value.column)
        if written is None:
            continue
        try:
            found = _sum(written, origin)
            if found:
                made[value.column] = _in_cell(origin, value, _amount(written, found, origin))
        except CellError as error:
            faults.append(CellError(error.rule, f"{value.column}: {error.what}", error.todo))
    parents = {value.column: made[value.part_of].id for value in origin.column_map.values if value.part_of in made}
    return tuple(msgspec.structs.replace(commitment, part_of=parents.get(column)) for column, commitment in made.items()), tuple(faults)


def announced_in(origin: Origin) -> Commitment:
    """The commitment of a row with one sum: its quote runs from the description to the last of sum, currency and deadline.

    Raises CellError where the sum is missing or no sum, or nothing tells what was promised.
    """
    row, lines, column_map = origin.row, origin.lines, origin.column_map
    written = told(row, column_map, "amount")
    if written is None and not column_map.sums_may_lack:
        raise CellError("missing-sum", "The row names no sum.", "Fill it, or set sums_may_lack in the map.")
    described = [lines.places[heading] for heading in column_map.headings("description") if heading in lines.places]
    if not described and written is None:
        raise CellError("missing-description", "The row has neither a description nor a sum.", "Fill one of them, or skip such rows.")
    proof = lines.proof(column_map)
    quote = Span.of(lines.text, described[0][1] if described else proof[0][0], max(place[2] for place in proof))
    action = Span.of(lines.text, described[0][1], described[-1][2]) if described else quote
    amounts = (_amount(written, _sum(written, origin), origin),) if written is not None else ()
    return _commitment(origin, quote, action, amounts, (kind_in(row, column_map), None))


def _in_cell(origin: Origin, value: ValueColumn, amount: Amount) -> Commitment:
    """The quote of a cell is its line."""
    start, _, end = origin.lines.places[value.column]
    line = Span.of(origin.lines.text, start, end)
    kind = value.kind or kind_in(origin.row, origin.column_map)
    return _commitment(origin, line, line, (amount,), (kind, value.purpose))


def _sum(written: str, origin: Origin) -> Decimal:
    found = sum_of(written, origin.column_map.numbers, origin.shared.unit[1])
    if found < 0:
        raise CellError("negative-sum", f"{written!r} is less than nothing, and no promise.", "Leave the column or the row out by the map.")
    return found


def _amount(written: str, value: Decimal, origin: Origin) -> Amount:
    return Amount(text=written, value=plain_digits(value), unit=origin.shared.unit[0], qualifier="exact")


def _commitment(origin: Origin, quote: Span, action: Span, amounts: tuple[Amount, ...], told_of: tuple[Kind, str | None]) -> Commitment:
    """`told_of` is the kind, and what a value column says the money is for."""
    shared, column_map = origin.shared, origin.column_map
    purpose = told_of[1] or told(origin.row, column_map, "purpose")
    deadline, deadline_text = shared.deadline or (None, None)
    return Commitment(
        id=content_id("commitment", origin.document.sha256, quote.start, quote.end, action.start, action.end),
        quote=quote.text,
        start=quote.start,
        end=quote.end,
        context=origin.lines.context(column_map),
        actors=(shared.actor,),
        actor_text=shared.actor_text,
        speaker=origin.document.outlet,
        speech="document",
        action=action.text,
        kind=told_of[0],
        amounts=amounts,
        deadline=deadline,
        deadline_text=deadline_text,
        deadline_role="due" if deadline else None,
        countries=shared.countries,
        purposes=(Purpose(text=purpose, code=sector_code(purpose)),) if purpose else (),
        strength=shared.strength,
        conditional=False,
        negated=False,
        testable=bool(amounts or deadline),
        part_of=None,
        same_as=None,
        stated=shared.stated,
        occasion=told(origin.row, column_map, "occasion"),
        confidence=1.0,
        because=(f"tracker: row {origin.row.line} of {origin.name}, map {column_map.name}",),
    )
