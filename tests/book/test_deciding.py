"""What people decide: each kind, what cannot be decided, and what becomes of it when it is said again, changed, or exported and given back."""

import datetime
from collections.abc import Iterator

import msgspec
import pytest
from tests.book.acts import (
    CLEAR,
    HARBOUR,
    WELLS,
    build,
    claim_id,
    commitment_id,
    decisions_of,
    exported,
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
from tests.support.made import RECORDED, commitment, day, document, dollars

from pledgebook.book.adding import Addition
from pledgebook.book.checking import verify
from pledgebook.book.deciding import Request, decide
from pledgebook.book.opening import Book, init_book
from pledgebook.book.place import place_of
from pledgebook.core.decision import Anchor, Decision
from pledgebook.core.identity import content_id

PAGE = document(WELLS, HARBOUR, title="A page of two", published=day(3))


def ids_in(request_: Request) -> Request:
    """A request with the names PROMISE, COMMITMENT, AGAIN, CLAIM, DOCUMENT and OTHER replaced by the ids they stand for."""
    names = {
        "PROMISE": f"p-{commitment_id(promised())}",
        "COMMITMENT": commitment_id(promised()),
        "AGAIN": commitment_id(told_later()),
        "CLAIM": claim_id(reported()),
        "DOCUMENT": promised().reading.document.id,
        "OTHER": commitment_id(PAGE),
    }
    return msgspec.structs.replace(
        request_,
        target=names.get(request_.target, request_.target),
        others=tuple(names.get(one, one) for one in request_.others),
        document=names.get(request_.document or "", request_.document),
    )


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """One book for all that cannot be decided: nothing is written to it."""
    folder = str(tmp_path_factory.mktemp("filled") / "book")
    address = folder if request.param == "sqlite" else request.getfixturevalue("postgres_server").new_database()
    with init_book(place_of(address, folder), "tests", author="test", recorded=RECORDED) as made:
        put(made, promised(), told_later(), reported(), PAGE)
        yield made


def correct(field: str, value: str | None, target: str = "COMMITMENT") -> Request:
    """The request for a correction."""
    return Request(kind="correct", target=target, field=field, value=value)


def add(start: int | None = 8, end: int | None = 69, value: str | None = None, **more: str) -> Request:
    return Request(kind="add", document="DOCUMENT", start=start, end=end, value=value, **more)  # type: ignore[arg-type] # texts


@pytest.mark.parametrize(
    ("request_", "rule"),
    [
        (Request(kind="accept", target="p-0000000000000000"), "unknown-id"),
        (Request(kind="reject", target=""), "unknown-id"),
        (Request(kind="accept", target="DOCUMENT"), "wrong-id"),
        (Request(kind="accept", target="PROMISE"), "several-mentions"),
        (Request(kind="merge", target="PROMISE", others=("PROMISE",)), "merge-with-itself"),
        (Request(kind="merge", target="COMMITMENT", others=("AGAIN",)), "merge-with-itself"),
        (Request(kind="merge", target="PROMISE"), "no-promise"),
        (Request(kind="merge", target="PROMISE", others=("CLAIM",)), "no-promise"),
        (Request(kind="merge", target="CLAIM", others=("PROMISE",)), "no-promise"),
        (Request(kind="merge", target="PROMISE", others=("nothing",)), "unknown-id"),
        (Request(kind="split", target="COMMITMENT", others=("COMMITMENT",)), "not-in-promise"),
        (Request(kind="split", target="COMMITMENT", others=("OTHER",)), "not-in-promise"),
        (Request(kind="split", target="OTHER"), "not-in-promise"),
        (Request(kind="split", target="DOCUMENT"), "no-promise"),
        (correct("confidence", "1"), "unknown-field"),
        (correct("id", '"x"'), "unknown-field"),
        (correct("quote", '"x"'), "unknown-field"),
        (correct("effect", '"completed"'), "unknown-field"),
        (correct("deadline", '"2026"', "CLAIM"), "unknown-field"),
        (correct("actors", "Iraq"), "bad-value"),
        (correct("actors", '"Iraq"'), "bad-value"),
        (correct("actors", None), "bad-value"),
        (correct("kind", '"gift"'), "bad-value"),
        (correct("testable", "1"), "bad-value"),
        (correct("amounts", '[{"text": "many", "value": "many", "unit": "USD", "qualifier": "exact"}]'), "bad-value"),
        (correct("amounts", '[{"text": "1", "value": "NaN", "unit": "USD", "qualifier": "exact"}]'), "bad-value"),
        (correct("amounts", '[{"text": "1", "value": 1, "unit": "USD", "qualifier": "exact"}]'), "bad-value"),
        (correct("effect", "null", "CLAIM"), "bad-value"),
        (correct("countries", '["Iraq"]'), "bad-value"),
        (correct("countries", '["IQ", "ZZ"]', "CLAIM"), "bad-value"),
        (add(value='{"countries": ["Iraq"]}'), "bad-value"),
        (correct("deadline", '"soon"'), "bad-date"),
        (correct("deadline", '"2026-13"'), "bad-date"),
        (correct("stated", '"yesterday"'), "bad-date"),
        (correct("happened", '"2026-02-30"', "CLAIM"), "bad-date"),
        (correct("action", '"open a school"'), "not-in-quote"),
        (correct("action", '" "'), "not-in-quote"),
        (correct("countries", '["SY"]', "PROMISE"), "several-mentions"),
        (Request(kind="link", target="PROMISE", others=("AGAIN",)), "no-claim"),
        (Request(kind="link", target="PROMISE"), "no-claim"),
        (Request(kind="link", target="CLAIM", others=("CLAIM",)), "no-promise"),
        (Request(kind="unlink", target="PROMISE", others=("nothing",)), "unknown-id"),
        (Request(kind="link", target="PROMISE", others=("CLAIM",), value="perhaps"), "bad-value"),
        (Request(kind="dispute", target="PROMISE"), "empty-dispute"),
        (Request(kind="dispute", target="PROMISE", text=" "), "empty-dispute"),
        (Request(kind="dispute", target="CLAIM", text="No."), "no-promise"),
        (Request(kind="note", target="PROMISE"), "empty-note"),
        (Request(kind="add", document="nothing", start=0, end=3), "unknown-document"),
        (Request(kind="add", start=0, end=3), "unknown-document"),
        (add(0, 10**6), "bad-range"),
        (add(-1, 3), "bad-range"),
        (add(3, 3), "bad-range"),
        (add(None, None), "bad-range"),
        (add(value='{"kin": 1}'), "unknown-field"),
        (add(value='{"confidence": 1}'), "unknown-field"),
        (add(value='{"kind": "gift"}'), "bad-value"),
        (add(value="[]"), "bad-value"),
        (add(value="{"), "bad-value"),
        (add(value='{"deadline": "soon"}'), "bad-date"),
        (add(value='{"amounts": [{"text": "x", "value": "x", "unit": "USD", "qualifier": "exact"}]}'), "bad-value"),
        (add(value='{"action": "open a school"}'), "not-in-quote"),
        (add(field="statement"), "unknown-field"),
        (add(field="claim", value="{}"), "bad-value"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{value.kind} {value.field or ''} {value.value or ''}"[:40],
)
def test_what_cannot_be_decided_is_told_and_not_written(filled: Book, request_: Request, rule: str) -> None:
    before = groups_of(filled)
    asked = msgspec.structs.replace(ids_in(request_), where="decisions.csv", line=7)
    done = say(filled, asked)
    (problem,) = done.problems
    assert (problem.rule, problem.severity, problem.where, problem.line) == (rule, "error", "decisions.csv", 7)
    assert problem.todo
    assert (done.written, done.unchanged, log_of(filled, "decision"), groups_of(filled)) == (0, 0, [], before)


def test_what_can_be_decided_is_written_beside_what_cannot(book: Book) -> None:
    put(book, promised())
    one = commitment_id(promised())
    done = say(book, Request(kind="accept", target="nothing"), Request(kind="accept", target=one), Request(kind="note", target=one))
    assert (done.written, rules(done)) == (1, ["unknown-id", "empty-note"])
    assert stand(book)[0].promise.mentions[0].review == "accepted"


def test_a_decision_tells_who_when_and_about_which_words(book: Book) -> None:
    put(book, promised())
    one = promised().reading.commitments[0]
    say(book, Request(kind="accept", target=one.id, comment="checked", time="2026-02-03T04:05:06Z", author="A. Coder"))
    (made,) = decisions_of(book)
    assert (made.kind, made.author, made.time, made.comment) == ("accept", "A. Coder", "2026-02-03T04:05:06Z", "checked")
    start = one.start + one.quote.index(one.action)
    assert made.target == Anchor(
        of="commitment",
        id=one.id,
        sha256=promised().reading.document.sha256,
        start=one.start,
        end=one.end,
        quote=one.quote,
        action_start=start,
        action_end=start + len(one.action),
    )
    assert log_of(book, "decision")[0].author == "A. Coder"


def test_accepted_after_it_was_rejected_and_the_other_way_round(book: Book) -> None:
    put(book, promised(), told_later())
    one, other = commitment_id(promised()), commitment_id(told_later())
    for kind, what, left in (("reject", "rejected", {other: f"p-{other}"}), ("accept", "commitment", {one: f"p-{one}", other: f"p-{one}"})):
        assert say(book, Request(kind=kind, target=one)).written == 1  # type: ignore[arg-type] # one of the kinds
        now = found(book, one)
        assert now is not None
        assert (now.what, groups_of(book)) == (what, left)
    assert {mention.review for mention in stand(book)[0].promise.mentions} == {"accepted", "machine-read"}


def test_a_rejected_claim_is_no_evidence_until_it_is_accepted(book: Book) -> None:
    put(book, promised(), reported())
    claim = claim_id(reported())
    assert len(stand(book)[0].evidence) == 1
    say(book, Request(kind="reject", target=claim))
    assert stand(book)[0].evidence == ()
    say(book, Request(kind="accept", target=claim))
    assert len(stand(book)[0].evidence) == 1


def test_a_corrected_claim_counts_as_corrected(book: Book) -> None:
    put(book, promised(), reported())
    say(book, correct("effect", '"not-done"', claim_id(reported())), correct("happened", '"2024-10"', claim_id(reported())))
    (evidence,) = stand(book)[0].evidence
    assert (evidence.effect, evidence.direction, evidence.happened) == ("not-done", "contradicts", "2024-10")


def test_corrections_keep_the_machines_reading_beside_them(book: Book) -> None:
    put(book, promised())
    one = commitment_id(promised())
    say(book, correct("countries", '["SY"]', one), correct("deadline", "null", one), correct("kind", '"military"', one))
    (mention,) = stand(book)[0].promise.mentions
    assert (mention.commitment.countries, mention.commitment.deadline, mention.commitment.kind) == (("SY",), None, "military")
    assert mention.review == "corrected"
    assert mention.machine == promised().reading.commitments[0]
    say(book, correct("countries", '["LB"]', one))
    assert stand(book)[0].promise.lead.countries == ("LB",)  # of two about one field the later counts


def test_a_correction_changes_which_promise_it_mentions(book: Book) -> None:
    other = document({**CLEAR, "actors": ["Sylvania"]}, title="Again", published=day(30))
    put(book, promised(), other)
    assert len(set(groups_of(book).values())) == 2
    say(book, correct("actors", '["Freedonia"]', commitment_id(other)))
    assert len(set(groups_of(book).values())) == 1
    say(book, correct("negated", "true", commitment_id(other)))
    assert len(set(groups_of(book).values())) == 2


def test_a_correction_after_a_rejection_takes_it_back(book: Book) -> None:
    put(book, promised())
    one = commitment_id(promised())
    say(book, Request(kind="reject", target=one), correct("countries", '["SY"]', one))
    assert stand(book)[0].promise.lead.countries == ("SY",)


def test_promises_merged_and_split_again(book: Book) -> None:
    put(book, promised(), PAGE)
    one, other = commitment_id(promised()), commitment_id(PAGE)
    assert say(book, Request(kind="merge", target=f"p-{other}", others=(f"p-{one}",), comment="one plan")).problems == ()
    assert groups_of(book)[other] == groups_of(book)[one] == f"p-{one}"
    promise = next(standing.promise for standing in stand(book) if standing.promise.id == f"p-{one}")
    assert promise.joined == (f"{other} with {one}: joined by a person",)
    assert any("one plan" in note for note in promise.notes)
    assert say(book, Request(kind="split", target=other, others=(one,))).problems == ()
    assert groups_of(book)[other] == f"p-{other}"
    assert say(book, Request(kind="merge", target=other, others=(one,))).problems == ()
    assert groups_of(book)[other] == f"p-{one}"


def test_a_merge_takes_along_all_mentions_of_both_promises(book: Book) -> None:
    again = document(WELLS, title="Wells again", published=day(40))
    put(book, promised(), told_later(), PAGE, again)
    say(book, Request(kind="merge", target=f"p-{commitment_id(promised())}", others=(f"p-{commitment_id(PAGE)}",)))
    one = f"p-{commitment_id(promised())}"
    assert groups_of(book) == {
        **dict.fromkeys(map(commitment_id, (promised(), told_later(), PAGE, again)), one),
        commitment_id(PAGE, 1): f"p-{commitment_id(PAGE, 1)}",
    }
    third = document(WELLS, title="Wells a third time", published=day(50))
    put(book, third)
    assert groups_of(book)[commitment_id(third)] == one


def test_a_mention_split_off_without_others_is_set_apart_from_all(book: Book) -> None:
    third = document(CLEAR, title="A third time", published=day(60))
    put(book, promised(), told_later(), third)
    one = commitment_id(told_later())
    say(book, Request(kind="split", target=one))
    assert groups_of(book) == {
        commitment_id(promised()): f"p-{commitment_id(promised())}",
        commitment_id(third): f"p-{commitment_id(promised())}",
        one: f"p-{one}",
    }


def test_several_promises_are_merged_in_one_decision(book: Book) -> None:
    put(book, promised(), PAGE)
    wells, harbour = commitment_id(PAGE), commitment_id(PAGE, 1)
    say(book, Request(kind="merge", target=commitment_id(promised()), others=(wells, harbour)))
    assert len(set(groups_of(book).values())) == 1


def test_what_the_machine_missed_is_added_by_its_words(book: Book) -> None:
    text = "The minister said that wells would be dug in Chad."
    page = document(title=text, published=day(0))
    put(book, page)
    start, end = text.index("wells"), text.index(".")
    fields = '{"actors": ["Sylvania"], "action": "wells would be dug", "countries": ["TD"], "deadline": "../2026"}'
    asked = Request(kind="add", document=page.reading.document.id, start=start, end=end, value=fields)
    assert say(book, asked).problems == ()
    (one,) = stand(book)
    (mention,) = one.promise.mentions
    assert (mention.commitment.quote, mention.commitment.action) == (text[start:end], "wells would be dug")
    assert (mention.commitment.actors, mention.commitment.deadline, mention.review) == (("Sylvania",), "../2026", "added")
    assert (mention.machine, mention.known, mention.commitment.because) == (None, day(0), ("added by coder",))
    assert one.promise.id == f"p-{mention.commitment.id}"
    # It is as any other: it can be corrected, rejected and taken back.
    say(book, correct("countries", '["LY"]', mention.commitment.id))
    assert (stand(book)[0].promise.lead.countries, stand(book)[0].promise.mentions[0].review) == (("LY",), "added")
    say(book, Request(kind="reject", target=mention.commitment.id))
    assert stand(book) == []
    now = found(book, mention.commitment.id)
    assert now is not None
    assert now.what == "rejected"
    say(book, Request(kind="accept", target=mention.commitment.id))
    assert stand(book)[0].promise.lead.countries == ("LY",)


def test_a_claim_added_by_hand_is_evidence(book: Book) -> None:
    text = "Inspectors: Freedonia cleared the northern minefields in Iraq."
    page = document(title=text, published=day(300), outlet="Reuters")
    put(book, promised(), page)
    fields = '{"actors": ["Freedonia"], "effect": "completed", "countries": ["IQ"], "action": "cleared the northern minefields in Iraq"}'
    asked = Request(kind="add", field="claim", document=page.reading.document.sha256, start=12, end=len(text) - 1, value=fields)
    assert say(book, asked).problems == ()
    (evidence,) = stand(book)[0].evidence
    assert (evidence.effect, evidence.quote, evidence.known) == ("completed", text[12:-1], day(300))
    assert build(book, promised(), page).problems == ()
    assert stand(book)[0].evidence == (evidence,)


@pytest.mark.parametrize("claim", [False, True], ids=["commitment", "claim"])
def test_what_was_added_and_is_read_by_the_machine_later_has_one_id(book: Book, claim: bool) -> None:
    whole = reported() if claim else promised()
    read = whole.reading.claims[0] if claim else whole.reading.commitments[0]
    unread = msgspec.structs.replace(whole, reading=msgspec.structs.replace(whole.reading, commitments=(), claims=()))
    put(book, unread)
    fields = {"action": read.action, "actors": ["Freedonia"], **({"effect": "completed"} if claim else {})}
    asked = Request(
        kind="add",
        field="claim" if claim else "commitment",
        document=whole.reading.document.id,
        start=read.start,
        end=read.end,
        value=msgspec.json.encode(fields).decode(),
    )
    assert say(book, asked).problems == ()
    now = found(book, read.id)
    assert now is not None
    assert now.what == ("claim" if claim else "commitment")
    done = build(book, whole, extractor="better")
    assert (done.changed, done.problems) == (1, ())
    now = found(book, read.id)
    assert now is not None
    assert now.what == ("claim" if claim else "commitment")
    if not claim:
        (mention,) = stand(book)[0].promise.mentions
        assert (mention.review, mention.machine, mention.commitment.deadline) == ("added", read, None)


def test_a_dispute_makes_the_verdict_contested_from_its_day_on(book: Book) -> None:
    put(book, promised(), told_later())
    dispute = Request(
        kind="dispute", target=f"p-{commitment_id(promised())}", text="Two fields were left.", who="A village", link="https://v.example"
    )
    assert say(book, dispute, Request(kind="dispute", target=commitment_id(told_later()), text="I was there.")).written == 2
    (after,) = stand(book, datetime.date(2026, 6, 1))
    assert "contested" in after.assessment.flags
    assert {"A village", "coder"} <= set(after.assessment.contested_by)
    village = next(one for one in after.promise.disputes if one.who == "A village")
    assert (village.text, village.link, village.author, village.time) == ("Two fields were left.", "https://v.example", "coder", RECORDED)
    assert "contested" not in stand(book, datetime.date(2025, 12, 31))[0].assessment.flags
    assert "contested" in stand(book, datetime.date(2026, 1, 1))[0].assessment.flags


def test_a_note_and_every_comment_are_kept_with_the_promise(book: Book) -> None:
    put(book, promised())
    one = commitment_id(promised())
    say(book, Request(kind="note", target=f"p-{one}", comment="seen"), Request(kind="note", target=one, comment="and again"))
    assert stand(book)[0].promise.notes == (f"coder, {RECORDED}: seen", f"coder, {RECORDED}: and again")


GIVEN = (
    Request(kind="accept", target="COMMITMENT"),
    Request(kind="note", target="PROMISE", comment="seen"),
    Request(kind="dispute", target="PROMISE", text="No."),
    Request(kind="link", target="PROMISE", others=("CLAIM",), value="supports"),
    Request(kind="correct", target="OTHER", field="countries", value='["LY"]'),
    Request(kind="merge", target="PROMISE", others=("OTHER",)),
    Request(kind="split", target="AGAIN", others=("COMMITMENT",)),
    Request(kind="reject", target="AGAIN"),
    add(0, 7, '{"actors": ["Sylvania"]}'),
)


def test_what_was_said_already_is_not_written_twice(book: Book) -> None:
    put(book, promised(), told_later(), reported(), PAGE)
    for request_ in map(ids_in, GIVEN):
        first = say(book, request_)
        assert (first.written, first.problems) == (1, ()), request_
        again = say(book, request_)
        assert (again.written, again.unchanged, again.problems) == (0, 1, ()), request_


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (Request(kind="note", target="PROMISE", comment="seen"), Request(kind="note", target="PROMISE", comment="seen twice")),
        (Request(kind="accept", target="COMMITMENT"), Request(kind="accept", target="COMMITMENT", comment="checked")),
        (
            Request(kind="link", target="PROMISE", others=("CLAIM",), value="supports"),
            Request(kind="link", target="PROMISE", others=("CLAIM",), value="contradicts"),
        ),
        (Request(kind="dispute", target="PROMISE", text="No."), Request(kind="dispute", target="PROMISE", text="No.", who="A village")),
    ],
    ids=["another comment", "a comment", "another direction", "another party"],
)
def test_what_says_a_little_more_is_written(book: Book, first: Request, other: Request) -> None:
    put(book, promised(), told_later(), reported())
    assert say(book, ids_in(first), ids_in(other)).written == 2


def test_a_link_said_again_after_it_was_undone_by_another_mention_is_written(book: Book) -> None:
    put(book, told_later(), reported())
    claim, later, earlier = claim_id(reported()), commitment_id(told_later()), commitment_id(promised())
    say(book, Request(kind="link", target=later, others=(claim,)))
    put(book, promised())  # now the first mention, to which what is said of the promise is tied
    say(book, Request(kind="unlink", target=f"p-{earlier}", others=(claim,)))
    assert stand(book)[0].evidence == ()
    again = say(book, Request(kind="link", target=later, others=(claim,)))
    assert (again.written, again.unchanged) == (1, 0)
    assert [one.decided for one in stand(book)[0].evidence] == ["coder"]


def test_an_exported_decision_given_back_is_not_doubled(book: Book) -> None:
    put(book, promised(), told_later(), reported(), PAGE)
    assert say(book, *map(ids_in, GIVEN)).problems == ()
    before = decisions_of(book)
    again = say(book, *exported(book))
    assert (again.written, again.unchanged, again.problems) == (0, len(GIVEN), ())
    assert decisions_of(book) == before


def test_a_decision_that_the_log_holds_twice_is_given_back_twice(book: Book) -> None:
    put(book, promised())
    one = commitment_id(promised())
    for kind in ("accept", "reject", "accept"):
        say(book, Request(kind=kind, target=one))
    given = exported(book)
    again = say(book, *given)
    assert (again.written, again.unchanged) == (0, 3)
    assert say(book, *given, given[0]).written == 1


@pytest.mark.parametrize("read", ["other ranges", "nothing"])
def test_an_exported_decision_is_not_doubled_after_its_words_are_read_otherwise(book: Book, read: str) -> None:
    put(book, promised())
    say(book, correct("countries", '["SY"]', commitment_id(promised())))
    given = exported(book)
    other = document(
        *([{**CLEAR, "action": "clear the northern minefields in Iraq"}] if read == "other ranges" else []),
        title="Release",
        published=day(0),
        outlet="Ministry of works",
    )
    same_bytes = msgspec.structs.replace(
        promised(), reading=msgspec.structs.replace(promised().reading, commitments=other.reading.commitments)
    )
    build(book, same_bytes)
    again = say(book, *given)
    assert (again.written, again.unchanged, again.problems) == (0, 1, ())


def test_exported_decisions_make_another_book_of_the_same_documents_stand_the_same(book: Book) -> None:
    documents = (promised(), told_later(), reported(), PAGE)
    put(book, *documents)
    say(book, *map(ids_in, GIVEN))
    with init_book(place_of(str(book.place.folder / "other"), ""), "other", author="test", recorded=RECORDED) as other:
        put(other, *reversed(documents))
        done = decide(other, exported(book), author="somebody else", recorded="2026-07-07T00:00:00Z")
        assert (done.written, done.problems) == (len(GIVEN), ())
        assert decisions_of(other) == decisions_of(book)
        assert stand(other) == stand(book)


def whole(**changed: object) -> Decision:
    """A decision that adds the first words of PAGE, with some of it changed."""
    target = Anchor(
        of="commitment", id="", sha256=PAGE.reading.document.sha256, start=0, end=6, quote="A page", action_start=0, action_end=6
    )
    named = msgspec.structs.replace(target, id=content_id("commitment", target.sha256, 0, 6, 0, 6))
    made = Decision(kind="add", target=named, value="{}", author="A. Coder", time=RECORDED)
    anchor = {name: value for name, value in changed.items() if name in {"quote", "start", "end", "id", "action_end"}}
    others = {name: value for name, value in changed.items() if name not in anchor}
    return msgspec.structs.replace(made, target=msgspec.structs.replace(made.target, **anchor), **others)


@pytest.mark.parametrize(
    ("made", "rule"),
    [
        (whole(quote="Forged"), "bad-anchor"),
        (whole(id="f" * 16), "bad-anchor"),
        (whole(start=-6), "bad-anchor"),
        (whole(end=10**6), "bad-anchor"),
        (whole(action_end=None), "bad-anchor"),
        (whole(value='{"kind": "gift"}'), "bad-value"),
        (whole(value='{"kin": 1}'), "unknown-field"),
        (whole(value="{"), "bad-value"),
        (whole(kind="correct", field="deadline", value='"soon"'), "bad-date"),
        (whole(kind="correct", field="deadline", value="soon"), "bad-value"),
        (whole(kind="correct", field="confidence", value="1"), "unknown-field"),
        (whole(kind="correct"), "unknown-field"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_exported_decision_that_was_forged_is_told(filled: Book, made: Decision, rule: str) -> None:
    done = say(filled, Request(kind=made.kind, whole=made))
    assert (done.written, rules(done)) == (0, [rule])
    assert list(verify(filled)) == []


def test_an_exported_decision_about_a_document_that_is_not_there_is_told(book: Book) -> None:
    assert rules(say(book, Request(kind="add", whole=whole()))) == ["unknown-document"]
    put(book, PAGE)
    assert say(book, Request(kind="add", whole=whole())).written == 1
    assert [one.author for one in decisions_of(book)] == ["A. Coder"]


def test_an_exported_decision_without_author_and_time_gets_those_of_who_gives_it(book: Book) -> None:
    put(book, PAGE)
    say(book, Request(kind="add", whole=whole(author="", time="")))
    assert [(one.author, one.time) for one in decisions_of(book)] == [("coder", RECORDED)]


def test_decisions_about_a_sum_are_part_of_what_is_compared(book: Book) -> None:
    def pledge(sum_: int, title: str, number: int) -> Addition:
        said = commitment(f"The ministry pledged ${sum_} for wells in Iraq.", f"pledged ${sum_} for wells in Iraq", amounts=dollars(sum_))
        return document({**said, "kind": "fund"}, title=title, published=day(number))

    put(book, pledge(20, "one", 0), pledge(30, "two", 1))
    assert len(set(groups_of(book).values())) == 2
    same = msgspec.json.encode(dollars(20)).decode()
    assert say(book, correct("amounts", same, commitment_id(pledge(30, "two", 1)))).problems == ()
    assert len(set(groups_of(book).values())) == 1
