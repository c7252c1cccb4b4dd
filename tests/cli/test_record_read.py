"""Promises about what reads a record: `varne record show|checkpoint|prove|verify`."""

import json
import os
import time

import pytest
from tests.record.logs import tiled_log
from tests.recorded import new_record
from typer.testing import CliRunner

from varne.cli import app
from varne.cli.record_read import trusted
from varne.errors import BadInput
from varne.record.entry import Draft
from varne.record.export import countersigned
from varne.record.keys import COSIGNER, LOG, new_signer, read_signer
from varne.record.opening import open_log
from varne.record.reader import Record
from varne.record.redact import redact


def run(*words):
    return CliRunner().invoke(app, ["record", *[str(word) for word in words]], env={"COLUMNS": "80"})


@pytest.fixture
def record(tmp_path):
    """Four entries, the third of which is deleted, and an entry that says so."""
    made = new_record(tmp_path)
    now = time.time()
    told = [Draft("known", "watch officer", {"what": "a", "value": one, "source": "radio"}, now) for one in (1, 2, 3)]
    with open_log(made.folder, now=now) as log:
        log.append(told, now=now)
        redact(log, 2, role="records officer", reason="asked for", now=now)
    return made


@pytest.fixture
def key(record):
    return read_signer(record.folder.parent / "log.key").verifier.text


def refused(said, sentence):
    assert said.exit_code == 2, said.output
    assert said.stderr.startswith("varne: ") and sentence in said.stderr


def test_all_entries_are_listed(record):
    """Those without a body too, within eighty columns."""
    said = run("show", record.folder)
    assert said.exit_code == 0 and max(len(line) for line in said.stdout.splitlines()) <= 80
    plain = " ".join(said.stdout.split())
    assert "watch officer a: 1 (radio)" in plain and "withheld or deleted" in plain
    assert [line.split()[0] for line in said.stdout.splitlines() if line[0].isdigit()] == ["0", "1", "2", "3", "4"]


def test_json_is_what_stands_in_the_entries(record):
    """Of all with their numbers, or of one."""
    events = json.loads(run("show", record.folder, "--json").stdout)
    assert [event["index"] for event in events] == [0, 1, 3, 4]
    assert json.loads(run("show", record.folder, 3).stdout) == dict(record.entry(3).content)


def test_whoever_wrote_an_entry_does_not_rule_the_screen(record):
    """One entry, all of them, and the sentence of an error; values are told in words."""
    data = {"what": "a\x9b31m\u202eb", "value": {"sure": False}, "source": "c\x1b[2J"}
    with open_log(record.folder, now=time.time()) as log:
        log.append([Draft("known", "watch\x9b officer", data, time.time())], now=time.time())
    for words in ((), (5,), ("--json",)):
        said = run("show", record.folder, *words).stdout
        assert not set(said) & set("\x9b\u202e\x1b")
    assert "sure: no" in run("show", record.folder).stdout
    assert json.loads(run("show", record.folder, 5).stdout)["data"] == data
    assert "\x9b" not in run("verify", record.folder, "--key", "a\x9b+00000000+AAAA").stderr


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [("5", "There is no entry 5; the log has 5, counted from 0"), ("2", "The body of entry 2 is not here: it was del")],
)
def test_an_entry_that_is_not_there_is_said(record, entry, sentence):
    """Never made, or deleted."""
    refused(run("show", record.folder, entry), sentence)


def test_a_checkpoint_is_printed_as_it_is_signed_and_kept(record):
    """Byte for byte, under its size."""
    said = run("checkpoint", record.folder)
    written = (record.folder / "checkpoint").read_bytes()
    assert said.stdout.encode() == written == (record.folder / "checkpoint.5").read_bytes()
    assert said.stderr.strip().endswith("checkpoint.5")


