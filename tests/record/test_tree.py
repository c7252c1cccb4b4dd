"""Promises about the tree over a log."""

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.errors import BadProof
from varne.record.tree import (
    check_consistency,
    check_inclusion,
    leaf_hash,
    node_hash,
    prove_consistency,
    prove_inclusion,
    root_of,
    subtree_of,
)

VECTORS = Path(__file__).parents[3] / "shared" / "record" / "vectors"
# Entries and roots of sizes 0 to 8: transparency-dev/merkle testonly/constants.go, Apache-2.0.
ENTRIES = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]  # fmt: skip
ROOTS = [bytes.fromhex(text) for text in (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]  # fmt: skip
MOST = 40
LEAVES = [leaf_hash(str(number).encode()) for number in range(MOST)]


def test_roots_are_those_of_the_reference_tree():
    """Every size from none to eight."""
    leaves = [leaf_hash(entry) for entry in ENTRIES]
    assert [root_of(leaves[:size]) for size in range(9)] == ROOTS


@pytest.mark.parametrize("size", range(1, MOST + 1))
def test_every_leaf_of_every_small_tree_is_proved(size):
    """What is proved is checked; nothing else is: no other leaf, place, size or root, no proof with one hash off."""
    subtree, root = subtree_of(LEAVES[:size]), root_of(LEAVES[:size])
    for index in range(size):
        proof = prove_inclusion(index, size, subtree)
        check_inclusion(index, size, LEAVES[index], proof, root)
        for wrong in (
            (index, size, leaf_hash(b"other"), proof, root),
            (index, size, LEAVES[index], proof, leaf_hash(b"other")),
            (index, size, LEAVES[index], (*proof, root), root),
            (size, size, LEAVES[index], proof, root),
            *([(index, size, LEAVES[index], proof[:-1], root)] if proof else []),
            *((index, size, LEAVES[index], _without(proof, place), root) for place in range(len(proof))),
        ):
            with pytest.raises(BadProof):
                check_inclusion(*wrong)


@pytest.mark.parametrize("size", range(1, MOST + 1))
def test_every_growth_of_every_small_tree_is_proved(size):
    """From each size to each larger; a changed root, size or hash is refused."""
    subtree, root = subtree_of(LEAVES[:size]), root_of(LEAVES[:size])
    for old in range(1, size + 1):
        proof, before = prove_consistency(old, size, subtree), root_of(LEAVES[:old])
        check_consistency(old, size, before, root, proof)
        for wrong in (
            (old, size, leaf_hash(b"other"), root, proof),
            (old, size, before, leaf_hash(b"other"), proof),
            (old, size, before, root, (*proof, root)),
            (size + 1, size, before, root, proof),
            (0, size, before, root, proof),
            *((old, size, before, root, _without(proof, place)) for place in range(len(proof))),
        ):
            with pytest.raises(BadProof):
                check_consistency(*wrong)


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=70), st.data())
def test_no_other_log_has_the_same_root(entries, data):
    """One entry changed, taken away or moved is another tree."""
    leaves = [leaf_hash(entry) for entry in entries]
    place = data.draw(st.integers(0, len(entries) - 1))
    changed = [*leaves[:place], leaf_hash(entries[place] + b"x"), *leaves[place + 1 :]]
    assert len({root_of(leaves), root_of(changed), root_of(leaves[:-1])}) == 3


def test_an_entry_cannot_be_taken_for_a_node():
    """A leaf and a node of the same bytes have other hashes."""
    left, right = LEAVES[:2]
    assert leaf_hash(left + right) != node_hash(left, right)


def test_a_hash_of_another_length_is_refused():
    """Hashes have 32 bytes; shorter ones are told."""
    with pytest.raises(BadProof, match="31 bytes; SHA-256 has 32"):
        check_inclusion(0, 2, LEAVES[0], (LEAVES[1][:-1],), root_of(LEAVES[:2]))


@pytest.mark.parametrize("kind", ["inclusion", "consistency"])
def test_the_published_vectors_come_out_as_they_say(kind):
    """98 proofs of each kind, of which 92 must fail (transparency-dev/merkle)."""
    path = VECTORS / "merkle" / f"{kind}.json"
    if not path.exists():
        pytest.skip("needs the vectors of transparency-dev/merkle beside the checkout")
    cases = json.loads(path.read_text(encoding="utf-8"))["cases"]
    assert len(cases) == 98
    assert [_fails(kind, case) for case in cases] == [case["wantErr"] for case in cases]


def test_a_real_leaf_of_a_public_log_is_proved():
    """Entry 848,049 of 3,630,887 of a log of Certificate Transparency."""
    path = VECTORS / "ct" / "merkle_verifier.json"
    if not path.exists():
        pytest.skip("needs the vectors of google/certificate-transparency beside the checkout")
    found = json.loads(path.read_text(encoding="utf-8"))
    real = found["inclusion_real_ct_leaf"]
    leaf, root, *path_up = map(bytes.fromhex, (real["leaf_hash_hex"], real["root_hex"], *real["audit_path_hex"]))
    assert leaf_hash(bytes.fromhex(real["raw_leaf_hex"])) == leaf
    check_inclusion(real["leaf_index"], real["tree_size"], leaf, path_up, root)
    for case in found["consistency"]:
        before, after, *proof = map(bytes.fromhex, (case["root1"], case["root2"], *case["proof"]))
        check_consistency(case["size1"], case["size2"], before, after, proof)
    assert len(found["consistency"]) == 4


def _without(proof, place):
    return (*proof[:place], leaf_hash(b"off"), *proof[place + 1 :])


def _fails(kind, case):
    proof = [base64.b64decode(text) for text in case["proof"] or ()]
    keys = ("leafHash", "root") if kind == "inclusion" else ("root1", "root2")
    one, two = (base64.b64decode(case[key] or "") for key in keys)
    try:
        if kind == "inclusion":
            check_inclusion(case["leafIdx"], case["treeSize"], one, proof, two)
        else:
            check_consistency(case["size1"], case["size2"], one, two, proof)
    except BadProof:
        return True
    return False
