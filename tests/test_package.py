"""The wheel in an empty environment gives a working program with its model."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(command: Sequence[str | Path], **options: str) -> str:
    done = subprocess.run(list(map(str, command)), check=False, capture_output=True, encoding="utf-8", timeout=900, **options)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stdout + done.stderr
    return str(done.stdout)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an empty environment into which the wheel was installed with the pinned versions."""
    folder = tmp_path_factory.mktemp("package")
    pip = ["-m", "pip", "--quiet", "--disable-pip-version-check"]
    run([sys.executable, *pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder, ROOT])
    run([sys.executable, "-m", "venv", folder / "venv"])
    programs = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    run([programs / "python", *pip, "install", "--no-deps", "--require-hashes", "-r", ROOT / "constraints.txt"])
    run([programs / "python", *pip, "install", "--no-deps", "--no-index", next(folder.glob("*.whl"))])
    return programs


def test_the_installed_program_reads(installed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "examples" / "announcement.txt").read_text(encoding="utf-8")
    started = time.perf_counter()
    assert "Usage: pledgebook" in run([installed / "pledgebook", "--help"], cwd=str(tmp_path))
    with capsys.disabled():
        print(f"\npledgebook --help took {time.perf_counter() - started:.2f} s")  # noqa: T201 - told, not asserted
    row = json.loads(run([installed / "pledgebook", "read", "-"], cwd=str(tmp_path), input=text))
    assert row["commitments"]
    for commitment in row["commitments"]:
        assert text[commitment["start"] : commitment["end"]] == commitment["quote"]


def test_its_requirements_hold_together(installed: Path) -> None:
    assert "No broken requirements" in run([installed / "python", "-m", "pip", "--disable-pip-version-check", "check"])


def test_the_requirements_of_the_checks_hold_together() -> None:
    """They are installed without asking what each needs: nothing may be missing from the list."""
    assert "No broken requirements" in run([sys.executable, "-m", "pip", "--disable-pip-version-check", "check"])
