"""Promises about keys: what is read, what is refused, and that a secret stays one."""

import base64
import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.errors import BadKey
from varne.record.edwards import check_public_key
from varne.record.keys import (
    COSIGNER,
    LOG,
    SignerKey,
    VerifierKey,
    check_key_name,
    new_signer,
    read_signer,
    read_vkey,
    write_signer,
)

VECTORS = Path(__file__).parents[3] / "shared" / "record" / "vectors"
# golang.org/x/mod sumdb/note, BSD-3-Clause: keys published for tests, which nobody should trust.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETERS_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
BAD_PETERS = (
    "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
    "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
)
# transparency-dev/serverless-log: its base64 holds a plus.
WITH_PLUS = "transparency.dev-aw-ftlog-ci-2+f77c6276+AZXqiaARpwF4MoNOxx46kuiIRjrML0PDTm+c7BLaAMt6"
# RFC 8032, section 7.1, tests 1 to 3: secret, public, message, signature.
STANDARD = (
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
)


def _named(name):
    try:
        check_key_name(name)
    except BadKey:
        return False
    return True


NAMES = st.from_regex(r"[^\s+\x00-\x20]{1,20}", fullmatch=True).filter(_named)
SECRETS = st.binary(min_size=32, max_size=32)
KINDS = st.sampled_from((LOG, COSIGNER))


@pytest.mark.parametrize(("secret", "public", "message", "signature"), STANDARD)
def test_keys_of_the_standard_sign_as_it_says(secret, public, message, signature):
    """The public half and every byte of the signature are those of RFC 8032."""
    signer = SignerKey("rfc8032", LOG, bytes.fromhex(secret))
    assert signer.verifier == VerifierKey("rfc8032", LOG, bytes.fromhex(public))
    assert signer.sign(bytes.fromhex(message)).hex() == signature
    assert signer.verifier.verifies(bytes.fromhex(message), bytes.fromhex(signature))


@pytest.mark.parametrize(("secret", "public", "message", "signature"), STANDARD)
def test_no_bit_of_a_signature_can_be_changed(secret, public, message, signature):
    """All 512 of them, one by one; nor can it be shorter, longer, or over another message."""
    key, text, good = (
        VerifierKey("rfc8032", LOG, bytes.fromhex(public)),
        bytes.fromhex(message),
        bytes.fromhex(signature),
    )
    number = int.from_bytes(good, "little")
    assert not any(key.verifies(text, (number ^ (1 << bit)).to_bytes(64, "little")) for bit in range(512))
    assert not any(key.verifies(text, other) for other in (b"", good[:-1], good + b"\0", good[32:] + good[:32]))
    assert not key.verifies(text + b"\0", good)


@pytest.mark.parametrize("text", [PETER, WITH_PLUS])
def test_keys_of_others_are_read_as_they_wrote_them(text):
    """Also one whose base64 holds a plus: name, hash and kind are in the text, and come back out of it."""
    key = read_vkey(text)
    name, named, written = text.split("+", 2)
    assert (key.name, key.key_id.hex(), key.kind) == (name, named, LOG)
    assert bytes([key.kind]) + key.public == base64.b64decode(written)
    assert key.text == text


def test_no_part_and_no_neighbour_of_a_key_is_a_key():
    """2,278 texts: every piece of Peter's key, the key with any byte one higher, a key too long, an unknown kind."""
    pieces = [PETER[i:j] for i in range(len(PETER)) for j in range(i + 1, len(PETER) + 1) if j - i < len(PETER)]
    neighbours = [PETER[:i] + chr(ord(PETER[i]) + 1) + PETER[i + 1 :] for i in range(len(PETER))]
    texts = [*BAD_PETERS, *pieces, *neighbours]
    assert len(texts) == 2278
    assert [text for text in texts if _read(text)] == []


