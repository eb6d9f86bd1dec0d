"""money: files in, and what the book knew of them."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.commands.conftest import Call, runner_in
from tests.support.iati import activity, file, transaction
from tests.support.snapshots import fresh, plain

from pledgebook.aid.tables import TABLES

FIRST = file(
    activity("XX-1-W", transaction("10", ref="1"), transaction("5", kind="2")), activity("XX-1-R", transaction("20", currency="EUR"))
)
SECOND = file(activity("XX-1-W", transaction("12", ref="1"), transaction("5", kind="2")), activity("XX-1-S", transaction("7.50", kind="C")))
FLOWS = (
    "id,amountUSD,budgetYear,status,date,boundary,versionId,sourceObjects_Organization.id\n"
    "7,{amount},2022,{status},2022-01-01,incoming,{version},2933\n8,5,2022,pledge,2022-01-01,incoming,1,2933\n"
)


@pytest.fixture
def run(tmp_path: Path) -> Call:
    """A command on an empty book; beside it two IATI files and two states of FTS."""
    (tmp_path / "first.xml").write_bytes(FIRST)
    (tmp_path / "second.xml").write_bytes(SECOND)
    for name, amount, status, version in (("pledged", 100, "pledge", 1), ("paid", 90, "paid", 2)):
        (tmp_path / f"{name}.csv").write_text(FLOWS.format(amount=amount, status=status, version=version), encoding="utf-8")
    called = runner_in(tmp_path)
    assert called("init").exit_code == 0
    return called


@pytest.fixture
def filled(run: Call) -> Call:
    """The same with the two IATI files in it, of January and March 2024."""
    assert run("money", Path("second.xml"), "--snapshot", "2024-03-01").exit_code == 0
    assert run("money", Path("first.xml"), "--snapshot", "2024-01-01").exit_code == 0
    return run


def test_each_file_is_a_line_with_its_day_feed_and_what_is_new(run: Call) -> None:
    done = run("money", Path("first.xml"), "--snapshot", "2024-01-01")
    assert done.exit_code == 0
    day, feed, told, path = done.stdout.rstrip().split("\t")
    assert (day, told, Path(path).name) == ("2024-01-01", "2 activities, 2 new", "first.xml")
    again = run("money", Path("first.xml"), Path("second.xml"), "--snapshot", "2024-01-01")
    assert [line.split("\t")[2] for line in again.stdout.splitlines()] == ["in the book already", "2 activities, 2 new"]
    assert f"though 1 of its activities is in {feed} too. If it follows that, say --feed {feed}." in again.stderr
    next_one = run("money", Path("second.xml"), "--snapshot", "2024-03-01", "--feed", "north")
    assert next_one.stdout.split("\t")[1] == "north"


def test_without_a_day_a_file_is_not_taken_in(run: Call) -> None:
    done = run("money", Path("first.xml"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "no-snapshot-date" in done.stderr
    assert run("money").stdout == ""


def test_what_can_be_read_is_taken_in_and_the_rest_told(run: Call) -> None:
    done = run("money", Path("first.xml"), Path("nothing.xml"), "--snapshot", "2024-01-01")
    assert (done.exit_code, len(done.stdout.splitlines())) == (1, 1)
    assert "not-found" in done.stderr


def test_snapshots_are_listed_in_the_order_of_time(filled: Call) -> None:
    rows = [line.split("\t") for line in filled("money").stdout.splitlines()]
    assert [(row[0], row[3], row[4]) for row in rows] == [("2024-01-01", "option", "first.xml"), ("2024-03-01", "option", "second.xml")]
    assert rows[0][1] == rows[1][1] == rows[0][2]  # the feed is called by its first snapshot


def test_sums_of_a_day_are_by_feed_type_and_currency(filled: Call) -> None:
    rows = [line.split("\t")[1:] for line in filled("money", "--as-of", "2024-02-01").stdout.splitlines()]
    assert rows == [["2024-01-01", "2", "USD", "1", "5"], ["2024-01-01", "3", "EUR", "1", "20"], ["2024-01-01", "3", "USD", "1", "10"]]
    assert filled("money", "--as-of", "2023-12-31").stdout == ""


def test_the_tables_of_a_day_are_those_of_convert(filled: Call, tmp_path: Path) -> None:
    done = filled("money", "--as-of", "2024-02-01", "--to", Path("out"))
    assert (done.exit_code, done.stderr) == (0, f"2 activities with 3 transactions written to {tmp_path / 'out'}.\n")
    told = fresh(FIRST)
    for name, schema in TABLES.items():
        table = pq.read_table(tmp_path / "out" / f"{name}.parquet")
        assert table.schema.equals(schema)
        assert plain(table) == told[name]


def test_changes_are_removed_added_and_changed_with_before_and_after(filled: Call) -> None:
    done = filled("money", "--changes", "2024-01-01", "2024-03-01")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["change"], row["activity"], row["activity_id"]) for row in rows] == [
        ("removed", "gone", "XX-1-R"),
        ("added", "new", "XX-1-S"),
        ("changed", "kept", "XX-1-W"),
    ]
    assert (rows[2]["paired_by"], rows[2]["fields"]) == ("ref", {"value": {"before": "10", "after": "12"}})
    assert done.stderr.splitlines() == [
        "1 removed (1 with their activities gone), 1 added (1 with their activities new), 1 changed (1 by ref); in 3 activities.",
        "Changed: value 1.",
    ]
    assert filled("money", "--changes", "2024-03-01", "2024-03-01").stderr == "0 removed, 0 added, 0 changed; in 0 activities.\n"


def test_the_path_of_an_activity_tells_when_it_came_changed_and_went(filled: Call) -> None:
    rows = [line.split("\t") for line in filled("money", "--path", "XX-1-W").stdout.splitlines()]
    assert rows == [
        ["2024-01-01", "", "new"],
        ["2024-01-01", "", "added", "3 2024-01-15 10 USD 1"],
        ["2024-01-01", "", "added", "2 2024-01-15 5 USD"],
        ["2024-03-01", "2024-01-01", "changed", "3 2024-01-15 12 USD 1", "value: 10 -> 12"],
    ]
    rows = [line.split("\t") for line in filled("money", "--path", "iati:XX-1-R").stdout.splitlines()]
    assert [row[:3] for row in rows[-2:]] == [["2024-03-01", "2024-01-01", "gone"], ["2024-03-01", "2024-01-01", "removed"]]


def test_the_path_of_a_flow_goes_through_its_stages(run: Call) -> None:
    run("money", Path("paid.csv"), "--snapshot", "2022-03-01")
    run("money", Path("pledged.csv"), "--snapshot", "2022-01-01")
    done = run("money", "--path", "fts:7")
    assert [line.split("\t") for line in done.stdout.splitlines()] == [
        ["2022-01-01", "", "seen", "pledge", "100 USD"],
        ["2022-03-01", "2022-01-01", "status", "pledge -> paid", "90 USD"],
        ["2022-03-01", "2022-01-01", "amount", "100 USD -> 90 USD", "90 USD"],
    ]
    assert done.stderr == "7: pledge -> paid\n"


@pytest.mark.parametrize("name", ["XX-9", "fts:XX-1-W", "iati:7"])
def test_what_nobody_told_of_has_no_path(filled: Call, name: str) -> None:
    done = filled("money", "--path", name)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "No snapshot tells of" in done.stderr


@pytest.mark.parametrize("words", [["--as-of", "2024-01-01"], ["--changes", "2023-01-01", "2024-01-01"], []])
def test_an_empty_book_tells_nothing(run: Call, words: list[str]) -> None:
    done = run("money", *words)
    assert (done.exit_code, done.stdout) == (0, "")


@pytest.mark.parametrize(
    "words",
    [
        ["first.xml", "--as-of", "2024-01-01"],
        ["first.xml", "--path", "XX-1-W"],
        ["--to", "out"],
        ["--changes", "2024-01-01", "soon"],
        ["first.xml", "--snapshot", "soon"],
        ["--as-of", "soon"],
    ],
)
def test_wrong_usage_is_said(run: Call, words: list[str]) -> None:
    assert run("money", *(Path(word) if word.endswith(".xml") else word for word in words)).exit_code == 2


def test_a_rebuild_says_how_many_files_were_read_again(filled: Call) -> None:
    assert "2 files of aid data read again." in filled("rebuild").stderr
    assert len(filled("money").stdout.splitlines()) == 2


def test_totals_are_in_dollars_by_register_and_stage(filled: Call) -> None:
    done = filled("money", "--totals", "year")
    assert [line.split("\t") for line in done.stdout.splitlines()] == [
        ["iati", "committed", "2024", "", "2", "12.5", "0"],
        ["iati", "disbursed", "2024", "", "1", "12", "0"],
    ]
    assert done.stderr.splitlines() == [
        "iati committed: 2 of 2 transactions converted; year told for 100.0 % of USD 12.50",
        "iati disbursed: 1 of 1 transaction converted; year told for 100.0 % of USD 12.00",
    ]
    before = filled("money", "--totals", "donor", "--as-of", "2024-02-01").stdout.splitlines()
    assert [line.split("\t")[:6] for line in before] == [
        ["iati", "committed", "XX-1", "Organisation XX-1", "1", "5"],
        ["iati", "disbursed", "XX-1", "Organisation XX-1", "2", "31.89"],
    ]
    sector = filled("money", "--totals", "sector", "--vocabulary", "2")
    assert [line.split("\t")[2:6] for line in sector.stdout.splitlines()] == [["", "", "2", "12.5"], ["", "", "1", "12"]]
    assert "sector told for 0.0 % of USD 12.00" in sector.stderr


def test_the_net_of_an_organisation_or_country_is_told_with_what_it_was_taken_for(filled: Call) -> None:
    done = filled("money", "--net", "XX-1")
    assert done.stdout.splitlines()[0].split("\t") == ["givers", "commitment", "0", "0", "12.5", "0", "0", "0"]
    assert done.stderr == "XX-1 is taken for an organisation.\n"
    assert filled("money", "--net", "IQ").stderr == "No money is told of IQ.\n"


@pytest.mark.parametrize(
    "words",
    [
        ["--totals", "colour"],
        ["--totals", "year", "--vocabulary", "1"],
        ["--vocabulary", "1"],
        ["--totals", "year", "--net", "IQ"],
        ["first.xml", "--totals", "year"],
    ],
)
def test_questions_that_make_no_sense_are_refused(run: Call, words: list[str]) -> None:
    assert run("money", *(Path(word) if word.endswith(".xml") else word for word in words)).exit_code == 2
