"""The append-only log: a chain of hashes, written all or not at all, by any number of processes."""

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError
from tests.book.acts import log_of, promised, put
from tests.support.made import RECORDED

from pledgebook.book.checking import check_log
from pledgebook.book.database import reading, writing
from pledgebook.book.errors import BookError
from pledgebook.book.log import NONE_BEFORE, NewEntry, append, count, entries, entry_numbered, leaf_of, size_and_head
from pledgebook.book.opening import Book
from pledgebook.book.tables import log
from pledgebook.core.identity import canonical_json, sha256_hex

#: A process of its own that appends to a book: place, folder, its name, how often, documents at a time.
WRITER = """
import sys
from tests.book.acts import put
from tests.support.made import commitment, document
from pledgebook.book.opening import open_book
from pledgebook.book.place import place_of

address, folder, name, times, together = *sys.argv[1:4], int(sys.argv[4]), int(sys.argv[5])
with open_book(place_of(address, folder)) as book:
    for turn in range(times):
        said = [commitment(f"Freedonia will build school {name}.", f"build school {name}")]
        put(book, *(document(*said, title=f"{name} {turn} {number}") for number in range(together)))
"""
ROOT = Path(__file__).resolve().parents[2]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(st.characters(codec="utf-8"), max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(codec="ascii"), max_size=6), inner, max_size=3),
    max_leaves=6,
)


def noted(body: dict[str, object], author: str = "test") -> NewEntry:
    return NewEntry(kind="note", author=author, recorded=RECORDED, body=body)


def test_a_new_book_has_one_entry_that_names_it(book: Book) -> None:
    (first,) = log_of(book)
    assert (first.seq, first.kind, first.author, first.recorded, first.prev) == (1, "book", "test", RECORDED, NONE_BEFORE)
    assert first.content() == {"format": 1, "id": book.card.id, "name": "tests"}


def test_each_entry_carries_the_hash_of_the_one_before(book: Book) -> None:
    with writing(book.engine) as connection:
        made = append(connection, [noted({"n": 1}), noted({"n": 2}, author="Zoë")])
    with writing(book.engine) as connection:
        made += append(connection, [noted({"n": 3})])
    first, *others = log_of(book)
    assert others == made
    assert [entry.seq for entry in others] == [2, 3, 4]
    assert [entry.prev for entry in others] == [first.hash, others[0].hash, others[1].hash]
    for entry in (first, *others):
        leaf = canonical_json([entry.seq, entry.kind, entry.author, entry.recorded, entry.body, entry.prev])
        assert entry.hash == sha256_hex(leaf)
        assert entry.leaf() == leaf
        assert entry.is_whole()
    with reading(book.engine) as connection:
        assert size_and_head(connection) == (4, others[-1].hash)
        assert entry_numbered(connection, 3) == others[1]
        assert entry_numbered(connection, 5) is None


def test_entries_are_chosen_by_kind_and_by_number(book: Book) -> None:
    with writing(book.engine) as connection:
        append(connection, [noted({}), NewEntry(kind="other", author="test", recorded=RECORDED, body={}), noted({})])
    with reading(book.engine) as connection:
        assert [entry.seq for entry in entries(connection, ("note",))] == [2, 4]
        assert [entry.seq for entry in entries(connection, ("note", "book"), after=1)] == [2, 4]
        assert [entry.seq for entry in entries(connection, after=2)] == [3, 4]
        assert next(entries(connection)).seq == 1  # and the rest is not read
        assert count(connection) == 4


@given(st.dictionaries(st.text(st.characters(codec="ascii"), max_size=8), json_values, max_size=4), st.text(st.characters(codec="utf-8")))
def test_what_is_written_is_what_is_hashed(body: dict[str, object], author: str) -> None:
    new = noted(body, author)
    stored = canonical_json(body).decode()
    assert json.loads(stored) == body
    for other in (noted(body, author + "x"), msgspec.structs.replace(new, recorded="2027"), msgspec.structs.replace(new, kind="nota")):
        assert leaf_of(2, other, stored, NONE_BEFORE) != leaf_of(2, new, stored, NONE_BEFORE)
    assert leaf_of(3, new, stored, NONE_BEFORE) != leaf_of(2, new, stored, NONE_BEFORE)
    assert leaf_of(2, new, stored + " ", NONE_BEFORE) != leaf_of(2, new, stored, NONE_BEFORE)
    assert leaf_of(2, new, stored, "1" * 64) != leaf_of(2, new, stored, NONE_BEFORE)


def test_a_float_is_refused(book: Book) -> None:
    with pytest.raises(TypeError), writing(book.engine) as connection:
        append(connection, [noted({"share": 0.5})])
    assert len(log_of(book)) == 1


def test_nothing_is_left_of_a_transaction_that_fails(book: Book) -> None:
    def fail_in_between() -> None:
        with writing(book.engine) as connection:
            append(connection, [noted({}), noted({})])
            assert count(connection) == 3
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_in_between()
    assert len(log_of(book)) == 1
    with writing(book.engine) as connection:
        assert append(connection, [noted({})])[0].seq == 2


def test_two_entries_of_one_number_cannot_be(book: Book) -> None:
    (first,) = log_of(book)
    with pytest.raises((BookError, IntegrityError)), writing(book.engine) as connection:
        connection.execute(insert(log), [msgspec.structs.asdict(msgspec.structs.replace(first, hash="0" * 64))])
    assert log_of(book) == [first]


def test_an_entry_that_was_changed_is_not_used(book: Book) -> None:
    put(book, promised())
    with writing(book.engine) as connection:
        connection.execute(text("UPDATE log SET author = 'mallory' WHERE seq = 2"))
    with pytest.raises(BookError, match=r"Entry 2 .* was changed") as refused:
        log_of(book)[1].content()
    assert refused.value.problem.rule == "changed-log"


def test_a_reader_sees_one_state_while_another_writes(book: Book) -> None:
    with reading(book.engine) as reader:
        assert count(reader) == 1
        with writing(book.engine) as writer:
            append(writer, [noted({})])
        assert count(reader) == 1
    assert len(log_of(book)) == 2


def test_processes_that_append_at_once_lose_nothing(book: Book) -> None:
    address = str(book.place.folder) if book.place.is_folder else book.place.url
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, address, str(book.place.folder), name, "4", "3"], cwd=ROOT, stderr=subprocess.PIPE, text=True
        )
        for name in ("one", "two")
    ]
    for process in running:
        _, told = process.communicate(timeout=120)
        assert process.returncode == 0, told
    written = log_of(book, "document")
    titles = {entry.content()["document"]["title"] for entry in written}
    assert titles == {f"{name} {turn} {number}" for name in ("one", "two") for turn in range(4) for number in range(3)}
    assert [entry.seq for entry in log_of(book)] == list(range(1, 26))
    with reading(book.engine) as connection:
        assert list(check_log(connection)) == []
    # What one process adds in one go stands together.
    names = [entry.content()["document"]["title"].split()[:2] for entry in written]
    assert all(names[first] == names[first + 1] == names[first + 2] for first in range(0, 24, 3))
