"""Releases: held fast under a root, told apart from what stands now, and proved to who has no book."""

import datetime
import json
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text
from tests.book.acts import (
    AS_OF,
    CLEAR,
    HARBOUR,
    WELLS,
    build,
    claim_id,
    commitment_id,
    log_of,
    promised,
    put,
    release,
    reported,
    say,
    since,
    stand,
    told_later,
)
from tests.support.made import RECORDED, day, document

from pledgebook.book.changes import changes_since
from pledgebook.book.checking import verify
from pledgebook.book.database import reading, writing
from pledgebook.book.deciding import Request
from pledgebook.book.errors import BookError
from pledgebook.book.opening import Book
from pledgebook.book.proofs import check_proof, encode_proof
from pledgebook.book.releasing import load_release, make_release, prove, releases, replace_file
from pledgebook.book.standing import standings
from pledgebook.core import merkle
from pledgebook.core.identity import sha256_hex
from pledgebook.status.rules import CURRENT


def file_of(book: Book, name: str) -> Path:
    return book.place.folder / "releases" / f"{name}.json"


def test_its_root_is_that_of_all_entries_before_it(book: Book) -> None:
    put(book, promised(), reported())
    made = make_release(book, "2026-01", AS_OF, extractor="made", author="A. Coder", recorded=RECORDED)
    *before, own = log_of(book)
    assert made.root == merkle.root([entry.leaf() for entry in before])
    assert (made.size, made.head, made.as_of, made.made, made.extractor) == (3, before[-1].hash, "2026-01-01", RECORDED, "made")
    assert made.rules == CURRENT.version
    assert (own.kind, own.author) == ("release", "A. Coder")
    assert own.content() == {
        "name": "2026-01",
        "root": made.root,
        "sha256": sha256_hex(file_of(book, "2026-01").read_bytes()),
        "size": 3,
    }


def test_its_file_holds_how_every_promise_stood(book: Book) -> None:
    put(book, promised(), told_later(), reported(), document(WELLS, title="Wells", published=day(400)))
    release(book, "first")
    held = load_release(book, "first")
    stood = stand(book)
    assert [one.assessment for one in held.promises] == [one.assessment for one in stood]
    assert [one.evidence for one in held.promises] == [one.evidence for one in stood]
    assert [one.mentions for one in held.promises] == [tuple(mention.commitment.id for mention in one.promise.mentions) for one in stood]
    put(book, document(HARBOUR, title="Harbour"))
    assert load_release(book, "first") == held
    assert releases(book) == [held.release]


def test_a_release_of_an_earlier_day_holds_what_was_known_then(book: Book) -> None:
    put(book, promised(), reported())
    made = make_release(book, "then", datetime.date(2024, 3, 1), extractor="made", author="test", recorded=RECORDED)
    (one,) = load_release(book, "then").promises
    assert (one.assessment.as_of, one.assessment.verdict, one.evidence, made.as_of) == ("2024-03-01", "open", (), "2024-03-01")


@pytest.mark.parametrize("name", ["", "a/b", "../out", ".hidden", "-x", "a b", "ä", "a" * 82, "a\n"])
def test_what_is_no_name_is_refused(book: Book, name: str) -> None:
    with pytest.raises(BookError, match="bad-name"):
        release(book, name)
    assert len(log_of(book)) == 1


def test_a_name_is_given_once(book: Book) -> None:
    put(book, promised())
    release(book, "first")
    release(book, "first")  # a command that was killed after its work, and is run again
    assert len(log_of(book, "release")) == 1
    put(book, told_later())
    with pytest.raises(BookError, match="release-exists"):
        release(book, "first")
    release(book, "second")
    assert [one.name for one in releases(book)] == ["first", "second"]


def test_one_that_never_was_is_unknown(book: Book) -> None:
    with pytest.raises(BookError, match="None has been made yet"):
        load_release(book, "first")
    put(book, promised())
    release(book, "first")
    with pytest.raises(BookError, match="There are: first"):
        load_release(book, "second")


