"""The flat CSV export of FTS flows: a row a flow, the objects of each type side by side in a cell, separated by "; ".

Columns come and go between exports (childFlowIds, organizationSubTypes, organizationLevels, codes); what they mean is told by their names.
"NULL" is how the export writes a value that is not there, "NA" the same among the parts of objects.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from pledgebook.aid.fts.faults import Faults
from pledgebook.aid.fts.flow import OBJECT_EXTRAS, OBJECT_VALUES, VALUES, Flow, FlowObject, Side
from pledgebook.core.counted import counted

BETWEEN = "; "
_COLUMN = re.compile(r"(source|destination)Objects_(\w{1,40})\.(\w{1,40})")
_NOTHING = frozenset(["", "NULL"])
_NO_PART = frozenset(["", "NULL", "NA"])
#: Lists in one cell of the flow itself are separated by this.
_LISTS = frozenset(["childFlowIds", "keywords", "grandBargainEarmarkingType"])

_Row = list[str] | csv.Error


class _Columns(NamedTuple):
    names: list[str]
    plain: list[tuple[int, str]]
    objects: list[tuple[Side, str, dict[str, int]]]


def csv_flows(data: bytes, faults: Faults) -> Iterator[Flow]:
    """The flows of an export, in order. What cannot be read goes to `faults` with its line; memory does not grow with the file."""
    rows = _numbered(data)
    line, names = next(rows, (1, []))
    if isinstance(names, csv.Error) or not names:
        faults.of_file("error", "bad-csv", "The file has no line of column names.", "Export it again.", line=line)
        return
    columns = _columns([name.strip() for name in names], faults)
    number = 0
    for line, cells in rows:
        if isinstance(cells, csv.Error):
            faults.of_file(
                "error", "bad-csv", f"The row cannot be read ({cells}).", "Mend the quotes, or export the file again.", line=line
            )
        elif cells == names:
            faults.of_file(
                "note", "repeated-header", "The column names stand again in the file; the line is left out.", "Nothing.", line=line
            )
        elif len(cells) != len(names):
            what = f"The row has {counted(len(cells), 'cell')} where the file has {counted(len(names), 'column')}; it is left out."
            faults.of_file("error", "bad-row", what, "Mend the quotes, or export the file again.", line=line)
        else:
            number += 1
            yield _flow(number, line, cells, columns, faults)


def _numbered(data: bytes) -> Iterator[tuple[int, _Row]]:
    """The cells of each row that is not blank, with the line it begins in."""
    # Bytes that are no UTF-8 come as lone surrogates, which `_mended` finds again.
    text = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", errors="surrogateescape", newline="")
    delimiter = max(",;\t", key=text.readline().count)
    text.seek(0)
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells: _Row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells = error
        if isinstance(cells, csv.Error) or any(cells):
            yield line, cells
        line = reader.line_num + 1


def _columns(names: list[str], faults: Faults) -> _Columns:
    plain, objects = [], dict[tuple[str, str], dict[str, int]]()
    for place, name in enumerate(names):
        found = _COLUMN.fullmatch(name)
        if found:
            objects.setdefault((found[1], found[2]), {})[found[3]] = place
        elif name:
            plain.append((place, name))
        if name and name not in VALUES and not (found and found[3] in OBJECT_VALUES | OBJECT_EXTRAS):
            what = f"The column {name[:60]!r} is not known; what it holds is kept in the table `texts`."
            faults.once("unknown-column", name, what, "Nothing, unless it should be a column of its own.")
    for name in sorted({name for name in names if name and names.count(name) > 1}):
        faults.once(
            "repeated-column", name, f"The column {name[:60]!r} stands there more than once; the last holds.", "Export the file again."
        )
    return _Columns(names, plain, [(cast("Side", side), kind, parts) for (side, kind), parts in objects.items()])


def _flow(number: int, line: int, cells: list[str], columns: _Columns, faults: Faults) -> Flow:
    cells, mended = _mended(cells)
    values, extras = {}, []
    for place, name in columns.plain:
        cell = cells[place].strip()
        if cell in _NOTHING:
            continue
        if name in _LISTS:
            cell = cell.replace("|", BETWEEN)
        if name in VALUES:
            values[name] = cell
        else:
            extras.append((name, cell))
    objects, uneven = [], []
    for side, kind, parts in columns.objects:
        given = {name: cell for name, place in parts.items() if (cell := cells[place].strip()) not in _NOTHING}
        if given:
            made, odd = _objects(side, kind, given)
            objects += made
            uneven += odd
    flow = Flow(number, line, None, values, tuple(objects), (), tuple(extras))
    if mended:
        faults.of_flow("error", "bad-bytes", flow, "it has bytes that are no UTF-8; they are read as U+FFFD.", "Export the file as UTF-8.")
    for column in uneven:
        what = f"the cell {column} cannot be split as the ids beside it; it is kept whole with the first of them."
        faults.of_flow("warning", "uneven-objects", flow, what, "Look the flow up at FTS.")
    return flow


def _mended(cells: list[str]) -> tuple[list[str], bool]:
    try:
        "".join(cells).encode()
    except UnicodeEncodeError:
        return [cell.encode("utf-8", "surrogateescape").decode(errors="replace") for cell in cells], True
    return cells, False


def _objects(side: Side, kind: str, given: dict[str, str]) -> tuple[list[FlowObject], list[str]]:
    """The objects of a type, and the columns that could not be split into as many parts as there are objects.

    The behaviours tell how many there are, for no behaviour and no id holds a separator; names do ("NGOs; Red Cross").
    """
    count = len(given.get("behavior", given.get("id", "")).split(BETWEEN))
    parts, uneven = {}, []
    for name, cell in given.items():
        split = [cell] if count == 1 else cell.split(BETWEEN)
        if len(split) != count:
            uneven.append(f"{side}Objects_{kind}.{name}")
            split = [cell] + [""] * (count - 1)
        parts[name] = [None if part in _NO_PART else part for part in map(str.strip, split)]
    return [_object(side, kind, {name: split[place] for name, split in parts.items()}) for place in range(count)], uneven


def _object(side: Side, kind: str, parts: dict[str, str | None]) -> FlowObject:
    return FlowObject(
        side,
        kind,
        parts.get("id"),
        parts.get("name"),
        parts.get("behavior"),
        parts.get("organizationTypes"),
        parts.get("organizationSubTypes"),
        extras_of(parts),
    )


def extras_of(parts: dict[str, str | None]) -> tuple[tuple[str, str], ...]:
    """What the table of objects has no column for."""
    return tuple((name, part) for name, part in parts.items() if part is not None and name not in OBJECT_VALUES)


def has_csv_columns(names: Sequence[str]) -> bool:
    """Whether these are the columns of an export of flows."""
    stripped = {name.strip().strip('"') for name in names}
    return {"id", "amountUSD"} <= stripped and (
        any(_COLUMN.fullmatch(name) for name in stripped) or len(VALUES & stripped) > len(VALUES) / 2
    )
