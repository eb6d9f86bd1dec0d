"""Transactions, budgets and planned disbursements as tables, and what is told of them. Every case is written for these tests."""

from datetime import date
from decimal import Decimal

import pytest
from tests.aid.iati.made import activity, file_of, read, read_activity, transaction


@pytest.mark.parametrize(
    ("said", "code"),
    [
        *((str(number), str(number)) for number in range(1, 14)),
        ("IF", "1"), ("C", "2"), ("D", "3"), ("E", "4"), ("IR", "5"), ("LR", "6"), ("R", "7"), ("QP", "8"), ("QS", "9"), ("CG", "10"),
        ("c", "2"), (" D ", "3"), ("Disbursement", "3"), ("commitment", "2"), ("Incoming Funds", "1"), ("Outgoing Pledge", "12"),
    ],
)  # fmt: skip
def test_a_type_is_told_by_number_letter_or_word(said: str, code: str) -> None:
    found = read_activity(transaction(kind=said))
    assert found.column("transactions", "transaction_type") == [code]
    assert found.column("transactions", "transaction_type_reported") == [said.strip()]
    assert found.problems == []


def test_a_type_may_be_a_word_in_the_element_as_in_1_01() -> None:
    found = read_activity(
        "<transaction><transaction-type>Commitment</transaction-type><transaction-date>2011-02-03</transaction-date><value>5</value></transaction>"
    )
    assert found.column("transactions", "transaction_type") == ["2"]
    assert found.column("transactions", "transaction_date") == [date(2011, 2, 3)]
    assert found.problems == []


@pytest.mark.parametrize(
    ("kind", "rule"), [("14", "unknown-transaction-type"), ("X", "unknown-transaction-type"), ("", "missing-transaction-type")]
)
def test_a_type_that_is_none_is_told_and_the_sum_is_kept(kind: str, rule: str) -> None:
    found = read_activity(transaction(kind=kind))
    assert found.column("transactions", "transaction_type") == [None]
    assert found.column("transactions", "value") == [Decimal(10)]
    assert found.rules == [(rule, 3)]


def test_the_currency_is_that_of_the_value_then_the_activitys_default() -> None:
    found = read_activity(
        transaction(value="<value currency='EUR'>1</value>"), transaction(value="<value>2</value>"), attributes="default-currency='GBP'"
    )
    assert found.column("transactions", "currency") == ["EUR", "GBP"]
    assert found.column("transactions", "currency_from") == ["value", "activity"]


def test_a_currency_is_never_assumed() -> None:
    found = read_activity(transaction(value="<value>2</value>"), attributes="")
    assert found.column("transactions", "currency") == [None]
    assert found.column("transactions", "currency_from") == [None]
    assert found.rules == [("missing-currency", 3)]


def test_a_currency_with_a_space_behind_it_or_in_small_letters_is_that_currency() -> None:
    found = read_activity(
        transaction(value="<value currency='EUR '>1</value>"), transaction(value="<value>2</value>"), attributes="default-currency='usd '"
    )
    assert found.column("transactions", "currency") == ["EUR", "USD"]
    assert found.problems == []


def test_a_currency_that_is_none_is_told_and_left_out() -> None:
    found = read_activity(transaction(value="<value currency='Euro'>1</value>"))
    assert found.column("transactions", "currency") == [None]
    assert found.rules == [("unknown-currency", 3)]


def test_value_date_and_transaction_date_are_two_dates() -> None:
    row = read_activity(transaction(date="2020-05-01"))["transactions"][0]
    assert (row["transaction_date"], row["value_date"]) == (date(2020, 5, 1), date(2020, 5, 2))


def test_a_missing_value_date_is_not_made_up() -> None:
    found = read_activity(transaction(value="<value currency='USD'>1</value>"))
    assert found.column("transactions", "value_date") == [None]
    assert found.problems == []


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2020-02-29", date(2020, 2, 29)),
        ("2020-02-29Z", date(2020, 2, 29)),
        ("2020-02-29T10:00:00+02:00", date(2020, 2, 29)),
        (" 2020-02-29 ", date(2020, 2, 29)),
        ("2021-02-29", None),
        ("2020-13-01", None),
        ("29/02/2020", None),
        ("20200229", None),
        ("42916", None),
        ("2020", None),
    ],
)
def test_dates_are_read_as_iso_dates_or_told(said: str, day: date | None) -> None:
    found = read_activity(transaction(date=said))
    assert found.column("transactions", "transaction_date") == [day]
    assert found.rules == ([] if day else [("bad-date", 3)])


