"""Promises about what others saw of a log: kept checkpoints, countersignatures, stamps."""

import shutil
from dataclasses import replace
from functools import cache

import pytest
from tests.record.authority import Authority
from tests.record.logs import NOW, ORIGIN, Altered, append, flipped, make_log

from varne.record.checkpoint import Checkpoint, sign_checkpoint
from varne.record.cosignature import cosign
from varne.record.finding import FAILED, OPEN, REMARK
from varne.record.keep import keep_checkpoint, kept_checkpoints
from varne.record.keys import COSIGNER, LOG, new_signer, read_signer
from varne.record.reader import Record
from varne.record.timestamp import new_request
from varne.record.verify_kept import Believed, Seen, missing_stamps, tokens_of, verify_kept
from varne.record.verify_tree import verify_tree

WITNESS = new_signer("witness.example", COSIGNER)
LATER = NOW + 1e9  # stamps are of the day on which the test runs


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def made(tmp_path_factory, authority):
    """Entries, a checkpoint of four that a witness and an authority saw, and two entries more."""
    folder = make_log(tmp_path_factory.mktemp("kept"), 3)
    path = keep_checkpoint(Record(folder))
    path.with_name("checkpoint.4.cosig").write_text(cosign(text_of(path), WITNESS, int(NOW)).line)
    for name in ("checkpoint.4.tsr", "checkpoint.4.2.tsr"):
        path.with_name(name).write_bytes(authority.reply(new_request(path.read_bytes()).written))
    append(folder, 2)
    return folder


@pytest.fixture
def log(made, tmp_path):
    shutil.copytree(made.parent, tmp_path / "copy")
    return tmp_path / "copy" / "log"


@pytest.fixture(scope="module")
def believed(made, authority):
    signer = read_signer(made.parent / "log.key")
    return Believed((signer.verifier,), (WITNESS.verifier,), (authority.root,), (authority.middle,))


def test_who_saw_what_and_when_is_told(made, believed):
    """The witness with the time it signed, the authority twice; nothing is wrong."""
    found = checked(made, believed)
    assert found.findings == ()
    assert found.cosigned == (Seen(4, "witness.example", NOW),)
    assert [(one.size, "test TSA" in one.who) for one in found.stamped] == [(4, True), (4, True)]


@pytest.mark.parametrize("name", ["checkpoint.4", "checkpoint.4.cosig"])
def test_every_byte_of_what_is_kept_counts(made, believed, name):
    """Each that is turned is named, or makes a line that of somebody unknown, who is not counted."""
    content = (made / name).read_bytes()
    for place in range(len(content)):
        found = checked(made, believed, {made / name: flipped(content, place)})
        wrong = [one for one in found.findings if one.state in (FAILED, OPEN)]
        assert wrong, f"byte {place}"
        assert all(one.where.startswith("checkpoint.4") for one in wrong)
        assert found.cosigned == () or not name.endswith("cosig")


def test_no_byte_of_a_stamp_changes_what_it_says_unseen(made, believed):
    """
    Each that is turned is named, or the stamp still says the same.

    Not all of it is signed: tags and versions around what is, and the name of the kind of signature.
    """
    path = made / "checkpoint.4.tsr"
    content, said = path.read_bytes(), checked(made, believed).stamped
    silent = 0
    for place in range(len(content)):
        for bit in (0, place % 7 + 1):
            changed = content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1 :]
            found = checked(made, believed, {path: changed})
            if found.findings:
                assert [(one.state, one.where) for one in found.findings] == [(FAILED, "checkpoint.4.tsr")]
            else:
                assert found.stamped == said, f"byte {place}"
                silent += 1
    assert silent < len(content) / 10


def test_a_log_that_has_shrunk_is_told(made, believed):
    """Fewer entries than somebody has seen."""
    hashes = hashes_of(made)[:3]
    found = verify_kept(Record(made), ORIGIN, hashes, believed, kept_checkpoints(Record(made)), now=LATER)
    assert [(one.state, one.where) for one in found.findings] == [(FAILED, "checkpoint.4")]
    assert "has shrunk" in found.findings[0].what


