import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.documents.decoding import declared_charset, decode

TEXT = "“We will dig wells,”\r\nsaid the\xa0minister\u200b\u00ad – in Łódź."


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_decoded_to_the_letter(name: str) -> None:
    assert decode(TEXT.encode(name), "x") == (TEXT, ())


@pytest.mark.parametrize(
    ("mark", "name"), [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (b"", "utf-16-le"), (b"", "utf-16-be")]
)
def test_utf_16_is_known_with_and_without_its_mark(mark: bytes, name: str) -> None:
    assert decode(mark + TEXT.encode(name), "x") == (TEXT, ())


def test_windows_1252_is_a_guess_that_is_said() -> None:
    text, problems = decode("“We will dig wells” – the café’s owner".encode("cp1252"), "x")
    assert text == "“We will dig wells” – the café’s owner"
    assert [(problem.severity, problem.rule, problem.offset) for problem in problems] == [("note", "guessed-encoding", 0)]


def test_bytes_that_windows_1252_lacks_become_controls_of_the_same_number() -> None:
    assert decode(b"caf\xe9 \x81", "x").text == "café \x81"


def test_a_flipped_byte_costs_one_letter_and_not_the_encoding() -> None:
    data = bytearray(TEXT.encode())
    data[1] = 0xFF
    text, problems = decode(bytes(data), "x")
    assert text is not None
    assert text.endswith("– in Łódź.")
    assert [problem.rule for problem in problems] == ["damaged-text"]


def test_a_declared_charset_goes_before_a_guess() -> None:
    assert decode("Łódź".encode("iso8859-2"), "x", declared="iso8859-2").text == "Łódź"


@pytest.mark.parametrize(
    ("data", "media", "name"),
    [
        (b"", "text/html; charset=iso-8859-2", "iso8859-2"),
        (b'<meta charset="koi8-r">', "", "koi8-r"),
        (b"<meta charset=latin-1>", "", "cp1252"),
        (b"<?xml version='1.0' encoding='UTF-8'?>", "", "utf-8"),
        (b"<meta charset=rot13>", "", None),
        (b"<meta charset=nonsense>", "", None),
        (b"", "", None),
    ],
)
def test_the_charset_a_page_declares(data: bytes, media: str, name: str | None) -> None:
    assert declared_charset(data, media) == name


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\x00\x01\x02" * 100, b"abc" + bytes(200)])
def test_what_can_be_no_text_is_an_error(data: bytes) -> None:
    text, problems = decode(data, "x")
    assert text is None
    assert [problem.rule for problem in problems] == ["not-text"]


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_a_problem(data: bytes) -> None:
    text, problems = decode(data, "x")
    assert text is not None or problems


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=100))
def test_utf_8_survives_unchanged(text: str) -> None:
    # A text that begins with a mark loses it, as everywhere; one whose bytes look like unmarked UTF-16 has zero bytes, which are controls.
    data = text.encode()
    if not text.startswith("\ufeff"):
        assert decode(data, "x") == (text, ())
