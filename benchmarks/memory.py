"""How much memory reading takes: python benchmarks/memory.py [--size MB] [--small MB].

JSON Lines files are made by repeating the State releases with new ids, and read by `pledgebook read FILE --format jsonl --workers 1` in a
process of its own, whose peak resident set is printed: for a small file, for one of `--size` MB (100 by default; 1000 takes hours on one
core), and for one line of 5 MB. The peak must stay under 700 MB and must not grow with the size.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.report import Report
from benchmarks.speed import RELEASES, documents_of

MEGABYTE = 1_000_000
LIMIT = 700
#: The peak of the large file may be this much above that of the small one, in MB: caches that fill and then stay.
GROWTH = 60


def repeated(rows: Sequence[dict[str, str]]) -> Iterator[str]:
    """The rows as lines for ever, each time round with new ids and a first sentence of its own."""
    number = 0
    while True:
        for row in rows:
            number += 1
            yield json.dumps({**row, "id": f"{row['id']}-{number}", "text": f"Text number {number}.\n\n{row['text']}"}) + "\n"


def write(path: Path, rows: Sequence[dict[str, str]], size: int) -> int:
    """Fill a file up to `size` bytes; the number of its lines."""
    written = lines = 0
    with path.open("w", encoding="utf-8") as file:
        for line in repeated(rows):
            if written >= size:
                break
            written += file.write(line)
            lines += 1
    return lines


def peak(path: Path) -> tuple[float, float, int]:
    """Peak resident set in MB and wall time in seconds of reading one file, and the program's exit code."""
    started = time.perf_counter()
    with Path(os.devnull).open("w") as nowhere:
        command = [sys.executable, "-m", "pledgebook", "read", str(path), "--format", "jsonl", "--workers", "1"]
        child = subprocess.Popen(command, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024
    return usage.ru_maxrss * unit / MEGABYTE, time.perf_counter() - started, child.returncode


def measure(name: str, path: Path, documents: int, report: Report) -> float:
    """Read one file and print a row; its peak in MB."""
    size = path.stat().st_size / MEGABYTE
    memory, spent, code = peak(path)
    verdict = "" if memory < LIMIT and code == 0 else f"   FAILED: over {LIMIT} MB" if code == 0 else f"   FAILED: exit code {code}"
    report(f"{name:22} {size:7.1f} MB {documents:7} documents  peak {memory:6.0f} MB  {spent:7.1f} s{verdict}")
    return memory


def main() -> None:
    """Print the peaks and keep them in benchmarks/results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=100, help="megabytes of the large file")
    parser.add_argument("--small", type=int, default=10, help="megabytes of the small file")
    options = parser.parse_args()
    report = Report("memory")
    rows = [json.loads(line) for line in documents_of(RELEASES, 1391)]
    text = " ".join(" ".join(row["text"].split()) for row in rows)[: 5 * MEGABYTE]
    with tempfile.TemporaryDirectory() as name:
        one, line, small, large = (Path(name) / part for part in ("one.jsonl", "line.jsonl", "small.jsonl", "large.jsonl"))
        one.write_text(json.dumps(rows[0]) + "\n", encoding="utf-8")
        measure("one release", one, 1, report)
        line.write_text(json.dumps({"id": "line", "text": text}) + "\n", encoding="utf-8")
        measure("a text of one line", line, 1, report)
        low = measure("small file", small, write(small, rows, options.small * MEGABYTE), report)
        high = measure("large file", large, write(large, rows, options.size * MEGABYTE), report)
    grown = high - low
    report(f"from the small file to the large one: {grown:+.0f} MB{'' if grown < GROWTH else '   FAILED: it grows'}")
    report.save()


if __name__ == "__main__":
    main()
