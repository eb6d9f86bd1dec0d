import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgebook.core.found import Statement
from pledgebook.extraction.statements import find_statements

Row = tuple[str, str, str | None, str | None]

CASES: list[tuple[str, list[Row]]] = [
    ('"We will mend the weir," said Oda Brandvik.', [("direct", "We will mend the weir,", "Oda Brandvik", "Oda Brandvik")]),
    ("“We will mend the weir,” Oda Brandvik said.", [("direct", "We will mend the weir,", "Oda Brandvik", "Oda Brandvik")]),
    ("«We will mend the weir», said Oda Brandvik.", [("direct", "We will mend the weir", "Oda Brandvik", "Oda Brandvik")]),
    ("‘It’s the mayor’s weir,’ said Oda Brandvik.", [("direct", "It’s the mayor’s weir,", "Oda Brandvik", "Oda Brandvik")]),
    ("'It's the mayor's weir,' said Oda Brandvik.", [("direct", "It's the mayor's weir,", "Oda Brandvik", "Oda Brandvik")]),
    (
        '"We will pay," Rolf Tamm said, "in full."',
        [("direct", "We will pay,", "Rolf Tamm", "Rolf Tamm"), ("direct", "in full.", "Rolf Tamm", "Rolf Tamm")],
    ),
    (
        'Rolf Tamm said the debt "will be paid in full" next year.',
        [
            ("indirect", 'the debt "will be paid in full" next year', "Rolf Tamm", "Rolf Tamm"),
            ("direct", "will be paid in full", "Rolf Tamm", "Rolf Tamm"),
        ],
    ),
    (
        'Rolf Tamm, who heads the port, told reporters that cranes would arrive in May. "They are paid for," he added.',
        [
            ("indirect", "cranes would arrive in May", "Rolf Tamm", "Rolf Tamm"),
            ("direct", "They are paid for,", "Rolf Tamm", "he"),
        ],
    ),
    ("According to Rolf Tamm, the cranes will arrive in May.", [("indirect", "the cranes will arrive in May", "Rolf Tamm", "Rolf Tamm")]),
    ("The cranes will arrive in May, the ministry said.", [("indirect", "The cranes will arrive in May", None, "the ministry")]),
    (
        "The cranes, he said, would arrive in May after a long delay.",
        [("indirect", "would arrive in May after a long delay", None, "he")],
    ),
    ("In a statement, NATO said it would send two ships.", [("indirect", "it would send two ships", "NATO", "NATO")]),
    ("The White House announced $3 million in new aid.", [("indirect", "$3 million in new aid", "White House", "The White House")]),
    (
        "Rolf Tamm confirmed the delay was over, adding that two cranes would follow in June.",
        [
            ("indirect", "the delay was over", "Rolf Tamm", "Rolf Tamm"),
            ("indirect", "two cranes would follow in June", "Rolf Tamm", "Rolf Tamm"),
        ],
    ),
    (
        'Mayor Ida Quist opened the pool. "It is warm," Quist said. "Jump in."',
        [("direct", "It is warm,", "Ida Quist", "Quist"), ("direct", "Jump in.", "Ida Quist", "Quist")],
    ),
    (
        'Trade Minister Pavel Orr flew home. "We will sign in April," the minister said.',
        [("direct", "We will sign in April,", "Pavel Orr", "the minister")],
    ),
    (
        "“We waited for years.\n\n“We will not wait again,” said Ida Quist.",
        [("direct", "We waited for years.", "Ida Quist", "Ida Quist"), ("direct", "We will not wait again,", "Ida Quist", "Ida Quist")],
    ),
    ('"We will close the pit, said Ida Quist.', [("direct", "We will close the pit,", "Ida Quist", "Ida Quist")]),
    ('We will close the pit," said Ida Quist.', [("direct", "We will close the pit,", "Ida Quist", "Ida Quist")]),
    ("The bridge is said to be the oldest in the county.", []),
    ('The so-called "iron valley" is quiet. Robert "Bobby" Hale left the "old mill" in May.', []),
    ("Claims rose and states paid less in notes last year.", []),
    (
        "MR ORR: We will sign in April.\n\nQUESTION: And then?\n\nMR ORR: Then we will build.",
        [
            ("direct", "We will sign in April.", "Orr", "MR ORR"),
            ("direct", "And then?", None, "QUESTION"),
            ("direct", "Then we will build.", "Orr", "MR ORR"),
        ],
    ),
    (
        "Foreign Minister Ida Quist met the press.\n\nMODERATOR: Please.\n\nMINISTER QUIST: We shall reopen the line.",
        [("direct", "Please.", None, "MODERATOR"), ("direct", "We shall reopen the line.", "Ida Quist", "MINISTER QUIST")],
    ),
]


