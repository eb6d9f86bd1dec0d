"""How much of a promised quantity is delivered."""

from typing import Any

import pytest

from pledgebook.core.assessment import Assessment

MONEY = {"action": "provide $20 million", "kind": "fund", "sums": ("20000000 USD",), "deadline": "../2025-06"}
PUMPS = {"action": "send 40 pumps", "kind": "supply", "sums": ("40 pumps",), "deadline": "../2025-06"}


def text_of(said: Assessment, rule: str) -> str:
    return next(reason.text for reason in said.reasons if reason.rule == rule)


def rules_of(said: Assessment) -> set[str]:
    return {reason.rule for reason in said.reasons}


@pytest.mark.parametrize(
    ("sums", "delivered", "is_kept"),
    [
        ("20000000 USD", "20000000 USD", True),
        ("20000000 USD", "19999999 USD", False),
        ("20000000 USD", "22000000 USD", True),  # delivered may pass what was promised
        ("about 20000000 USD", "19000000 USD", True),
        ("about 20000000 USD", "18999999 USD", False),
        ("about 2512 USD", "2511.5 USD", True),  # rounds to it
        ("about 2512 USD", "2511.4 USD", False),
        ("more-than 20000000 USD", "19999999 USD", False),
        ("at-least 20000000 USD", "20000000 USD", True),
    ],
)
def test_promised_sum(make: Any, sums: str, delivered: str, is_kept: bool) -> None:
    said = make.judge(make.pledge(**{**MONEY, "sums": (sums,)}), make.evidence("delivered", "2025-06-01", sums=(delivered,)))
    assert "promised-sum" in rules_of(said)
    assert said.verdict == ("kept" if is_kept else "partly kept")


def test_of_a_range_the_lower_end_keeps_it_and_of_total_and_part_the_total(make: Any) -> None:
    paid = make.evidence("delivered", "2025-06-01", sums=("20000000 USD",))
    between = {**MONEY, "sums": ("range-low 20000000 USD", "range-high 30000000 USD")}
    assert make.judge(make.pledge(**between), paid).verdict == "kept"
    assert make.judge(make.pledge(**{**MONEY, "sums": ("5000000 USD", "50000000 USD")}), paid).delivered == "20000000/50000000 USD"


def test_delivered_sum(make: Any) -> None:
    paid = make.evidence("delivered", "2025-05-01", sums=("12500000.50 USD",))
    said = make.judge(make.pledge(**MONEY), paid, on="2025-06-30")
    assert (said.verdict, said.stage, said.delivered) == ("open", "under way", "12500000.5/20000000 USD")
    assert text_of(said, "delivered-sum") == "delivered: 12500000.5 of 20000000 USD, according to Harbour Post"
    after = make.judge(make.pledge(**MONEY), paid, on="2025-07-01")
    assert (after.verdict, after.time.state) == ("partly kept", "overdue")
    assert after.summary == "Partly kept; delivered: 12500000.5 of 20000000 USD, according to Harbour Post."


def test_money_that_is_only_set_aside_is_not_delivered(make: Any) -> None:
    said = make.judge(make.pledge(**MONEY), make.evidence("funded", sums=("20000000 USD",)))
    assert (said.delivered, said.stage, said.verdict) == (None, "funded", "open")


@pytest.mark.parametrize(
    ("quote", "sums", "delivered"),
    [
        ("It paid 8 USD of the 20 USD.", ("8 USD", "20 USD"), "8/20 USD"),
        ("Of the 20 USD, 8 USD was paid.", ("20 USD", "8 USD"), "8/20 USD"),
        ("It paid 20 USD, with 8 USD for wells.", ("20 USD", "8 USD"), "20/20 USD"),
        ("It paid a total of 20 USD.", ("20 USD",), "20/20 USD"),
        ("It paid half of its 20 USD.", ("20 USD",), None),
    ],
)
def test_the_whole_of_which_a_part_is_told_is_not_what_was_delivered(
    make: Any, quote: str, sums: tuple[str, ...], delivered: str | None
) -> None:
    told = make.evidence("delivered", quote=quote, sums=sums, part=delivered is None)
    assert make.judge(make.pledge(**{**MONEY, "sums": ("20 USD",)}), told).delivered == delivered


def test_not_added(make: Any) -> None:
    first = make.evidence("delivered", "2025-03-01", sums=("12000000 USD",))
    second = make.evidence("delivered", "2025-04-01", sums=("8000000 USD",), outlet="another paper")
    said = make.judge(make.pledge(**MONEY), first, second)
    assert (said.delivered, said.verdict) == ("12000000/20000000 USD", "partly kept")
    assert "not-added" in rules_of(said)


def transaction(make: Any, day: str, sums: str, document: str = "ledger") -> Any:
    return make.evidence(
        "delivered",
        "2025-07-01",
        id=f"t-{day}-{sums}",
        source="transaction",
        document=document,
        happened=day,
        sums=(sums,),
        authority="recorded",
    )


def test_transactions_of_one_file_add_up_and_those_of_two_do_not(make: Any) -> None:
    rows = [transaction(make, f"2025-0{month}-15", "5000000 USD") for month in (1, 2, 3, 5)]
    said = make.judge(make.pledge(**MONEY), *rows)
    assert (said.verdict, said.delivered, said.time.state) == ("kept", "20000000/20000000 USD", "kept on time")
    assert make.judge(make.pledge(**MONEY), *rows[:3]).delivered == "15000000/20000000 USD"
    apart = [transaction(make, "2025-01-15", "5000000 USD"), transaction(make, "2025-02-15", "6000000 USD", document="another ledger")]
    assert make.judge(make.pledge(**MONEY), *apart).delivered == "6000000/20000000 USD"


