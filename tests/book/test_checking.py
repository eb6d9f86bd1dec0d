"""Verify: whatever is changed behind a book's back is named, that and nothing else."""

import msgspec
import pytest
from sqlalchemy import delete, insert, text
from tests.book.acts import AS_OF, CLEAR, CLEARED, commitment_id, log_of, put, release, say, told_later
from tests.support.made import RECORDED, day, document

from pledgebook.book.checking import verify
from pledgebook.book.database import reading, writing
from pledgebook.book.deciding import Request
from pledgebook.book.errors import BookError
from pledgebook.book.log import Entry
from pledgebook.book.opening import Book
from pledgebook.book.registries import add_registry
from pledgebook.book.standing import standings
from pledgebook.book.tables import log
from pledgebook.core.identity import sha256_hex

OUTLETS = b"name,kind,state,terms\nWire,news agency,GE,quote\n"
#: What stands in the book that is damaged: its entries are 1 book, 2 and 3 documents, 4 decision, 5 registry, 6 release.
BOTH = document(CLEAR, claims=(CLEARED,), title="Both", published=day(0))


def fill(book: Book) -> None:
    put(book, BOTH, told_later())
    say(book, Request(kind="correct", target=commitment_id(BOTH), field="countries", value='["SY"]'))
    add_registry(book, OUTLETS, "outlets.csv", "outlets", author="test", recorded=RECORDED)
    release(book, "first")


def damage(book: Book, *statements: str) -> None:
    with writing(book.engine) as connection:
        for statement in statements:
            connection.execute(text(statement.replace(":", "\\:")))


def told(book: Book) -> list[tuple[str, int | None]]:
    """The rules of all errors, with the log entry they name."""
    problems = list(verify(book))
    assert all(problem.todo for problem in problems)
    return [(problem.rule, problem.line) for problem in problems if problem.severity == "error"]


RELEASE = ("changed-release", None)


def test_nothing_is_told_of_a_book_as_it_was_written(book: Book) -> None:
    assert list(verify(book)) == []
    fill(book)
    stages: list[str] = []
    assert list(verify(book, stages.append)) == []
    assert stages == ["log", "sources", "quotes", "releases"]


def mend(book: Book, entry: Entry) -> None:
    """Put an entry of the log back as it was."""
    with writing(book.engine) as connection:
        connection.execute(delete(log).where(log.c.seq == entry.seq))
        connection.execute(insert(log), [msgspec.structs.asdict(entry)])


@pytest.mark.parametrize(
    "change",
    [
        "author = 'mallory'",
        "recorded = '2020-01-01T00:00:00Z'",
        "kind = kind || 's'",
        "body = '{' || body",
        "body = replace(body, ':', ': ')",
        "body = '{}'",
        "body = ''",
    ],
    ids=["author", "time", "kind", "no JSON", "other spaces", "empty", "nothing"],
)
def test_a_changed_entry_is_named(book: Book, change: str) -> None:
    fill(book)
    for entry in log_of(book):
        damage(book, f"UPDATE log SET {change} WHERE seq = {entry.seq}")  # noqa: S608 - both are ours
        # The root of the release no longer fits either, unless the release's own entry was changed.
        assert told(book) == [("changed-log", entry.seq), *([RELEASE] if entry.seq < 6 else [])]
        mend(book, entry)
    assert list(verify(book)) == []


def test_a_changed_link_of_the_chain_is_named(book: Book) -> None:
    fill(book)
    for entry in log_of(book):
        damage(book, f"UPDATE log SET hash = '{'0' * 64}' WHERE seq = {entry.seq}")  # noqa: S608 - it is ours
        assert told(book) == [("changed-log", seq) for seq in (entry.seq, entry.seq + 1) if seq <= 6]
        mend(book, entry)


def test_an_entry_that_was_taken_out_is_named(book: Book) -> None:
    fill(book)
    for entry in log_of(book)[:-1]:
        damage(book, f"DELETE FROM log WHERE seq = {entry.seq}")  # noqa: S608 - it is ours
        problems = list(verify(book))
        assert [(problem.rule, problem.line) for problem in problems] == [("changed-log", entry.seq + 1), RELEASE]
        assert f"Entry {entry.seq} is missing" in problems[0].what
        mend(book, entry)


def test_an_entry_that_was_rewritten_with_its_hash_is_told_by_the_next(book: Book) -> None:
    fill(book)
    entry = msgspec.structs.replace(log_of(book)[3], author="mallory")
    damage(book, f"UPDATE log SET author = 'mallory', hash = '{sha256_hex(entry.leaf())}' WHERE seq = 4")  # noqa: S608 - it is ours
    assert told(book) == [("changed-log", 5), RELEASE]


