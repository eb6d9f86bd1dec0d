"""What UCDP's own rows must come to."""

from pathlib import Path

import pytest

from pledgebook.core.observation import Observation
from pledgebook.events.placing import look, placed
from pledgebook.events.read import Row, read_events
from pledgebook.events.series import monthly
from pledgebook.sources.streams import blocks_of_file

DATA = Path(__file__).parents[3] / "shared/data/events/ucdp_ged_syria_2016_2019.csv.gz"
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="../shared/data/events is not here: UCDP GED events in Syria")


@pytest.fixture(scope="module")
def rows() -> list[Observation]:
    return [one.observation for one in read_events(blocks_of_file(DATA), DATA.name) if isinstance(one, Row)]


def test_every_row_is_read(rows: list[Observation]) -> None:
    assert len(rows) == 16_566
    assert sum(one.best or 0 for one in rows) == sum(
        (one.deaths_a or 0) + (one.deaths_b or 0) + (one.deaths_civilians or 0) + (one.deaths_unknown or 0) for one in rows
    )


def test_nearly_all_points_lie_in_the_area_that_their_row_names(rows: list[Observation]) -> None:
    seen = [one for one in look(rows) if one.named]
    assert len(seen) == 16_227
    assert sum(one.named == one.pointed for one in seen) / len(seen) >= 0.97


def test_no_row_is_lost_between_cells_and_what_is_in_none(rows: list[Observation]) -> None:
    found = monthly(placed(rows))
    assert (len(found.areas), len(found.months)) == (14, 47)
    assert found.events.sum() + sum(one.events for one in found.unplaced) == len(rows)
    assert found.best.sum() + sum(one.best for one in found.unplaced) == sum(one.best or 0 for one in rows)


def test_attacks_and_fighting_of_a_group_make_up_all_its_events(rows: list[Observation]) -> None:
    told = placed(rows)
    attacks, fighting = monthly(told, group="IS", part="attacks"), monthly(told, group="IS", part="fighting")
    assert (attacks.events + fighting.events == monthly(told, group="IS").events).all()
    raqqa = fighting.row("SY-RA"), fighting.months.index("2017-06")
    assert fighting.best[raqqa] > 10 * attacks.best[raqqa]
