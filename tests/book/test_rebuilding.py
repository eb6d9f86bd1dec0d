"""All that is computed, computed anew: the same reader comes to the same, another reader keeps decisions and old ids."""

from collections.abc import Callable

import msgspec
import pytest
from sqlalchemy import Table, event, select
from tests.book.acts import (
    CLEAR,
    CLEARED,
    HARBOUR,
    WELLS,
    build,
    claim_id,
    commitment_id,
    decisions_of,
    found,
    groups_of,
    log_of,
    promised,
    put,
    reported,
    rules,
    say,
    stand,
    told_later,
)
from tests.support.made import RECORDED, day, document

from pledgebook.book.adding import Addition
from pledgebook.book.checking import verify
from pledgebook.book.database import reading
from pledgebook.book.deciding import Request
from pledgebook.book.errors import BookError
from pledgebook.book.opening import Book
from pledgebook.book.rebuilding import rebuild
from pledgebook.book.tables import COMPUTED, crossing
from pledgebook.core.promise import Promise


def rows_of(book: Book) -> dict[str, set[tuple[object, ...]]]:
    with reading(book.engine) as connection:
        return {table.name: _rows(connection.execute(select(table)).all(), table) for table in COMPUTED}


def _rows(rows: object, _: Table) -> set[tuple[object, ...]]:
    return {tuple(row) for row in rows}  # type: ignore[attr-defined] # rows of the database


def read_as(original: Addition, *said: dict[str, object], claims: tuple[dict[str, object], ...] = ()) -> Addition:
    """The same document, as a reader that finds other things in it gives it back."""
    other = document(*said, claims=claims, title=original.reading.document.title)
    assert other.reading.document.text == original.reading.document.text
    changed = msgspec.structs.replace(original.reading, commitments=other.reading.commitments, claims=other.reading.claims)
    return msgspec.structs.replace(original, reading=changed)


def read_nothing(original: Addition) -> Addition:
    """The same document, as a reader that finds nothing in it gives it back."""
    return msgspec.structs.replace(original, reading=msgspec.structs.replace(original.reading, commitments=(), claims=()))


def promised_otherwise() -> Addition:
    """The promise's document with its action drawn a little shorter."""
    return read_as(promised(), {**CLEAR, "action": "clear the northern minefields in Iraq"})


def test_the_same_reader_comes_to_the_same_rows(book: Book) -> None:
    documents = (promised(), reported(), told_later(), document(WELLS, HARBOUR, title="Two", published=day(4)))
    put(book, *documents)
    wells = commitment_id(documents[3])
    say(
        book,
        Request(kind="merge", target=f"p-{wells}", others=(f"p-{commitment_id(promised())}",)),
        Request(kind="reject", target=commitment_id(documents[3], 1)),
        Request(kind="correct", target=wells, field="countries", value='["LY"]'),
        Request(kind="link", target=f"p-{wells}", others=(claim_id(reported()),)),
        Request(kind="add", document=documents[3].reading.document.id, start=0, end=3, value="{}"),
        Request(kind="reject", target=commitment_id(told_later())),  # the report bore on it, too
    )
    before, stood, length = rows_of(book), stand(book), len(log_of(book))
    done = build(book, *documents)
    assert (done.documents, done.changed, done.problems) == (4, 0, ())
    assert rows_of(book) == before
    assert stand(book) == stood
    assert len(log_of(book)) == length


