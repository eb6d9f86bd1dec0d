"""Fixtures that give a test a real browser: Debian's chromium, driven by Playwright, and axe-core; tests/web uses them.

Nothing of it is in the repository: chromium is Debian's package (installed as root where it is not there), axe-core is fetched by npm into a folder of the
user's cache. Where either cannot be had the tests are skipped, but not where CI has to run them all.
"""

import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tools.browser import NoBrowserError, browsing

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
    """A headless chromium. There is one in a process: Playwright cannot be started twice beside itself."""
    with ExitStack() as stack:
        try:
            found = stack.enter_context(browsing())
        except NoBrowserError as error:
            _missing(str(error))
            return
        yield found


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
