"""Promises about proofs that an entry is in a log."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.errors import BadNote, BadProof
from varne.record.checkpoint import Checkpoint, sign_checkpoint
from varne.record.cosignature import cosign
from varne.record.keys import COSIGNER, LOG, new_signer
from varne.record.policy import Log, Policy, Witness
from varne.record.proof import Proof, check_proof, parse_proof, write_proof
from varne.record.tree import leaf_hash, prove_inclusion, root_of, subtree_of

LOG_KEY, WITNESS = new_signer("example.org/log", LOG), new_signer("example.org/w", COSIGNER)
POLICY = Policy((Log(LOG_KEY.verifier),), (Witness("w", WITNESS.verifier),), (), "w")
ENTRIES = [f"entry {number}".encode() for number in range(13)]
HASHES = [leaf_hash(entry) for entry in ENTRIES]
# The example of C2SP tlog-proof, with its elided checkpoint.
EXAMPLE = """c2sp.org/tlog-proof@v1
extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6kYXJ3aW4tYXJ
index 73894
gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=

example.com/fancylog
109482
sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

\N{EM DASH} example.com/fancylog hI2DJw==
"""


def signed(size, origin="example.org/log"):
    checkpoint = Checkpoint(origin, size, root_of(HASHES[:size]))
    return sign_checkpoint(checkpoint, [LOG_KEY]) + cosign(checkpoint.text, WITNESS, 1700000000).line.encode()


def proof_of(index, size, extra=None):
    return write_proof(index, prove_inclusion(index, size, subtree_of(HASHES[:size])), signed(size), extra)


@pytest.mark.parametrize("size", range(1, len(ENTRIES) + 1))
def test_each_entry_of_each_small_log_is_proved(size):
    """And no other entry, and not at another place."""
    for index in range(size):
        seen = check_proof(proof_of(index, size), ENTRIES[index], POLICY)
        assert (seen.checkpoint.size, seen.cosigned) == (size, {WITNESS.verifier: 1700000000})
        with pytest.raises(BadProof, match="leads to another root"):
            check_proof(proof_of(index, size), b"another", POLICY)
        moved = proof_of(index, size).replace(f"index {index}\n".encode(), f"index {index + size}\n".encode())
        with pytest.raises(BadProof, match="There is no entry"):
            check_proof(moved, ENTRIES[index], POLICY)


def test_the_example_of_the_specification_is_taken_apart():
    """Its way up is shortened here, as its checkpoint is there."""
    proof = parse_proof(EXAMPLE.encode())
    assert proof.index == 73894
    assert len(proof.hashes) == 2
    assert proof.extra.startswith(b"age-v1.2.1-darwin-arm64.tar.gz")
    assert proof.checkpoint.startswith(b"example.com/fancylog\n109482\n")


@given(st.integers(0, 2**63 - 1), st.lists(st.binary(min_size=32, max_size=32), max_size=63), st.binary(), st.binary())
def test_what_is_written_is_read(index, hashes, checkpoint, extra):
    """Whatever stands in the checkpoint or goes along; nothing going along is no line."""
    written = write_proof(index, hashes, checkpoint, extra)
    assert parse_proof(written) == Proof(index, tuple(hashes), checkpoint, extra or None)
    assert write_proof(index, hashes, checkpoint, parse_proof(written).extra) == written


@given(st.data())
def test_a_changed_byte_is_refused_or_changes_nothing_that_is_proved(data):
    """Only what is not signed may differ: what goes along, and lines of strangers."""
    size = data.draw(st.integers(1, len(ENTRIES)))
    index = data.draw(st.integers(0, size - 1))
    written = proof_of(index, size, data.draw(st.sampled_from([None, b"along"])))
    place, bit = data.draw(st.integers(0, len(written) - 1)), data.draw(st.integers(0, 7))
    changed = bytes([*written[:place], written[place] ^ 1 << bit, *written[place + 1 :]])
    try:
        seen = check_proof(changed, ENTRIES[index], POLICY)
    except (BadProof, BadNote):
        return
    assert seen == check_proof(written, ENTRIES[index], POLICY)
    assert parse_proof(changed).extra != parse_proof(written).extra


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ("@v1", "@v2", "begins with c2sp.org/tlog-proof@v1"),
        ("c2sp", "\nc2sp", "begins with"),
        ("c2sp", "\u00e92sp", "ASCII above its checkpoint"),
        ("index 5\n", "", "'index <n>'"),
        ("index 5", "index 05", "'index <n>'"),
        ("index 5", "index +5", "'index <n>'"),
        ("index 5", "index -1", "'index <n>'"),
        ("index 5", "index  5", "'index <n>'"),
        ("index 5", "index 5 ", "'index <n>'"),
        ("index 5", "index \u0665", "ASCII above its checkpoint"),
        ("index 5", "index " + "9" * 5000, "'index <n>'"),
        ("index 5\n", "index 5\nindex 5\n", "is base64 of 32 bytes"),
        ("index 5", "extra YQ==\nextra YQ==\nindex 5", "'index <n>'"),
        ("index 5", "extra \nindex 5", "The line 'extra'"),
        ("index 5", "extra YR==\nindex 5", "The line 'extra'"),
        ("index 5", "extra YQ\nindex 5", "The line 'extra'"),
        ("index 5", "extra  YQ==\nindex 5", "The line 'extra'"),
        ("index 5", "comment\nindex 5", "'index <n>'"),
        ("index 5\n", "index 5\n\n", "is not over this text"),
        ("\n", "\r\n", "A proof has an empty line|begins with"),
    ],
)
def test_every_line_is_strict(old, new, match):
    """One way to write each; nothing more, nothing less."""
    changed = proof_of(5, 13).decode().replace(old, new, 1 if old != "\n" else -1)
    with pytest.raises((BadProof, BadNote), match=match):
        check_proof(changed.encode(), ENTRIES[5], POLICY)


def test_one_hash_more_or_less_is_refused():
    """A way up has exactly its length."""
    hashes = prove_inclusion(5, 13, subtree_of(HASHES))
    for wrong in (hashes[:-1], hashes[1:], (*hashes, hashes[0]), hashes[::-1], ()):
        with pytest.raises(BadProof):
            check_proof(write_proof(5, wrong, signed(13), None), ENTRIES[5], POLICY)


def test_a_proof_without_its_witness_or_of_another_log_is_refused():
    """The policy is asked before the tree."""
    hashes = prove_inclusion(5, 13, subtree_of(HASHES))
    alone = sign_checkpoint(Checkpoint("example.org/log", 13, root_of(HASHES)), [LOG_KEY])
    with pytest.raises(BadNote, match="not by w"):
        check_proof(write_proof(5, hashes, alone, None), ENTRIES[5], POLICY)
    with pytest.raises(BadNote, match="signs for the log of its own name"):
        check_proof(write_proof(5, hashes, signed(13, "example.org/elsewhere"), None), ENTRIES[5], POLICY)
    with pytest.raises(BadNote, match="is not met"):
        check_proof(write_proof(5, hashes[1:], alone, None), b"another", POLICY)


def test_a_policy_without_logs_takes_the_key_given():
    """As for checkpoints."""
    nobody = Policy((), (), ())
    assert check_proof(proof_of(5, 13), ENTRIES[5], nobody, logs=[LOG_KEY.verifier]).checkpoint.size == 13
    with pytest.raises(BadNote, match="lists no log"):
        check_proof(proof_of(5, 13), ENTRIES[5], nobody)
