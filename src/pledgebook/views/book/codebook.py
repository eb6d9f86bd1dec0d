"""Every table of an export with every column: name, kind, HXL hashtag, values, meaning. Read from codebook.tsv beside `views`."""

from functools import lru_cache
from importlib import resources
from typing import Literal

import msgspec

#: What a column holds: text; a word of a closed list; an id; an ISO 8601 day; an EDTF date; yes or no; a whole number; a decimal; a share of 1; degrees;
#: a list of texts, of sums, or of purposes; JSON.
ColumnKind = Literal[
    "text", "word", "id", "day", "edtf", "flag", "whole", "decimal", "share", "degrees", "names", "amounts", "purposes", "json"
]


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One column. `only` is "sheet" or "hidden" for what only the sheets for people have, "data" for what they lack, else ""."""

    name: str
    kind: ColumnKind
    hxl: str
    only: Literal["", "sheet", "hidden", "data"]
    values: str
    meaning: str


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """One table with its columns in order."""

    name: str
    meaning: str
    columns: tuple[Column, ...]

    @property
    def of_sheets(self) -> tuple[Column, ...]:
        """The columns of CSV and XLSX."""
        return tuple(column for column in self.columns if column.only != "data")

    @property
    def of_data(self) -> tuple[Column, ...]:
        """The columns of Parquet, SQLite and JSON Lines."""
        return tuple(column for column in self.columns if column.only not in {"sheet", "hidden"})


@lru_cache(maxsize=1)
def codebook() -> dict[str, Table]:
    """The tables by name, in order."""
    lines = resources.files("pledgebook.views").joinpath("codebook.tsv").read_text(encoding="utf-8").splitlines()
    meanings: dict[str, str] = {}
    columns: dict[str, list[Column]] = {}
    for line in lines[1:]:
        table, name, kind, hxl, only, values, meaning = line.split("\t")
        if not name:
            meanings[table] = meaning
        else:
            fields = {"name": name, "kind": kind, "hxl": hxl, "only": only, "values": values, "meaning": meaning}
            columns.setdefault(table, []).append(msgspec.convert(fields, type=Column))
    return {name: Table(name=name, meaning=meaning, columns=tuple(columns[name])) for name, meaning in meanings.items()}


#: The columns of the codebook itself, as it goes with an export.
CODEBOOK_COLUMNS = ("table", "column", "meaning", "kind", "values", "hxl")


def codebook_rows(tables: tuple[str, ...]) -> list[tuple[str, ...]]:
    """What the columns of these tables are: CODEBOOK_COLUMNS; each table's first row tells what the table is."""
    rows: list[tuple[str, ...]] = []
    for name in tables:
        table = codebook()[name]
        rows.append((name, "", table.meaning, "", "", ""))
        rows += [(name, one.name, one.meaning, one.kind, one.values, one.hxl) for one in table.of_sheets]
    return rows


def codebook_page() -> str:
    """The codebook as the page docs/codebook.md."""
    parts = [
        "# Codebook of the exports\n\nGenerated from `src/pledgebook/views/codebook.tsv`; do not edit. How they are used: [exports.md](exports.md).\n"
    ]
    for table in codebook().values():
        rows = "".join(f"| `{one.name}` | {one.kind} | {_whose(one)}{one.meaning}{_values(one)} | `{one.hxl}` |\n" for one in table.columns)
        parts.append(f"## {table.name}\n{table.meaning}\n\n| column | kind | meaning | HXL |\n| --- | --- | --- | --- |\n{rows}")
    return "\n".join(parts)


def _whose(column: Column) -> str:
    return {"": "", "sheet": "(CSV, XLSX) ", "hidden": "(CSV, hidden in XLSX) ", "data": "(Parquet, SQLite, JSON Lines) "}[column.only]


def _values(column: Column) -> str:
    return f": {column.values}" if column.values else ""
