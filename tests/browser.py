"""Fixtures that give a test a real browser: Debian's chromium, driven by Playwright, and axe-core; tests/web uses them.

Nothing of it is in the repository: chromium is Debian's package (installed as root where it is not there), axe-core is fetched by npm into a folder of the
user's cache. Where either cannot be had the tests are skipped, but not where CI has to run them all.
"""

import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AXE = "axe-core@4.14.1"
_CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "pledgebook-tests"


def _missing(why: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """A headless chromium."""
    sync_api = pytest.importorskip("playwright.sync_api")
    program = _chromium()
    with sync_api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield found
        found.close()


def _chromium() -> str | None:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", "chromium"], check=False, capture_output=True)
        found = shutil.which("chromium")
    if found is None:
        _missing("there is no chromium; Debian's package `chromium` brings it")
    return found


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core."""
    script = _CACHE / AXE / "axe.min.js"
    if not script.is_file():
        script.parent.mkdir(parents=True, exist_ok=True)
        done = None
        if shutil.which("npm"):
            done = subprocess.run(["npm", "pack", "--silent", AXE], check=False, capture_output=True, cwd=script.parent, text=True)
        if done is None or done.returncode:
            _missing("npm cannot fetch axe-core")
            return ""
        with tarfile.open(script.parent / done.stdout.strip().splitlines()[-1]) as archive:
            source = archive.extractfile("package/axe.min.js")
            assert source is not None
            script.write_bytes(source.read())
    return script.read_text(encoding="utf-8")
