"""Files made to be read without end or to be run: packed into one another, of one giant cell or line, and with names that a query or shell would obey."""

import bz2
import gzip
import io
import json
import lzma
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.commands.conftest import PROMISE, Call, runner_in
from tests.support.iati import activity, file, transaction

from pledgebook.aid.fts.read import read_fts
from pledgebook.aid.iati.read import read_iati
from pledgebook.core.problem import Problem
from pledgebook.documents import load
from pledgebook.events import csv_file
from pledgebook.events.read import read_events
from pledgebook.sources.inputs import open_inputs
from pledgebook.views.book.incoming import read_sheets

TEXT = PROMISE.encode()
#: More than any cell holds.
GIANT = "a" * 5_000_000
#: What a query of DuckDB, a pattern of file names, a shell, a URL or a database's address would take for more than a name.
NAMES = (
    "it's [a-z]*?{b,c} $(touch pwned) `touch pwned`; touch pwned",
    "x\"'); DROP TABLE activities; --",
    "-rf 100% ?mode=memory#x e\u0301 \u202e \U0001f600",
)


def zipped(data: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", data)
    return kept.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        bz2.compress(TEXT),
        gzip.compress(gzip.compress(TEXT)),
        gzip.compress(lzma.compress(TEXT)),
        lzma.compress(bz2.compress(TEXT)),
        gzip.compress(zipped(TEXT)),
        zipped(gzip.compress(TEXT)),
        # 30 MB of zeros, three times packed: some hundred bytes.
        gzip.compress(gzip.compress(gzip.compress(bytes(30_000_000)))),
        bz2.compress(bytes(30_000_000)),
    ],
    ids=["bz2", "gz in gz", "xz in gz", "bz2 in xz", "zip in gz", "gz in zip", "a bomb in a bomb", "bz2 bomb"],
)
@pytest.mark.parametrize("suffix", ["txt", "txt.gz", "jsonl.bz2", "pdf"])
def test_what_is_packed_twice_or_otherwise_is_told_and_not_unpacked(data: bytes, suffix: str, tmp_path: Path) -> None:
    (tmp_path / f"a.{suffix}").write_bytes(data)
    found = [one for opened in open_inputs([str(tmp_path / f"a.{suffix}")]) for one in load(opened)]
    assert [one.document for one in found if one.document] == []
    assert [problem.severity for one in found for problem in one.problems] == ["error"]


def problems_of(rows: Iterator[object]) -> list[Problem]:
    return [one for one in rows if isinstance(one, Problem)]


CELL = f'id,best,latitude\n1,{GIANT},2\n2,"{GIANT}",2\n3,4,5\n'


def test_a_giant_cell_is_a_problem_and_the_rows_after_it_are_read() -> None:
    sheets, problems = read_sheets(CELL.encode(), "sheet.csv")
    assert [row.cells["id"] for row in sheets[0].rows][-1] == "3"
    assert {one.rule for one in problems} == {"bad-line"}
    flows = f"id,amountUSD,budgetYear,status,date,boundary,versionId\n7,{GIANT},2022,paid,2022-01-01,incoming,1\n8,5,2022,paid,2022-01-01,incoming,1\n"
    (rows,) = read_fts(flows.encode(), "flows.csv")
    assert rows.tables["activities"].num_rows == 1
    assert "bad-csv" in {one.rule for one in rows.problems}
    found = problems_of(read_events([CELL.encode()], "events.csv"))
    assert len(found) == 1


def test_a_quotation_that_never_ends_is_a_problem_and_stays_small() -> None:
    data = ("id,kind,target\n" + '1,"accept' + "\n2,accept,x" * 100_000).encode()
    sheets, problems = read_sheets(data, "sheet.csv")
    assert problems
    assert len(sheets[0].rows) < 100_000


def test_a_line_without_an_end_is_not_held_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "LONGEST", 1_000_000)
    taken = 0

    def blocks() -> Iterator[bytes]:
        nonlocal taken
        yield b"id,best\n"
        while taken < 1_000:
            taken += 1
            yield b"a" * 100_000

    file_ = csv_file.CsvFile(blocks(), "endless.csv")
    assert [one.rule for one in problems_of(file_.rows())][-1] == "too-long"
    assert taken < 20


@pytest.mark.parametrize(
    "encoding", ["zlib_codec", "bz2", "hex", "base64", "rot13", "idna", "punycode", "unicode_escape", "undefined", "utf-7", "none"]
)
def test_an_encoding_that_unpacks_or_deciphers_is_no_encoding_of_a_file(encoding: str) -> None:
    data = file(activity("XX-1-W", transaction("10"))).decode().partition("?>")[2]
    told = f'<?xml version="1.0" encoding="{encoding}"?>{data}'.encode()
    rows = list(read_iati(iter([told]), "file.xml"))
    assert "unknown-encoding" in {problem.rule for one in rows for problem in one.problems}
    assert sum(one.tables["activities"].num_rows for one in rows if "activities" in one.tables) == 1


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be given there")
@pytest.mark.parametrize("name", NAMES)
def test_names_of_files_and_folders_are_names_and_nothing_more(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / name
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / f"{name}.xml").write_bytes(file(activity("XX-1-W", transaction("10", ref="1"))))
    (folder / f"{name}.jsonl").write_text(json.dumps({"title": name, "text": PROMISE, "published": "2025-03-03"}), encoding="utf-8")
    call: Call = runner_in(folder)
    steps: tuple[tuple[str | Path, ...], ...] = (
        ("init",),
        ("add", Path(f"{name}.jsonl")),
        ("money", Path(f"{name}.xml"), "--snapshot", "2024-01-01"),
        ("money", "--as-of", "2024-02-01", "--to", Path(f"{name}-to")),
        ("link",),
        ("status", "--as-of", "2027-01-01"),
        ("convert", Path(f"{name}.xml"), "--to", Path(f"{name}-tables")),
        *(("export", Path(f"{name}.{suffix}")) for suffix in ("csv", "xlsx", "parquet", "sqlite")),
        ("backup", Path(f"{name}-copy")),
        ("people", "add", "Ada", "--role", "administrator", "--no-password"),
        ("people", "list"),
        ("verify",),
    )
    for step in steps:
        done = call(*step)
        assert done.exit_code == 0, (step, done.output)
    assert not list(tmp_path.rglob("pwned"))
