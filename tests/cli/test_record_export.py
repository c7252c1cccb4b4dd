"""Promises about what leaves a record, and what is computed again from it: `varne record export|replay`."""

import json
import subprocess
import sys
import time
import zipfile

import pytest
from tests.recorded import few, holds_text, new_record, own_facts
from tests.seas import streams_file
from tests.stock_tools import need_tools
from typer.testing import CliRunner

from varne.cli import app
from varne.record.asking import Asking, record_failure
from varne.record.entry import Draft
from varne.record.keys import LOG, new_signer, read_signer
from varne.record.opening import open_log
from varne.record.redact import withhold
from varne.recording import record_assessment

TO = ("--to", "the court", "--role", "records officer")
SECRET = "something kept apart"


def run(*words):
    return CliRunner().invoke(app, ["record", *[str(word) for word in words]], env={"COLUMNS": "80"})


def refused(said, sentence):
    assert said.exit_code == 2, said.output
    assert said.stderr.startswith("varne: ") and sentence in said.stderr


@pytest.fixture
def record(tmp_path, monkeypatch):
    """Entries 1 to 3, the second of which is withheld, as entry 4 says."""
    monkeypatch.chdir(tmp_path)
    made, now = new_record(tmp_path), time.time()
    texts = ("radio", SECRET, "sight")
    drafts = [Draft("known", "watch officer", {"what": "a", "value": 1, "source": text}, now) for text in texts]
    with open_log(made.folder, now=now) as log:
        log.append(drafts, now=now)
        withhold(log, 2, role="records officer", reason="asked for", now=now)
    return made


def key_of(folder, name="log.key"):
    return read_signer(folder / name).verifier.text


def checked(bundle, *words):
    """What the program in a bundle says, where nothing of Varne is."""
    return subprocess.run(
        [sys.executable, "-I", "verify.py", *words], cwd=bundle, capture_output=True, text=True, check=False, timeout=60
    )


def holds(done):
    """Nothing fails; that nobody stamped it, and that content is kept back, is said and is no pass."""
    return done.returncode == 3 and "FAILED" not in done.stdout and "not checked  when it was" in done.stdout


def test_a_bundle_is_checked_without_varne(record, tmp_path):
    """Whole by whoever has the key; that it was given away, to whom and by whom, is entered."""
    said = run("export", "log", "--out", "bundle", *TO)
    assert said.exit_code == 0 and "a bundle of 5 of 5 entries.\n" in said.stdout and key_of(tmp_path) in said.stdout
    done = checked(tmp_path / "bundle", "--key", key_of(tmp_path))
    assert holds(done) and "content is withheld, as other entries say: 2" in done.stdout, done.stdout
    event = record.entry(5).content
    assert (event["kind"], event["role"], event["data"]) == ("export", TO[3], {"to": TO[1], "entries": "all"})


def test_a_part_is_given_away_as_an_archive(record, tmp_path):
    """With what says of one that it is withheld; what is not asked for, and what is withheld, stays here."""
    assert run("export", "log", "--out", "part.zip", *TO, "--entry", 3, "--entry", 2).exit_code == 0
    with zipfile.ZipFile(tmp_path / "part.zip") as archive:
        archive.extractall(tmp_path / "given")
    bundle = tmp_path / "given" / "part"
    assert holds(checked(bundle, "--key", key_of(tmp_path)))
    assert sorted(path.stem for path in (bundle / "entries").glob("*.json")) == ["0", "3", "4"]
    assert sorted(path.stem for path in (bundle / "entries").glob("*.leaf")) == ["0", "2", "3", "4"]
    assert holds_text(bundle, SECRET) == [] and record.entry(5).content["data"]["entries"] == [3, 2]


def test_whoever_trusts_an_older_key_can_check_a_part(record, tmp_path):
    """The entries that introduce keys go with it, though nobody asked for them."""
    run("rotate", "log", "new.key", "--role", "records officer", "--reason", "yearly")
    assert run("export", "log", "--out", "part", *TO, "--entry", 1).exit_code == 0
    for key in (key_of(tmp_path), key_of(tmp_path, "new.key")):
        assert holds(checked(tmp_path / "part", "--key", key))
    other = new_signer("varne.example/log", LOG).verifier.text
    assert checked(tmp_path / "part", "--key", other).returncode == 1


def test_the_shell_commands_of_a_bundle_check_the_key_that_they_are_given(record, tmp_path):
    """Another key of the same name, or a changed file of whatever kind, does not end well."""
    need_tools()
    run("checkpoint", "log")  # one that somebody may have kept: the bundle shows that the log grew from it
    run("export", "log", "--out", "bundle", *TO)
    bundle = tmp_path / "bundle"

    def ends(key):
        words = ["bash", "COMMANDS.sh", key, "none"]
        return subprocess.run(words, cwd=bundle, capture_output=True, check=False, timeout=60).returncode

    assert ends(key_of(tmp_path)) == 0
    assert ends(new_signer("varne.example/log", LOG).verifier.text) != 0
    assert ends(new_signer("varne.example/other", LOG).verifier.text) != 0
    account = bundle / "README.en.md"
    account.write_text(account.read_text(encoding="utf-8") + "more\n", encoding="utf-8")
    assert ends(key_of(tmp_path)) != 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--out", "log.key", *TO), "log.key exists; name a folder or a .zip file that does not"),
        (("--out", "log/bundle", *TO), "--out log/bundle would lie in the record log; name a place outside"),
        (("--out", "log.key/bundle", *TO), "cannot be written"),
        (("--out", "bundle", *TO, "--entry", "9"), "There is no entry 9; the log has 5, counted from 0"),
        (("--out", "bundle", "--to", " ", "--role", "clerk"), "--to is empty; name the body or role that it is for"),
        (("--out", "bundle", "--to", "the court", "--role", " "), "role is empty"),
    ],
)
def test_a_bundle_that_cannot_be_is_neither_written_nor_entered(record, words, sentence, tmp_path):
    """Exit code 2 and one sentence."""
    before = sorted(tmp_path.rglob("*"))
    refused(run("export", "log", *words), sentence)
    assert sorted(tmp_path.rglob("*")) == before and record.checkpoint().size == 5