def test_a_proof_is_checked_by_whoever_trusts_the_key(record, key, tmp_path):
    """With the leaf beside it, by key or by policy; printed it is the same."""
    file = tmp_path / "three.tlog-proof"
    assert run("prove", record.folder, 3, "--out", file).exit_code == 0
    assert (tmp_path / "three.leaf").read_bytes() == record.leaf(3)
    assert run("prove", record.folder, 3).stdout.encode() == file.read_bytes()
    for trust in (("--key", key), ("--policy", record.folder / "policy")):
        said = run("verify", file, *trust)
        assert said.exit_code == 0 and "three.leaf is entry 3 of varne.example/log, which has 5" in said.stdout


def test_a_proof_may_bring_what_the_entry_says(record, key, tmp_path):
    """It is checked where it lies beside the leaf; another body or salt, or one without the other, is no pass."""
    file = tmp_path / "three.tlog-proof"
    said = run("prove", record.folder, 3, "--out", file, "--body")
    assert said.exit_code == 0 and {path.suffix for path in tmp_path.glob("three.*")} == {
        ".tlog-proof", ".leaf", ".json", ".salt",
    }  # fmt: skip
    said = run("verify", file, "--key", key)
    assert said.exit_code == 0 and "three.json is what the entry says, logged 20" in said.stdout
    assert "by watch officer: a: 3 (radio)" in said.stdout
    for name in ("three.json", "three.salt"):
        path = tmp_path / name
        content = path.read_bytes()
        path.write_bytes(content[:-1] + b"x")
        said = run("verify", file, "--key", key)
        assert said.exit_code == 1 and "The proof does not hold. " in said.stdout
        path.unlink()
        said = run("verify", file, "--key", key)
        assert said.exit_code == 3 and "not checked: " in said.stdout
        path.write_bytes(content)
    refused(run("prove", record.folder, 3, "--body"), "--body needs files to write")
    refused(run("prove", record.folder, 2, "--out", tmp_path / "two.tlog-proof", "--body"), "it was deleted")
    refused(run("prove", record.folder, 3, "--out", tmp_path / "three.json"), "where the json goes")


def test_an_entry_of_a_log_of_others_is_proved(tmp_path):
    """It has no policy of ours; the leaf is the whole entry."""
    signer = new_signer("example.org/modules", LOG)
    folder = tiled_log(tmp_path / "log", signer, [b"one", b"two", b"three"])
    file = tmp_path / "one.tlog-proof"
    assert run("prove", folder, 1, "--out", file).exit_code == 0
    assert (tmp_path / "one.leaf").read_bytes() == b"two"
    assert run("verify", file, "--key", signer.verifier.text).exit_code == 0
    refused(run("prove", folder, 1, "--out", file, "--body"), "the leaf is the whole entry; leave --body out")


@pytest.mark.parametrize("before", [True, False])
def test_what_is_entered_meanwhile_spoils_no_proof(record, key, tmp_path, monkeypatch, before):
    """Neither before the checkpoint is read nor after it."""

    def busy(record):
        written = b"" if before else countersigned(record)
        with open_log(record.folder, now=time.time()) as log:
            log.append([Draft("heartbeat", "recorder", {}, time.time())], now=time.time())
        return countersigned(record) if before else written

    monkeypatch.setattr("varne.record.export.countersigned", busy)
    assert run("prove", record.folder, 2, "--out", tmp_path / "two.tlog-proof").exit_code == 0
    assert run("verify", tmp_path / "two.tlog-proof", "--key", key).exit_code == 0


def test_an_entry_that_comes_while_entries_are_listed_is_not_taken_for_a_withheld_one(record, monkeypatch):
    """It is listed or not, and with what it says."""
    read = Record.events

    def busy(self):
        found = read(self)
        with open_log(self.folder, now=time.time()) as log:
            log.append([Draft("heartbeat", "recorder", {}, time.time())], now=time.time())
        return found

    listed = run("show", record.folder).stdout
    monkeypatch.setattr(Record, "events", busy)
    assert run("show", record.folder).stdout == listed


