import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.core.identity import canonical_json, content_id, sha256_hex

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(alphabet="abcxyz", min_size=1), inner),
    max_leaves=10,
)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ({"b": 1, "a": [True, None]}, b'{"a":[true,null],"b":1}'),
        ("größer", '"größer"'.encode()),
        (["a,b", "c"], b'["a,b","c"]'),
        ({}, b"{}"),
    ],
)
def test_canonical_bytes(value: object, wanted: bytes) -> None:
    assert canonical_json(value) == wanted


@pytest.mark.parametrize("value", [1.0, [1, 2.5], {"a": {"b": (0.0,)}}])
def test_a_float_has_no_identity(value: object) -> None:
    with pytest.raises(TypeError, match="decimal string"):
        canonical_json(value)


@given(VALUES)
def test_canonical_bytes_read_back_to_the_same_value(value: object) -> None:
    assert json.loads(canonical_json(value)) == value


@given(st.dictionaries(st.text(alphabet="abcxyz", min_size=1), st.integers()))
def test_the_order_of_keys_does_not_count(value: dict[str, int]) -> None:
    turned: Iterator[tuple[str, int]] = reversed(list(value.items()))
    assert canonical_json(dict(turned)) == canonical_json(value)


def test_an_id_is_made_of_the_kind_and_every_field() -> None:
    rows: list[tuple[str, list[object]]] = [
        ("a", ["b", 1]),
        ("a", ["b", 2]),
        ("a", ["b1"]),
        ("ab", [1]),
        ("c", ["b", 1]),
        ("a", [["b", 1]]),
    ]
    ids = {content_id(kind, *fields) for kind, fields in rows}
    assert len(ids) == 6
    assert all(len(one) == 16 and int(one, 16) >= 0 for one in ids)
    assert content_id("commitment", "doc", 3, 9) == sha256_hex(b'["commitment","doc",3,9]')[:16]


def test_sha256_of_bytes() -> None:
    assert sha256_hex(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
