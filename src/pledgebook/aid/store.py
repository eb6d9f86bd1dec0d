"""Snapshots of aid data in a folder: of each the list of its activities, and the content of every activity once, by its hash.

    FOLDER/2021-06-08-1f3c.../listing.parquet     the snapshot's activities in their order: number, line, hash, activity_id
                             /transactions.parquet, ...   rows of those activities that no earlier part holds
                             /problems.jsonl
A table without rows has no file. So nothing is ever overwritten, an unchanged activity costs a line of a list, and what was known on a day is a join.
"""

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pledgebook.aid.derived import DERIVED, derived
from pledgebook.aid.rows import Rows
from pledgebook.aid.table_files import PROBLEMS
from pledgebook.aid.tables import TABLES
from pledgebook.core.problem import Problem

LISTING = "listing"
_UNFINISHED = ".unfinished-"
#: Seconds without a write after which an unfinished part is given up: a day.
_DEAD_AFTER = 86_400
#: `line` is counted from the activity's first line, which is 0: the same content may stand elsewhere in another file.
CONTENT: dict[str, pa.Schema] = {
    name: pa.schema(
        [
            pa.field("part", pa.string()),
            pa.field("hash", pa.string()),
            *(one for one in schema if one.name not in {"source", "activity", "hash"}),
        ]
    )
    for name, schema in (TABLES | DERIVED).items()
}
LISTED = pa.schema(
    [("part", pa.string()), ("number", pa.int32()), ("line", pa.int32()), ("hash", pa.string()), ("activity_id", pa.string())]
)


class Part(msgspec.Struct, frozen=True):
    """What a snapshot came to: how many activities it lists, how many of them were new, and how many transactions those hold."""

    activities: int
    new: int
    transactions: int


