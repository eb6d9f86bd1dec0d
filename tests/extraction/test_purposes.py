"""What money or goods are for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.extraction.purposes import effect_purposes, purposes_of


def words(text: str) -> list[str]:
    return [span.text for span in purposes_of(text, 0, len(text))]


@pytest.mark.parametrize(
    ("act", "wanted"),
    [
        ("provide $9 million for demining, clean water and schools", ["demining", "clean water", "schools"]),
        ("send €3 million to repair bridges, restore power and train nurses", ["repair bridges", "restore power", "train nurses"]),
        ("give 40 trucks in support of the harvest", ["the harvest"]),
        ("lend $2 million for three years", []),
        ("continue to support the mission", []),
        ("open an office", []),
        ("the fight against malaria", []),
        ("join the fight against malaria; pay", ["the fight against malaria"]),
        ("pay $5 million to help rebuild Mosul’s hospitals", ["rebuild Mosul’s hospitals"]),
    ],
)
def test_purposes_of_an_act(act: str, wanted: list[str]) -> None:
    assert words(act) == wanted


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("This funding will support clean water, electricity and schooling.", ["clean water", "electricity", "schooling"]),
        ("The new assistance will help clear mines and rebuild clinics.", ["clear mines", "rebuild clinics"]),
        ("The minister will travel to Oslo.", []),
        ("We thank our friends.", []),
    ],
)
def test_purposes_of_an_effect_sentence(sentence: str, wanted: list[str]) -> None:
    assert [span.text for span in effect_purposes(sentence, 0, len(sentence))] == wanted


@given(
    st.lists(
        st.sampled_from(
            [
                "$5 million",
                "for",
                "to support",
                "to",
                "help",
                "the fight against ",
                "and",
                ",",
                "schools",
                "water",
                "This funding will",
                ".",
                "—",
                "ß",
                "\n",
            ]
        ),
        max_size=25,
    ),
    st.integers(0, 20),
)
def test_spans_are_the_words_of_the_range(parts: list[str], start: int) -> None:
    text = " ".join(parts)
    start = min(start, len(text))
    for span in [*purposes_of(text, start, len(text)), *effect_purposes(text, start, len(text))]:
        assert text[span.start : span.end] == span.text
        assert start <= span.start < span.end <= len(text)


def test_a_long_line_is_read_to_its_end() -> None:
    line = "for water and to support schools, " * 50_000
    assert len(purposes_of(line, 0, len(line))) == 50_000
    assert len(effect_purposes("This funding " + line, 0, len(line))) == 99_999
