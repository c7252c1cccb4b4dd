"""Promises about tiles and entries: whichever byte is changed, the entry or the tile is named."""

import random
import shutil
from functools import lru_cache

import pytest
from tests.record.logs import NOW, Altered, drafts, flipped, make_log, tiled_log

from varne.record import verify_tree as checked
from varne.record.checkpoint import Checkpoint, read_checkpoint
from varne.record.finding import FAILED, REMARK
from varne.record.keys import LOG, new_signer
from varne.record.opening import open_log
from varne.record.packed import pack, unpack
from varne.record.reader import Record
from varne.record.tiles import WIDTH, read_path
from varne.record.tree import leaf_hash, root_of
from varne.record.verify import verify
from varne.record.verify_kept import Believed
from varne.record.verify_tree import verify_tree, wrong_in_bundle, wrong_in_tile

PARTS = 6  # of the test of every byte, so that they can run side by side
SAMPLE = 70  # of the bytes, once more through the whole verification


@pytest.fixture(scope="module")
def clean(thousand):
    """Files under tile/, and the hashes of each level."""
    record = Record(thousand)
    tree = verify_tree(record, record.checkpoint())
    assert tree.findings == ()
    level = [root_of(tree.hashes[start : start + WIDTH]) for start in range(0, 3 * WIDTH, WIDTH)]
    files = {path.relative_to(thousand).as_posix(): path.read_bytes() for path in record.disk.files(thousand / "tile")}
    return files, {-1: list(tree.hashes), 0: list(tree.hashes), 1: level}


@pytest.fixture(autouse=True)
def _hash_once(monkeypatch):
    """The same entries are hashed a hundred thousand times."""
    monkeypatch.setattr(checked, "leaf_hash", lru_cache(None)(leaf_hash))


def test_the_log_has_what_batches_and_singles_leave(clean):
    """A thousand entries; full tiles, the tiles that count, and older narrower ones that nobody needs any more."""
    files, levels = clean
    assert len(levels[0]) == 1000
    assert {"tile/0/000", "tile/0/003.p/232", "tile/0/003.p/7", "tile/1/000.p/1", "tile/1/000.p/3"} <= set(files)
    assert {"tile/entries/002", "tile/entries/003.p/232", "tile/entries/003.p/8"} <= set(files)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_byte_of_every_file_counts(clean, part):
    """One bit turned in any byte of any tile or bundle, needed or not: what is said names the tile or the entry."""
    files, levels = clean
    for name, content in files.items():
        tile = read_path(name)
        owners = _owners(content, tile) if tile.level < 0 else [name] * len(content)
        for place in range(part, len(content), PARTS):
            found = _said(name, tile, flipped(content, place), levels)
            assert [(one.state, one.where) for one in found] == [(FAILED, owners[place])], f"{name}, byte {place}"


