from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.linking.money.made_money import item, keys, move, promise

from pledgebook.core.money import MoneyItem, Organisation, SectorCode
from pledgebook.linking.money import SURE, Tie, candidates, judge


def only(found: dict[str, list[Tie]]) -> Tie:
    (ties,) = found.values()
    (tie,) = ties
    return tie


def test_the_sum_promised_given_by_who_promised_to_the_country_soon_after_is_sure() -> None:
    tie = only(candidates([promise()], [item()]))
    assert tie.score >= SURE
    assert tie.amount == "exact"
    assert "donor: United Kingdom is who promised" in tie.reasons
    assert "amount: 25,000,000 GBP is exactly the sum promised" in tie.reasons
    assert "country: IQ, as promised" in tie.reasons
    assert "date: 19 days after the promise" in tie.reasons


def test_a_figure_that_the_words_can_mean_is_the_sum() -> None:
    tie = only(candidates([promise()], [item("fts:1", move(25_400_000))]))
    assert tie.amount == "exact"
    assert 'amount: 25,400,000 GBP is what "£25 million" can mean' in tie.reasons


def test_a_dollar_promise_is_compared_with_the_sum_in_dollars() -> None:
    tie = only(candidates([promise(words="$31.3 million", value="31300000", unit="USD")], [item()]))
    assert tie.amount == "exact"


def test_a_sum_that_cannot_be_told_in_the_promised_currency_is_unclear() -> None:
    tie = judge(promise(words="€25 million", unit="EUR"), item())
    assert tie is not None
    assert tie.amount == "unclear"
    assert tie.score < SURE


@pytest.mark.parametrize(
    ("fields", "conflict"),
    [
        ({"donors": (Organisation("France, Government of"),)}, "another donor"),
        ({"donors": ()}, "another donor"),
        ({"countries": ("SY",)}, "another country"),
        ({"moves": (move(day="2023-06-01"),)}, "no money moved in its time"),
        ({"moves": (move(day="2026-06-01"),)}, "no money moved in its time"),
        ({"moves": (move(60_000_000),)}, "far more than was promised"),
        ({"recipients": (Organisation("United Kingdom, Government of", "2917"),)}, "the giver is the receiver"),
    ],
)
def test_a_conflict_forbids_a_tie(fields: dict[str, object], conflict: str) -> None:
    made = item(**fields)  # type: ignore[arg-type] # the fields of an item
    tie = judge(promise(), made)
    assert tie is not None
    assert conflict in tie.conflicts
    assert tie.score == 0
    assert candidates([promise()], [made]) == {}


def test_who_receives_is_not_who_gives() -> None:
    assert candidates([promise(actors=["United Kingdom", "Iraq"])], [item(donors=(Organisation("Iraq, Government of"),))]) == {}


def test_a_part_is_shown_and_not_sure() -> None:
    tie = only(candidates([promise()], [item("fts:1", move(20_000_000, "2024-03-05"))]))
    assert tie.amount == "part"
    assert tie.score < SURE


def test_the_sector_alone_ties_nothing() -> None:
    assert candidates([promise(countries=[], action="give £25 million for clearing mines")], [item("fts:1", move(3_000_000))]) == {}


def test_several_items_of_one_day_make_the_sum_together() -> None:
    parts = [item("fts:1", move(15_000_000)), item("fts:2", move(10_200_000))]
    (ties,) = candidates([promise()], parts).values()
    assert {tie.together for tie in ties} == {("fts:1", "fts:2")}
    assert all(tie.amount == "one of several that make the sum" for tie in ties)
    assert any("with 1 other item, all of one day, it makes 25,200,000 GBP" in reason for reason in ties[0].reasons)


def test_an_item_without_which_the_sum_is_reached_too_belongs_to_no_group() -> None:
    parts = [item("fts:1", move(15_000_000)), item("fts:2", move(10_200_000)), item("fts:3", move(9_000))]
    (ties,) = candidates([promise()], parts).values()
    assert all("fts:3" not in tie.together for tie in ties)


def test_two_items_that_both_are_the_sum_leave_it_open() -> None:
    (ties,) = candidates([promise()], [item("fts:1"), item("fts:2")]).values()
    assert keys(ties) == ["fts:1", "fts:2"]
    assert all(tie.score < SURE for tie in ties)
    assert any("fit as well" in reason or "as well" in reason for reason in ties[0].reasons)


