"""Promises about signed notes."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.errors import BadNote
from varne.record.keys import COSIGNER, LOG, SignerKey, VerifierKey, read_vkey
from varne.record.note import Signature, open_note, parse_note, sign_note

VECTORS = Path(__file__).parents[3] / "shared" / "record" / "vectors"
# The example of golang.org/x/mod sumdb/note, BSD-3-Clause, with the secret that it publishes.
PETER = SignerKey(
    "PeterNeumann", LOG, bytes.fromhex("810a1402d5146c8d84f2443330f54080ebf98ee17d9c74f6252fc5d5c7283173")
)
ENOCH = read_vkey("EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop")
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETERS = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
ENOCHS = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
NOTE = f"{TEXT}\n{PETERS}{ENOCHS}".encode()
# The example of C2SP signed-note v1.0.0.
POEM = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
    "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3Z"
    "ekRwNtIc=\n"
)
TEXTS = st.text(st.characters(exclude_categories=("Cs",), min_codepoint=32) | st.just("\n")).map(
    lambda text: f"{text}\n"
)
SECRETS = st.binary(min_size=32, max_size=32)
WRITERS = [SignerKey(f"writer{number}", LOG, bytes([number]) * 32) for number in range(101)]


def test_a_note_of_others_is_opened_and_written_alike():
    """Peter's key makes, byte for byte, the note that golang.org/x/mod shows; it opens with either key, or both."""
    assert sign_note(TEXT, [PETER]) == f"{TEXT}\n{PETERS}".encode()
    for known in ([PETER.verifier], [ENOCH], [PETER.verifier, ENOCH]):
        assert open_note(NOTE, known) == (TEXT, tuple(known))


def test_the_last_empty_line_ends_the_text():
    """The poem of the specification has one in its middle."""
    note = parse_note(POEM.encode())
    assert note.text.endswith("di sole:\n\ned è subito sera.\n")
    (line,) = note.signatures
    assert (line.name, line.key_id.hex(), len(line.signature)) == ("quasimodo.example/salvatore", "367ba04b", 64)
    assert f"{note.text}\n{line.line}" == POEM


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"", "has an empty line and a line of signature under its text; this one has not"),
        (TEXT, "this one has not"),
        (f"{TEXT}\n", "this one has not"),
        (f"{TEXT}{PETERS}", "this one has not"),
        (
            f"{TEXT}\n{PETERS}"[:-1],
            "A line of signature is '— name base64' and a newline; this one is '— PeterNeumann x08go",
        ),
        (f"\x01{TEXT}\n{PETERS}", r"holds no control sign but newlines; this one holds '\x01'"),
        (f"{TEXT}\r\n\n{PETERS}", r"this one holds '\r'"),
        (f"{TEXT}\n{PETERS.replace('PeterNeumann', 'Bad Name')}", "this one is '— Bad Name x08go"),
        (f"{TEXT}\n{PETERS.replace('PeterNeumann', 'Bad+Name')}", "this one is '— Bad+Name x08go"),
        (f"{TEXT}\n{PETERS.replace('PeterNeumann ', '')}", "this one is '— x08go"),
        (f"{TEXT}\n{PETERS.replace('—', '-')}", "this one is '- PeterNeumann x08go"),
        (f"{TEXT}\n{PETERS}Unexpected line.\n", "this one is 'Unexpected line.'"),
        (f"{TEXT}\n— name AAAAAA==\n", "The signature in '— name AAAAAA==' is not valid base64 of more than 4 bytes"),
        (f"{TEXT}\n— name AAAAAAB=\n", "is not valid base64"),  # bits after the last byte: a second form
        (f"{TEXT}\n— name AAAAA\n", "is not valid base64"),
        (f"{TEXT}\n{PETERS * 101}", "with 101 signatures is not looked at; 100 are the most"),
        (b"\xff" + NOTE, "is UTF-8 text; byte 0 of this one is not"),
    ],
)
def test_a_malformed_note_is_refused_in_a_sentence(written, said):
    """What was expected and what was found, before any key is looked at."""
    with pytest.raises(BadNote, match=re.escape(said)):
        open_note(written if isinstance(written, bytes) else written.encode(), [PETER.verifier])