def test_a_missing_date_is_told() -> None:
    assert read_activity(transaction(date="")).rules == [("missing-date", 3)]


@pytest.mark.parametrize(
    ("said", "value", "rules"),
    [
        ("1000", "1000", []),
        ("-250.50", "-250.5", []),
        ("+3.", "3", []),
        (".5", "0.5", []),
        (" 12 ", "12", []),
        ("0", "0", []),
        ("1e3", "1000", []),
        ("1.5E-2", "0.015", []),
        ("123456789012345678901234.25", "123456789012345678901234.25", []),
        ("0.1234567890123", "0.123456789012", [("rounded-value", 3)]),
        ("1,000", None, [("bad-value", 3)]),
        ("1 000", None, [("bad-value", 3)]),
        ("USD 10", None, [("bad-value", 3)]),
        ("NaN", None, [("bad-value", 3)]),
        ("1e30", None, [("bad-value", 3)]),
        ("", None, [("missing-value", 3)]),
    ],
)
def test_sums_are_decimals_to_the_last_place_or_told(said: str, value: str | None, rules: list[tuple[str, int]]) -> None:
    found = read_activity(transaction(value=f"<value currency='USD'>{said}</value>"))
    assert found.column("transactions", "value") == [Decimal(value) if value else None]
    assert found.rules == rules


def test_negative_sums_are_kept_as_they_are() -> None:
    found = read_activity(transaction(value="<value>-5</value>"), transaction(value="<value>5</value>"))
    assert found.column("transactions", "value") == [Decimal(-5), Decimal(5)]
    assert found.problems == []


def test_exact_twins_are_both_kept_and_told() -> None:
    found = read(
        file_of(
            activity("\n", transaction(), "\n", transaction(), "\n", transaction("<description><narrative>other</narrative></description>"))
        )
    )
    assert len(found["transactions"]) == 3
    assert found.rules == [("twin-transaction", 5)]


def test_twins_of_two_activities_are_none() -> None:
    assert read(file_of(activity(transaction()), activity(transaction(), identifier="XM-2"))).problems == []


def test_a_reference_tells_twins_apart() -> None:
    again = transaction().replace("<transaction>", "<transaction ref='2'>")
    assert read_activity(transaction(), again).problems == []


def test_an_activity_id_that_is_the_activitys_own_is_told_as_no_link() -> None:
    found = read_activity(
        transaction("<provider-org provider-activity-id='XM-1'/>", kind="3"),
        transaction("<receiver-org receiver-activity-id='XM-1'/>", kind="1"),
        transaction("<provider-org provider-activity-id='XM-2'/>", kind="1"),
    )
    assert found.rules == [("points-to-itself", 3)] * 2
    assert found.column("transactions", "provider_activity_id") == ["XM-1", None, "XM-2"]


def test_who_gave_and_who_received_is_told_with_the_first_name() -> None:
    row = read_activity(
        transaction(
            "<provider-org ref='XM-DAC-1' type='10' provider-activity-id='P-1'><narrative xml:lang='fr'>Le bailleur</narrative><narrative>Giver</narrative></provider-org>"
            "<receiver-org ref='XM-DAC-2' type='21' receiver-activity-id='R-1'><narrative/><narrative>Taker</narrative></receiver-org>"
            "<description><narrative>First</narrative></description>"
        )
    )["transactions"][0]
    assert {name: row[name] for name in row if name.startswith(("provider", "receiver", "description"))} == {
        "description": "First",
        "provider_org_ref": "XM-DAC-1", "provider_org_type": "10", "provider_org_name": "Le bailleur", "provider_activity_id": "P-1",
        "receiver_org_ref": "XM-DAC-2", "receiver_org_type": "21", "receiver_org_name": "Taker", "receiver_activity_id": "R-1",
    }  # fmt: skip


