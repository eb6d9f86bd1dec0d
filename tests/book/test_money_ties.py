"""Aid data tied to the promises of a book: by the program, by people, and what becomes of it when a register changes its mind."""

import datetime
from pathlib import Path

import pytest
from tests.book.acts import commitment_id, promised, put, rules, say, stand
from tests.support.made import RECORDED, commitment, day, document

from pledgebook.book.adding import Addition
from pledgebook.book.deciding import Request
from pledgebook.book.money import take_money
from pledgebook.book.money_ties import Linked, link_money
from pledgebook.book.opening import Book
from pledgebook.core.assessment import Assessment, Evidence
from pledgebook.core.commitment import Amount

AS_OF = datetime.date(2026, 1, 1)
SUM = Amount(text="$20 million", value="20000000", unit="USD", qualifier="exact")
WELLS = {"actors": ["Norway"], "countries": ["TD"], "kind": "fund", "amounts": [SUM], "deadline": "../2025", "deadline_role": "due"}
PLEDGE = commitment(
    "Norway will give Chad $20 million for water wells in Abeche by 2025.", "give Chad $20 million for water wells in Abeche", **WELLS
)


def pledge() -> Addition:
    return document(PLEDGE, title="Release", published=day(0), outlet="Ministry of works")


def activity(name: str, *sums: tuple[str, str, str], country: str = "TD", giver: str = "Norway - Ministry of Foreign Affairs") -> str:
    """An activity with transactions of (type, date, value)."""
    moved = "".join(
        f'<transaction><transaction-type code="{kind}"/><transaction-date iso-date="{when}"/><value value-date="{when}">{value}</value>'
        f'<provider-org ref="NO-BRC-971277882" type="10"><narrative>{giver}</narrative></provider-org></transaction>'
        for kind, when, value in sums
    )
    return (
        f'<iati-activity default-currency="USD"><iati-identifier>{name}</iati-identifier>'
        f'<reporting-org ref="NO-BRC-971277882" type="10"><narrative>{giver}</narrative></reporting-org>'
        "<title><narrative>Water wells in Abeche</narrative></title>"
        f'<recipient-country code="{country}"/><sector code="14030" vocabulary="1"/>{moved}</iati-activity>'
    )


def take(book: Book, folder: Path, when: str, *activities: str) -> None:
    path = folder / f"{when}.xml"
    path.write_text(f'<iati-activities version="2.03">{"".join(activities)}</iati-activities>', encoding="utf-8")
    taken = take_money(book, path, snapshot=when, feed=None, author="test", recorded=RECORDED)
    assert taken.part is not None, taken.problems


def assessed(book: Book, as_of: datetime.date = AS_OF) -> tuple[Assessment, tuple[Evidence, ...]]:
    (standing,) = stand(book, as_of)
    return standing.assessment, standing.evidence


def linked(book: Book, as_of: datetime.date = AS_OF) -> Linked:
    return link_money(book, as_of)


def later(days: int) -> str:
    return day(days)


def test_money_of_the_same_giver_place_sum_and_time_is_tied_and_keeps_the_promise(book: Book, tmp_path: Path) -> None:
    put(book, pledge())
    take(book, tmp_path, later(200), activity("NO-1", ("2", later(30), "20000000"), ("3", later(60), "20000000")))
    (one,) = linked(book).promises
    assert one.counted == {"iati:NO-1"}
    said, evidence = assessed(book)
    assert (said.verdict, said.delivered) == ("kept", "20000000/20000000 USD")
    assert {row.source for row in evidence} == {"transaction"}
    assert said.money is not None
    assert said.money.items == ("iati:NO-1",)
    # Before the snapshot nobody knew.
    before, none = assessed(book, datetime.date.fromisoformat(later(199)))
    assert (before.verdict, none) == ("open", ())


def test_what_an_activity_pays_counts_where_all_it_commits_is_the_promised_sum(book: Book, tmp_path: Path) -> None:
    put(book, pledge())
    take(book, tmp_path, later(200), activity("NO-1", ("2", later(30), "20000000"), ("3", later(60), "12000000.50")))
    linked(book)
    said, evidence = assessed(book)
    assert {one.effect for one in evidence} == {"funded", "delivered"}
    assert (said.stage, said.delivered) == ("under way", "12000000.5/20000000 USD")


def test_of_several_commitments_nobody_knows_which_payment_is_of_the_one_that_fits(book: Book, tmp_path: Path) -> None:
    put(book, pledge())
    sums = (("2", later(30), "20000000"), ("2", later(31), "7000000"), ("3", later(60), "5000000"))
    take(book, tmp_path, later(200), activity("NO-1", *sums))
    linked(book)
    said, evidence = assessed(book)
    assert [one.effect for one in evidence] == ["funded"]
    assert said.delivered is None


def test_money_for_another_country_is_not_tied(book: Book, tmp_path: Path) -> None:
    put(book, pledge())
    take(book, tmp_path, later(200), activity("NO-1", ("3", later(60), "20000000"), country="PE"))
    assert linked(book).promises == ()
    assert assessed(book)[0].money is None


