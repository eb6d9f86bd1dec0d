"""Commands run, killed at a moment, and looked at afterwards."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec
from benchmarks.fault_books import Case, hashes, is_written_to

#: Seconds in which any command here has to end by itself.
PATIENCE = 180
_LOOK_EVERY = 0.01


class Run(msgspec.Struct, frozen=True):
    """How a command ended: its exit code (negative if it was killed), what it printed, and how long it took from the start and from its first write."""

    code: int
    output: str
    errors: str
    seconds: float
    seconds_writing: float
    seen: tuple[str, ...] = ()

    @property
    def printed(self) -> list[str]:
        """The whole lines of standard output: what the command has told as done."""
        return [line[:-1] for line in self.output.splitlines(keepends=True) if line.endswith("\n")]


class Moment(msgspec.Struct, frozen=True):
    """When to kill: so many seconds after the start or, `after_write`, after the command began to write.

    `watched`: until then the log is read all the time by another connection, which learns what is committed.
    """

    seconds: float
    after_write: bool
    watched: bool

    def __str__(self) -> str:
        return f"{self.seconds:.3f} s after {'its first write' if self.after_write else 'its start'}{', watched' if self.watched else ''}"


class Started:
    """A command that runs, in a process group of its own."""

    def __init__(self, arguments: list[str], case: Case, through: Sequence[str] = ()) -> None:
        self._case = case
        self._output, self._errors = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 - closed in `ended`
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PLEDGEBOOK_")}
        self._begun = time.monotonic()
        self.process = subprocess.Popen(
            [*through, sys.executable, "-m", "pledgebook", *arguments, *case.options],
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=self._errors,
            env={**kept, "PLEDGEBOOK_AUTHOR": "Kari", "NO_COLOR": "1", "COLUMNS": "500"},
            start_new_session=True,
        )

    def write_begun(self) -> bool:
        """Wait until the command writes, or has ended; whether it was seen to write."""
        while self.process.poll() is None:
            with contextlib.suppress(FileNotFoundError):
                if is_written_to(self._case):
                    return True
            time.sleep(_LOOK_EVERY / 4)
        return False

    def kill_at(self, moment: Moment) -> Run:
        """Kill the command and all that it started at that moment, if it has not ended before."""
        end = self._begun + moment.seconds
        if moment.after_write:
            self.write_begun()
            end = time.monotonic() + moment.seconds
        seen: list[str] = []
        while (left := end - time.monotonic()) > 0 and self.process.poll() is None:
            if moment.watched:
                seen = hashes(self._case)
            time.sleep(min(_LOOK_EVERY, left))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        return self.ended(seen=tuple(seen))

    def ended(self, *, first_write: float | None = None, seen: tuple[str, ...] = ()) -> Run:
        """Wait for the end."""
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            code = self.process.wait()
        now = time.monotonic()
        texts = []
        for file in (self._output, self._errors):
            file.seek(0)
            texts.append(file.read().decode(errors="replace"))
            file.close()
        return Run(code, texts[0], texts[1], now - self._begun, now - (first_write or now), seen)


def run(arguments: list[str], case: Case, through: Sequence[str] = ()) -> Run:
    """Run a command to its end; `through` is a program that takes rights or room from it."""
    return Started(arguments, case, through).ended()


def measured(arguments: list[str], case: Case) -> Run:
    """Run a command to its end, and note when it began to write."""
    started = Started(arguments, case)
    begun = started.write_begun()
    return started.ended(first_write=time.monotonic() if begun else None)


def in_order(done: Run, *codes: int) -> list[str]:
    """What is wrong with the end of a command: another exit code, or a traceback; nothing if all is well."""
    wrong = [] if done.code in (codes or (0,)) else [f"exit code {done.code}"]
    if "Traceback" in done.errors:
        wrong.append("a traceback")
    return [f"{one}: {_end(done.errors)}" for one in wrong]


def _end(text: str) -> str:
    return " / ".join(text.strip().splitlines()[-3:])[-500:]


def files(folder: Path) -> dict[str, bytes]:
    """All files under a folder under their final names."""
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")
    }
