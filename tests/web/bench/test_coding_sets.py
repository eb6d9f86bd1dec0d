"""Coding sets held in memory: what the log tells, for each transaction as it sees it, and copies that nobody changes."""

import pytest
from tests.support.made import RECORDED

from pledgebook.book.database import reading, writing
from pledgebook.book.opening import Book
from pledgebook.web.bench.coding.sets import Body, CodingSet, CodingSets, sets_of, write
from pledgebook.web.bench.coding.units import Unit

SHA256 = "a" * 64
ASSIGNED = Body(step="assign", set="round-1", documents=(SHA256,), coders=("Ada", "Ben"))
STEPS = [
    ("Ada", ASSIGNED),
    ("Ada", Body(step="mark", set="round-1", sha256=SHA256, unit=Unit(id="u1", start=0, end=5, fields={}))),
    ("Ben", Body(step="mark", set="round-1", sha256=SHA256, unit=Unit(id="u2", start=1, end=5, fields={}))),
    ("Ben", Body(step="unmark", set="round-1", sha256=SHA256, id="u2")),
    ("Ada", Body(step="done", set="round-1", sha256=SHA256)),
    ("Ben", Body(step="assign", set="round-2", documents=(SHA256,), coders=("Ada", "Ben"))),
    ("Ben", Body(step="done", set="round-1", sha256=SHA256)),
    ("Ada", Body(step="settle", set="round-1", sha256=SHA256, id="g")),
]


def say(book: Book, author: str, body: Body) -> None:
    with writing(book.engine) as connection:
        write(connection, [body], author=author, recorded=RECORDED)


def kept(book: Book, sets: CodingSets) -> dict[str, CodingSet]:
    with reading(book.engine) as connection:
        return sets.all(connection)


def told(book: Book) -> dict[str, CodingSet]:
    with reading(book.engine) as connection:
        return sets_of(connection)


def test_kept_up_step_by_step_they_are_what_the_whole_log_tells(book: Book) -> None:
    sets = CodingSets()
    for author, body in STEPS:
        say(book, author, body)
        assert kept(book, sets) == told(book), body.step
    assert set(told(book)) == {"round-1", "round-2"}


def test_what_a_page_holds_does_not_change_under_it(book: Book) -> None:
    sets = CodingSets()
    say(book, *STEPS[0])
    before = kept(book, sets)["round-1"]
    for step in STEPS[1:]:
        say(book, *step)
    with reading(book.engine) as connection:
        after = sets.named(connection, "round-1")
        assert sets.named(connection, "round-9") is None
    assert after is not None
    assert (len(before.documents[SHA256].of("Ada")), len(after.documents[SHA256].of("Ada"))) == (0, 1)
    assert (before.is_open(SHA256), after.is_open(SHA256)) == (False, True)


def test_a_transaction_that_began_earlier_sees_what_was_there_then(book: Book) -> None:
    sets = CodingSets()
    say(book, *STEPS[0])
    with reading(book.engine) as earlier:
        assert set(sets_of(earlier)) == {"round-1"}
        say(book, *STEPS[5])
        assert set(kept(book, sets)) == {"round-1", "round-2"}
        assert set(sets.all(earlier)) == {"round-1"}


@pytest.mark.parametrize("body", [Body(step="done", set="nothing", sha256=SHA256), Body(step="done", set="round-1", sha256="b" * 64)])
def test_what_names_no_set_or_document_says_nothing(book: Book, body: Body) -> None:
    sets = CodingSets()
    say(book, *STEPS[0])
    before = kept(book, sets)
    say(book, "Ada", body)
    assert kept(book, sets) == before
