"""Promises about cosignatures."""

import base64
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.stock_tools import cosigned_by_openssl

from varne.errors import BadNote
from varne.record.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from varne.record.cosignature import cosign, cosigned_by
from varne.record.keys import COSIGNER, LOG, SignerKey, VerifierKey
from varne.record.note import Note, Signature, parse_note

VECTORS = Path(__file__).parents[3] / "shared" / "record" / "vectors"
# The example of C2SP tlog-cosignature v1.0.1; its keys are not published.
SOFA = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
SOFA_NOTE = (
    f"{SOFA}\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo"
    "+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe"
    "+mbIUBkBIfZ+qnA==\n"
)
SOFA_TIME = 1679315147
# A cosignature of a witness of Sigsum (sigsum.org/sigsum-go pkg/proof/proof_test.go, BSD-2-Clause).
SIGSUM_LOG = "7c5fafc796c201e0fcd7567c5033a2777ec28363f54ea0ba97b57bece0d96acd"
SIGSUM_ROOT = "3ddc56fd46e71e517b6936b977a457da7d398108141fcdf5c8386cdd724ab7a8"
SIGSUM_TIME = 1683202758
SIGSUM_SIGNATURE = (
    "e8d6c447d7847d5c1431ef86f8c60fa0cbacd975388b2a8f202fe4b0f9d0d544989c9d9351752d86aae2df72b9d7135b6b09de2ccaa6d68edf63"
    "8105d69be609"
)
SIGSUM_WITNESS = "AAAAC3NzaC1lZDI1NTE5AAAAIMvjV+a0ZASecDt75siSARk6zCoYwJWwaRqvULmx4VeK"
SIGNER = SignerKey("witness.example.org", COSIGNER, bytes(range(32)))
TIMES = st.integers(0, 2**63 - 1)
TEXTS = st.builds(
    Checkpoint,
    st.sampled_from(("example.org/log", "a log")),
    st.integers(0, 2**63 - 1),
    st.binary(min_size=32, max_size=32),
).map(lambda checkpoint: checkpoint.text)


def test_what_is_signed_is_what_the_specification_says():
    """Two lines before the text of the checkpoint: what it is, and when, in plain digits."""
    line = cosign(SOFA, SIGNER, SOFA_TIME)
    message = f"cosignature/v1\ntime 1679315147\n{SOFA}".encode()
    assert SIGNER.verifier.verifies(message, line.signature[8:])
    assert (line.name, line.key_id) == (SIGNER.name, SIGNER.verifier.key_id)


def test_the_example_of_the_specification_has_its_time():
    """Eight bytes, the highest first, as ours have; its key is not known, so it says nothing."""
    note = parse_note(SOFA_NOTE.encode())
    line = note.signatures[1]
    assert (line.name, line.key_id.hex(), len(line.signature)) == ("witness.example.com/w1", "8d66cf3f", 72)
    assert line.signature[:8] == cosign(SOFA, SIGNER, SOFA_TIME).signature[:8]
    assert f"{note.text}\n{''.join(one.line for one in note.signatures)}" == SOFA_NOTE
    assert cosigned_by(note, [SIGNER.verifier]) == {}


def test_a_cosignature_of_others_is_believed():
    """Sigsum's witness saw four entries at the time it says, and neither another root nor at another time."""
    root = base64.b64encode(bytes.fromhex(SIGSUM_ROOT)).decode()
    text = f"sigsum.org/v1/tree/{SIGSUM_LOG}\n4\n{root}\n"
    witness = VerifierKey("witness", COSIGNER, base64.b64decode(SIGSUM_WITNESS)[-32:])

    def line(time):
        return Signature("witness", witness.key_id, time.to_bytes(8, "big") + bytes.fromhex(SIGSUM_SIGNATURE))

    assert cosigned_by(_under(text, line(SIGSUM_TIME)), [witness]) == {witness: SIGSUM_TIME}
    for wrong in (_under(text, line(SIGSUM_TIME + 1)), _under(text.replace("\n4\n", "\n5\n"), line(SIGSUM_TIME))):
        with pytest.raises(BadNote, match="is not over this checkpoint"):
            cosigned_by(wrong, [witness])


