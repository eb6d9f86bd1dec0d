"""Debian's packages for tests, installed by one process at a time: tests run on several processors, and apt takes no two."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Wait until no other process of this machine is in here."""
    if os.name != "posix":
        yield
        return
    import fcntl  # noqa: PLC0415 - not on Windows

    with (Path(tempfile.gettempdir()) / "pledgebook-installing.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def install(*packages: str) -> bool:
    """Install Debian packages if we may; whether it worked. To be called inside `alone`."""
    apt = shutil.which("apt-get")
    if apt is None or os.name != "posix" or os.geteuid() != 0:
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    steps = (["update"], ["install", "--yes", "--no-install-recommends", *packages])
    return all(subprocess.run([apt, *step], env=quiet, capture_output=True, check=False).returncode == 0 for step in steps)
