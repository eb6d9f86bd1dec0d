"""Points to areas and monthly series on real UCDP GED rows, and how long a million points take.

    python benchmarks/events.py areas [--all] [FILE]   each row's area by point against the area that the data name; the others, by reason
    python benchmarks/events.py series [FILE [TABLE]]  the monthly series against the table by admin-1 and month beside the file
    python benchmarks/events.py speed [--write]        a million points, on one core; with --write a dated result is kept

FILE is ../shared/data/events/ucdp_ged_syria_2016_2019.csv.gz by default (UCDP GED, CC BY 4.0).
"""

import csv
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np

from pledgebook.core.observation import WITHIN_AREA
from pledgebook.core.problem import Problem
from pledgebook.events.placing import Look, look, placed
from pledgebook.events.read import Row, read_events
from pledgebook.events.series import monthly
from pledgebook.reference.places.areas import area_named
from pledgebook.reference.places.outlines import shipped
from pledgebook.sources.streams import blocks_of_file
from report import Report

T = TypeVar("T")
DATA = Path(__file__).parents[2] / "shared/data/events"
GED, TABLE = DATA / "ucdp_ged_syria_2016_2019.csv.gz", DATA / "ucdp_syria_monthly_adm1_2016_2019.csv"
#: Why a row's two areas differ, in words.
REASONS = {
    "border": "the point is within the outlines' margin of the border of the two areas",
    "other": "the point lies well within another area's outline",
    "outside": "the point lies in no area's outline",
    "unknown-name": "the name is no known name of an area",
}


def rows_of(path: Path) -> list[Row]:
    """The rows of a file; problems are told."""
    found = list(read_events(blocks_of_file(path), path.name))
    for one in found:
        if isinstance(one, Problem):
            print(one)
    return [one for one in found if isinstance(one, Row)]


def areas(path: Path, *, everything: bool) -> None:
    """The share of rows whose area by point is the one they name, and the others."""
    rows = rows_of(path)
    seen = list(look([one.observation for one in rows]))
    named = [(row, one) for row, one in zip(rows, seen, strict=True) if one.observation.admin1 and one.observation.longitude is not None]
    same = sum(one.named is not None and one.named == one.pointed for _, one in named)
    print(f"{len(rows):,} rows, {len(named):,} of them with a named area and a point: {same:,} the same area ({same / len(named):.2%})")
    fine = [one for _, one in named if one.observation.place_span in WITHIN_AREA]
    print(f"of {len(fine):,} whose place is told within an area: {sum(one.agreement == 'same' for one in fine) / len(fine):.2%}")
    groups: dict[tuple[str, str, str], list[tuple[Row, Look]]] = defaultdict(list)
    for row, one in named:
        if one.named is None or one.named != one.pointed:
            groups[_reason(one), one.observation.admin1 or "", one.pointed or "none"].append((row, one))
    for (reason, name, pointed), those in sorted(groups.items(), key=lambda item: -len(item[1])):
        print(f"{len(those):5}  {name} / by point {pointed}: {reason}")
        for row, one in those if everything else ():
            told = one.observation
            print(f"       line {row.line}, {told.id}: {told.place} ({told.latitude}, {told.longitude}), where_prec {told.place_precision}")


def _reason(one: Look) -> str:
    kind = "unknown-name" if one.named is None else "outside" if one.pointed is None else "border" if one.how == "border" else "other"
    return REASONS[kind] + ("; its place is told more coarsely than an area" if one.agreement == "coarse" else "")


def series(path: Path, table: Path) -> None:
    """Our cells against those of a table of area, month, events, best, low, high; what is left over, by reason."""
    observations = placed([one.observation for one in rows_of(path)])
    made = monthly(observations)
    with table.open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    names = ("events", "best", "low", "high")
    theirs = {(area_named(row["adm_1"], "SY"), row["m"]): tuple(int(float(row[name])) for name in names) for row in told}
    ours = {
        (area, month): tuple(int(getattr(made, name)[row, column]) for name in names)
        for row, area in enumerate(made.areas)
        for column, month in enumerate(made.months)
    }
    cells = theirs.keys() | ours.keys()
    none = (0, 0, 0, 0)
    equal = sum(theirs.get(cell, none) == ours.get(cell, none) for cell in cells)
    print(
        f"{len(made.areas)} areas x {len(made.months)} months; {len(theirs):,} cells in the table, {equal:,} of {len(cells):,} cells are equal"
    )
    left: Counter[tuple[object, str]] = Counter()
    for one in observations:
        fits = one.place_span in WITHIN_AREA and one.date_span != "longer" and one.start.isoformat()[:7] == one.end.isoformat()[:7]
        if one.area_by == "name" and not fits:
            left[one.area, one.start.isoformat()[:7]] += 1
    apart = {cell: theirs.get(cell, none)[0] - ours.get(cell, none)[0] for cell in cells}
    explained = sum(apart[cell] == left[cell] for cell in cells)
    print(f"events in the table {sum(one[0] for one in theirs.values()):,}, in the series {int(made.events.sum()):,}")
    print(
        f"{explained:,} of {len(cells):,} cells are equal once the {sum(left.values()):,} rows that are too coarse for the series are added"
    )
    for unplaced in made.unplaced:
        print(
            f"not in the series for their {unplaced.why}: {unplaced.events:,} events, {unplaced.best:,} deaths, {unplaced.civilians:,} civilians"
        )


def speed(report: Report, rounds: int = 3) -> None:
    """A million points, even over the Levant and even over the world: the best of some rounds by the clock, and their least processor time."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    numbers = np.random.default_rng(1)
    world, clock, work = _timed(shipped)
    report(f"outlines of {len(world.codes):,} areas loaded in {clock:.1f} s by the clock, {work:.1f} s of processor time")
    for name, (west, south, east, north) in {"Iraq and Syria": (35, 29, 49, 38), "the world": (-180, -60, 180, 75)}.items():
        points = numbers.uniform(west, east, 10**6), numbers.uniform(south, north, 10**6)
        runs = [_timed(lambda points=points: world.locate(*points)) for _ in range(rounds)]
        told = f"first {runs[0][1]:.1f} s, best of {rounds} {min(run[1] for run in runs):.1f} s by the clock, {min(run[2] for run in runs):.1f} s of processor time"
        report(f"1,000,000 points over {name}, one core: {told}; {np.mean(runs[0][0].area >= 0):.0%} in an area")


def _timed(do: Callable[[], T]) -> tuple[T, float, float]:
    """What comes of it, and the seconds that it takes: by the clock, and of the processor."""
    begun, busy = time.perf_counter(), time.process_time()
    made = do()
    return made, time.perf_counter() - begun, time.process_time() - busy


def main() -> None:
    """Run what is asked."""
    asked, *rest = sys.argv[1:] or ["areas"]
    everything = "--all" in rest
    paths = [Path(one) for one in rest if not one.startswith("--")]
    if asked == "speed":
        report = Report("events_speed")
        before = os.getloadavg()[0]
        speed(report)
        report(
            f"load of the machine: {before:.1f} before, {os.getloadavg()[0]:.1f} after; from its cores on, the clock tells of others' work too"
        )
        if "--write" in rest:
            report.save()
    elif asked == "series":
        series(*(paths + [GED, TABLE][len(paths) :]))
    else:
        areas(paths[0] if paths else GED, everything=everything)


if __name__ == "__main__":
    main()
