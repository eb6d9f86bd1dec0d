"""events: taking in, what was known, what changed, series."""

import json
from pathlib import Path

import pytest
from tests.commands.conftest import Call, runner_in

HEAD = "id,type_of_violence,side_a,side_b,where_prec,adm_1,latitude,longitude,country,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low"
ROWS = (
    "1,1,Crown,Reds,1,Homs Governorate,34.7,36.7,Syria,1,2031-01-05,2031-01-05,1,1,0,0,2,3,1",
    "2,3,Reds,Civilians,1,Ar Raqqah Governorate,35.95,39.0,Syria,1,2031-03-05,2031-03-05,0,0,9,0,9,9,9",
    "3,2,Blues,Reds,6,,35.0,38.0,Syria,1,2031-02-05,2031-02-05,1,1,0,0,2,2,2",
)


@pytest.fixture
def call(tmp_path: Path) -> Call:
    run = runner_in(tmp_path)
    assert run("init").exit_code == 0
    put(tmp_path, "ged.csv", *ROWS)
    return run


def put(folder: Path, name: str, *rows: str) -> None:
    (folder / name).write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")


def test_a_file_is_a_line_and_is_taken_in_once(call: Call) -> None:
    done = call("events", Path("ged.csv"), "--snapshot", "2032-01-01")
    assert done.exit_code == 0, done.stderr
    day, source, told, _ = done.stdout.rstrip().split("\t")
    assert (day, source, told) == ("2032-01-01", "ucdp-ged", "3 observations: 3 new, 0 told otherwise, 0 gone")
    assert "in the book already" in call("events", Path("ged.csv"), "--snapshot", "2032-01-01").stdout
    assert len(call("events").stdout.splitlines()) == 1
    assert call("verify").exit_code == 0


def test_without_a_day_nothing_is_taken_in(call: Call) -> None:
    done = call("events", Path("ged.csv"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--snapshot" in done.stderr
    assert call("events").stdout == ""


def test_a_bad_row_is_told_and_the_others_are_taken_in(call: Call, tmp_path: Path) -> None:
    put(tmp_path, "bad.csv", *ROWS[:2], ROWS[2].replace("2031-02-05", "5/2/2031"))
    done = call("events", Path("bad.csv"), "--snapshot", "2032-01-01")
    assert done.exit_code == 1
    assert "bad.csv:4: error" in done.stderr
    assert "2 observations" in done.stdout


def test_a_restated_release_is_known_twice(call: Call, tmp_path: Path) -> None:
    put(tmp_path, "next.csv", ROWS[0], ROWS[1].replace(",9,9,9", ",7,9,5"))
    call("events", Path("ged.csv"), "--snapshot", "2032-01-01")
    done = call("events", Path("next.csv"), "--snapshot", "2033-01-01")
    assert "0 new, 1 told otherwise, 1 gone" in done.stdout
    rows = [json.loads(line) for line in call("events", "--changes", "2032-06-01", "2033-06-01").stdout.splitlines()]
    assert [(row["change"], row["id"]) for row in rows] == [("changed", "ucdp:2"), ("removed", "ucdp:3")]
    assert rows[0]["fields"] == {"best": [9, 7], "low": [9, 5]}
    assert call("events", "--as-of", "2032-06-01").stdout == "ucdp-ged\tSyria\tevent\t3\t2031-01-05\t2031-03-05\n"
    assert call("events", "--as-of", "2031-12-31").stdout == ""


def test_a_series_is_printed_with_what_is_in_no_cell(call: Call) -> None:
    call("events", Path("ged.csv"), "--snapshot", "2032-01-01")
    done = call("events", "--series", "--group", "Reds", "--part", "attacks", "--area", "SY11")
    assert done.stdout.splitlines() == [
        "area\tname\tmonth\tevents\tbest\tlow\thigh\tcivilians\tgroup_dead\tother_dead",
        "SY-RA\tAl-Raqqah\t2031-01\t0\t0\t0\t0\t0\t0\t0",
        "SY-RA\tAl-Raqqah\t2031-02\t0\t0\t0\t0\t0\t0\t0",
        "SY-RA\tAl-Raqqah\t2031-03\t1\t9\t9\t9\t9\t0\t0",
    ]
    assert "1 event (2 deaths" in call("events", "--series").stderr
    assert "do not show who controls territory" in done.stderr
    assert "No event has 'Whites'" in call("events", "--series", "--group", "Whites").stderr


def test_weeks_are_printed_too(call: Call) -> None:
    call("events", Path("ged.csv"), "--snapshot", "2032-01-01")
    assert "SY-HI\tHoms\t2030-12-30\t1\t2\t1\t3\t0" in call("events", "--series", "--by", "week").stdout.splitlines()


def test_figures_are_taken_in_by_a_map_and_summed(call: Call, tmp_path: Path) -> None:
    (tmp_path / "mines.csv").write_text("Month,Where,Hectares\n2031-02,Ninewa,3\n2031-02,Nineveh,4.5\n", encoding="utf-8")
    words = "date=Month,value=Hectares,admin1=Where,measure:=hectares cleared,unit:=ha,country:=Iraq"
    done = call("events", Path("mines.csv"), "--snapshot", "2032-01-01", "--columns", words)
    assert done.exit_code == 0, done.stderr
    assert call("events", "--series", "--measure", "hectares cleared").stdout.splitlines()[1:] == ["IQ-NI\t2031-02\t2\t7.5\tha\t\t"]
    told = call("rebuild").stderr
    assert "1 file of events and figures read again." in told
    assert "aid data" not in told
    assert "table" in call("events", "--as-of", "2032-01-01").stdout


def test_other_outlines_can_be_given(call: Call, tmp_path: Path) -> None:
    square = {"type": "Polygon", "coordinates": [[[36, 34], [40, 34], [40, 37], [36, 37], [36, 34]]]}
    (tmp_path / "own.json").write_text(
        json.dumps({"type": "Feature", "properties": {"code": "SY-X"}, "geometry": square}), encoding="utf-8"
    )
    put(tmp_path, "points.csv", *(row.replace("Homs Governorate", "") for row in ROWS))
    call("events", Path("points.csv"), "--snapshot", "2032-01-01")
    done = call("events", "--series", "--outlines", str(tmp_path / "own.json"))
    assert {line.split("\t")[0] for line in done.stdout.splitlines()[1:]} == {"SY-RA", "SY-X"}


@pytest.mark.parametrize(
    "words",
    [
        ("--series", "ged.csv"),
        ("--series", "--part", "attacks"),
        ("--columns", "value=x"),
        ("--series", "--outlines", "/nowhere.json"),
        ("--as-of", "someday"),
    ],
)
def test_wrong_usage_is_told(call: Call, words: tuple[str, ...]) -> None:
    assert call("events", *words).exit_code == 2


def test_a_copy_of_the_book_reads_its_releases_again(call: Call, tmp_path: Path) -> None:
    call("events", Path("ged.csv"), "--snapshot", "2032-01-01")
    assert call("backup", str(tmp_path / "copy")).exit_code == 0
    assert len(call("events", "--book", str(tmp_path / "copy"), "--series").stdout.splitlines()) == 7