def test_the_bad_keys_are_those_of_the_vectors():
    """The rule and the two keys above stand in the file of golang.org/x/mod in the same words."""
    path = VECTORS / "signed-note" / "notes.json"
    if not path.exists():
        pytest.skip("needs the vectors of golang/mod beside the checkout")
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["vkeys"]["peter"] == PETER
    assert tuple(found["bad_vkeys"]) == BAD_PETERS
    assert found["bad_vkey_rule"].startswith(
        "every proper substring of the peter vkey, and the vkey with any one byte +1"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Key '' is not written as name+hash+base64"),
        ("my log+00000000+AAAA", "Key name 'my log' holds a space or half a sign; copy"),
        ("log+0000000G+AAAA", "not written as name+hash+base64"),
        ("log+00000000+A", "is not valid base64; copy it again, whole"),
        ("log+00000000+AB==", "is not valid base64"),  # bits after the last byte: a second form of one key
        ("log+00000000+AAAA", "does not match its own hash (00000000); copy it again"),
        (BAD_PETERS[0], "is not valid base64"),
        (VerifierKey("log", LOG, bytes(38)).text, "has 38 bytes; Ed25519 has 32"),
        (BAD_PETERS[1], "is of kind 0x65; Varne knows Ed25519 of a log (0x01) and a cosigner (0x04)"),
        (VerifierKey("log", LOG, bytes(32)).text, "has a low order"),
        (VerifierKey("log", LOG, b"\xee" + b"\xff" * 30 + b"\x7f").text, "not in its canonical form"),
    ],
)
def test_a_bad_key_is_refused_in_a_sentence(text, said):
    """What was expected, what was found, and what to do."""
    with pytest.raises(BadKey, match=re.escape(said)):
        read_vkey(text)


@given(NAMES, KINDS, SECRETS)
def test_a_key_comes_back_from_its_text(name, kind, secret):
    """Name, kind and key; and what it signs is taken by what came back."""
    key = SignerKey(name, kind, secret).verifier
    assert read_vkey(key.text) == key


@given(NAMES, SECRETS)
def test_one_key_for_two_purposes_has_two_names(name, secret):
    """The kind is part of the hash, so a line of a log is never taken for one of a witness."""
    assert SignerKey(name, LOG, secret).verifier.key_id != SignerKey(name, COSIGNER, secret).verifier.key_id


@pytest.mark.parametrize("name", ["", "my log", "a+b", "a\u00a0b", "a\u2028b", "a\tb", "a\nb", "a\x00b", "a\ud800b"])
def test_a_name_that_a_line_cannot_hold_is_refused(name):
    """Empty, a plus, any space of Unicode, control signs, half a sign."""
    with pytest.raises(BadKey, match=re.escape(f"Key name {name!r} ")):
        new_signer(name, LOG)


@pytest.mark.parametrize("name", ["example.org/log", "Čunár", "日本", "a=b", "—"])
def test_other_names_are_taken(name):
    """Whatever a signature line can hold."""
    check_key_name(name)


@pytest.mark.parametrize("name", ["a\u200bb", "\ufeffa", "a\x7fb", "a\u202eb", "a\u0085b", "a\u2003b", "a\ud800b"])
def test_a_name_of_others_is_read_as_the_notes_allow_it(name):
    """Signs that nobody sees stand in no new key, and are read in others' keys; a space of any kind is not."""
    if any(sign.isspace() or sign == "\ud800" for sign in name):
        with pytest.raises(BadKey, match="holds a space or half a sign"):
            read_vkey(f"{name}+00000000+AAAA")
    else:
        key = VerifierKey(name, LOG, new_signer("a", LOG).verifier.public)
        assert read_vkey(key.text) == key
    with pytest.raises(BadKey, match="Key name"):
        new_signer(name, LOG)


def test_two_new_keys_differ():
    """The secret comes from chance, not from the name."""
    assert new_signer("example.org/log", LOG).secret != new_signer("example.org/log", LOG).secret


def test_the_file_of_another_program_is_read(tmp_path):
    """A secret as golang.org/x/mod writes it is Peter's."""
    signer = read_signer(_file(tmp_path, PETERS_SECRET + "\n"))
    assert signer.verifier.text == PETER


