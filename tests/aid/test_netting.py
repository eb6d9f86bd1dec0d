from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.aid.netting import Crossing, Flow, Stage, chained, crossing, net, party_key

ALL: frozenset[Stage] = frozenset({"commitment", "disbursement"})


def flow(name: str, value: int, kind: Crossing = "incoming", **more: Any) -> Flow:
    return Flow(id=name, value=Decimal(value), crossing=kind, **({"stage": "commitment"} | more))


def summary(*flows: Flow, stages: frozenset[Stage] = ALL) -> tuple[int, int, list[str], list[str]]:
    found = net(flows, stages)
    return int(found.gross), int(found.net), [str(removal) for removal in found.removals], [problem.rule for problem in found.problems]


@pytest.mark.parametrize(
    ("provider", "receiver", "kind"),
    [
        (["Norway"], ["UNDP"], "incoming"),
        (["UNDP"], ["unicef"], "internal"),
        (["XM-DAC-41114"], ["Save the Children"], "outgoing"),
        (["Norway"], ["Save the Children"], "outside"),
        ([], ["UNICEF"], "incoming"),
        (["41114", " undp "], [], "outgoing"),
    ],
)
def test_a_flow_stands_to_a_boundary_as_its_parties_do(provider: list[str], receiver: list[str], kind: Crossing) -> None:
    assert crossing(provider, receiver, {party_key(name) for name in ("UNDP", "Unicef", "XM-DAC-41114")}) == kind


def test_flows_without_links_are_all_counted() -> None:
    assert summary(flow("a", 100), flow("b", 50)) == (150, 150, [], [])


def test_an_internal_flow_crosses_nothing_and_shows_where_its_money_came_from() -> None:
    assert summary(flow("a", 100), flow("b", 60, "internal", parents=("a",))) == (160, 100, ["b <- a: 60 (internal)"], [])


def test_money_that_went_out_and_came_back_is_counted_once() -> None:
    flows = flow("a", 100), flow("b", 60, "outgoing", parents=("a",)), flow("c", 50, parents=("b",))
    assert summary(*flows) == (150, 100, ["c <- b <- a: 50 (already counted)"], [])


def test_what_comes_back_is_no_more_than_what_went_out() -> None:
    flows = flow("a", 100), flow("b", 60, "outgoing", parents=("a",)), flow("c", 80, parents=("b",))
    assert summary(*flows) == (180, 120, ["c <- b <- a: 60 (already counted)"], ["parts-exceed-parent"])


def test_grandchildren_show_the_whole_chain() -> None:
    flows = flow("a", 100), flow("b", 60, parents=("a",)), flow("c", 60, parents=("b",))
    assert summary(*flows) == (220, 100, ["b <- a: 60 (already counted)", "c <- b <- a: 60 (already counted)"], [])


def test_parts_larger_than_their_parent_are_flagged_and_the_excess_stays() -> None:
    flows = flow("a", 100), flow("b", 80, parents=("a",)), flow("c", 80, parents=("a",))
    assert summary(*flows) == (260, 160, ["b <- a: 80 (already counted)", "c <- a: 20 (already counted)"], ["parts-exceed-parent"])


def test_a_parked_flow_tells_what_its_children_left_and_overlaps_with_none() -> None:
    flows = flow("a", 40, remainder=True, children=("b",)), flow("b", 60)
    assert summary(*flows) == (100, 100, [], [])


def test_an_internal_part_of_a_parked_flow_that_came_in_is_counted() -> None:
    flows = flow("a", 0, remainder=True), flow("b", 60, "internal", parents=("a",)), flow("c", 20, "internal", parents=("b",))
    assert summary(*flows) == (80, 60, ["c <- b <- a: 20 (internal)"], [])
    parked_within = flow("a", 0, "internal", remainder=True), flow("b", 60, "internal", parents=("a",))
    assert summary(*parked_within)[:2] == (60, 0)


def test_children_of_a_parked_flow_overlap_with_its_own_parent() -> None:
    flows = flow("a", 100), flow("b", 0, remainder=True, parents=("a",)), flow("c", 70, parents=("b",))
    assert summary(*flows) == (170, 100, ["c <- b <- a: 70 (already counted)"], [])


