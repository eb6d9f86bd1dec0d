"""What holds for any promise and any evidence."""

import datetime
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.core.assessment import Assessment, Evidence, Independence
from pledgebook.core.claim import Authority, Effect
from pledgebook.core.commitment import Amount, Kind
from pledgebook.core.promise import Promise
from pledgebook.status.assess import announced_by, assess

DAYS = [f"2025-{month:02}-{day:02}" for month in (1, 5, 6, 7, 9) for day in (1, 15, 30)]
DATES = ["../2025-06", "2025-06-15", "2025", "2025-06~", "2025-07/..", "XXXX-05", "2025-22", "2025-05-01/2025-06-20", "soon"]
ACTIONS = [
    "open a depot",
    "sign a treaty",
    "hand over the base",
    "continue to guard the bridge",
    "launch a fund",
    "provide help",
    "pay in full",
]
SUMS = [
    (),
    ("20000000 USD",),
    ("5000000 USD",),
    ("900000000 USD",),
    ("at-most 20000000 USD",),
    ("about 40 pumps",),
    ("20000000 EUR", "40 pumps"),
]
DONE = {"completed", "delivered", "begun", "formalised", "funded", "handed-over"}


def amounts(sums: tuple[str, ...]) -> tuple[Amount, ...]:
    words = [told.split(" ") for told in sums]
    return tuple(
        Amount(text=" ".join(w), value=w[-2], unit=w[-1], qualifier=w[0] if len(w) == 3 else "exact")  # type: ignore[arg-type]
        for w in words
    )


pieces: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    effect=st.sampled_from(get_args(Effect)),
    direction=st.sampled_from(["supports", "contradicts"]),
    source=st.sampled_from(["claim", "claim", "claim", "transaction", "observation"]),
    known=st.sampled_from([*DAYS, None, "bad"]),
    happened=st.sampled_from([*DAYS, *DATES, None, None]),
    moved_to=st.sampled_from([*DATES, None]),
    amounts=st.sampled_from(SUMS).map(amounts),
    authority=st.sampled_from(get_args(Authority)),
    independence=st.sampled_from(get_args(Independence)),
    hedged=st.booleans(),
    part=st.booleans(),
    decided=st.sampled_from([None, "reader"]),
    speaker=st.sampled_from([None, "a critic", "a friend"]),
    document=st.sampled_from(["d1", "d2"]),
    reasons=st.sampled_from([(), (), ("condition failed",)]),
)

fields: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    action=st.sampled_from(ACTIONS),
    kind=st.sampled_from(get_args(Kind)),
    deadline=st.sampled_from([*DATES, None]),
    deadline_role=st.sampled_from(["due", "during", "until", "not-before", "starts", None]),
    amounts=st.sampled_from(SUMS).map(amounts),
    negated=st.sampled_from([False, False, True]),
    conditional=st.sampled_from([False, False, True]),
    testable=st.sampled_from([True, True, False]),
    strength=st.sampled_from(["pledge", "intention", "aspiration"]),
    known=st.sampled_from(["2025-01-01", "2025-06-01", None]),
    review=st.sampled_from(["machine-read", "accepted"]),
)
day = st.sampled_from(DAYS).map(datetime.date.fromisoformat)


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, Any], list[dict[str, Any]], datetime.date]:
    """The fields of a promise, of its evidence, and a day on which it is announced."""
    return draw(fields), draw(st.lists(pieces, max_size=6)), datetime.date(2025, 6, 1) + datetime.timedelta(draw(st.integers(0, 200)))


def made(make: Any, case: tuple[dict[str, Any], list[dict[str, Any]], datetime.date]) -> tuple[Promise, list[Evidence], datetime.date]:
    told, found, on = case
    return make.pledge(**told), [make.evidence(**{"id": f"e{n}", **one}) for n, one in enumerate(found)], on


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_evidence_does_not_matter(make: Any, case: Any, shuffle: Any) -> None:
    promise, found, on = made(make, case)
    other = list(found)
    shuffle.shuffle(other)
    assert assess(promise, found, on) == assess(promise, other, on)


@given(cases())
def test_what_is_known_later_changes_nothing(make: Any, case: Any) -> None:
    promise, found, on = made(make, case)
    by_then = [one for one in found if one.known in {None, "bad"} or str(one.known) <= on.isoformat()]
    later = [make.evidence(id=f"later-{effect}", effect=effect, known="2030-01-01") for effect in get_args(Effect)]
    assert assess(promise, [*later, *found], on) == assess(promise, by_then, on)


@given(cases())
def test_mentions_changes_and_disputes_of_later_change_nothing(make: Any, case: Any) -> None:
    promise, found, on = made(make, case)
    after = make.mention("2030-01-01", id="later", deadline="2031", sums=("7 USD",), review="machine-read")
    history = (*promise.history, make.revision("2030-01-01", "later", "deadline", "2025", "2031"), make.withdrawal("2030-01-02"))
    longer = msgspec.structs.replace(
        promise, mentions=(*promise.mentions, after), history=history, disputes=(make.dispute(time="2030-01-01T00:00:00Z"),)
    )
    assert assess(longer, found, on) == assess(promise, found, on)


