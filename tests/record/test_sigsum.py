"""Promises about proofs and policies of Sigsum."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from varne.errors import BadKey, BadNote, BadProof
from varne.record.policy import read_policy
from varne.record.sigsum import check_sigsum_proof, read_sigsum_policy, read_ssh_key
from varne.record.tree import leaf_hash

VECTORS = Path(__file__).parents[3] / "shared" / "record" / "vectors"
CASES = ("no_cosignature", "one_witness_cosignature")


def vectors():
    path = VECTORS / "sigsum" / "proofs.json"
    if not path.exists():
        pytest.skip("needs the proofs of sigsum-go beside the checkout")
    return json.loads(path.read_text(encoding="utf-8"))


def case(name):
    """A proof, its message, who may log, and a policy that asks for every witness named."""
    found = vectors()
    keys = {who: read_ssh_key(text) for who, text in found[name]["keys"]}
    lines = [f"log {keys['log'].hex()} https://example.org"]
    if "witness" in keys:
        lines.append(f"witness w {keys['witness'].hex()}")
    policy = read_sigsum_policy("\n".join([*lines, f"quorum {'w' if 'witness' in keys else 'none'}", ""]).encode())
    return found[name]["proof"].encode(), bytes.fromhex(found["message_hex"]), [keys["submit"]], policy


@pytest.mark.parametrize("name", CASES)
def test_the_published_proofs_hold(name):
    """Both of sigsum-go, of which one is countersigned."""
    proof, message, submitters, policy = case(name)
    seen = check_sigsum_proof(proof, message, submitters=submitters, policy=policy)
    assert seen.checkpoint.size == 4
    assert len(seen.signed_by) == 1
    assert list(seen.cosigned.values()) == ([1683202758] if name != CASES[0] else [])


@pytest.mark.parametrize("name", CASES)
def test_any_changed_byte_is_refused(name):
    """Each byte, with its low bit and its bit of small and capital letters turned."""
    proof, message, submitters, policy = case(name)
    for place in range(len(proof)):
        for bit in (0x01, 0x20):
            changed = bytes([*proof[:place], proof[place] ^ bit, *proof[place + 1 :]])
            with pytest.raises((BadProof, BadNote)):
                check_sigsum_proof(changed, message, submitters=submitters, policy=policy)


@pytest.mark.parametrize("name", CASES)
def test_any_byte_lost_or_added_is_refused(name):
    """A proof cut anywhere, or with something under it, is none."""
    proof, message, submitters, policy = case(name)
    for changed in (*(proof[:place] for place in range(len(proof))), proof + b"\n", b"\n" + proof, proof + b"x=1\n"):
        with pytest.raises((BadProof, BadNote)):
            check_sigsum_proof(changed, message, submitters=submitters, policy=policy)


def test_another_message_submitter_log_or_witness_is_refused():
    """Each is told by name."""
    proof, message, submitters, policy = case(CASES[1])
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    log = policy.logs[0].key.public.hex()
    other_log = read_sigsum_policy(f"log {other.hex()}\nquorum none\n".encode())
    other_witness = read_sigsum_policy(f"log {log}\nwitness v {other.hex()}\nquorum v\n".encode())
    wrong = (
        (bytes(32), submitters, policy, BadProof, "not over this message"),
        (message[:-1], submitters, policy, BadProof, "has 32 bytes; this one has 31"),
        (message, [other], policy, BadProof, "not among those who may"),
        (message, [], policy, BadProof, "not among those who may"),
        (message, submitters, other_log, BadNote, "not one of the policy"),
        (message, submitters, other_witness, BadNote, "not by v"),
    )
    for message, submitters, policy, kind, match in wrong:
        with pytest.raises(kind, match=match):
            check_sigsum_proof(proof, message, submitters=submitters, policy=policy)


def test_a_log_of_one_leaf_needs_no_way_up():
    """The last part is left out there, and only there."""
    log, submitter = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    message = hashlib.sha256(b"a file").digest()
    proof = single(log, submitter, message)
    public = submitter.public_key().public_bytes_raw()
    policy = read_sigsum_policy(f"log {log.public_key().public_bytes_raw().hex()}\nquorum none\n".encode())
    assert check_sigsum_proof(proof, message, submitters=[public], policy=policy).checkpoint.size == 1
    with pytest.raises(BadProof, match="and only then"):
        check_sigsum_proof(proof + b"\nleaf_index=0\n", message, submitters=[public], policy=policy)


def single(log, submitter, message):
    """A proof in a log of one leaf, put together by the rules of Sigsum and not by our code."""
    checksum = hashlib.sha256(message).digest()
    signature = submitter.sign(b"sigsum.org/v1/tree-leaf\0" + checksum)
    who, where = (hashlib.sha256(key.public_key().public_bytes_raw()).digest() for key in (submitter, log))
    root = leaf_hash(checksum + signature + who)
    text = f"sigsum.org/v1/tree/{where.hex()}\n1\n{base64.b64encode(root).decode()}\n"
    return (
        f"version=2\nlog={where.hex()}\nleaf={who.hex()} {signature.hex()}\n\n"
        f"size=1\nroot_hash={root.hex()}\nsignature={log.sign(text.encode()).hex()}\n"
    ).encode()


@pytest.mark.parametrize("version", ["0", "1", "3"])
def test_other_versions_are_named(version):
    """A proof of another version is refused with its number and the remedy."""
    proof, message, submitters, policy = case(CASES[0])
    changed = proof.replace(b"version=2", f"version={version}".encode())
    with pytest.raises(BadProof, match=f"is of version {version}"):
        check_sigsum_proof(changed, message, submitters=submitters, policy=policy)


def test_a_witness_that_signs_twice_is_refused():
    """One line for each."""
    proof, message, submitters, policy = case(CASES[1])
    line = re.search(rb"cosignature=.*\n", proof)[0]
    with pytest.raises(BadProof, match="countersigns once"):
        check_sigsum_proof(proof.replace(line, line * 2), message, submitters=submitters, policy=policy)


def test_the_production_policy_is_read():
    """Two logs, and two of three witnesses; the keys' names are such that it can be written with verifier keys."""
    path = VECTORS / "policies" / "sigsum-generic-2025-1.builtin-policy"
    if not path.exists():
        pytest.skip("needs the policy of Sigsum beside the checkout")
    policy = read_sigsum_policy(path.read_bytes())
    names = ["witness.glasklar.is", "witness.mullvad.net", "tillitis.se/tillitis-witness-1"]
    assert [log.url for log in policy.logs] == ["https://seasalp.glasklar.is", "https://ginkgo.tlog.mullvad.net"]
    assert [one.name for one in policy.witnesses] == names
    keys = [one.key for one in policy.witnesses]
    assert [policy.is_met_by(keys[:count]) for count in range(4)] == [False, False, True, True]
    assert read_policy(policy.text.encode()) == policy


