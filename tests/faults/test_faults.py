"""A short version of benchmarks/faults.py, which kills hundreds of times and tries every command."""

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.fault_books import Shelf, state
from benchmarks.fault_runs import Run
from benchmarks.fault_stock import Stock, stocked
from benchmarks.fault_trials import full_disk, read_only, two_writers
from benchmarks.faults import Scene, Tally, after_kill, kill_often, scenes
from tools.postgres_server import PostgresServer

from pledgebook.book.place import SOURCES


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def stock(request: pytest.FixtureRequest) -> Iterator[Stock]:
    server: PostgresServer | None = request.getfixturevalue("postgres_server") if request.param == "postgresql" else None
    # Not below pytest's folders, which are closed to others: one test reads books as somebody else.
    with tempfile.TemporaryDirectory(prefix="pledgebook-faults-") as folder:
        Path(folder).chmod(0o755)
        yield stocked(Shelf(Path(folder), server), 40)


def test_kills_lose_nothing_and_leave_nothing_half_written(stock: Stock) -> None:
    chance = random.Random("short")  # noqa: S311 - chooses moments, keeps no secrets
    kills = {"rebuild": 2} if stock.shelf.server else {"add": 3, "decide": 1}
    for scene in scenes(stock, kills):
        tally = Tally()
        assert list(kill_often(stock, scene, kills[scene.name], chance, tally)) == []
        assert tally.kills == kills[scene.name]


def test_two_writers_lose_nothing(stock: Stock) -> None:
    if not stock.shelf.server:
        pytest.skip("benchmarks/faults.py tries that on SQLite")
    assert list(two_writers(stock, 1)) == []


def test_a_full_disk_is_told(stock: Stock, capsys: pytest.CaptureFixture[str]) -> None:
    if stock.shelf.server:
        pytest.skip("benchmarks/faults.py tries that on PostgreSQL")
    assert list(full_disk(stock, print, [400])) == []
    if "not tried" in capsys.readouterr().out:
        pytest.skip("only root can make a small disk")


def test_a_folder_that_cannot_be_written_is_told(stock: Stock) -> None:
    if stock.shelf.server:
        pytest.skip("benchmarks/faults.py tries that on PostgreSQL")
    assert list(read_only(stock, print, ["add", "status"])) == []


def test_a_lost_entry_and_a_changed_file_are_found(stock: Stock) -> None:
    """The trials would be worth nothing if they found no damage."""
    if stock.shelf.server:
        pytest.skip("the same on SQLite")
    stands = state(stock.full)
    scene = Scene("add", lambda _: [], stock.full, stands, stands, {}, {}, Run(0, "", "", 1, 1))
    case = stock.shelf.copy(stock.full)
    path = next(path for path in (case.folder / SOURCES).rglob("*") if path.is_file())
    path.write_bytes(path.read_bytes()[:-1])
    (case.folder / "book.json.half").write_text("{")
    told = Run(-9, "0123456789abcdef\t1\t0\tPort news\n", "", 1, 1, seen=("ab" * 32,))
    found = list(after_kill(scene, case, told, ["cd" * 32]))
    assert [one.split(":")[0] for one in found] == [
        "entries that were there before the command are gone",
        "1 entries that were seen are gone",
        "'0123456789abcdef\\t1\\t0\\tPort news' was told and is not there",
        "verify",
        "nobody expects book.json.half",
    ]
