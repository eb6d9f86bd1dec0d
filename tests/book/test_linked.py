"""What linking leaves behind for those who show the book."""

import datetime

from sqlalchemy import select
from tests.book.acts import put
from tests.book.test_observation_ties import burst, linked, promised
from tests.linking.test_observations import quiet

from pledgebook.book.database import reading
from pledgebook.book.linked import LINKED
from pledgebook.book.money_ties import link_money
from pledgebook.book.opening import Book
from pledgebook.book.tables import meta


def noted(book: Book) -> str | None:
    with reading(book.engine) as connection:
        return connection.execute(select(meta.c.value).where(meta.c.key == LINKED)).scalar()


def test_new_ties_are_noted_and_the_same_ties_are_noted_the_same(book: Book) -> None:
    put(book, promised())
    assert noted(book) is None
    link_money(book, datetime.date(2026, 1, 1))
    nothing = noted(book)
    linked(book, quiet())
    held = noted(book)
    linked(book, quiet())
    assert (held == noted(book), held == nothing, nothing is None) == (True, False, False)
    linked(book, [*quiet(), *burst()])
    assert noted(book) != held
    linked(book, [])
    assert noted(book) == nothing