def test_what_is_said_of_a_file_is_what_the_whole_verification_says(thousand, clean):
    """Bytes drawn by chance, through all of it: it does not hold, and says of that file what was said of it alone."""
    files, levels = clean
    chance = random.Random(7)
    for name in sorted(files) * (SAMPLE // len(files)):
        changed = flipped(files[name], chance.randrange(len(files[name])))
        found = verify(Record(thousand, Altered({thousand / name: changed})), Believed(), now=NOW)
        said = set(_said(name, read_path(name), changed, levels))
        assert not found.holds
        assert said <= set(found.findings)


def test_another_entry_of_the_same_length_is_named(thousand, clean):
    """A whole leaf put in another's place, twice the same: both the entry and nothing else."""
    files, _ = clean
    name = "tile/entries/001"
    leaves = unpack(files[name], WIDTH)
    leaves[5] = leaves[6]
    record = Record(thousand, Altered({thousand / name: pack(leaves)}))
    assert [one.where for one in verify_tree(record, record.checkpoint()).findings] == ["entry 261"]


def test_an_entry_changed_with_its_tile_is_seen_by_the_root(thousand, clean):
    """Who changes both is betrayed by the checkpoint and by the tile above."""
    files, levels = clean
    leaves = unpack(files["tile/entries/001"], WIDTH)
    leaves[5] = leaves[6]
    tile = b"".join(map(leaf_hash, leaves))
    altered = {thousand / "tile/entries/001": pack(leaves), thousand / "tile/0/001": tile}
    record = Record(thousand, Altered(altered))
    found = {one.where: one.what for one in verify_tree(record, record.checkpoint()).findings}
    assert set(found) == {"checkpoint", "tile/1/000.p/2", "tile/1/000.p/3"}
    assert root_of(levels[0]).hex() in found["checkpoint"]


def test_an_entry_and_another_tile_changed_leave_nothing_to_believe(thousand, clean):
    """Neither entries nor tiles lead to the root: both places are named as one or the other."""
    files, _ = clean
    altered = {thousand / name: flipped(files[name], 40) for name in ("tile/entries/000", "tile/0/001")}
    record = Record(thousand, Altered(altered))
    where = {one.where for one in verify_tree(record, record.checkpoint()).findings if one.state == FAILED}
    assert {"checkpoint", "entry 0 or its tile", "entry 257 or its tile"} <= where


@pytest.mark.parametrize("name", ["tile/0/000", "tile/0/003.p/232", "tile/1/000.p/3", "tile/entries/002"])
def test_a_missing_file_is_named(thousand, name):
    """Each that the log needs, and no other."""
    record = Record(thousand, Altered({thousand / name: None}))
    found = verify_tree(record, record.checkpoint()).findings
    assert [(one.state, one.where, one.what) for one in found] == [(FAILED, name, "is missing")]


@pytest.mark.parametrize("name", ["tile/0/003.p/7", "tile/1/000.p/1", "tile/entries/003.p/8"])
def test_a_file_that_nobody_needs_is_not_missed(thousand, name):
    """Narrower tiles of earlier checkpoints may be pruned (C2SP tlog-tiles, "Pruning")."""
    record = Record(thousand, Altered({thousand / name: None}))
    assert verify_tree(record, record.checkpoint()).findings == ()


@pytest.mark.parametrize("name", ["tile/0/000", "tile/0/003.p/232", "tile/1/000.p/2", "tile/entries/003.p/232"])
@pytest.mark.parametrize("change", [lambda content: content[:-1], lambda content: content + b"\0", lambda content: b""])
def test_a_file_cut_off_or_grown_is_named(thousand, name, change):
    """By a byte, or all of it."""
    record = Record(thousand, Altered({thousand / name: change((thousand / name).read_bytes())}))
    found = [one for one in verify_tree(record, record.checkpoint()).findings if one.state == FAILED]
    assert found
    assert {one.where for one in found} <= {name, *(f"entry {index}" for index in range(1000))}


def test_a_size_that_cannot_be_is_refused_at_once(thousand):
    """A checkpoint of 2^63 entries is not counted through."""
    record = Record(thousand)
    found = verify_tree(record, Checkpoint("varne.example/test", 2**63 - 1, bytes(32))).findings
    assert [one.where for one in found] == ["checkpoint"]
    assert "9223372036854775807" in found[0].what


def test_what_a_crash_left_is_a_remark(tmp_path):
    """Drafts, and tiles of entries that were never signed: an unsigned tail does not condemn a log."""
    folder = make_log(tmp_path, 300)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with open_log(folder, now=NOW) as log:
        log.append(drafts(300), now=NOW)
    (folder / "tile" / "0" / "003.writing").write_bytes(b"half")
    (folder / "tile" / "notes.txt").write_bytes(b"nothing")
    for path, content in before.items():
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(content)
    record = Record(folder)
    found = verify(record, Believed(), now=NOW)
    assert found.checkpoint.size == 301
    assert found.holds
    told = {one.where: one.what for one in found.findings if one.state == REMARK}
    assert told["tile/0/001"] == "holds more than the 301 entries that the checkpoint covers"
    assert told["tile/0/003.writing"] == "was being written when the writer stopped"
    assert told["tile/notes.txt"] == "is no file of a log"
    assert {"tile/0/002.p/89", "tile/entries/002.p/89"} <= set(told)


@pytest.mark.parametrize(("name", "place"), [("tile/0/001", 0), ("tile/entries/001", 2), ("tile/1/000.p/2", 31)])
def test_a_tile_wider_than_the_checkpoint_is_checked_as_far_as_it_goes(tmp_path, name, place):
    """What is signed of it counts; what is not is a remark."""
    folder = make_log(tmp_path, 300)
    written = (folder / "checkpoint").read_bytes()
    with open_log(folder, now=NOW) as log:
        log.append(drafts(300), now=NOW)
    content = (folder / name).read_bytes()
    checkpoint = read_checkpoint(written)
    assert not [
        one for one in verify_tree(Record(folder), checkpoint).findings if one.state == FAILED and name in one.where
    ]
    record = Record(folder, Altered({folder / name: flipped(content, place)}))
    found = [one for one in verify_tree(record, checkpoint).findings if one.state == FAILED]
    assert {name, "entry 256"} & {one.where for one in found}


def test_a_log_of_others_verifies_by_its_tiles_and_entries(tmp_path):
    """Leaves are what they please, only what is needed is kept; every change is named all the same."""
    signer = new_signer("example.org/modules", LOG)
    entries = [f"module {number}".encode() * (number % 3) for number in range(600)]
    folder = tiled_log(tmp_path, signer, entries)
    believed = Believed(logs=(signer.verifier,))
    assert verify(Record(folder), believed, now=NOW).holds
    assert verify(Record(folder), believed, now=NOW).whole
    for name, where in (("tile/0/001", "tile/0/001"), ("tile/entries/002.p/88", "entry 512"), ("tile/1/000.p/2", None)):
        content = (folder / name).read_bytes()
        found = verify(Record(folder, Altered({folder / name: flipped(content, 4)})), believed, now=NOW)
        assert not found.holds
        assert (where or name) in {one.where for one in found.findings}


def test_a_full_tile_stands_for_a_narrower_one(thousand, tmp_path):
    """A log that keeps full tiles alone, and whose checkpoint is older, is read from what they begin with."""
    folder = tmp_path / "log"
    shutil.copytree(thousand, folder)
    leaves = [leaf for tile in range(2) for leaf in Record(thousand).leaves(tile, WIDTH)][:300]
    checkpoint = Checkpoint("varne.example/test", 300, root_of([leaf_hash(leaf) for leaf in leaves]))
    found = verify_tree(Record(folder), checkpoint)
    assert {one.state for one in found.findings if not one.where.startswith("tile/1")} == {REMARK}
    assert list(found.leaves) == leaves


def _said(name, tile, content, levels):
    check = wrong_in_bundle if tile.level < 0 else wrong_in_tile
    return check(name, tile, content, levels[tile.level])


def _owners(content, tile):
    """The entry to which each byte of a bundle belongs; a byte of a length belongs to the file."""
    owners = []
    for number, leaf in enumerate(unpack(content, tile.width), tile.index * WIDTH):
        owners += [tile.entries_path] * 2 + [f"entry {number}"] * len(leaf)
    return owners
