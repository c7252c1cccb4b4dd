"""Promises about policies: the one that lies with a log fits it, the one that is asked for is met or is not."""

import pytest
from tests.record.logs import Altered, append, flipped, make_log

from varne.record.cosignature import cosign
from varne.record.finding import FAILED, OPEN, REMARK
from varne.record.keep import keep_checkpoint
from varne.record.keys import COSIGNER, LOG, new_signer, read_signer
from varne.record.policy import Group, Log, Policy, Witness, read_policy
from varne.record.reader import Record
from varne.record.verify_policy import verify_policy

ONE, TWO = (new_signer(name, COSIGNER) for name in ("one.example", "two.example"))
WITNESSES = (Witness("one", ONE.verifier), Witness("two", TWO.verifier))
BOTH = Policy((), WITNESSES, (Group("both", 2, ("one", "two")),), "both")
EITHER = Policy((), WITNESSES, (Group("either", 1, ("one", "two")),), "either")


@pytest.fixture
def log(tmp_path):
    """A log of four entries with its key, whose checkpoint one witness has seen."""
    folder = make_log(tmp_path, 3)
    path = keep_checkpoint(Record(folder))
    (folder / "checkpoint.4.cosig").write_text(cosign(path.read_text().split("\n\n")[0] + "\n", ONE, 7).line)
    return folder, read_signer(tmp_path / "log.key").verifier


def test_a_quorum_is_met_or_it_is_said_from_where_it_is_not(log):
    """One of two is enough for one policy and not for another; what came after the checkpoint was seen by nobody."""
    folder, _ = log
    assert verify_policy(Record(folder), (), EITHER, 4) == ()
    missing = verify_policy(Record(folder), (), BOTH, 4)
    assert [(one.state, one.where) for one in missing] == [(OPEN, "policy")]
    assert "the last 4 of 4 entries" in missing[0].what
    append(folder, 2)
    later = verify_policy(Record(folder), (), EITHER, 6)
    assert "the last 2 of 6 entries" in later[0].what


def test_who_asks_for_nobody_is_told_nothing(log):
    """`quorum none` asks for no witness."""
    assert verify_policy(Record(log[0]), (), Policy((), (), ()), 4) == ()
    assert verify_policy(Record(log[0]), (), None, 4) == ()


def test_a_countersignature_that_was_changed_meets_no_quorum(log):
    """Every byte of its line."""
    folder, _ = log
    path = folder / "checkpoint.4.cosig"
    line = path.read_bytes()
    for place in range(len(line)):
        assert verify_policy(Record(folder, Altered({path: flipped(line, place)})), (), EITHER, 4), f"byte {place}"


def test_the_policy_of_a_log_names_its_newest_key(log):
    """An older one alone is the state between two steps of a change of key; none at all is a fault."""
    folder, key = log
    new = new_signer("varne.example/test", LOG).verifier
    assert verify_policy(Record(folder), (key,), None, 4) == ()
    assert [one.state for one in verify_policy(Record(folder), (key, new), None, 4)] == [REMARK]
    other = Policy((Log(new),), (), ()).text.encode()
    changed = Record(folder, Altered({folder / "policy": other}))
    assert [(one.state, one.where) for one in verify_policy(changed, (key,), None, 4)] == [(FAILED, "policy")]
    assert verify_policy(Record(folder, Altered({folder / "policy": None})), (key,), None, 4) == ()


def test_a_changed_byte_of_a_policy_is_named_or_changes_nobody_s_key(log):
    """It is not signed: names and addresses can be changed in silence, keys, groups and the quorum cannot."""
    folder, key = log
    policy = Policy((Log(key),), (Witness("one", ONE.verifier, "http://a.example"),), (), "one")
    written = policy.text.encode()
    silent = set()
    for place in range(len(written)):
        record = Record(folder, Altered({folder / "policy": flipped(written, place)}))
        found = verify_policy(record, (key,), None, 4)
        assert all((one.state, one.where) == (FAILED, "policy") for one in found)
        if not found:
            silent.add(place)
            read = read_policy(flipped(written, place))
            assert read.logs == policy.logs
            assert [one.key for one in read.witnesses] == [ONE.verifier]
            assert read.quorum == "one"
    start = written.index(b"http")
    assert silent <= set(range(start - 1, start + len("http://a.example")))
