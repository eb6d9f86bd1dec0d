"""Proofs that anyone can check without the book: that an entry is in a release, and that a later release only added to an earlier one.

What a checker needs is the proof's file and, from another hand, the root of the release: printed, mailed, or kept in a release file. Why it
holds: the root is the Merkle root (RFC 6962) over the bytes of every entry of the log, so nobody can make a proof for an entry that was
not there, or for a log that was rewritten.
"""

from collections.abc import Sequence

import msgspec

from pledgebook.core import merkle
from pledgebook.core.counted import agreeing
from pledgebook.core.problem import Problem


class Tree(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The state of a log: how many entries it has, and the Merkle root (64 hex digits) over them."""

    size: int
    root: str


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """What a book said on a day, held fast: the file that is given to others, who keep at least its `size` and `root`.

    `as_of` is the day looked from and `made` the time of making (ISO 8601); `size`, `root` are those of the log's tree, `head` the hash of
    its last entry; `extractor` and `rules` are the versions that read and judged.
    """

    name: str
    as_of: str
    made: str
    size: int
    root: str
    head: str
    extractor: str
    rules: str

    @property
    def tree(self) -> Tree:
        """The state of the log, as proofs speak of it."""
        return Tree(size=self.size, root=self.root)


class InclusionProof(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="proof", tag="inclusion"):
    """That `entry` is in the log of which `tree` is the state.

    `entry` is the canonical JSON of the entry, to the letter; `index` counts from 0; `path` are the hashes beside the way from the entry up
    to the root.
    """

    entry: str
    index: int
    tree: Tree
    path: tuple[str, ...]


class ConsistencyProof(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="proof", tag="consistency"):
    """That the log of `new` begins with that of `old`, entry by entry; `path` are the hashes of RFC 6962, section 2.1.2."""

    old: Tree
    new: Tree
    path: tuple[str, ...]


Proof = InclusionProof | ConsistencyProof


def tree_of(leaves: Sequence[bytes]) -> Tree:
    """The state of a log with these entries, as their canonical bytes."""
    return Tree(size=len(leaves), root=merkle.root(leaves))


def prove_entry(leaves: Sequence[bytes], index: int) -> InclusionProof:
    """That the log of `leaves` holds the entry at `index` (from 0). Raises IndexError outside the log."""
    path = tuple(merkle.inclusion_proof(leaves, index))
    return InclusionProof(entry=leaves[index].decode("utf-8"), index=index, tree=tree_of(leaves), path=path)


def prove_growth(leaves: Sequence[bytes], old_size: int) -> ConsistencyProof:
    """That the log of `leaves` grew out of its first `old_size` entries. Raises ValueError for a size that the log never had."""
    path = tuple(merkle.consistency_proof(leaves, old_size))
    return ConsistencyProof(old=tree_of(leaves[:old_size]), new=tree_of(leaves), path=path)


def encode_proof(proof: Proof) -> bytes:
    """The bytes of a proof's file: JSON to be read by people as well."""
    return msgspec.json.format(msgspec.json.encode(proof)) + b"\n"


def check_proof(data: bytes, *, where: str, kept: Sequence[Tree | str] = ()) -> list[Problem]:
    """What is wrong with a proof's file; nothing if it proves what it says.

    `kept` are the releases that the reader has from another hand: each a tree, or only its root. The proof must speak of every one of
    them; where there is none, a warning says that anyone could have made root and proof together. A root alone does not tell how many
    entries the log had: a changed `size` can go unnoticed where no tree is kept.
    """
    try:
        proof = msgspec.json.decode(data, type=Proof)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        what = f"The file is no proof ({error})."
        return [_error("no-proof", where, what, "Take the file as `pledgebook prove` wrote it.")]
    problems = _check_inclusion(proof, where) if isinstance(proof, InclusionProof) else _check_consistency(proof, where)
    trees = [proof.tree] if isinstance(proof, InclusionProof) else [proof.old, proof.new]
    return problems + _check_kept(trees, kept, where)


def _check_inclusion(proof: InclusionProof, where: str) -> list[Problem]:
    leaf = proof.entry.encode("utf-8")
    if merkle.verify_inclusion(leaf, proof.index, proof.tree.size, proof.path, proof.tree.root):
        return []
    what = f"The entry is not entry {proof.index + 1} of the {proof.tree.size} under the root {proof.tree.root[:80]}: it, or the proof, was changed."
    return [_error("false-proof", where, what, "Do not rely on the entry; ask for the proof again.")]


def _check_consistency(proof: ConsistencyProof, where: str) -> list[Problem]:
    old, new = proof.old, proof.new
    if merkle.verify_consistency(old.size, new.size, old.root, new.root, proof.path):
        return []
    what = f"The log of {new.size} {agreeing(new.size, 'entry')} does not begin with that of {old.size}: entries were changed or taken out, or the proof was changed."
    return [_error("false-proof", where, what, "Do not rely on the later release; ask for the proof again.")]


def _check_kept(trees: Sequence[Tree], kept: Sequence[Tree | str], where: str) -> list[Problem]:
    if not kept:
        what = "The root is the proof's own word."
        return [
            Problem(
                severity="warning", rule="root-not-kept", where=where, what=what, todo="Give the root that the release was published with."
            )
        ]
    roots = {tree.root for tree in trees}
    return [
        _error(
            "other-release", where, f"The proof does not speak of the release with the root {_shown(one)}.", "Take the proof for that one."
        )
        for one in kept
        if (one not in roots if isinstance(one, str) else one not in trees)
    ]


def _shown(one: Tree | str) -> str:
    return one[:80] if isinstance(one, str) else f"{one.root[:80]} and {one.size} {agreeing(one.size, 'entry')}"


def _error(rule: str, where: str, what: str, todo: str) -> Problem:
    return Problem(severity="error", rule=rule, where=where, what=what, todo=todo)
