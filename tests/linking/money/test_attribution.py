from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.linking.money.made_money import item, move

from pledgebook.core.money import MoneyItem
from pledgebook.linking.money import Attribution, Tie, attribute


def tie(score: float = 0.9, key: str = "fts:1", together: tuple[str, ...] = (), moves: tuple[str, ...] | None = None) -> Tie:
    meant = tuple(one.id for one in item(key).moves) if moves is None else moves
    return Tie(item=key, score=score, reasons=(), points=(), amount="exact", moves=meant, together=together)


def given_to(found: Attribution) -> set[tuple[str, str]]:
    return {(one.promise, one.item) for one in found.given}


def test_money_that_one_promise_fits_is_counted_for_it() -> None:
    assert given_to(attribute({"p-1": [tie()]}, [item()])) == {("p-1", "fts:1")}


def test_of_two_promises_the_one_that_fits_better_gets_the_money() -> None:
    found = attribute({"p-1": [tie(0.9)], "p-2": [tie(0.8)]}, [item()])
    assert given_to(found) == {("p-1", "fts:1")}
    assert [one.reason for one in found.open] == ["p-1 fits it better"]


def test_of_two_that_fit_equally_well_none_gets_it_and_both_are_named() -> None:
    found = attribute({"p-1": [tie()], "p-2": [tie()]}, [item()])
    assert found.given == ()
    (left,) = found.open
    assert left.reason == "cannot be attributed: it fits p-1, p-2 equally well"
    assert left.promises == ("p-1", "p-2")


def test_a_tie_that_is_not_sure_counts_for_nothing() -> None:
    assert attribute({"p-1": [tie(0.7)]}, [item()]) == Attribution(given=(), open=())


def test_a_persons_link_wins_and_takes_the_money_from_all_others() -> None:
    found = attribute({"p-1": [tie(0.99)]}, [item()], linked={("p-2", "fts:1")})
    assert given_to(found) == {("p-2", "fts:1")}
    assert found.given[0].by_person
    assert found.open[0].reason == "a person linked it to p-2"


def test_a_person_may_count_money_for_two_promises() -> None:
    found = attribute({}, [item()], linked={("p-1", "fts:1"), ("p-2", "fts:1")})
    assert given_to(found) == {("p-1", "fts:1"), ("p-2", "fts:1")}


def test_a_persons_unlink_leaves_the_money_to_the_next() -> None:
    found = attribute({"p-1": [tie(0.9)], "p-2": [tie(0.8)]}, [item()], unlinked={("p-1", "fts:1")})
    assert given_to(found) == {("p-2", "fts:1")}


def test_a_link_to_an_item_that_is_gone_counts_nothing() -> None:
    assert attribute({}, [], linked={("p-1", "fts:1")}).given == ()


def test_money_of_a_part_is_not_counted_again_for_its_total() -> None:
    found = attribute({"total": [tie(0.95)], "part": [tie(0.8)]}, [item()], totals={"part": "total"})
    assert given_to(found) == {("part", "fts:1")}
    assert found.open[0].reason == "it is counted for part, which is a part of this promise"


def test_totals_that_go_in_a_circle_are_borne() -> None:
    assert attribute({"a": [tie()], "b": [tie()]}, [item()], totals={"a": "b", "b": "a"}).given == ()


def test_items_that_make_a_sum_together_are_counted_all_or_none() -> None:
    both = ("fts:1", "fts:2")
    ties = {"p-1": [tie(0.8, "fts:1", both), tie(0.8, "fts:2", both)], "p-2": [tie(0.9, "fts:2")]}
    found = attribute(ties, [item("fts:1"), item("fts:2")])
    assert given_to(found) == {("p-2", "fts:2")}
    assert any("only together with others" in one.reason for one in found.open)


def test_a_member_that_a_person_linked_keeps_the_sum_together() -> None:
    both = ("fts:1", "fts:2")
    ties = {"p-1": [tie(0.8, "fts:1", both), tie(0.8, "fts:2", both)]}
    assert given_to(attribute(ties, [item("fts:1"), item("fts:2")], linked={("p-1", "fts:2")})) == {("p-1", "fts:1"), ("p-1", "fts:2")}


def test_two_promises_may_share_an_activity_if_they_do_not_share_a_sum() -> None:
    made = item("iati:1", move(day="2024-03-20"), move(day="2025-03-20"))
    first, second = (one.id for one in made.moves)
    found = attribute({"p-1": [tie(key="iati:1", moves=(first,))], "p-2": [tie(key="iati:1", moves=(second,))]}, [made])
    assert given_to(found) == {("p-1", "iati:1"), ("p-2", "iati:1")}


@st.composite
def worlds(draw: st.DrawFn) -> tuple[dict[str, list[Tie]], list[MoneyItem]]:
    made = [item(f"fts:{number}", move(), move(1_000, "2024-04-01")) for number in range(draw(st.integers(1, 4)))]
    ties = {}
    for number in range(draw(st.integers(1, 4))):
        found = []
        for one in draw(st.lists(st.sampled_from(made), unique_by=lambda made: made.key)):
            moves = draw(st.lists(st.sampled_from([move.id for move in one.moves]), min_size=1, unique=True))
            found.append(tie(draw(st.sampled_from([0.7, 0.8, 0.9])), one.key, moves=tuple(sorted(moves))))
        ties[f"p-{number}"] = found
    return ties, made


@given(worlds(), st.sets(st.tuples(st.sampled_from(["p-0", "p-1"]), st.sampled_from(["fts:0", "fts:1"])), max_size=2))
def test_no_transaction_is_counted_twice_unless_persons_say_so(
    world: tuple[dict[str, list[Tie]], list[MoneyItem]], linked: set[tuple[str, str]]
) -> None:
    found = attribute(*world, linked=linked)
    by_machine = Counter(move for one in found.given if not one.by_person for move in one.moves)
    by_persons = {move for one in found.given if one.by_person for move in one.moves}
    assert all(count == 1 for count in by_machine.values())
    assert by_persons.isdisjoint(by_machine)


@given(worlds(), st.randoms(use_true_random=False))
def test_attribution_does_not_depend_on_order(world: tuple[dict[str, list[Tie]], list[MoneyItem]], chance: object) -> None:
    ties, made = world
    names = list(ties)
    chance.shuffle(names)  # type: ignore[attr-defined] # a Random
    turned = {name: list(reversed(ties[name])) for name in names}
    assert attribute(turned, list(reversed(made))) == attribute(ties, made)


@pytest.mark.parametrize("least", [0.5, 0.95])
def test_the_least_score_is_the_callers(least: float) -> None:
    assert bool(attribute({"p-1": [tie(0.6)]}, [item()], least=least).given) == (least == 0.5)
