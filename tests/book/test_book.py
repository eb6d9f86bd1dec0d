"""A book on SQLite and on PostgreSQL: documents, decisions, evidence, releases, and what is done to it behind its back."""

import datetime
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text
from tests.support.made import RECORDED, commitment, day, document, dollars

from pledgebook.book.adding import Addition, add
from pledgebook.book.backing import backup
from pledgebook.book.changes import changes_since
from pledgebook.book.checking import verify
from pledgebook.book.database import reading, writing
from pledgebook.book.deciding import Decided, Request, decide
from pledgebook.book.errors import BookError
from pledgebook.book.finding import Found, find
from pledgebook.book.log import NewEntry, append, count, entries
from pledgebook.book.migrations import SCHEMA, schema_of
from pledgebook.book.opening import Book, init_book, open_book
from pledgebook.book.place import place_of
from pledgebook.book.proofs import check_proof, encode_proof
from pledgebook.book.rebuilding import Rebuilt, rebuild
from pledgebook.book.releasing import load_release, make_release, prove, releases
from pledgebook.book.standing import standings
from pledgebook.core import merkle
from pledgebook.core.document import Document
from pledgebook.core.reading import Reading
from pledgebook.core.snapshot import Standing

AS_OF = datetime.date(2026, 1, 1)
CLEAR = commitment(
    "Freedonia will clear the northern minefields in Iraq by 2025.",
    "clear the northern minefields in Iraq by 2025",
    deadline="../2025",
    deadline_role="due",
    countries=["IQ"],
)
CLEARED: dict[str, object] = {
    "quote": "Freedonia cleared the northern minefields in Iraq, inspectors said.",
    "action": "cleared the northern minefields in Iraq",
    "countries": ["IQ"],
    "speaker": "inspectors",
}


def promised() -> Addition:
    return document(CLEAR, title="Release", published=day(0), outlet="Ministry of works")


def told_later() -> Addition:
    return document(CLEAR, title="Again", published=day(30), outlet="Ministry of works")


def reported() -> Addition:
    return document(claims=(CLEARED,), title="Report", published=day(300), outlet="Reuters")


def put(book: Book, *documents: Addition) -> None:
    add(book, documents, extractor="made", author="test", recorded=RECORDED)


def say(book: Book, *requests: Request) -> Decided:
    return decide(book, requests, author="coder", recorded=RECORDED)


def stand(book: Book, as_of: datetime.date = AS_OF) -> list[Standing]:
    with reading(book.engine) as connection:
        return standings(connection, as_of, reasons=True)


def found(book: Book, asked: str) -> Found | None:
    with reading(book.engine) as connection:
        return find(connection, asked)


def rules(decided: Decided) -> list[str]:
    return [problem.rule for problem in decided.problems]


def build(book: Book, *documents: Addition, extractor: str = "made") -> Rebuilt:
    known = {one.reading.document.sha256: one.reading for one in documents}

    def read(frozen: Iterable[Document]) -> Iterator[Reading]:
        return (msgspec.structs.replace(known[one.sha256], document=one) for one in frozen)

    return rebuild(book, read, extractor=extractor, author="test", recorded=RECORDED)


def test_the_same_document_is_taken_in_once(book: Book) -> None:
    put(book, promised())
    again = add(book, [promised()], extractor="made", author="test", recorded=RECORDED)
    assert (again.ids, again.known, again.problems) == ({}, 1, ())
    other = msgspec.structs.replace(promised().reading.document, outlet="Somebody else")
    changed = Addition(received=promised().received, reading=msgspec.structs.replace(promised().reading, document=other))
    done = add(book, [changed], extractor="made", author="test", recorded=RECORDED)
    assert [problem.rule for problem in done.problems] == ["other-particulars"]


