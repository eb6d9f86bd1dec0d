"""Which snapshots follow each other is told by the activities they share."""

from itertools import permutations

import pytest

from pledgebook.aid.feeds import Placed, Taken, feeds, is_before

ALL = "abcdefgh"


def place(*snapshots: tuple[str, str, str], **named: str) -> dict[str, Placed]:
    """Snapshots (key, instant, a letter for each activity) with their feeds; the same whatever the order."""
    names = {key: letters for key, _, letters in snapshots}
    taken = [Taken(key, instant, named.get(key)) for key, instant, _ in snapshots]
    found = feeds(taken, lambda key: names[key])
    for other in permutations(taken):
        assert feeds(other, lambda key: names[key]) == found
    return {one.key: one for one in found}


def test_a_snapshot_follows_the_one_before_that_has_its_activities() -> None:
    found = place(("a", "2024-01-01", ALL), ("b", "2024-02-01", ALL[1:] + "xy"), ("c", "2024-03-01", ALL[2:] + "xyz"))
    assert [one.feed for one in found.values()] == ["a", "a", "a"]
    assert (found["a"].before, found["b"].before, found["c"].before) == (None, "a", "b")
    assert (found["b"].shared, found["c"].shared) == (7, 8)


def test_a_feed_may_grow_to_many_times_its_size() -> None:
    assert place(("a", "2024-01-01", "ab"), ("b", "2024-02-01", ALL))["b"].before == "a"


def test_a_small_file_does_not_close_the_large_one_that_it_repeats_a_part_of() -> None:
    found = place(("a", "2024-01-01", ALL), ("b", "2024-02-01", "ab"), ("c", "2024-03-01", ALL + "x"))
    assert (found["b"].feed, found["b"].before, found["b"].shared, found["b"].beside) == ("b", None, 2, "a")
    assert (found["c"].feed, found["c"].before) == ("a", "a")


def test_of_several_feeds_it_follows_the_one_that_shares_most() -> None:
    found = place(("a", "2024-01-01", "abc"), ("b", "2024-01-01", "cdefg"), ("c", "2024-02-01", ALL))
    assert found["c"].before == "b"


def test_snapshots_without_common_activities_are_feeds_of_their_own() -> None:
    found = place(("a", "2024-01-01", "abc"), ("b", "2024-02-01", "xyz"))
    assert (found["b"].feed, found["b"].before, found["b"].shared, found["b"].beside) == ("b", None, 0, None)


def test_two_files_of_one_day_are_two_feeds_and_each_goes_on() -> None:
    found = place(("a", "2024-01-01", "abc"), ("b", "2024-01-01", "xyz"), ("c", "2024-01-02", "xyz"), ("d", "2024-01-02", "abcd"))
    assert (found["c"].before, found["d"].before) == ("b", "a")


def test_the_same_activities_twice_on_a_day_are_told_and_not_guessed_at() -> None:
    found = place(("a", "2024-01-01", "abc"), ("b", "2024-01-01", "abc"))
    assert (found["b"].feed, found["b"].beside, found["b"].shared) == ("b", "a", 3)


def test_with_times_a_day_has_a_before_and_an_after() -> None:
    found = place(("a", "2024-01-01T08:00:00", "abc"), ("b", "2024-01-01T09:30:00", "abc"))
    assert found["b"].before == "a"


def test_what_a_person_named_goes_before() -> None:
    found = place(("a", "2024-01-01", "abc"), ("b", "2024-02-01", "xyz"), ("c", "2024-03-01", "abc"), a="one", b="one")
    assert (found["a"].feed, found["b"].feed, found["b"].before, found["b"].shared) == ("one", "one", "a", 0)
    assert found["c"].before is None  # the feed "one" has other activities by then


def test_activities_without_identifiers_tie_nothing() -> None:
    taken = [Taken("a", "2024-01-01"), Taken("b", "2024-02-01")]
    assert [one.feed for one in feeds(taken, lambda _: [None, None])] == ["a", "b"]


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [
        ("2024-01-01", "2024-01-02", True),
        ("2024-01-01", "2024-01-01", False),
        ("2024-01-01", "2024-01-01T10:00:00", False),
        ("2024-01-01T10:00:00", "2024-01-01", False),
        ("2024-01-01T09:00:00", "2024-01-01T10:00:00", True),
        ("2024-01-01T23:00:00", "2024-01-02", True),
    ],
)
def test_a_time_is_before_another_only_where_that_is_sure(one: str, other: str, is_so: bool) -> None:
    assert is_before(one, other) == is_so
