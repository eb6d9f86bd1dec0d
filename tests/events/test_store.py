from datetime import date
from pathlib import Path

import pytest
from tests.events.made import event

from pledgebook.core.observation import Observation, family_of
from pledgebook.events.read import Row
from pledgebook.events.store import EventStore, Release
from pledgebook.events.tables import content_hash, observations_of, table_of

FIRST, SECOND, THIRD = Release("a", "2031-01-01"), Release("b", "2031-02-01"), Release("c", "2031-03-01T10:00:00")
OLD = [event(1, "2030-01-01"), event(2, "2030-05-01"), event(3, "2030-12-31"), event(4, "2030-06-01", country="Iraq", country_code="IQ")]


@pytest.fixture
def store(tmp_path: Path) -> EventStore:
    return EventStore(tmp_path / "events")


def put(store: EventStore, release: Release, events: list[Observation]) -> None:
    store.write(release.key, [Row(at + 2, one) for at, one in enumerate(events)])


def known(store: EventStore, day: str | None = None) -> dict[str, Observation]:
    there = store.keys()
    found, _ = store.known([one for one in (THIRD, FIRST, SECOND) if one.key in there], day)
    return {one.id: one for one in observations_of(store.gathered(found))}


def test_a_table_and_back_is_the_same() -> None:
    told = [event(1, latitude=34.5, longitude=36.7, headline="a, “b”"), event(2, value="1.50", kind="figure")]
    assert observations_of(table_of([Row(2, one) for one in told])) == told


def test_the_same_content_has_the_same_hash_and_other_content_another() -> None:
    assert content_hash(event(1, latitude=1.5)) == content_hash(event(1, latitude=1.5))
    assert content_hash(event(1)) != content_hash(event(1, high=4))


def test_a_restated_event_is_known_twice(store: EventStore) -> None:
    put(store, FIRST, OLD)
    put(store, SECOND, [event(1, "2030-01-01", best=5), *OLD[1:]])
    assert known(store, "2031-01-15")["ucdp:1"].best == 2
    assert known(store, "2031-02-01")["ucdp:1"].best == 5
    (change,) = store.changes([FIRST, SECOND], "2031-01-15", "2031-02-15")
    assert (change.change, change.id) == ("changed", "ucdp:1")
    assert store.known([FIRST, SECOND])[0]["ucdp:2"].since == "2031-01-01"
    assert store.known([FIRST, SECOND])[0]["ucdp:1"].since == "2031-02-01"


def test_what_a_release_covers_and_lacks_is_gone(store: EventStore) -> None:
    put(store, FIRST, OLD)
    put(store, SECOND, [OLD[0], OLD[2], event(9, "2030-07-01")])
    assert sorted(known(store)) == ["ucdp:1", "ucdp:3", "ucdp:4", "ucdp:9"]
    effect = store.effects([FIRST, SECOND])[1]
    assert (effect.observations, effect.added, effect.changed, effect.removed) == (3, 1, 0, 1)


def test_what_a_release_does_not_cover_stays(store: EventStore) -> None:
    put(store, FIRST, OLD)
    put(store, SECOND, [event(3, "2030-12-31"), event(8, "2031-01-20")])
    assert {"ucdp:1", "ucdp:2", "ucdp:3", "ucdp:4", "ucdp:8"} == known(store).keys()


def test_other_sources_are_not_covered(store: EventStore) -> None:
    put(store, FIRST, OLD)
    put(store, SECOND, [event(1, "2030-01-01", id="acled:1"), event(3, "2030-12-31", id="acled:2")])
    assert len(known(store)) == 6
    assert [family_of(one) for one in ("ucdp:1", "acled:X1", "table:mines:abc#2")] == ["ucdp", "acled", "table:mines"]


def test_a_selection_takes_nothing_away_and_is_told(store: EventStore) -> None:
    put(store, FIRST, [event(number, f"2030-{number:02}-01") for number in range(1, 13)])
    put(store, SECOND, [event(1, "2030-01-01"), event(12, "2030-12-01")])
    found, notes = store.known([FIRST, SECOND])
    assert len(found) == 12
    assert [one.rule for one in notes] == ["looks-like-a-selection"]


def test_an_event_that_comes_back_is_known_again(store: EventStore) -> None:
    put(store, FIRST, OLD)
    put(store, SECOND, [OLD[0], OLD[2]])
    put(store, THIRD, OLD)
    assert "ucdp:2" not in known(store, "2031-02-10")
    assert "ucdp:2" in known(store)
    assert store.known([FIRST, SECOND, THIRD])[0]["ucdp:2"].since == "2031-03-01T10:00:00"


def test_a_release_without_observations_is_not_written(store: EventStore) -> None:
    assert store.write("x", [])[0] == 0
    assert store.keys() == set()


def test_known_dates_and_lines_are_kept(store: EventStore) -> None:
    put(store, FIRST, OLD)
    table = store.gathered(store.known([FIRST])[0])
    assert table["line"].to_pylist() == [2, 3, 4, 5]
    assert table["start"].to_pylist()[0] == date(2030, 1, 1)
