"""What comes after what in a plan, by its own words."""

import pytest

from pledgebook.views.charts.phases import phases_of


@pytest.mark.parametrize(
    ("text", "own", "after"),
    [
        ("In the first phase the mission will end in Freedonia.", 1, set()),
        ("In the second phase it will go on from Sylvania.", 2, set()),
        ("Phase two begins in 2026.", 2, set()),
        ("Phase II will last a year.", 2, set()),
        ("After the first phase, the bases will be handed over.", None, {1}),
        ("Upon completion of the second phase advisers will stay.", None, {2}),
        ("The third phase will begin once the second phase is over.", 3, {2}),
        ("Following the end of phase 1, troops will move in stage 2.", 2, {1}),
        ("The first phase and the second phase will take two years.", None, set()),
        ("The first bridge will open before the next phase.", None, set()),
        ("The phase will end in May.", None, set()),
    ],
)
def test_a_text_is_of_the_phase_that_it_names_and_after_the_one_that_it_says(text: str, own: int | None, after: set[int]) -> None:
    assert phases_of(text) == (own, frozenset(after))