@pytest.mark.parametrize("kind", [LOG, COSIGNER])
def test_a_secret_comes_back_from_its_file(kind, tmp_path):
    """The file has one line, in the form that other programs read."""
    signer, path = new_signer("example.org/log", kind), tmp_path / "new" / "log.key"
    write_signer(signer, path)
    assert read_signer(path) == signer
    assert path.read_text().startswith(f"PRIVATE+KEY+example.org/log+{signer.verifier.key_id.hex()}+")


def test_a_new_file_is_its_owners_alone(tmp_path):
    """Whatever the system would let others do."""
    before = os.umask(0)
    try:
        write_signer(new_signer("example.org/log", LOG), tmp_path / "log.key")
    finally:
        os.umask(before)
    assert (tmp_path / "log.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_file_of_its_owner_is_taken(mode, tmp_path):
    """Written and read, or only read."""
    assert read_signer(_file(tmp_path, PETERS_SECRET, mode)).name == "PeterNeumann"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o644, 0o666, 0o777])
def test_a_file_that_others_can_use_is_refused(mode, tmp_path):
    """The sentence has the mode and the command that mends it; done as it says, the key is read."""
    path = _file(tmp_path, PETERS_SECRET, mode)
    with pytest.raises(BadKey, match=re.escape(f"can be used by others (mode {mode:03o}); say: chmod 600 {path}")):
        read_signer(path)
    path.chmod(0o600)
    assert read_signer(path).verifier.text == PETER


def test_a_file_is_never_written_over(tmp_path):
    """Not a key, not anything else, not a link to nowhere."""
    key, link = tmp_path / "log.key", tmp_path / "link.key"
    write_signer(new_signer("example.org/log", LOG), key)
    link.symlink_to(tmp_path / "nothing")
    before = key.read_bytes()
    for path in (key, link, tmp_path):
        with pytest.raises(BadKey, match=re.escape(f"{path} exists, and a key is never written over; name another")):
            write_signer(new_signer("example.org/log", LOG), path)
    assert key.read_bytes() == before
    assert not (tmp_path / "nothing").exists()


def test_a_place_that_cannot_hold_a_key_is_named(tmp_path):
    """A folder that is a file: it does not say that the key exists."""
    (tmp_path / "file").write_text("")
    with pytest.raises(BadKey, match=r"log.key cannot be written \(.+\); name a file in a folder that can"):
        write_signer(new_signer("example.org/log", LOG), tmp_path / "file" / "log.key")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is not the file of a secret key; name the file that 'varne record init' has written"),
        (PETER.encode(), "is not the file of a secret key"),
        (PETERS_SECRET.removeprefix("PRIVATE+KEY+").encode(), "is not the file of a secret key"),
        (b"\xff" + PETERS_SECRET.encode(), "is not the file of a key; name the file of the key"),
        (PETERS_SECRET[:-1].encode(), "is not valid base64; copy it again, whole"),
        (PETERS_SECRET[:-4].encode(), "is not an Ed25519 key of a log or a cosigner; make a new one"),
        (PETERS_SECRET.encode() + b"\n\n", "is not written as name+hash+base64"),
        (PETERS_SECRET.replace("c74f20a3", "c74f20a4").encode(), "does not match its own hash; restore the file"),
        (PETERS_SECRET.replace("AYEK", "ZYEK").encode(), "is not an Ed25519 key of a log or a cosigner"),
    ],
)
def test_a_file_that_holds_no_secret_key_is_refused(content, said, tmp_path):
    """What was expected; the file is named, and what it holds is not shown."""
    path = _file(tmp_path, content)
    with pytest.raises(BadKey, match=re.escape(said)) as caught:
        read_signer(path)
    assert str(path) in str(caught.value)
    assert not _shows(str(caught.value), PETERS_SECRET.split("+", 4)[4])


def test_a_folder_is_no_key(tmp_path):
    """The system's reason is in the sentence."""
    with pytest.raises(BadKey, match=r"cannot be read \(.*directory\); name the file of the key"):
        read_signer(tmp_path)


def test_no_byte_of_a_file_can_be_changed(tmp_path):
    """Each byte of a secret key one higher: name, hash, kind and secret hang together."""
    for place in range(len(PETERS_SECRET)):
        changed = bytearray(PETERS_SECRET.encode())
        changed[place] += 1
        with pytest.raises(BadKey):
            read_signer(_file(tmp_path, bytes(changed)))


