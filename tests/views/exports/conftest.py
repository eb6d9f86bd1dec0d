"""Real books in a temporary folder, made of sentences written for these tests; the actors are invented."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from tests.support.made import RECORDED, commitment, document, dollars

from pledgebook.book.adding import Addition, add
from pledgebook.book.database import reading
from pledgebook.book.opening import Book, init_book
from pledgebook.book.place import place_of
from pledgebook.book.snapshots import snapshot
from pledgebook.core.snapshot import Snapshot

MakeBook = Callable[[str, Sequence[Addition]], Book]

FIRST = document(
    commitment(
        "Freedonia will open three schools in Iraq by 2025.",
        "open three schools in Iraq by 2025",
        deadline="../2025",
        deadline_role="due",
        countries=["IQ"],
    ),
    commitment("The ministry pledged $20 for wells.", "pledged $20 for wells", kind="fund", amounts=dollars(20)),
    title="First release",
    published="2024-01-01",
    outlet="Gazette",
)
SECOND = document(
    commitment("Freedonia will drain the southern marsh.", "drain the southern marsh"),
    claims=(
        {"quote": "Freedonia has opened three schools in Iraq.", "action": "opened three schools in Iraq", "countries": ["IQ"]},
    ),
    title="Second release",
    published="2025-02-01",
    outlet="Herald",
)  # fmt: skip
SCHOOLS, WELLS = FIRST.reading.commitments
(MARSH,) = SECOND.reading.commitments
(OPENED,) = SECOND.reading.claims
#: The text of a document by its id or hash, as `read_decisions` asks for it.
TEXTS = {name: one.reading.document.text for one in (FIRST, SECOND) for name in (one.reading.document.id, one.reading.document.sha256)}


@pytest.fixture
def make_book(tmp_path: Path) -> Iterator[MakeBook]:
    """Books of one name, and so of one id, each in a folder of its own; closed in the end."""
    made: list[Book] = []

    def make(folder: str, additions: Sequence[Addition]) -> Book:
        made.append(init_book(place_of(str(tmp_path / folder), ""), "same", author="test", recorded=RECORDED))
        for one in additions:
            add(made[-1], [one], extractor="made", author="test", recorded=RECORDED)
        return made[-1]

    yield make
    for book in made:
        book.close()


def as_it_stands(book: Book) -> Snapshot:
    """The book on a day of 2026."""
    with reading(book.engine) as connection:
        return snapshot(book, connection, datetime.date(2026, 11, 1), "made")
