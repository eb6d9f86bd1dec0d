import pytest

from pledgebook.joining.words import RAREST, names, stem, stems, weight


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stabilization, stabilisation and stabilize", {"stabil"}),
        ("the ministry’s minister's ministers", {"minist"}),
        ("will do so by 30 September 2025", {"septem"}),
        ("$168 million", {"millio"}),
        ("the 2nd of 16", set()),
        ("counter-terrorism", {"counte"}),
        ("a I x", set()),
        ("", set()),
    ],
)
def test_stems_are_the_words_that_carry_content(text: str, expected: set[str]) -> None:
    assert stems(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Freedonia will help Sylvania", {"sylvan"}),
        ("- Freedonia will help NATO’s mission", {"freedo", "nato"}),
        ("- The ministry", set()),
        ("- in iraq", set()),
    ],
)
def test_names_are_the_words_written_as_such_but_the_first(text: str, expected: set[str]) -> None:
    assert names(text) == expected


def test_a_rare_word_tells_more_and_one_that_no_table_has_most() -> None:
    assert weight("suppor") < weight("minefi")
    assert weight("minefi") <= weight("qqqqqq") == RAREST
    assert stem("qqqqqqqq") == "qqqqqq"
