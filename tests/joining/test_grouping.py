"""Pairs into groups: by score, kept apart by conflicts and by people, and the same in any order."""

from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.joining.made import feature

from pledgebook.joining.compare import Comparison
from pledgebook.joining.features import Features
from pledgebook.joining.grouping import MEAN, SAMPLE, Pair, Wishes, components, group, order, pair_of

NAMES = "abcdefg"


def grouped(
    pairs: Mapping[str, float], *, conflicts: str = "", together: str = "", apart: str = "", low: str = "", names: str = "abcd"
) -> list[str]:
    """The groups as words, of mentions in order of their names; pairs are written "ab", several are parted by blanks."""

    def comparer(left: Features, right: Features) -> Comparison:
        pair = "".join(pair_of(left.id, right.id))
        conflict = "a conflict" if pair in conflicts.split() else None
        return Comparison(score=0.0 if pair in low.split() else 0.9, signs={}, conflict=conflict, revised=None)

    def pairs_in(words: str) -> set[Pair]:
        return {pair_of(one[0], one[1]) for one in words.split()}

    mentions = {name: feature(name, known=f"2024-01-{number + 1:02}") for number, name in enumerate(names)}
    scored = {pair_of(pair[0], pair[1]): score for pair, score in pairs.items()}
    return ["".join(one) for one in group(mentions, scored, Wishes(pairs_in(together), pairs_in(apart)), comparer)]


@pytest.mark.parametrize(
    ("pairs", "more", "groups"),
    [
        ({}, {}, ["a", "b", "c", "d"]),
        ({"ab": 0.9}, {}, ["ab", "c", "d"]),
        ({"ab": 0.9, "bc": 0.8}, {}, ["abc", "d"]),
        ({"ab": 0.59}, {}, ["a", "b", "c", "d"]),
        ({"ab": 0.9, "bc": 0.8}, {"conflicts": "ac"}, ["ab", "c", "d"]),
        ({"ab": 0.8, "bc": 0.9}, {"conflicts": "ac"}, ["a", "bc", "d"]),
        ({"ab": 0.8, "bc": 0.8}, {"conflicts": "ac"}, ["ab", "c", "d"]),
        ({"ab": 0.9, "cd": 0.9, "bc": 0.7}, {"conflicts": "ad"}, ["ab", "cd"]),
        ({"ab": 0.9, "bc": 0.8, "cd": 0.7}, {"low": "ac bc ad bd cd"}, ["ab", "c", "d"]),
        ({"ab": 0.9}, {"apart": "ab"}, ["a", "b", "c", "d"]),
        ({"ab": 0.9, "bc": 0.8}, {"apart": "ac"}, ["ab", "c", "d"]),
        ({}, {"together": "ad"}, ["ad", "b", "c"]),
        ({}, {"together": "ad", "conflicts": "ad"}, ["ad", "b", "c"]),
        ({}, {"together": "ab bc"}, ["abc", "d"]),
        ({"ab": 0.9, "cd": 0.9}, {"together": "bc"}, ["abcd"]),
        ({"ab": 0.9, "cd": 0.9}, {"together": "bc", "conflicts": "bc ac bd ad"}, ["abcd"]),
        ({"ab": 0.9, "cd": 0.9}, {"together": "bc", "apart": "ad"}, ["abc", "d"]),
        ({"ab": 0.9, "bd": 0.9}, {"together": "ac", "conflicts": "ad"}, ["abc", "d"]),
        ({}, {"together": "az"}, ["a", "b", "c", "d"]),
    ],
    ids=str,
)
def test_groups(pairs: dict[str, float], more: dict[str, str], groups: list[str]) -> None:
    assert grouped(pairs, **more) == groups


def test_members_and_groups_stand_in_time() -> None:
    mentions = {
        "a": feature("a", known=None),
        "b": feature("b", known="2024-03-01"),
        "c": feature("c", known="2024-01-01"),
        "d": feature("d", known="2024-01-01"),
    }
    assert sorted(mentions, key=lambda one: order(mentions[one])) == ["c", "d", "b", "a"]
    alike = Comparison(score=1.0, signs={}, conflict=None, revised=None)
    assert group(mentions, {("a", "b"): 0.9}, Wishes({("a", "d")}), lambda *_: alike) == [["c"], ["d", "b", "a"]]


def test_two_large_groups_are_judged_by_the_first_of_each() -> None:
    names = [f"{side}{number:02}" for side in "ab" for number in range(SAMPLE + 4)]
    mentions = {name: feature(name, known=f"2024-01-{int(name[1:]) + 1:02}") for name in names}
    asked: set[Pair] = set()

    def comparer(left: Features, right: Features) -> Comparison:
        asked.add((left.id, right.id))
        same_side = left.id[0] == right.id[0]
        return Comparison(score=0.9 if same_side else MEAN, signs={}, conflict=None, revised=None)

    pairs = {pair_of(one, other): 0.9 for one, other in pairwise(names) if one[0] == other[0]}
    pairs[pair_of("a00", "b00")] = 0.7
    assert len(group(mentions, pairs, Wishes(), comparer)) == 1
    late = {(left, right) for left, right in asked if left[0] != right[0] and int(left[1:]) >= SAMPLE and int(right[1:]) >= SAMPLE}
    assert late == set()


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=8), st.permutations(NAMES))
def test_components_are_what_pairs_reach(pairs: list[Pair], names: list[str]) -> None:
    found = components(names, pairs)
    assert sorted(one for part in found for one in part) == sorted(names)
    assert found == sorted(found)
    assert all(part == sorted(part) for part in found)
    owner = {one: part[0] for part in found for one in part}
    assert all(owner[left] == owner[right] for left, right in pairs)
    assert components(sorted(names), pairs[::-1]) == found
    assert len(found) >= len(NAMES) - len(pairs)


pairs_of_names = st.sets(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda two: two[0] < two[1]), max_size=6)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda two: two[0] < two[1]), st.sampled_from([0.6, 0.7, 0.9]), max_size=9
    ),
    pairs_of_names, pairs_of_names, pairs_of_names, st.permutations(NAMES), st.randoms(use_true_random=False),
)  # fmt: skip
def test_what_people_and_conflicts_say_holds_in_any_order(
    pairs: dict[Pair, float], conflicts: set[Pair], together: set[Pair], apart: set[Pair], names: list[str], chance: object
) -> None:
    def comparer(left: Features, right: Features) -> Comparison:
        conflict = "a conflict" if pair_of(left.id, right.id) in conflicts else None
        return Comparison(score=0.9, signs={}, conflict=conflict, revised=None)

    mentions = {name: feature(name) for name in NAMES}
    wishes = Wishes(together, apart - together)
    found = group(mentions, pairs, wishes, comparer)
    shuffled = list(pairs.items())
    chance.shuffle(shuffled)  # type: ignore[attr-defined] # a source of chance
    assert group({name: mentions[name] for name in names}, dict(shuffled), wishes, comparer) == found
    owner = {one: members[0] for members in found for one in members}
    assert all(owner[left] == owner[right] for left, right in wishes.together)
    joined = {one: part[0] for part in components(NAMES, wishes.together) for one in part}
    assert all(owner[left] != owner[right] or joined[left] == joined[right] for left, right in wishes.apart)
    if not together:
        assert all(owner[left] != owner[right] for left, right in conflicts)