def test_what_a_register_takes_back_no_longer_counts_from_that_day(book: Book, tmp_path: Path) -> None:
    put(book, pledge())
    paid = activity("NO-1", ("2", later(30), "20000000"), ("3", later(60), "20000000"))
    take(book, tmp_path, later(200), paid, activity("NO-2", ("2", later(30), "5")))
    take(book, tmp_path, later(300), activity("NO-1", ("2", later(30), "20000000")), activity("NO-2", ("2", later(30), "5")))
    linked(book, datetime.date.fromisoformat(later(250)))
    assert assessed(book, datetime.date.fromisoformat(later(250)))[0].delivered == "20000000/20000000 USD"
    linked(book)
    assert assessed(book)[0].delivered is None
    assert assessed(book)[0].stage == "funded"


def test_a_person_unlinks_at_once_and_links_what_the_program_would_not(book: Book, tmp_path: Path) -> None:
    put(book, pledge())
    other = activity("NO-9", ("3", later(90), "1000000"), country="PE", giver="Norwegian agency")
    take(book, tmp_path, later(200), activity("NO-1", ("3", later(60), "20000000")), other)
    linked(book)
    name = commitment_id(pledge())
    assert say(book, Request(kind="unlink", target=name, others=("iati:NO-1",))).written == 1
    assert assessed(book)[0].money is None
    assert linked(book).promises == ()
    assert say(book, Request(kind="link", target=name, others=("iati:NO-9",))).written == 1
    (one,) = linked(book).promises
    assert one.counted == {"iati:NO-9"}
    said, (evidence,) = assessed(book)
    assert (said.delivered, evidence.decided, evidence.score) == ("1000000/20000000 USD", "coder", 1.0)
    assert say(book, Request(kind="link", target=name, others=("iati:NO-9",))).unchanged == 1


@pytest.mark.parametrize(
    ("others", "value", "rule"),
    [
        (("iati:nothing",), None, "unknown-money"),
        (("iati:NO-1", "c"), None, "mixed-link"),
        (("iati:NO-1",), "supports", "bad-value"),
    ],
)
def test_a_link_to_money_that_cannot_be_is_told(book: Book, tmp_path: Path, others: tuple[str, ...], value: str | None, rule: str) -> None:
    put(book, pledge())
    take(book, tmp_path, later(200), activity("NO-1", ("3", later(60), "20000000")))
    assert rules(say(book, Request(kind="link", target=commitment_id(pledge()), others=others, value=value))) == [rule]


def test_one_sum_is_counted_for_one_promise_unless_a_person_says_so(book: Book, tmp_path: Path) -> None:
    theirs = {**WELLS, "actors": ["Sweden"]}
    again = commitment(
        "Sweden will give Chad $20 million for clinics in Faya by 2025.", "give Chad $20 million for clinics in Faya", **theirs
    )
    both = document(PLEDGE, again, title="Release", published=day(0), outlet="Ministry of works")
    put(book, both)
    take(book, tmp_path, later(200), activity("NO-1", ("3", later(60), "20000000")))
    counted = [one.promise.id for one in linked(book).promises if one.counted]
    assert len(counted) <= 1
    for number in (0, 1):
        say(book, Request(kind="link", target=commitment_id(both, number), others=("iati:NO-1",)))
    assert len([one for one in linked(book).promises if one.counted]) == 2
    assert {standing.assessment.delivered for standing in stand(book, AS_OF)} == {"20000000/20000000 USD"}


def test_linking_twice_says_the_same(book: Book, tmp_path: Path) -> None:
    put(book, pledge(), promised())
    take(book, tmp_path, later(200), activity("NO-1", ("3", later(60), "20000000")))
    first, before = linked(book), stand(book, AS_OF)
    assert linked(book) == first
    assert stand(book, AS_OF) == before


FLOW = """\
id,amountUSD,status,boundary,date,description,flowType,originalAmount,originalCurrency,refCode,sourceObjects_Organization.id,sourceObjects_Organization.name,sourceObjects_Organization.behavior,sourceObjects_Organization.organizationTypes,destinationObjects_Organization.id,destinationObjects_Organization.name,destinationObjects_Organization.behavior,destinationObjects_Organization.organizationTypes,destinationObjects_Location.id,destinationObjects_Location.name,destinationObjects_Location.behavior
900,20000000,paid,incoming,{day}T00:00:00Z,Water wells in Abeche,Standard,20000000,USD,NO-BRC-971277882-WELLS-1,77,"Norway, Government of",single,Government,12,A well-drilling agency,single,NGO,44,Chad,single
"""


def test_a_flow_that_tells_the_money_of_an_activity_is_not_counted_beside_it(book: Book, tmp_path: Path) -> None:
    put(book, pledge())
    take(book, tmp_path, later(200), activity("NO-BRC-971277882-WELLS-1", ("3", later(60), "20000000")))
    (tmp_path / "flows.csv").write_text(FLOW.format(day=later(60)), encoding="utf-8")
    taken = take_money(book, tmp_path / "flows.csv", snapshot=later(201), feed=None, author="test", recorded=RECORDED)
    assert taken.part is not None, taken.problems
    (one,) = linked(book).promises
    assert one.counted == {"iati:NO-BRC-971277882-WELLS-1"}
    if "fts:900" in one.items:
        assert one.twice["fts:900"].startswith("the same money as iati:NO-BRC-971277882-WELLS-1")
    assert assessed(book)[0].delivered == "20000000/20000000 USD"