def test_the_same_money_in_two_registers_is_no_rival() -> None:
    (ties,) = candidates([promise()], [item("fts:1"), item("iati:GB-1")]).values()
    assert all(tie.score >= SURE for tie in ties)


def test_new_money_was_not_committed_before() -> None:
    early = item("fts:1", move(day="2024-01-10"))
    plain = only(candidates([promise()], [early]))
    new = judge(promise(action="give a new £25 million for clearing mines in Iraq"), early)
    assert new is not None
    assert new.score < plain.score
    assert "date: but the promise speaks of new money" in new.reasons


def test_money_of_several_givers_is_not_one_givers() -> None:
    shared = item(donors=(Organisation("United Kingdom, Government of", "2917"), Organisation("Germany, Government of")))
    tie = judge(promise(), shared)
    assert tie is not None
    assert tie.score < SURE


def test_incoming_money_is_not_counted() -> None:
    assert candidates([promise()], [item("iati:1", move(stage="incoming"))]) == {}


def test_a_receiver_whom_the_promise_names_is_told() -> None:
    named = promise(action="give £25 million to UNICEF in Iraq")
    right = judge(named, item(recipients=(Organisation("United Nations Children's Fund", "2915"),)))
    wrong = judge(named, item(recipients=(Organisation("World Food Programme"),)))
    assert right is not None
    assert wrong is not None
    assert "receiver: UNICEF, whom the promise names" in right.reasons
    assert wrong.score < SURE < right.score


def test_money_marked_as_another_agencys_is_not_the_one_named() -> None:
    told = promise(
        quote="The United States will give nearly $26 million from the Department of State.", action="give nearly $26 million from the Department of State",
        words="$26 million", value="26000000", unit="USD", actors=["United States"],
    )  # fmt: skip
    dollars = move(26_000_000, currency="USD", usd=26_000_000)
    state, other = (
        judge(
            told, item("fts:1", dollars, donors=(Organisation("United States of America, Government of"),), description=f"Mines ({mark})")
        )
        for mark in ("STATE/PRM", "USAID/BHA")
    )
    assert state is not None
    assert other is not None
    assert other.score < SURE <= state.score


@pytest.mark.parametrize(
    "fields",
    [
        {"negated": True},
        {"kind": "military"},
        {"actors": []},
        {"known": None},
        {"countries": ["GB"]},
        {
            "action": "pay a reward of £25 million for information in Iraq",
            "quote": "It will pay a reward of £25 million for information in Iraq.",
        },
    ],
)
def test_what_is_no_aid_has_no_ties(fields: dict[str, object]) -> None:
    assert candidates([promise(**fields)], [item()]) == {}  # type: ignore[arg-type] # the fields of a commitment


def test_a_region_stands_for_its_countries_where_none_is_told() -> None:
    regional = promise(countries=[], action="give £25 million for the Horn of Africa")
    tie = only(candidates([regional], [item(countries=("SO",))]))
    assert "country: SO lies in the Horn of Africa" in tie.reasons


@st.composite
def items(draw: st.DrawFn) -> list[MoneyItem]:
    count = draw(st.integers(1, 7))
    return [
        item(
            f"{draw(st.sampled_from(['fts', 'iati']))}:{number}",
            move(
                draw(st.sampled_from([5_000_000, 10_000_000, 15_000_000, 20_000_000, 25_000_000, 30_000_000])),
                (date(2024, 3, 1) + timedelta(days=draw(st.integers(-150, 400)))).isoformat(),
                draw(st.sampled_from(["pledged", "committed", "disbursed", "incoming"])),
            ),
            countries=draw(st.sampled_from([("IQ",), ("IQ", "SY"), (), ("SY",)])),
            sectors=draw(st.sampled_from([(), (SectorCode("1", "72010"),)])),
        )
        for number in range(count)
    ]


@given(items(), st.randoms(use_true_random=False))
def test_ties_do_not_depend_on_the_order_of_promises_or_items(made: list[MoneyItem], chance: object) -> None:
    promises = [promise("p-1"), promise("p-2", "£40 million", "40000000", known="2024-02-01"), promise("p-3", countries=["IQ", "SY"])]
    shuffled, turned = list(made), list(promises)
    chance.shuffle(shuffled)  # type: ignore[attr-defined] # a Random
    chance.shuffle(turned)  # type: ignore[attr-defined] # a Random
    assert candidates(turned, shuffled) == candidates(promises, made)
