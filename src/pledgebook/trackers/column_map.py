"""What the columns of a tracker mean: a TOML file, checked whole before any row is read."""

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import Literal, get_args

import msgspec

from pledgebook.core.commitment import Kind, Strength
from pledgebook.core.problem import Problem
from pledgebook.reference.currencies import CODES

#: What a column, or a constant, can tell.
Field = Literal[
    "id",
    "donor",
    "announced",
    "amount",
    "currency",
    "unit",
    "recipient",
    "description",
    "kind",
    "strength",
    "purpose",
    "deadline",
    "occasion",
    "status",
    "title",
    "outlet",
    "url",
    "published",
]
_MULTIPLES: dict[str, Decimal] = {
    "thousand": Decimal(10**3),
    "k": Decimal(10**3),
    "million": Decimal(10**6),
    "mn": Decimal(10**6),
    "m": Decimal(10**6),
    "billion": Decimal(10**9),
    "bn": Decimal(10**9),
    "trillion": Decimal(10**12),
}


class Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the rows stand: the sheet of a workbook (None: its first), the line of the headings, and how a CSV is written."""

    sheet: str | None = None
    headings: int = 1
    delimiter: str | None = None
    encoding: Literal["utf-8", "cp1252", "latin-1", "utf-16"] = "utf-8"


class Numbers(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How sums are written: the mark before decimals, the one between groups of three digits, and the multiple all of them are in."""

    decimal: Literal[".", ","] = "."
    groups: Literal["", ",", ".", " ", "'"] = ","
    multiple: Literal["", "thousand", "million", "billion", "trillion"] = ""

    def factor(self) -> Decimal:
        """What a sum is multiplied by where its currency stands alone."""
        return _MULTIPLES.get(self.multiple, Decimal(1))


