"""Columns of reported text as columns of dates, sums and codes, with masks of what could not be taken."""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pledgebook.aid.tables import SUM

Rows = NDArray[np.int64]
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
_PLAIN = r"^[+-]?[0-9]{1,24}(\.[0-9]{0,12})?$"
_CENTS = Decimal(1).scaleb(-12)
#: How many levels `keys` takes.
MOST_LEVELS = 3
_NONE = np.zeros(0, np.int64)
_WIDE = Context(prec=60, rounding=ROUND_HALF_EVEN)


def text(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Without white space around it; nothing in place of the empty text."""
    trimmed = pc.utf8_trim_whitespace(plain(column))
    return pc.if_else(pc.equal(trimmed, ""), None, trimmed)


def plain(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """One array, whatever pieces it came in."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def first(*columns: pa.Array) -> pa.Array:
    """In each row the first value there is."""
    return pc.coalesce(*columns)


def rows(mask: pa.Array) -> Rows:
    """The numbers of the rows in which `mask` is true."""
    return np.flatnonzero(pc.fill_null(mask, fill_value=False).to_numpy(zero_copy_only=False))


def any_of(*columns: pa.Array) -> pa.Array:
    """Where at least one of the columns has a value."""
    found = pc.is_valid(columns[0])
    for column in columns[1:]:
        found = pc.or_(found, pc.is_valid(column))
    return found


def days(column: pa.Array) -> tuple[pa.Array, Rows]:
    """Dates from `2020-01-31`, with or without a time or zone behind it, and the rows whose text is no date."""
    begun = pc.if_else(
        pc.match_substring_regex(column, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}($|[TZ +-])"), pc.utf8_slice_codeunits(column, 0, 10), None
    )
    found = pc.cast(pc.strptime(begun, format="%Y-%m-%d", unit="s", error_is_null=True), pa.date32())
    return found, rows(pc.and_(pc.is_valid(column), pc.is_null(found)))


def sums(column: pa.Array) -> tuple[pa.Array, Rows, Rows]:
    """Decimals with twelve places, the rows whose text is no number, and those that had to be rounded."""
    simple = pc.match_substring_regex(column, _PLAIN)
    if pc.all(pc.fill_null(simple, fill_value=True)).as_py() in {True, None}:
        return pc.cast(column, SUM), _NONE, _NONE
    values = pc.cast(pc.if_else(simple, column, None), SUM).to_pylist()
    wrong, rounded = [], []
    for row in rows(pc.invert(simple)):
        value = _number(column[row].as_py())
        if value is None:
            wrong.append(row)
            continue
        values[row] = value.quantize(_CENTS, context=_WIDE)
        if values[row] != value:
            rounded.append(row)
    return pa.array(values, SUM), np.array(wrong, np.int64), np.array(rounded, np.int64)


def _number(written: str) -> Decimal | None:
    """A number as xsd:decimal or with an exponent; a comma may mean two things, so it is none."""
    if not _NUMBER.fullmatch(written):
        return None
    try:
        value = Decimal(written)
        return value if abs(value) < Decimal(10) ** 25 else None
    except InvalidOperation:
        return None


def yes_no(column: pa.Array) -> tuple[pa.Array, Rows]:
    """Truth from 1, true, 0, false; and the rows with anything else."""
    lower = pc.utf8_lower(column)
    found = pc.if_else(
        pc.is_in(lower, pa.array(["1", "true"])),
        pa.scalar(True),
        pc.if_else(pc.is_in(lower, pa.array(["0", "false"])), pa.scalar(False), None),
    )
    return found, rows(pc.and_(pc.is_valid(column), pc.is_null(found)))


def whole(column: pa.Array) -> tuple[pa.Array, Rows]:
    """Whole numbers below ten digits, and the rows with anything else."""
    good = pc.match_substring_regex(column, r"^[0-9]{1,9}$")
    return pc.cast(pc.if_else(good, column, None), pa.int32()), rows(pc.invert(good))


def coded(column: pa.Array, codes: Mapping[str, str]) -> pa.Array:
    """The code for each word or code in any case; null for what the table does not know."""
    found = pc.index_in(pc.utf8_lower(column), pa.array(list(codes)))
    return pc.take(pa.array(list(codes.values())), found)


def keys(*levels: pa.Array) -> Rows:
    """One number for the place of each row: activity, child, grandchild ... Each may have 2^21 children, so MOST_LEVELS fit."""
    if len(levels) > MOST_LEVELS:
        raise ValueError("a place this deep does not fit into a number")
    made = np.zeros(len(levels[0]), np.int64)
    for level in levels:
        made = (made << 21) | level.to_numpy(zero_copy_only=False).astype(np.int64)
    return made


def matched(wanted: Rows, having: Rows, values: pa.Array) -> pa.Array:
    """For each wanted key the value of the first row that has it; `having` is in ascending order."""
    if not len(having):
        return pa.nulls(len(wanted), values.type)
    place = np.searchsorted(having, wanted)
    inside = np.minimum(place, len(having) - 1)
    return pc.take(values, pa.array(inside, mask=having[inside] != wanted))
