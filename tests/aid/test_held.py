"""What was known on a day is what that day's file says, in whatever order the files came."""

import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.iati import activity, file, transaction
from tests.support.snapshots import Row, changes, fresh, held, known, made, plain, take

from pledgebook.aid.store import SnapshotStore
from pledgebook.aid.tables import TABLES

SECTORS = (
    '<recipient-country code="IQ" percentage="60"/><recipient-country code="SY" percentage="40"/>'
    '<sector vocabulary="1" code="14030" percentage="100"/>'
)
FIRST = file(
    activity("W", transaction("10", ref="1"), transaction("10", ref="1"), transaction("5", kind="2"), inside=SECTORS),
    activity("R", transaction("20.50", currency="EUR", words="roads"), title="Roads"),
    activity(None, transaction("7"), title="No name"),
)
SECOND = file(
    activity("R", transaction("25", currency="EUR", words="roads"), title="Roads"),
    activity("W", transaction("10", ref="1"), transaction("5", kind="2"), inside=SECTORS),
    activity("S", transaction("1", inside='<sector vocabulary="1" code="11110"/>'), title="Schools"),
    blank=2,
)
THIRD = file(activity("S", transaction("1"), title="Schools"), activity("R", transaction("25", currency="EUR", words="roads")))
NOTHING: dict[str, list[Row]] = {name: [] for name in TABLES}
DAYS = ("2024-01-01", "2024-02-01", "2024-03-01")


def test_the_state_of_each_day_is_a_fresh_reading_of_its_file(tmp_path: Path) -> None:
    with made(tmp_path, zip(DAYS, (FIRST, SECOND, THIRD), strict=True)) as found:
        for day, data in zip(DAYS, (FIRST, SECOND, THIRD), strict=True):
            assert known(found, day) == fresh(data)
        assert known(found, "2024-02-15") == fresh(SECOND)
        assert known(found, "2030-01-01") == fresh(THIRD)


def test_before_the_first_snapshot_nothing_was_known(tmp_path: Path) -> None:
    with made(tmp_path, [(DAYS[1], FIRST)]) as found:
        assert known(found, DAYS[0]) == NOTHING


def test_without_snapshots_there_is_nothing_to_tell(tmp_path: Path) -> None:
    with held(SnapshotStore(tmp_path / "none"), {}) as found:
        assert known(found, DAYS[0]) == NOTHING
        assert {"feed", "snapshot"} <= set(found.as_of("activities", DAYS[0]).column_names)
        assert {"known", "gone", "id"} <= set(found.moves(DAYS[0]).column_names)
        assert changes(found, *DAYS[:2]) == []
        assert len(found.current("transactions", DAYS[0])) == 0


def test_twins_are_kept_and_a_twin_that_goes_is_told(tmp_path: Path) -> None:
    with made(tmp_path, zip(DAYS, (FIRST, SECOND), strict=False)) as found:
        twins = [row for row in found.moves(DAYS[0]).to_pylist() if row["ref"] == "1"]
        assert [row["id"].partition("-")[2] for row in twins] == ["", "2"]
        assert len({row["id"].partition("-")[0] for row in twins}) == 1
        (gone,) = [row for row in changes(found, *DAYS[:2]) if row.get("activity_id") == "W"]
        assert (gone["change"], gone["times"], gone["ref"], gone["activity"]) == ("removed", 1, "1", "kept")


def test_what_changed_is_told_of_activities_that_are_kept_new_and_gone(tmp_path: Path) -> None:
    with made(tmp_path, zip(DAYS, (FIRST, SECOND, THIRD), strict=True)) as found:
        told = [
            (row.get("activity_id"), row["activity"], row["change"], str(row["value"]).rstrip("0").rstrip("."))
            for row in changes(found, *DAYS[:2])
        ]
        assert sorted(told, key=str) == [
            ("R", "kept", "added", "25"),
            ("R", "kept", "removed", "20.5"),
            ("S", "new", "added", "1"),
            ("W", "kept", "removed", "10"),
            (None, "gone", "removed", "7"),
        ]
        back = [({"added": "removed", "removed": "added"}[str(row["change"])], row["value"]) for row in changes(found, *reversed(DAYS[:2]))]
        assert sorted(back, key=str) == sorted(((row["change"], row["value"]) for row in changes(found, *DAYS[:2])), key=str)
        assert changes(found, DAYS[1], DAYS[1]) == []


def test_an_activity_whose_transactions_stay_the_same_changes_nothing(tmp_path: Path) -> None:
    files = [file(activity("W", transaction("10"), title=title)) for title in ("Wells", "Deep wells")]
    with made(tmp_path, zip(DAYS, files, strict=False)) as found:
        assert changes(found, *DAYS[:2]) == []
        assert known(found, DAYS[1]) == fresh(files[1])


def test_an_activity_that_goes_and_comes_back_is_known_from_its_first_to_after_its_last_day(tmp_path: Path) -> None:
    there, not_there = file(activity("W", transaction("10")), activity("R")), file(activity("R"))
    days = ("2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01")
    with made(tmp_path, zip(days, (there, not_there, there, not_there), strict=True)) as found:
        assert [len(found.as_of("transactions", day)) for day in days] == [1, 0, 1, 0]
        (row,) = found.moves(days[2]).to_pylist()
        assert (row["known"], row["gone"]) == (days[0], days[3])
        assert [len(changes(found, *pair)) for pair in pairwise(days)] == [1, 1, 1]


