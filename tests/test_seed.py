"""The seed article, read as an article of 30 September 2024. Skips where ../shared is absent."""

from pathlib import Path

import pytest

import pledgebook
from pledgebook.core.commitment import Commitment
from pledgebook.core.reading import Reading

SEED = Path(__file__).parents[2] / "shared" / "data" / "text" / "seed_article.txt"
pytestmark = pytest.mark.skipif(not SEED.is_file(), reason="../shared/data/text/seed_article.txt is not here")


@pytest.fixture(scope="module")
def reading() -> Reading:
    return pledgebook.read(SEED, published="2024-09-30", outlet="Shafaq News")


def about(reading: Reading, words: str) -> list[Commitment]:
    return [one for one in reading.commitments if words in one.action]


def test_every_quote_and_action_stands_at_its_place(reading: Reading) -> None:
    text = reading.document.text
    assert reading.commitments
    for one in reading.commitments:
        assert text[one.start : one.end] == one.quote
        assert one.action in one.quote
        assert one.actor_text is None or one.actor_text in text
        assert all(amount.text in one.quote for amount in one.amounts)
    assert all(text[statement.start : statement.end] == statement.text for statement in reading.statements)
    assert not reading.problems


def test_the_money(reading: Reading) -> None:
    (money,) = [one for one in reading.commitments if one.amounts]
    assert [(amount.value, amount.unit) for amount in money.amounts] == [("168000000", "USD")]
    assert (money.kind, money.strength, money.actors, money.countries) == ("fund", "intention", ("United States",), ("IQ", "SY"))
    assert "Blinken" in (money.speaker or "")
    assert 3 <= len(money.purposes) <= 5
    assert any("demining" in purpose.text for purpose in money.purposes)


def test_the_end_of_the_mission(reading: Reading) -> None:
    dated = [one for one in reading.commitments if one.deadline == "../2025-09"]
    assert dated
    assert all(one.deadline_role == "due" and "September 2025" in (one.deadline_text or "") for one in dated)


def test_iraq_takes_responsibility(reading: Reading) -> None:
    (found,) = about(reading, "assume greater responsibility")
    assert found.actors == ("Iraq",)
    assert "Blinken" in (found.speaker or "")


def test_nato_goes_on(reading: Reading) -> None:
    assert any("NATO" in one.actors for one in reading.commitments)


def test_nobody_takes_isis_for_an_actor(reading: Reading) -> None:
    assert not any("ISIS" in one.actors or "Islamic State" in one.actors for one in reading.commitments)


def test_the_one_who_speaks_is_blinken(reading: Reading) -> None:
    assert {one.speaker for one in reading.commitments} == {"Antony J. Blinken"}
    assert "document" not in {one.speech for one in reading.commitments}
