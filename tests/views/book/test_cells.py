import json
import re
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pledgebook.views.book.cells import CELL, ascii_json, fitted, from_cell, from_csv, is_safe, of_csv, pieces, tidy, to_cell

ANY_TEXT = st.text(st.characters(), max_size=60)


@given(ANY_TEXT)
@example("=1+1")
@example('"quoted"')
@example(" 007 ")
@example("_x000D_")
@example("\ud800\x00\r\n")
def test_every_text_comes_back_from_its_cell(text: str) -> None:
    assert from_cell(tidy(to_cell(text))) == text


@given(ANY_TEXT)
def test_no_cell_is_a_formula_or_holds_what_a_workbook_cannot(text: str) -> None:
    cell = to_cell(text)
    assert is_safe(cell)
    assert cell[:1] not in {"=", "+", "-", "@"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@here", "\uff1d1", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_reckon_is_written_as_a_json_string(text: str) -> None:
    assert to_cell(text) == ascii_json(text)


@given(ANY_TEXT)
@example("a;=1+1")
@example("We will:\n-dig wells")
@example('say ;"=1"; -')
@example("a;\uff1db")
def test_no_cell_of_a_csv_is_a_formula_however_it_is_taken_apart(text: str) -> None:
    for cell in (to_cell(text), ascii_json({"name": text}), ascii_json([text, text])):
        written = of_csv(cell)
        assert not [part for part in re.split("[;\t\r\n]", written)[1:] if part.startswith(("=", "+", "-", "@", "\uff1d"))]
        assert from_csv(written) == cell
    assert from_cell(from_csv(of_csv(to_cell(text)))) == text


def test_the_list_of_a_cell_is_the_same_where_it_is_written_otherwise() -> None:
    assert json.loads(ascii_json(["a;=b"])) == ["a;=b"]
    assert ";=" not in ascii_json(["a;=b"])


@pytest.mark.parametrize("text", ["plain words", '"We will," he said', "a\nb", "2025-09", "# no hashtag", "naïve ‘x’"])
def test_plain_words_stand_as_they_are(text: str) -> None:
    assert to_cell(text) == text


def test_a_long_cell_is_cut_and_says_so_and_fits_in_utf_16() -> None:
    found = fitted("\U0001f600" * 40_000)
    assert found.endswith("... [cut: 40000 code points]")
    assert len(found.encode("utf-16-le")) // 2 <= CELL
    assert fitted("x" * CELL) == "x" * CELL


@given(st.text(st.characters(max_codepoint=126), max_size=50))
def test_pieces_make_the_whole(text: str) -> None:
    assert "".join(pieces(text * 2000)) == text * 2000
    assert all(len(piece) <= CELL for piece in pieces(text * 2000))


@pytest.mark.parametrize("sign", "=+-@")
def test_no_piece_begins_like_a_formula(sign: str) -> None:
    text = "x" * (CELL - 2) + sign * 5 + "cmd" + "y" * CELL
    found = pieces(text)
    assert "".join(found) == text
    assert not [piece for piece in found if piece.startswith(sign)]
    assert all(len(piece) <= CELL for piece in found)


@pytest.mark.parametrize("make", [to_cell, ascii_json])
def test_no_cell_holds_the_escape_of_workbooks_which_some_readers_undo(make: Callable[[str], str]) -> None:
    assert "_x000D_" not in make("a _x000D_ b")
