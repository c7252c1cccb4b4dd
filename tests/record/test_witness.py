"""Promises about countersigning for another organisation's log."""

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.errors import BadNote
from varne.record.checkpoint import Checkpoint, parse_checkpoint, sign_checkpoint
from varne.record.cosignature import cosign, cosigned_by
from varne.record.keys import COSIGNER, LOG, new_signer, read_vkey
from varne.record.note import parse_note
from varne.record.tree import leaf_hash, prove_consistency, root_of, subtree_of
from varne.record.witness import MOST_HASHES, SIZE, Asked, parse_request, read_answer, respond, write_request

VECTORS = Path(__file__).parents[3] / "shared" / "record" / "vectors"
LOG_KEY, OTHER_KEY = new_signer("example.org/log", LOG), new_signer("example.org/log", LOG)
WITNESS = new_signer("witness.example.org", COSIGNER)
LOGS = {"example.org/log": [LOG_KEY.verifier]}
NOW = 1700000000
LEAVES = [leaf_hash(str(number).encode()) for number in range(20)]
FORKED = [*LEAVES[:3], leaf_hash(b"other"), *LEAVES[4:]]
# The example request of C2SP tlog-witness.
EXAMPLE = """old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

\N{EM DASH} example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
"""  # noqa: E501 - as it stands there


def checkpoint_of(size, leaves=LEAVES, origin="example.org/log"):
    return Checkpoint(origin, size, root_of(leaves[:size]))


def request(old, size, *, leaves=LEAVES, signers=(LOG_KEY,), proof=None, origin="example.org/log"):
    if proof is None:
        proof = prove_consistency(old, size, subtree_of(leaves)) if 0 < old <= size else ()
    signed = sign_checkpoint(checkpoint_of(size, leaves, origin), signers)
    return write_request(Asked(old, tuple(proof), signed))


def answer(body, held=None, logs=None):
    seen = {} if held is None else {held.origin: held}
    return respond(body, seen=seen, logs=LOGS if logs is None else logs, signer=WITNESS, time=NOW)


def test_the_example_of_the_specification_is_read():
    """And written again as it stands there."""
    asked = parse_request(EXAMPLE.encode())
    assert (asked.old, len(asked.proof)) == (20852014, 4)
    assert asked.checkpoint.startswith(b"example.com/behind-the-sofa\n")
    assert write_request(asked) == EXAMPLE.encode()


def test_a_published_log_is_followed_from_five_to_eight():
    """The update of transparency-dev/witness: from nothing to five, and on with its proof; no other order."""
    path = VECTORS / "checkpoints" / "witness_update.json"
    if not path.exists():
        pytest.skip("needs the update of transparency-dev/witness beside the checkout")
    case = json.loads(path.read_text(encoding="utf-8"))
    key = read_vkey(case["log_vkey"])
    proof = tuple(map(bytes.fromhex, case["consistency_proof_hex"]))
    logs = {"monkeys": [key]}
    first = answer(write_request(Asked(0, (), case["old"].encode())), logs=logs)
    assert (first.status, first.seen.size) == (200, 5)
    body = write_request(Asked(5, proof, case["new"].encode()))
    second = answer(body, first.seen, logs)
    assert (second.status, second.seen.size) == (200, 8)
    assert cosigned_by(parse_note(case["new"].encode() + second.body.encode()), [WITNESS.verifier]) == {
        WITNESS.verifier: NOW
    }
    assert answer(body, second.seen, logs).status == 409
    assert answer(body, None, logs).body == "0\n"
    for place in range(len(proof)):
        wrong = (*proof[:place], bytes(32), *proof[place + 1 :])
        assert answer(write_request(Asked(5, wrong, case["new"].encode())), first.seen, logs).status == 422


@pytest.mark.parametrize("old", range(13))
def test_every_growth_is_countersigned(old):
    """From each size to each larger, and again at the same; what is kept is what was signed."""
    held = checkpoint_of(old) if old else None
    for size in range(old, 20):
        found = answer(request(old, size), held)
        assert (found.status, found.seen) == (200, checkpoint_of(size))
        written = sign_checkpoint(checkpoint_of(size), [LOG_KEY])
        assert cosigned_by(parse_note(written + found.body.encode()), [WITNESS.verifier]) == {WITNESS.verifier: NOW}


