"""What bears on a promise in a book: what never does, for or against, what people tie or untie, and in any order the same."""

import datetime
from itertools import pairwise

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.book.acts import (
    CLEAR,
    CLEARED,
    WELLS,
    build,
    claim_id,
    commitment_id,
    promised,
    put,
    reported,
    say,
    stand,
    told_later,
)
from tests.support.made import RECORDED, commitment, day, document

from pledgebook.book.adding import Addition
from pledgebook.book.database import reading
from pledgebook.book.deciding import Request
from pledgebook.book.evidences import load_evidence
from pledgebook.book.opening import Book, init_book
from pledgebook.book.place import place_of
from pledgebook.book.promises import load_promises
from pledgebook.core.assessment import Evidence
from pledgebook.core.identity import content_id


def report(number: int = 300, title: str = "Report", **fields: object) -> Addition:
    return document(claims=({**CLEARED, **fields},), title=title, published=day(number), outlet="Reuters")


def told(quote: str, action: str, **fields: object) -> dict[str, object]:
    return {"quote": quote, "action": action, **fields}


def evidence_for(book: Book, one: Addition) -> tuple[Evidence, ...]:
    return next(standing.evidence for standing in stand(book) if commitment_id(one) in standing.promise.id)


def test_a_report_bears_on_the_promise_with_its_words_and_reasons(book: Book) -> None:
    put(book, promised(), reported())
    (one,) = evidence_for(book, promised())
    assert (one.effect, one.direction, one.source, one.decided) == ("completed", "supports", "claim", None)
    assert (one.quote, one.known, one.outlet, one.speaker) == (CLEARED["quote"], day(300), "Reuters", "inspectors")
    assert one.document == reported().reading.document.id
    assert one.id == content_id("evidence", claim_id(reported()), commitment_id(promised()))
    assert one.reasons[0] == "effect: completed"
    assert any(reason.startswith("same actor +") for reason in one.reasons)
    assert stand(book)[0].assessment.verdict == "kept"
    assert stand(book, datetime.date(2024, 6, 1))[0].evidence == ()


def test_telling_the_promise_again_is_no_evidence(book: Book) -> None:
    put(book, promised(), told_later())
    assert evidence_for(book, promised()) == ()


@pytest.mark.parametrize(
    "claim",
    [
        document(claims=(CLEARED,), title="Too early", published=day(-1)),
        report(actors=["Sylvania"]),
        report(countries=["SY"], quote="Freedonia cleared the northern minefields in Syria.", action="cleared the northern minefields in Syria"),
        report(quote="Freedonia signed an agreement on trade in Iraq.", action="signed an agreement on trade in Iraq"),
        report(quote="Freedonia opened an embassy in Iraq.", action="opened an embassy in Iraq"),
    ],
    ids=["told before the promise", "another actor", "another country", "another kind of thing", "another act"],
)  # fmt: skip
def test_what_never_bears_on_it(book: Book, claim: Addition) -> None:
    put(book, promised(), claim)
    assert evidence_for(book, promised()) == ()


def test_a_claim_in_the_promises_own_document_never_counts(book: Book) -> None:
    put(book, document(CLEAR, claims=(CLEARED,), title="Both", published=day(0)))
    assert stand(book)[0].evidence == ()


def test_another_phase_never_bears(book: Book) -> None:
    first = commitment("In the first phase Freedonia will clear the northern minefields.", "clear the northern minefields")
    put(book, document(first, title="Release", published=day(0)))
    phase = "In the second phase Freedonia cleared the northern minefields."
    put(book, report(quote=phase, action="cleared the northern minefields", countries=[]))
    assert stand(book)[0].evidence == ()
    phase = "The first phase: Freedonia cleared the northern minefields."
    put(book, report(quote=phase, action="cleared the northern minefields", countries=[], title="Other"))
    assert len(stand(book)[0].evidence) == 1


END = commitment("Freedonia will end the border patrol mission in Chad.", "end the border patrol mission in Chad", countries=["TD"])
KEEP = commitment(
    "Freedonia will maintain the border patrol mission in Chad.", "maintain the border patrol mission in Chad", countries=["TD"]
)
REFUSE = commitment("Freedonia will not send soldiers to Chad.", "send soldiers to Chad", countries=["TD"], negated=True)