def test_a_proof_that_does_not_hold_ends_with_one(record, key, tmp_path):
    """Another leaf, another's key, any line changed; that is told from a file that is not there."""
    file, leaf = tmp_path / "three.tlog-proof", tmp_path / "three.leaf"
    run("prove", record.folder, 3, "--out", file)
    other = new_signer("varne.example/log", LOG).verifier.text
    assert run("verify", file, "--key", other).exit_code == 1
    refused(run("verify", file), "Whose log is it? Name the key you trust with --key, or a policy with --policy")
    refused(run("verify", file, "--key", key, "--leaf", tmp_path / "no.leaf"), "no.leaf cannot be read (No such file")
    refused(run("verify", file, "--key", "log+00"), "is not written as name+hash+base64")
    refused(run("verify", file, "--policy", tmp_path / "none"), "none cannot be read (No such file or directory)")
    leaf.write_bytes(record.leaf(1))
    said = run("verify", file, "--key", key)
    assert said.exit_code == 1 and "The proof does not hold. Entry 3 is not proved to be in the log of 5" in said.stdout
    leaf.write_bytes(record.leaf(3))
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    for place, line in enumerate(lines):
        if line.strip():
            file.write_text("".join([*lines[:place], "9" + line, *lines[place + 1 :]]), encoding="utf-8")
            said = run("verify", file, "--key", key)
            assert said.exit_code == 1 and said.stdout.startswith("The proof does not hold. "), line


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((9,), "There is no entry 9; the log has 5"),
        ((3, "--out", "three.leaf"), "--out is three.leaf, where the leaf goes; end its name with .tlog-proof"),
        ((3, "--out", "log.key/three.tlog-proof"), "cannot be written to"),
    ],
)
def test_what_cannot_be_proved_or_written_is_refused(record, words, sentence, tmp_path, monkeypatch):
    """And nothing is written."""
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    refused(run("prove", "log", *words), sentence)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_record_is_checked_whole_by_whoever_trusts_its_key(record, key):
    """Exit code 0; what is never proved is said."""
    for trust in (("--key", key), ("--policy", record.folder / "policy")):
        said = run("verify", record.folder, *trust)
        assert said.exit_code == 0 and said.stdout.startswith("The record holds.\n")
    assert "4 given, 0 withheld, 1 deleted as entered" in said.stdout
    assert "Not proved by any of this: that what was entered is true" in said.stdout


def test_whose_key_it_is_is_not_taken_from_the_record(record, key):
    """Who holds no key learns that it was not checked, with exit code 3; another's key ends with 1."""
    (record.folder.parent / "log.key").unlink()
    said = run("verify", record.folder)
    assert (
        said.exit_code == 3 and key in "".join(said.stdout.split()) and "as far as it could be checked" in said.stdout
    )
    other = new_signer("varne.example/log", LOG).verifier.text
    said = run("verify", record.folder, "--key", other)
    assert said.exit_code == 1 and said.stdout.startswith("The record does not hold.\n")
    assert other in "".join(said.stdout.split())


