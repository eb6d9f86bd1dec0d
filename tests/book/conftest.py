"""A new book for a test, in a folder and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.made import RECORDED

from pledgebook.book.opening import Book, init_book
from pledgebook.book.place import place_of


@pytest.fixture(params=["sqlite", "postgresql"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Book]:
    address = str(tmp_path / "book") if request.param == "sqlite" else request.getfixturevalue("postgres_database")
    with init_book(place_of(address, str(tmp_path / "book")), "tests", author="test", recorded=RECORDED) as made:
        yield made
