"""Two mentions held side by side: each thing that keeps them apart, what is a revision, and that no order matters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.joining.made import ACTION, GIVES, QUOTE, feature

from pledgebook.joining.compare import THRESHOLD, compare, reasons, signs_of, weights

Fields = dict[str, object]
GIVE: Fields = {"quote": GIVES, "action": "give $20 million for wells in Chad", "kind": "fund", "amounts": [("20000000", "USD")]}


def gives(sum_: str, *, quote: str = GIVES, qualifier: str = "exact", **more: object) -> Fields:
    return {**GIVE, "quote": quote, "amounts": [(sum_, "USD", qualifier)], **more}


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ({}, {}, None),
        ({"negated": True}, {}, "one is a refusal"),
        ({"negated": True}, {"negated": True}, None),
        ({"actors": ["Freedonia"]}, {"actors": ["Sylvania"]}, "different actors"),
        ({"actors": ["Freedonia", "Sylvania"]}, {"actors": ["Sylvania"]}, None),
        ({"actors": []}, {"actors": ["Sylvania"]}, None),
        ({"actors": ["Global Coalition to Defeat ISIS"]}, {"actors": ["Sylvania"]}, None),
        ({"part_of": "b"}, {}, "a total and its part"),
        ({}, {"part_of": "a"}, "a total and its part"),
        ({"part_of": "c"}, {"part_of": "c"}, None),
        ({"action": "clear mines", "countries": ["IQ"]}, {"action": "clear mines", "countries": ["SY"]}, "different countries"),
        ({"countries": ["IQ", "SY"]}, {"countries": ["SY"]}, None),
        ({"countries": []}, {"countries": ["SY"]}, None),
        ({"countries": ["IQ"]}, {"countries": ["SY"]}, None),  # the same words with the same name: the countries are from around
        (gives("20000000", countries=["IQ"]), gives("20000000", countries=["SY"]), "different countries"),
        ({"action": "clear mines in 2024"}, {"action": "clear mines in 2025"}, "different years"),
        ({"action": "clear mines in 2024"}, {"action": "clear mines"}, None),
        ({"quote": "The first phase: " + QUOTE}, {"quote": "The second phase: " + QUOTE}, "different phases"),
        ({"quote": "The first phase: " + QUOTE}, {"quote": "Phase one: " + QUOTE}, None),
        ({"quote": "Phase IV: " + QUOTE}, {"quote": "The fourth phase: " + QUOTE}, None),
        ({"quote": "The first phase: " + QUOTE}, {"quote": "The second tranche: " + QUOTE}, None),
        ({"quote": "The first phase: " + QUOTE}, {}, None),
        (gives("20000000"), gives("30000000"), "different sums"),
        (gives("20000000"), gives("20400000"), "different sums"),
        (gives("20000000"), gives("20400000", qualifier="about"), None),
        (gives("20000000"), gives("22000000", qualifier="about"), "different sums"),
        (gives("20000000"), {**GIVE, "amounts": []}, None),
        (gives("20000000"), {**GIVE, "amounts": [("30000000", "EUR")]}, "different sums"),
        (gives("20000000"), {**GIVE, "amounts": [("500", "doses")]}, None),
        ({**GIVE, "amounts": [("500", "doses")]}, {**GIVE, "amounts": [("600", "doses")]}, "different sums"),
        (gives("20000000"), {**GIVE, "amounts": [("30000000", "USD"), ("20000000", "USD")]}, None),
        ({"deadline": "2025", "deadline_role": "during"}, {"deadline": "2026", "deadline_role": "during"}, "different dates"),
        ({"deadline": "../2025", "deadline_role": "due"}, {"deadline": "2025-09", "deadline_role": "during"}, None),
        ({"deadline": "2025-09", "deadline_role": "due"}, {"deadline": "2025-09-30", "deadline_role": "due"}, None),
        ({"deadline": "2025-09/..", "deadline_role": "not-before"}, {"deadline": "../2025-09", "deadline_role": "due"}, "different dates"),
        ({"deadline": "../2025", "deadline_role": "due"}, {}, None),
    ],
    ids=str,
)
def test_what_keeps_two_apart(one: Fields, other: Fields, conflict: str | None) -> None:
    left, right = feature("a", **one), feature("b", known="2024-02-01", **other)
    assert compare(left, right).conflict == conflict
    assert compare(right, left) == compare(left, right)


LATER = "The date was postponed: " + QUOTE
RAISED = "The ministry is raising its pledge: it will give $30 million for wells in Chad."


@pytest.mark.parametrize(
    ("earlier", "later", "revised", "conflict"),
    [
        ({"deadline": "../2025", "deadline_role": "due"}, {"deadline": "../2026", "deadline_role": "due"}, "deadline", None),
        (
            {"deadline": "2025", "deadline_role": "during"},
            {"deadline": "2026", "deadline_role": "during", "quote": LATER},
            "deadline",
            None,
        ),
        (
            {"deadline": "2025", "deadline_role": "during", "quote": LATER},
            {"deadline": "2026", "deadline_role": "during"},
            None,
            "different dates",
        ),
        (
            {"deadline": "../2025", "deadline_role": "due", "quote": "This year’s drive: " + QUOTE},
            {"deadline": "../2026", "deadline_role": "due"},
            None,
            "different dates",
        ),
        (
            {"deadline": "../2025", "deadline_role": "due", "document": "one"},
            {"deadline": "../2026", "deadline_role": "due", "document": "one"},
            None,
            "different dates",
        ),
        (
            {"deadline": "../2025", "deadline_role": "due"},
            {"deadline": "../2026", "deadline_role": "due", "action": "clear all fields of the east"},
            None,
            "different dates",
        ),
        (gives("20000000"), gives("30000000", quote=RAISED), "amounts", None),
        (gives("20000000", quote=RAISED), gives("30000000"), None, "different sums"),
        (gives("20000000"), gives("30000000", quote=RAISED, action="give another $30 million for wells in Chad"), None, "different sums"),
        (gives("20000000"), gives("30000000", quote=RAISED, action="train the police of the capital"), None, "different sums"),
    ],
    ids=range(10),
)
def test_what_is_a_revision_and_no_bar(earlier: Fields, later: Fields, revised: str | None, conflict: str | None) -> None:
    one, other = feature("b", known="2024-01-01", **earlier), feature("a", known="2024-06-01", **later)
    assert (compare(one, other).revised, compare(one, other).conflict) == (revised, conflict)
    assert compare(other, one) == compare(one, other)


def test_the_same_words_score_high_and_other_words_low() -> None:
    assert compare(feature("a"), feature("b")).score > 0.9
    other = feature("b", quote="Freedonia will open a school of music.", action="open a school of music")
    assert compare(feature("a"), other).score < THRESHOLD


@pytest.mark.parametrize(
    ("sign", "more"),
    [
        ("same actors", {"actors": ["Freedonia"]}),
        ("same sum", {"amounts": [("20", "USD")]}),
        ("same date", {"deadline": "2025"}),
        ("same countries", {"countries": ["IQ"]}),
        ("same kind", {"kind": "fund"}),
        ("same firmness", {"strength": "intention"}),
        ("same document", {"document": "one"}),
    ],
)
def test_each_sign_of_sameness_needs_both(sign: str, more: Fields) -> None:
    bare: Fields = {"actors": [], "kind": "other"}
    assert signs_of(feature("a", **{**bare, **more}), feature("b", **{**bare, **more}))[sign] == 1.0
    assert signs_of(feature("a", **{**bare, **more}), feature("b", **bare))[sign] == 0.0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"same_as": "b"}, {}, 1.0),
        ({}, {"same_as": "a"}, 1.0),
        ({"same_as": "c"}, {"same_as": "c"}, 1.0),
        ({"same_as": "c"}, {}, 0.0),
        ({}, {}, 0.0),
    ],
)
def test_what_a_text_tells_as_the_same(one: Fields, other: Fields, same: float) -> None:
    assert signs_of(feature("a", **one), feature("b", **other))["told as the same"] == same


def test_years_apart_count_up_to_three() -> None:
    def apart(known: str | None) -> float:
        return signs_of(feature("a", known="2020-01-01"), feature("b", known=known))["years apart"]

    assert [apart(known) for known in ("2020-01-01", "2022-12-31", "2030-01-01", None)] == [0.0, 1.0, 1.0, 0.0]
    assert 0.3 < apart("2020-12-31") < 0.34


def test_reasons_tell_the_weightiest_first_and_nothing_that_weighs_nothing() -> None:
    compared = compare(feature("a"), feature("b"))
    told = reasons(compared)
    points = [float(line.rsplit(" ", 1)[1]) for line in told]
    assert [abs(one) for one in points] == sorted((abs(one) for one in points), reverse=True)
    assert {line.rsplit(" ", 1)[0] for line in told} == {name for name, value in compared.signs.items() if value}


def test_every_sign_has_a_weight_and_every_weight_a_sign() -> None:
    assert {*signs_of(feature("a"), feature("b")), "(constant)"} == set(weights())


fields = st.fixed_dictionaries(
    {
        "action": st.sampled_from([ACTION, "clear mines", "give $20 million for wells in 2024", "open a school", ""]),
        "quote": st.sampled_from([QUOTE, LATER, RAISED, GIVES, "The first phase: " + QUOTE, "This year: " + QUOTE]),
        "actors": st.lists(st.sampled_from(["Freedonia", "Sylvania", "Global Coalition to Defeat ISIS"]), max_size=2),
        "countries": st.lists(st.sampled_from(["IQ", "SY"]), max_size=2),
        "amounts": st.lists(
            st.tuples(st.sampled_from(["20", "21", "30"]), st.sampled_from(["USD", "doses"]), st.sampled_from(["exact", "about"])), max_size=2
        ),
        "deadline": st.sampled_from([None, "2025", "../2025", "../2026", "2025-09", "2026/..", "XXXX-09", "soon"]),
        "deadline_role": st.sampled_from([None, "due", "not-before", "during", "until"]),
        "negated": st.booleans(),
        "known": st.sampled_from([None, "2024-01-01", "2025-06-01"]),
        "part_of": st.sampled_from([None, "a", "b"]),
        "same_as": st.sampled_from([None, "a", "c"]),
        "document": st.sampled_from(["one", "two"]),
    }
)  # fmt: skip


@given(fields, fields)
def test_the_order_of_two_mentions_does_not_matter(one: Fields, other: Fields) -> None:
    left, right = feature("a", **one), feature("b", **other)
    compared = compare(left, right)
    assert compare(right, left) == compared
    assert 0.0 <= compared.score <= 1.0
    assert compared.conflict is None or compared.revised is None
    assert all(0.0 <= value <= 1.0 for value in compared.signs.values())