@pytest.mark.parametrize(
    ("line", "match"),
    [
        ("log {}00", "not 64 hexadecimal digits"),
        ("log {}\nlog {}", "names the log .* above already"),
        ("witness + {}\nwitness - {}", "names the witness - .* above already"),
        ("log " + "00" * 32, "low order"),
        ("log {} https://example.org more", "Line 1 of the policy is"),
    ],
)
def test_bad_lines_are_refused(line, match):
    """The grammar is that of other policies; keys are hexadecimal, and none is weak."""
    public = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()
    with pytest.raises(BadNote, match=match):
        read_sigsum_policy(f"{line.format(public, public)}\nquorum none\n".encode())


def test_names_that_no_line_can_hold_do_not_matter():
    """A witness called a+b, or by octets that are no text, is checked like any other."""
    proof, message, submitters, policy = case(CASES[1])
    log, witness = (one.key.public.hex().encode() for one in (policy.logs[0], policy.witnesses[0]))
    for name in (b"a+b", b"\xff\xfe", b"\xc2\xa0"):
        odd = read_sigsum_policy(b"log %b\nwitness %b %b\nquorum %b\n" % (log, name, witness, name))
        assert len(check_sigsum_proof(proof, message, submitters=submitters, policy=odd).cosigned) == 1


@pytest.mark.parametrize("text", ["", "ssh-ed25519", "ssh-ed25519 AAAA", "ssh-ed25519 !", "ssh-rsa AAAAB3NzaC1yc2E="])
def test_keys_of_other_kinds_are_refused(text):
    """Only whole keys of ssh-ed25519."""
    with pytest.raises(BadKey, match="ssh-keygen"):
        read_ssh_key(text)
