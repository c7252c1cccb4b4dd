"""Promises about bundles: what is asked for is there, what is withheld is not, and each is whole or not there."""

import hashlib
import json
import zipfile
from dataclasses import replace

import pytest
from tests.record.bundles import make_bundle
from tests.record.logs import NOW, append, drafts, make_log, tree

from varne.errors import BadNote, BadRecord
from varne.record import entry as entries
from varne.record import export as exporting
from varne.record import log as logging
from varne.record import reader as reading
from varne.record import verifier
from varne.record.cosignature import cosign
from varne.record.entry import Draft, canonical, commit_of, leaf_of, make_entry
from varne.record.export import countersigned, export, policy_of, with_what_they_need
from varne.record.keep import keep_checkpoint, keep_file
from varne.record.keys import COSIGNER, new_signer, read_signer
from varne.record.opening import open_log
from varne.record.policy import Policy, Witness
from varne.record.proof import check_proof
from varne.record.reader import Record
from varne.record.rotate import rotate

NOTHING = {"indices": (), "accounts": {}, "asked": {}}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make_bundle(tmp_path_factory.mktemp("made"))


def test_every_proof_of_a_bundle_is_one_by_itself(made):
    """Each entry's, under the policy, with the leaf beside it and nothing else (C2SP tlog-proof)."""
    policy = policy_of(Record(made.log))
    for index in range(13):
        proof = (made.folder / "entries" / f"{index}.tlog-proof").read_bytes()
        found = check_proof(proof, (made.folder / "entries" / f"{index}.leaf").read_bytes(), policy)
        assert found.checkpoint.size == 13


def test_withheld_and_deleted_bodies_are_not_given_away(made):
    """Their leaves and proofs are; neither event nor salt stands in any file."""
    salt, event = Record(made.log).withheld(4)
    files = tree(made.folder)
    assert not any(salt in content or event in content for content in files.values())
    for index in (2, 4):
        assert {name for name in files if name.startswith(f"entries/{index}.")} == {
            f"entries/{index}.leaf",
            f"entries/{index}.tlog-proof",
        }
    assert json.loads(files["manifest.json"])["withheld"] == [2, 4]


def test_the_leaves_of_the_whole_log_are_there_whatever_is_asked_for(made, tmp_path):
    """Nothing is left out unseen: a bundle of one entry shows how many there are."""
    export(Record(made.log), tmp_path / "some", **{**NOTHING, "indices": (5, 3, 5)})
    some = tree(tmp_path / "some")
    assert some["leaves"] == tree(made.folder)["leaves"]
    manifest = json.loads(some["manifest.json"])
    assert manifest["entries"] == [0, 3, 5, 8]  # and those that introduce keys
    assert with_what_they_need(Record(made.log), (5, 3, 5), 13) == manifest["entries"]
    for pinned in (made.old, made.new):
        assert verifier.main([str(tmp_path / "some"), "--key", pinned.verifier.text]) == 3  # witnesses came with it
    policy = ["--policy", str(made.policy), "--authority", str(made.authority)]
    assert verifier.main([str(tmp_path / "some"), *policy]) == 3  # that these alone were asked for is not said
    assert verifier.main([str(tmp_path / "some"), *policy, "--entries", "3,5"]) == 0


def test_what_was_seen_of_the_log_goes_with_it(made):
    """Kept checkpoints, byte for byte, with growth, countersignatures, stamps and certificates."""
    bundle, log = tree(made.folder), tree(made.log)
    for name in (name for name in log if name.startswith("checkpoint.")):
        assert bundle[f"checkpoints/{name.removeprefix('checkpoint.')}"] == log[name]
    assert bundle["authorities/test.pem"] == log["authorities/test.pem"]
    assert {"checkpoints/4.consistency", "checkpoints/9.consistency", "checkpoints/13.consistency"} <= set(bundle)


def test_files_that_entries_name_go_with_those_entries(made, tmp_path):
    """An answer with the entry that names it, and not with others."""
    answer = hashlib.sha256(b'{"answer":42}').hexdigest()
    assert tree(made.folder)[f"files/{answer}"] == b'{"answer":42}'
    export(Record(made.log), tmp_path / "other", **{**NOTHING, "indices": (1,)})
    assert not [name for name in tree(tmp_path / "other") if name.startswith("files/")]


