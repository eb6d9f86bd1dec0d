"""Places of a text, and the countries a commitment is for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.extraction.places import actor_countries, countries_of, find_places


def codes(text: str) -> list[str]:
    return [place.country for place in find_places(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Wells are dug near Mosul and in Deir ez-Zor.", ["IQ", "SY"]),
        ("Grain left Odesa for Ethiopia’s Tigray region.", ["UA", "ET", "ET"]),
        ("Moscow answered Washington.", ["RU", "US"]),
        ("A clinic in the West Bank and one in Gaza", ["PS", "PS"]),
        ("Kosovo, Taiwan and Hong Kong", ["XK", "TW", "HK"]),
        ("Papua New Guinea, Guinea, Equatorial Guinea and Guinea-Bissau", ["PG", "GN", "GQ", "GW"]),
        ("From Niger to Nigeria, Nigeriens and Nigerians", ["NE", "NG", "NE", "NG"]),
        ("the Democratic Republic of the Congo and the Republic of the Congo", ["CD", "CG"]),
        ("Northern Ireland is not Ireland", ["GB", "IE"]),
        ("North Korea shelled South Korean islands", ["KP", "KR"]),
        ("South Sudan and Sudan", ["SS", "SD"]),
        ("Côte d'Ivoire and Côte d’Ivoire", ["CI", "CI"]),
        ("the United\nStates", ["US"]),
        ("Latin American ministers met over the Indian Ocean", []),
        ("The Paris Agreement binds us; Paris hosts us.", ["FR"]),
        ("Islamic State of Iraq and the Levant", []),
        ("aid for the Sahel", []),
        ("a turkey and a chad", []),
        ("Romanesque malice and omani dates", []),
    ],
)
def test_names(text: str, wanted: list[str]) -> None:
    assert codes(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Mr. Jordan voted no.", []),
        ("Michael Jordan retired.", []),
        ("Jordan hosts refugees.", ["JO"]),
        ("Chad Miller spoke.", []),
        ("troops in Chad", ["TD"]),
        ("George Washington crossed the river.", []),
        ("Tbilisi: Georgia sent grain.", ["GE", "GE"]),
        ("Atlanta thanks Georgia and its Governor.", ["US", "US"]),
        ("students in Moscow, Idaho", ["US", "US"]),
    ],
)
def test_a_name_of_several_bearers(text: str, wanted: list[str]) -> None:
    assert codes(text) == wanted


@pytest.mark.parametrize(
    ("actors", "wanted"),
    [
        (["United States"], ("US",)),
        (["The White House"], ("US",)),
        (["Iraq", "United States"], ("IQ", "US")),
        (["Palestinian Authority"], ("PS",)),
        (["European Union"], ()),
        (["Coalition in Libya"], ()),
    ],
)
def test_states_of_actors(actors: list[str], wanted: tuple[str, ...]) -> None:
    assert actor_countries(actors) == wanted


@pytest.mark.parametrize(
    ("before", "quote", "act", "actors", "title", "wanted"),
    [
        ("", "Norway will provide $4 million in aid to Yemen.", "provide $4 million in aid to Yemen", ["Norway"], None, ("YE",)),
        ("", "The United States will deliver tents to Syria.", "deliver tents to Syria", ["United States"], None, ("SY",)),
        (
            "Ukraine needs power. ",
            "We will send generators to Ukraine.",
            "send generators to Ukraine",
            ["United States"],
            "Help for Ukraine",
            ("UA",),
        ),
    ],
)
def test_the_beneficiary(before: str, quote: str, act: str, actors: list[str], title: str | None, wanted: tuple[str, ...]) -> None:
    text = before + quote
    start = text.index(quote)
    at = text.index(act)
    assert countries_of(text, start, len(text), (at, at + len(act)), find_places(text), actors, title) == wanted


@given(
    st.lists(
        st.sampled_from(["Jordan", "U.S.", "Sana'a", "New York", "Georgia,", "Mr.", "Iraq", "–", "\n", "’s", "Kyiv", "ß", "𝔘"]), max_size=25
    )
)
def test_spans_are_the_words_of_the_text(words: list[str]) -> None:
    text = " ".join(words)
    end = 0
    for place in find_places(text):
        assert text[place.start : place.end] == place.text
        assert place.start >= end
        assert re.fullmatch("[A-Z]{2}", place.country)
        end = place.end


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_read(before: str, quote: str) -> None:
    text = before + quote
    found = countries_of(text, len(before), len(text), (len(before), len(text)), find_places(text), ["Iraq"], before)
    assert list(found) == sorted(set(found))


def test_a_long_line_is_read_to_its_end() -> None:
    assert len(find_places("South of South Sudan, " * 100_000)) == 100_000
