import pytest

from pledgebook.extraction.introduced import introduced_speeches


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Fisheries Minister Oda Brandvik said:\n\nWe will mend the weir. It will take a year.\n\nNotes to editors\nThe weir is old.",
            [("Fisheries Minister Oda Brandvik", "said", "We will mend the weir. It will take a year.")],
        ),
        (
            "Speaking in Bergen, the mayor said:\n\nWe will pay.\n\nThe bishop added:\n\nWe will pray.",
            [("the mayor", "said", "We will pay."), ("The bishop", "added", "We will pray.")],
        ),
        (
            "The mayor has issued the following statement:\n\nWe will pay.",
            [("The mayor", "has issued the following statement", "We will pay.")],
        ),
        ("The mayor said: “We will pay.”\n\nNobody answered.", []),
        ("The mayor said that we will pay.", []),
        ("The mayor said:", []),
        ("", []),
    ],
)
def test_speeches_that_a_line_hands_over(text: str, wanted: list[tuple[str, str, str]]) -> None:
    found = introduced_speeches(text)
    told = [(s.speaker_span.text if s.speaker_span else None, s.cue_span.text if s.cue_span else None, s.text) for s in found]
    assert [row[:2] for row in told] == [row[:2] for row in wanted]
    assert all(s.text.startswith(row[2].split("\n")[0]) for s, row in zip(found, wanted, strict=True))
    assert all(s.speech == "direct" and text[s.start : s.end] == s.text for s in found)


def test_a_speech_ends_where_notes_begin() -> None:
    text = "Minister Oda Brandvik said:\n\nWe will mend the weir.\n\nMedia enquiries\n\nCall the desk."
    assert [s.text for s in introduced_speeches(text)] == ["We will mend the weir."]


def test_a_line_of_megabytes_is_read_to_its_end() -> None:
    assert list(introduced_speeches("The minister said, and the mayor said " * 40_000)) == []