def test_a_log_that_is_forked_is_told(made, believed):
    """Other entries than somebody has seen: both roots are named."""
    hashes = hashes_of(made)
    hashes[1] = hashes[2]
    found = verify_kept(Record(made), ORIGIN, hashes, believed, kept_checkpoints(Record(made)), now=LATER)
    assert [(one.state, one.where) for one in found.findings] == [(FAILED, "checkpoint.4")]
    assert "the log is forked" in found.findings[0].what


def test_a_checkpoint_of_another_log_or_size_is_told(made, believed):
    """Signed by the same key, but not what its name says."""
    signer = read_signer(made.parent / "log.key")
    for checkpoint in (Checkpoint("varne.example/other", 4, bytes(32)), Checkpoint(ORIGIN, 3, bytes(32))):
        written = sign_checkpoint(checkpoint, [signer])
        found = checked(made, believed, {made / "checkpoint.4": written})
        assert [one.where for one in found.findings if one.state == FAILED] == ["checkpoint.4"]
        assert f"is of {checkpoint.size} entries of '{checkpoint.origin}'" in found.findings[0].what


def test_a_checkpoint_by_another_key_is_told(made, believed):
    """A key of the same name is another key."""
    other = new_signer(ORIGIN, LOG)
    written = sign_checkpoint(Record(made).checkpoint(), [other])
    found = checked(made, believed, {made / "checkpoint.4": written})
    assert [one.where for one in found.findings if one.state == FAILED] == ["checkpoint.4"]


def test_a_witness_whom_nobody_knows_is_not_counted(made, believed):
    """Nor is it a fault: it could not be checked."""
    stranger = cosign(text_of(made / "checkpoint.4"), new_signer("stranger.example", COSIGNER), 7).line
    beside = made / "checkpoint.4.cosig"
    found = checked(made, believed, {beside: beside.read_bytes() + stranger.encode()})
    assert [one.who for one in found.cosigned] == ["witness.example"]
    assert [(one.state, one.where) for one in found.findings] == [(OPEN, "checkpoint.4.cosig")]
    assert "stranger.example" in found.findings[0].what


def test_a_stamp_without_certificates_is_not_checked(made, believed):
    """It is neither counted nor a fault."""
    blind = Believed(believed.logs, believed.witnesses)
    found = checked(made, blind)
    assert found.stamped == ()
    assert [(one.state, one.where) for one in found.findings] == [
        (OPEN, "checkpoint.4.2.tsr"),
        (OPEN, "checkpoint.4.tsr"),
    ]


def test_a_stamp_by_an_authority_that_was_not_named_is_not_checked(made, believed, authority, tmp_path):
    """A record may have several; one that is changed, or over another checkpoint, is a fault all the same."""
    other = Authority(tmp_path / "other", "another TSA")
    token = other.reply(new_request((made / "checkpoint.4").read_bytes()).written)
    found = checked(made, believed, {made / "checkpoint.4.tsr": token})
    assert [(one.state, one.where) for one in found.findings] == [(OPEN, "checkpoint.4.tsr")]
    assert found.findings[0].what == "stamped by an authority that you did not name (CN=another TSA)"
    assert len(found.stamped) == 1
    both = replace(believed, roots=(*believed.roots, other.root), chain=(*believed.chain, other.middle))
    assert checked(made, both, {made / "checkpoint.4.tsr": token}).findings == ()
    elsewhere = other.reply(new_request(b"another checkpoint").written)
    for wrong in (flipped(token, len(token) - 1), flipped(token, token.index(b"another TSA")), elsewhere):
        found = checked(made, believed, {made / "checkpoint.4.tsr": wrong})
        assert [(one.state, one.where) for one in found.findings] == [(FAILED, "checkpoint.4.tsr")]
    below = replace(believed, roots=())
    assert all("none of the certificates given is one" in one.what for one in checked(made, below).findings)


def test_a_stamp_over_other_bytes_is_told(made, believed, authority):
    """One over another checkpoint, and what is none."""
    elsewhere = authority.reply(new_request(b"another checkpoint").written)
    for token in (elsewhere, b"", b"\x30\x03\x02\x01\x00"):
        found = checked(made, believed, {made / "checkpoint.4.tsr": token})
        assert [(one.state, one.where) for one in found.findings] == [(FAILED, "checkpoint.4.tsr")]
        assert len(found.stamped) == 1


