"""Documents taken into a book: once each, in any order, with their bytes; and the versions of one source."""

import msgspec
import pytest
from sqlalchemy import select
from tests.book.acts import (
    CLEAR,
    CLEARED,
    HARBOUR,
    WELLS,
    build,
    commitment_id,
    found,
    groups_of,
    log_of,
    promised,
    put,
    reported,
    rules,
    stand,
    told_later,
)
from tests.support.made import RECORDED, day, document

from pledgebook.book.adding import Addition, add, known_as
from pledgebook.book.database import reading
from pledgebook.book.opening import Book
from pledgebook.book.particulars import book_id_of, row_named, source_of, text_of
from pledgebook.book.tables import document as documents
from pledgebook.core.document import Document
from pledgebook.core.identity import sha256_hex


def as_told_elsewhere(addition: Addition, **particulars: str | None) -> Addition:
    """The same bytes, with other particulars."""
    other = msgspec.structs.replace(addition.reading.document, **particulars)
    return msgspec.structs.replace(addition, reading=msgspec.structs.replace(addition.reading, document=other))


def test_the_same_document_is_taken_in_once(book: Book) -> None:
    first = put(book, promised())
    assert first.ids == {promised().reading.document.sha256: promised().reading.document.id}
    again = put(book, promised(), told_later())
    assert (list(again.ids), again.known, again.problems) == ([told_later().reading.document.sha256], 1, ())
    assert len(log_of(book, "document")) == 2
    assert len(groups_of(book)) == 2


def test_nothing_to_add_is_nothing(book: Book) -> None:
    none = put(book)
    assert (none.ids, none.known, none.problems) == ({}, 0, ())
    assert len(log_of(book)) == 1


