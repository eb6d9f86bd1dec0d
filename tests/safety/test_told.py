"""What docs/safety.md says is tested: every test that it names is there, and every test of this folder is named."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_what_is_told_is_tested_and_what_is_tested_is_told() -> None:
    told = (ROOT / "docs" / "safety.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(tests/[\w/.]+)`", told))
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
    here = {path.relative_to(ROOT).as_posix() for path in Path(__file__).parent.glob("test_*.py")} - {"tests/safety/test_told.py"}
    assert here - named == set()
    rows = [line for line in told.splitlines() if line.startswith("| ")][1:]
    assert [row[:60] for row in rows if "`tests/" not in row and "---" not in row] == []
