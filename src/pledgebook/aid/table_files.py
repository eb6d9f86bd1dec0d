"""Tables of aid data as Parquet files in a folder: each is there whole or not at all."""

import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from pledgebook.aid.rows import Rows
from pledgebook.aid.tables import TABLES
from pledgebook.core.problem import Problem

PROBLEMS = "problems.jsonl"
#: How a folder is named in which files are being made; what an earlier run that was killed has left goes when the next one begins.
_UNFINISHED = ".unfinished-"
#: Rows of a table are held until they have so many bytes: few large groups of rows are written and read faster than many small ones.
_GROUP = 4 << 20


class TableFiles:
    """Writes rows as they come into files beside the final ones, which they replace when all is done.

    Used as a context: on leaving it without an exception every table of `TABLES` has its file, the empty ones too, and PROBLEMS tells
    every problem, a JSON object a line. Where no activity was read only PROBLEMS is written: the tables that are there stay. On leaving it
    with an exception the folder is as it was. Raises OSError for a folder that cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.counts = dict.fromkeys(TABLES, 0)

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        for left in self.folder.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(left, ignore_errors=True)
        self._made = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self.folder))
        self._tables = {name: _TableFile(self._made / f"{name}.parquet", schema) for name, schema in TABLES.items()}
        self._problems = (self._made / PROBLEMS).open("wb")
        return self

    def add(self, rows: Rows) -> None:
        """Write some rows."""
        for name, table in rows.tables.items():
            self._tables[name].add(table)
            self.counts[name] += len(table)
        for problem in rows.problems:
            self.tell(problem)

    def tell(self, problem: Problem) -> None:
        """Write a problem."""
        self._problems.write(msgspec.json.encode(problem) + b"\n")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            for table in self._tables.values():
                table.close()
            self._problems.close()
            if kind is None:
                made = sorted(self._made.iterdir()) if self.counts["activities"] else [self._made / PROBLEMS]
                for path in made:
                    os.replace(path, self.folder / path.name)  # noqa: PTH105 - os.replace is the one that replaces everywhere
        finally:
            shutil.rmtree(self._made, ignore_errors=True)


class _TableFile:
    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._writer = pq.ParquetWriter(path, schema, compression="snappy")
        self._held: list[pa.Table] = []
        self._size = 0

    def add(self, table: pa.Table) -> None:
        if len(table):
            self._held.append(table)
            self._size += table.nbytes
        if self._size >= _GROUP:
            self._write()

    def _write(self) -> None:
        if self._held:
            self._writer.write_table(pa.concat_tables(self._held))
        self._held, self._size = [], 0

    def close(self) -> None:
        self._write()
        self._writer.close()