@pytest.mark.parametrize(
    ("particulars", "told"),
    [
        ({"outlet": "Somebody else"}, "outlet: 'Somebody else' here, 'Ministry of works' in the book"),
        ({"published": day(5)}, f"published: '{day(5)}' here, '{day(0)}' in the book"),
        ({"title": None}, "title: None here, 'Release' in the book"),
        ({"url": "https://a.example"}, "url: 'https://a.example' here, None in the book"),
        ({"id": "own-7"}, "own_id: 'own-7' here, None in the book"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "one by one"])
def test_other_particulars_of_the_same_bytes_change_nothing_and_are_told(
    book: Book, particulars: dict[str, str | None], told: str, at_once: bool
) -> None:
    other = as_told_elsewhere(promised(), **particulars)
    if at_once:
        done = put(book, promised(), other)
    else:
        put(book, promised())
        done = put(book, other)
        known = known_as(book, other.reading.document)
        assert known is not None
        assert known.problems == done.problems
    (problem,) = done.problems
    assert (problem.severity, problem.rule, done.known) == ("warning", "other-particulars", 1)
    assert told in problem.what
    (entry,) = log_of(book, "document")
    assert entry.content()["document"]["outlet"] == "Ministry of works"
    (mention,) = stand(book)[0].promise.mentions
    assert (mention.outlet, mention.known, mention.title, mention.url) == ("Ministry of works", day(0), "Release", None)


def test_the_language_and_how_a_date_was_found_are_no_other_particulars(book: Book) -> None:
    put(book, promised())
    assert put(book, as_told_elsewhere(promised(), language="fr", published_rule="meta")).problems == ()


def test_a_document_that_is_new_is_not_known(book: Book) -> None:
    assert known_as(book, promised().reading.document) is None


def test_the_bytes_received_and_the_text_are_kept_under_their_hashes(book: Book) -> None:
    text = promised().reading.document.text
    received = b"<html>" + text.encode("utf-16")
    page = msgspec.structs.replace(promised().reading.document, sha256=sha256_hex(received))
    put(book, Addition(received=received, reading=msgspec.structs.replace(promised().reading, document=page)))
    assert book.blobs.get(sha256_hex(received)) == received
    assert book.blobs.get(sha256_hex(text.encode())) == text.encode()
    with reading(book.engine) as connection:
        for name in (sha256_hex(received), book_id_of(sha256_hex(received))):
            row = row_named(connection, name)
            assert row is not None
            assert (row.length, text_of(row, book.blobs)) == (len(text), text)
        assert row_named(connection, "nothing") is None


def test_a_document_without_a_date_is_undated_and_stands_on_any_day(book: Book) -> None:
    put(book, document(CLEAR, title="No date"), told_later())
    (one,) = stand(book)
    assert [mention.known for mention in one.promise.mentions] == [day(30), None]
    put(book, document(WELLS, title="No date at all"))
    assert [one.promise.mentions[0].known for one in stand(book)].count(None) == 1


@pytest.mark.parametrize(
    ("stated", "known"),
    [("2024-03-05", "2024-03-05"), ("2024-03", "2024-03-31"), ("2024", "2024-12-31"), ("XXXX-03", None), ("../2024-03", "2024-03-31")],
)
def test_without_publication_it_is_known_from_the_last_day_on_which_it_can_have_been_said(
    book: Book, stated: str, known: str | None
) -> None:
    put(book, document({**CLEAR, "stated": stated}, title="No date"))
    assert [one.promise.mentions[0].known for one in stand(book)] == [known]


@pytest.mark.parametrize(("happened", "known"), [("2024-11-03", "2024-11-03"), ("2024-11", "2024-11-30"), (None, None)])
def test_a_claim_without_publication_is_known_from_the_last_day_it_can_have_happened(
    book: Book, happened: str | None, known: str | None
) -> None:
    put(book, promised(), document(claims=({**CLEARED, "happened": happened},), title="No date"))
    assert [one.known for one in stand(book)[0].evidence] == [known]


def test_an_empty_document_is_taken_in(book: Book) -> None:
    empty = Document(id="", text="", sha256=sha256_hex(b""), language="en")
    done = put(book, Addition(received=b"", reading=msgspec.structs.replace(promised().reading, document=empty, commitments=())))
    assert list(done.ids) == [sha256_hex(b"")]
    assert stand(book) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"url": "https://a.example/x"}, {"url": "http://www.a.example/x/"}, True),
        ({"url": "https://a.example/x/#top"}, {"url": "https://a.example/x"}, True),
        ({"url": "https://a.example/x?page=1"}, {"url": "https://a.example/x?page=2"}, False),
        ({"id": "7", "outlet": "Wire"}, {"id": "7", "outlet": "Wire"}, True),
        ({"id": "7", "outlet": "Wire"}, {"id": "7", "outlet": "Cable"}, False),
        ({"id": "7", "url": "https://a.example/x"}, {"id": "7", "url": "https://a.example/y"}, False),
        ({"outlet": "Wire"}, {"outlet": "Wire"}, False),
    ],
)
def test_versions_of_one_source(one: dict[str, str], other: dict[str, str], same: bool) -> None:
    plain = Document(id="", text="", sha256="a")
    first = source_of(msgspec.structs.replace(plain, **one))
    assert (source_of(msgspec.structs.replace(plain, sha256="b", **other)) == first) is same


def test_the_id_that_the_book_gives_is_no_own_id() -> None:
    plain = Document(id=book_id_of("a"), text="", sha256="a")
    assert source_of(plain) == "sha256 a"


PLACE = "https://ministry.example/a"


@pytest.mark.parametrize("backwards", [False, True], ids=["in order", "the newer first"])
@pytest.mark.parametrize(
    ("older", "newer", "told"),
    [
        ([CLEAR], [CLEAR, WELLS], []),
        ([CLEAR], [WELLS, CLEAR], ["moved-quote"]),
        ([CLEAR], [], ["vanished-quote"]),
        ([CLEAR, WELLS], [WELLS], ["vanished-quote", "moved-quote"]),
    ],
    ids=["stays", "moved", "vanished", "one vanished, one moved"],
)
def test_quotes_that_moved_or_vanished_in_a_newer_version_are_told(
    book: Book, older: list[dict[str, object]], newer: list[dict[str, object]], told: list[str], backwards: bool
) -> None:
    versions = [document(*older, title="v1", published=day(0), url=PLACE), document(*newer, title="v2", published=day(1), url=PLACE)]
    if backwards:
        versions.reverse()
    assert put(book, versions[0]).problems == ()
    done = put(book, versions[1])
    assert sorted(rules(done)) == sorted(told)
    for problem in done.problems:
        assert problem.severity == ("note" if problem.rule == "moved-quote" else "warning")
        assert problem.where == document(*older, title="v1", published=day(0), url=PLACE).reading.document.id
    assert len(groups_of(book)) == len(older) + len(newer)  # both versions and their quotes stay