def test_a_changed_file_is_not_given_away(made, tmp_path):
    """Nothing is written, and it is named."""
    folder = make_log(tmp_path)
    digest = keep_file(Record(folder), b"an answer")
    with open_log(folder, now=NOW) as log:
        log.append([Draft("computed", "recorder", {}, NOW, outputs=(("answer.json", digest),))], now=NOW)
    (folder / "files" / digest).write_bytes(b"another")
    with pytest.raises(BadRecord, match=digest):
        export(Record(folder), tmp_path / "bundle", **NOTHING)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log", "log.key", "log.key.lock", "log.key.signed"]


def test_the_secret_key_and_what_the_log_says_of_it_stay(made):
    """Neither the key nor its place leaves the house."""
    secret = (made.log.parent / "new.key").read_bytes().strip()
    files = tree(made.folder)
    assert "record.json" not in files
    assert not any(secret in content or b"new.key" in content for content in files.values())


def test_sums_are_those_that_stock_tools_check(made):
    """Every file but the sums themselves, as sha256sum writes them."""
    files = tree(made.folder)
    listed = dict(line.split("  ")[::-1] for line in files.pop("SHA256SUMS").decode().splitlines())
    assert listed == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def test_an_archive_holds_the_same_as_a_folder_and_is_the_same_each_time(made, tmp_path):
    """One folder in it, of the archive's name; no date of a computer."""
    for name in ("one", "two"):
        home = tmp_path / name
        home.mkdir()
        export(Record(made.log), home / "bundle.zip", **NOTHING)
    assert (tmp_path / "one/bundle.zip").read_bytes() == (tmp_path / "two/bundle.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one" / "bundle.zip") as archive:
        names = {name.removeprefix("bundle/") for name in archive.namelist()}
        archive.extractall(tmp_path)
    assert names == set(tree(made.folder)) - {"README.en.md", "LISEZMOI.fr.md"}
    assert verifier.main([str(tmp_path / "bundle"), *made.trust]) == 0


def test_texts_for_people_and_what_was_asked_are_there(made):
    """The accounts as they are told, and for whom it was made."""
    files = tree(made.folder)
    assert files["LISEZMOI.fr.md"].decode() == "Un récit.\n"
    manifest = json.loads(files["manifest.json"])
    assert (manifest["to"], manifest["size"], manifest["schema"]) == ("the court", 13, "varne.bundle/v1")
    assert {"verify.py", "COMMANDS.sh", "FORMATS.md", "policy"} <= set(files)


def test_an_answer_that_can_be_computed_again_says_with_what(tmp_path):
    """Inputs, outputs, code, platform and seed, by the entry."""
    folder = make_log(tmp_path)
    draft = Draft("computed", "recorder", {"fingerprint": {"seed": "7"}}, NOW, code="sha256:00", env="linux",
                  inputs=(("numbers.json", "0" * 64),))  # fmt: skip
    with open_log(folder, now=NOW) as log:
        log.append([draft], now=NOW)
    export(Record(folder), tmp_path / "bundle", **NOTHING)
    (row,) = json.loads((tmp_path / "bundle" / "manifest.json").read_text())["replay"]
    assert (row["entry"], row["seed"], row["code"], row["env"]) == (1, "7", "sha256:00", "linux")
    assert row["inputs"] == [{"name": "numbers.json", "sha256": "0" * 64}]


@pytest.mark.parametrize("indices", [(13,), (-1,), (0, 99)])
def test_an_entry_that_is_not_there_is_told(made, tmp_path, indices):
    """And nothing is written."""
    with pytest.raises(BadRecord, match=rf"There is no entry {indices[-1]}; the log has 13"):
        export(Record(made.log), tmp_path / "bundle", **{**NOTHING, "indices": indices})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["bundle", "bundle.zip"])
def test_nothing_is_written_over(made, tmp_path, name):
    """A folder or an archive that exists stays as it is."""
    (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(BadRecord, match=r"exists; name a folder or a \.zip file that does not"):
        export(Record(made.log), tmp_path / name, **NOTHING)
    assert (tmp_path / name).read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["bundle", "bundle.zip"])