def test_a_promise_told_again_is_one_promise_with_a_history(book: Book) -> None:
    put(book, told_later(), promised())
    (one,) = stand(book)
    assert [mention.known for mention in one.promise.mentions] == [day(0), day(30)]
    assert [change.kind for change in one.promise.history] == ["announced", "restated"]
    assert one.promise.joined[0].startswith(one.promise.mentions[1].commitment.id)


def test_a_later_date_is_a_revision_with_its_days(book: Book) -> None:
    later = {
        **CLEAR,
        "quote": "Freedonia has postponed to 2026 and will clear the northern minefields in Iraq by 2026.",
        "deadline": "../2026",
    }
    later["action"] = "clear the northern minefields in Iraq by 2026"
    put(book, promised(), document(later, title="Slip", published=day(200)))
    (one,) = stand(book)
    revised = one.promise.history[1]
    assert (revised.kind, revised.field, revised.before, revised.after, revised.days) == ("revised", "deadline", "../2025", "../2026", 365)


def test_another_sum_is_another_promise(book: Book) -> None:
    pledges = [
        commitment(
            f"The ministry pledged ${sum_} for wells in Iraq.", f"pledged ${sum_} for wells in Iraq", amounts=dollars(sum_), kind="fund"
        )
        for sum_ in (20, 30)
    ]
    put(book, *(document(one, title=f"Release {number}", published=day(number)) for number, one in enumerate(pledges)))
    assert len(stand(book)) == 2


def test_versions_of_one_source_tell_which_quotes_vanished(book: Book) -> None:
    first = document(CLEAR, title="v1", url="https://ministry.example/a", published=day(0))
    done = add(book, [first], extractor="made", author="test", recorded=RECORDED)
    assert done.problems == ()
    second = document(title="v2 without it", url="https://ministry.example/a", published=day(1))
    done = add(book, [second], extractor="made", author="test", recorded=RECORDED)
    assert [problem.rule for problem in done.problems] == ["vanished-quote"]
    moved = document(CLEAR, title="v3 with a longer title, and the quote further down", url="https://ministry.example/b", published=day(1))
    before = document(CLEAR, title="v0", url="https://ministry.example/b", published=day(0))
    put(book, before)
    done = add(book, [moved], extractor="made", author="test", recorded=RECORDED)
    assert [problem.rule for problem in done.problems] == ["moved-quote"]
    assert [change.kind for change in stand(book)[0].promise.history].count("restated") == 1  # the two sources; versions are no steps


def test_a_report_is_evidence_and_a_restatement_is_none(book: Book) -> None:
    put(book, promised(), told_later())
    assert stand(book)[0].evidence == ()
    put(book, reported())
    (one,) = stand(book)
    assert [(found.effect, found.direction) for found in one.evidence] == [("completed", "supports")]
    assert one.assessment.verdict == "kept"
    assert "provisional" in one.assessment.flags
    assert stand(book, datetime.date(2024, 6, 1))[0].assessment.verdict == "open"


def test_a_person_unlinks_and_links(book: Book) -> None:
    put(book, promised(), reported())
    promise, claim = stand(book)[0].promise.id, reported().reading.claims[0].id
    assert say(book, Request(kind="unlink", target=promise, others=(claim,))).written == 1
    assert stand(book)[0].evidence == ()
    assert say(book, Request(kind="link", target=promise, others=(claim,), value="contradicts", comment="another field")).written == 1
    (one,) = stand(book)[0].evidence
    assert (one.direction, one.decided) == ("contradicts", "coder")


