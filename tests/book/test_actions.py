"""What people do through forms: written once, all or nothing, and taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection
from tests.book.acts import CLEAR, WELLS, commitment_id, decisions_of, found, log_of, promised, put, rules, say, stand, told_later
from tests.support.made import RECORDED, day, document

from pledgebook.book.actions import Form, Outcome, Seen, last_action, once, undoing, version_of
from pledgebook.book.database import reading, writing
from pledgebook.book.deciding import Request, decide_within
from pledgebook.book.opening import Book, init_book
from pledgebook.book.place import place_of
from pledgebook.book.rebuilding import rebuild
from pledgebook.core.problem import Problem
from pledgebook.core.reading import Reading


def writes(book: Book, *requests: Request, author: str = "Ada") -> Callable[[Connection], tuple[Problem, ...]]:
    return lambda connection: decide_within(book, connection, requests, author=author, recorded=RECORDED).problems


def send(book: Book, name: str, *requests: Request, author: str = "Ada", seen: Seen | None = None) -> Outcome:
    return once(book, Form(id=name, author=author, recorded=RECORDED, seen=seen), writes(book, *requests, author=author))


def undo_last(book: Book, author: str = "Ada") -> Outcome:
    with reading(book.engine) as connection:
        last = last_action(connection, author)
        assert last is not None
        requests = undoing(connection, last)
    form = Form(id=f"undo {last.id}", author=author, recorded=RECORDED, undoes=last.id)
    return once(book, form, writes(book, *requests, author=author))


def test_a_form_that_is_sent_again_is_written_once(book: Book) -> None:
    put(book, promised())
    accept = Request(kind="accept", target=commitment_id(promised()), comment="as it says")
    first, second = send(book, "one", accept), send(book, "one", accept)
    assert (first.again, second.again) == (False, True)
    assert first.action == second.action
    assert len(decisions_of(book)) == 1


def test_of_a_form_with_a_fault_nothing_is_written_and_it_can_be_sent_again(book: Book) -> None:
    put(book, promised())
    good = Request(kind="correct", target=commitment_id(promised()), field="actors", value='["Iraq"]')
    bad = Request(kind="correct", target=commitment_id(promised()), field="deadline", value='"soon"', where="deadline")
    told = send(book, "one", good, bad)
    assert [(one.rule, one.where) for one in told.problems] == [("bad-date", "deadline")]
    assert decisions_of(book) == []
    assert send(book, "one", good).action is not None


def test_who_saw_an_older_state_is_told_and_nothing_is_written(book: Book) -> None:
    put(book, promised())
    one = commitment_id(promised())
    send(book, "hers", Request(kind="accept", target=one), author="Ada")
    his = send(book, "his", Request(kind="reject", target=one), author="Ben", seen=Seen(ids=(one,), version=0))
    assert his.action is None
    with reading(book.engine) as connection:
        assert his.since == version_of(connection, [one])
    again = send(book, "his", Request(kind="reject", target=one), author="Ben", seen=Seen(ids=(one,), version=his.since))
    assert again.action is not None
    assert [made.kind for made in decisions_of(book)] == ["accept", "reject"]


def test_what_is_undone_is_as_if_it_had_not_been_said_and_stays_in_the_log(book: Book) -> None:
    put(book, promised())
    one = commitment_id(promised())
    before = stand(book)
    for request in (
        Request(kind="accept", target=one),
        Request(kind="reject", target=one),
        Request(kind="correct", target=one, field="actors", value='["Iraq"]'),
        Request(kind="dispute", target=one, text="No."),
        Request(kind="note", target=one, comment="Hm."),
    ):
        send(book, request.kind, request)
        assert stand(book) != before
        undo_last(book)
        assert stand(book) == before
    assert [made.kind for made in decisions_of(book)][::2] == ["accept", "reject", "correct", "dispute", "note"]
    assert {made.kind for made in decisions_of(book)[1::2]} == {"undo"}


def test_a_merge_a_split_and_what_was_added_are_undone(book: Book) -> None:
    page = document(CLEAR, WELLS, title="A page", published=day(3))
    put(book, promised(), told_later(), page)
    before = stand(book)
    ids = [one.id for one in page.reading.commitments]
    send(book, "merge", Request(kind="merge", target=ids[0], others=(ids[1],)))
    send(book, "split", Request(kind="split", target=commitment_id(promised()), others=(commitment_id(told_later()),)))
    send(book, "add", Request(kind="add", document=page.reading.document.id, start=0, end=6))
    assert stand(book) != before
    for _ in range(3):
        undo_last(book)
    assert stand(book) == before
    with reading(book.engine) as connection:
        assert last_action(connection, "Ada") is None


def test_what_was_undone_stays_undone_when_all_is_computed_anew(book: Book) -> None:
    put(book, promised())
    one = commitment_id(promised())
    for name in ("first", "second"):  # the same words in the same second, undone and said again
        send(book, name, Request(kind="reject", target=one))
        undo_last(book)
    send(book, "third", Request(kind="accept", target=one))
    before = stand(book)
    told = found(book, one)
    assert told is not None
    assert told.what == "commitment"
    rebuild(
        book, lambda documents: (Reading(document=d, commitments=promised().reading.commitments) for d in documents),
        extractor="made", author="test", recorded=RECORDED,
    )  # fmt: skip
    assert stand(book) == before


def test_exported_decisions_with_one_that_was_undone_change_nothing_when_they_are_read_in_again(book: Book) -> None:
    put(book, promised())
    one = commitment_id(promised())
    send(book, "one", Request(kind="reject", target=one))
    undo_last(book)
    before = stand(book), len(log_of(book))
    told = say(book, *(Request(kind=made.kind, whole=made) for made in decisions_of(book)))
    assert (told.written, told.unchanged) == (0, 2)
    assert (stand(book), len(log_of(book))) == before


def test_what_is_undone_one_by_one_is_not_undone_again(book: Book) -> None:
    put(book, promised())
    one = commitment_id(promised())
    send(book, "first", Request(kind="accept", target=one))
    send(book, "second", Request(kind="note", target=one, comment="Hm."))
    send(book, "third", Request(kind="undo", target=one))  # takes the note back
    undo_last(book)
    assert [made.kind for made in decisions_of(book)] == ["accept", "note", "undo", "undo"]
    with reading(book.engine) as connection:
        assert last_action(connection, "Ada") is None


def test_only_what_is_in_force_can_be_undone(book: Book) -> None:
    put(book, promised())
    one = commitment_id(promised())
    assert rules(say(book, Request(kind="undo", target=one))) == ["nothing-to-undo"]
    send(book, "one", Request(kind="reject", target=one))
    assert rules(say(book, Request(kind="undo", target=one, value="0" * 16))) == ["nothing-to-undo"]
    assert say(book, Request(kind="undo", target=one)).written == 1
    assert rules(say(book, Request(kind="undo", target=one))) == ["nothing-to-undo"]


def test_many_decisions_at_once_come_to_the_same_as_one_by_one(book: Book, tmp_path: Path) -> None:
    page = document(CLEAR, WELLS, title="A page", published=day(3))
    one, wells = (found_.id for found_ in page.reading.commitments)
    requests = [
        Request(kind="reject", target=one),
        Request(kind="accept", target=one),
        Request(kind="correct", target=wells, field="actors", value='["Iraq"]'),
        Request(kind="merge", target=commitment_id(promised()), others=(wells,)),
        Request(kind="correct", target=one, field="action", value='"clear the northern minefields"'),
        Request(kind="note", target=f"p-{commitment_id(promised())}", comment="Hm."),
        Request(kind="reject", target=commitment_id(told_later())),
        Request(kind="undo", target=commitment_id(told_later())),
        Request(kind="split", target=one, others=(commitment_id(told_later()),)),
        Request(kind="reject", target=wells),
    ]
    with init_book(place_of(str(tmp_path / "other"), ""), "other", author="test", recorded=RECORDED) as other:
        for each in (book, other):
            put(each, promised(), told_later(), page)
        assert say(book, *requests).problems == ()
        for request in requests:
            assert say(other, request).problems == ()
        assert decisions_of(book) == decisions_of(other)
        assert stand(book) == stand(other)


def test_an_error_in_the_middle_leaves_neither_entry_nor_action(book: Book) -> None:
    put(book, promised())

    def fail(connection: Connection) -> tuple[Problem, ...]:
        writes(book, Request(kind="accept", target=commitment_id(promised())))(connection)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        once(book, Form(id="one", author="Ada", recorded=RECORDED), fail)
    assert decisions_of(book) == []
    with writing(book.engine) as connection:
        assert last_action(connection, "Ada") is None