@given(KINDS, SECRETS)
def test_a_secret_is_never_shown(kind, secret):
    """Not by the key, not by its public half, not when it is given in place of a public one."""
    signer = SignerKey("example.org/log", kind, secret)
    written = base64.b64encode(bytes([kind]) + secret).decode()
    with pytest.raises(BadKey, match="a secret key, which is not shown here; give the public one") as caught:
        read_vkey(f"PRIVATE+KEY+example.org/log+{signer.verifier.key_id.hex()}+{written}")
    said = f"{signer!r} {signer} {[signer]} {signer.verifier!r} {caught.value} {caught.value!r}"
    forms = (secret.hex(), repr(secret)[2:-1], base64.b64encode(secret).decode(), str(list(secret)))
    assert not any(form in said for form in forms)
    assert not _shows(said, written)


def test_signatures_of_others_come_out_as_they_say():
    """88 of Wycheproof are good, 63 are not: changed, cut, lengthened, with numbers out of range."""
    path = VECTORS / "ed25519" / "wycheproof_ed25519_test.json"
    if not path.exists():
        pytest.skip("needs the vectors of C2SP/wycheproof beside the checkout")
    groups = json.loads(path.read_text(encoding="utf-8"))["testGroups"]
    cases = [(group["publicKey"]["pk"], case) for group in groups for case in group["tests"]]
    wrong = [
        case["tcId"] for key, case in cases if _verifies(key, case["msg"], case["sig"]) != (case["result"] == "valid")
    ]
    assert wrong == []
    assert [case["result"] for _, case in cases].count("valid") == 88
    assert len(cases) == 151


def test_edge_cases_of_others_come_out_by_their_flags():
    """
    388 cases of CCTV are under the 8 keys that are taken at all; 86 of them verify.

    Refused are ``non_canonical_R`` (a second form of the same signature) and ``low_order_residue`` (good only to those
    who multiply the equation by the cofactor): RFC 8032, 5.1.7 without the option of the cofactor.
    """
    path = VECTORS / "ed25519" / "cctv_ed25519vectors.json"
    if not path.exists():
        pytest.skip("needs the vectors of C2SP/CCTV beside the checkout")
    cases = [one for one in json.loads(path.read_text(encoding="utf-8")) if _strong(one["key"])]
    good = [{"non_canonical_R", "low_order_residue"}.isdisjoint(case["flags"] or ()) for case in cases]
    assert (len(cases), sum(good)) == (388, 86)
    assert [_verifies(case["key"], case["msg"].encode().hex(), case["sig"]) for case in cases] == good


def _read(text):
    try:
        return read_vkey(text)
    except BadKey:
        return None


def _strong(key):
    try:
        check_public_key(bytes.fromhex(key))
    except BadKey:
        return False
    return True


def _verifies(key, message, signature):
    return VerifierKey("other", LOG, bytes.fromhex(key)).verifies(bytes.fromhex(message), bytes.fromhex(signature))


def _file(folder, content, mode=0o600):
    path = folder / "log.key"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    path.chmod(mode)
    return path


def _shows(said, secret):
    """Whether any eight signs in a row of a secret stand in a text."""
    return any(secret[place : place + 8] in said for place in range(len(secret) - 7))


def test_a_key_that_is_a_pipe_is_refused_and_not_waited_for(tmp_path):
    """A record names where its key lies; whoever made it may name anything."""
    os.mkfifo(tmp_path / "log.key", 0o600)
    with pytest.raises(BadKey, match=r"log.key cannot be read \(it is no regular file\)"):
        read_signer(tmp_path / "log.key")


def test_a_key_that_the_disk_has_no_room_for_is_not_left_half_written(tmp_path, monkeypatch):
    """The next try finds nothing in its way."""
    path = tmp_path / "log.key"

    def full(_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(BadKey, match=r"log.key cannot be written \(No space left on device\); make room"):
            write_signer(new_signer("example.org/log", LOG), path)
    write_signer(new_signer("example.org/log", LOG), path)
    assert read_signer(path).name == "example.org/log"
