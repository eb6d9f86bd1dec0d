import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.extraction.lead_ins import lead_ins
from pledgebook.extraction.sentences import split_sentences

WRAPPED = (
    "The ministry will repair the old bridge over the river before the\n"
    "rains begin and will pay for it from its own budget. The council has\n"
    "said that it will build a ferry landing on the far bank so that the\n"
    "villages are not cut off while the work goes on. Nobody objects."
)


def words(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("We will pay. They will not.", ["We will pay.", "They will not."]),
        ("Dr. Oda Brandvik will speak. So will Lt. Gen. Tamm.", ["Dr. Oda Brandvik will speak.", "So will Lt. Gen. Tamm."]),
        ("The U.S. Senate will vote.", ["The U.S. Senate will vote."]),
        ("It was sent by the U.S. The ships will follow.", ["It was sent by the U.S.", "The ships will follow."]),
        ("J. P. Quist will pay $3.5 million. Good.", ["J. P. Quist will pay $3.5 million.", "Good."]),
        ("“We will pay.” He left.", ["“We will pay.”", "He left."]),
        ("Will they pay? Yes! They will.", ["Will they pay?", "Yes!", "They will."]),
        ("It will end on Sept. 30 at noon. Then we leave.", ["It will end on Sept. 30 at noon.", "Then we leave."]),
        ("A Heading Without a Stop\n\nThe text begins.", ["A Heading Without a Stop", "The text begins."]),
        ("The fund will\ngrow next year.", ["The fund will\ngrow next year."]),
        ("We will:\n• pay;\n• build; and\n• stay.", ["We will:", "• pay;", "• build; and", "• stay."]),
        ("  \n\n ", []),
        ("", []),
    ],
)
def test_where_sentences_begin_and_end(text: str, wanted: list[str]) -> None:
    assert words(text) == wanted


def test_hard_wrapped_lines_are_joined() -> None:
    assert len(words(WRAPPED)) == 3
    assert words(WRAPPED)[0].endswith("own budget.")


def test_paragraphs_count_and_bullets_are_marked() -> None:
    found = split_sentences("One. Two.\n\n- Three.\n- Four.")
    assert [sentence.paragraph for sentence in found] == [0, 0, 1, 2]
    assert [sentence.bullet for sentence in found] == [False, False, True, True]


@given(st.text(alphabet='ab. \n!?"“”•-U.S1', max_size=200))
def test_sentences_are_in_order_trimmed_and_lose_no_word(text: str) -> None:
    found = split_sentences(text)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() != "" for s in found)
    assert "".join(text.split()) == "".join("".join(words(text)).split())


def test_a_line_of_megabytes_is_split_to_its_end() -> None:
    assert len(split_sentences("we will pay the U.S. bill " * 40_000)) == 1


def led(text: str) -> list[tuple[str, str]]:
    sentences = split_sentences(text)
    found = lead_ins(sentences, text)
    return [
        (text[sentences[item].start : sentences[item].end], text[sentences[leader].start : sentences[leader].end])
        for item, leader in found.items()
    ]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "The two ministries will:\n\n• dredge the port;\n• pay for a pilot.\n\nThe work is hard.",
            ["• dredge the port;", "• pay for a pilot."],
        ),
        ("The two ministries will:\n\ndredge the port;\n\npay for a pilot.\n\nThe work is hard.", ["dredge the port;", "pay for a pilot."]),
        ("NOTE TO EDITORS:\n\n• The port is old.", []),
        ("Agenda:\n\n• The port is old.", []),
        ("The port is old.\n\n• The pilot is young.", []),
        ("The council agreed to:\n1. open the pool\n2. close the road\nNobody came.", ["1. open the pool", "2. close the road"]),
    ],
)
def test_items_of_a_list_know_what_leads_in_to_them(text: str, items: list[str]) -> None:
    found = led(text)
    assert [item for item, _ in found] == items
    assert all(leader.endswith(":") for _, leader in found)
