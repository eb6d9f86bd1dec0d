"""Every kind of chart, of the demo's book: the picture and the numbers behind it."""

import csv
import re
import shutil
from pathlib import Path

import pytest
from lxml import etree
from tests.commands.conftest import Call, runner_in

from pledgebook.commands.demo import COUNTS, LOOKING_FROM, examples, make_demo

MONEY, FIRST, SECOND, GROUND = "p-2f256cd46b8857c8", "p-e97e5c05799f457a", "p-d0dc1659bb0e3497", "p-01561ddbcc10b80c"
IN_SYRIA = ("--group", "IS", "--country", "SY")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("charts")
    make_demo(folder / "demo").close()
    return folder


@pytest.fixture(scope="module")
def call(made: Path) -> Call:
    return runner_in(made)


@pytest.mark.parametrize(
    ("what", "words", "row"),
    [
        ("series", ("--area", "SY-RA", *IN_SYRIA), ("Al-Raqqah", "2017-01-01", "10", "0.0", "10.0", "")),
        ("series", IN_SYRIA, ("As-Suwayda", "2018-08-01", "3", "0.0", "1.0", "fired")),
        ("map", ("--month", "2018-08", *IN_SYRIA), ("SY-SU", "As-Suwayda", "3")),
        ("timeline", (FIRST, SECOND), ("planned", "2025-09-30", "2025-09-30")),
        ("money", (MONEY,), ("announced", "168000000.0", "168000000.0", "USD")),
    ],
    ids=["series", "each-area", "map", "timeline", "money"],
)
def test_it_is_drawn_with_its_numbers(call: Call, made: Path, what: str, words: tuple[str, ...], row: tuple[str, ...]) -> None:
    for kind in ("svg", "csv"):
        done = call("chart", what, Path(f"one.{kind}"), *words, "--as-of", LOOKING_FROM, "--book", str(made / "demo"))
        assert done.exit_code == 0, done.stderr
    picture = etree.fromstring((made / "one.svg").read_bytes())
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    assert "Sources:" in " ".join(picture.itertext())
    with (made / "one.csv").open(encoding="utf-8", newline="") as file:
        assert row in [tuple(found[-len(row) :]) for found in csv.reader(file)]


def test_a_timeline_says_what_waits_for_what(call: Call, made: Path) -> None:
    done = call("chart", "timeline", Path("plan.svg"), SECOND, FIRST, "--as-of", LOOKING_FROM, "--book", str(made / "demo"))
    assert done.exit_code == 0, done.stderr
    told = " ".join(etree.fromstring((made / "plan.svg").read_bytes()).itertext())
    assert re.search(r"continue to support operations in Syria .* comes after Iraq, United States .*: end in Iraq", told)
    assert told.count("comes after") == 1


def test_money_of_which_no_register_tells_is_not_nought(call: Call, made: Path) -> None:
    done = call("chart", "money", Path("money.csv"), MONEY, "--as-of", LOOKING_FROM, "--book", str(made / "demo"))
    assert "not told: pledged, committed, disbursed, spent" in " ".join(done.stderr.split())
    assert "committed,,," in (made / "money.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("series", "x.svg", GROUND), "no event data of IQ"),
        (("series", "x.svg", "--group", "IS", "--country", "IQ"), "no event data of IQ"),
        (("series", "x.svg", "--group", "IS"), "needs the ISO 3166-1 code"),
        (("series", "x.svg", "--country", "SY"), "It goes with --group"),
        (("money", "x.svg", *IN_SYRIA), "in place of a promise"),
        (("series", "x.svg", *IN_SYRIA, "--rule", "none"), "Give one of attacks-12m-surprise-0.99"),
        (("map", "x.svg", *IN_SYRIA, "--month", "2031-01"), "They run from 2016-01 to 2019-11"),
        (("series", "x.svg", *IN_SYRIA, "--area", "SY-XX"), "The data tell of no such area"),
        (("timeline", "x.svg"), "timeline is drawn of promises"),
    ],
)
def test_what_cannot_be_drawn_is_told(call: Call, made: Path, words: tuple[str, ...], told: str) -> None:
    done = call("chart", words[0], Path(words[1]), *words[2:], "--as-of", LOOKING_FROM, "--book", str(made / "demo"))
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.replace("│", " ").split())
    assert not (made / "x.svg").exists()


def test_a_table_of_counts_that_lacks_a_month_of_an_area_leaves_the_area_out(tmp_path: Path) -> None:
    lines = (examples() / f"{COUNTS}.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("2018-03,SY-RA")]
    (tmp_path / "counts.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    shutil.copy(examples() / f"{COUNTS}.toml", tmp_path)
    run = runner_in(tmp_path)
    assert run("init").exit_code == 0
    assert run("events", Path("counts.csv"), "--columns", str(tmp_path / f"{COUNTS}.toml"), "--snapshot", "2026-01-01").exit_code == 0
    assert run("chart", "series", Path("one.csv"), *IN_SYRIA).exit_code == 0
    told = (tmp_path / "one.csv").read_text(encoding="utf-8")
    assert ("Al-Raqqah" in told, "Aleppo" in told) == (False, True)