def _rows(text: str) -> list[Row]:
    return [(made.speech, made.text, made.speaker, made.speaker_span.text if made.speaker_span else None) for made in find_statements(text)]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:40] for text, _ in CASES])
def test_statements(text: str, expected: list[Row]) -> None:
    assert _rows(text) == expected


def test_alternating_speakers_keep_their_turns() -> None:
    text = (
        "“You lost the key,” said Ida Quist.\n\n“I lent it to Rolf Tamm,” replied Nora Bly.\n\n"
        "“He says not,” Quist said.\n\n“He lies,” Bly said."
    )
    assert [row[2] for row in _rows(text)] == ["Ida Quist", "Nora Bly", "Ida Quist", "Nora Bly"]


def test_a_pronoun_means_the_one_named_since() -> None:
    text = '"I sold it," Rolf Tamm said. Ida Quist was angry. "It was mine," she said.'
    assert [row[2] for row in _rows(text)] == ["Rolf Tamm", "Ida Quist"]


def test_an_acronym_is_no_person_for_a_pronoun() -> None:
    text = 'Speaking at the Rebuild ASEAN forum, Rolf Tamm said ASEAN was healthy. ASEAN will grow. "I am sure of it," he added.'
    assert _rows(text)[-1][2] == "Rolf Tamm"


def test_an_unnamed_speaker_gets_no_name() -> None:
    text = 'Rolf Tamm left early. "He was ill," a senior official said. "He will be back," the official added.'
    assert [row[2:] for row in _rows(text)] == [(None, "a senior official"), (None, "the official")]


def test_cues_and_rules_are_given() -> None:
    (made,) = find_statements('"We will mend the weir," said Oda Brandvik.')
    assert made.cue_span is not None
    assert made.cue_span.text == "said"
    assert made.because == ("quotation", "inverted")


def _check(text: str) -> None:
    found: list[Statement] = find_statements(text)
    assert [made.start for made in found] == sorted(made.start for made in found)
    for made in found:
        assert made.text
        assert text[made.start : made.end] == made.text
        for span in (made.speaker_span, made.cue_span):
            if span is not None:
                assert text[span.start : span.end] == span.text


PIECES = st.sampled_from([
    '"', "“", "”", "‘", "’", "'", "«", "»", " said ", " he ", "Ida Quist",
    " told reporters that ", "the minister", ", ", ". ", "\n", "\n\n",
    "We will pay", " according to ", "Q:", "MR ORR: ", "adding", " who", "—", "(", ")", " and ", "In May", "?", "!", "of", "the", " A ",
    "\x01", "\x02", "\x03",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_spans_hold_for_any_mixture_of_marks_and_cues(text: str) -> None:
    _check(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_spans_hold_for_any_text(text: str) -> None:
    _check(text)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([text for text, _ in CASES]), st.integers(0, 400), st.integers(0, 400))
def test_spans_hold_where_characters_are_lost(text: str, first: int, second: int) -> None:
    for at in (first % len(text), second % len(text)):
        text = text[:at] + text[at + 1 :]
    _check(text)


@pytest.mark.parametrize("unit", ["He said, ", 'said "a ', "‘a ", "A of ", ", a", "Q: a\n", '"', "A. "])
def test_long_lines_take_linear_time(unit: str) -> None:
    find_statements(unit * (200_000 // len(unit)))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Port Karim, 5 January 2027. Talks ended. The road will be closed, the ministry said.", None),
        ("NEW VARN (Varn Agency) - The road will be closed, the ministry said.", None),
        ("EAST VARN, Upper Region – The road will be closed, the company said.", None),
        ("In New Varn, talks ended. The road will be closed, the company said.", None),
        ("Talks ended on Monday. The road will be closed, the company said.", None),
        ("The Ministry of Water met in New Varn. The road will be closed, the ministry said.", "Ministry of Water"),
        ("Varn Rail met in New Varn. The road will be closed, the company said.", "Varn Rail"),
    ],
)
def test_a_place_is_never_taken_for_the_body_that_said_it(text: str, speaker: str | None) -> None:
    assert find_statements(text)[-1].speaker == speaker
