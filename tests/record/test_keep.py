"""Promises about what a log keeps beside its entries."""

import hashlib
from dataclasses import dataclass

import pytest
from tests.record.authority import Authority, need_openssl
from tests.record.logs import NOW, drafts, flipped, make_log

from varne.errors import BadRecord
from varne.record.checkpoint import Checkpoint, sign_checkpoint
from varne.record.disk import RealDisk
from varne.record.keep import keep_certificates, keep_checkpoint, keep_file, kept_checkpoints
from varne.record.keys import read_signer
from varne.record.opening import open_log
from varne.record.reader import Record


def test_a_file_is_kept_under_its_hash_once(tmp_path):
    """Twice the same is one file, whose bytes stay as they are; another one is another file."""
    record = Record(make_log(tmp_path))
    first = keep_file(record, b"an answer")
    assert first == hashlib.sha256(b"an answer").hexdigest()
    assert keep_file(record, b"an answer") == first
    assert keep_file(record, b"another") != first
    assert sorted(path.name for path in (record.folder / "files").iterdir()) == sorted(
        (first, hashlib.sha256(b"another").hexdigest())
    )
    assert record.kept_file(f"sha256:{first}") == b"an answer"


def test_a_kept_file_that_was_changed_is_not_taken_for_it(tmp_path):
    """It is named, and not silently written over: it may be evidence of who changed it."""
    record = Record(make_log(tmp_path))
    path = record.folder / "files" / keep_file(record, b"an answer")
    path.write_bytes(b"another answer")
    with pytest.raises(BadRecord, match=f"files/{path.name} is not what its name says"):
        keep_file(record, b"an answer")
    assert path.read_bytes() == b"another answer"


def test_a_checkpoint_is_kept_byte_for_byte_and_stays(tmp_path):
    """What somebody has seen is not written over when the log grows."""
    record = Record(make_log(tmp_path, 3))
    written = record.written_checkpoint()
    path = keep_checkpoint(record)
    assert (path.name, path.read_bytes()) == ("checkpoint.4", written)
    assert keep_checkpoint(record) == path
    with open_log(record.folder, now=NOW) as log:
        log.append(drafts(1), now=NOW)
    assert keep_checkpoint(record).name == "checkpoint.5"
    assert path.read_bytes() == written


@dataclass(frozen=True, slots=True)
class OtherFirst(RealDisk):
    """A disk on which another process moves the same draft just before us."""

    def rename(self, old, new):
        RealDisk().rename(old, new)
        RealDisk().rename(old, new)


@pytest.mark.parametrize("keep", [lambda record: keep_file(record, b"an answer"), keep_checkpoint])
def test_what_two_keep_at_once_is_kept(tmp_path, keep):
    """As where a stamp and a countersignature are asked for at the same time."""
    record = Record(make_log(tmp_path))
    again = keep(Record(record.folder, OtherFirst()))
    assert keep(record) == again


def test_another_root_of_one_size_is_never_kept_over_the_first(tmp_path):
    """Two roots of one size are the proof of a fork: both stay."""
    record = Record(make_log(tmp_path, 3))
    path = keep_checkpoint(record)
    forked = Checkpoint("varne.example/test", 4, flipped(record.checkpoint().root, 0))
    (record.folder / "checkpoint").write_bytes(sign_checkpoint(forked, [read_signer(tmp_path / "log.key")]))
    before = path.read_bytes()
    with pytest.raises(BadRecord, match="another root of 4 entries: the log is forked"):
        keep_checkpoint(record)
    assert path.read_bytes() == before


def test_kept_checkpoints_come_by_size_and_nothing_else_with_them(tmp_path):
    """Stamps, countersignatures, drafts and strange names are no checkpoints."""
    folder = tmp_path / "log"
    folder.mkdir()
    for name in ("10", "9", "9.tsr", "9.cosig", "10.2.tsr", "11.writing", "x", "²", "-1", ""):
        (folder / f"checkpoint.{name}").write_bytes(b"")
    assert [(size, path.name) for size, path in kept_checkpoints(Record(folder))] == [
        (9, "checkpoint.9"),
        (10, "checkpoint.10"),
    ]


def test_certificates_are_kept_under_their_hash_in_pem(tmp_path):
    """Once; those of another authority lie beside them."""
    record = Record(make_log(tmp_path))
    need_openssl()
    authority = Authority(tmp_path / "authority")
    one, again = (keep_certificates(record, [authority.root]) for _ in range(2))
    two = keep_certificates(record, [authority.root, authority.middle])
    assert one == again and one.read_bytes() == authority.root_pem
    assert one.stem == hashlib.sha256(authority.root_pem).hexdigest()
    assert sorted((record.folder / "authorities").iterdir()) == sorted([one, two])