@pytest.mark.parametrize("name", ["a\u200bb", "\ufeffa", "a\x7fb", "a\u202eb", "é"])
def test_a_name_that_others_chose_is_read_as_in_their_keys(name):
    """What a public key may be called a line may be called."""
    signer = SignerKey(name, LOG, PETER.secret)
    assert open_note(sign_note(TEXT, [signer]), [read_vkey(signer.verifier.text)]) == (TEXT, (signer.verifier,))


def test_a_note_that_nobody_known_signed_is_refused():
    """It says who signed and who was asked for; lines of others prove nothing."""
    with pytest.raises(BadNote, match=re.escape("is signed by PeterNeumann (c74f20a3), but by none that is believed")):
        open_note(f"{TEXT}\n{PETERS}".encode(), [])
    with pytest.raises(BadNote, match=re.escape("none that is believed here: EnochRoot (af0cfe78)")):
        open_note(f"{TEXT}\n{PETERS}".encode(), [ENOCH])


@pytest.mark.parametrize("order", [1, -1])
def test_one_wrong_signature_condemns_the_note(order):
    """That another known key signed it does not save it."""
    wrong = Signature(ENOCH.name, ENOCH.key_id, bytes(64)).line
    written = f"{TEXT}\n{''.join([PETERS, wrong][::order])}".encode()
    with pytest.raises(BadNote, match=re.escape("The signature of EnochRoot (af0cfe78) is not over this text: it was")):
        open_note(written, [PETER.verifier, ENOCH])


def test_a_line_that_shares_only_name_or_hash_with_a_known_key_is_passed_over():
    """It is of an unknown key; signed-note v1.0.0, "Signatures"."""
    same_name = Signature(PETER.name, bytes(4), bytes(64)).line
    same_hash = Signature("somebody", PETER.verifier.key_id, bytes(64)).line
    assert open_note(f"{TEXT}\n{same_name}{same_hash}{PETERS}".encode(), [PETER.verifier]) == (TEXT, (PETER.verifier,))
    with pytest.raises(BadNote, match="by none that is believed"):
        open_note(f"{TEXT}\n{same_name}{same_hash}".encode(), [PETER.verifier])


def test_a_key_that_signed_twice_counts_once():
    """In the order of first lines."""
    written = f"{TEXT}\n{ENOCHS}{PETERS}{ENOCHS}{PETERS}".encode()
    assert open_note(written, [PETER.verifier, ENOCH])[1] == (ENOCH, PETER.verifier)


@pytest.mark.parametrize("order", [1, -1])
def test_a_second_line_of_a_known_key_must_hold_too(order):
    """Before the good one or after it: in no order of lines does a wrong one pass."""
    wrong = Signature(PETER.name, PETER.verifier.key_id, bytes(64)).line
    with pytest.raises(BadNote, match="is not over this text: it was changed"):
        open_note(f"{TEXT}\n{''.join([PETERS, wrong][::order])}".encode(), [PETER.verifier])


@pytest.mark.parametrize("number", [1, 16, 100])
def test_many_may_sign(number):
    """Sixteen must be taken by the specification, a hundred are."""
    keys = tuple(signer.verifier for signer in WRITERS[:number])
    assert open_note(sign_note(TEXT, WRITERS[:number]), keys) == (TEXT, keys)


def test_a_key_that_countersigns_is_not_believed_for_a_text():
    """Its signature says another thing; neither is a text signed with it."""
    twin = VerifierKey(PETER.name, COSIGNER, PETER.verifier.public)
    line = Signature(twin.name, twin.key_id, PETER.sign(TEXT.encode())).line
    with pytest.raises(BadNote, match="by none that is believed"):
        open_note(f"{TEXT}\n{line}".encode(), [twin])
    with pytest.raises(BadNote, match="Key PeterNeumann countersigns; a text is signed by a key of its own"):
        sign_note(TEXT, [SignerKey(PETER.name, COSIGNER, PETER.secret)])


