"""The examples of figures, from the file to the series, the chart and the verdict. What they are to give lies beside them."""

import json
from pathlib import Path

import pytest
from tests.commands.conftest import Call, runner_in

EXAMPLES = Path(__file__).parents[2] / "examples/figures"
MEASURES = {
    "mine_clearance": "hectares cleared of mines",
    "returns": "displaced people returned",
    "services": "households with running water again",
    "attacks": "attacks told by an inspector general",
}
WATCHED = '{"group": "Red Brigade", "countries": ["IQ"], "rule": "attacks-12m-surprise-0.99"}'


@pytest.fixture(scope="module")
def call(tmp_path_factory: pytest.TempPathFactory) -> Call:
    """A book that holds all of them, as known on one day."""
    run = runner_in(tmp_path_factory.mktemp("figures"))
    assert run("init").exit_code == 0
    for name in MEASURES:
        done = run("events", str(EXAMPLES / f"{name}.csv"), "--columns", str(EXAMPLES / f"{name}.toml"), "--snapshot", "2031-06-01")
        assert (done.exit_code, done.stderr) == (0, ""), done.stderr
    return run


@pytest.mark.parametrize("name", MEASURES)
def test_a_series_is_the_one_that_lies_beside_the_file(call: Call, name: str) -> None:
    done = call("events", "--series", "--measure", MEASURES[name])
    assert done.stdout == (EXAMPLES / f"{name}.series.tsv").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MEASURES)
def test_a_chart_has_the_numbers_that_lie_beside_the_file(call: Call, tmp_path: Path, name: str) -> None:
    done = call("chart", "series", str(tmp_path / "c.csv"), "--measure", MEASURES[name], "--as-of", "2031-06-01")
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "c.csv").read_text(encoding="utf-8") == (EXAMPLES / f"{name}.chart.csv").read_text(encoding="utf-8")


def test_every_row_that_is_given_on_says_that_it_is_made_up(call: Call, tmp_path: Path) -> None:
    done = call("export", str(tmp_path / "o.jsonl"), "--table", "observations", "--as-of", "2031-06-01")
    assert (done.exit_code, done.stderr) == (0, "")
    rows = [json.loads(line) for line in (tmp_path / "o.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["headline"] for row in rows} == {"made up for the example"}
    assert {row["file"] for row in rows} == {f"{name}.csv" for name in MEASURES}
    lines = {name: (EXAMPLES / f"{name}.csv").read_text(encoding="utf-8").splitlines() for name in MEASURES}
    assert all("made up" in lines[row["file"].removesuffix(".csv")][row["line"] - 1] for row in rows)


def test_attacks_that_an_inspector_tells_speak_against_a_standing_promise(call: Call) -> None:
    assert call("add", str(EXAMPLES / "statement.txt")).exit_code == 0
    rows = [json.loads(line) for line in call("status", "--as-of", "2031-06-01", "--format", "jsonl").stdout.splitlines()]
    promise = rows[0]["id"]
    assert call("decide", "watch", promise, "--value", WATCHED).exit_code == 0
    assert call("link", "--as-of", "2031-06-01").exit_code == 0
    told = json.loads(call("status", promise, "--as-of", "2031-06-01", "--format", "jsonl").stdout)
    assert told["verdict"] == "breached"
    rebuilt = call("rebuild")
    assert "4 files of events and figures read again." in rebuilt.stderr
    assert "1 tie to money and events is gone until `pledgebook link` is run again." in rebuilt.stderr
    assert json.loads(call("status", promise, "--as-of", "2031-06-01", "--format", "jsonl").stdout)["verdict"] == "unverifiable"


def test_a_picture_can_be_drawn(call: Call, tmp_path: Path) -> None:
    done = call("chart", "series", str(tmp_path / "c.svg"), "--measure", MEASURES["returns"], "--area", "SY-RA", "--as-of", "2031-06-01")
    assert done.exit_code == 0, done.stderr
    drawn = (tmp_path / "c.svg").read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert "persons by month" in drawn


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--measure", "hectares"), "Its measures are: "),
        (("--measure", MEASURES["returns"], "--area", "IQ-NI"), "Give one of: SY-HA, SY-RA."),
        (("--measure", MEASURES["returns"], "--group", "IS"), "in place of a promise or a group"),
    ],
)
def test_what_cannot_be_drawn_is_told(call: Call, tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    done = call("chart", "series", str(tmp_path / "c.svg"), *words, "--as-of", "2031-06-01")
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.split())
    assert not (tmp_path / "c.svg").exists()