def test_a_log_that_was_rewritten_as_a_whole_is_told_by_the_release(book: Book) -> None:
    fill(book)
    prev = ""
    for entry in log_of(book)[:-1]:
        author = "mallory" if entry.seq == 4 else entry.author
        forged = msgspec.structs.replace(entry, author=author, prev=prev or entry.prev)
        prev = sha256_hex(forged.leaf())
        damage(book, f"UPDATE log SET author = '{author}', prev = '{forged.prev}', hash = '{prev}' WHERE seq = {entry.seq}")  # noqa: S608 - it is ours
    last = msgspec.structs.replace(log_of(book)[-1], prev=prev)
    damage(book, f"UPDATE log SET prev = '{prev}', hash = '{sha256_hex(last.leaf())}' WHERE seq = 6")  # noqa: S608 - it is ours
    assert told(book) == [RELEASE]


def test_two_entries_that_changed_places_are_named(book: Book) -> None:
    fill(book)
    damage(book, "UPDATE log SET seq = 99 WHERE seq = 3", "UPDATE log SET seq = 3 WHERE seq = 4", "UPDATE log SET seq = 4 WHERE seq = 99")
    assert {one for one in told(book) if one != RELEASE} == {("changed-log", 3), ("changed-log", 4), ("changed-log", 5)}


@pytest.mark.parametrize(("seq", "named"), [(4, 4), (3, 3)])
def test_an_end_that_was_taken_off_is_told(book: Book, seq: int, named: int) -> None:
    fill(book)
    damage(book, f"DELETE FROM log WHERE seq >= {seq}")  # noqa: S608 - it is ours
    problems = list(verify(book))
    assert [(problem.rule, problem.line) for problem in problems if problem.severity == "error"] == [("changed-log", named)]
    assert ("unlisted-release", "first") in {(problem.rule, problem.where) for problem in problems}


def test_the_release_alone_taken_off_the_end_is_told_by_its_file(book: Book) -> None:
    fill(book)
    damage(book, "DELETE FROM log WHERE seq = 6")
    assert [problem.rule for problem in verify(book)] == ["unlisted-release"]


@pytest.mark.parametrize("what", ["received", "text"])
@pytest.mark.parametrize("done", ["a byte", "gone"])
def test_a_changed_source_or_text_is_named(book: Book, what: str, done: str) -> None:
    received = b"<p>" + BOTH.received
    page = msgspec.structs.replace(BOTH.reading.document, sha256=sha256_hex(received))
    put(book, msgspec.structs.replace(BOTH, received=received, reading=msgspec.structs.replace(BOTH.reading, document=page)))
    path = book.blobs.path(sha256_hex(received if what == "received" else BOTH.received))
    if done == "gone":
        path.unlink()
    else:
        data = bytearray(path.read_bytes())
        data[20] ^= 1
        path.write_bytes(data)
    (problem,) = verify(book)
    assert (problem.rule, problem.where) == ("missing-source" if done == "gone" else "changed-source", str(path))


@pytest.mark.parametrize(
    ("statement", "rule", "one"),
    [
        ("UPDATE commitment SET body = replace(body, 'northern', 'southern')", "changed-quote", 2),
        ("UPDATE claim SET body = replace(body, 'northern', 'southern')", "changed-quote", 1),
        ("UPDATE mention SET body = replace(body, 'northern', 'southern')", "changed-quote", 2),
        ("UPDATE commitment SET body = replace(body, '\"start\":', '\"start\":1')", "changed-quote", 2),
        ("UPDATE commitment SET body = 'x'", "changed-record", 2),
        ("UPDATE claim SET body = '{}'", "changed-record", 1),
        ("UPDATE mention SET body = '[]'", "changed-record", 2),
    ],
)
def test_a_changed_quote_is_named(book: Book, statement: str, rule: str, one: int) -> None:
    fill(book)
    damage(book, statement)
    problems = list(verify(book))
    assert [problem.rule for problem in problems] == [rule] * one
    assert {problem.where for problem in problems} <= {BOTH.reading.document.id, told_later().reading.document.id}
    assert all("rebuild" in problem.todo for problem in problems)


def test_a_decision_that_can_no_longer_be_read_stops_with_what_to_do(book: Book) -> None:
    fill(book)
    damage(book, "UPDATE log SET body = '{' WHERE seq = 4")
    with pytest.raises(BookError, match=r"Entry 4 .*changed-log"):
        say(book, Request(kind="accept", target=commitment_id(BOTH)))


def test_a_registry_that_was_changed_is_not_used(book: Book) -> None:
    fill(book)
    damage(book, "UPDATE log SET body = replace(body, 'Wire', 'Wine') WHERE seq = 5")
    with pytest.raises(BookError, match=r"Entry 5 .*changed-log"), reading(book.engine) as connection:
        standings(connection, AS_OF)