def test_in_1_0x_the_name_is_the_elements_own_text() -> None:
    row = read_activity(transaction("<provider-org ref='1'>Giver</provider-org><description>Wells</description>"))["transactions"][0]
    assert (row["provider_org_name"], row["description"]) == ("Giver", "Wells")


@pytest.mark.parametrize(("said", "flag"), [("1", True), ("true", True), ("0", False), ("false", False), (None, None)])
def test_the_humanitarian_flag_of_a_transaction_is_its_own(said: str | None, *, flag: bool | None) -> None:
    given = transaction() if said is None else transaction().replace("<transaction>", f"<transaction humanitarian='{said}'>")
    found = read_activity(given, attributes="default-currency='USD' humanitarian='1'")
    assert found.column("transactions", "humanitarian") == [flag]
    assert found.column("activities", "humanitarian") == [True]
    assert found.problems == []


def test_a_flag_that_is_neither_is_told() -> None:
    found = read_activity(transaction().replace("<transaction>", "<transaction humanitarian='yes'>"), attributes="humanitarian='maybe'")
    assert [problem.what for problem in found.problems] == [
        "humanitarian is 'maybe', neither true nor false. Activity XM-1.",
        "humanitarian is 'yes', neither true nor false. Activity XM-1.",
    ]


def test_an_empty_transaction_is_a_row_with_its_number_and_line() -> None:
    found = read(
        file_of(
            activity(
                "\n",
                transaction(),
                "\n<transaction/>\n<transaction></transaction>\n",
                transaction(kind="2"),
                attributes="default-currency='USD'",
            )
        )
    )
    assert found.column("transactions", "transaction") == [1, 2, 3, 4]
    assert found.column("transactions", "line") == [4, 5, 6, 7]
    assert [problem.line for problem in found.problems if problem.rule == "missing-value"] == [5, 6]


def test_classifications_of_a_transaction_are_codes() -> None:
    row = read_activity(
        transaction("<flow-type code='10'/><finance-type code='110'/><tied-status code='5'/><disbursement-channel code='1'/>")
    )["transactions"][0]
    assert (row["flow_type"], row["finance_type"], row["tied_status"], row["disbursement_channel"]) == ("10", "110", "5", "1")


def test_a_budget_is_a_sum_over_a_period() -> None:
    found = read_activity(
        "<budget type='2' status='1'><period-start iso-date='2020-01-01'/><period-end iso-date='2020-12-31'/><value currency='EUR' value-date='2020-01-02'>7.25</value></budget>"
    )
    row = found["budgets"][0]
    assert {name: row[name] for name in list(row)[3:]} == {
        "type": "2", "status": "1", "period_start": date(2020, 1, 1), "period_end": date(2020, 12, 31), "value": Decimal("7.25"),
        "currency": "EUR", "currency_from": "value", "value_date": date(2020, 1, 2),
    }  # fmt: skip
    assert found.problems == []


def test_what_is_wrong_with_a_budget_is_told_with_its_line() -> None:
    found = read_activity(
        "\n\n<budget><period-start iso-date='soon'/><value currency='XX'>ten</value></budget>\n<budget><period-end iso-date='2020-12-31'/></budget>"
    )
    assert sorted(found.rules, key=str) == [("bad-date", 5), ("bad-value", 5), ("missing-value", 6), ("unknown-currency", 5)]


def test_a_planned_disbursement_tells_both_sides() -> None:
    row = read_activity(
        "<planned-disbursement type='1'><period-start iso-date='2020-01-01'/><value>7</value>"
        "<provider-org ref='P' provider-activity-id='P-1'><narrative>Giver</narrative></provider-org>"
        "<receiver-org ref='R' receiver-activity-id='R-1'><narrative>Taker</narrative></receiver-org></planned-disbursement>"
    )["planned_disbursements"][0]
    assert [row[name] for name in list(row)[3:]] == [
        "1", date(2020, 1, 1), None, Decimal(7), "USD", "activity", None, "P", "Giver", "P-1", "R", "Taker", "R-1",
    ]  # fmt: skip


def test_a_sum_that_is_told_twice_counts_once_and_is_told() -> None:
    found = read_activity(transaction(value="<value currency='USD'>1</value><value currency='USD'>2</value>"))
    assert found.column("transactions", "value") == [Decimal(1)]
    assert {rule for rule, _ in found.rules} == {"repeated-element"}