def test_what_cannot_be_entered_is_not_given_away(record, tmp_path):
    """Where the key is lost, or another writer has the record."""
    with open_log(record.folder, now=time.time()):
        refused(run("export", "log", "--out", "bundle", *TO), "is held by another writer")
    (tmp_path / "log.key").rename(tmp_path / "elsewhere")
    refused(run("export", "log", "--out", "bundle", *TO), "Key log.key cannot be read")
    assert not (tmp_path / "bundle").exists()


def test_a_person_named_as_the_one_who_asks_is_warned_of(record):
    """It is entered, and stands in the manifest."""
    said = run("export", "log", "--out", "bundle", "--to", "somebody@example.org", "--role", "clerk")
    assert said.exit_code == 0 and "to: it holds an e-mail address" in said.stderr


def test_a_record_that_does_not_hold_is_given_away_with_a_warning(record, tmp_path):
    """It is evidence all the same; whoever checks the bundle finds it too."""
    run("checkpoint", "log")
    path = record.folder / "checkpoint.5"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[:2], lines[2].swapcase(), *lines[3:]]), encoding="utf-8")
    said = run("export", "log", "--out", "bundle", *TO)
    assert said.exit_code == 0
    assert "varne: the record does not hold, and the bundle says so too: failed: checkpoint.5: " in said.stderr
    assert checked(tmp_path / "bundle", "--key", key_of(tmp_path)).returncode == 1


def test_a_body_that_was_changed_is_not_given_away(record, tmp_path):
    """Its entry is named."""
    (path,) = holds_text(record.folder / "bodies", '"source":"sight"')
    path.write_bytes(path.read_bytes().replace(b'"sight"', b'"smell"'))
    refused(run("export", "log", "--out", "bundle", *TO), "Entry 3: its body is not what the log commits to")
    assert not (tmp_path / "bundle").exists()


@pytest.fixture
def computed(record, tmp_path):
    """An answer with numbers of one's own and a file of the sea, and a question that failed."""
    own, file = own_facts(tmp_path), streams_file(tmp_path / "sea" / "streams.nc")
    found, who = few(facts=own, sea={"streams": str(file)}), Asking("watch officer", time.time())
    index = record_assessment(record.folder, found, who, facts=own).index
    own.unlink()
    record_failure(record.folder, "assess", {}, "people is 0", who)
    return index


def test_an_answer_is_computed_again_from_the_record(computed):
    """Bit for bit here, with numbers whose file is gone and the files of the sea where they are now."""
    said = run("replay", "log", computed, "--inputs", "sea")
    assert said.exit_code == 0
    assert said.stdout == (
        f"Entry {computed}: every number is the same, bit for bit, computed with the recorded code, on the recorded "
        "platform.\n"
    )


def test_an_answer_that_is_not_borne_out_ends_with_one(record, computed, monkeypatch):
    """And elsewhere within the tolerance with 0; places and differences are printed."""
    from varne import replaying

    again = replaying._again

    def rounded(*words):
        answer = json.loads(json.dumps(again(*words)))
        answer["options"][0]["expected_deaths"]["mean"] *= 1 + 1e-9
        return answer

    monkeypatch.setattr(replaying, "_again", rounded)
    said = run("replay", "log", computed, "--inputs", "sea")
    assert said.exit_code == 1 and said.stdout.startswith(
        f"Entry {computed} is not borne out: numbers differ by 1.0e-09"
    )
    assert "  options.leave.expected_deaths.mean was " in said.stdout
    monkeypatch.setattr(replaying, "code_and_platform", lambda: "0.0+0 on Plan9")
    said = run("replay", "log", computed, "--inputs", "sea")
    assert said.exit_code == 0 and "numbers differ by 1.0e-09 at most (tolerance 1e-06), elsewhere" in said.stdout
    assert "now by 0.0+0 on Plan9" in said.stdout


def test_what_cannot_be_computed_again_is_said(computed):
    """A failure, another kind, no such entry, no file of the sea."""
    refused(run("replay", "log", computed + 1), "says that no figure could be given: people is 0")
    refused(run("replay", "log", 1), "Entry 1 is of kind 'known'; only what was computed can be computed again")
    refused(run("replay", "log", 99), "There is no entry 99")
    refused(run("replay", "log", 2), "The body of entry 2 is withheld or deleted")
    refused(run("replay", "log", computed), "asked with streams.nc, which is not in .; name its folder")
