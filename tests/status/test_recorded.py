"""What the registers of aid tell of a promised sum."""

from typing import Any

import pytest

from pledgebook.core.assessment import Assessment, Evidence, MoneyFact
from pledgebook.status.explain import explanation

MONEY = {"action": "provide $20 million", "kind": "fund", "sums": ("20000000 USD",), "deadline": "../2025-06"}
_EFFECTS = {"pledged": "formalised", "committed": "funded", "disbursed": "delivered", "spent": "delivered"}


def recorded(make: Any, stage: str, value: str, **changes: Any) -> Evidence:
    """A sum that a register tells, tied to the promise by a person."""
    fact: dict[str, Any] = {
        "item": "fts:7", "ledger": "fts", "stage": stage, "value": value, "currency": "USD", "usd": value, "day": "2025-02-03",
        "sectors": (("1", "72010", "60"), ("1", "14030", "40"), ("99", "A", None)),
    }  # fmt: skip
    name = changes.pop("id", f"{stage}-{value}")
    told = MoneyFact(**{**fact, **changes})
    fields = {"id": name, "source": "transaction", "document": None, "authority": "recorded", "outlet": told.ledger, "money": told}
    made: Evidence = make.evidence(_EFFECTS[stage], "2025-03-01", **fields)
    return made


def text_of(said: Assessment, rule: str) -> str | None:
    return next((reason.text for reason in said.reasons if reason.rule == rule), None)


def test_recorded_money(make: Any) -> None:
    flows = [
        recorded(make, "committed", "5000000"),
        recorded(make, "disbursed", "12000000"),
        recorded(make, "disbursed", "3000000", item="fts:8"),
    ]
    said = make.judge(make.pledge(**MONEY), *flows, on="2025-05-01")
    # FTS takes a commitment that was paid out of the commitments: what is committed or further is told together.
    assert text_of(said, "recorded-money") == "recorded: committed 20,000,000 USD; disbursed 15,000,000 USD"
    assert said.delivered == "15000000/20000000 USD"
    assert said.money is not None
    assert said.money.items == ("fts:7", "fts:8")
    assert (said.verdict, said.stage) == ("open", "under way")


def test_a_sum_paid_in_full_keeps_the_promise_and_commitments_alone_do_not(make: Any) -> None:
    whole = [recorded(make, "disbursed", "8000000"), recorded(make, "disbursed", "12000000", item="fts:8")]
    assert make.judge(make.pledge(**MONEY), *whole, on="2025-05-01").verdict == "kept"
    only_committed = make.judge(make.pledge(**MONEY), recorded(make, "committed", "20000000"), on="2025-05-01")
    assert (only_committed.verdict, only_committed.stage, only_committed.delivered) == ("open", "funded", None)


def test_two_flows_of_one_sum_and_day_are_two_flows(make: Any) -> None:
    twins = [recorded(make, "disbursed", "10000000", id="one"), recorded(make, "disbursed", "10000000", id="two", item="fts:8")]
    assert make.judge(make.pledge(**MONEY), *twins, on="2025-05-01").delivered == "20000000/20000000 USD"


def test_two_registers(make: Any) -> None:
    told = [recorded(make, "disbursed", "12000000"), recorded(make, "disbursed", "9000000", ledger="iati", item="iati:X")]
    said = make.judge(make.pledge(**MONEY), *told, on="2025-05-01")
    assert text_of(said, "two-registers") == "fts and iati may tell the same money: they are not added up"
    assert said.money is not None
    assert said.money.disbursed is not None
    assert (said.money.disbursed.low, said.money.disbursed.high) == ("12000000", "21000000")
    assert (said.delivered, said.verdict) == ("12000000/20000000 USD", "open")


def test_unconverted_money(make: Any) -> None:
    told = [recorded(make, "disbursed", "7000000"), recorded(make, "disbursed", "900", currency="SYP", usd=None)]
    said = make.judge(make.pledge(**MONEY), *told, on="2025-05-01")
    assert text_of(said, "unconverted-money") == "1 of 2 recorded sums cannot be converted and is left out"
    assert said.delivered == "7000000/20000000 USD"


def test_money_before_the_promise(make: Any) -> None:
    said = make.judge(make.pledge(**MONEY), recorded(make, "disbursed", "7000000", day="2020-12-01"), on="2025-05-01")
    assert said.delivered == "7000000/20000000 USD"
    assert (
        text_of(said, "money-before-the-promise") == "1 recorded sum had moved before it was announced: whether it is new money is not told"
    )


def test_other_currencies_are_converted_into_dollars_only(make: Any) -> None:
    euros = recorded(make, "disbursed", "1000000", currency="EUR", usd="1085000.50")
    assert make.judge(make.pledge(**MONEY), euros, on="2025-05-01").delivered == "1085000.5/20000000 USD"
    in_euros = make.judge(make.pledge(**{**MONEY, "sums": ("2000000 EUR",)}), recorded(make, "disbursed", "5000"), on="2025-05-01")
    assert in_euros.delivered is None


@pytest.mark.parametrize(
    ("sectors", "shares"),
    [
        ((("1", "72010", "60"), ("1", "14030", "40"), ("99", "A", None)), {"1:72010": "600", "1:14030": "400"}),
        ((("99", "A", None), ("99", "B", None)), {"99:A": "500", "99:B": "500"}),
        ((("1", "72010", "30"), ("1", "14030", "30")), {"1:72010": "500", "1:14030": "500"}),
        ((), {"not told": "1000"}),
    ],
)
def test_money_by_sector_is_of_one_vocabulary_and_makes_the_whole(make: Any, sectors: Any, shares: dict[str, str]) -> None:
    said = make.judge(make.pledge(**MONEY), recorded(make, "spent", "1000", ledger="iati", sectors=sectors), on="2025-05-01")
    assert said.money is not None
    assert {one.of: one.usd for one in said.money.by_sector} == shares
    assert [(one.stage, one.of, one.usd) for one in said.money.by_year] == [("spent", "2025", "1000")]


def test_the_explanation_tells_the_money(make: Any) -> None:
    lines = explanation(make.judge(make.pledge(**MONEY), recorded(make, "disbursed", "12000000"), on="2025-05-01"))
    assert "money: announced 20,000,000 USD; committed 12,000,000 USD; disbursed 12,000,000 USD; 1 recorded sum" in lines
    assert "  2025: committed 12,000,000 USD, disbursed 12,000,000 USD" in lines
    assert "  sector 1:14030: committed 4,800,000 USD, disbursed 4,800,000 USD" in lines
