"""The joiner against its gold standard: docs/joining.md gives the figures; these are the floors under them."""

import pytest
from training.joiner.evaluate import predicted, wrong_merges
from training.joiner.mentions import DATA, Located, read_gold
from training.joining.readings import GOLD, load_readings
from training.joining.score import score_rows

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="needs the texts in ../shared/data")


@pytest.fixture(scope="module")
def found() -> Located:
    return read_gold()


def test_every_mention_of_the_gold_is_still_read(found: Located) -> None:
    assert sum(one is None for one in found.ids.values()) <= 25


def test_promises_are_joined_as_well_as_they_were(found: Located) -> None:
    scores = {name: (cubed, pairs) for name, cubed, pairs in score_rows(load_readings(GOLD), predicted(found))}
    assert scores["held back"][0].f1 >= 0.86
    assert scores["held back"][0].precision >= 0.92
    assert scores["tune"][0].f1 >= 0.90


def test_nothing_is_joined_across_different_sums_or_dates(found: Located) -> None:
    assert wrong_merges(load_readings(GOLD), found, predicted(found)) == []