def test_the_cosignature_of_others_is_that_of_the_vectors():
    """What stands above is in the file of sigsum."""
    path = VECTORS / "sigsum" / "proofs.json"
    if not path.exists():
        pytest.skip("needs the vectors of sigsum beside the checkout")
    case = json.loads(path.read_text(encoding="utf-8"))["one_witness_cosignature"]
    lines = case["proof"].splitlines()
    assert {f"log={SIGSUM_LOG}", "size=4", f"root_hash={SIGSUM_ROOT}"} <= set(lines)
    assert any(line.endswith(f" {SIGSUM_TIME} {SIGSUM_SIGNATURE}") for line in lines)
    assert ["witness", f"ssh-ed25519 {SIGSUM_WITNESS}"] in case["keys"]


@given(TEXTS, TIMES, st.binary(min_size=32, max_size=32))
def test_what_is_cosigned_is_believed(text, time, secret):
    """Any checkpoint at any time, also under other lines; the log's own signature holds beside it."""
    signer = SignerKey("witness.example.org", COSIGNER, secret)
    line = cosign(text, signer, time)
    note = parse_note(f"{text}\n{_other(text).line}{line.line}".encode())
    assert cosigned_by(note, [SIGNER.verifier, signer.verifier])[signer.verifier] == time


@given(TEXTS, TEXTS, TIMES)
def test_a_cosignature_is_over_one_checkpoint(text, other, time):
    """Under another it is refused: of another log, size or root, or with another line."""
    line = cosign(text, SIGNER, time)
    for changed in {other, text + "extension\n"} - {text}:
        with pytest.raises(BadNote, match="is not over this checkpoint"):
            cosigned_by(_under(changed, line), [SIGNER.verifier])


def test_no_bit_of_a_cosignature_can_be_changed():
    """Neither of its time nor of its signature, one by one; a changed name is another key's, which is not known."""
    line = cosign(SOFA, SIGNER, SOFA_TIME)
    for bit in range(72 * 8):
        changed = (int.from_bytes(line.signature, "big") ^ (1 << bit)).to_bytes(72, "big")
        with pytest.raises(BadNote, match=re.escape("The cosignature of witness.example.org (")):
            cosigned_by(_under(SOFA, Signature(line.name, line.key_id, changed)), [SIGNER.verifier])
    for bit in range(32):
        other = (int.from_bytes(line.key_id, "big") ^ (1 << bit)).to_bytes(4, "big")
        assert cosigned_by(_under(SOFA, Signature(line.name, other, line.signature)), [SIGNER.verifier]) == {}


@pytest.mark.parametrize("size", [1, 64, 71, 73, 2428])
def test_a_cosignature_of_another_length_is_refused(size):
    """The sentence has both numbers."""
    line = Signature(SIGNER.name, SIGNER.verifier.key_id, bytes(size))
    with pytest.raises(BadNote, match=f"A cosignature has 72 bytes; that of witness.example.org has {size}"):
        cosigned_by(_under(SOFA, line), [SIGNER.verifier])


@pytest.mark.parametrize("time", [-1, 2**63, 2**64])
def test_a_time_that_cannot_be_written_is_refused(time):
    """A clock before 1970, or beyond what others can hold; the remedy is to set it."""
    with pytest.raises(BadNote, match=re.escape(f"in seconds from 1970, below 2^63; {time} is not: set the clock")):
        cosign(SOFA, SIGNER, time)


def test_a_time_beyond_what_others_hold_is_not_believed():
    """tlog-cosignature: it must not exceed 2^63 - 1, even where the signature holds."""
    time = 2**63
    signature = SIGNER.sign(f"cosignature/v1\ntime {time}\n{SOFA}".encode())
    line = Signature(SIGNER.name, SIGNER.verifier.key_id, time.to_bytes(8, "big") + signature)
    with pytest.raises(BadNote, match="is not over this checkpoint"):
        cosigned_by(_under(SOFA, line), [SIGNER.verifier])


