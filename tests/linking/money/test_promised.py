from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.linking.money.made_money import promise

from pledgebook.linking.money.promised import promised_sums, reach


@pytest.mark.parametrize(
    ("text", "value", "qualifier", "low", "high"),
    [
        ("$93 million", "93000000", "exact", "92500000", "93500000"),
        ("$1.25 billion", "1250000000", "exact", "1245000000", "1255000000"),
        ("nearly $54 million", "54000000", "nearly", "53000000", "54000000"),
        ("more than $308 million", "308000000", "more-than", "308000000", "309000000"),
        ("about $40 million", "40000000", "about", "39000000", "41000000"),
        ("$1 million", "1000000", "exact", "975000", "1025000"),
        ("€60,000,000", "60000000", "exact", "59700000", "60300000"),
        ("half a billion dollars", "500000000", "exact", "487500000", "512500000"),
    ],
)
def test_a_sum_reaches_as_far_as_its_words_are_exact(text: str, value: str, qualifier: str, low: str, high: str) -> None:
    assert reach(text, Decimal(value), qualifier) == (Decimal(low), Decimal(high))


@given(st.integers(1, 10**13), st.sampled_from(["exact", "about", "nearly", "more-than", "at-least", "at-most"]), st.text(max_size=20))
def test_the_sum_itself_is_always_within_its_reach(value: int, qualifier: str, text: str) -> None:
    low, high = reach(text, Decimal(value), qualifier)
    assert 0 < low <= value <= high


def test_goods_are_no_money() -> None:
    assert promised_sums(promise(words="30 trucks", value="30", unit="trucks")) == ()


def test_a_sum_that_is_no_number_is_none() -> None:
    assert promised_sums(promise(value="NaN")) == ()