@given(cases())
def test_undated_evidence_weighs_nothing(make: Any, case: Any) -> None:
    promise, found, on = made(make, case)
    dated = [one for one in found if one.known not in {None, "bad"}]
    assert bare(assess(promise, found, on)) == bare(assess(promise, dated, on))


def bare(said: Assessment) -> Assessment:
    """Without the reason chain, which tells also what does not count."""
    return msgspec.structs.replace(said, reasons=())


@given(cases())
def test_none_is_not_kept_without_evidence_against(make: Any, case: Any) -> None:
    promise, found, on = made(make, case)
    said = assess(promise, found, on)
    if said.verdict == "not kept":
        against = [
            one
            for one in found
            if one.direction == "contradicts"
            and not one.hedged
            and not one.part
            and str(one.known) <= on.isoformat()
            and one.effect != "slipped"
        ]
        assert against
        assert "evidence against" in said.flags
        assert set(next(r for r in said.reasons if r.rule in {"not-kept", "refusal-broken"}).rests_on) <= {one.id for one in against}
    assert assess(promise, [one for one in found if one.direction == "supports"], on).verdict != "not kept"


@given(cases())
def test_a_standing_promise_is_never_kept(make: Any, case: Any) -> None:
    promise, found, on = made(make, case)
    said = assess(promise, found, on)
    if said.testability.form == "standing":
        assert said.verdict not in {"kept", "kept late", "partly kept"}
        assert said.stage != "delivered"
        assert said.verdict not in {"holds", "breached"} or any(one.source == "observation" for one in found)
    else:
        assert said.verdict not in {"holds", "breached"}


@given(cases(), st.sampled_from(["2025-01-01", "2025-06-01", "2025-06-02"]))
def test_telling_it_again_changes_nothing(make: Any, case: Any, again_on: str) -> None:
    told, found, on = case
    promise, evidence, on = made(make, (told, found, on))
    again = make.mention(
        again_on, **{**{k: v for k, v in told.items() if k not in {"known", "review"}}, "id": "again"}, review="machine-read"
    )
    longer = msgspec.structs.replace(
        promise, mentions=(*promise.mentions, again), history=(*promise.history, make.restatement(again_on, "again"))
    )
    assert bare(assess(longer, evidence, on)) == bare(assess(promise, evidence, on))


@given(cases())
def test_nothing_is_late_before_the_last_day_that_the_due_date_can_mean(make: Any, case: Any) -> None:
    promise, found, on = made(make, case)
    time = assess(promise, found, on).time
    if time.state == "overdue":
        assert time.due is not None
        assert time.days_late is not None
        assert time.days_late > 0
    if time.state == "kept late":
        assert time.days_late is not None
        assert time.days_late_at_most is not None
        assert 0 < time.days_late <= time.days_late_at_most


@given(cases())
def test_only_the_promisers_word_is_always_provisional(make: Any, case: Any) -> None:
    promise, found, on = made(make, case)
    own = [msgspec.structs.replace(one, independence="promiser") for one in found]
    said = assess(promise, own, on)
    if said.verdict in {"kept", "kept late", "partly kept"}:
        assert "provisional" in said.flags


@given(cases())
def test_the_same_bytes_each_time_and_nothing_is_changed(make: Any, case: Any) -> None:
    promise, found, on = made(make, case)
    before = msgspec.json.encode((promise, found))
    first = msgspec.json.encode(assess(promise, found, on))
    assert msgspec.json.encode(assess(promise, found, on)) == first
    assert msgspec.json.encode((promise, found)) == before
    assert msgspec.json.encode(msgspec.json.decode(first, type=Assessment)) == first


@given(cases())
def test_the_answer_reads_as_one_sentence_and_names_only_rules_and_ids_that_exist(make: Any, case: Any) -> None:
    promise, found, on = made(make, case)
    said = assess(promise, found, on)
    assert said.summary[0].isupper()
    assert said.summary.endswith(".")
    assert "None" not in said.summary
    ids = {one.id for one in found} | {one.commitment.id for one in promise.mentions}
    assert {one for reason in said.reasons for one in reason.rests_on} <= ids
    assert all("None" not in reason.text for reason in said.reasons)


@given(fields, day)
def test_it_is_announced_or_there_is_no_assessment(make: Any, told: dict[str, Any], on: datetime.date) -> None:
    promise = make.pledge(**told)
    if announced_by(promise, on):
        assert assess(promise, [], on).as_of == on.isoformat()
    else:
        with pytest.raises(ValueError, match="was not announced"):
            assess(promise, [], on)