def test_versions_of_the_same_day_are_ordered_by_their_bytes(book: Book) -> None:
    versions = [document(CLEAR, title=title, published=day(0), url=PLACE) for title in ("one", "another title", "a third one, longer")]
    told = put(book, *versions).problems
    inside = [one.where for one in told]
    ids = {one.reading.document.sha256: one.reading.document.id for one in versions}
    assert inside == [ids[sha256] for sha256 in sorted(ids)[:-1]]


def test_a_rebuild_keeps_versions_and_particulars(book: Book) -> None:
    versions = [document(CLEAR, title="v1", published=day(0), url=PLACE), document(CLEAR, title="v2", published=day(1), url=PLACE)]
    put(book, *versions, promised())
    with reading(book.engine) as connection:
        before = connection.execute(select(documents).order_by(documents.c.id)).all()
    assert build(book, *versions, promised()).changed == 0
    with reading(book.engine) as connection:
        assert connection.execute(select(documents).order_by(documents.c.id)).all() == before


def test_what_a_tracker_tells_survives_a_rebuild(book: Book) -> None:
    row = msgspec.structs.replace(document(WELLS, title="row 7", published=day(2), outlet="Tracker"), origin="tracker")
    add(book, [row], extractor="tracker", author="test", recorded=RECORDED)
    put(book, promised())
    before = stand(book)
    done = build(book, promised())  # the reader is not asked for the row: it would not know it
    assert (done.documents, done.changed, done.problems) == (2, 0, ())
    assert stand(book) == before
    assert {mention.commitment.quote for one in before for mention in one.promise.mentions} == {CLEAR["quote"], WELLS["quote"]}


def test_all_of_a_batch_is_taken_in_or_none(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr("pledgebook.book.adding.versions_of", fail)
        with pytest.raises(RuntimeError):
            put(book, promised(), reported())
    assert len(log_of(book)) == 1
    assert stand(book) == []
    assert put(book, promised(), reported()).known == 0


def test_two_readings_of_one_document_with_the_same_range_are_one(book: Book) -> None:
    twice = promised()
    doubled = msgspec.structs.replace(twice.reading, commitments=twice.reading.commitments * 2)
    put(book, msgspec.structs.replace(twice, reading=doubled))
    assert list(groups_of(book)) == [commitment_id(twice)]


def test_an_id_from_outside_is_kept_beside_and_no_id_is_made_of_it(book: Book) -> None:
    named = as_told_elsewhere(promised(), id="own-7")
    put(book, named, as_told_elsewhere(document(HARBOUR, title="Cranes", published=day(3)), id="own-7"))
    with reading(book.engine) as connection:
        rows = connection.execute(select(documents.c.id, documents.c.own_id)).all()
    assert {row.own_id for row in rows} == {"own-7"}
    assert {row.id for row in rows} == {book_id_of(row.sha256) for row in (named.reading.document,)} | {
        document(HARBOUR, title="Cranes", published=day(3)).reading.document.id
    }
    assert found(book, "own-7") is None


def test_particulars_with_a_zero_byte_are_taken_in_without_it(book: Book) -> None:
    odd = as_told_elsewhere(promised(), id="a\0b", title="c\0d", url="https://e.example/\0", outlet="\0")
    assert put(book, odd).problems == ()
    again = put(book, odd)
    assert (again.known, again.problems) == (1, ())
    (mention,) = stand(book)[0].promise.mentions
    assert (mention.title, mention.url, mention.outlet, mention.source) == ("cd", "https://e.example/", "", "url e.example")
