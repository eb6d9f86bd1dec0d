"""A whole book on a day, in order of ids, whatever the order in which it came to be."""

import datetime

import msgspec
from tests.book.acts import AS_OF, CLEAR, WELLS, claim_id, commitment_id, decisions_of, promised, put, reported, say, stand, told_later
from tests.support.made import day, document

from pledgebook.book.database import reading
from pledgebook.book.deciding import Request
from pledgebook.book.opening import Book, init_book
from pledgebook.book.place import place_of
from pledgebook.book.snapshots import snapshot
from pledgebook.core.snapshot import Snapshot
from pledgebook.status.rules import CURRENT

#: Two claims in one quote: one is of the mines, one of the wells.
BOTH = "Freedonia cleared the northern minefields in Iraq, and Sylvania dug wells in Chad."
TWO = document(
    claims=(
        {"quote": BOTH, "action": "cleared the northern minefields in Iraq", "countries": ["IQ"]},
        {"quote": BOTH, "action": "dug wells in Chad", "countries": ["TD"], "actors": ["Sylvania"]},
    ),
    title="Report of two",
    published=day(200),
)


def whole(book: Book, as_of: datetime.date = AS_OF) -> Snapshot:
    with reading(book.engine) as connection:
        return snapshot(book, connection, as_of, "made")


def test_it_holds_all_in_order_of_ids(book: Book) -> None:
    put(book, told_later(), reported(), promised(), document(WELLS, title="Wells", published=day(3)))
    say(book, Request(kind="note", target=commitment_id(promised()), comment="seen"))
    taken = whole(book)
    assert (taken.book, taken.as_of, taken.extractor, taken.rules) == (book.card.id, "2026-01-01", "made", CURRENT.version)
    assert [one.id for one in taken.documents] == sorted(one.id for one in taken.documents)
    assert len(taken.documents) == 4
    assert taken.standings == tuple(stand(book))
    assert [one.promise.id for one in taken.standings] == sorted(one.promise.id for one in taken.standings)
    assert taken.decisions == tuple(decisions_of(book))
    texts = {one.id: one.text for one in taken.documents}
    for standing in taken.standings:
        for mention in standing.promise.mentions:
            said = mention.commitment
            assert texts[mention.document][said.start : said.end] == said.quote


def test_each_claim_tells_the_promises_it_is_tied_to(book: Book) -> None:
    wells = document(WELLS, title="Wells", published=day(3))
    put(book, promised(), wells, TWO)
    tied = {one.claim.action: one.promises for one in whole(book).claims}
    assert tied["cleared the northern minefields in Iraq"] == (f"p-{commitment_id(promised())}",)
    assert tied["dug wells in Chad"] == (f"p-{commitment_id(wells)}",)


def test_claims_that_people_added_are_there_and_rejected_ones_are_not(book: Book) -> None:
    put(book, promised(), reported())
    page = promised().reading.document
    say(
        book,
        Request(kind="add", field="claim", document=page.id, start=0, end=7, value='{"effect": "begun"}'),
        Request(kind="reject", target=claim_id(reported())),
    )
    assert [(one.claim.quote, one.claim.effect, one.document) for one in whole(book).claims] == [("Release", "begun", page.id)]


def test_the_same_book_made_in_another_order_gives_the_same_bytes(book: Book) -> None:
    documents = (promised(), told_later(), reported(), TWO, document({**CLEAR, "negated": True}, title="No", published=day(4)))
    put(book, *documents)
    with init_book(place_of(str(book.place.folder / "other"), ""), "tests", author="else", recorded="2027-01-01T00:00:00Z") as other:
        for one in reversed(documents):
            put(other, one)
        for as_of in (AS_OF, datetime.date(2024, 2, 1)):
            assert msgspec.json.encode(whole(other, as_of)) == msgspec.json.encode(whole(book, as_of))


def test_what_was_not_announced_on_the_day_is_left_out(book: Book) -> None:
    put(book, promised(), document(WELLS, title="Wells", published=day(100)))
    assert [one.promise.id for one in whole(book, datetime.date(2024, 3, 1)).standings] == [f"p-{commitment_id(promised())}"]
