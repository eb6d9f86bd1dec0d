"""The table can be read at any usual width, and its words steer no terminal."""

from collections.abc import Callable

import pytest

from pledgebook.core.reading import Reading
from pledgebook.views.render import render


def table(*readings: Reading, width: int = 80, explain: bool = False, color: bool = False) -> str:
    return b"".join(render(readings, "table", width=width, explain=explain, color=color)).decode()


@pytest.mark.parametrize("width", [40, 60, 80, 120, 160, 240])
def test_nothing_is_cut_off(reading: Reading, width: int) -> None:
    shown = table(reading, width=width)
    assert max(len(line) for line in shown.splitlines()) <= width
    for word in ("Northland", "Envoy", "2026-06", "12,000,000", "USD", "intention", "bridges", "contribute"):
        assert word in shown, word


def test_the_quote_has_a_column_of_its_own_where_there_is_room(reading: Reading) -> None:
    assert "Words" in table(reading, width=160)
    assert "Words" not in table(reading, width=80)


def test_counts_and_review_state_close_the_table(reading: Reading) -> None:
    assert table(reading, reading).splitlines()[-1] == "4 commitments in 2 documents; machine-read, not reviewed."


def test_explain_lists_the_reasons(reading: Reading) -> None:
    assert "cue:will" not in table(reading)
    explained = table(reading, explain=True)
    assert "cue:will" in explained
    assert "confidence 0.75" in explained


def test_markup_and_escapes_are_words(make: Callable[..., Reading]) -> None:
    text = "We will [bold]paint[/bold] \x1b[31mred\x1b[0m bridges."
    shown = table(make(text, (0, len(text))))
    assert "[bold]paint[/bold]" in " ".join(shown.split())
    assert "\x1b" not in shown


def test_no_color_but_on_a_terminal(reading: Reading) -> None:
    assert "\x1b[" not in table(reading)
    assert "\x1b[" in table(reading, color=True)


def test_nothing_found_is_said(make: Callable[..., Reading]) -> None:
    assert "No commitments found." in table(make("The bridge is old."))
