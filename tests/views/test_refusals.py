"""A refusal says that it is one, whatever words the reading took for its deed."""

import pytest
from tests.support.made import commitment, document

from pledgebook.views.rows import what


@pytest.mark.parametrize(
    ("negated", "action", "told"),
    [
        (True, "deploy troops on the ground", "will not: deploy troops on the ground"),
        (True, "stop until it is done", "will not: stop until it is done"),
        (True, "not allow it to grow", "not allow it to grow"),
        (True, "will never waver", "will never waver"),
        (True, "won't sell the wells", "won't sell the wells"),
        (False, "deploy troops on the ground", "deploy troops on the ground"),
    ],
)
def test_a_refusal_is_told_once(negated: bool, action: str, told: str) -> None:
    one = document(commitment(f"We say: {action}.", action, negated=negated), title="T", published="2024-01-01", outlet="Ministry")
    assert what(one.reading.commitments[0]) == told