@pytest.mark.parametrize(
    ("request_", "rule"),
    [
        (Request(kind="accept", target="p-0000000000000000"), "unknown-id"),
        (Request(kind="merge", target="PROMISE", others=("PROMISE",)), "merge-with-itself"),
        (Request(kind="split", target="COMMITMENT", others=("COMMITMENT",)), "not-in-promise"),
        (Request(kind="correct", target="COMMITMENT", field="confidence", value="1"), "unknown-field"),
        (Request(kind="correct", target="COMMITMENT", field="actors", value="Iraq"), "bad-value"),
        (Request(kind="correct", target="COMMITMENT", field="deadline", value='"soon"'), "bad-date"),
        (Request(kind="correct", target="COMMITMENT", field="action", value='"open a school"'), "not-in-quote"),
        (Request(kind="link", target="PROMISE", others=("COMMITMENT",)), "no-claim"),
        (Request(kind="dispute", target="PROMISE"), "empty-dispute"),
        (Request(kind="note", target="PROMISE"), "empty-note"),
        (Request(kind="add", document="nothing", start=0, end=3), "unknown-document"),
        (Request(kind="add", document="DOCUMENT", start=0, end=10**6), "bad-range"),
        (Request(kind="add", document="DOCUMENT", start=0, end=7, value='{"kin": 1}'), "unknown-field"),
        (Request(kind="add", document="DOCUMENT", start=0, end=7, value='{"kind": "gift"}'), "bad-value"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.kind,
)
def test_what_cannot_be_decided_is_told(book: Book, request_: Request, rule: str) -> None:
    put(book, promised())
    names = {
        "PROMISE": stand(book)[0].promise.id,
        "COMMITMENT": promised().reading.commitments[0].id,
        "DOCUMENT": promised().reading.document.sha256,
    }
    asked = msgspec.structs.replace(
        request_,
        target=names.get(request_.target, request_.target),
        others=tuple(names[one] for one in request_.others),
        document=names.get(request_.document or "", request_.document),
    )
    assert rules(say(book, asked)) == [rule]


def test_corrections_keep_the_machines_reading_beside_them(book: Book) -> None:
    put(book, promised())
    one = promised().reading.commitments[0].id
    assert say(book, Request(kind="correct", target=one, field="countries", value='["SY"]')).written == 1
    mention = stand(book)[0].promise.mentions[0]
    assert (mention.commitment.countries, mention.review) == (("SY",), "corrected")
    assert mention.machine is not None
    assert mention.machine.countries == ("IQ",)
    assert say(book, Request(kind="correct", target=one, field="countries", value='["SY"]')).unchanged == 1


def test_what_the_machine_missed_is_added_by_its_words(book: Book) -> None:
    put(book, document(title="A page", published=day(0)), promised())
    page = document(title="A page", published=day(0)).reading.document
    made = say(book, Request(kind="add", document=page.id, start=0, end=6, value='{"actors": ["Sylvania"]}'))
    assert made.problems == ()
    added = next(one for one in stand(book) if one.promise.lead.quote == "A page")
    assert (added.promise.lead.actors, added.promise.mentions[0].review) == (("Sylvania",), "added")
    report = reported()
    put(book, document(title="The fields in Iraq are cleared, it was said.", published=day(400)))
    words = document(title="The fields in Iraq are cleared, it was said.", published=day(400)).reading.document
    claim = Request(kind="add", field="claim", document=words.sha256, start=0, end=30, value='{"effect": "completed"}')
    assert say(book, claim).problems == ()
    assert report is not None


def test_a_dispute_makes_the_verdict_contested_from_its_day_on(book: Book) -> None:
    put(book, promised(), reported())
    promise = stand(book)[0].promise.id
    assert (
        say(
            book, Request(kind="dispute", target=promise, text="Two fields were left.", who="A village", link="https://village.example")
        ).written
        == 1
    )
    (after,) = stand(book, datetime.date(2026, 6, 1))
    assert "contested" in after.assessment.flags
    assert "A village" in after.assessment.contested_by
    assert "contested" not in stand(book, datetime.date(2025, 12, 1))[0].assessment.flags


def test_a_decision_given_twice_is_written_once(book: Book) -> None:
    put(book, promised(), reported())
    promise, one, claim = stand(book)[0].promise.id, promised().reading.commitments[0].id, reported().reading.claims[0].id
    given = (
        Request(kind="accept", target=one),
        Request(kind="note", target=promise, comment="seen"),
        Request(kind="dispute", target=promise, text="No."),
        Request(kind="link", target=promise, others=(claim,), value="supports"),
    )
    assert say(book, *given).written == 4
    again = say(book, *given)
    assert (again.written, again.unchanged, again.problems) == (0, 4, ())


def test_decisions_outlive_a_reading_with_other_ranges(book: Book) -> None:
    put(book, promised())
    old = promised().reading.commitments[0]
    say(book, Request(kind="correct", target=old.id, field="countries", value='["SY"]'))
    better = document(
        {**CLEAR, "action": "clear the northern minefields in Iraq"}, title="Release", published=day(0), outlet="Ministry of works"
    )
    done = build(book, better, extractor="better")
    assert (done.changed, done.problems) == (1, ())
    mention = stand(book)[0].promise.mentions[0]
    assert mention.commitment.id != old.id
    assert mention.commitment.countries == ("SY",)
    now = found(book, f"p-{old.id}")
    assert now is not None
    assert now.id == f"p-{mention.commitment.id}"


def test_a_decision_whose_words_are_gone_is_a_problem_and_applies_again_later(book: Book) -> None:
    put(book, promised())
    old = promised().reading.commitments[0]
    say(book, Request(kind="correct", target=old.id, field="countries", value='["SY"]'))
    blind = document(title="Release", published=day(0), outlet="Ministry of works")
    nothing = msgspec.structs.replace(promised(), reading=msgspec.structs.replace(promised().reading, commitments=()))
    assert blind is not None
    done = build(book, nothing, extractor="worse")
    assert [problem.rule for problem in done.problems] == ["anchor-gone"]
    assert stand(book) == []
    gone = found(book, old.id)
    assert gone is not None
    assert gone.what == "no longer read"
    assert build(book, promised(), extractor="made").problems == ()
    assert stand(book)[0].promise.lead.countries == ("SY",)


def test_a_release_is_held_fast_and_tells_what_moved_since(book: Book) -> None:
    put(book, promised())
    made = make_release(book, "first", AS_OF, extractor="made", author="test", recorded=RECORDED)
    with reading(book.engine) as connection:
        leaves = [entry.leaf() for entry in entries(connection)][: made.size]
    assert made.root == merkle.root(leaves)
    assert make_release(book, "first", AS_OF, extractor="made", author="test", recorded=RECORDED) == made
    put(book, reported())
    with reading(book.engine) as connection:
        whole, changed = changes_since(connection, load_release(book, "first"), standings(connection, AS_OF), "newer")
    assert "extractor: made -> newer" in whole
    assert any("verdict: open -> kept" in line for line in changed[0].lines)
    assert any(line.startswith("evidence: +") for line in changed[0].lines)
    with pytest.raises(BookError, match="release-exists"):
        make_release(book, "first", AS_OF, extractor="made", author="test", recorded=RECORDED)
    with pytest.raises(BookError, match="unknown-release"):
        load_release(book, "second")


def test_proofs_verify_offline_and_a_changed_byte_fails(book: Book) -> None:
    put(book, promised())
    first = make_release(book, "first", AS_OF, extractor="made", author="test", recorded=RECORDED)
    put(book, told_later())
    second = make_release(book, "second", AS_OF, extractor="made", author="test", recorded=RECORDED)
    inclusion = encode_proof(prove(book, "second", entry=2))
    growth = encode_proof(prove(book, "second", since="first"))
    assert check_proof(inclusion, where="proof", kept=[second.root]) == []
    assert check_proof(growth, where="proof", kept=[first.root, second.root]) == []
    assert [one.rule for one in check_proof(inclusion.replace(b"Ministry", b"Mimistry"), where="proof", kept=[second.root])] == [
        "false-proof"
    ]
    with pytest.raises(BookError, match="unknown-entry"):
        prove(book, "first", entry=99)
    assert [one.name for one in releases(book)] == ["first", "second"]


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        ("UPDATE log SET author = 'mallory' WHERE seq = 2", "changed-log"),
        ("UPDATE log SET body = replace(body, 'Release', 'Rejease') WHERE seq = 2", "changed-log"),
        ("DELETE FROM log WHERE seq = 2", "changed-log"),
        ("UPDATE commitment SET body = replace(body, 'northern', 'southern')", "changed-quote"),
        ("UPDATE commitment SET body = 'x'", "changed-record"),
    ],
)
def test_verify_names_what_was_changed(book: Book, damage: str, rule: str) -> None:
    put(book, promised())
    assert list(verify(book)) == []
    with writing(book.engine) as connection:
        connection.execute(text(damage))
    assert rule in {problem.rule for problem in verify(book)}


