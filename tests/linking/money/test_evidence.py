from decimal import Decimal

import msgspec
from tests.linking.money.made_money import item, move, promise

from pledgebook.core.assessment import Evidence
from pledgebook.core.money import MoneyItem, Organisation
from pledgebook.linking.money import evidence_of_money, tie_by_person


def evidence(made: MoneyItem, decided: str | None = None) -> tuple[Evidence, ...]:
    one = promise()
    return evidence_of_money(one, one.mentions[0], made, tie_by_person(made), decided=decided)


def test_a_commitment_funds_and_a_payment_delivers() -> None:
    found = evidence(item("fts:1", move(), move(5_000_000, "2024-05-01", "disbursed"), move(1_000, "2024-06-01", "spent")))
    assert [one.effect for one in found] == ["funded", "delivered", "delivered"]
    assert {one.authority for one in found} == {"recorded"}
    assert [one.happened for one in found] == ["2024-03-20", "2024-05-01", "2024-06-01"]
    assert {one.known for one in found} == {"2024-06-30"}
    assert {one.document for one in found} == {None}


def test_a_pledge_in_a_register_is_the_promise_told_again() -> None:
    (found,) = evidence(item("fts:1", move(stage="pledged")))
    assert (found.effect, found.direction) == ("remains", "supports")
    assert found.money is not None
    assert found.money.stage == "pledged"


def test_the_record_is_told_in_one_line() -> None:
    (found,) = evidence(item())
    assert found.quote == "OCHA FTS 1: United Kingdom, Government of committed 25,000,000 GBP to HALO Trust for IQ: Mine clearance"


def test_the_sum_stands_in_its_own_currency_and_in_dollars() -> None:
    (found,) = evidence(item())
    assert [(one.value, one.unit, one.qualifier) for one in found.amounts] == [("25000000", "GBP", "exact"), ("31250000", "USD", "about")]


def test_a_sum_taken_back_stands_with_its_negative_amount() -> None:
    found = evidence(item("iati:1", move(), move(-5_000_000, "2024-05-01")))
    assert sum(Decimal(one.amounts[0].value) for one in found) == 20_000_000


def test_what_was_taken_back_in_full_is_no_evidence() -> None:
    assert evidence(item("iati:1", move(), move(-25_000_000, "2024-05-01"))) == ()


def test_incoming_money_is_no_evidence() -> None:
    assert evidence(item("iati:1", move(stage="incoming"))) == ()


def test_the_donors_own_report_is_the_promisers_word() -> None:
    (found,) = evidence(item("iati:1", reporter=Organisation("Foreign, Commonwealth and Development Office", "GB-GOV-1")))
    assert found.independence == "promiser"


def test_the_receivers_report_is_a_partys_word() -> None:
    made = item("iati:1", recipients=(Organisation("UNICEF"),), reporter=Organisation("UNICEF"))
    assert evidence(made)[0].independence == "party"


def test_what_the_desk_of_fts_records_is_a_third_partys_word() -> None:
    assert evidence(item())[0].independence == "third-party"


def test_a_persons_link_is_named_and_sure() -> None:
    (found,) = evidence(item(), decided="Ada")
    assert (found.score, found.decided, found.reasons[0]) == (1.0, "Ada", "linked by Ada")


def test_each_sum_has_its_own_id() -> None:
    made = item("iati:1", move(), move(day="2024-04-01"))
    assert len({one.id for one in evidence(made)}) == 2
    assert evidence(made) == evidence(msgspec.structs.replace(made, moves=tuple(reversed(made.moves))))
