"""Who is committed, through whole texts."""

import pytest

import pledgebook
from pledgebook.core.commitment import Commitment

SIGNED = "Notes on Cooperation\nAntony J. Blinken, Secretary of State\n\n"
STATE = "U.S. Department of State"


def read(text: str, outlet: str = "Example Times", published: str = "2025-02-03") -> dict[str, Commitment]:
    """The commitments of a text by their actions."""
    return {one.action: one for one in pledgebook.read(text + "\n", published=published, outlet=outlet).commitments}


@pytest.mark.parametrize(
    ("text", "action", "actor_text", "actors"),
    [
        (
            f"{SIGNED}We will deliver 300,000 vaccine doses to Malawi by March 2023.",
            "deliver 300,000 vaccine doses to Malawi by March 2023",
            "We",
            ("United States",),
        ),
        (
            f"{SIGNED}The United States will deliver 300,000 vaccine doses to Malawi.",
            "deliver 300,000 vaccine doses to Malawi",
            "The United States",
            ("United States",),
        ),
        (
            f"{SIGNED}New shelters will be built in Sofala with $8 million in aid.",
            "built in Sofala with $8 million in aid",
            None,
            ("United States",),
        ),
        (
            f"{SIGNED}The clinic in Lusaka will be repaired by Norway by March 2024.",
            "repaired by Norway by March 2024",
            "Norway",
            ("Norway",),
        ),
    ],
)
def test_in_a_signed_release(text: str, action: str, actor_text: str | None, actors: tuple[str, ...]) -> None:
    found = read(text, STATE, "2022-06-14")[action]
    assert (found.actor_text, found.actors) == (actor_text, actors)


@pytest.mark.parametrize(
    ("text", "action", "actor_text", "actors"),
    [
        (
            "NATO said it will extend its training mission in Kosovo until 2027.",
            "extend its training mission in Kosovo until 2027",
            "it",
            ("NATO",),
        ),
        (
            "NATO announced its plan to open a training center in Tallinn, officials said.",
            "open a training center in Tallinn",
            "its",
            ("NATO",),
        ),
        (
            "Sweden's government will extend its mission in Mali until 2027, the foreign ministry said.",
            "extend its mission in Mali until 2027",
            "Sweden's government",
            ("Sweden",),
        ),
        (
            "The European Commission said on Thursday it will provide 25 million euros to Armenia for border roads.",
            "provide 25 million euros to Armenia for border roads",
            "it",
            ("European Commission",),
        ),
        (
            'Secretary Blinken met the press. "Our Iraqi partners will assume control of the air base," Blinken said.',
            "assume control of the air base",
            "Our Iraqi partners",
            ("Iraq",),
        ),
        (
            "The United Nations Mission in South Sudan, which will withdraw 2,000 troops by March 2026, said it was ready.",
            "withdraw 2,000 troops by March 2026",
            "The United Nations Mission in South Sudan",
            ("United Nations",),
        ),
        (
            "Nordwind Airlines is growing. The airline said it would not cut routes. Nordwind said so on Monday.",
            "cut routes",
            "it",
            ("Nordwind Airlines",),
        ),
    ],
)
def test_in_the_news(text: str, action: str, actor_text: str, actors: tuple[str, ...]) -> None:
    found = read(text)[action]
    assert (found.actor_text, found.actors) == (actor_text, actors)


def test_a_mission_that_ends_binds_the_coalition_it_is_of() -> None:
    text = (
        "Secretary of State Antony Blinken spoke about the mission of the Global Coalition to Defeat ISIS. "
        '"The mission will end in Iraq by September 2025," Blinken said at the ministerial meeting.'
    )
    found = read(text, published="2024-05-06")["end in Iraq by September 2025"]
    assert (found.actors, found.deadline) == (("Global Coalition to Defeat ISIS",), "../2025-09")


def test_the_sides_of_a_joint_statement() -> None:
    text = (
        "Joint Statement by the United States and Japan\n\n"
        "The text of the following statement was released by the Governments of the United States of America and Japan.\n\n"
        "The two sides agreed to hold a further round of talks in Tokyo in October 2023. "
        "Both countries will establish a working group on semiconductors. Japan will provide $200 million to the fund."
    )
    found = read(text, STATE, "2023-03-27")
    assert [(one.actor_text, one.actors) for one in found.values()] == [
        ("The two sides", ("United States", "Japan")),
        ("Both countries", ("United States", "Japan")),
        ("Japan", ("Japan",)),
    ]
    assert {(one.speaker, one.speech) for one in found.values()} == {("United States and Japan", "document")}
