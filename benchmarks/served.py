"""A server that a benchmark starts as a process of its own, watches, and ends."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")
#: Seconds in which a server has to end when told to.
_END = 20


class Served:
    """A running server on a port of this machine. `seconds` is how long it took until its first good answer."""

    def __init__(self, port: int, process: subprocess.Popen[bytes], log: Path) -> None:
        self.port = port
        self.process = process
        self.log = log
        self.seconds = 0.0

    def wait(self, path: str, patience: float) -> None:
        """Wait until the page at `path` is answered with 200. Raises RuntimeError with what the server said if it is not in time."""
        begun = time.monotonic()
        while time.monotonic() < begun + patience and self.process.poll() is None:
            with (
                contextlib.suppress(OSError, urllib.error.URLError),
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10),
            ):
                self.seconds = time.monotonic() - begun
                return
            time.sleep(0.05)
        raise RuntimeError(f"the server does not answer: {self.told()}")

    def told(self) -> str:
        """The end of what it printed."""
        return self.log.read_text(errors="replace")[-2000:]

    def memory(self) -> float:
        """Megabytes of memory that it and its child processes hold now."""
        return sum(map(_resident, _family(self.process.pid))) / 1e6


@contextlib.contextmanager
def served(command: Sequence[str], path: str, patience: float = 60) -> Iterator[Served]:
    """A started server; `{port}` in its command is a free port. It is told to end in the end, and killed if it does not."""
    with contextlib.closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    with tempfile.TemporaryDirectory(prefix="pledgebook-served-") as folder:
        log = Path(folder) / "log"
        with log.open("wb") as out:
            told = [sys.executable, *(one.replace("{port}", str(port)) for one in command)]
            process = subprocess.Popen(told, stdout=out, stderr=out, start_new_session=True)
        try:
            made = Served(port, process, log)
            made.wait(path, patience)
            yield made
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(_END)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except OSError:  # it ended meanwhile
        return 0


def _family(process: int) -> list[int]:
    """A process and all that come from it."""
    found = [process]
    for one in found:
        for tasks in Path(f"/proc/{one}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                found += map(int, tasks.read_text(encoding="ascii").split())
    return found
