"""Promises about which keys a log has had, and who may trust the newest."""

import pytest
from tests.record.logs import NOW, ORIGIN, Altered, append, make_log

from varne.record.checkpoint import sign_checkpoint
from varne.record.finding import FAILED, OPEN
from varne.record.keys import LOG, new_signer, read_signer
from varne.record.reader import Record
from varne.record.rotate import rotate
from varne.record.succession import followed, succession

FIRST, SECOND, THIRD = (new_signer(ORIGIN, LOG).verifier for _ in range(3))


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """A log whose key was changed twice, and its three keys."""
    home = tmp_path_factory.mktemp("succession")
    folder = make_log(home, 1)
    for name in ("two.key", "three.key"):
        rotate(folder, home / name, role="records officer", reason="yearly", now=NOW)
        append(folder, 1)
    return folder, [read_signer(home / name) for name in ("log.key", "two.key", "three.key")]


def test_keys_come_in_the_order_in_which_they_were_introduced(log):
    """Each with its entry."""
    folder, signers = log
    keys, wrong = listed(folder)
    assert [(one.key, one.index) for one in keys] == list(
        zip([one.verifier for one in signers], (0, 2, 4), strict=True)
    )
    assert wrong == ()


def test_who_trusts_any_key_follows_to_the_newest(log):
    """From the first, the second, the newest, or several at once."""
    folder, signers = log
    keys, _ = listed(folder)
    for pinned in (*([one] for one in signers), signers):
        assert followed(Record(folder), keys, [one.verifier for one in pinned]) == ()


def test_who_trusts_none_of_them_is_told(log):
    """A stranger's key, and no key at all: the one is a fault, the other could not be checked."""
    folder, _ = log
    keys, _ = listed(folder)
    assert [(one.state, one.where) for one in followed(Record(folder), keys, [FIRST])] == [(FAILED, "key")]
    unknown = followed(Record(folder), keys, [])
    assert [(one.state, one.where) for one in unknown] == [(OPEN, "key")]
    assert keys[-1].key.text in unknown[0].what


def test_a_secret_key_that_came_with_the_log_vouches_for_nobody(log):
    """Whoever gave away both could have made both; one that is none of the log's is a fault."""
    folder, signers = log
    keys, _ = listed(folder)
    found = followed(Record(folder), keys, [], own=signers[-1].verifier)
    assert [(one.state, one.where) for one in found] == [(OPEN, "key")]
    assert "whoever gave you both could have made both" in found[0].what and keys[-1].key.text in found[0].what
    assert [one.state for one in followed(Record(folder), keys, [], own=FIRST)] == [FAILED]
    assert followed(Record(folder), keys, [signers[0].verifier], own=signers[-1].verifier) == ()


@pytest.mark.parametrize(("name", "from_which"), [("checkpoint.3", 1), ("checkpoint.5", 2)])
def test_a_change_without_its_checkpoint_is_not_followed(log, name, from_which):
    """Whoever trusts a key of before it is told; whoever trusts one of after it needs it not."""
    folder, signers = log
    keys, _ = listed(folder)
    record = Record(folder, Altered({folder / name: None}))
    for place, signer in enumerate(signers):
        found = followed(record, keys, [signer.verifier])
        assert bool(found) == (place < from_which)
        assert all(one.state == FAILED and name in one.what for one in found)


@pytest.mark.parametrize("who", [[0], [1], [0, None], [None, 1]])
def test_a_change_that_not_both_signed_is_not_followed(log, who):
    """By the old one alone, by the new one alone, and with a stranger's signature in place of one."""
    folder, signers = log
    keys, _ = listed(folder)
    checkpoint = Record(folder).checkpoint()
    signing = [new_signer(ORIGIN, LOG) if place is None else signers[place] for place in who]
    record = Record(folder, Altered({folder / "checkpoint.3": sign_checkpoint(checkpoint, signing)}))
    found = followed(record, keys, [signers[0].verifier])
    assert [(one.state, one.where) for one in found] == [(FAILED, "checkpoint.3")]
    assert "not signed by both" in found[0].what


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"vkey": SECOND.text}, "replaces None; the key in force is"),
        ({"vkey": SECOND.text, "replaces": THIRD.text}, "the key in force is"),
        ({"vkey": SECOND.text, "replaces": 7}, "the key in force is"),
        ({"vkey": "nonsense", "replaces": FIRST.text}, "introduces no key"),
        ({"replaces": FIRST.text}, "introduces no key"),
        ({"vkey": f"weak+00000000+{'A' * 44}", "replaces": FIRST.text}, "introduces no key"),
    ],
)
def test_a_key_that_does_not_follow_from_the_one_before_is_named(data, said):
    """It is not taken into the line of keys."""
    events = {0: {"kind": "key", "data": {"vkey": FIRST.text}}, 1: {"kind": "key", "data": data}}
    keys, wrong = succession(events)
    assert [one.key for one in keys] == [FIRST]
    assert [(one.state, one.where) for one in wrong] == [(FAILED, "entry 1")]
    assert said in wrong[0].what


def test_a_first_key_that_claims_to_replace_another_is_named():
    """There is none before it."""
    keys, wrong = succession({0: {"kind": "key", "data": {"vkey": FIRST.text, "replaces": SECOND.text}}})
    assert keys == ()
    assert "none yet" in wrong[0].what


def listed(folder):
    return succession({event["index"]: event for event in Record(folder).events()})


def test_of_several_trusted_keys_the_newest_is_followed_from(log):
    """What lies before it needs no proof: its checkpoints may be lost."""
    folder, signers = log
    keys, _ = listed(folder)
    record = Record(folder, Altered({folder / "checkpoint.3": None}))
    assert followed(record, keys, [signers[0].verifier, signers[2].verifier]) == ()