@given(TEXTS, SECRETS, st.integers(0, 3))
def test_what_is_signed_is_opened(text, secret, others):
    """Any text that may stand in a note, also with empty lines, also under lines of others."""
    signer = SignerKey("example.org/log", LOG, secret)
    written = sign_note(text, [*WRITERS[:others], signer])
    assert open_note(written, [signer.verifier]) == (text, (signer.verifier,))


@given(TEXTS, TEXTS)
def test_a_signature_is_over_one_text(text, other):
    """Under another text it is refused, also under one with more lines."""
    line = parse_note(sign_note(text, [PETER])).signatures[0].line
    for changed in {other, text + other, other + text} - {text}:
        with pytest.raises(BadNote):
            open_note(f"{changed}\n{line}".encode(), [PETER.verifier])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "ends in a newline and holds no other control sign; this one is ''"),
        ("text", "this one is 'text'"),
        ("te\txt\n", r"this one is 'te\txt\n'"),
        ("te\ud800xt\n", r"A text to sign is UTF-8; sign 2 of this one, '\ud800', is not"),
    ],
)
def test_a_text_that_no_note_can_hold_is_not_signed(text, said):
    """What would be refused by a reader is refused before it is signed."""
    with pytest.raises(BadNote, match=re.escape(said)):
        sign_note(text, [PETER])


def test_a_note_has_a_signer():
    """A text that nobody signs is no note."""
    with pytest.raises(BadNote, match="signed by one key or more; none is given"):
        sign_note(TEXT, [])


def test_no_bit_of_a_note_can_be_changed():
    """Each of its bits, one by one: refused, unless it is in the line of a key that is not known."""
    start = len(NOTE) - len(ENOCHS.encode())
    for place in range(len(NOTE)):
        for bit in range(8):
            changed = bytearray(NOTE)
            changed[place] ^= 1 << bit
            opened = _opened(bytes(changed))
            assert opened is None or (place >= start and opened == (TEXT, (PETER.verifier,))), (place, bit)


@given(st.integers(0, len(NOTE)), st.integers(0, 9), st.binary(max_size=9))
def test_no_bytes_of_a_note_can_be_exchanged(place, length, put):
    """Taken out, put in or both, anywhere: refused, or the same text signed by the same key."""
    assert _opened(NOTE[:place] + put + NOTE[place + length :]) in (None, (TEXT, (PETER.verifier,)))


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_whatever_is_given_is_a_note_or_refused_in_a_sentence(written):
    """No bytes at all make it fall over."""
    try:
        note = parse_note(written)
    except BadNote as error:
        assert str(error).endswith(".")
    else:
        assert f"{note.text}\n{''.join(line.line for line in note.signatures)}".encode() == written


def test_the_published_notes_come_out_as_they_say():
    """Twelve of golang.org/x/mod, and each with a byte before it that is no UTF-8."""
    path = VECTORS / "signed-note" / "notes.json"
    if not path.exists():
        pytest.skip("needs the vectors of golang/mod beside the checkout")
    found = json.loads(path.read_text(encoding="utf-8"))
    assert len(found["open"]) == 12
    for case in found["open"]:
        known, written = [read_vkey(found["vkeys"][name]) for name in case["keys"]], case["note"].encode()
        if "error" in case:
            with pytest.raises(BadNote, match=SAID[case["error"]]):
                open_note(written, known)
        else:
            text, keys = open_note(written, known)
            assert (text, [key.name for key in keys]) == (TEXT, case["verified"])
            names = dict.fromkeys(line.name for line in parse_note(written).signatures)
            assert [name for name in names if name not in case["verified"]] == list(dict.fromkeys(case["unverified"]))
        with pytest.raises(BadNote, match="UTF-8 text; byte 0"):
            open_note(b"\xff" + written, known)


# The words of golang.org/x/mod, and what is said here.
SAID = {
    "malformed": "A signed note|A line of signature|A note with 101",
    "invalid signature": "is not over this text",
    "no verifiable signatures": "by none that is believed",
}


def _opened(written):
    try:
        return open_note(written, [PETER.verifier])
    except BadNote:
        return None
