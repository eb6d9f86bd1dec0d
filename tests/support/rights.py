"""Commands that are bound by the rights of files, whoever runs the tests."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

#: What lets root look into and write everything.
_ABOVE_RIGHTS = "-dac_override,-dac_read_search"
_CHILD = Path(__file__).with_name("bound_child.py")


class Told(msgspec.Struct, frozen=True, array_like=True):
    """How a command ended, and what it said."""

    exit_code: int
    stdout: str
    stderr: str
    raised: str | None


def run_bound(folder: Path, commands: Iterable[str]) -> list[Told]:
    """Run commands in `folder`, on the book there, with the rights of the owner of its files and no more. Skips the test where that cannot be."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PLEDGEBOOK_")}
    done = subprocess.run(
        [*_bound(), sys.executable, str(_CHILD)],
        input=json.dumps([command.split() for command in commands]),
        cwd=folder,
        env={**kept, "PLEDGEBOOK_BOOK": "book", "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return msgspec.json.decode(done.stdout, type=list[Told])


def _bound() -> list[str]:
    if os.name != "posix":
        pytest.skip("rights are told in another way here")
    if os.geteuid() != 0:
        return []
    through = [shutil.which("setpriv") or "", f"--bounding-set={_ABOVE_RIGHTS}", f"--inh-caps={_ABOVE_RIGHTS}"]
    if not through[0] or subprocess.run([*through, "true"], capture_output=True, check=False).returncode:
        pytest.skip("root may look into everything, and nothing here takes that away")
    return through
