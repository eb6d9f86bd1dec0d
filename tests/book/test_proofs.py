import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.book.proofs import (
    ConsistencyProof,
    InclusionProof,
    Tree,
    check_proof,
    encode_proof,
    prove_entry,
    prove_growth,
    tree_of,
)
from pledgebook.core.identity import canonical_json

LOG = [canonical_json([seq, "document", f"Zoë {seq}", "2030-01-01T00:00:00Z"]) for seq in range(1, 12)]


def rules(data: bytes, *kept: Tree | str) -> list[tuple[str, str]]:
    return [(problem.severity, problem.rule) for problem in check_proof(data, where="p.json", kept=kept)]


@pytest.mark.parametrize("index", range(len(LOG)))
def test_every_entry_is_proved_by_file_and_root(index: int) -> None:
    tree = tree_of(LOG)
    data = encode_proof(prove_entry(LOG, index))
    assert rules(data, tree) == []
    assert rules(data, tree.root) == []
    assert msgspec.json.decode(data)["entry"].encode() == LOG[index]


@pytest.mark.parametrize("old", range(len(LOG) + 1))
def test_every_growth_is_proved_by_file_and_both_roots(old: int) -> None:
    data = encode_proof(prove_growth(LOG, old))
    assert rules(data, tree_of(LOG[:old]), tree_of(LOG)) == []
    assert rules(data, tree_of(LOG[:old]).root, tree_of(LOG).root) == []


def test_without_a_root_from_another_hand_nothing_is_certain() -> None:
    assert rules(encode_proof(prove_entry(LOG, 3))) == [("warning", "root-not-kept")]


@pytest.mark.parametrize("proof", [prove_entry(LOG, 3), prove_growth(LOG, 5)])
def test_a_proof_for_another_release_is_told(proof: InclusionProof | ConsistencyProof) -> None:
    other = tree_of(LOG[:4])
    assert rules(encode_proof(proof), tree_of(LOG), other) == [("error", "other-release")]
    assert rules(encode_proof(proof), tree_of(LOG).root, other.root) == [("error", "other-release")]
    assert rules(encode_proof(proof), Tree(size=12, root=tree_of(LOG).root)) == [("error", "other-release")]


@given(st.data(), st.booleans(), st.integers(1, len(LOG) - 1))
def test_any_changed_byte_is_found_or_changes_nothing_told(data: st.DataObject, inclusion: bool, number: int) -> None:
    kept = [tree_of(LOG)] if inclusion else [tree_of(LOG[:number]), tree_of(LOG)]
    proof = prove_entry(LOG, number) if inclusion else prove_growth(LOG, number)
    changed = bytearray(encode_proof(proof))
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    errors = [problem for problem in check_proof(bytes(changed), where="p.json", kept=kept) if problem.severity == "error"]
    if not errors:
        assert msgspec.json.decode(changed, type=type(proof)) == proof  # white space was changed for other white space


def test_the_rewritten_past_of_a_log_is_found() -> None:
    rewritten = [LOG[0] + b" ", *LOG[1:]]
    proof = ConsistencyProof(old=tree_of(LOG[:5]), new=tree_of(rewritten), path=prove_growth(rewritten, 5).path)
    assert rules(encode_proof(proof), tree_of(LOG[:5]), tree_of(rewritten)) == [("error", "false-proof")]


def test_a_forged_entry_is_found() -> None:
    forged = msgspec.structs.replace(prove_entry(LOG, 3), entry=LOG[4].decode())
    assert rules(encode_proof(forged), tree_of(LOG)) == [("error", "false-proof")]


def test_a_log_that_lost_entries_is_found() -> None:
    for old, new in itertools.combinations(range(len(LOG) + 1), 2):
        shrunk = ConsistencyProof(old=tree_of(LOG[:new]), new=tree_of(LOG[:old]), path=prove_growth(LOG[:new], old).path)
        assert rules(encode_proof(shrunk), tree_of(LOG[:new])) == [("error", "false-proof")]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff\xfe",
        b'{"proof":"other"}',
        encode_proof(prove_entry(LOG, 3))[:-5],
        encode_proof(prove_entry(LOG, 3)).replace(b'"index": 3', b'"index": "3"'),
        encode_proof(prove_entry(LOG, 3)).replace(b'"index": 3', b'"index": 3, "by": "me"'),
        encode_proof(prove_entry(LOG, 3)).replace(b'"entry": "', b'"entry": "\xff'),
        encode_proof(prove_entry(LOG, 3)).replace(b'"entry": "', b'"entry": "\\ud800'),
    ],
)
def test_what_is_no_proof_is_told(data: bytes) -> None:
    (problem,) = check_proof(data, where="p.json", kept=[tree_of(LOG)])
    assert (problem.rule, problem.where, problem.severity) == ("no-proof", "p.json", "error")


def test_proof_for_no_entry_is_refused() -> None:
    with pytest.raises(IndexError):
        prove_entry(LOG, len(LOG))
    with pytest.raises(ValueError, match="no beginning"):
        prove_growth(LOG, len(LOG) + 1)
