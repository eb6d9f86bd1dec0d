import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.linking.flows.made_flows import FUND, activity, flow, move

from pledgebook.core.money import MoneyItem, Organisation
from pledgebook.linking.flows import SURE, Particulars, Same, same_money

OTHER = "NO-BRC-971277882-QZA-20/0200-1"


def linked(*items: MoneyItem, codes: dict[str, tuple[str, ...]] | None = None) -> dict[str, Same]:
    return same_money(items, {key: Particulars(codes=told) for key, told in (codes or {}).items()})


def test_the_same_money_told_twice_is_linked_without_any_code() -> None:
    found = linked(flow(), activity())["fts:1"]
    assert found.activities == ("iati:NO-BRC-971277882-QZA-20/0100-7",)
    assert found.score >= SURE
    assert not found.by_code
    assert "amount: 412,345 USD is the very sum" in found.reasons
    assert any(reason.startswith("receiver: ") for reason in found.reasons)
    assert found.points[0].split()[-1].startswith("+")


@pytest.mark.parametrize(
    "items",
    [
        (flow(), activity(title="Training of midwives", receiver="Redd Barna", countries=("ML",))),
        (flow(), activity(reporter=Organisation("Sida", "SE-0"), countries=("ML",), title="Winter kits")),
        (flow("1", move("f", "9000000")), activity()),  # far more than all that it tells
        (
            flow(),
            activity("NO-BRC-971277882-QZA-20/0100-7", move("a", "88000", "2017-01-01"), title="Winter shelter", receiver="Redd Barna"),
        ),
    ],
)
def test_other_money_is_not_linked(items: tuple[MoneyItem, ...]) -> None:
    assert linked(*items) == {}


def test_a_typing_error_in_the_text_does_not_part_them() -> None:
    assert "fts:1" in linked(flow(text="Winter sheltr kits for dispalced families in the northern hills"), activity())


def test_a_sum_in_another_currency_counts_within_exchange() -> None:
    found = linked(flow("1", move("f", "412345")), activity(OTHER, move("a", "205000", "2020-05-01", currency="EUR")))
    assert "amount: 412,345 USD is the sum within what exchange explains" in found["fts:1"].reasons


def test_several_transactions_of_a_stage_make_the_sum() -> None:
    parts = (move("a1", "200000", "2020-05-01"), move("a2", "212345", "2020-06-01"))
    assert "amount: 412,345 USD is the very sum" in linked(flow(), activity(OTHER, *parts))["fts:1"].reasons


def test_a_code_names_the_activity_though_nothing_else_agrees() -> None:
    found = linked(flow(text="x"), activity(title="Wells", receiver="y"), codes={"fts:1": ("QZA-20/0100-7",)})["fts:1"]
    assert found == Same(
        activities=("iati:NO-BRC-971277882-QZA-20/0100-7",),
        score=1.0,
        reasons=("code: QZA-20/0100-7 is all of its identifier behind the publisher's",),
        by_code=True,
    )


def test_a_code_goes_before_what_scores_higher() -> None:
    found = linked(flow(), activity(), activity(OTHER, title="Wells"), codes={"fts:1": ("QZA-20/0200-1",)})
    assert found["fts:1"].activities == (f"iati:{OTHER}",)


def test_a_code_is_found_in_a_description_where_the_reference_tells_none() -> None:
    code = "XM-OCHA-CBPF-RUR-20/77/SA1/H/NGO/4001"
    told = flow(donor=FUND, text="Clinics (part of RUR-20/77/SA1/H/NGO/4001)", receiver="Redd Barna")
    found = linked(told, activity(code, reporter=Organisation("OCHA", "XM-OCHA-CBPF")), codes={"fts:1": ("71110",)})
    assert found["fts:1"].activities == (f"iati:{code}",)
    assert found["fts:1"].by_code


def test_an_activity_that_the_receiver_reports_is_named_by_its_code() -> None:
    reported = activity(
        "XM-DAC-47066-DP.2239", reporter=Organisation("International Organization for Migration", "XM-DAC-47066"), title="z"
    )
    told = flow(receiver="International Organization for Migration")
    assert linked(told, reported, codes={"fts:1": ("DP.2239",)})["fts:1"].by_code
    assert not linked(flow(receiver="Redd Barna", text="y"), reported, codes={"fts:1": ("DP.2239",)})


def test_another_identifier_of_the_activity_names_it() -> None:
    found = linked(
        flow(text="y"), activity(title="z"), codes={"fts:1": ("NORAD 55-1234",), "iati:NO-BRC-971277882-QZA-20/0100-7": ("NORAD-55/1234",)}
    )
    assert found["fts:1"].by_code


def test_years_are_no_code() -> None:
    named = activity("NO-BRC-971277882-Partners-2018-2021", title="Partners", receiver="y")
    assert not linked(flow(text="x"), named, codes={"fts:1": ("2018-2021",)})


def test_a_flow_without_sums_dates_or_names_is_no_error() -> None:
    bare = MoneyItem(key="fts:0", format="fts", donors=(), recipients=(), countries=(), sectors=(), title=None, description=None, moves=())
    nothing = MoneyItem(
        key="iati:0", format="iati", donors=(), recipients=(), countries=(), sectors=(), title=None, description=None, moves=()
    )
    assert linked(bare, nothing, flow("2", move("f", "5", None)), activity(OTHER, move("a", "5", None))).get("fts:0") is None


ITEMS = [
    flow(), flow("2", text="Wells in the south", cluster="11"), flow("3", donor="Sweden, Government of"), activity(), activity(OTHER),
    activity("NO-BRC-971277882-QZA-20/0300-1", title="Wells in the south", cluster="11", receiver="Redd Barna"),
    activity("SE-0-SE-6-1", reporter=Organisation("Sweden", "SE-0")),
]  # fmt: skip


@given(st.permutations(ITEMS))
def test_the_order_of_the_items_does_not_matter(items: list[MoneyItem]) -> None:
    assert list(same_money(items).items()) == list(same_money(ITEMS).items())


@given(st.sets(st.integers(0, len(ITEMS) - 1)))
def test_what_is_linked_is_among_the_items(chosen: set[int]) -> None:
    items = [ITEMS[index] for index in chosen]
    keys = {item.key for item in items}
    for key, one in same_money(items).items():
        assert {key, *one.activities} <= keys
        assert SURE <= one.score <= 1
