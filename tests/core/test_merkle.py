"""Merkle trees: the reference vectors of Certificate Transparency, RFC 6962 written down as it stands, and every way to cheat."""

import hashlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.core import merkle

#: The leaves of the reference tests of Certificate Transparency, and the root over the first n of them.
LEAVES = [
    bytes.fromhex(leaf) for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
#: A leaf's index, the size of the tree, and its path; from the same tests.
PATHS = [
    (0, 1, []),
    (
        0,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
]
#: The size of the old tree, of the new one, and the proof that the one grew into the other; from the same tests.
GROWTHS = [
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (
        2,
        5,
        [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]

some_leaves = st.lists(st.binary(max_size=5), max_size=40)


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def as_defined(leaves: list[bytes]) -> bytes:
    """MTH, word for word as section 2.1 has it."""
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0])
    k = max(1 << power for power in range(len(leaves).bit_length()) if 1 << power < len(leaves))
    return sha256(b"\x01" + as_defined(leaves[:k]) + as_defined(leaves[k:]))


def altered(digest: str, place: int) -> str:
    return digest[:place] + ("1" if digest[place] == "0" else "0") + digest[place + 1 :]


@pytest.mark.parametrize("size", range(9))
def test_root_is_that_of_the_reference_tests(size: int) -> None:
    assert merkle.root(LEAVES[:size]) == ROOTS[size]


def test_empty_root_is_that_of_no_leaves() -> None:
    assert merkle.root([]) == merkle.EMPTY_ROOT


@pytest.mark.parametrize(("index", "size", "path"), PATHS)
def test_inclusion_proof_is_that_of_the_reference_tests(index: int, size: int, path: list[str]) -> None:
    assert merkle.inclusion_proof(LEAVES[:size], index) == path
    assert merkle.verify_inclusion(LEAVES[index], index, size, path, ROOTS[size])


@pytest.mark.parametrize(("old", "new", "proof"), GROWTHS)
def test_consistency_proof_is_that_of_the_reference_tests(old: int, new: int, proof: list[str]) -> None:
    assert merkle.consistency_proof(LEAVES[:new], old) == proof
    assert merkle.verify_consistency(old, new, ROOTS[old], ROOTS[new], proof)


@given(some_leaves)
def test_root_is_what_the_definition_gives(leaves: list[bytes]) -> None:
    assert merkle.root(iter(leaves)) == as_defined(leaves).hex()


@given(some_leaves.filter(bool), st.data())
def test_every_leaf_is_proved_and_no_other(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    size, root, proof = len(leaves), merkle.root(leaves), merkle.inclusion_proof(leaves, index)
    assert merkle.verify_inclusion(leaves[index], index, size, proof, root)

    assert not merkle.verify_inclusion(leaves[index] + b"x", index, size, proof, root)
    assert not merkle.verify_inclusion(leaves[index], index, size, proof, altered(root, data.draw(st.integers(0, 63))))
    assert not merkle.verify_inclusion(leaves[index], index, size, [*proof, root], root)
    if proof:
        place = data.draw(st.integers(0, len(proof) - 1))
        changed = [altered(node, data.draw(st.integers(0, 63))) if at == place else node for at, node in enumerate(proof)]
        assert not merkle.verify_inclusion(leaves[index], index, size, changed, root)
        assert not merkle.verify_inclusion(leaves[index], index, size, proof[:-1], root)
        other = data.draw(st.integers(0, size - 1).filter(lambda number: leaves[number] != leaves[index]) | st.just(index))
        assert merkle.verify_inclusion(leaves[other], index, size, proof, root) == (other == index)


@given(some_leaves, some_leaves, st.data())
def test_growth_is_proved_and_nothing_else(old: list[bytes], more: list[bytes], data: st.DataObject) -> None:
    new = old + more
    old_root, new_root, proof = merkle.root(old), merkle.root(new), merkle.consistency_proof(new, len(old))
    assert merkle.verify_consistency(len(old), len(new), old_root, new_root, proof)

    place = data.draw(st.integers(0, 63))
    assert not merkle.verify_consistency(len(old), len(new), altered(old_root, place), new_root, proof)
    assert not merkle.verify_consistency(len(old), len(new), old_root, new_root, [*proof, new_root])
    if old:  # everything grows out of an empty tree
        assert not merkle.verify_consistency(len(old), len(new), old_root, altered(new_root, place), proof)
    if proof:
        chosen = data.draw(st.integers(0, len(proof) - 1))
        changed = [altered(node, place) if at == chosen else node for at, node in enumerate(proof)]
        assert not merkle.verify_consistency(len(old), len(new), old_root, new_root, changed)
        assert not merkle.verify_consistency(len(old), len(new), old_root, new_root, proof[:-1])


@given(some_leaves.filter(bool), some_leaves.filter(bool), st.data())
def test_a_rewritten_past_cannot_be_proved(old: list[bytes], more: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(old) - 1))
    rewritten = [leaf + b"!" if at == place else leaf for at, leaf in enumerate(old)] + more
    proof = merkle.consistency_proof(rewritten, len(old))
    assert not merkle.verify_consistency(len(old), len(rewritten), merkle.root(old), merkle.root(rewritten), proof)


@pytest.mark.parametrize(
    ("index", "size"), [(-1, 8), (8, 8), (0, 0), (0, -1), (5, 4)], ids=["below", "at the end", "no leaves", "less than none", "above"]
)
def test_no_leaf_outside_the_tree(index: int, size: int) -> None:
    assert not merkle.verify_inclusion(LEAVES[5], index, size, PATHS[2][2], ROOTS[8])


def test_proof_for_no_leaf_is_refused() -> None:
    for index in (-1, 8):
        with pytest.raises(IndexError, match=f"no leaf {index} in a tree of 8"):
            merkle.inclusion_proof(LEAVES, index)
    for size in (-1, 9):
        with pytest.raises(ValueError, match="a tree of 8 leaves has no beginning"):
            merkle.consistency_proof(LEAVES, size)


def test_a_tree_does_not_shrink() -> None:
    assert not merkle.verify_consistency(8, 6, ROOTS[8], ROOTS[6], merkle.consistency_proof(LEAVES, 6))


@pytest.mark.parametrize(
    "spelling", [str.upper, " {}".format, "{}\n".format, "{}00".format, lambda digest: digest[:-1], lambda _: "x" * 64]
)
def test_a_hash_has_one_spelling(spelling: Callable[[str], str]) -> None:
    index, size, path = PATHS[2]
    assert not merkle.verify_inclusion(LEAVES[index], index, size, path, spelling(ROOTS[size]))
    assert not merkle.verify_inclusion(LEAVES[index], index, size, [spelling(path[0]), *path[1:]], ROOTS[size])
    assert not merkle.verify_consistency(2, 2, spelling(ROOTS[2]), spelling(ROOTS[2]), [])


def test_an_empty_tree_has_one_root() -> None:
    assert merkle.verify_consistency(0, 0, ROOTS[0], ROOTS[0], [])
    assert not merkle.verify_consistency(0, 0, ROOTS[1], ROOTS[1], [])
    assert not merkle.verify_consistency(0, 8, ROOTS[1], ROOTS[8], [])
