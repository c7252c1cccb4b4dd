"""Promises about checkpoints."""

import base64
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.stock_tools import checked_by_openssl

from varne.errors import BadNote, BadProof
from varne.record.checkpoint import (
    Checkpoint,
    open_checkpoint,
    parse_checkpoint,
    read_checkpoint,
    read_hash,
    sign_checkpoint,
)
from varne.record.keys import LOG, SignerKey, read_vkey
from varne.record.note import sign_note
from varne.record.tree import check_consistency

VECTORS = Path(__file__).parents[3] / "shared" / "record" / "vectors"
ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
# The example of C2SP tlog-checkpoint v1.0.0.
SOFA = f"example.com/behind-the-sofa\n20852163\n{ROOT}\n"
# The checkpoint of the Go checksum database, a live log (FiloSottile/torchwood, BSD-3-Clause).
SUMDB = read_vkey("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")
SUMDB_NOTE = (
    "go.sum database tree\n35225469\nvt5T6GaLCXvyHFl9VUvvItR43XZxfLgftEcTyO3eJCQ=\n\n"
    "— sum.golang.org Az3grpukl5AXaVfYkLiDGORx/DN2nlcS5kZHR5uYOBV2KA2HgXpD+gu9HHONebHLAyaKbbTM75QTtPydhKCExixSfwQ=\n"
).encode()
SIGNER = SignerKey("example.org/log", LOG, bytes(range(32)))
LINES = st.text(st.characters(exclude_categories=("Cs",), min_codepoint=32), min_size=1, max_size=40)
CHECKPOINTS = st.builds(
    Checkpoint,
    LINES,
    st.integers(0, 2**63 - 1),
    st.binary(min_size=32, max_size=32),
    st.lists(LINES, max_size=3).map(tuple),
)


def test_the_example_of_the_specification_is_read():
    """Origin, size and root; the text comes back as it was."""
    found = parse_checkpoint(SOFA)
    assert found == Checkpoint("example.com/behind-the-sofa", 20852163, base64.b64decode(ROOT))
    assert found.text == SOFA


def test_a_checkpoint_of_a_live_log_is_opened():
    """The log's key has another name than its origin; with another size its signature does not hold."""
    checkpoint, keys = open_checkpoint(SUMDB_NOTE, [SUMDB])
    assert (checkpoint.origin, checkpoint.size, keys) == ("go.sum database tree", 35225469, (SUMDB,))
    with pytest.raises(BadNote, match=re.escape("The signature of sum.golang.org (033de0ae) is not over this text")):
        open_checkpoint(SUMDB_NOTE.replace(b"35225469", b"35225468"), [SUMDB])


@given(CHECKPOINTS)
def test_what_is_signed_is_opened(checkpoint):
    """Any origin, size and root, and lines of extensions, which are signed as well."""
    written = sign_checkpoint(checkpoint, [SIGNER])
    assert parse_checkpoint(checkpoint.text) == checkpoint
    assert open_checkpoint(written, [SIGNER.verifier]) == (checkpoint, (SIGNER.verifier,))
    assert read_checkpoint(written) == checkpoint


def test_no_bit_of_a_signed_checkpoint_can_be_changed():
    """Each of its bits, one by one, also those that name the key."""
    for number in range(len(SUMDB_NOTE) * 8):
        changed = bytearray(SUMDB_NOTE)
        changed[number // 8] ^= 1 << number % 8
        with pytest.raises(BadNote):
            open_checkpoint(bytes(changed), [SUMDB])


@given(st.integers(0, len(SUMDB_NOTE) - 1), st.integers(0, 255))
def test_no_byte_of_a_signed_checkpoint_can_be_changed(place, byte):
    """Any other byte in its place is refused."""
    changed = bytearray(SUMDB_NOTE)
    changed[place] = byte
    if changed != SUMDB_NOTE:
        with pytest.raises(BadNote):
            open_checkpoint(bytes(changed), [SUMDB])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "A checkpoint ends in a newline; this one ends in ''"),
        (SOFA[:-1], "A checkpoint ends in a newline; this one ends in 'jj7h2fB2MPA3j2jxq2I='"),
        (f"log\n{ROOT}\n", "has three lines or more, none of them empty; this one has 2, of which empty: 0"),
        (f"\n7\n{ROOT}\n", "this one has 3, of which empty: 1"),
        (f"{SOFA}\n", "this one has 4, of which empty: 1"),
        *(
            (f"log\n{size}\n{ROOT}\n", f"is a number of entries below 2^63; this one is {size!r}")
            for size in ("007", "-1", "+1", " 1", "1 ", "1.0", "0x1", "1e3", "1_0", "٣", "1٣", "seven", str(2**63))
        ),
        (f"log\n{'9' * 5000}\n{ROOT}\n", f"below 2^63; this one is '{'9' * 20}'"),
        (f"log\n7\n{ROOT[:-1]}\n", f"The root of a checkpoint is base64 of 32 bytes; this one is '{ROOT[:-1]}'"),
        (f"log\n7\n{ROOT[:-2]}J=\n", "is base64 of 32 bytes"),  # bits after the last byte: a second form
        (f"log\n7\n{ROOT[:-4]}\n", "is base64 of 32 bytes"),
        (f"log\n7\n{ROOT} \n", "is base64 of 32 bytes"),
        (f"log\n7\n{ROOT.replace('/', '_')}\n", "is base64 of 32 bytes"),
        ("log\n7\nwürzel\n", "this one is 'würzel'"),
    ],
)
def test_a_malformed_checkpoint_is_refused_in_a_sentence(text, said):
    """What was expected and what was found."""
    with pytest.raises(BadNote, match=re.escape(said)):
        parse_checkpoint(text)


