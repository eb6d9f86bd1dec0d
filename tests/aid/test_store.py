"""Snapshots in a folder: each content once, each activity listed, a part there whole or not at all."""

import os
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.support.iati import activity, file, transaction
from tests.support.snapshots import fresh, held, known, listed, take

from pledgebook.aid.files import read_aid
from pledgebook.aid.rows import Rows
from pledgebook.aid.store import Part, SnapshotStore, Unfinished

WELLS, ROADS, SCHOOLS = (activity(name, transaction(value)) for name, value in (("W", "10"), ("R", "20"), ("S", "30")))


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(tmp_path / "aid")


def begun(store: SnapshotStore, key: str, data: bytes) -> Unfinished:
    before = store.known()
    return store.write(key, read_aid(iter([data]), key, skip=before), before)


def test_an_unchanged_activity_is_listed_and_not_kept_again(store: SnapshotStore) -> None:
    assert take(store, "a", file(WELLS, ROADS)) == Part(activities=2, new=2, transactions=2)
    assert take(store, "b", file(ROADS, SCHOOLS, WELLS)) == Part(activities=3, new=1, transactions=1)
    assert take(store, "c", file(WELLS)) == Part(activities=1, new=0, transactions=0)
    assert listed(store.folder, "b") == ["R", "S", "W"]
    assert pq.read_table(store.folder / "b" / "transactions.parquet")["hash"].to_pylist().__len__() == 1
    assert sorted(name for name in store.known().values() if name) == ["R", "S", "W"]


def test_the_same_activity_twice_in_a_file_is_kept_once_and_listed_twice(store: SnapshotStore) -> None:
    assert take(store, "a", file(WELLS, ROADS, WELLS)) == Part(activities=3, new=2, transactions=2)
    assert listed(store.folder, "a") == ["W", "R", "W"]


def test_an_activity_without_identifier_is_kept_and_listed(store: SnapshotStore) -> None:
    data = file(activity(None, transaction("5")), WELLS)
    assert take(store, "a", data).activities == 2
    assert listed(store.folder, "a") == [None, "W"]
    with held(store, {"a": "2024-01-01"}) as found:
        assert known(found, "2024-01-01") == fresh(data)


def test_a_part_is_not_there_before_it_is_finished(store: SnapshotStore) -> None:
    part = begun(store, "a", file(WELLS))
    assert (store.keys(), store.known()) == (set(), {})
    part.finish()
    assert store.keys() == {"a"}
    assert [one.name for one in store.folder.iterdir()] == ["a"]


def test_of_two_that_write_the_same_part_at_once_the_first_stays(store: SnapshotStore) -> None:
    one, other = begun(store, "a", file(WELLS)), begun(store, "a", file(WELLS))
    assert one.finish() == other.finish()
    assert [path.name for path in store.folder.iterdir()] == ["a"]


def test_content_that_two_wrote_at_once_is_told_once(store: SnapshotStore) -> None:
    one, other = begun(store, "b", file(WELLS, ROADS)), begun(store, "a", file(ROADS, WELLS))
    assert (one.finish().new, other.finish().new) == (2, 2)
    with held(store, {"a": "2024-01-01", "b": "2024-01-02"}) as found:
        assert known(found, "2024-01-01") == fresh(file(ROADS, WELLS))
        assert known(found, "2024-01-02") == fresh(file(WELLS, ROADS))


def test_a_reader_that_breaks_off_leaves_nothing(store: SnapshotStore) -> None:
    def broken() -> object:
        yield from read_aid(iter([file(WELLS)]), "a")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        store.write("a", broken(), {})  # type: ignore[arg-type] # an iterator of Rows
    assert list(store.folder.iterdir()) == []


def test_leftovers_of_a_kill_go_after_a_day_and_others_work_stays(store: SnapshotStore) -> None:
    dead, living = begun(store, "a", file(WELLS)), begun(store, "b", file(ROADS))
    (left,) = [path for path in store.folder.iterdir() if path == dead._path]
    for path in (*left.iterdir(), left):
        os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 90_000))
    store.clean()
    assert not left.exists()
    assert living.finish().new == 1
    assert [path.name for path in store.folder.iterdir()] == ["b"]


def test_a_store_without_a_folder_is_clean_and_empty(store: SnapshotStore) -> None:
    store.clean()
    assert (store.keys(), store.known(), store.folder.exists()) == (set(), {}, False)


def test_problems_of_a_file_are_kept_with_its_part(store: SnapshotStore) -> None:
    take(store, "a", file(activity("W", transaction("ten"))))
    assert {one.rule for one in store.problems("a")} & {"bad-amount", "unreadable-value", "bad-value"}


def test_a_part_that_was_lost_is_read_again_from_its_file(store: SnapshotStore) -> None:
    first, second = file(WELLS, ROADS), file(WELLS, SCHOOLS)
    take(store, "a", first)
    take(store, "b", second)
    shutil.rmtree(store.folder / "a")
    take(store, "a", first)
    with held(store, {"a": "2024-01-01", "b": "2024-01-02"}) as found:
        assert known(found, "2024-01-01") == fresh(first)
        assert known(found, "2024-01-02") == fresh(second)


def test_rows_without_activities_make_an_empty_part(store: SnapshotStore) -> None:
    part = store.write("a", [Rows({})], {})
    assert part.counts() == Part(activities=0, new=0, transactions=0)
    part.drop()
    assert list(store.folder.iterdir()) == []
