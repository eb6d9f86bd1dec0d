"""Columns of reported text as columns of dates, sums and codes, with the rows that could not be taken."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pledgebook.aid.tables import SUM

Rows = NDArray[np.int64]
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_PLAIN = r"^[+-]?[0-9]{1,24}(\.[0-9]{0,12})?$"
_PLACES = Decimal(1).scaleb(-12)
_TOO_LARGE = Decimal(10) ** 25
_NONE: Rows = np.zeros(0, np.int64)
_WIDE = Context(prec=60, rounding=ROUND_HALF_EVEN)


def text(column: pa.Array) -> pa.Array:
    """Without white space around it; nothing in place of the empty text."""
    if column.null_count == len(column):
        return pa.nulls(len(column), pa.string())
    trimmed = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(trimmed, ""), None, trimmed)


def numbers(column: pa.ChunkedArray | pa.Array) -> Rows:
    """Whole numbers without nulls as NumPy has them."""
    found: Rows = column.to_numpy().astype(np.int64)
    return found


def valid(column: pa.Array) -> NDArray[np.bool_]:
    """Where the column has a value."""
    if not column.null_count:
        return np.ones(len(column), bool)
    if pa.types.is_null(column.type):
        return np.zeros(len(column), bool)
    bits = np.unpackbits(np.frombuffer(column.buffers()[0], np.uint8), count=column.offset + len(column), bitorder="little")
    found: NDArray[np.bool_] = bits[column.offset :].view(bool)
    return found


def first(*columns: pa.Array) -> pa.Array:
    """In each row the first value there is."""
    return pc.coalesce(*columns)


def rows(mask: pa.Array) -> Rows:
    """The numbers of the rows in which `mask` is true."""
    return np.flatnonzero(pc.fill_null(mask, fill_value=False).to_numpy(zero_copy_only=False))


def in_file_order(tables: Sequence[pa.Table]) -> pa.Table:
    """The rows of tables of one schema, all rows of an activity together: where a file was cut does not show in their order."""
    table = pa.concat_tables(tables).combine_chunks()
    order = np.argsort(numbers(table["activity"]), kind="stable")
    return table.take(pa.array(order))


def days(column: pa.Array) -> tuple[pa.Array, Rows]:
    """Dates from `2020-01-31`, with or without a time or zone behind it, and the rows whose text is no date."""
    if column.null_count == len(column):
        return pa.nulls(len(column), pa.date32()), _NONE
    begun = pc.if_else(
        pc.match_substring_regex(column, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}($|[TZ +-])"), pc.utf8_slice_codeunits(column, 0, 10), None
    )
    found = _dates(begun)
    return found, np.flatnonzero(valid(column) & ~valid(found))


def _dates(column: pa.Array) -> pa.Array:
    try:
        return pc.cast(column, pa.date32())
    except pa.ArrowInvalid:  # one of them is a 30 February, which strptime would take for 1 March
        return pa.array([_date(said) for said in column.to_pylist()], pa.date32())


def _date(said: str | None) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        return None


def sums(column: pa.Array) -> tuple[pa.Array, Rows, Rows]:
    """Decimals with twelve places, the rows whose text is no number, and those that had to be rounded."""
    if column.null_count == len(column):
        return pa.nulls(len(column), SUM), _NONE, _NONE
    simple = pc.match_substring_regex(column, _PLAIN)
    odd = rows(pc.invert(simple))
    if not len(odd):
        return pc.cast(column, SUM), _NONE, _NONE
    values = pc.cast(pc.if_else(simple, column, None), SUM).to_pylist()
    wrong, rounded = [], []
    for row in odd:
        value = number(column[int(row)].as_py())
        if value is None:
            wrong.append(row)
            continue
        values[row] = value.quantize(_PLACES, context=_WIDE)
        if values[row] != value:
            rounded.append(row)
    return pa.array(values, SUM), np.array(wrong, np.int64), np.array(rounded, np.int64)


def number(written: str) -> Decimal | None:
    """A number as xsd:decimal or with an exponent; a comma may mean two things, so it is none."""
    if not _NUMBER.fullmatch(written):
        return None
    value = Decimal(written)
    return value if abs(value) < _TOO_LARGE else None


def yes_no(column: pa.Array) -> tuple[pa.Array, Rows]:
    """Truth from 1, true, 0, false; and the rows with anything else."""
    if column.null_count == len(column):
        return pa.nulls(len(column), pa.bool_()), _NONE
    lower = pc.utf8_lower(column)
    yes, no = pc.is_in(lower, pa.array(["1", "true"])), pc.is_in(lower, pa.array(["0", "false"]))
    found = pc.if_else(yes, pa.scalar(True), pc.if_else(no, pa.scalar(False), None))
    return found, np.flatnonzero(valid(column) & ~valid(found))


def whole(column: pa.Array) -> tuple[pa.Array, Rows]:
    """Whole numbers below ten digits, and the rows with anything else."""
    good = pc.match_substring_regex(column, r"^[0-9]{1,9}$")
    return pc.cast(pc.if_else(good, column, None), pa.int32()), rows(pc.invert(good))


def coded(column: pa.Array, codes: Mapping[str, str]) -> pa.Array:
    """The code for each word or code in any case; null for what the table does not know."""
    found = pc.index_in(pc.utf8_lower(column), pa.array(list(codes)))
    return pc.take(pa.array(list(codes.values())), found)


def matched(wanted: Rows, having: Rows, values: pa.Array) -> pa.Array:
    """For each wanted number the value of the first row that has it; `having` is in ascending order."""
    if not len(having):
        return pa.nulls(len(wanted), values.type)
    place = np.searchsorted(having, wanted)
    inside = np.minimum(place, len(having) - 1)
    return pc.take(values, pa.array(inside, mask=having[inside] != wanted))


def first_values(wanted: Rows, having: Rows, values: pa.Array) -> pa.Array:
    """For each wanted number the first value that is not null among the rows that have it; `having` is in ascending order."""
    if values.null_count == len(values):
        return pa.nulls(len(wanted), values.type)
    filled = np.flatnonzero(valid(values))
    return matched(wanted, having[filled], pc.take(values, pa.array(filled)))
