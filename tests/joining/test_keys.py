"""Keys under which two mentions meet; a crowded one is not used, whichever mentions came first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.joining.made import GIVES, feature

from pledgebook.joining import join as joining
from pledgebook.joining.features import Features
from pledgebook.joining.grouping import Wishes, pair_of
from pledgebook.joining.join import candidate_pairs, join, match, matching_pairs
from pledgebook.joining.keys import keys_of

PLEDGE: dict[str, object] = {"quote": GIVES, "action": "give $20 million for wells in Chad", "amounts": [("20000000", "USD")]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {}),
        ({"actors": []}, {}),  # three telling words
        ({"quote": "", "action": "clear minefields around Samarra"}, {"action": "remove minefields around Samarra and Tikrit"}),
        (
            {"quote": "", "action": "clear Samarra minefields", "actors": []},
            {"action": "remove Tikrit and Samarra minefields", "actors": []},
        ),
        (PLEDGE, {**PLEDGE, "action": "provide money", "actors": ["Freedonia"]}),  # actor and sum
        ({**PLEDGE, "actors": []}, {**PLEDGE, "action": "dig wells", "actors": ["Sylvania"]}),  # sum alone
        (
            {"action": "withdraw", "deadline": "2025-09", "countries": ["IQ"]},
            {"action": "end the mission", "deadline": "2025-09", "countries": ["IQ"]},
        ),
    ],
    ids=[
        "the same",
        "an actor unknown",
        "two telling words",
        "two telling words, both actors unknown",
        "actor and sum",
        "sum",
        "actor, date and country",
    ],
)
def test_two_that_may_be_one_meet(one: dict[str, object], other: dict[str, object]) -> None:
    assert keys_of(feature("a", **one)) & keys_of(feature("b", **other))


def test_two_that_share_nothing_do_not_meet() -> None:
    school = feature("b", quote="", action="open a music school", actors=["Sylvania"])
    assert not keys_of(feature("a")) & keys_of(school)


def test_goods_and_plain_words_make_no_keys_of_their_own() -> None:
    bare = feature("a", action="support this", quote="", actors=[], amounts=[("500", "doses")])
    assert keys_of(bare) == frozenset()


def crowd(size: int) -> list[Features]:
    return [feature(f"{number:03}", known=f"2024-01-{number + 1:02}") for number in range(size)]


@pytest.mark.parametrize(("size", "groups"), [(3, 1), (4, 4)])
def test_a_key_that_too_many_have_is_not_used(monkeypatch: pytest.MonkeyPatch, size: int, groups: int) -> None:
    monkeypatch.setattr(joining, "CROWD", 3)
    assert len(list(candidate_pairs(crowd(size)))) == (0 if size > 3 else len(keys_of(feature())) * 3)
    assert len(join(crowd(size))) == groups


def test_two_that_share_another_key_meet_even_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "CROWD", 3)
    dated = [feature(name, deadline="../2025-03", deadline_role="due", countries=["IQ"]) for name in "xy"]
    assert ["x", "y"] in join([*crowd(4), *dated])


def test_a_pair_in_conflict_or_unlike_is_none() -> None:
    assert match(feature("a"), feature("b")) is not None
    assert match(feature("a"), feature("b", negated=True)) is None
    assert match(feature("a"), feature("b", quote="", action="open a music school")) is None
    assert matching_pairs([feature("a"), feature("b"), feature("c", negated=True)]).keys() == {("a", "b")}


KINDS: list[dict[str, object]] = [
    {},
    {"actors": []},
    {"negated": True},
    {"deadline": "../2025", "deadline_role": "due"},
    {"deadline": "../2026", "deadline_role": "due"},
    {"countries": ["IQ"]},
    {"known": None},
    PLEDGE,
    {**PLEDGE, "amounts": [("30000000", "USD")]},
    {**PLEDGE, "amounts": []},
    {**PLEDGE, "actors": ["Sylvania"]},
]


@st.composite
def shelves(draw: st.DrawFn) -> list[Features]:
    chosen = draw(st.lists(st.integers(0, len(KINDS) - 1), min_size=2, max_size=9))
    days = draw(st.lists(st.integers(1, 28), min_size=len(chosen), max_size=len(chosen)))
    return [
        feature(f"m{number}", **{"known": f"2024-01-{day:02}", **KINDS[kind]})
        for number, (kind, day) in enumerate(zip(chosen, days, strict=True))
    ]


@given(shelves(), st.data(), st.sampled_from([2, 3, 100]))
def test_shuffled_mentions_give_the_same_join(mentions: list[Features], data: st.DataObject, crowd_size: int) -> None:
    ids = [one.id for one in mentions]
    two = st.tuples(st.sampled_from(ids), st.sampled_from(ids)).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: pair_of(*pair))
    together = data.draw(st.sets(two, max_size=2))
    wishes = Wishes(together, data.draw(st.sets(two, max_size=2)) - together)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(joining, "CROWD", crowd_size)
        found = join(mentions, wishes)
        shuffled = data.draw(st.permutations(mentions))
        assert join(shuffled, wishes) == found
        assert matching_pairs(shuffled) == matching_pairs(mentions)
        # What has nothing to do with them changes nothing; nor does what is joined by itself.
        stranger = feature("z", quote="", action="open a music school", actors=["Ruritania"], kind="institution")
        assert join([stranger, *mentions], wishes) == sorted([*found, ["z"]])
    assert sorted(one for group in found for one in group) == sorted(ids)


def test_a_mention_given_twice_is_one() -> None:
    assert join([feature("a"), feature("a")]) == [["a"]]


def test_nothing_joins_to_nothing() -> None:
    assert join([]) == []
