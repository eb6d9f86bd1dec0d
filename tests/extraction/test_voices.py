"""Who says it, and how, through whole texts."""

import pytest

import pledgebook
from pledgebook.core.commitment import Commitment


def read(text: str, outlet: str, published: str) -> dict[str, Commitment]:
    """The commitments of a text by their actions."""
    return {one.action: one for one in pledgebook.read(text + "\n", published=published, outlet=outlet).commitments}


OSLO = (
    "Norwegian Foreign Minister Espen Barth Eide said on Monday that Norway would send 40 engineers to Moldova by the end of June. "
    '"We will pay for the new water plant in Chisinau," Eide told reporters. The minister said Norway would not recognise the annexation.\n\n'
    "Eide spoke at the annual meeting of the Nordic Council. He said his country would host 500 refugees. "
    "Denmark will also open an embassy in Chisinau, he added."
)


@pytest.mark.parametrize(
    ("action", "speech", "actors"),
    [
        ("send 40 engineers to Moldova by the end of June", "indirect", ("Norway",)),
        ("pay for the new water plant in Chisinau", "direct", ("Norway",)),
        ("recognise the annexation", "indirect", ("Norway",)),
        ("host 500 refugees", "indirect", ("Norway",)),
        ("open an embassy in Chisinau", "indirect", ("Denmark",)),
    ],
)
def test_a_minister_of_a_named_country(action: str, speech: str, actors: tuple[str, ...]) -> None:
    found = read(OSLO, "Example Times", "2024-03-04")[action]
    assert (found.speaker, found.speech, found.actors) == ("Espen Barth Eide", speech, actors)
    assert found.negated is (action == "recognise the annexation")


def test_a_quote_is_told_without_its_marks() -> None:
    found = read(OSLO, "Example Times", "2024-03-04")["pay for the new water plant in Chisinau"]
    assert found.quote == "We will pay for the new water plant in Chisinau,"


def test_a_reported_promise_inside_a_sentence_and_a_quoted_one() -> None:
    text = (
        "Polish President Andrzej Duda said on Friday that Poland would host 5,000 troops next year. "
        "“Poland will pay for their barracks,” Duda told reporters."
    )
    found = read(text, "Example Times", "2024-03-08")
    assert [(one.speaker, one.speech, one.actors) for one in found.values()] == [
        ("Andrzej Duda", "indirect", ("Poland",)),
        ("Andrzej Duda", "direct", ("Poland",)),
    ]
    assert next(iter(found.values())).deadline == "2025"


@pytest.mark.parametrize(
    ("head", "sentence", "speaker", "speech"),
    [
        ("Antony J. Blinken, Secretary of State", "We will provide $14 million in assistance to Malawi.", "Antony J. Blinken", "direct"),
        (
            "Antony J. Blinken, Secretary of State",
            "The United States will provide $14 million in assistance to Malawi.",
            "Antony J. Blinken",
            "document",
        ),
        (
            "Ned Price, Department Spokesperson",
            "The United States will provide $14 million in assistance to Malawi.",
            "Ned Price",
            "document",
        ),
        (
            "Office of the Spokesperson",
            "The United States will provide $14 million in assistance to Malawi.",
            "U.S. Department of State",
            "document",
        ),
    ],
)
def test_the_byline_of_a_release(head: str, sentence: str, speaker: str, speech: str) -> None:
    (found,) = read(f"Aid for Malawi\n{head}\n\n{sentence}", "U.S. Department of State", "2022-06-14").values()
    assert (found.speaker, found.speech) == (speaker, speech)


def test_the_labels_of_a_transcript() -> None:
    text = (
        "Secretary Blinken at a Press Availability\n\nMODERATOR: Good morning. We have time for two questions.\n\n"
        "SECRETARY BLINKEN: Thank you. We will provide $10 million to Kenya for drought relief.\n\n"
        "QUESTION: Will you visit again?\n\nMODERATOR: Last question.\n\n"
        "SECRETARY BLINKEN: We will open a new consulate in Mombasa next year."
    )
    found = read(text, "U.S. Department of State", "2021-11-17")
    assert list(found) == ["provide $10 million to Kenya for drought relief", "open a new consulate in Mombasa next year"]
    assert {(one.speaker, one.speech, one.actors) for one in found.values()} == {("Antony J. Blinken", "direct", ("United States",))}


def test_a_label_that_names_the_office_only() -> None:
    text = (
        "THE PRESIDENT: Thank you all. We will send 500 troops to Poland next month.\n\n"
        "Q: Mr. President, do you like rivers?\n\nTHE PRESIDENT: I do.\n\n"
        "PRIME MINISTER TAMM: Canada will resettle 10,000 refugees by the end of the year."
    )
    found = list(read(text, "The White House", "2015-03-10").values())
    assert [(one.speaker, one.actors) for one in found[:1]] == [("Barack Obama", ("United States",))]
    assert found[0].deadline == "2015-04"
    assert (found[1].actors, found[1].deadline, found[1].speech) == (("Canada",), "../2015-12", "direct")
    assert "Tamm" in (found[1].speaker or "")


def test_a_body_that_reports_of_itself() -> None:
    text = "NATO said it will extend its training mission in Kosovo until 2027. The allies agreed in Brussels, officials said."
    found = next(iter(read(text, "Example Times", "2025-02-03").values()))
    assert (found.speaker, found.speech, found.deadline) == ("NATO", "indirect", "../2027")
