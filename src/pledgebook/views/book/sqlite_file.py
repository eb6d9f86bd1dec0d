"""One SQLite file, ready for Datasette: keys, full-text search on quotes, and NAME.metadata.json that tells what each column means."""

import contextlib
import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from pledgebook.views.book.cells import ascii_json
from pledgebook.views.book.codebook import CODEBOOK_COLUMNS, Column, codebook, codebook_rows
from pledgebook.views.book.data_rows import data_columns, data_rows
from pledgebook.views.book.files import write_all
from pledgebook.views.book.options import ExportOptions
from pledgebook.views.book.whole import Whole

#: Bytes of the file that are handed over at a time.
_BLOCK = 1 << 20
_TYPES = {"flag": "INTEGER", "whole": "INTEGER", "share": "REAL", "degrees": "REAL"}
#: What tells the rows of a table apart; decisions and problems have their place for that.
_KEYS = {
    "about": ("book",), "promises": ("id",), "commitments": ("id",), "evidence": ("id", "promise"), "claims": ("id",), "documents": ("id",),
    "history": ("promise", "number"), "slips": ("promise", "number"), "reasons": ("promise", "number"), "disputes": ("promise", "number"),
    "instruments": ("id",), "campaigns": ("campaign", "number"), "amounts": ("of", "owner", "number"), "observations": ("id",),
}  # fmt: skip
_PROMISE, _DOCUMENT = ("promises", "id"), ("documents", "id")
_REFERENCES = {
    "commitments": {"promise": _PROMISE, "document": _DOCUMENT}, "evidence": {"promise": _PROMISE, "document": _DOCUMENT},
    "claims": {"document": _DOCUMENT}, "history": {"promise": _PROMISE}, "slips": {"promise": _PROMISE}, "reasons": {"promise": _PROMISE},
    "disputes": {"promise": _PROMISE}, "plans": {"promise": _PROMISE}, "campaigns": {"promise": _PROMISE},
}  # fmt: skip
#: Referred to by others, so made first.
_FIRST = ("about", "documents", "promises")
#: Tables with a full-text index, and what is searched there.
SEARCHED = {
    "promises": ("who", "what", "quote", "summary"),
    "commitments": ("quote", "action"),
    "claims": ("quote",),
    "evidence": ("quote",),
}


def write_sqlite(whole: Whole, path: Path, _: ExportOptions) -> None:
    """The file and its metadata beside it: `datasette NAME.db -m NAME.metadata.json`."""
    metadata = json.dumps(_metadata(whole, path.stem), indent=2, ensure_ascii=False) + "\n"
    write_all({path: _parts(whole, path), path.with_name(f"{path.stem}.metadata.json"): [metadata.encode()]})


def _parts(whole: Whole, path: Path) -> Iterator[bytes]:
    """The file's bytes; it is made in a folder beside its place when they are asked for. Raises OSError."""
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.absolute().parent) as folder:
        made = Path(folder) / "book.sqlite"
        try:
            _fill(whole, made)
        except sqlite3.OperationalError as error:  # a full disk, a folder without rights
            raise OSError(None, str(error)) from None
        with made.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block


def _fill(whole: Whole, made: Path) -> None:
    with contextlib.closing(sqlite3.connect(made)) as database:
        # A file that is thrown away if anything fails needs no journal and no waiting for the disk.
        for told in ("encoding = 'UTF-8'", "journal_mode = OFF", "synchronous = OFF"):
            database.execute(f"PRAGMA {told}")
        for table in dict.fromkeys((*_FIRST, *codebook())):
            _make(database, whole, table)
        _make_codebook(database)
        for table, columns in SEARCHED.items():
            _make_index(database, table, columns)
        database.commit()
        database.execute("VACUUM")


def _make(database: sqlite3.Connection, whole: Whole, table: str) -> None:
    columns = data_columns(table)
    database.execute(_create(table, columns))
    places = ", ".join("?" * len(columns))
    rows = ([_value(column, value) for column, value in zip(columns, row, strict=True)] for row in data_rows(whole, table))
    database.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608 - the names are those of the codebook
    for name in _REFERENCES.get(table, {}):
        database.execute(f'CREATE INDEX "{table}_{name}" ON {table} ("{name}")')


def _create(table: str, columns: Iterable[Column]) -> str:
    lines = [f'"{column.name}" {_TYPES.get(column.kind, "TEXT")}' for column in columns]
    if table in _KEYS:
        lines.append(f"PRIMARY KEY ({', '.join(_quoted(name) for name in _KEYS[table])})")
    lines += [f'FOREIGN KEY ("{name}") REFERENCES {to} ("{key}")' for name, (to, key) in _REFERENCES.get(table, {}).items()]
    return f"CREATE TABLE {table} (\n  " + ",\n  ".join(lines) + "\n)"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _make_codebook(database: sqlite3.Connection) -> None:
    database.execute("CREATE TABLE codebook (" + ", ".join(f'"{name}" TEXT' for name in CODEBOOK_COLUMNS) + ")")
    database.executemany("INSERT INTO codebook VALUES (?, ?, ?, ?, ?, ?)", codebook_rows(tuple(codebook())))


def _make_index(database: sqlite3.Connection, table: str, columns: Iterable[str]) -> None:
    """A full-text index that holds no text of its own: Datasette finds it by its name and its content table."""
    names = ", ".join(columns)
    database.execute(f"CREATE VIRTUAL TABLE {table}_fts USING fts5({names}, content={table})")
    database.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')")  # noqa: S608 - the names are those of the codebook


def _value(column: Column, value: object) -> object:
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return json.dumps(list(value), ensure_ascii=False) if column.kind == "names" else ascii_json(value)  # type: ignore[call-overload] # a list


def _metadata(whole: Whole, stem: str) -> dict[str, object]:
    tables = {
        name: {"description": table.meaning, "columns": {column.name: column.meaning for column in data_columns(name)}}
        for name, table in codebook().items()
    }
    said = f"As of {whole.snapshot.as_of}, by rules {whole.snapshot.rules}. What no person has reviewed says so, and its verdict is provisional."
    return {
        "title": f"Book {whole.snapshot.book}",
        "description": said,
        "databases": {stem: {"tables": tables}},
    }
