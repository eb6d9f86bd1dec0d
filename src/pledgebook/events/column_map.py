"""What the columns of a plain CSV of dated figures mean: a TOML or JSON file, or a line on the command line."""

import json
import re
import tomllib
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from pledgebook.core.problem import Problem

#: What a column, or a constant, can tell. "date" is a day, a month, a year, a quarter or a week; "start" and "end" are days. "group" and "side"
#: go together: counts of what an armed group did or suffered (`events.counted`).
Field = Literal[
    "id",
    "date",
    "start",
    "end",
    "value",
    "measure",
    "unit",
    "country",
    "admin1",
    "admin2",
    "area",
    "place",
    "latitude",
    "longitude",
    "group",
    "side",
    "note",
]


class ColumnMap(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the columns of one table mean.

    `columns` gives the heading of each field, `constants` what holds for all rows. `dates` are more ways to write dates, as `strptime`
    formats; 2016-01-05, 2016-01, 2016, 2016-Q1 and 2016-W05 are always understood. `decimal` is the mark before decimals. `name` tells one
    table from another: figures of one name, place and time are one thing, told again or told otherwise. `terms` are the source's in words
    ("CC BY 4.0"); with `share` false its rows are in no export and no answer of the API (`events.terms`).
    """

    name: str = ""
    columns: dict[Field, str]
    constants: dict[Field, str] = {}
    dates: tuple[str, ...] = ()
    decimal: Literal[".", ","] = "."
    # Unset, these are not in the JSON that the log keeps: a map of an earlier version stays the same map.
    terms: str | UnsetType = UNSET
    share: bool | UnsetType = UNSET

    def called(self) -> str:
        """The table's name: the one it was given, else its measure's."""
        return self.name or re.sub(r"[^\w.-]+", "-", self.constants.get("measure", "figures")).strip("-")


def read_map(data: bytes, name: str) -> ColumnMap | Problem:
    """The column map in the bytes of the file `name` (TOML, or JSON if it begins with a brace), or what is wrong with it."""
    try:
        text = data.decode("utf-8")
        told = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
        return _checked(msgspec.convert(told, ColumnMap), name)
    except UnicodeDecodeError:
        return _bad(name, "The map is not UTF-8.")
    except (tomllib.TOMLDecodeError, json.JSONDecodeError, RecursionError) as error:
        return _bad(name, f"The map is neither TOML nor JSON ({error}).")
    except msgspec.ValidationError as error:
        return _bad(name, f"The map is not understood: {error}.")


def map_in_words(written: str) -> ColumnMap | Problem:
    """The map that a line tells: `date=Month,value=Hectares,measure:=mines cleared`. "=" names a column, ":=" says what holds for all rows."""
    columns: dict[str, str] = {}
    constants: dict[str, str] = {}
    for part in written.split(","):
        field, mark, value = part.partition("=")
        if not mark or not value.strip():
            return _bad("--columns", f"{part!r} is no field=Column and no field:=constant.")
        (constants if field.endswith(":") else columns)[field.rstrip(":").strip()] = value.strip()
    whole: dict[str, object] = {name: constants.pop(name) for name in ("name", "terms", "share") if name in constants}
    try:
        # Not strict: a yes or no is written as a word here.
        return _checked(msgspec.convert(whole | {"columns": columns, "constants": constants}, ColumnMap, strict=False), "--columns")
    except msgspec.ValidationError as error:
        return _bad("--columns", f"It is not understood: {error}.")


def _checked(found: ColumnMap, name: str) -> ColumnMap | Problem:
    told = {*found.columns, *found.constants}
    for twice in sorted({*found.columns} & {*found.constants}):
        return _bad(name, f"{twice!r} is both a column and a constant.")
    if "value" not in found.columns:
        return _bad(name, "It does not tell which column is the 'value'.")
    if ("date" in told) == ("start" in told):
        return _bad(name, "It tells neither 'date' nor 'start', or both.")
    if "measure" not in told:
        return _bad(name, "It does not tell 'measure', as a column or a constant (measure:=hectares cleared).")
    if ("group" in told) != ("side" in told):
        return _bad(name, "Of 'group' and 'side' it tells one without the other.")
    return found


def _bad(name: str, what: str) -> Problem:
    return Problem(severity="error", rule="bad-map", where=name, what=what, todo="Mend the map; docs/events.md tells what belongs in it.")
