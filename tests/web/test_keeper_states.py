"""A question is answered from one state of the listing, whatever is told anew while it is asked."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from tests.web.conftest import LISTED

from pledgebook.book.database import reading
from pledgebook.book.finding import promise_ids
from pledgebook.book.opening import Book
from pledgebook.book.registries import registry_of
from pledgebook.web.listing import listing as module
from pledgebook.web.listing.asking import Asked
from pledgebook.web.listing.asking import Order as Sorting
from pledgebook.web.listing.building import Order, build, entries_of
from pledgebook.web.listing.columns import Columns, Numbers
from pledgebook.web.listing.listing import Listing


@pytest.fixture
def listing(book: Book, tmp_path: Path) -> Iterator[Listing]:
    path = tmp_path / "listing.sqlite"
    build(Order(place=book.place, day=LISTED, version="1", path=path))
    made = Listing(path)
    yield made
    made.close()


def test_an_order_found_while_promises_are_told_anew_is_not_kept_for_what_they_are_then(
    book: Book, listing: Listing, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reading(book.engine) as connection:
        listed = list(entries_of(book, connection, registry_of(connection), promise_ids(connection), LISTED))
    first, last = sorted(listed, key=lambda one: one.announced, reverse=True)
    swapped = [msgspec.structs.replace(first, announced=last.announced), msgspec.structs.replace(last, announced=first.announced)]
    plainly = module._sorted

    def meanwhile(columns: Columns, order: Sorting, today: int) -> Numbers:
        found = plainly(columns, order, today)
        monkeypatch.setattr(module, "_sorted", plainly)
        listing.tell_anew(swapped, [], listing.stamp)
        return found

    monkeypatch.setattr(module, "_sorted", meanwhile)
    assert listing.ask(Asked(order="announced")).ids == (first.id, last.id)
    assert listing.ask(Asked(order="announced")).ids == (last.id, first.id)


def test_money_of_a_promise_that_is_gone_meanwhile_is_left_out(listing: Listing) -> None:
    page = listing.ask(Asked(order="id"))
    with listing.file.writing() as connection:
        connection.execute("UPDATE promise SET money = ?", (b"{}",))
    assert listing.money(page.places) == [(one, b"{}") for one in page.ids]
    listing.tell_anew([], [page.ids[0]], listing.stamp)
    assert listing.money(page.places) == [(one, b"{}") for one in page.ids[1:]]
    assert [one.id for one in listing.rows(page.places)] == list(page.ids[1:])