@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_a_file_that_was_changed_is_refused_and_named(book: Book, damage: str) -> None:
    put(book, promised())
    release(book, "first")
    release(book, "second")
    path = file_of(book, "first")
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes().replace(b'"open"', b'"kept"'))
    with pytest.raises(BookError, match="changed-release"):
        load_release(book, "first")
    (problem,) = verify(book)
    assert (problem.rule, problem.where, problem.severity) == ("changed-release", "first", "error")
    assert load_release(book, "second").release.name == "second"


def test_a_file_that_no_entry_names_is_told(book: Book) -> None:
    put(book, promised())
    release(book, "first")
    file_of(book, "other").write_bytes(file_of(book, "first").read_bytes())
    assert [(problem.rule, problem.where, problem.severity) for problem in verify(book)] == [("unlisted-release", "other", "warning")]


def test_a_file_that_cannot_be_written_leaves_no_entry(book: Book) -> None:
    put(book, promised())
    (book.place.folder / "releases").write_text("no folder", encoding="utf-8")
    with pytest.raises(BookError, match="unwritable"):
        release(book, "first")
    assert log_of(book, "release") == []


def test_nothing_has_changed_since(book: Book) -> None:
    put(book, promised(), reported())
    release(book, "first")
    assert since(book, "first") == (["log: 1 new release entry"], [])


def test_new_evidence_is_told_with_what_it_moved(book: Book) -> None:
    put(book, promised())
    release(book, "first")
    put(book, reported())
    whole, (one,) = since(book, "first")
    assert "log: 1 new document entry" in whole
    assert one.promise == one.before == f"p-{commitment_id(promised())}"
    assert "verdict: open -> kept" in "\n".join(one.lines)
    evidence = stand(book)[0].evidence[0]
    assert f"evidence: + {evidence.id} completed “{evidence.quote}”" in one.lines


def test_a_new_mention_and_a_new_promise_are_told(book: Book) -> None:
    put(book, promised())
    release(book, "first")
    put(book, told_later(), document(WELLS, title="Wells", published=day(5)))
    _, changed = since(book, "first")
    by_id = {one.promise: one for one in changed}
    assert f"mention: + {commitment_id(told_later())}" in by_id[f"p-{commitment_id(promised())}"].lines
    new = by_id[f"p-{commitment_id(document(WELLS, title='Wells', published=day(5)))}"]
    assert new.before is None
    assert new.lines[0].startswith("new: ")


def test_decisions_about_a_promise_its_mentions_and_its_evidence_are_told_once_each(book: Book) -> None:
    put(book, promised(), told_later(), reported())
    release(book, "first")
    promise, claim = f"p-{commitment_id(promised())}", claim_id(reported())
    say(
        book,
        Request(kind="accept", target=commitment_id(told_later())),
        Request(kind="dispute", target=promise, text="No.", comment="a letter"),
        Request(kind="reject", target=claim, comment="of another field"),
        Request(kind="merge", target=commitment_id(promised()), others=(commitment_id(told_later()),)),
    )
    _, (one,) = since(book, "first")
    told = [line for line in one.lines if line.startswith("decision")]
    assert sorted(told) == [
        "decision 6: accept, by coder",
        "decision 7: dispute, by coder (a letter)",
        "decision 8: reject, by coder (of another field)",
    ]
    assert any(line.startswith("evidence: - ") for line in one.lines)


def test_an_untied_claim_is_told_with_the_decision(book: Book) -> None:
    put(book, promised(), reported())
    release(book, "first")
    say(book, Request(kind="unlink", target=f"p-{commitment_id(promised())}", others=(claim_id(reported()),)))
    _, (one,) = since(book, "first")
    assert [line for line in one.lines if line.startswith("decision")] == ["decision 5: unlink, by coder"]
    assert "verdict: kept -> open" in "\n".join(one.lines)


def test_a_promise_that_is_gone_is_told_with_the_decision(book: Book) -> None:
    put(book, promised())
    release(book, "first")
    say(book, Request(kind="reject", target=commitment_id(promised()), comment="a joke"))
    _, (one,) = since(book, "first")
    assert (one.promise, one.before) == (None, f"p-{commitment_id(promised())}")
    assert one.lines[1:] == ("decision 4: reject, by coder (a joke)",)


