"""chart, as a person meets it."""

from pathlib import Path

import pytest
from tests.commands.conftest import Call


def test_a_timeline_of_promises_is_drawn(call: Call, folder: Path, promise: str) -> None:
    drawn = call("chart", "timeline", Path("plan.svg"), promise, "--as-of", "2027-01-01", "--title", "The plan")
    assert drawn.exit_code == 0, drawn.output
    assert "The plan: Georgia" in drawn.stderr
    assert (folder / "plan.svg").read_bytes().startswith(b"<svg")
    assert call("chart", "timeline", Path("plan.csv"), promise, "--as-of", "2027-01-01").exit_code == 0
    assert "planned,2026-12-31,2026-12-31" in (folder / "plan.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("years", "m.svg", "PROMISE"), "No register tells of money for it"),
        (("series", "m.svg", "PROMISE"), "Nothing is watched for it"),
        (("timeline", "m.pdf", "PROMISE"), "ends in none of .svg, .png, .csv"),
        (("timeline", "m.svg", "p-nothing"), "This is no promise of the book"),
        (("money", "m.svg", "PROMISE", "PROMISE"), "is drawn of one promise"),
        (("timeline", "nowhere/m.svg", "PROMISE"), "cannot be written"),
    ],
)
def test_what_cannot_be_drawn_is_told(call: Call, folder: Path, promise: str, words: tuple[str, ...], told: str) -> None:
    what, file, *names = words
    drawn = call("chart", what, Path(file), *(promise if name == "PROMISE" else name for name in names), "--as-of", "2027-01-01")
    assert drawn.exit_code == 2
    assert told in " ".join(drawn.stderr.split())
    assert not [path for path in folder.iterdir() if path.suffix in {".svg", ".pdf"}]