class Dates(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How dates are written, as `strptime` formats; a day written as 2024-09-30 is always understood."""

    announced: tuple[str, ...] = ()
    deadline: tuple[str, ...] = ()
    published: tuple[str, ...] = ()


class ValueColumn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A column of a wide table whose cells are each a sum promised; `part_of` names the column of the total that it is part of."""

    column: str
    kind: Kind | None = None
    purpose: str | None = None
    part_of: str | None = None


class Skip(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Rows to leave out: those whose cell is one of `equals`, or begins with one of `starts` (small and capital letters alike)."""

    column: str
    equals: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()


class ColumnMap(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the columns of one tracker mean.

    `columns` gives the heading (or headings, to be read together) of each field, `constants` what holds for all rows. `kinds`, `donors` and
    `currencies` say what the tracker's own words stand for. `values` are the sums of a wide table, in place of the field `amount`.
    """

    name: str
    columns: dict[Field, str | tuple[str, ...]] = {}
    constants: dict[Field, str] = {}
    table: Table = Table()
    numbers: Numbers = Numbers()
    dates: Dates = Dates()
    kinds: dict[str, Kind] = {}
    donors: dict[str, str] = {}
    currencies: dict[str, str] = {}
    values: tuple[ValueColumn, ...] = ()
    skip: tuple[Skip, ...] = ()
    sums_may_lack: bool = False

    def headings(self, field: Field) -> tuple[str, ...]:
        """The columns that tell `field`, none if a constant does or nothing."""
        told = self.columns.get(field, ())
        return (told,) if isinstance(told, str) else told

    def all_headings(self) -> tuple[str, ...]:
        """Every column that the map names."""
        named = [heading for field in self.columns for heading in self.headings(field)]
        named += [value.column for value in self.values] + [skip.column for skip in self.skip]
        return tuple(dict.fromkeys(named))


def read_map(data: bytes, name: str) -> ColumnMap | Problem:
    """The column map in the TOML bytes of the file `name`, or what is wrong with it."""
    try:
        found = msgspec.convert(tomllib.loads(data.decode("utf-8")), ColumnMap)
    except UnicodeDecodeError:
        return _bad(name, "The map is not UTF-8.")
    except tomllib.TOMLDecodeError as error:
        return _bad(name, f"The map is no TOML ({error}).")
    except msgspec.ValidationError as error:
        return _bad(name, f"The map is not understood: {error}.")
    except RecursionError:
        return _bad(name, "The map is nested too deep.")
    fault = next(chain(_faults(found), _bad_values(found)), None)
    return found if fault is None else _bad(name, fault)


def _faults(found: ColumnMap) -> Iterator[str]:
    """What a map lacks, or says twice."""
    told = {*found.columns, *found.constants}
    if not re.fullmatch(r"[\w.-]{1,64}", found.name):
        yield "Its name is not made of 1 to 64 letters, digits, dots and hyphens."
    for twice in sorted({*found.columns} & {*found.constants}):
        yield f"{twice!r} is both a column and a constant."
    for lacking in sorted({"donor", "strength"} - told):
        yield f"It does not tell {lacking!r}, as a column or a constant."
    if ("amount" in told) == bool(found.values):
        yield "It tells neither 'amount' nor [[values]], or both."
    if ("unit" in told) == ("currency" in told):
        yield "It tells neither 'currency' nor 'unit' (such as EUR million), or both."
    if "kind" not in told and not (found.values and all(value.kind for value in found.values)):
        yield "It does not tell 'kind', as a column, a constant or for each of [[values]]."
    columns = [value.column for value in found.values]
    if len({*columns}) < len(columns):
        yield "A column stands twice in [[values]]."
    for value in found.values:
        if value.part_of is not None and (value.part_of not in columns or value.part_of == value.column):
            yield f"{value.part_of!r}, of which {value.column!r} is to be a part, is no other column of [[values]]."


def _bad_values(found: ColumnMap) -> Iterator[str]:
    """Constants that no row could be read with."""
    constants = found.constants
    allowed: tuple[tuple[Field, tuple[str, ...]], ...] = (("kind", get_args(Kind)), ("strength", get_args(Strength)))
    for field, values in allowed:
        if field in constants and constants[field] not in (*values, *(found.kinds if field == "kind" else ())):
            yield f"The {field} {constants[field]!r} is none of {', '.join(values)}."
    for code in found.currencies.values():
        if code not in CODES:
            yield f"{code!r} is no ISO 4217 code."
    if "unit" in constants and unit_of(constants["unit"], found) is None:
        yield f"The unit {constants['unit']!r} is no currency with a multiple, such as EUR million."
    if "currency" in constants and currency_of(constants["currency"], found) is None:
        yield f"{constants['currency']!r} is no ISO 4217 code."
    if found.numbers.multiple and "unit" in {*constants, *found.columns}:
        yield "The multiple stands in both [numbers] and the unit."
    if found.numbers.decimal == found.numbers.groups:
        yield "The mark before decimals and the one between groups are the same."


def currency_of(written: str, column_map: ColumnMap) -> str | None:
    """The ISO 4217 code of what the tracker writes: the map's own words first, else a code."""
    own = column_map.currencies.get(written)
    return own or (written.upper() if written.upper() in CODES else None)


def unit_of(written: str, column_map: ColumnMap) -> tuple[str, Decimal] | None:
    """Currency and multiple of a unit ("EUR billion", "USD", "million NOK")."""
    words = written.split()
    codes = [code for word in words if (code := currency_of(word, column_map))]
    multiples = [_MULTIPLES[word.lower()] for word in words if word.lower() in _MULTIPLES]
    if len(codes) != 1 or len(multiples) > 1 or len(codes) + len(multiples) != len(words):
        return None
    return codes[0], multiples[0] if multiples else Decimal(1)


def _bad(name: str, what: str) -> Problem:
    return Problem(severity="error", rule="bad-map", where=name, what=what, todo="Mend the map; docs/trackers.md tells what belongs in it.")
