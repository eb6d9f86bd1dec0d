"""`pledgebook convert`: tables of whatever files, problems beside them, and a folder that is whole or as it was."""

import gzip
import json
import lzma
import os
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.aid.iati.made import activity, file_of, transaction
from typer.testing import CliRunner, Result

from pledgebook.aid.tables import TABLES
from pledgebook.cli import app

GOOD = file_of(activity(transaction()), activity(transaction(kind="2"), identifier="XM-2"))
BAD = file_of(activity(transaction(value="<value currency='USD'>ten</value>")))


def convert(*words: str | Path) -> Result:
    done = CliRunner().invoke(app, ["convert", *map(str, words)], env={"COLUMNS": "160", "NO_COLOR": "1"})
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    return done


def problems(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "problems.jsonl").read_text(encoding="utf-8").splitlines()]


def count(folder: Path, table: str) -> int:
    return int(pq.read_metadata(folder / f"{table}.parquet").num_rows)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.xml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_every_table_has_a_file_with_its_columns(good: Path, tmp_path: Path) -> None:
    done = convert(good, "--to", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted([*(f"{name}.parquet" for name in TABLES), "problems.jsonl"])
    for name, schema in TABLES.items():
        assert pq.read_schema(tmp_path / "out" / f"{name}.parquet").equals(schema), name
    assert (count(tmp_path / "out", "activities"), count(tmp_path / "out", "transactions")) == (2, 2)
    assert problems(tmp_path / "out") == []
    assert "2 activities with 2 transactions" in done.output


def test_files_of_all_kinds_and_packings_become_one_set_of_tables(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    (inside / "deeper").mkdir(parents=True)
    (inside / "a.xml").write_text(GOOD, encoding="utf-8")
    (inside / "b.xml.gz").write_bytes(gzip.compress(GOOD.encode()))
    (inside / "deeper" / "c.xml").write_bytes(lzma.compress(GOOD.encode("utf-16")))
    (inside / ".hidden").write_text("x", encoding="utf-8")
    assert convert(inside, "--to", tmp_path / "out").exit_code == 0
    sources = pq.read_table(tmp_path / "out" / "activities.parquet")["source"].to_pylist()
    assert sources == [str(inside / name) for name in ("a.xml", "a.xml", "b.xml.gz", "b.xml.gz", "deeper/c.xml", "deeper/c.xml")]


def test_errors_are_told_and_the_rest_is_read(good: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.xml").write_text(BAD, encoding="utf-8")
    (tmp_path / "torn.xml.gz").write_bytes(gzip.compress(os.urandom(5000))[:3000])
    done = convert(tmp_path / "bad.xml", tmp_path / "missing.xml", tmp_path / "torn.xml.gz", good, "--to", tmp_path / "out")
    assert done.exit_code == 1
    assert count(tmp_path / "out", "activities") == 3
    told = {(problem["rule"], Path(str(problem["where"])).name) for problem in problems(tmp_path / "out")}
    assert {("bad-value", "bad.xml"), ("not-found", "missing.xml"), ("damaged-archive", "torn.xml.gz")} <= told
    assert "bad-value" in done.output


def test_a_warning_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(file_of(activity("<title>a & b</title>")), encoding="utf-8")
    assert convert(tmp_path / "a.xml", "--to", tmp_path / "out").exit_code == 0
    assert [problem["severity"] for problem in problems(tmp_path / "out")] == ["warning"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<html/>"])
def test_exit_code_2_where_nothing_could_be_read(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(data)
    assert convert(tmp_path / "a.xml", "--to", tmp_path / "out").exit_code == 2
    assert len(problems(tmp_path / "out")) == 1


def test_tables_stay_where_nothing_could_be_read(good: Path, tmp_path: Path) -> None:
    convert(good, "--to", tmp_path / "out")
    before = count(tmp_path / "out", "activities")
    done = convert(tmp_path / "no such file", "--to", tmp_path / "out")
    assert done.exit_code == 2
    assert "left as they were" in done.output
    assert count(tmp_path / "out", "activities") == before > 0


def test_tables_are_the_same_bytes_with_any_number_of_workers(good: Path, tmp_path: Path) -> None:
    for workers in ("1", "3"):
        convert(good, "--to", tmp_path / workers, "--workers", workers)
    for path in (tmp_path / "1").iterdir():
        assert path.read_bytes() == (tmp_path / "3" / path.name).read_bytes(), path.name


def test_a_folder_that_cannot_be_written_is_wrong_usage(good: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = convert(good, "--to", tmp_path / "file")
    assert done.exit_code == 2
    assert "cannot be written" in done.output
    assert convert(good, "--to", tmp_path / "file" / "below").exit_code == 2


def test_what_an_unfinished_run_has_left_is_cleared(good: Path, tmp_path: Path) -> None:
    left = tmp_path / "out" / ".unfinished-x"
    left.mkdir(parents=True)
    (left / "activities.parquet").write_bytes(b"x")
    (tmp_path / "out" / "mine.txt").write_text("x", encoding="utf-8")
    assert convert(good, "--to", tmp_path / "out").exit_code == 0
    assert not left.exists()
    assert (tmp_path / "out" / "mine.txt").exists()


def test_a_run_that_is_killed_leaves_the_folder_as_it_was(good: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    convert(good, "--to", out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    pipe = tmp_path / "endless.xml"
    os.mkfifo(pipe)
    run = subprocess.Popen(
        [sys.executable, "-m", "pledgebook", "convert", str(good), str(pipe), "--to", str(out)], stderr=subprocess.DEVNULL
    )
    with pipe.open("wb") as feed:  # opens when the program reads it, so that the first file is in its tables
        feed.write(GOOD.encode())
        feed.flush()
        assert [path for path in out.iterdir() if path.name.startswith(".unfinished-")]
        run.send_signal(signal.SIGKILL)
        run.wait()
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == before
    convert(good, "--to", out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
