"""A book's own rows of actors, outlets and people: taken in whole or not at all, once, the later before the earlier."""

import pytest
from tests.book.acts import AS_OF, log_of, promised, put, reported
from tests.support.made import RECORDED

from pledgebook.book.database import reading
from pledgebook.book.opening import Book
from pledgebook.book.registries import RegistryKind, add_registry, registry_of
from pledgebook.book.standing import standings
from pledgebook.core.problem import Problem
from pledgebook.reference.outlets import BASE, Registry

WIRE = b"name,kind,state,dependent_on\nReuters,news agency,GB,Freedonia\n"


def take(book: Book, data: bytes, of: RegistryKind = "outlets", name: str = "rows.csv") -> tuple[int, tuple[Problem, ...]]:
    return add_registry(book, data, name, of, author="coder", recorded=RECORDED)


def held(book: Book) -> Registry:
    with reading(book.engine) as connection:
        return registry_of(connection)


def test_a_book_without_rows_has_those_of_the_program(book: Book) -> None:
    assert held(book) == BASE


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a byte order mark"])
def test_rows_are_taken_in_with_who_gave_them(book: Book, start: bytes) -> None:
    assert take(book, start + WIRE)[0] == 1
    (entry,) = log_of(book, "registry")
    assert (entry.author, entry.content()) == ("coder", {"of": "outlets", "name": "rows.csv", "data": WIRE.decode()})
    assert [(one.name, one.kind) for one in held(book).outlets] == [("Reuters", "news agency")]


@pytest.mark.parametrize(
    "data",
    [b"name,kind\nWire,no such kind\n", WIRE + b"Cable,no such kind,,\n", b"name\nWire\n", b"", b"\xff\xfe\x00", b"name,kind\nW\xe9,newspaper\n"],
    ids=["a bad row", "a good row and a bad one", "a missing column", "empty", "no text", "another encoding"],
)  # fmt: skip
def test_a_file_with_errors_is_not_taken_in(book: Book, data: bytes) -> None:
    rows, problems = take(book, data)
    assert rows == 0
    assert "error" in {problem.severity for problem in problems}
    assert log_of(book, "registry") == []


def test_the_same_rows_are_written_once(book: Book) -> None:
    assert [take(book, WIRE)[0] for _ in range(2)] == [1, 1]
    assert len(log_of(book, "registry")) == 1
    take(book, WIRE, name="other.csv")
    assert len(log_of(book, "registry")) == 2


def test_later_rows_go_before_earlier_ones(book: Book) -> None:
    take(book, b"name,kind\nWire,newspaper\n")
    take(book, b"name,kind\nWire,ngo\n")
    assert [one.kind for one in held(book).outlets] == ["ngo", "newspaper"]


def test_each_kind_of_rows(book: Book) -> None:
    take(book, b"name,kind,state\nWeir Board,organ,NO\n", "actors")
    take(book, b"name,office,of,from\nOda Brandvik,Minister of Weirs,NO,2020-01-01\n", "people")
    assert ([one.name for one in held(book).actors], [one.name for one in held(book).people]) == (["Weir Board"], ["Oda Brandvik"])


def test_whose_word_evidence_is_follows_the_books_own_rows(book: Book) -> None:
    put(book, promised(), reported())

    def whose() -> list[str]:
        with reading(book.engine) as connection:
            return [one.independence for standing in standings(connection, AS_OF) for one in standing.evidence]

    assert whose() == ["unknown"]  # inspectors: nobody knows whose
    take(book, b"name,kind,state\nFreedonia,organ,NO\n", "actors")
    take(book, WIRE)
    assert whose() == ["promiser"]
