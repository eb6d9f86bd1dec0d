"""Whole releases: what is a commitment, of what strength, on what terms, by when."""

from collections.abc import Sequence

import pytest

import pledgebook
from pledgebook.core.commitment import Commitment

SIGNED = "Notes on Cooperation\nAntony J. Blinken, Secretary of State\n\n"


def release(body: str) -> Sequence[Commitment]:
    """The commitments of a signed release of 14 June 2022."""
    return pledgebook.read(SIGNED + body + "\n", published="2022-06-14", outlet="U.S. Department of State").commitments


def only(body: str) -> Commitment:
    (found,) = release(body)
    return found


@pytest.mark.parametrize(
    ("sentence", "action", "strength"),
    [
        (
            "The United States will provide $14 million in humanitarian assistance to Mozambique.",
            "provide $14 million in humanitarian assistance to Mozambique",
            "pledge",
        ),
        (
            "We will deliver 300,000 vaccine doses to Malawi by March 2023.",
            "deliver 300,000 vaccine doses to Malawi by March 2023",
            "pledge",
        ),
        ("We plan to open a consular office in Beira next year.", "open a consular office in Beira next year", "intention"),
        (
            "The United States plans to donate 2 million vaccine doses to Paraguay.",
            "donate 2 million vaccine doses to Paraguay",
            "intention",
        ),
        ("We intend to reopen our embassy in Damascus.", "reopen our embassy in Damascus", "intention"),
        ("We hope to sign a fishing agreement with Iceland next year.", "sign a fishing agreement with Iceland next year", "aspiration"),
    ],
)
def test_promises_intentions_and_aspirations(sentence: str, action: str, strength: str) -> None:
    found = only(sentence)
    assert (found.action, found.strength, found.quote) == (action, strength, sentence)
    assert not found.negated
    assert not found.conditional


@pytest.mark.parametrize(
    ("sentence", "negated", "conditional"),
    [
        ("We will not recognize the results of the vote in the eastern province.", True, False),
        ("The United States will never lift sanctions on Iran.", True, False),
        ("We will not lift sanctions on Iran.", True, False),
        ("If the ceasefire holds, we will lift the restrictions on grain imports.", False, True),
        ("Unless the fighting stops, we will suspend our assistance to the ministry.", False, True),
        ("We will suspend our assistance to the ministry.", False, False),
    ],
)
def test_refusals_and_conditions(sentence: str, negated: bool, conditional: bool) -> None:
    found = only(sentence)
    assert (found.negated, found.conditional) == (negated, conditional)
    assert found.action in sentence


@pytest.mark.parametrize(
    ("sentence", "edtf", "words", "role"),
    [
        ("We will deliver 300,000 vaccine doses to Malawi by March 2023.", "../2023-03", "by March 2023", "due"),
        ("The United States will open a consulate in Beira next year.", "2023", "next year", "during"),
        ("We plan to donate 2 million vaccine doses to Paraguay in August 2022.", "2022-08", "in August 2022", "during"),
        ("We will provide $14 million in assistance to Malawi.", None, None, None),
    ],
)
def test_deadlines(sentence: str, edtf: str | None, words: str | None, role: str | None) -> None:
    found = only(sentence)
    assert (found.deadline, found.deadline_text, found.deadline_role) == (edtf, words, role)


@pytest.mark.parametrize(
    ("sentence", "amounts", "countries"),
    [
        ("We will provide $14.5 million in humanitarian assistance to Mozambique.", [("14500000", "USD")], ("MZ",)),
        ("The United States will deliver 300,000 vaccine doses to Malawi.", [("300000", "doses")], ("MW",)),
        ("The United States will provide €2 million to Kenya and Somalia for clean water.", [("2000000", "EUR")], ("KE", "SO")),
    ],
)
def test_sums_and_places(sentence: str, amounts: list[tuple[str, str]], countries: tuple[str, ...]) -> None:
    found = only(sentence)
    assert [(amount.value, amount.unit) for amount in found.amounts] == amounts
    assert found.countries == countries


def test_money_and_what_it_is_for() -> None:
    found = only("We will provide $10 million to Kenya for drought relief.")
    assert (found.kind, [purpose.text for purpose in found.purposes]) == ("fund", ["drought relief"])


def test_several_deliverables_of_a_sentence_are_entries_of_their_own() -> None:
    found = release("The United States will provide $9 million to Tanzania for clean water and will open an embassy office in Zanzibar.")
    assert [one.action for one in found] == ["provide $9 million to Tanzania for clean water", "open an embassy office in Zanzibar"]
    assert found[0].quote == "The United States will provide $9 million to Tanzania for clean water"
    assert {one.actors for one in found} == {("United States",)}
    assert found[1].amounts == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Russia must withdraw its forces from Ukraine.",
        "We call on all states to respect the treaty.",
        "We urge the parties to free all prisoners.",
        "The council met on Tuesday.",
        "In 2019 the ministry built six schools in Haiti.",
        "Last year the United States provided $9 million for the harvest.",
        "We congratulate the people of Peru on their national day.",
        "We look forward to working with the new government.",
        "We thank the people of Malawi for their hospitality.",
        "The Secretary will travel to Lisbon on May 3.",
        "",
    ],
)
def test_calls_on_others_the_past_courtesy_and_schedules_are_none(sentence: str) -> None:
    assert not release(sentence)


def test_every_range_is_of_the_frozen_text_and_every_entry_explains_itself() -> None:
    body = "We will re\u00adopen\u00a0the consulate in Beira next year. We will provide $10\u00a0million to Kenya for drought relief."
    reading = pledgebook.read(SIGNED + body, published="2022-06-14", outlet="U.S. Department of State")
    text = reading.document.text
    assert len(reading.commitments) == 2
    for one in reading.commitments:
        assert text[one.start : one.end] == one.quote
        assert one.action in one.quote
        assert one.actor_text is not None
        assert one.actor_text in text
        assert one.because
        assert 0 < one.confidence <= 1
    assert all(text[s.start : s.end] == s.text for s in reading.statements)
