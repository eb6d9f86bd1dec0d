"""How fast `convert` is on a dump of 160 MB of IATI activities.

usage: python benchmarks/convert.py [--rounds N] [--memory MB]

In one run, taking turns in processes of their own that are pinned to one core: a bare lxml iterparse of the file; all tables of it to
Parquet, as `convert` makes them; the same on two cores with two processes, where a second core is there; a refresh, in which 98 % of the
activities are known by their hash; and what okfn-iati and iatikit take for it, where they are installed (the group `benchmark`).
Times are those of the work itself, without the start of Python: the best of the rounds, by the clock and by the processor.
With --memory also the peak memory of the command on a file made by repeating the activities up to so many MB.
"""

import argparse
import lzma
import mmap
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Container
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pyarrow as pa
from benchmarks.report import Report
from lxml import etree

from pledgebook.aid import files as _all_that_reads  # noqa: F401 - loaded before the clock runs
from pledgebook.aid.iati.cut import Chunk, cut
from pledgebook.aid.table_files import TableFiles
from pledgebook.commands.aid_files import rows_of

DUMP = Path(__file__).resolve().parents[2] / "shared/data/iati/covid_2021-06-08.xml.xz"
#: In a refresh each so manieth activity is new.
FRESH = 50
MEGABYTE = 1_000_000
LIMIT = 500


def bare(path: Path, _: Path) -> None:
    """Walk over every activity and look at nothing."""
    for _, element in etree.iterparse(path, tag="iati-activity", huge_tree=True):
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def tables(path: Path, folder: Path, workers: int = 1, skip: Container[str] = ()) -> None:
    """All tables, as `convert` makes them."""
    pa.set_memory_pool(pa.system_memory_pool())
    pa.set_cpu_count(workers)
    with TableFiles(folder) as files:
        for rows in rows_of([path], workers=workers, skip=skip):
            files.add(rows)


def two_workers(path: Path, folder: Path) -> None:
    """The same with two processes."""
    tables(path, folder, workers=2)


def refresh(path: Path, folder: Path) -> None:
    """The same where most of it is known; `known` beside the file holds the hashes."""
    tables(path, folder, skip=frozenset((path.parent / "known").read_text(encoding="utf-8").split()))


def okfn_iati(path: Path, folder: Path) -> None:
    """The tables of okfn-iati, as CSV."""
    from okfn_iati import IatiMultiCsvConverter  # noqa: PLC0415 - it need not be there

    IatiMultiCsvConverter().xml_to_csv_folder(path, folder)


def iatikit(path: Path, _: Path) -> None:
    """Identifier, title and transactions of every activity, by iatikit."""
    from iatikit.data.dataset import Dataset  # noqa: PLC0415 - it need not be there

    for activity in Dataset(str(path)).activities:
        _ = activity.id, activity.title, [(found.type, found.value, found.currency) for found in activity.etree.findall("transaction")]


PARTS: dict[str, tuple[Callable[[Path, Path], None], int]] = {
    "bare lxml iterparse": (bare, 1),
    "convert, one core": (tables, 1),
    "convert, two cores": (two_workers, 2),
    "refresh, 98 % known": (refresh, 1),
    "okfn-iati": (okfn_iati, 1),
    "iatikit": (iatikit, 1),
}


def child(part: str, path: Path) -> None:
    """Do a part and print its seconds, by the clock and by the processor."""
    work, cores = PARTS[part]
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-cores:])
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        clock, processor = time.perf_counter(), _processor()
        work(path, Path(folder))
        print(time.perf_counter() - clock, _processor() - processor)


def _processor() -> float:
    """Seconds of the processor so far, of this process and of those that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def timed(part: str, path: Path) -> tuple[float, float]:
    """The seconds of a part in a process of its own."""
    done = subprocess.run([sys.executable, __file__, "--part", part, "--file", str(path)], check=True, capture_output=True, text=True)
    clock, processor = done.stdout.split()[-2:]
    return float(clock), float(processor)


def speeds(report: Report, path: Path, rounds: int) -> None:
    """All parts, taking turns."""
    size = path.stat().st_size / MEGABYTE
    parts = [part for part in PARTS if part not in {"okfn-iati", "iatikit"} or find_spec(part.replace("-", "_"))]
    report(f"{path.name}, {size:.0f} MB; the best of {rounds} rounds; seconds by the clock and by the processor, against the bare walk")
    seen: dict[str, list[tuple[float, float]]] = {part: [] for part in parts}
    for turn in range(rounds):
        for part in parts:
            if turn == 0 or part not in {"okfn-iati", "iatikit"}:
                seen[part].append(timed(part, path))
    best = {part: (min(clock for clock, _ in found), min(processor for _, processor in found)) for part, found in seen.items()}
    walk = best["bare lxml iterparse"]
    for part, (clock, processor) in best.items():
        ratio = f"{clock / walk[0]:.2f} and {processor / walk[1]:.2f} times"
        report(f"  {part:20} {clock:7.2f} s {processor:7.2f} s  {size / processor:6.1f} MB/s of processor  {ratio}")
    one = best["convert, one core"]
    report(f"  two cores are {one[0] / best['convert, two cores'][0]:.2f} times as fast as one by the clock (aim 1.7)")
    report(f"  a refresh is {one[1] / best['refresh, 98 % known'][1]:.2f} times as fast as a first load by the processor (aim 5)")


def known(path: Path) -> None:
    """Write the hashes of the activities of which a refresh knows."""
    with path.open("rb") as file:
        pieces = cut(iter(lambda: file.read(1 << 20), b""))
        hashes = [piece.header.hash_of(activity) for piece in pieces if isinstance(piece, Chunk) for activity in piece.activities]
    (path.parent / "known").write_text("\n".join(found for number, found in enumerate(hashes) if number % FRESH), encoding="utf-8")


def memory(report: Report, path: Path, size: int) -> None:
    """Peak memory of the command, by the size of the file and the number of processes."""
    large = path.parent / "large.xml"
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text, large.open("wb") as made:
        begin, end = text.find(b"<iati-activity "), text.rfind(b"</iati-activity>") + len(b"</iati-activity>")
        made.write(text[:begin])
        while made.tell() < size * MEGABYTE:
            for at in range(begin, end, MEGABYTE):
                made.write(text[at : min(at + MEGABYTE, end)])
        made.write(b"</iati-activities>")
    for file_path in (path, large):
        for workers in ("1", "2"):
            taken = peak(file_path, workers)
            report(
                f"  {file_path.stat().st_size / MEGABYTE:5.0f} MB, {workers} processes: peak memory of the largest {taken:.0f} MB (limit {LIMIT})"
            )


def peak(path: Path, workers: str) -> float:
    """The peak resident set of the command, in MB: never less than that of the process that starts it, so this one holds no file."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder, Path(os.devnull).open("w") as nowhere:
        command = [sys.executable, "-m", "pledgebook", "convert", str(path), "--to", folder, "--workers", workers]
        run = subprocess.Popen(command, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss * 1024 / MEGABYTE


def main() -> None:
    """Print all figures and keep them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", type=int, metavar="MB")
    parser.add_argument("--part", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        child(options.part, options.file)
        return
    report = Report("convert")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / DUMP.stem
        with lzma.open(DUMP) as packed, path.open("wb") as file:
            shutil.copyfileobj(packed, file)
        known(path)
        speeds(report, path, options.rounds)
        if options.memory:
            memory(report, path, options.memory)
    print(f"kept in {report.save()}")


if __name__ == "__main__":
    main()