def test_promises_that_became_one_and_one_that_has_another_id_now_are_told(book: Book) -> None:
    wells = document(WELLS, title="Wells", published=day(5))
    put(book, told_later(), wells)
    release(book, "first")
    put(book, promised())  # the first mention now: the promise has another id
    say(book, Request(kind="merge", target=commitment_id(wells), others=(commitment_id(told_later()),)))
    _, changed = since(book, "first")
    now = f"p-{commitment_id(promised())}"
    assert {one.promise for one in changed} == {now}
    assert {one.before for one in changed} == {f"p-{commitment_id(told_later())}", f"p-{commitment_id(wells)}"}
    assert sum("are one promise now" in line for one in changed for line in one.lines) == 1


def test_another_extractor_and_other_rules_are_told(book: Book) -> None:
    put(book, promised())
    release(book, "first")
    old = load_release(book, "first")
    other = msgspec.structs.replace(old, release=msgspec.structs.replace(old.release, rules="0.1", extractor="older"))
    with reading(book.engine) as connection:
        whole, _ = changes_since(connection, other, standings(connection, AS_OF), "made")
    assert whole[:2] == [f"rules: 0.1 -> {CURRENT.version}", "extractor: older -> made"]


def test_a_promise_read_otherwise_is_found_by_its_old_id(book: Book) -> None:
    put(book, promised())
    release(book, "first")
    other = document({**CLEAR, "action": "clear the northern minefields in Iraq"}, title="Release", published=day(0))
    same = msgspec.structs.replace(promised(), reading=msgspec.structs.replace(promised().reading, commitments=other.reading.commitments))
    build(book, same)
    _, (one,) = since(book, "first")
    assert (one.before, one.promise) == (f"p-{commitment_id(promised())}", f"p-{commitment_id(same)}")
    assert f"mention: + {commitment_id(same)}" in one.lines


def test_every_entry_and_every_growth_can_be_proved_offline(book: Book) -> None:
    put(book, promised())
    release(book, "first")
    put(book, told_later(), reported())
    release(book, "second")
    first, second = releases(book)
    for number in range(1, second.size + 1):
        proof = encode_proof(prove(book, "second", entry=number))
        assert check_proof(proof, where="proof", kept=[second.root, second.tree]) == []
        assert json.loads(proof)["entry"].encode() == log_of(book)[number - 1].leaf()
    for older, newer in ((first, second), (first, first), (second, second)):
        proof = encode_proof(prove(book, newer.name, since=older.name))
        assert check_proof(proof, where="proof", kept=[older.root, newer.root]) == []


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ({"entry": 0}, "unknown-entry"),
        ({"entry": 3}, "unknown-entry"),
        ({}, "unknown-entry"),
        ({"since": "second"}, "later-release"),
        ({"since": "third"}, "unknown-release"),
    ],
)
def test_what_cannot_be_proved_is_told(book: Book, words: dict[str, int | str], rule: str) -> None:
    put(book, promised())
    release(book, "first")
    put(book, told_later())
    release(book, "second")
    with pytest.raises(BookError) as refused:
        prove(book, "first", **words)  # type: ignore[arg-type] # a number or a name
    assert refused.value.problem.rule == rule


def test_an_entry_that_was_changed_after_the_release_cannot_be_proved(book: Book) -> None:
    put(book, promised())
    release(book, "first")
    (held,) = releases(book)
    with writing(book.engine) as connection:
        connection.execute(text("UPDATE log SET author = 'mallory' WHERE seq = 2"))
    proof = encode_proof(prove(book, "first", entry=2))
    assert [problem.rule for problem in check_proof(proof, where="proof", kept=[held.root])] == ["other-release"]
    assert {problem.rule for problem in verify(book)} == {"changed-log", "changed-release"}


def test_a_file_is_replaced_in_one_step_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("old", encoding="utf-8")

    def fail(beside: Path) -> None:
        beside.write_text("half", encoding="utf-8")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        replace_file(path, fail)
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
    assert path.read_text(encoding="utf-8") == "old"
    replace_file(path, lambda beside: beside.write_text("new", encoding="utf-8"))
    assert path.read_text(encoding="utf-8") == "new"
    assert path.stat().st_mode & 0o777 == 0o644