def test_the_transaction_that_reaches_the_sum_tells_when_it_was_kept(make: Any) -> None:
    rows = [
        transaction(make, "2025-05-15", "10000000 USD"),
        transaction(make, "2025-07-01", "11000000 USD"),
        transaction(make, "2025-07-20", "1 USD"),
    ]
    rows = [row if row.happened != "2025-07-20" else make.evidence(**{**transaction_fields(row), "known": "2025-08-01"}) for row in rows]
    said = make.judge(make.pledge(**MONEY), *rows)
    assert (said.verdict, said.time.days_late, said.time.days_late_at_most) == ("kept late", 1, 1)


def transaction_fields(row: Any) -> dict[str, Any]:
    fields = {name: getattr(row, name) for name in row.__struct_fields__ if name != "amounts"}
    return {**fields, "sums": tuple(amount.text for amount in row.amounts)}


def test_the_same_transaction_told_twice_counts_once(make: Any) -> None:
    row = transaction(make, "2025-01-15", "10000000 USD")
    twin = make.evidence(**{**transaction_fields(row), "id": "twin"})
    assert make.judge(make.pledge(**MONEY), row, twin).delivered == "10000000/20000000 USD"


def test_figure_denied(make: Any) -> None:
    boast = make.evidence(
        "delivered", "2025-06-01", sums=("20000000 USD",), independence="promiser", authority="said", speaker="the minister"
    )
    audit = make.evidence("delivered", "2025-06-20", sums=("9000000 USD",), authority="audited", outlet="the court of audit")
    said = make.judge(make.pledge(**MONEY), boast, audit)
    assert (said.verdict, said.delivered) == ("partly kept", "9000000/20000000 USD")
    assert (said.flags, said.contested_by) == (("contested",), ("the minister",))
    assert "figure-denied" in rules_of(said)


def test_an_earlier_smaller_figure_denies_nothing(make: Any) -> None:
    audit = make.evidence("delivered", "2025-02-01", sums=("9000000 USD",), authority="audited")
    later = make.evidence("delivered", "2025-06-20", sums=("20000000 USD",))
    said = make.judge(make.pledge(**MONEY), audit, later)
    assert (said.verdict, said.flags) == ("kept", ())


def test_wider_than_the_promise(make: Any) -> None:
    wide = make.evidence("delivered", "2025-06-01", sums=("900000000 USD",), decided=None)
    said = make.judge(make.pledge(**MONEY), wide)
    assert (said.verdict, said.delivered) == ("unverifiable", None)
    assert said.flags == ("not attributable one to one", "provisional")
    assert "wider-than-the-promise" in rules_of(said)
    assert make.judge(make.pledge(**MONEY), wide, on="2025-06-30").verdict == "open"


def test_a_person_or_the_words_can_set_a_larger_sum_against_the_promise(make: Any) -> None:
    by_person = make.evidence("delivered", "2025-06-01", sums=("90000000 USD",))
    assert make.judge(make.pledge(**MONEY), by_person).delivered == "90000000/20000000 USD"
    both = make.evidence("delivered", "2025-06-01", quote="It paid 90 USD", sums=("90000000 USD", "20000000 USD"), decided=None)
    assert make.judge(make.pledge(**MONEY), both).verdict == "kept"


def test_other_currency(make: Any) -> None:
    said = make.judge(make.pledge(**MONEY), make.evidence("delivered", "2025-06-01", sums=("20000000 EUR",)))
    assert (said.verdict, said.delivered) == ("open", None)
    assert text_of(said, "other-currency") == "a sum in another currency, not converted"


def test_the_same_sum_in_two_currencies_is_reached_in_either(make: Any) -> None:
    told = make.pledge(**{**MONEY, "sums": ("20000000 USD", "18000000 EUR")})
    assert make.judge(told, make.evidence("delivered", "2025-06-01", sums=("18000000 EUR",))).verdict == "kept"


def test_of_goods_each_has_to_be_delivered(make: Any) -> None:
    told = make.pledge(**{**PUMPS, "sums": ("40 pumps", "10 trucks")})
    pumps = make.evidence("delivered", "2025-06-01", sums=("40 pumps",))
    assert make.judge(told, pumps).verdict == "partly kept"
    both = make.evidence("delivered", "2025-06-02", sums=("40 pumps", "10 trucks"))
    assert make.judge(told, pumps, both).verdict == "kept"


def test_no_figure(make: Any) -> None:
    said = make.judge(make.pledge(**MONEY), make.evidence("delivered", "2025-06-01"))
    assert (said.verdict, said.stage) == ("open", "under way")
    assert text_of(said, "no-figure") == "said to be delivered, without a sum"
    assert make.judge(make.pledge(**PUMPS), make.evidence("delivered", "2025-06-01")).verdict == "kept"  # goods can be seen


@pytest.mark.parametrize("sums", ["0x USD", "1e999999999 USD", "1e-40 USD"])
def test_a_number_that_is_none_is_no_quantity(make: Any, sums: str) -> None:
    assert make.judge(make.pledge(**{**MONEY, "sums": (sums,)})).testability.form == "one-off"
    assert make.judge(make.pledge(**MONEY), make.evidence("delivered", sums=(sums,))).delivered is None
