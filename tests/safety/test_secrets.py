"""A password in the address of a database is shown nowhere."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SECRET = "hunter2"  # noqa: S105 - made up for these tests


@pytest.mark.parametrize(
    "address", ["postgresql://u:{}@127.0.0.1:1/x", "postgresql://u:{}@h:port/x", "mysql://u:{}@h/x", "postgresql://u:{}@[/x"]
)
@pytest.mark.parametrize("command", [["status"], ["status", "--help"]], ids=["status", "help"])
def test_a_password_is_not_told(address: str, command: list[str], tmp_path: Path) -> None:
    environment = {**os.environ, "PLEDGEBOOK_BOOK": address.format(SECRET), "PLEDGEBOOK_FOLDER": str(tmp_path)}
    done = subprocess.run([sys.executable, "-m", "pledgebook", *command], env=environment, check=False, capture_output=True, text=True)
    told = done.stdout + done.stderr
    assert told
    assert SECRET not in told
    assert "Traceback" not in told
