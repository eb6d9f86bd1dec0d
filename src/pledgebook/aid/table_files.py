"""Tables of aid data as Parquet files in a folder: each is there whole or not at all."""

import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
import pyarrow.parquet as pq

from pledgebook.aid.rows import Rows
from pledgebook.aid.tables import TABLES

PROBLEMS = "problems.jsonl"


class TableFiles:
    """Writes rows as they come into files beside the final ones, which they replace when all is done.

    Used as a context: on leaving it without an exception every table of `TABLES` has its file, the empty ones too, and PROBLEMS tells
    every problem, a JSON object a line. Raises OSError for a folder that cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.counts = dict.fromkeys(TABLES, 0)

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._made = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=self.folder))
        self._writers = {
            name: pq.ParquetWriter(self._made / f"{name}.parquet", schema, compression="zstd", compression_level=1)
            for name, schema in TABLES.items()
        }
        self._problems = (self._made / PROBLEMS).open("wb")
        return self

    def add(self, rows: Rows) -> None:
        """Write some rows."""
        for name, table in rows.tables.items():
            if len(table):
                self._writers[name].write_table(table)
                self.counts[name] += len(table)
        for problem in rows.problems:
            self._problems.write(msgspec.json.encode(problem) + b"\n")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for writer in self._writers.values():
            writer.close()
        self._problems.close()
        if kind is None:
            for path in sorted(self._made.iterdir()):
                os.replace(path, self.folder / path.name)  # noqa: PTH105 - os.replace is the one that replaces everywhere
        shutil.rmtree(self._made, ignore_errors=True)
