"""Datelines are no subjects of the sentences that they open."""

import pytest

from pledgebook.extraction.datelines import dateline_end, without_dateline
from pledgebook.extraction.parsing import parse_sentences
from pledgebook.extraction.sentences import split_sentences


@pytest.mark.parametrize(
    "line",
    [
        "GENEVA, 12 March 2025 (Example Wire) - ",
        "GENEVA (Example Wire) — ",
        "PORT KARIM -- ",
        "Port Karim, Sylvania, March 3 (Example Wire) -- ",
        "WASHINGTON, D.C., Sept. 30, 2024 – ",
        "Nairobi (Example Wire), 4 May 2024 – ",
    ],
)
def test_a_dateline_ends_behind_its_dash(line: str) -> None:
    text = f"{line}The ministry will open a school."
    assert dateline_end(text, 0) == len(line)


@pytest.mark.parametrize(
    "text",
    [
        "NATO - the alliance of 32 states - will open a school.",
        "IRAQ – which has waited for years – will open a school.",
        "Japan – the largest donor – will open a school.",
        "The World Health Organization (WHO) - the agency - will open a school.",
        "JAPAN - will open a school.",
        "UAE - which pays for it - will open a school.",
        "Japan’s May 12 – 14 summit will open a school.",
        "COP Decision 12 – a school will be opened.",
        "NGO- and donor-funded clinics will be opened.",
        "GENEVA will open a school.",
        "Geneva, which pays for it, will open a school on 3 May 2024 - at last.",
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert dateline_end(text, 0) is None


@pytest.mark.parametrize(
    ("line", "said", "subject"),
    [
        ("GENEVA, 12 March 2025 (Example Wire) - ", "The Government of Japan will give $5 million to Chad.", "The Government of Japan"),
        (
            "PORT KARIM (Example Wire) -- ",
            "Prime Minister Ada Brook, speaking to farmers, said that wells will be dug.",
            "Prime Minister Ada Brook",
        ),
        ("PORT KARIM -- ", "Japan also pledged $5 million.", "Japan"),
        ("PORT KARIM -- ", "On Monday, Japan pledged $5 million.", None),
        ("PORT KARIM -- ", "Hours after Sylvania struck Port Karim, France will send tents.", None),
        ("PORT KARIM -- ", "the port – or what is left of it – will be mended.", None),
        ("PORT KARIM -- ", "Wells at last!", None),
    ],
)
def test_the_subject_is_what_stands_behind_it(line: str, said: str, subject: str | None) -> None:
    text = line + said
    sentence = next(iter(parse_sentences(text, split_sentences(text))))
    found = without_dateline(sentence, text, (0, 5))
    assert (text[slice(*found)] if found is not None else None) == subject
    own = (text.index(said), text.index(said) + 4)
    assert without_dateline(sentence, text, own) == own
    assert without_dateline(sentence, text, None) is None


def test_a_subject_that_the_parse_begins_in_the_dateline_keeps_what_stands_behind_it() -> None:
    text = "PORT KARIM -- Japan, France and Italy will give $5 million."
    sentence = next(iter(parse_sentences(text, split_sentences(text))))
    found = without_dateline(sentence, text, (0, text.index(" will")))
    assert found is not None
    assert text[slice(*found)] == "Japan, France and Italy"


def test_the_words_of_a_lead_in_are_no_dateline() -> None:
    text = "Japan will:\nHEALTH -- build clinics."
    lead, item = split_sentences(text)
    (sentence,) = parse_sentences(text, [item], leads={0: lead})
    assert without_dateline(sentence, text, (0, 5)) == (0, 5)