class SnapshotStore:
    """The parts in `folder`; the folder is made with the first of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keys(self) -> set[str]:
        """The names of the parts that are there."""
        return {path.parent.name for path in self.folder.glob(f"*/{LISTING}.parquet") if not path.parent.name.startswith(".")}

    def known(self) -> dict[str, str | None]:
        """The hash and identifier of every activity whose content is there."""
        found: dict[str, str | None] = {}
        for key in sorted(self.keys()):
            for path in self.files("activities", [key]):
                table = pq.read_table(path, columns=["hash", "activity_id"])
                found |= zip(table["hash"].to_pylist(), table["activity_id"].to_pylist(), strict=True)
        return found

    def files(self, name: str, keys: Iterable[str]) -> list[Path]:
        """The files of a table in some parts; a part without rows in it has none."""
        return [path for key in keys if (path := self.folder / key / f"{name}.parquet").exists()]

    def problems(self, key: str) -> list[Problem]:
        """What was wrong in a snapshot's file, as far as it was parsed when it was taken in."""
        lines = (self.folder / key / PROBLEMS).read_bytes().splitlines()
        return [msgspec.json.decode(line, type=Problem) for line in lines]

    def write(self, key: str, rows: Iterable[Rows], known: dict[str, str | None]) -> "Unfinished":
        """Write a part beside its final place; activities in `known` are only listed. It is there once `Unfinished.finish` was called.

        Raises OSError for a full disk and the like; nothing is left then.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        made = Unfinished(self.folder, key, dict(known))
        try:
            for some in rows:
                made.add(some)
            made.close()
        except BaseException:
            made.drop()
            raise
        return made

    def clean(self) -> None:
        """Remove what killed processes left unfinished: parts in which nothing was written for a day, by the disk's own clock.

        Others may be at work on theirs at this moment.
        """
        if not self.folder.is_dir():
            return
        with tempfile.NamedTemporaryFile(prefix=".now-", dir=self.folder) as file:
            now = Path(file.name).stat().st_mtime
        for path in self.folder.glob(f"{_UNFINISHED}*"):
            if now - max((one.stat().st_mtime for one in (path, *path.glob("*"))), default=now) > _DEAD_AFTER:
                shutil.rmtree(path, ignore_errors=True)


class Unfinished:
    """A part that is being written."""

    def __init__(self, folder: Path, key: str, known: dict[str, str | None]) -> None:
        self.folder, self.key, self.known = folder, key, known
        self.problems: list[Problem] = []
        self._path = folder / f"{_UNFINISHED}{secrets.token_hex(8)}"
        self._path.mkdir()  # not by tempfile, which would keep a team's others from reading it
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._counts = {"activities": 0, "new": 0, "transactions": 0}

    def add(self, rows: Rows) -> None:
        """Write some rows."""
        self.problems += rows.problems
        rest = [(one.number, one.line, one.hash, self.known[one.hash]) for one in rows.skipped]
        activities = rows.tables.get("activities")
        if activities is None or not len(activities):
            self._list(rest)
            return
        columns = [activities[name].to_pylist() for name in ("activity", "line", "hash", "activity_id")]
        listed = list(zip(*columns, strict=True))
        self._list(sorted([*rest, *listed]) if rest else listed)
        new = [row for row, (_, _, digest, name) in enumerate(listed) if self._is_new(digest, name)]
        if new:
            self._write(rows, activities.take(pa.array(new)))

    def _is_new(self, digest: str, name: str | None) -> bool:
        if digest in self.known:
            return False
        self.known[digest] = name
        return True

    def _list(self, listed: list[tuple[int, int, str, str | None]]) -> None:
        """List activities: number, line, hash and identifier of each."""
        columns = zip(*listed, strict=True) if listed else ([], [], [], [])
        made = [pa.array(column, field.type) for column, field in zip(columns, list(LISTED)[1:], strict=True)]
        self._put(LISTING, pa.table([pa.repeat(self.key, len(listed)), *made], schema=LISTED))
        self._counts["activities"] += len(listed)

    def _write(self, rows: Rows, new: pa.Table) -> None:
        """Write the rows of the new activities, and what follows from them."""
        numbers = new["activity"].combine_chunks()
        kept = {name: table.filter(pc.is_in(table["activity"], numbers)) for name, table in rows.tables.items()}
        for name, table in (kept | derived(kept)).items():
            if not len(table):
                continue
            place = pc.index_in(table["activity"], numbers)
            columns = {"part": pa.repeat(self.key, len(table)), "hash": pc.take(new["hash"], place)}
            if "line" in table.column_names:
                columns["line"] = pc.subtract(table["line"], pc.take(new["line"], place))
            schema = CONTENT[name]
            made = [columns.get(field.name, table[field.name] if field.name in table.column_names else None) for field in schema]
            self._put(name, pa.table(made, schema=schema))
        self._counts["new"] += len(new)
        self._counts["transactions"] += len(kept.get("transactions", ()))

    def _put(self, name: str, table: pa.Table) -> None:
        """Write rows into a table's file; a table without rows has none."""
        if name not in self._writers:
            path = self._path / f"{name}.parquet"
            self._writers[name] = pq.ParquetWriter(path, table.schema, compression="zstd", compression_level=1)
        self._writers[name].write_table(table)

    def close(self) -> None:
        """All rows are written; the files are closed, and outlive a loss of power."""
        for writer in self._writers.values():
            writer.close()
        (self._path / PROBLEMS).write_bytes(msgspec.json.Encoder().encode_lines(self.problems))
        for path in self._path.iterdir():
            with path.open("rb+") as file:
                os.fsync(file.fileno())

    def finish(self) -> Part:
        """Give the part its name; one that is there already, also one that another process made this moment, stays. Raises OSError."""
        target = self.folder / self.key
        try:
            if not target.exists():
                os.replace(self._path, target)  # noqa: PTH105 - fails where Path.rename may overwrite an empty folder made meanwhile
        except OSError:
            if not target.exists():
                raise
        self.drop()
        return self.counts()

    def counts(self) -> Part:
        """What the part comes to."""
        return Part(**self._counts)

    def drop(self) -> None:
        """Give it up."""
        for writer in self._writers.values():
            if writer.is_open:
                with contextlib.suppress(OSError):  # on a full disk what it still holds has nowhere to go
                    writer.close()
        shutil.rmtree(self._path, ignore_errors=True)