def test_verify_finds_a_changed_byte_in_a_source_and_in_a_release(book: Book) -> None:
    put(book, promised())
    make_release(book, "first", AS_OF, extractor="made", author="test", recorded=RECORDED)
    source = book.blobs.path(promised().reading.document.sha256)
    source.write_bytes(source.read_bytes().replace(b"Freedonia", b"Sylvania!"))
    path = book.place.folder / "releases" / "first.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"open"', '"kept"'), encoding="utf-8")
    assert {problem.rule for problem in verify(book)} == {"changed-source", "changed-release"}


def test_a_backup_is_a_book_that_stands_the_same(book: Book, tmp_path: Path) -> None:
    put(book, promised(), reported())
    say(book, Request(kind="note", target=stand(book)[0].promise.id, comment="kept"))
    make_release(book, "first", AS_OF, extractor="made", author="test", recorded=RECORDED)
    assert backup(book, tmp_path / "copy") == 5
    with open_book(place_of(str(tmp_path / "copy"), "")) as copy:
        assert list(verify(copy)) == []
        assert stand(copy) == stand(book)
    with pytest.raises(BookError, match="backup-exists"):
        backup(book, tmp_path / "copy")


def test_a_transaction_that_fails_leaves_nothing(book: Book) -> None:
    def fail_in_between() -> None:
        with writing(book.engine) as connection:
            append(connection, [NewEntry(kind="note", author="test", recorded=RECORDED, body={})])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_in_between()
    with reading(book.engine) as connection:
        assert count(connection) == 1