@pytest.mark.parametrize(
    ("promise", "said", "expected"),
    [
        (END, told("Freedonia ended the border patrol mission in Chad.", "ended the border patrol mission in Chad"), ("completed", "supports")),
        (
            END,
            told("The border patrol mission in Chad was ended by Freedonia.", "border patrol mission in Chad was ended", effect="cancelled"),
            ("completed", "supports"),
        ),
        (
            END,
            told("Freedonia’s border patrol mission in Chad is still there.", "border patrol mission in Chad is still there", effect="remains"),
            ("remains", "contradicts"),
        ),
        (
            END,
            told("Freedonia has not ended the border patrol mission in Chad.", "has not ended the border patrol mission", effect="not-done"),
            ("not-done", "contradicts"),
        ),
        (
            KEEP,
            told("Freedonia’s border patrol mission in Chad remains.", "border patrol mission in Chad remains", effect="remains"),
            ("begun", "supports"),
        ),
        (REFUSE, told("Freedonia sent soldiers to Chad.", "sent soldiers to Chad"), ("completed", "contradicts")),
        (
            REFUSE,
            told("Freedonia did not send soldiers to Chad.", "did not send soldiers to Chad", effect="not-done"),
            ("not-done", "supports"),
        ),
    ],
    ids=["ended", "what was to end was cancelled", "remains", "not ended", "what was to be kept remains", "refused and done", "refused and not done"],
)  # fmt: skip
def test_for_or_against(book: Book, promise: dict[str, object], said: dict[str, object], expected: tuple[str, str]) -> None:
    put(book, document(promise, title="Release", published=day(0)))
    put(book, document(claims=({**said, "countries": ["TD"]},), title="Report", published=day(200), outlet="Reuters"))
    assert [(one.effect, one.direction) for one in stand(book)[0].evidence] == [expected]


def test_a_claim_counts_once_for_a_promise_of_many_mentions(book: Book) -> None:
    put(book, promised(), told_later(), reported())
    (one,) = stand(book)
    assert len(one.promise.mentions) == 2
    assert len(one.evidence) == 1


def test_one_claim_may_bear_on_two_promises(book: Book) -> None:
    other = document({**CLEAR, "kind": "military"}, title="Other", published=day(10))
    put(book, promised(), other, reported())
    say(book, Request(kind="split", target=commitment_id(other), others=(commitment_id(promised()),)))
    assert [len(one.evidence) for one in stand(book)] == [1, 1]
    assert len({found.id for one in stand(book) for found in one.evidence}) == 2


def test_a_person_unties_and_ties(book: Book) -> None:
    put(book, promised(), reported())
    promise, claim = f"p-{commitment_id(promised())}", claim_id(reported())
    say(book, Request(kind="unlink", target=promise, others=(claim,)))
    assert stand(book)[0].evidence == ()
    say(book, Request(kind="link", target=promise, others=(claim,)))
    (one,) = stand(book)[0].evidence
    assert (one.direction, one.effect, one.decided, one.score, one.reasons[0]) == ("supports", "completed", "coder", 1.0, "linked by coder")


@pytest.mark.parametrize(
    ("effect", "value", "expected"),
    [
        ("completed", "contradicts", ("not-done", "contradicts")),
        ("completed", "supports", ("completed", "supports")),
        ("slipped", "supports", ("completed", "supports")),
        ("slipped", "contradicts", ("slipped", "contradicts")),
        ("remains", None, ("remains", "contradicts")),
    ],
)
def test_a_link_by_a_person_says_in_which_direction(book: Book, effect: str, value: str | None, expected: tuple[str, str]) -> None:
    put(book, promised(), report(effect=effect))
    say(book, Request(kind="link", target=f"p-{commitment_id(promised())}", others=(claim_id(report(effect=effect)),), value=value))
    (one,) = stand(book)[0].evidence
    assert (one.effect, one.direction, one.decided) == (*expected, "coder")


def test_a_person_may_tie_what_the_machine_never_would(book: Book) -> None:
    early = document(claims=({**CLEARED, "actors": ["Sylvania"]},), title="Early", published=day(-5))
    put(book, promised(), early)
    assert stand(book)[0].evidence == ()
    say(book, Request(kind="link", target=commitment_id(promised()), others=(claim_id(early),), value="supports"))
    assert [one.decided for one in stand(book)[0].evidence] == ["coder"]