def test_who_saw_it_in_the_future_had_a_wrong_clock(made, believed):
    """Five minutes are between two clocks."""
    text = text_of(made / "checkpoint.4")
    beside = made / "checkpoint.4.cosig"
    for ahead, wrong in ((299, []), (301, ["checkpoint.4"])):
        line = cosign(text, WITNESS, int(NOW) + ahead).line.encode()
        found = verify_kept(
            Record(made, Altered({beside: line})), ORIGIN, hashes_of(made), Believed(believed.logs, believed.witnesses),
            kept_checkpoints(Record(made)), now=NOW,
        )  # fmt: skip
        assert [one.where for one in found.findings if one.state == FAILED] == wrong


@pytest.mark.parametrize("name", ["checkpoint.4.cosig", "checkpoint.4.tsr", "checkpoint.4.2.tsr"])
def test_what_stands_beside_a_checkpoint_that_is_gone_is_told(log, believed, name):
    """A stamp over what is missing proves nothing."""
    (log / "checkpoint.4").unlink()
    found = {one.where: one for one in checked(log, believed).findings}
    assert found[name].state == FAILED
    assert "checkpoint.4, which is missing" in found[name].what


def test_what_nobody_outside_has_seen_is_said(log):
    """No checkpoint at all, and the entries after the last one that was seen."""
    assert [(one.state, one.where) for one in missing_stamps(Record(log), 6)] == [(REMARK, "time"), (REMARK, "witness")]
    assert all("the last 2 of 6 entries" in one.what for one in missing_stamps(Record(log), 6))
    assert missing_stamps(Record(log), 4) == ()
    for path in log.glob("checkpoint.4*"):
        path.unlink()
    assert all("no checkpoint is" in one.what for one in missing_stamps(Record(log), 6))


def test_whoever_names_an_authority_asks_for_its_stamp(log, believed):
    """That there is none at all is no pass then."""
    assert missing_stamps(Record(log), 4, believed=believed) == ()
    for path in log.glob("checkpoint.4*.tsr"):
        path.unlink()
    for given in (believed, replace(believed, roots=()), replace(believed, chain=())):
        assert [(one.state, one.where) for one in missing_stamps(Record(log), 4, believed=given)] == [(OPEN, "time")]
    blind = replace(believed, roots=(), chain=())
    assert [one.state for one in missing_stamps(Record(log), 4, believed=blind)] == [REMARK]


def test_a_malformed_checkpoint_that_was_stamped_is_named_and_no_more(log, believed):
    """What is said of the newest does not fail with it."""
    (log / "checkpoint.4").write_bytes(b"nothing")
    assert [one.where for one in checked(log, believed).findings] == ["checkpoint.4"]
    assert len(missing_stamps(Record(log), 6)) == 2


def test_without_any_key_roots_are_compared_all_the_same(made):
    """That nobody's key is known is said of the newest checkpoint; a fork is seen without it."""
    hashes = hashes_of(made)
    found = verify_kept(Record(made), ORIGIN, hashes, Believed(), kept_checkpoints(Record(made)), now=LATER)
    assert {one.state for one in found.findings} == {OPEN}
    found = verify_kept(
        Record(made), ORIGIN, [hashes[1], *hashes[1:]], Believed(), kept_checkpoints(Record(made)), now=LATER
    )
    assert [one.where for one in found.findings if one.state == FAILED] == ["checkpoint.4"]


def test_tokens_are_those_of_one_checkpoint(tmp_path):
    """Of `checkpoint.1` and not of `checkpoint.10`."""
    for name in ("checkpoint.1.tsr", "checkpoint.1.2.tsr", "checkpoint.10.tsr", "checkpoint.1.cosig"):
        (tmp_path / name).write_bytes(b"")
    found = tokens_of(Record(tmp_path), tmp_path / "checkpoint.1")
    assert [path.name for path in found] == ["checkpoint.1.2.tsr", "checkpoint.1.tsr"]


def checked(folder, believed, altered=None):
    record = Record(folder, Altered(altered or {}))
    return verify_kept(record, ORIGIN, hashes_of(folder), believed, kept_checkpoints(record), now=LATER)


def hashes_of(folder):
    return list(_hashes(folder))


@cache
def _hashes(folder):
    record = Record(folder)
    return verify_tree(record, record.checkpoint()).hashes


def text_of(path):
    return path.read_text().split("\n\n")[0] + "\n"
