"""The table of observations out of a book of many: seconds and peak memory of each form, each in a process of its own.

    python benchmarks/observations.py [--rows 30000 300000] [--forms csv xlsx] [--write]

The events are made up (UCDP's columns, Iraq and Syria), in two releases of which the second restates one event in ten. "list" is a process that finds
which rows count and reads none: what is beyond it is what rows cost. Of a smaller book the same is told: what grows with the rows.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from pledgebook.book.observed import Observed
from pledgebook.book.opening import open_book
from pledgebook.book.place import place_of
from pledgebook.cli import app
from report import Report

HEAD = "id,type_of_violence,side_a,side_b,where_prec,adm_1,latitude,longitude,country,date_prec,date_start,date_end,best,high,low,source_headline"
FORMS = {
    "list": [],
    "csv": ["o.csv", "--table", "observations"],
    "jsonl": ["o.jsonl", "--table", "observations"],
    "parquet": ["o.parquet"],
    "sqlite": ["o.sqlite"],
    "xlsx": ["o.xlsx"],
}


def events(rows: int, changed: int) -> Iterator[str]:
    """Lines of a file; every tenth event is told with `changed` more deaths."""
    random = np.random.default_rng(1)
    north, east, days = random.uniform(31, 37, rows), random.uniform(36, 48, rows), random.integers(0, 3000, rows)
    first = np.datetime64("2016-01-01")
    yield HEAD
    for number in range(rows):
        country, day, more = ("Syria", "Iraq")[number % 2], first + days[number], changed if number % 10 == 0 else 0
        headline = f"Made up for a measurement; event {number} of {rows}"
        yield f"{number + 1},1,Crown,Reds,1,,{north[number]:.4f},{east[number]:.4f},{country},1,{day},{day},{2 + more},{9 + more},1,{headline}"


def make(folder: Path, rows: int) -> None:
    """A book with both releases."""
    command = [sys.executable, "-m", "pledgebook"]
    where = ["--book", str(folder / "book")]
    subprocess.run([*command, "init", *where], check=True, stdout=subprocess.DEVNULL)
    for day, changed in (("2025-01-01", 0), ("2025-07-01", 1)):
        path = folder / f"{day}.csv"
        path.write_text("\n".join(events(rows, changed)) + "\n", encoding="utf-8")
        subprocess.run([*command, "events", str(path), "--snapshot", day, *where], check=True, stdout=subprocess.DEVNULL)


def child(book: str, words: list[str]) -> None:
    """Write one form, or only find which rows count; the last line is the peak memory in MB."""
    if words:
        app(["export", *words, "--book", book, "--as-of", "2026-01-01"], standalone_mode=False)
    else:
        with open_book(place_of(book, book)) as found:
            len(Observed(found, "2026-01-01"))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def _children() -> float:
    """Seconds of processor time of all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print what each form takes, and with --write keep it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[30_000, 300_000])
    parser.add_argument("--forms", nargs="+", choices=FORMS, default=list(FORMS))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--child", nargs="+")
    given, words = parser.parse_known_args()
    if given.child:
        child(given.child[0], [*given.child[1:], *words])
        return
    report = Report("observations")
    for rows in given.rows:
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder), rows)
            report(f"{rows:,} observations, told by two releases")
            for form in given.forms:
                begun, busy = time.perf_counter(), _children()
                command = [sys.executable, __file__, "--child", str(Path(folder) / "book"), *FORMS[form]]
                done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
                size = sum(one.stat().st_size for one in Path(folder).glob(f"o.{form}*") if one.is_file()) / 1e6
                size += sum(one.stat().st_size for one in Path(folder).glob(f"o.{form}/*")) / 1e6
                report(
                    f"  {form}: {time.perf_counter() - begun:.0f} s by the clock, {_children() - busy:.0f} s of processor time, peak {done.stdout.split()[-1]} MB, file {size:.0f} MB"
                )
    if given.write:
        report.save()


if __name__ == "__main__":
    main()