def test_an_untied_claim_stays_untied_for_every_mention_of_the_promise(book: Book) -> None:
    put(book, told_later(), reported())
    say(book, Request(kind="unlink", target=f"p-{commitment_id(told_later())}", others=(claim_id(reported()),)))
    put(book, promised())
    (one,) = stand(book)
    assert (len(one.promise.mentions), one.evidence) == (2, ())


def test_of_two_links_by_different_mentions_the_later_wins(book: Book) -> None:
    put(book, promised(), told_later(), reported())
    first, second, claim = commitment_id(promised()), commitment_id(told_later()), claim_id(reported())
    for target, kind in ((first, "link"), (second, "unlink"), (first, "link"), (second, "unlink")):
        say(book, Request(kind=kind, target=target, others=(claim,)))  # type: ignore[arg-type] # one of the kinds
        assert len(stand(book)[0].evidence) == (kind == "link")


def test_a_rejected_mention_takes_its_evidence_along(book: Book) -> None:
    put(book, promised(), reported(), document(WELLS, title="Wells", published=day(4)))
    say(book, Request(kind="reject", target=commitment_id(promised())))
    assert [one.evidence for one in stand(book)] == [()]


def test_evidence_stands_in_order_of_the_day_from_which_it_is_known(book: Book) -> None:
    undated = document(claims=(CLEARED,), title="Undated", outlet="Reuters")
    put(book, promised(), report(300), undated, report(200, title="First"), report(250, title="Second"))
    assert [one.known for one in stand(book)[0].evidence] == [day(200), day(250), day(300), None]


def test_the_evidence_of_one_promise_is_what_it_is_among_all(book: Book) -> None:
    put(book, promised(), reported(), report(301, title="Other"), document(WELLS, title="Wells", published=day(4)))
    with reading(book.engine) as connection:
        promises = load_promises(connection, reasons=False)
        everything = load_evidence(connection, promises, everything=True)
        assert len(everything[f"p-{commitment_id(promised())}"]) == 2
        for one in promises:
            assert load_evidence(connection, [one], everything=False).get(one.id) == everything.get(one.id)


#: Documents that tell of the same few things: promises, reports, denials, other places and actors.
SHELF = (
    promised(),
    told_later(),
    document({**CLEAR, "negated": True}, title="No", published=day(40)),
    document(WELLS, title="Wells", published=day(4)),
    reported(),
    report(320, title="Denial", effect="not-done", quote="Freedonia cleared no northern minefields in Iraq.", action="cleared no northern minefields in Iraq"),
    report(100, title="Elsewhere", countries=["SY"]),
    report(-3, title="Before"),
    document(CLEAR, claims=(CLEARED,), title="Both", published=day(50)),
    document(claims=(CLEARED,), title="Undated"),
)  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=st.permutations(range(len(SHELF))), cuts=st.sets(st.integers(1, len(SHELF) - 1), max_size=3), crowd=st.sampled_from([2, 100]))
def test_in_any_order_one_by_one_or_at_once_the_same_bears_on_the_same(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], cuts: set[int], crowd: int
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pledgebook.book.index.CROWD", crowd)
        stood = []
        for batches in ([list(range(len(SHELF)))], _cut(order, cuts)):
            place = place_of(str(tmp_path_factory.mktemp("order") / "book"), "")
            with init_book(place, "tests", author="test", recorded=RECORDED) as book:
                for batch in batches:
                    put(book, *(SHELF[one] for one in batch))
                stood.append(stand(book))
                assert build(book, *SHELF).changed == 0
                stood.append(stand(book))
    assert stood[0] == stood[1] == stood[2] == stood[3]
    assert crowd == 2 or any(one.evidence for one in stood[0])


def _cut(order: list[int], cuts: set[int]) -> list[list[int]]:
    ends = [0, *sorted(cuts), len(order)]
    return [order[start:end] for start, end in pairwise(ends)]


def test_a_claim_that_is_no_longer_read_no_longer_bears(book: Book) -> None:
    put(book, promised(), reported())
    nothing = msgspec.structs.replace(reported(), reading=msgspec.structs.replace(reported().reading, claims=()))
    build(book, promised(), nothing)
    assert stand(book)[0].evidence == ()