def test_what_running_servers_are_told_stays_and_no_more_is_told(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pledgebook.book.index.CROWD", 1)
    original = [promised(), told_later()]
    for one in original:
        put(book, one)
    with reading(book.engine) as connection:
        before = connection.execute(select(crossing).order_by(crossing.c.seq, crossing.c.key)).all()
    assert before
    build(book, *original)
    with reading(book.engine) as connection:
        assert connection.execute(select(crossing).order_by(crossing.c.seq, crossing.c.key)).all() == before


def test_an_empty_book_is_rebuilt_to_an_empty_one(book: Book) -> None:
    done = build(book)
    assert (done.documents, done.changed, done.problems) == (0, 0, ())


def test_what_is_read_otherwise_gets_a_log_entry_once(book: Book) -> None:
    put(book, promised(), told_later())
    assert build(book, promised_otherwise(), told_later(), extractor="better").changed == 1
    (entry,) = log_of(book, "reading")
    assert entry.content()["extractor"] == "better"
    assert entry.content()["sha256"] == promised().reading.document.sha256
    assert [one[1] for one in entry.content()["read"]] == [commitment_id(promised_otherwise())]
    assert build(book, promised_otherwise(), told_later(), extractor="better").changed == 0
    assert build(book, promised(), told_later(), extractor="made").changed == 1
    assert len(log_of(book, "reading")) == 2
    assert list(verify(book)) == []


def test_old_ids_lead_to_what_stands_there_now(book: Book) -> None:
    put(book, promised())
    old, new = commitment_id(promised()), commitment_id(promised_otherwise())
    build(book, promised_otherwise())
    for asked, what, led_to in ((old, "commitment", new), (f"p-{old}", "promise", f"p-{new}"), (f" {new} ", "commitment", new)):
        now = found(book, asked)
        assert now is not None
        assert (now.what, now.id, now.promise) == (what, led_to, f"p-{new}")
    build(book, promised())
    back = found(book, new)  # a rebuilding with the older reader: the newer id leads back
    assert back is not None
    assert back.id == old


def test_ids_of_what_is_no_longer_read_lead_to_its_words(book: Book) -> None:
    put(book, promised(), reported())
    build(book, read_nothing(promised()), read_nothing(reported()))
    for asked in (commitment_id(promised()), f"p-{commitment_id(promised())}", claim_id(reported())):
        now = found(book, asked)
        assert now is not None
        assert (now.what, now.promise) == ("no longer read", None)
        assert now.anchor is not None
        original = reported() if now.anchor.of == "claim" else promised()
        read = reported().reading.claims[0] if now.anchor.of == "claim" else promised().reading.commitments[0]
        assert now.anchor.sha256 == original.reading.document.sha256
        assert (now.anchor.start, now.anchor.end) == (read.start, read.end)
    assert found(book, "0" * 16) is None
    assert found(book, "p-") is None


def mines(book: Book) -> Promise:
    """The promise that tells of minefields."""
    return next(one.promise for one in stand(book) if "minefields" in one.promise.lead.quote)


#: For each kind: what is decided about the promise, and what shows that it is in force.
IN_FORCE: dict[str, tuple[Callable[[str], Request], Callable[[Book], object], object]] = {
    "accept": (lambda one: Request(kind="accept", target=one), lambda book: mines(book).mentions[0].review, "accepted"),
    "reject": (lambda one: Request(kind="reject", target=one), lambda book: [one.promise.lead.quote for one in stand(book)], [WELLS["quote"]]),
    "correct": (
        lambda one: Request(kind="correct", target=one, field="countries", value='["SY"]'),
        lambda book: mines(book).lead.countries,
        ("SY",),
    ),
    "merge": (
        lambda one: Request(kind="merge", target=one, others=(commitment_id(document(WELLS, title="Wells", published=day(9))),)),
        lambda book: [len(one.promise.mentions) for one in stand(book)],
        [2],
    ),
    "dispute": (lambda one: Request(kind="dispute", target=one, text="No."), lambda book: [one.text for one in mines(book).disputes], ["No."]),
    "note": (lambda one: Request(kind="note", target=one, comment="seen"), lambda book: mines(book).notes, (f"coder, {RECORDED}: seen",)),
}  # fmt: skip


@pytest.mark.parametrize("kind", IN_FORCE)
def test_a_decision_outlives_other_ranges_is_told_where_its_words_are_gone_and_applies_again(book: Book, kind: str) -> None:
    ask, shown, expected = IN_FORCE[kind]
    wells = document(WELLS, title="Wells", published=day(9))
    put(book, promised(), wells)
    assert say(book, ask(commitment_id(promised()))).written == 1
    decisions = decisions_of(book)
    assert shown(book) == expected
    assert build(book, promised_otherwise(), wells).problems == ()
    assert shown(book) == expected
    done = build(book, read_nothing(promised()), wells)
    (problem,) = done.problems
    assert (problem.rule, problem.severity, problem.where) == ("anchor-gone", "error", promised().reading.document.sha256[:16])
    assert problem.offset == promised().reading.commitments[0].start
    assert f"({kind}, by coder)" in problem.what
    assert str(CLEAR["quote"]) in problem.what
    assert len(stand(book)) == 1
    assert build(book, promised_otherwise(), wells).problems == ()
    assert shown(book) == expected
    assert decisions_of(book) == decisions  # nothing was dropped, nothing said twice


def test_a_link_outlives_other_ranges_of_promise_and_claim(book: Book) -> None:
    put(book, promised(), reported())
    claim = claim_id(reported())
    say(book, Request(kind="unlink", target=f"p-{commitment_id(promised())}", others=(claim,)))
    assert stand(book)[0].evidence == ()
    shorter = read_as(reported(), claims=({**CLEARED, "action": "cleared the northern minefields"},))
    shorter = msgspec.structs.replace(
        shorter,
        reading=msgspec.structs.replace(
            shorter.reading, claims=(msgspec.structs.replace(shorter.reading.claims[0], countries=("IQ",), speaker="inspectors"),)
        ),
    )
    assert claim_id(shorter) != claim
    assert build(book, promised_otherwise(), shorter).problems == ()
    assert stand(book)[0].evidence == ()
    now = found(book, claim)
    assert now is not None
    assert (now.what, now.id) == ("claim", claim_id(shorter))
    assert rules(build(book, promised(), read_nothing(reported()))) == ["anchor-gone"]


def test_a_split_outlives_other_ranges(book: Book) -> None:
    put(book, promised(), told_later())
    say(book, Request(kind="split", target=commitment_id(told_later()), others=(commitment_id(promised()),)))
    assert len(stand(book)) == 2
    assert build(book, promised_otherwise(), told_later()).problems == ()
    assert len(stand(book)) == 2


def test_a_reader_that_finds_more_leaves_decisions_where_they_are(book: Book) -> None:
    both = document(CLEAR, WELLS, title="Both", published=day(0))
    put(book, read_as(both, CLEAR, WELLS))
    say(book, Request(kind="reject", target=commitment_id(both)))
    assert build(book, both).problems == ()
    assert list(groups_of(book)) == [commitment_id(both, 1)]


def test_a_rebuilding_that_fails_leaves_the_book_as_it_was(book: Book) -> None:
    put(book, promised(), reported())
    before = rows_of(book)

    def fail(_: object) -> object:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        rebuild(book, fail, extractor="broken", author="test", recorded=RECORDED)  # type: ignore[arg-type] # it never reads
    assert rows_of(book) == before
    book.blobs.path(promised().reading.document.sha256).unlink()
    with pytest.raises(BookError, match="missing-source"):
        build(book, promised(), reported())
    assert rows_of(book) == before


MERGE = Request(kind="merge", target="FIRST", others=("OTHER",))
#: Reviews beside decisions that join and part: of the first mention, of the second one of the same promise, and of another promise.
REVIEWS = {
    "accepted": [Request(kind="accept", target="FIRST")],
    "accepted after it was rejected": [Request(kind="reject", target="FIRST"), Request(kind="accept", target="FIRST")],
    "accepted after its promise was merged": [MERGE, Request(kind="accept", target="OTHER")],
    "a merge taken back after a review": [MERGE, Request(kind="accept", target="OTHER"), Request(kind="undo", target="FIRST")],
    "a review taken back": [Request(kind="accept", target="SECOND"), Request(kind="undo", target="SECOND")],
    "parted after a review": [Request(kind="accept", target="SECOND"), Request(kind="split", target="SECOND", others=("FIRST",))],
    "its country corrected": [Request(kind="correct", target="SECOND", field="countries", value='["TD"]')],
    "its occasion corrected, and disputed": [
        Request(kind="correct", target="FIRST", field="occasion", value='"a visit"'),
        Request(kind="dispute", target="FIRST", text="No"),
    ],
}


@pytest.mark.parametrize("requests", REVIEWS.values(), ids=REVIEWS)
@pytest.mark.parametrize("together", [True, False], ids=["in one go", "one by one"])
def test_what_is_computed_after_a_review_is_what_a_rebuild_makes(book: Book, requests: list[Request], together: bool) -> None:
    documents = [promised(), told_later(), document(HARBOUR, title="B", published=day(5)), reported()]
    put(book, *documents)
    ids = dict(zip(("FIRST", "SECOND", "OTHER"), map(commitment_id, documents[:3]), strict=True))
    meant = [msgspec.structs.replace(one, target=ids[one.target], others=tuple(ids[other] for other in one.others)) for one in requests]
    for part in [meant] if together else [[one] for one in meant]:
        assert not say(book, *part).problems
    kept = rows_of(book)
    build(book, *documents)
    assert rows_of(book) == kept


def test_what_is_only_accepted_is_not_compared_with_all_others_again(book: Book) -> None:
    one = promised()
    put(book, one, told_later())
    asked: list[str] = []
    event.listen(book.engine, "before_cursor_execute", lambda _c, _cursor, statement, *_more: asked.append(statement))
    say(book, Request(kind="accept", target=commitment_id(one)))
    assert any("UPDATE mention" in statement for statement in asked)
    assert not [statement for statement in asked if "meeting" in statement or "pair" in statement or "bearing" in statement]