def test_one_that_moves_between_feeds_is_told_once(tmp_path: Path) -> None:
    north = [activity(f"N{number}") for number in range(3)]
    south = [activity(f"S{number}") for number in range(3)]
    wells, deeper = activity("W", transaction("10")), activity("W", transaction("11"))
    files = [(DAYS[0], file(*north, wells)), (DAYS[0], file(*south)), (DAYS[1], file(*south, deeper)), (DAYS[2], file(*north))]
    with made(tmp_path, files) as found:
        assert len({one.feed for one in found.snapshots}) == 2
        values = {day: [int(row["value"]) for row in found.current("transactions", day).to_pylist()] for day in DAYS}
        assert values == {DAYS[0]: [10], DAYS[1]: [11], DAYS[2]: [11]}
        assert len(found.as_of("transactions", DAYS[1])) == 2  # each feed as it is
        assert [int(row["value"]) for row in found.moves(DAYS[1]).to_pylist()] == [11]
        (first,) = {one.feed for one in found.snapshots if one.key == DAYS[0]}
        assert known(found, DAYS[1], first) == fresh(files[0][1])


def test_within_a_day_the_later_time_is_in_force(tmp_path: Path) -> None:
    store = SnapshotStore(tmp_path)
    take(store, "late", SECOND)
    take(store, "early", FIRST)
    with held(store, {"early": "2024-01-01T08:00:00", "late": "2024-01-01T20:00:00"}) as found:
        assert known(found, "2024-01-01") == fresh(SECOND)
        assert known(found, "2023-12-31") == NOTHING


def test_the_history_of_one_activity_is_its_rows_in_each_snapshot(tmp_path: Path) -> None:
    with made(tmp_path, zip(DAYS, (FIRST, SECOND, THIRD), strict=True)) as found:
        rows = found.through_time("transactions", "R").to_pylist()
        assert [(row["snapshot"], str(row["value"].normalize())) for row in rows] == [(DAYS[0], "20.5"), (DAYS[1], "25"), (DAYS[2], "25")]
        assert found.through_time("transactions", "nobody' OR 1=1").num_rows == 0


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    with made(tmp_path / "it's [1] *?" / "aid", [(DAYS[0], FIRST)]) as found:
        assert known(found, DAYS[0]) == fresh(FIRST)


def test_a_day_that_is_none_is_refused(tmp_path: Path) -> None:
    with made(tmp_path, [(DAYS[0], FIRST)]) as found, pytest.raises(ValueError, match="OR 1=1"):
        found.as_of("transactions", "' OR 1=1")


def test_the_same_question_twice_gives_the_same_rows_in_the_same_order(tmp_path: Path) -> None:
    many = file(*(activity(f"A{number}", *(transaction(str(value)) for value in range(20)), inside=SECTORS) for number in range(40)))
    with made(tmp_path, [(DAYS[0], many)]) as found:
        assert plain(found.as_of("sectors", DAYS[0])) == plain(found.as_of("sectors", DAYS[0])) == fresh(many)["sectors"]
        assert found.moves(DAYS[0]).equals(found.moves(DAYS[0]))


# Two feeds of up to three snapshots: of each the activities that it lists, and in which wording.
_SNAPSHOT = st.dictionaries(st.sampled_from("abcde"), st.integers(1, 3), min_size=1)
_FEED = st.lists(_SNAPSHOT, min_size=1, max_size=3)


def _file(feed: str, listed: dict[str, int]) -> bytes:
    rows = (
        activity(f"{feed}-{name}", *(transaction(str(value)) for value in range(1, wording + 1)), title=f"Activity {name}")
        for name, wording in listed.items()
    )
    return file(*rows, blank=len(listed))


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_FEED, min_size=1, max_size=2), st.randoms(use_true_random=False))
def test_no_order_of_taking_in_changes_what_is_known(snapshots: list[list[dict[str, int]]], chance: object) -> None:
    files = {
        f"2024-0{month}-0{1 + number}": _file(f"feed{number}", listed)
        for number, feed in enumerate(snapshots)
        for month, listed in enumerate(feed, 1)
    }
    instants = {day: day for day in files}
    shuffled = list(files)
    chance.shuffle(shuffled)  # type: ignore[attr-defined] # a Random of Hypothesis
    told = []
    for order in (list(files), shuffled):
        with tempfile.TemporaryDirectory() as folder:
            store = SnapshotStore(Path(folder))
            for key in order:
                take(store, key, files[key])
            with held(store, instants) as found:
                feed_of = {one.key: one.feed for one in found.snapshots}
                states = {day: known(found, day, feed_of[day]) for day in files}
                moved = [changes(found, *pair) for pair in pairwise(files)]
                told.append((found.snapshots, states, moved, [found.moves(day).to_pylist() for day in files]))
    assert told[0] == told[1]
    assert told[0][1] == {day: fresh(data) for day, data in files.items()}
