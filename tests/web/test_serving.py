"""`pledgebook serve` as a process."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest


def started(folder: Path, *more: str) -> tuple[subprocess.Popen[str], str]:
    """A running server and its address."""
    command = [sys.executable, "-m", "pledgebook", "serve", "--book", str(folder), "--port", "0", *more]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONWARNINGS": "ignore"})
    assert process.stderr is not None
    line = process.stderr.readline()
    found = re.search(r"http://\S+", line)
    assert found, line
    return process, found[0]


def body(address: str) -> str:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - its own server
                return str(answer.read().decode())
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionError):
                raise
            time.sleep(0.1)
    raise AssertionError(address)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_this_machine_alone_and_ends_when_told(folder: Path, how: signal.Signals) -> None:
    process, address = started(folder, "--title", "A book")
    assert address.startswith("http://127.0.0.1:")
    assert "A book" in body(address)
    process.send_signal(how)
    _, told = process.communicate(timeout=30)
    assert process.returncode in {0, 130, -how}
    assert "Traceback" not in told
    assert [path.name for path in (folder / "tables").iterdir()] == ["listing.sqlite"], "nothing unfinished is left"


def test_a_decision_of_another_process_is_shown_soon(folder: Path) -> None:
    process, address = started(folder, "--as-of", "2026-11-01")
    try:
        promise = "p-8dabf0528e48039e"
        assert "Machine-read, not reviewed" in body(f"{address}/p/{promise}")
        done = subprocess.run(
            [sys.executable, "-m", "pledgebook", "decide", "accept", promise, "--author", "A. Coder", "--book", str(folder)],
            check=False,
            capture_output=True,
        )
        assert done.returncode == 0, done.stderr
        for _ in range(50):
            if "A person has reviewed" in body(f"{address}/p/{promise}"):
                break
            time.sleep(0.1)
        assert "A person has reviewed" in body(f"{address}/p/{promise}")
        assert '"reviewed":"reviewed"' in body(f"{address}/api/v1/promises?limit=200").partition(promise)[2]
    finally:
        process.terminate()
        process.communicate(timeout=30)


def test_an_address_that_is_taken_is_told(folder: Path) -> None:
    process, address = started(folder)
    port = address.rpartition(":")[2].rstrip("/")
    done = subprocess.run(
        [sys.executable, "-m", "pledgebook", "serve", "--book", str(folder), "--port", port], check=False, capture_output=True, text=True
    )
    process.terminate()
    process.communicate(timeout=30)
    assert (done.returncode, "unusable-address" in done.stderr) == (2, True)


def test_without_a_book_nothing_is_served(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pledgebook", "serve", "--book", str(tmp_path / "none"), "--port", "0"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, "no-book" in done.stderr) == (2, True)
