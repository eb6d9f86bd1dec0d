"""How soon the program answers: python benchmarks/startup.py. Best of five for --help, best of three for one article, each a new process."""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.report import Report

ARTICLE = Path(__file__).resolve().parents[1] / "examples" / "announcement.txt"


def best(arguments: Sequence[str], times: int) -> float:
    """The shortest wall time in seconds of `times` runs of the program."""
    program = Path(sys.executable).parent / "pledgebook"
    command = [str(program)] if program.exists() else [sys.executable, "-m", "pledgebook"]
    found = []
    for _ in range(times):
        started = time.perf_counter()
        subprocess.run([*command, *arguments], check=True, capture_output=True)
        found.append(time.perf_counter() - started)
    return min(found)


def main() -> None:
    """Print both and keep them in benchmarks/results."""
    report = Report("startup")
    report(f"pledgebook --help         {best(['--help'], 5):.2f} s (target 0.3)")
    report(f"pledgebook read ARTICLE   {best(['read', str(ARTICLE), '--format', 'jsonl'], 3):.2f} s (target 3)")
    report.save()


if __name__ == "__main__":
    main()