@pytest.mark.parametrize(
    ("body", "held", "status", "says"),
    [
        (b"", 5, 400, "begins 'old <size>'"),
        (request(5, 8).replace(b"old 5", b"old 05"), 5, 400, "begins 'old <size>'"),
        (request(5, 8).replace(b"old 5", b"old -5"), 5, 400, "begins 'old <size>'"),
        (request(5, 8).replace(b"old 5\n", b""), 5, 400, "begins 'old <size>'"),
        (request(5, 8).replace(b"old 5", b"old 5 "), 5, 400, "begins 'old <size>'"),
        (request(5, 8).replace(b"old 5", b"old " + b"9" * 5000), 5, 400, "begins 'old <size>'"),
        (request(5, 8).replace(b"old 5", "old \u0665".encode()), 5, 400, "ASCII"),
        (request(5, 8, proof=[bytes(31)]), 5, 400, "base64 of 32 bytes"),
        (request(5, 8, proof=[bytes(32)] * (MOST_HASHES + 1)), 5, 400, "63 hashes at most"),
        (request(5, 8).partition(b"\n\n")[0], 5, 400, "begins 'old <size>'"),
        (write_request(Asked(5, (), b"no note")), 5, 400, "signed note"),
        (request(9, 8), 9, 400, "larger than the checkpoint's"),
        (request(9, 8), 5, 400, "larger than the checkpoint's"),
        (request(5, 8, signers=[OTHER_KEY]), 5, 403, "by none that is believed"),
        (request(5, 8).replace(b"\n8\n", b"\n9\n"), 5, 403, "not over this text"),
        (request(0, 8, origin="example.org/unknown"), 5, 404, "not known here"),
        (request(0, 8), 5, 409, "5\n"),
        (request(4, 8), 5, 409, "5\n"),
        (request(6, 8), 5, 409, "5\n"),
        (request(5, 8), None, 409, "0\n"),
        (request(5, 5, leaves=FORKED), 5, 409, "5\n"),
        (request(5, 8, leaves=FORKED), 5, 422, "another root"),
        (request(5, 8, proof=()), 5, 422, "too short"),
        (request(5, 8, proof=[bytes(32)] * MOST_HASHES), 5, 422, "too long"),
        (request(5, 5, proof=[bytes(32)]), 5, 422, "empty proof"),
        (request(0, 8, proof=[bytes(32)]), None, 422, "is empty"),
    ],
    ids=range(26),
)
def test_each_refusal_has_its_number_and_its_reason(body, held, status, says):
    """As the specification says, and nothing is kept; with a conflict goes the size that was seen."""
    found = answer(body, None if held is None else checkpoint_of(held))
    assert (found.status, found.seen) == (status, None)
    assert says in found.body
    assert found.body.endswith("\n")
    if status == 409:
        assert (found.body, found.kind) == (says, SIZE)


def test_a_log_without_entries_has_one_root():
    """Size 0 with another root is a conflict, as any size with two roots is; with the right one it is countersigned."""
    wrong = write_request(Asked(0, (), sign_checkpoint(Checkpoint("example.org/log", 0, bytes(32)), [LOG_KEY])))
    assert (answer(wrong).status, answer(wrong).body) == (409, "0\n")
    empty = answer(request(0, 0))
    assert (empty.status, empty.seen.size) == (200, 0)
    assert answer(request(0, 8), empty.seen).status == 200


def test_signatures_of_strangers_do_not_matter():
    """A log may change its key, or be countersigned already: one known key is enough."""
    other = new_signer("example.org/elsewhere", LOG)
    assert answer(request(5, 8, signers=[other, LOG_KEY, OTHER_KEY]), checkpoint_of(5)).status == 200
    known = {"example.org/log": [OTHER_KEY.verifier, LOG_KEY.verifier]}
    assert answer(request(5, 8), checkpoint_of(5), known).status == 200


def test_a_key_is_known_for_its_log_only():
    """A checkpoint of one log signed with the key of another is not countersigned."""
    logs = {"example.org/log": [LOG_KEY.verifier], "example.org/other": [OTHER_KEY.verifier]}
    assert answer(request(0, 8, origin="example.org/other"), None, logs).status == 403


def test_lines_that_the_log_added_are_countersigned_with_it():
    """Extension lines are part of the text."""
    extended = Checkpoint("example.org/log", 8, root_of(LEAVES[:8]), ("more",))
    written = sign_checkpoint(extended, [LOG_KEY])
    found = answer(write_request(Asked(0, (), written)))
    assert found.seen == extended
    assert cosigned_by(parse_note(written + found.body.encode()), [WITNESS.verifier])