def test_a_key_of_a_log_does_not_cosign():
    """A witness has a key of its own; a line by the key of a log is none of a witness."""
    log = SignerKey(SIGNER.name, LOG, SIGNER.secret)
    with pytest.raises(BadNote, match=r"Key witness\.example\.org signs logs; a witness has a key of its own"):
        cosign(SOFA, log, SOFA_TIME)
    line = Signature(log.name, log.verifier.key_id, cosign(SOFA, SIGNER, SOFA_TIME).signature)
    assert cosigned_by(_under(SOFA, line), [log.verifier, SIGNER.verifier]) == {}


def test_lines_of_the_unknown_are_passed_over():
    """Also malformed ones, and those that share only the name or only the hash with a known witness."""
    line = cosign(SOFA, SIGNER, SOFA_TIME)
    lines = (
        Signature("somebody", bytes(4), b"?"),
        Signature(line.name, bytes(4), b"?"),
        Signature("somebody", line.key_id, b"?"),
        line,
    )
    assert cosigned_by(Note(SOFA, lines), [SIGNER.verifier]) == {SIGNER.verifier: SOFA_TIME}
    assert cosigned_by(Note(SOFA, lines[:3]), [SIGNER.verifier]) == {}


def test_a_witness_counts_once():
    """The time is that of its first line."""
    lines = tuple(cosign(SOFA, SIGNER, time) for time in (SOFA_TIME, SOFA_TIME + 9))
    assert cosigned_by(Note(SOFA, lines), [SIGNER.verifier]) == {SIGNER.verifier: SOFA_TIME}


@pytest.mark.parametrize("order", [1, -1])
def test_a_second_line_of_a_witness_must_hold_too(order):
    """Before the good one or after it: in no order of lines does a wrong one pass."""
    lines = (cosign(SOFA, SIGNER, SOFA_TIME), cosign(f"{SOFA}extension\n", SIGNER, SOFA_TIME))
    with pytest.raises(BadNote, match="is not over this checkpoint"):
        cosigned_by(Note(SOFA, lines[::order]), [SIGNER.verifier])


def test_a_cosignature_does_not_disturb_the_checkpoint():
    """The line of a witness stands under that of the log, and each is believed for what it says."""
    log = SignerKey("example.org/log", LOG, bytes(32))
    checkpoint = Checkpoint("example.org/log", 4, bytes(32))
    written = sign_checkpoint(checkpoint, [log]) + cosign(checkpoint.text, SIGNER, SOFA_TIME).line.encode()
    assert open_checkpoint(written, [log.verifier, SIGNER.verifier]) == (checkpoint, (log.verifier,))
    assert cosigned_by(parse_note(written), [log.verifier, SIGNER.verifier]) == {SIGNER.verifier: SOFA_TIME}


def test_openssl_takes_our_cosignature_and_no_changed_one(tmp_path):
    """A court needs nothing of ours: a shell and openssl find the same time, and refuse another."""
    log = SignerKey("example.org/log", LOG, bytes(32))
    checkpoint = Checkpoint("example.org/log", 70_000, bytes(range(32)))
    line = cosign(checkpoint.text, SIGNER, SOFA_TIME)
    signed, vkey = sign_checkpoint(checkpoint, [log]), SIGNER.verifier.text
    later = Signature(line.name, line.key_id, (SOFA_TIME + 1).to_bytes(8, "big") + line.signature[8:])
    assert cosigned_by_openssl(signed + line.line.encode(), vkey, tmp_path) == f"time {SOFA_TIME}"
    assert cosigned_by_openssl(signed + later.line.encode(), vkey, tmp_path) == ""
    assert cosigned_by_openssl((signed + line.line.encode()).replace(b"70000", b"70001"), vkey, tmp_path) == ""


def _under(text, line):
    return Note(text, (line,))


def _other(text):
    return cosign(text, SignerKey("other.example.org", COSIGNER, bytes(32)), 0)