def test_a_child_may_have_several_parents() -> None:
    flows = flow("a", 30), flow("b", 30), flow("c", 50, parents=("a", "b"))
    assert summary(*flows) == (110, 60, ["c <- a: 30 (already counted)", "c <- b: 20 (already counted)"], ["parts-exceed-parent"] * 2)


def test_a_link_is_known_from_either_side() -> None:
    assert summary(flow("a", 100, children=("b",)), flow("b", 60)) == summary(flow("a", 100), flow("b", 60, parents=("a",)))


def test_circles_are_cut_and_flagged() -> None:
    flows = flow("a", 100, parents=("c",)), flow("b", 100, parents=("a",)), flow("c", 100, parents=("b",))
    gross, total, _, rules = summary(*flows)
    assert (gross, total, rules) == (300, 100, ["circle"])
    assert summary(flow("a", 100, parents=("a",))) == (100, 100, [], ["own-parent"])


def test_a_parent_that_is_not_here_is_flagged_and_nothing_removed() -> None:
    assert summary(flow("b", 60, parents=("a",))) == (60, 60, [], ["parent-not-here"])


def test_only_the_stages_asked_for_are_counted() -> None:
    flows = flow("a", 100), flow("b", 60, stage="disbursement", parents=("a",)), flow("c", 10, stage="pledge")
    assert summary(*flows, stages=frozenset({"commitment"})) == (100, 100, [], [])
    assert summary(*flows, stages=frozenset({"disbursement"})) == (60, 60, [], [])
    assert summary(*flows)[:2] == (160, 100)


def test_an_id_that_comes_twice_is_counted_once() -> None:
    assert summary(flow("a", 100), flow("a", 100)) == (100, 100, [], ["repeated-flow"])


def test_refunds_lower_the_net_and_are_never_an_overlap() -> None:
    assert summary(flow("a", 100), flow("b", -30, parents=("a",))) == (70, 70, [], [])


def test_chains_are_found_by_activity() -> None:
    flows = [
        flow("1", 100, receiver_activity="FUND"),
        flow("2", 60, "outgoing", provider_activity="FUND", receiver_activity="NGO"),
        flow("3", 40, provider_activity="NGO", receiver_activity="LOCAL"),
    ]
    linked, problems = chained(flows)
    assert [one.parents for one in linked] == [(), ("1",), ("2",)]
    assert problems == []
    assert summary(*linked)[1:3] == (100, ["3 <- 2 <- 1: 40 (already counted)"])


def test_a_provider_activity_that_is_the_activity_itself_is_no_chain() -> None:
    linked, problems = chained([flow("1", 100, provider_activity="A", receiver_activity="A"), flow("2", 5, receiver_activity="A")])
    assert [one.parents for one in linked] == [(), ()]
    assert [(problem.rule, problem.where) for problem in problems] == [("own-activity", "1")]


NAMES = st.sampled_from("abcdefgh")
KINDS = st.sampled_from(["incoming", "internal", "outgoing", "outside"])
FLOWS = st.lists(
    st.builds(
        lambda name, value, kind, parents, remainder: flow(name, value, kind, parents=tuple(parents), remainder=remainder),
        NAMES,
        st.integers(0, 100),
        KINDS,
        st.lists(NAMES, max_size=3),
        st.booleans(),
    ),
    max_size=10,
    unique_by=lambda one: one.id,
)


@given(FLOWS, st.randoms(use_true_random=False))
def test_net_is_gross_less_the_removals_whatever_the_order(flows: list[Flow], random: Any) -> None:
    found = net(flows, ALL)
    assert found.net == found.gross - sum(removal.amount for removal in found.removals)
    assert 0 <= found.net <= found.gross
    assert found.gross == found.incoming + found.internal
    assert all(removal.amount > 0 and removal.chain[0] == removal.flow for removal in found.removals)
    shuffled = list(flows)
    random.shuffle(shuffled)
    assert net(shuffled, ALL) == found


@given(FLOWS)
def test_no_flow_loses_more_than_it_has_and_none_gives_more(flows: list[Flow]) -> None:
    values = {one.id: one.value for one in flows}
    lost: dict[str, Decimal] = {}
    for removal in net(flows, ALL).removals:
        lost[removal.flow] = lost.get(removal.flow, Decimal(0)) + removal.amount
    assert all(amount <= values[name] for name, amount in lost.items())
