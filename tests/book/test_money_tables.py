"""The flat tables of a book's money are of what it knows now, whole, and made again when they are not."""

import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.support.iati import activity, file, transaction
from tests.support.made import RECORDED

from pledgebook.aid.totals import totals
from pledgebook.book import money_tables as tables
from pledgebook.book.errors import BookError
from pledgebook.book.money import take_money
from pledgebook.book.money_tables import money_tables, opened_tables, tables_as_of
from pledgebook.book.opening import Book

DATA = {"2024-01-01": file(activity("W", transaction("10"))), "2024-02-01": file(activity("W", transaction("11"), transaction("1")))}
NAMES = ("activities", "transactions", "splits")


def take(book: Book, day: str, tmp_path: Path) -> None:
    path = tmp_path / "data.xml"
    path.write_bytes(DATA[day])
    take_money(book, path, snapshot=day, feed=None, author="test", recorded=RECORDED)


def sums(book: Book, day: str | None = None) -> list[tuple[str, str]]:
    with tables_as_of(book, day) as database:
        return [(one.key, str(one.usd)) for one in totals(database, "year")]


def states(folder: Path) -> set[bytes]:
    return {pq.read_metadata(folder / f"{name}.parquet").metadata[b"state"] for name in NAMES}


def test_they_tell_what_is_known_now_and_of_a_day_what_was_known_then(book: Book, tmp_path: Path) -> None:
    assert sums(book) == []
    take(book, "2024-02-01", tmp_path)
    assert sums(book) == [("2024", "12.00")]
    take(book, "2024-01-01", tmp_path)
    assert (sums(book), sums(book, "2024-01-31"), sums(book, "2023-01-01")) == ([("2024", "12.00")], [("2024", "10.00")], [])
    folder = money_tables(book)
    rows = {name: pq.read_table(folder / f"{name}.parquet").num_rows for name in NAMES}
    assert rows == {"activities": 1, "transactions": 2, "splits": 4}
    assert {"rate", "rate_source", "rate_date", "usd", "feed", "snapshot", "source", "line"} <= set(
        pq.read_schema(folder / "transactions.parquet").names
    )
    with opened_tables(folder) as database:
        assert database.sql("SELECT count(*) FROM activities").fetchall() == [(1,)]


def test_they_are_not_written_again_while_nothing_comes(book: Book, tmp_path: Path) -> None:
    take(book, "2024-01-01", tmp_path)
    folder = money_tables(book)
    written = [(folder / f"{name}.parquet").stat().st_mtime_ns for name in NAMES]
    assert [(money_tables(book) / f"{name}.parquet").stat().st_mtime_ns for name in NAMES] == written


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("damage", [b"PAR1 no more", None])
def test_one_that_is_lost_or_damaged_is_made_again(book: Book, tmp_path: Path, name: str, damage: bytes | None) -> None:
    take(book, "2024-01-01", tmp_path)
    path = money_tables(book) / f"{name}.parquet"
    path.unlink()
    if damage is not None:
        path.write_bytes(damage)
    assert len(states(money_tables(book))) == 1
    assert sums(book) == [("2024", "10.00")]


def test_a_kill_between_two_of_them_is_seen_and_mended(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take(book, "2024-01-01", tmp_path)
    folder = money_tables(book)
    take(book, "2024-02-01", tmp_path)
    write = tables._write
    with monkeypatch.context() as patch:

        def killed(database: object, path: Path, query: str, state: str) -> None:
            if path.stem == "splits":
                raise KeyboardInterrupt
            write(database, path, query, state)  # type: ignore[arg-type] # handed on

        patch.setattr(tables, "_write", killed)
        with pytest.raises(KeyboardInterrupt):
            money_tables(book)
    assert len(states(folder)) == 2
    assert sums(book) == [("2024", "12.00")]
    assert len(states(folder)) == 1


def test_a_full_disk_is_told_and_leaves_no_half_of_a_file(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take(book, "2024-01-01", tmp_path)

    def full(*_: object, **__: object) -> object:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(BookError, match="disk-full"):
            money_tables(book)
    assert [path.name for path in (book.place.folder / "tables").iterdir()] == ["aid"]
    assert sums(book) == [("2024", "10.00")]