def test_a_secret_key_beside_a_record_vouches_for_nobody(record, key):
    """Whoever ships both made both, also where the key lies in the record itself; it still shows what has shrunk."""
    home = record.folder.parent
    said = run("verify", record.folder)
    plain = " ".join(said.stdout.split())
    assert said.exit_code == 3 and "holds, as far as it could be checked" in plain and "could have made both" in plain
    older = (record.folder / "checkpoint").read_bytes()
    with open_log(record.folder, now=time.time()) as log:
        log.append([Draft("heartbeat", "recorder", {}, time.time())], now=time.time())
    (record.folder / "checkpoint").write_bytes(older)
    for trust in ((), ("--key", key)):
        said = run("verify", record.folder, *trust)
        assert said.exit_code == 1 and "the log has shrunk" in " ".join(said.stdout.split())
    settings = json.loads((record.folder / "record.json").read_text(encoding="utf-8"))
    for name in ("log.key", "log.key.signed"):
        (home / name).rename(record.folder / name)
    (record.folder / "record.json").write_text(json.dumps({**settings, "key": "log.key"}), encoding="utf-8")
    said = run("verify", record.folder)
    assert said.exit_code == 3 and "it came with the log" in " ".join(said.stdout.split())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("checkpoint", b"nothing"),
        ("checkpoint", b"\xff"),
        ("policy", b"quorum all\n"),
        ("policy", b"log"),
        ("tile/entries/000.p/5", b""),
        ("tile/0/000.p/5", b"x"),
        ("bodies/000.p/001", b"x"),
    ],
)
def test_a_changed_record_ends_with_one_and_names_what_was_changed(record, key, name, content):
    """Not with a traceback, nor with the exit code of a wrong call."""
    path = record.folder / name
    assert path.is_file()
    path.write_bytes(content)
    said = run("verify", record.folder, "--key", key)
    assert said.exit_code == 1 and said.stdout.startswith("The record does not hold.")
    home = name.split("/")[0]
    assert (home if home in ("checkpoint", "policy") else name.rpartition("/")[0].removeprefix("tile/")) in said.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--key", "varne.example/log"), "is not written as name+hash+base64; copy it again, whole"),
        (("--policy", "none"), "--policy none cannot be read (No such file or directory)"),
        (("--authority", "none"), "--authority none cannot be read (No such file or directory)"),
        (("--authority", "log/policy"), "The certificates cannot be read; give a file in PEM"),
    ],
)
def test_trust_that_cannot_be_read_is_refused(record, words, sentence, tmp_path, monkeypatch):
    """Exit code 2: nothing was checked."""
    monkeypatch.chdir(tmp_path)
    said = run("verify", "log", *words)
    refused(said, sentence)
    assert said.stdout == ""


@pytest.mark.parametrize("name", ["checkpoint", "policy", "record.json", "bodies/000.p/001", "tile/0/000.p/5",
                                  "tile/entries/000.p/5", "checkpoint.5", "files/x", "authorities/x.pem"])  # fmt: skip
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(record, key, name):
    """One sentence, and no pass; nor by whoever gives a pipe himself."""
    path = record.folder / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    said = run("verify", record.folder, "--key", key)
    assert said.exception is None or isinstance(said.exception, SystemExit)
    assert said.exit_code in ((0, 1, 2) if name in ("record.json", "authorities/x.pem") else (1, 2)), said.output
    assert said.exit_code == 0 or "it is no regular file" in " ".join(said.output.split())
    for words in (("--policy", path), ("--authority", path)):
        refused(run("verify", record.folder, "--key", key, *words), "(it is no regular file)")


@pytest.mark.parametrize("name", ["bundle", "bundle.zip"])
def test_a_bundle_is_checked_by_the_program_in_it(record, key, name, tmp_path):
    """It is no record that does not hold: what to say is said."""
    words = ("--out", tmp_path / name, "--to", "the court", "--role", "clerk")
    assert run("export", record.folder, *words).exit_code == 0
    said = run("verify", tmp_path / name, "--key", key)
    refused(said, "python3 -I verify.py --key KEY")
    assert said.stdout == "" and ("unpack it" in said.stderr) == name.endswith("zip") and "bundle" in said.stderr


def test_who_is_trusted_is_the_keys_and_those_of_the_policy(tmp_path):
    """And a policy that cannot be read is refused."""
    mine, theirs = (new_signer(name, LOG).verifier for name in ("varne.example/mine", "varne.example/theirs"))
    witness = new_signer("witness.example", COSIGNER).verifier
    path = tmp_path / "policy"
    path.write_text(f"log {theirs.text}\nwitness w {witness.text}\nquorum w\n", encoding="utf-8")
    keys, policy = trusted([mine.text], path)
    assert keys == [mine] and policy is not None and policy.quorum == "w"
    assert [one.key for one in policy.logs] == [theirs]
    with pytest.raises(BadInput, match="cannot be read"):
        trusted(None, tmp_path)