@given(st.text(max_size=100))
def test_a_text_is_one_checkpoint_or_none(text):
    """What is read is written again as it was: no checkpoint has two forms."""
    try:
        found = parse_checkpoint(text)
    except BadNote as error:
        assert str(error).endswith(".")
    else:
        assert found.text == text


@given(st.binary(min_size=32, max_size=32))
def test_a_hash_comes_back_from_its_text(found):
    """As notes and proofs write it."""
    assert read_hash(base64.b64encode(found).decode(), "A hash") == found


@pytest.mark.parametrize(
    ("checkpoint", "said"),
    [
        (Checkpoint(f"log\n9\n{ROOT}", 0, bytes(32)), "holds no newline; this one holds 'log\\n9"),
        (Checkpoint("log", 0, bytes(32), ("one\ntwo",)), "holds no newline; this one holds 'one\\ntwo'"),
        (Checkpoint("log\n", 0, bytes(32)), "of which empty: 1"),
        (Checkpoint("", 0, bytes(32)), "of which empty: 1"),
        (Checkpoint("log", 0, bytes(32), ("",)), "of which empty: 1"),
        (Checkpoint("log", -1, bytes(32)), "a number of entries below 2^63; this one is '-1'"),
        (Checkpoint("log", 2**63, bytes(32)), "a number of entries below 2^63"),
        (Checkpoint("log", 0, bytes(31)), "is base64 of 32 bytes"),
    ],
)
def test_what_would_be_read_as_another_is_not_signed(checkpoint, said):
    """An origin with a newline would make a log say a size and a root that it never had."""
    with pytest.raises(BadNote, match=re.escape(said)):
        sign_checkpoint(checkpoint, [SIGNER])


def test_a_text_signed_by_a_log_is_not_yet_a_checkpoint():
    """The signature holds, the text is none of a checkpoint."""
    with pytest.raises(BadNote, match="this one has 1, of which empty: 0"):
        open_checkpoint(sign_note("text\n", [SIGNER]), [SIGNER.verifier])


def test_published_checkpoints_of_live_logs_are_opened():
    """Two of them; of each, with a digit of its size changed, the signature does not hold."""
    path = VECTORS / "checkpoints" / "real.json"
    if not path.exists():
        pytest.skip("needs the vectors of live logs beside the checkout")
    cases = json.loads(path.read_text(encoding="utf-8"))["cases"]
    sizes = []
    for case in cases:
        known, written = [read_vkey(case["vkey"])], case["note"].encode()
        checkpoint, keys = open_checkpoint(written, known)
        sizes.append(checkpoint.size)
        assert keys == tuple(known)
        with pytest.raises(BadNote, match="is not over this text"):
            open_checkpoint(case["note"].replace(f"\n{checkpoint.size}\n", "\n57\n").encode(), known)
    assert sizes == [35225469, 56]


def test_a_published_log_only_grew():
    """From 5 entries to 8 (transparency-dev/witness); no hash of the proof can be changed or left out."""
    path = VECTORS / "checkpoints" / "witness_update.json"
    if not path.exists():
        pytest.skip("needs the vectors of transparency-dev/witness beside the checkout")
    found = json.loads(path.read_text(encoding="utf-8"))
    known = [read_vkey(found["log_vkey"])]
    (old, _), (new, _) = (open_checkpoint(found[name].encode(), known) for name in ("old", "new"))
    proof = [bytes.fromhex(text) for text in found["consistency_proof_hex"]]
    assert (old.origin, old.size, new.origin, new.size) == ("monkeys", 5, "monkeys", 8)
    check_consistency(old.size, new.size, old.root, new.root, proof)
    for place in range(len(proof)):
        for wrong in (proof[:place] + proof[place + 1 :], [*proof[:place], bytes(32), *proof[place + 1 :]]):
            with pytest.raises(BadProof):
                check_consistency(old.size, new.size, old.root, new.root, wrong)


@pytest.mark.parametrize("name", ["example.org/log", "varne.example/čunár"])
def test_openssl_takes_our_checkpoint_and_no_changed_one(name, tmp_path):
    """A court needs nothing of ours: a shell and openssl say the same."""
    signer, other = SignerKey(name, LOG, bytes(range(32))), SignerKey("example.org/other", LOG, bytes(32))
    written = sign_checkpoint(Checkpoint("varne.example/log", 70_000, bytes(range(32))), [other, signer])
    assert checked_by_openssl(written, signer.verifier.text, tmp_path)
    assert checked_by_openssl(SUMDB_NOTE, SUMDB.text, tmp_path)
    assert not checked_by_openssl(written.replace(b"70000", b"70001"), signer.verifier.text, tmp_path)
    assert not checked_by_openssl(written, SignerKey(name, LOG, bytes(32)).verifier.text, tmp_path)
