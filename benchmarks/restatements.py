"""What dated files of one feed restate, kept and told: each day's state against a fresh reading of its file, and what changed between days.

usage: python benchmarks/restatements.py [--write] [--set covid|ukraine|fts|all]
       python benchmarks/restatements.py DATE FILE DATE FILE ...     files of one feed, each after the day of its data

The files are taken in in a shuffled order (the same in every run) into a book of its own, which is removed.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.report import Report

from pledgebook.aid.feeds import Placed
from pledgebook.aid.files import read_aid
from pledgebook.aid.fts.paths import FlowPath, paths
from pledgebook.aid.held import Held
from pledgebook.aid.history import flow_paths
from pledgebook.aid.pairing import paired
from pledgebook.aid.store import SnapshotStore
from pledgebook.aid.tables import TABLES
from pledgebook.commands.moving_told import counted_changes
from pledgebook.sources.streams import blocks_of_file

DATA = Path(__file__).resolve().parents[2] / "shared/data"
SETS = {"ukraine": ("iati/ukraine", "ukraine_{}.xml.xz"), "covid": ("iati", "covid_{}.xml.xz"), "fts": ("fts", "fts_2022_as_of_{}.csv.xz")}
_CENT = Decimal("0.01")
_LONG_DAY = 10


def files_of(name: str) -> dict[str, Path]:
    """The dated files of a set by their day, which their names tell; none where the data are not here."""
    folder, pattern = SETS[name]
    before, after = pattern.split("{}")
    return {path.name[len(before) :][:_LONG_DAY]: path for path in sorted((DATA / folder).glob(f"{before}*{after}"))}


def taken(folder: Path, files: Mapping[str, Path], seed: int = 4) -> Held:
    """The files taken into a store in a shuffled order, as snapshots of one feed."""
    store, order = SnapshotStore(folder), sorted(files)
    random.Random(seed).shuffle(order)  # noqa: S311 - the same order each time, no secret
    for day in order:
        known = store.known()
        store.write(day, read_aid(blocks_of_file(files[day]), day, skip=known), known).finish()
    days = sorted(files)
    return Held(store, [Placed(day, day, days[0], before, 0) for before, day in zip([None, *days], days, strict=False)])


def differing(held: Held, day: str, path: Path) -> list[str]:
    """The tables in which the state of a day is not a fresh reading of its file, every column but the file's name compared, in order."""
    found: dict[str, list[pa.Table]] = {name: [] for name in TABLES}
    for some in read_aid(blocks_of_file(path), day):
        for name, table in some.tables.items():
            found[name].append(table)
    return [name for name, tables in found.items() if not _known(held, name, day).equals(_fresh(name, tables))]


def _known(held: Held, name: str, day: str) -> pa.Table:
    return held.as_of(name, day).select(TABLES[name].names).cast(TABLES[name]).combine_chunks()


def _fresh(name: str, tables: Sequence[pa.Table]) -> pa.Table:
    """The rows activity by activity: a reader gives some tables element by element."""
    table = pa.concat_tables([TABLES[name].empty_table(), *tables])
    table = table.append_column("place", pa.array(range(len(table)), pa.int64()))
    return table.sort_by([("activity", "ascending"), ("place", "ascending")]).drop_columns(["place"]).combine_chunks()


def restated(held: Held, before: str, after: str) -> int:
    """The transactions of a day that a later one no longer has with the same type, date, sum (to the cent) and currency, in activities of both."""
    sides = [held.as_of("transactions", day).to_pylist() for day in (before, after)]
    both = set.intersection(*({row["activity_id"] for row in held.as_of("activities", day).to_pylist()} for day in (before, after)))
    old, new = (Counter(_told(row) for row in rows if row["activity_id"] in both) for rows in sides)
    return sum((old - new).values())


def _told(row: Mapping[str, object]) -> tuple[object, ...]:
    value = row["value"]
    rounded = value.quantize(_CENT) if isinstance(value, Decimal) else None
    return (row["activity_id"], row["transaction_type"], row["transaction_date"], rounded, row["currency"])


def told(files: Mapping[str, Path]) -> Iterator[str]:
    """What the files of one feed come to, in lines."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        with taken(Path(folder), files) as held:
            listed, kept = (held.database.sql(f"SELECT count(*) FROM {name}_rows").fetchall()[0][0] for name in ("listing", "activities"))  # noqa: S608
            yield f"{len(files)} files taken in in {time.perf_counter() - start:.1f} s; they list {listed:,} activities, of {kept:,} contents"
            wrong = {day: tables for day, path in files.items() if (tables := differing(held, day, path))}
            yield f"states that differ from a fresh reading of their file, in any of {len(TABLES)} tables: {wrong or 'none'}"
            for before, after in pairwise(sorted(files)):
                first, second = counted_changes(paired(held.changes(before, after).to_pylist())), restated(held, before, after)
                yield f"{before} -> {after}: {' '.join(first)}"
                yield f"  by type, date, sum to the cent and currency, in activities of both: {second:,} no longer there"
            if any(len(held.as_of("flows", day)) for day in files):
                yield from _paths(flow_paths(held))


def _paths(found: Sequence[FlowPath]) -> Iterator[str]:
    """What became of flows."""
    stages = Counter(" -> ".join(stage or "none" for stage in one.stages) for one in found)
    steps = Counter(step.kind for one in found for step in one.steps)
    yield f"{len(found):,} flows; stages: {', '.join(f'{stage} {count:,}' for stage, count in stages.most_common())}"
    yield f"steps: {', '.join(f'{kind} {count:,}' for kind, count in steps.most_common())}"


def fresh_paths(files: Mapping[str, Path]) -> tuple[FlowPath, ...]:
    """The paths of flows as the files alone tell them, with no store."""
    import datetime  # noqa: PLC0415 - one use

    copies = {}
    for day, path in files.items():
        tables = [some.tables["flows"] for some in read_aid(blocks_of_file(path), day) if "flows" in some.tables]
        copies[datetime.date.fromisoformat(day)] = pa.concat_tables(tables)
    return paths(copies)


def main() -> None:
    """Print the lines, and with --write keep them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", metavar="DATE FILE")
    parser.add_argument("--set", choices=[*SETS, "all"], default="all")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    report = Report("restatements")
    if given.files:
        sets = {"files": {day: Path(path) for day, path in zip(given.files[::2], given.files[1::2], strict=True)}}
    else:
        sets = {name: files_of(name) for name in (SETS if given.set == "all" else [given.set])}
    for name, files in sets.items():
        report(f"== {name}" if files else f"== {name}: ../shared/data is not here")
        for line in told(files) if files else ():
            report(line)
    if given.write:
        report.save()


if __name__ == "__main__":
    main()