@given(st.lists(st.integers(0, 19), max_size=12), st.data())
def test_what_was_seen_never_shrinks_and_never_forks(sizes, data):
    """Whatever is asked in whatever order, by the log or by one that has forked from it after three entries."""
    held = None
    for size in sizes:
        leaves = data.draw(st.sampled_from([LEAVES, FORKED]))
        old = data.draw(st.sampled_from([0, 3, size, 0 if held is None else held.size]))
        found = answer(request(min(old, size), size, leaves=leaves), held)
        if found.status != 200:
            assert found.seen is None
            continue
        assert held is None or (found.seen.size, held.size) == (size, min(old, size))
        if held is not None and held.size > 3:
            before = LEAVES if held == checkpoint_of(held.size) else FORKED
            assert found.seen == checkpoint_of(size, before)
        held = found.seen


@given(st.integers(0, 2**63 - 1), st.lists(st.binary(min_size=32, max_size=32), max_size=MOST_HASHES), st.binary())
def test_what_is_written_is_read(old, proof, checkpoint):
    """Any request."""
    asked = Asked(old, tuple(proof), checkpoint)
    assert parse_request(write_request(asked)) == asked


@given(st.data())
def test_a_changed_request_is_refused_or_says_the_same(data):
    """No octet changed makes the witness countersign anything but this growth."""
    body = request(5, 8)
    place, bit = data.draw(st.integers(0, len(body) - 1)), data.draw(st.integers(0, 7))
    changed = bytes([*body[:place], body[place] ^ 1 << bit, *body[place + 1 :]])
    found = answer(changed, checkpoint_of(5))
    assert found.status in (400, 403, 404, 409, 422)
    assert found.seen is None


WRITTEN = sign_checkpoint(checkpoint_of(8), [LOG_KEY])
LINE = cosign(checkpoint_of(8).text, WITNESS, NOW).line


def test_lines_of_known_witnesses_are_taken_from_an_answer():
    """Strangers' lines are passed over, also where they have the name of a known one."""
    second = new_signer("second.example.org", COSIGNER)
    more = cosign(checkpoint_of(8).text, second, NOW).line
    stranger = cosign(checkpoint_of(9).text, new_signer("witness.example.org", COSIGNER), NOW).line
    known = [WITNESS.verifier, second.verifier]
    assert read_answer(stranger + LINE + more, WRITTEN, known) == LINE + more
    assert read_answer(stranger + LINE + more, WRITTEN, [WITNESS.verifier]) == LINE


def test_a_witness_says_one_thing_once():
    """A second line of the same key, which nobody may have checked, is not kept."""
    later = cosign(checkpoint_of(8).text, WITNESS, NOW + 1).line
    assert read_answer(LINE + later, WRITTEN, [WITNESS.verifier]) == LINE


@pytest.mark.parametrize(
    "body",
    [
        "", "\n", "words\n", LINE.rstrip("\n"), LINE.replace("=", ""), LINE.replace("witness", "other"),
        cosign(checkpoint_of(9).text, WITNESS, NOW).line,
        "".join(cosign(checkpoint_of(8).text, new_signer(f"w{one}", COSIGNER), NOW).line for one in range(101)),
    ],
    ids=range(8),
)  # fmt: skip
def test_an_answer_without_a_good_line_is_refused(body):
    """Nothing, words, half a line, another's line, a line over another checkpoint, too many lines."""
    with pytest.raises(BadNote):
        read_answer(body, WRITTEN, [WITNESS.verifier])


def test_lines_that_stood_there_before_are_no_answer():
    """A checkpoint that a witness has countersigned already is not its answer."""
    with pytest.raises(BadNote, match="no countersignature by a witness that is known"):
        read_answer("", WRITTEN + LINE.encode(), [WITNESS.verifier])


def test_a_cosignature_is_of_the_form_of_the_standard():
    """Name, key, eight octets of time, 64 of signature, over the words that the specification gives."""
    found = answer(request(0, 8))
    dash, name, written = found.body.rstrip("\n").split(" ")
    both = base64.b64decode(written)
    assert (dash, name, both[:4]) == ("\N{EM DASH}", "witness.example.org", WITNESS.verifier.key_id)
    assert (int.from_bytes(both[4:12], "big"), len(both)) == (NOW, 76)
    message = f"cosignature/v1\ntime {NOW}\n{checkpoint_of(8).text}".encode()
    assert WITNESS.verifier.verifies(message, both[12:])
    assert parse_checkpoint(message.decode().split("\n", 2)[2]) == checkpoint_of(8)