def test_a_book_of_schema_1_is_brought_forward(book: Book) -> None:
    with writing(book.engine) as connection:
        connection.execute(text("DROP INDEX ix_log_kind"))
        connection.execute(text("UPDATE meta SET value = '1' WHERE key = 'schema'"))
    with open_book(book.place) as opened, reading(opened.engine) as connection:
        assert schema_of(connection) == SCHEMA
        names = "SELECT name FROM sqlite_master" if book.place.is_folder else "SELECT indexname FROM pg_indexes"
        assert "ix_log_kind" in set(connection.execute(text(names)).scalars())


def test_a_book_of_a_later_schema_is_refused(book: Book) -> None:
    with writing(book.engine) as connection:
        connection.execute(text("UPDATE meta SET value = '99' WHERE key = 'schema'"))
    with pytest.raises(BookError, match="newer-book"):
        open_book(book.place)


def test_a_second_book_in_one_place_and_another_books_folder_are_refused(book: Book) -> None:
    with pytest.raises(BookError, match="book-exists"):
        init_book(book.place, "tests", author="test", recorded=RECORDED)
    card = book.place.folder / "book.json"
    card.write_text(json.dumps({"format": 1, "id": "0" * 16, "name": "other"}), encoding="utf-8")
    with pytest.raises(BookError, match="wrong-folder"):
        open_book(book.place)


def test_what_is_no_book_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="pledgebook init"):
        open_book(place_of(str(tmp_path / "nothing"), ""))
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "book.sqlite").write_bytes(b"no database at all, but long enough to be read as one" * 40)
    with pytest.raises(BookError, match="no SQLite database"):
        open_book(place_of(str(tmp_path / "book"), ""))
    with pytest.raises(BookError, match="unsupported-database"):
        place_of("mysql://host/db", "")
