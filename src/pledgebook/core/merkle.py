"""The Merkle tree of RFC 6962, section 2.1, over SHA-256: root, inclusion proofs and consistency proofs, made and checked.

A leaf is the bytes of one entry. Hashes go in and out as 64 lower-case hex digits; any other spelling of a hash fails a check. The checks
follow RFC 9162, sections 2.1.3.2 and 2.1.4.2, which put into steps what RFC 6962 defines.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence

#: The root of a tree without leaves.
EMPTY_ROOT = hashlib.sha256(b"").hexdigest()
_HASH = re.compile(r"[0-9a-f]{64}")


def root(leaves: Iterable[bytes]) -> str:
    """The root of the tree over `leaves`, read once in their order; memory grows with the logarithm of their number."""
    return _root_of(_leaf(data) for data in leaves).hex()


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[str]:
    """The hashes that, with the leaf at `index` (from 0), make the root, from the leaf upward. Raises IndexError outside the leaves."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"no leaf {index} in a tree of {len(leaves)}")
    return [node.hex() for node in _path(index, [_leaf(data) for data in leaves])]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[str], root: str) -> bool:
    """Whether `leaf` is entry `index` (from 0) of the tree of `size` leaves with that root."""
    if not 0 <= index < size or not _well_formed(root, *proof):
        return False
    position, last, node = index, size - 1, _leaf(leaf)
    for sibling in map(bytes.fromhex, proof):
        if last == 0:
            return False
        if position % 2 or position == last:
            node = _node(sibling, node)
            while position % 2 == 0 and position:
                position, last = position // 2, last // 2
        else:
            node = _node(node, sibling)
        position, last = position // 2, last // 2
    return last == 0 and node.hex() == root


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> list[str]:
    """The hashes that show the tree over the first `old_size` leaves to be the beginning of the tree over all of them.

    Empty where there is nothing to show: the old tree is without leaves (a case that RFC 6962 leaves out), or is the whole tree.
    Raises ValueError for an old size below 0 or above the number of leaves.
    """
    if not 0 <= old_size <= len(leaves):
        raise ValueError(f"a tree of {len(leaves)} leaves has no beginning of {old_size}")
    if old_size in {0, len(leaves)}:
        return []
    return [node.hex() for node in _subproof(old_size, [_leaf(data) for data in leaves], whole=True)]


def verify_consistency(old_size: int, new_size: int, old_root: str, new_root: str, proof: Sequence[str]) -> bool:
    """Whether the tree of `new_size` leaves with `new_root` begins with all leaves of the old tree, unchanged and in their order."""
    if not 0 <= old_size <= new_size or not _well_formed(old_root, new_root, *proof):
        return False
    if old_size == new_size:
        return not proof and old_root == new_root and (old_size > 0 or old_root == EMPTY_ROOT)
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    nodes = [bytes.fromhex(node) for node in proof]
    if old_size & (old_size - 1) == 0:
        nodes.insert(0, bytes.fromhex(old_root))  # a whole subtree of the new tree: its root is known and not told again
    return bool(nodes) and _climb(old_size, new_size, nodes) == (old_root, new_root)


def _climb(old_size: int, new_size: int, nodes: Sequence[bytes]) -> tuple[str, str] | None:
    """The roots of both trees, made from the nodes of a consistency proof; None if their number is wrong."""
    position, last = old_size - 1, new_size - 1
    while position % 2:
        position, last = position // 2, last // 2
    old = new = nodes[0]
    for node in nodes[1:]:
        if last == 0:
            return None
        if position % 2 or position == last:
            old, new = _node(node, old), _node(node, new)
            while position % 2 == 0 and position:
                position, last = position // 2, last // 2
        else:
            new = _node(new, node)
        position, last = position // 2, last // 2
    return (old.hex(), new.hex()) if last == 0 else None


def _leaf(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _root_of(hashes: Iterable[bytes]) -> bytes:
    """MTH of leaf hashes: whole subtrees are joined as soon as two of one size stand side by side, the rest at the end from the right."""
    subtrees: list[bytes] = []
    for count, node in enumerate(hashes, start=1):
        subtrees.append(node)
        while count % 2 == 0:
            right = subtrees.pop()
            subtrees.append(_node(subtrees.pop(), right))
            count //= 2  # noqa: PLW2901 - counts the subtrees of the size that has just been made
    if not subtrees:
        return hashlib.sha256(b"").digest()
    node = subtrees.pop()
    while subtrees:
        node = _node(subtrees.pop(), node)
    return node


def _path(index: int, hashes: Sequence[bytes]) -> list[bytes]:
    """PATH of section 2.1.1."""
    if len(hashes) == 1:
        return []
    split = _split(len(hashes))
    if index < split:
        return [*_path(index, hashes[:split]), _root_of(hashes[split:])]
    return [*_path(index - split, hashes[split:]), _root_of(hashes[:split])]


def _subproof(old_size: int, hashes: Sequence[bytes], *, whole: bool) -> list[bytes]:
    """SUBPROOF of section 2.1.2; `whole` while the subtree is one whose root the checker knows."""
    if old_size == len(hashes):
        return [] if whole else [_root_of(hashes)]
    split = _split(len(hashes))
    if old_size <= split:
        return [*_subproof(old_size, hashes[:split], whole=whole), _root_of(hashes[split:])]
    return [*_subproof(old_size - split, hashes[split:], whole=False), _root_of(hashes[:split])]


def _split(size: int) -> int:
    """The largest power of two below `size`, for a size of at least 2."""
    return 1 << (size - 1).bit_length() - 1


def _well_formed(*hashes: str) -> bool:
    return all(_HASH.fullmatch(value) for value in hashes)