def test_a_bundle_is_whole_or_not_there(made, tmp_path, monkeypatch, name):
    """A disk that fills up before the end leaves nothing behind."""

    def full(home):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "_sum", full)
    with pytest.raises(BadRecord, match="No space left on device"):
        export(Record(made.log), tmp_path / "deep" / name, **NOTHING)
    assert list((tmp_path / "deep").iterdir()) == []


def test_a_bundle_lacks_no_witness_that_its_policy_asks_for(tmp_path):
    """Nobody is given a proof that will be refused: it is told which witness is missing."""
    folder = make_log(tmp_path, 2)
    witness = new_signer("witness.example", COSIGNER)
    policy = replace(policy_of(Record(folder)), witnesses=(Witness("one", witness.verifier),), quorum="one")
    (folder / "policy").write_text(policy.text)
    with pytest.raises(BadNote, match="not by one"):
        export(Record(folder), tmp_path / "bundle", **NOTHING)
    path = keep_checkpoint(Record(folder))
    line = cosign(path.read_text().split("\n\n")[0] + "\n", witness, int(NOW)).line
    path.with_name("checkpoint.3.cosig").write_text(line)
    assert countersigned(Record(folder)).decode().endswith(line)
    assert export(Record(folder), tmp_path / "bundle", **NOTHING) == 3
    append(folder, 1)  # which nobody has seen
    with pytest.raises(BadNote, match="not by one"):
        countersigned(Record(folder))


def test_a_log_that_was_not_changed_by_export_holds_what_it_held(made, tmp_path):
    """Reading alone: not a byte of the log is another."""
    before = tree(made.log)
    export(Record(made.log), tmp_path / "bundle", **NOTHING)
    assert tree(made.log) == before


def test_a_large_log_is_exported_in_time_and_holds(tmp_path):
    """Entries of several tiles, two keys, without openssl."""
    folder = make_log(tmp_path, 300)
    rotate(folder, tmp_path / "new.key", role="records officer", reason="yearly", now=NOW)
    with open_log(folder, now=NOW) as log:
        log.append(drafts(300), now=NOW)
    assert export(Record(folder), tmp_path / "bundle", **NOTHING) == 602
    key = read_signer(tmp_path / "log.key").verifier.text
    assert verifier.main([str(tmp_path / "bundle"), "--key", key, "--without-time-stamps"]) == 0


def with_event(home, monkeypatch, **fields):
    """A log whose keeper entered an event that Varne would not, and that is read as if it were one of ours."""
    monkeypatch.setattr(entries, "read_event", json.loads)
    monkeypatch.setattr(reading, "read_event", json.loads, raising=False)
    folder = make_log(home)

    def made(draft, *, logged, prev):
        usual = make_entry(draft, logged=logged, prev=prev)
        event = canonical({**usual.content, **fields})
        return replace(usual, leaf=leaf_of(commit_of(usual.salt, event)), event=event, content=json.loads(event))

    monkeypatch.setattr(logging, "make_entry", made)
    append(folder, 1)
    return folder


@pytest.mark.parametrize(
    "fields",
    [{"inputs": [{"name": 1, "sha256": 2}]}, {"inputs": "abc"}, {"outputs": ["abc"]}, {"outputs": [{}]}],
    ids=str,
)
def test_a_file_without_a_hash_is_told(tmp_path, monkeypatch, fields):
    """In a sentence, and nothing is written."""
    folder = with_event(tmp_path, monkeypatch, **fields)
    with pytest.raises(BadRecord, match=r"Entry 1 names the file .*, which has no SHA-256"):
        export(Record(folder), tmp_path / "bundle", **NOTHING)
    assert not (tmp_path / "bundle").exists()


@pytest.mark.parametrize("data", [{"redacts": [1]}, {"withholds": {"a": 1}}, {"fingerprint": 7}], ids=str)
def test_strange_data_do_not_stop_an_export(tmp_path, monkeypatch, data):
    """They are evidence, too."""
    folder = with_event(tmp_path, monkeypatch, data=data, kind="computed")
    assert export(Record(folder), tmp_path / "bundle", **{**NOTHING, "indices": (1,)}) == 2


def test_policies_are_those_of_the_log(tmp_path):
    """As they lie there."""
    folder = make_log(tmp_path)
    key = read_signer(tmp_path / "log.key").verifier
    found = policy_of(Record(folder))
    assert [log.key for log in found.logs] == [key]
    assert found == Policy(found.logs, (), ())
