"""A real browser and a real server, for tests and benchmarks: Debian's chromium, driven by Playwright; the server is a process of its own."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tools.installing import alone, install

if TYPE_CHECKING:
    from playwright.sync_api import Browser

#: Seconds in which a server has to answer.
PATIENCE = 90


class NoBrowserError(Exception):
    """There is no browser to drive; the text says why."""


def chromium() -> str:
    """The path of Debian's chromium, installed if it is not there and may be. Raises NoBrowserError."""
    with alone():
        if shutil.which("chromium") is None and not install("chromium"):
            raise NoBrowserError("There is no chromium, and it cannot be installed.")
    return shutil.which("chromium") or "chromium"


@contextlib.contextmanager
def browsing() -> Iterator["Browser"]:
    """A running browser. Raises NoBrowserError."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - tests without it are skipped
    except ImportError:
        raise NoBrowserError("Playwright is not installed.") from None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), headless=True, args=["--no-sandbox", "--disable-dev-shm-usage"])
        try:
            yield browser
        finally:
            browser.close()


class Server:
    """`pledgebook serve --bench` on a book, on a port that stays the same when it is killed and started again."""

    def __init__(self, book: str, folder: Path) -> None:
        self._arguments = ["--book", book, "--folder", str(folder)]
        with contextlib.closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._log = Path(tempfile.mkdtemp(prefix="pledgebook-server-")) / "log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        with self._log.open("ab") as log:
            command = [sys.executable, "-m", "pledgebook", "serve", "--bench", "--port", str(self.port), "--as-of", "2026-11-01"]
            self._process = subprocess.Popen([*command, *self._arguments], stdout=log, stderr=log, start_new_session=True)
        self.wait()

    def wait(self) -> None:
        """Wait until it answers."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self._process is None or self._process.poll() is not None:
                raise RuntimeError(f"the server ended: {self._log.read_text(errors='replace')[-2000:]}")
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.address}/bench/name", timeout=5):  # noqa: S310 - our own server
                return
            time.sleep(0.05)
        raise RuntimeError(f"the server does not answer: {self._log.read_text(errors='replace')[-2000:]}")

    def kill(self) -> None:
        """End it at once, as if the power failed."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    @property
    def log(self) -> str:
        """What it printed."""
        return self._log.read_text(errors="replace")

    @classmethod
    @contextlib.contextmanager
    def running(cls, book: str, folder: Path) -> Iterator["Server"]:
        """A started server, killed in the end."""
        server = cls(book, folder)
        server.start()
        try:
            yield server
        finally:
            server.kill()
            shutil.rmtree(server._log.parent, ignore_errors=True)
