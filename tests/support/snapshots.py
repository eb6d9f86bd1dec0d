"""Stores of snapshots made for tests, and their tables as plain rows to compare."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pledgebook.aid.feeds import Placed, Taken, feeds
from pledgebook.aid.files import read_aid
from pledgebook.aid.held import Held
from pledgebook.aid.store import Part, SnapshotStore
from pledgebook.aid.tables import TABLES

Row = dict[str, object]


def take(store: SnapshotStore, key: str, data: bytes) -> Part:
    """Write a file as the part `key`, and give it its name."""
    known = store.known()
    return store.write(key, read_aid(iter([data]), key, skip=known), known).finish()


def listed(folder: Path, key: str) -> list[str | None]:
    """The identifiers that a part lists."""
    names: list[str | None] = pq.read_table(folder / key / "listing.parquet")["activity_id"].to_pylist()
    return names


def placed(store: SnapshotStore, instants: Mapping[str, str], named: Mapping[str, str] | None = None) -> list[Placed]:
    """The parts, taken at `instants`, with their feeds."""
    return feeds([Taken(key, instants[key], (named or {}).get(key)) for key in sorted(store.keys())], lambda key: listed(store.folder, key))


def held(store: SnapshotStore, instants: Mapping[str, str], named: Mapping[str, str] | None = None) -> Held:
    """What the parts tell; to be closed."""
    return Held(store, placed(store, instants, named))


def made(folder: Path, files: Iterable[tuple[str, bytes]]) -> Held:
    """A store of files, each of its day, taken in in this order."""
    store = SnapshotStore(folder)
    instants: dict[str, str] = {}
    for number, (day, data) in enumerate(files):
        key = f"{day}-{number}" if day in instants.values() else day
        instants[key] = day
        take(store, key, data)
    return held(store, instants)


def fresh(data: bytes) -> dict[str, list[Row]]:
    """Every table of a file as it is read with no store, without the name of its source; activity by activity."""
    found: dict[str, list[pa.Table]] = {name: [] for name in TABLES}
    for some in read_aid(iter([data]), "file"):
        for name, table in some.tables.items():
            found[name].append(table)
    rows = {name: plain(pa.concat_tables(tables)) if tables else [] for name, tables in found.items()}
    return {name: sorted(some, key=lambda row: int(str(row["activity"]))) for name, some in rows.items()}


def known(of: Held, day: str, feed: str | None = None) -> dict[str, list[Row]]:
    """Every table as it was known on a day, in the same form."""
    return {name: plain(of.as_of(name, day, feed)) for name in TABLES}


def plain(table: pa.Table) -> list[Row]:
    """Rows in their order, without where they come from."""
    rows: list[Row] = table.select([name for name in table.column_names if name not in {"source", "feed", "snapshot"}]).to_pylist()
    return rows


def changes(of: Held, before: str, after: str) -> list[Row]:
    """What changed between two days, as rows of what is told."""
    rows: list[Row] = of.changes(before, after).to_pylist()
    return [{name: value for name, value in row.items() if value is not None} for row in rows]
