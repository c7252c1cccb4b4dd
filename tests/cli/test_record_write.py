"""Promises about what writes to a record: `varne record init|append|redact|rotate`."""

import json
import os
import pty
import stat
import subprocess
import sys
import time

import pytest
from tests.recorded import holds_text, new_record
from typer.testing import CliRunner

from varne.cli import app
from varne.facts.duty_words import words_of_the_record
from varne.facts.entry_kinds import entry_kinds
from varne.record.keys import read_signer, read_vkey
from varne.record.reader import Record
from varne.record.verify import verify
from varne.record.verify_kept import Believed

KNOWN = ("known", "--role", "watch officer", "--set", "what=people_on_board", "--set", "value=55",
         "--set", "source=caller aboard")  # fmt: skip
NOTE = ("known", "--role", "watch officer", "--set", "what=heard_on_channel_16")  # no word of the record's own
ROW = {"kind": "known", "role": "watch officer", "data": {"what": "wave_height", "value": 0.8, "source": "buoy"}}
SECRET = "somebody@example.org"


def run(*words):
    return CliRunner().invoke(app, ["record", *[str(word) for word in words]], env={"COLUMNS": "80"})


@pytest.fixture
def record(tmp_path):
    return new_record(tmp_path)


def data_of(record, index):
    return record.entry(index).content["data"]


def refused(said, sentence):
    assert said.exit_code == 2, said.output
    assert said.stdout == "" and said.stderr.startswith("varne: ") and sentence in said.stderr


def test_a_record_and_its_key_are_made_apart(tmp_path):
    """The key beside the folder, for its owner alone; the public key that is printed is the one that signs."""
    said = run("init", tmp_path / "log", "--origin", "varne.example/dover/2026-031")
    assert said.exit_code == 0
    assert stat.S_IMODE((tmp_path / "log.key").stat().st_mode) == 0o600
    printed = read_vkey(said.stdout.splitlines()[-1].strip())
    assert printed == read_signer(tmp_path / "log.key").verifier
    assert printed.name == "varne.example/dover/2026-031"
    assert holds_text(tmp_path / "log", "PRIVATE+KEY") == []
    record = Record(tmp_path / "log")
    assert verify(record, Believed((printed,)), now=time.time()).whole and record.checkpoint().size == 1


def test_a_record_that_is_called_after_a_person_is_warned_of(tmp_path):
    """It is made all the same; what it is called cannot be taken back."""
    said = run("init", tmp_path / "log", "--origin", "varne.example/john.smith@example.org")
    assert (
        said.exit_code == 0
        and "varne: origin: it holds an e-mail address. A record is called so for good" in said.stderr
    )
    assert run("init", tmp_path / "two", "--origin", "varne.example/dover/2026-031").stderr == ""


def test_nothing_is_made_over_what_is_there(tmp_path):
    """Neither a record nor a key."""
    assert run("init", tmp_path / "log").exit_code == 0
    refused(run("init", tmp_path / "log"), "is not empty; name a folder that does not exist yet")
    before = (tmp_path / "log.key").read_bytes()
    refused(run("init", tmp_path / "other", "--key", tmp_path / "log.key"), "a key is never written over")
    refused(run("init", tmp_path / "third", "--key", tmp_path / "third" / "key"), "which is given away")
    assert (tmp_path / "log.key").read_bytes() == before and not (tmp_path / "third").exists()


def test_what_is_entered_is_there_when_the_command_returns(record):
    """As it was given: words as words, numbers as numbers, the time at which it happened; and the record holds."""
    said = run("append", record.folder, *KNOWN, "--case", "2026-31", "--time", "2026-03-14T02:30Z")
    assert said.exit_code == 0 and said.stdout.startswith("entry 1: known, logged 20") and said.stderr == ""
    event = record.entry(1).content
    assert event["data"] == {"what": "people_on_board", "value": 55, "source": "caller aboard"}
    assert (event["case"], event["role"], event["time"]) == ("2026-31", "watch officer", "2026-03-14T02:30:00.000Z")
    assert event["id"] in said.stdout and event["logged"] in said.stdout
    assert verify(record, Believed((read_signer(record.folder.parent / "log.key").verifier,)), now=time.time()).whole


@pytest.mark.parametrize(
    ("text", "value"),
    [("55", 55), ("0.8", 0.8), ("[3, 7]", [3, 7]), ("true", True), ("unknown", "unknown"), ("null", "null"),
     ("a=b", "a=b"), ('"235762000"', "235762000"), ("007", "007"), ('{"low": 3}', {"low": 3})],
)  # fmt: skip
def test_a_value_is_what_it_is_as_json_or_words(record, text, value):
    """A text of digits can be said too."""
    assert run("append", record.folder, *NOTE, "--set", f"value={text}", "--set", "source=x").exit_code == 0
    assert data_of(record, 1)["value"] == value


def test_fields_come_from_a_file_and_are_replaced_by_hand(record, tmp_path):
    """One by one."""
    path = tmp_path / "fields.json"
    path.write_text(json.dumps({"chosen": "escort", "reason": "too high a sea"}), encoding="utf-8")
    words = ("append", record.folder, "decided", "--role", "commander", "--data", path)
    assert run(*words, "--set", "chosen=monitor").exit_code == 0
    assert data_of(record, 1) == {"chosen": "monitor", "reason": "too high a sea"}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "kind is missing"),
        (("known",), "role is missing; say what the person does: --role 'watch officer'"),
        (("known", "--role", " "), "role is missing"),
        (("knwon", "--role", "a"), "kind 'knwon' is not known; write one of known, decided"),
        (("computed", "--role", "a"), "kind 'computed' is entered by Varne itself"),
        (("shown", "--role", "a", "--set", "shown=true"), "by hand only that figures were not: --set shown=false"),
        (("shown", "--role", "a", "--set", "shown=false", "--set", "computed=ab"), "A 'shown' entry needs why"),
        (("duty", "--role", "a", "--set", "duty=D99", "--set", "state=met"), "duty is 'D99'; write one of D01, D02"),
        (("duty", "--role", "a", "--set", "duty=D01", "--set", "state=ok"), "state is 'ok'; write one of met, not met"),
        (("correction", "--role", "a", "--set", "corrects=ab", "--set", "what=b"), "the name (id) of no entry of"),
        (("correction", "--role", "a", "--set", "corrects=0", "--set", "what=b"), "that of entry 0 is "),
        ((*KNOWN, "--set", "value"), "--set is 'value'; write a field and its value"),
        ((*KNOWN, "--set", "=5"), "--set is '=5'"),
        ((*KNOWN, "--set", "value=56"), "--set gives 'value' twice, last as '56'; give each field once"),
        ((*KNOWN, "--set", "chanel=radio"), "has no field 'chanel'; did you mean 'channel'?"),
        (KNOWN[:-2], "A 'known' entry needs source"),
        ((*KNOWN[:-4], "--set", "value=", "--set", "source=x"), "A 'known' entry needs value"),
        ((*KNOWN[:-4], "--set", "value=many", "--set", "source=x"), "The value of people_on_board is 'many'; write a"),
        ((*NOTE, "--set", "value=NaN", "--set", "source=x"), "data.value is nan; JSON has no such number"),
        ((*KNOWN, "--time", "yesterday"), "Time 'yesterday' cannot be read; write it as 2026-03-14T02:30Z"),
        ((*KNOWN, "--data", "nowhere.json"), "--data nowhere.json cannot be read (No such file or directory)"),
        ((*KNOWN, "--data", "."), "--data . cannot be read (Is a directory)"),
        ((*KNOWN, "--data", "bad.json"), "--data bad.json cannot be read as JSON"),
        ((*KNOWN, "--data", "bytes.json"), "--data bytes.json cannot be read as JSON"),
        ((*KNOWN, "--data", "list.json"), "--data list.json holds no object of fields"),
        (("--from", "nowhere.jsonl"), "--from nowhere.jsonl cannot be read (No such file or directory)"),
        (("--from", "bytes.json"), "--from bytes.json is not UTF-8 text (byte 0)"),
        (("--from", "empty.jsonl"), "Nothing is to be entered"),
        (("--from", "empty.jsonl", *KNOWN), "says all of its entries itself; leave KIND out"),
        (("--from", "empty.jsonl", "--set", "a=b"), "says all of its entries itself; leave --set out"),
    ],
)
def test_what_cannot_be_entered_is_refused_in_a_sentence(record, words, sentence, tmp_path, monkeypatch):
    """Exit code 2, what is wrong and what to write; nothing is entered."""
    monkeypatch.chdir(tmp_path)
    files = {"bad.json": b"{", "bytes.json": b"\xff\xfe", "list.json": b"[1]", "empty.jsonl": b"\n"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    refused(run("append", record.folder, *words), sentence)
    assert record.checkpoint().size == 1


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "It cannot be read as JSON"),
        ("[]", "It is no object of kind, role, data, and perhaps time and case, but '[]'"),
        ('"known"', "It is no object of kind"),
        ("7", "It is no object of kind"),
        (json.dumps({**ROW, "runs": "1"}), "It has 'runs'; write kind, role, data"),
        (json.dumps({**ROW, "kind": ["known"]}), "kind is missing"),
        (json.dumps({**ROW, "role": ""}), "role is missing"),
        (json.dumps({**ROW, "data": []}), "data is []; write an object"),
        (json.dumps({**ROW, "case": {"a": 1}}), "case is {'a': 1}; write its name"),
        (json.dumps({**ROW, "time": "soon"}), "Time 'soon' cannot be read"),
        (json.dumps({**ROW, "time": 17}), "Time 17 cannot be read"),
        (json.dumps({**ROW, "data": {"what": "a", "value": 1}}), "A 'known' entry needs source"),
        (json.dumps({**ROW, "data": {**ROW["data"], "value": float("inf")}}), "data.value is inf"),
        (json.dumps({**ROW, "data": {**ROW["data"], "text": "\ud800"}}), "which holds half a sign"),
        (json.dumps({**ROW, "data": {**ROW["data"], "text": "x" * 70_000}}), "65535 are the most"),
        ("[" * 100_000, "It cannot be read as JSON"),
    ],
)  # fmt: skip
def test_a_batch_is_entered_whole_or_not_at_all(record, tmp_path, line, why):
    """A third line that cannot be entered keeps the first two out, and is named; once it is mended all are there."""
    path = tmp_path / "batch.jsonl"
    good = json.dumps({**ROW, "time": "2026-03-14T02:30Z", "case": "2026-31"})
    path.write_text(f"{good}\n{good}\n{line}\n", encoding="utf-8")
    before = {one: one.read_bytes() for one in record.folder.rglob("*") if one.is_file()}
    said = run("append", record.folder, "--from", path)
    refused(said, f"--from {path}, line 3: ")
    assert why in said.stderr and said.stderr.endswith("Nothing was entered.\n")
    assert {one: one.read_bytes() for one in record.folder.rglob("*") if one.is_file()} == before
    path.write_text(f"{good}\n{good}\n\n{good}\n", encoding="utf-8")
    said = run("append", record.folder, "--from", path)
    assert said.exit_code == 0 and record.checkpoint().size == 4
    assert [record.entry(index).content["case"] for index in (1, 2, 3)] == ["2026-31"] * 3


def test_a_text_that_seems_to_name_a_person_is_warned_of_and_entered(record):
    """On the error stream, with the field and a way to keep it apart; it is never a reason to refuse an entry."""
    said = run("append", record.folder, *KNOWN[:-1], f"source=write to {SECRET}")
    assert said.exit_code == 0 and said.stdout.startswith("entry 1: known")
    assert (
        "data.source: it holds an e-mail address" in said.stderr
        and f"redact {record.folder} 1 --withhold" in said.stderr
    )
    assert data_of(record, 1)["source"] == f"write to {SECRET}"


def test_a_reason_that_names_a_person_is_warned_of_too(record):
    """A slip is easily repeated where it is mended."""
    run("append", record.folder, *KNOWN)
    said = run("redact", record.folder, 1, "--role", "records officer", "--reason", f"it named {SECRET}")
    assert said.exit_code == 0 and "reason: it holds an e-mail address" in said.stderr


@pytest.mark.parametrize(("typed", "withheld"), [(b"\x04", False), (b"n\n", False), (b"y\n", True), (None, False)])
def test_on_a_terminal_the_entry_comes_before_the_question(record, typed, withheld):
    """Whoever presses Ctrl-D, says no, or is cut off has lost nothing; whoever agrees has the body apart."""
    words = ["record", "append", record.folder, *KNOWN[:-1], f"source=write to {SECRET}"]
    place = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ours, theirs = pty.openpty()
    code = "from varne.cli import app; app()"
    asked = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)], stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, env=place,
        start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    told = b""
    while b"Withhold its body now?" not in told:
        told += os.read(ours, 1000)
    assert record.checkpoint().size == 2  # before any answer
    if typed is None:
        os.close(ours)
    else:
        os.write(ours, typed)
    out, _ = asked.communicate(timeout=60)
    assert typed is None or asked.returncode == 0
    assert out.startswith(b"entry 1: known, logged ")
    assert (record.withheld(1) is not None) == withheld and record.checkpoint().size == 2 + withheld
    if typed is not None:
        os.close(ours)


def test_that_figures_were_not_shown_is_entered_by_hand_too(record):
    """And nothing else of that kind: Varne enters itself what it shows."""
    name = record.entry(0).content["id"]
    words = ("--set", "shown=false", "--set", f"computed={name}", "--set", "why=the screen was off")
    assert run("append", record.folder, "shown", "--role", "watch officer", *words).exit_code == 0
    assert data_of(record, 1) == {"to": [], "shown": False, "computed": name, "why": "the screen was off"}
    refused(run("append", record.folder, "shown", "--role", "a", *words, "--set", 'to=["commander"]'), "leave 'to' out")


def test_a_choice_that_is_no_option_is_entered_and_remarked_on(record):
    """A slip of the pen is no reason to lose a decision."""
    words = ("append", record.folder, "decided", "--role", "commander", "--set", "reason=too high a sea", "--set")
    said = run(*words, "chosen=escrot")
    assert said.exit_code == 0 and said.stdout.startswith("entry 1: decided")
    assert "chosen is 'escrot', no option of the tables; did you mean 'escort'? It is entered" in said.stderr
    assert run(*words, "chosen=escort").stderr == ""


def test_a_correction_names_an_entry_of_the_record(record):
    """Also one that is withheld; what is deleted has no name any more, and may be meant."""
    run("append", record.folder, *KNOWN, "--withhold")
    name = json.loads(record.withheld(1)[1])["id"]
    words = ("append", record.folder, "correction", "--role", "a", "--set", "what=a slip", "--set")
    assert run(*words, f"corrects={name}").exit_code == 0
    refused(run(*words, f"corrects={'0' * 32}"), "names are told by: varne record show")
    assert run("redact", record.folder, 1, "--role", "a", "--reason", "asked for").exit_code == 0
    assert run(*words, f"corrects={name}").exit_code == 0


def test_a_withheld_body_lies_apart(record, tmp_path):
    """Not among those that are given away, nor in what is exported; its keeper can still be asked for it."""
    said = run("append", record.folder, *KNOWN[:-1], f"source={SECRET}", "--withhold")
    assert said.exit_code == 0 and said.stdout.rstrip().endswith("body withheld")
    assert holds_text(record.folder / "bodies", SECRET) == [] and holds_text(record.folder / "tile", SECRET) == []
    assert [path.parent.name for path in holds_text(record.folder, SECRET)] == ["withheld"]
    words = ("export", record.folder, "--out", tmp_path / "bundle", "--to", "the court", "--role", "records officer")
    assert run(*words).exit_code == 0
    assert (tmp_path / "bundle" / "entries" / "1.leaf").is_file() and holds_text(tmp_path / "bundle", SECRET) == []
    refused(run("show", record.folder, 1), "The body of entry 1 is withheld; it lies in ")


def test_a_time_that_is_yet_to_come_is_remarked_on(record):
    """The clock may be wrong, so it is entered all the same."""
    said = run("append", record.folder, *KNOWN, "--time", "2999-01-01T00:00Z")
    assert said.exit_code == 0 and "time is '2999-01-01T00:00Z', which is yet to come" in said.stderr


def test_the_fields_of_every_kind_can_be_asked_for(record):
    """Needed ones, and in brackets those that may be there; nothing is entered."""
    said = run("append", record.folder, "--fields")
    for kind in entry_kinds().values():
        assert f"{kind.name}: {kind.says}" in said.stdout
        assert all(f"  {name}: " in said.stdout for name in kind.needs)
        assert all(f"  [{name}]: " in said.stdout for name in kind.may)
    assert record.checkpoint().size == 1


def test_the_words_that_duties_are_told_from_can_be_asked_for(record):
    """All of them, with the unit of a number; nothing is entered."""
    said = run("append", record.folder, "--words")
    assert said.exit_code == 0 and record.checkpoint().size == 1
    for word in words_of_the_record().values():
        assert f"{word.name}: {word.means} ({word.value}" in said.stdout


@pytest.mark.parametrize("withhold", [False, True])
def test_a_body_is_taken_out_once(record, withhold):
    """An entry says so, the record holds without it, and a second time is refused."""
    run("append", record.folder, *KNOWN[:-1], "source=a secret place")
    words = ("redact", record.folder, 1, "--role", "records officer", "--reason", "asked for")
    words += ("--withhold",) if withhold else ()
    said = run(*words)
    assert said.exit_code == 0 and said.stdout.endswith("entry 2 says so.\n")
    homes = {path.relative_to(record.folder).parts[0] for path in holds_text(record.folder, "a secret place")}
    assert homes == ({"withheld"} if withhold else set())
    assert verify(record, Believed((read_signer(record.folder.parent / "log.key").verifier,)), now=time.time()).whole
    refused(run(*words), "entry 2 says so" if not withhold else "has no body that can be withheld")
    assert record.checkpoint().size == 3


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((0, "--role", "a", "--reason", "b"), "without it the log could not be verified"),
        ((9, "--role", "a", "--reason", "b"), "There is no entry 9; the log has 2, counted from 0"),
        ((1, "--role", "a", "--reason", " "), "reason is empty"),
        ((1, "--role", "", "--reason", "b"), "role is empty"),
    ],
)
def test_a_redaction_that_cannot_be_is_refused(record, words, sentence):
    """And nothing is deleted."""
    run("append", record.folder, *KNOWN)
    refused(run("redact", record.folder, *words), sentence)
    assert record.checkpoint().size == 2 and data_of(record, 1)["value"] == 55


def test_whoever_trusts_the_old_key_follows_to_the_new(record, tmp_path):
    """And on, entry after entry; the old key itself signs no more."""
    old = read_signer(tmp_path / "log.key").verifier.text
    said = run("rotate", record.folder, tmp_path / "new.key", "--role", "records officer", "--reason", "yearly")
    assert said.exit_code == 0
    new = read_signer(tmp_path / "new.key").verifier.text
    assert said.stdout.splitlines()[-1].strip() == new != old
    refused(run("append", record.folder, *KNOWN, "--key", tmp_path / "log.key"), "log.key was replaced by a newer key")
    assert run("append", record.folder, *KNOWN).exit_code == 0
    refused(run("append", record.folder, *KNOWN, "--key", tmp_path / "log.key"), "log.key is not the key of this log")
    for key in (old, new):
        assert run("verify", record.folder, "--key", key).exit_code == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("log/new.key", "--role", "a", "--reason", "b"), "would lie in log, which is given away"),
        (("log.key", "--role", "a", "--reason", "b"), "log.key exists, and a key is never written over"),
        (("new.key", "--role", "a", "--reason", " "), "reason is empty"),
        (("new.key", "--role", " ", "--reason", "b"), "role is empty"),
    ],
)
def test_a_change_of_key_that_cannot_be_is_not_begun(record, words, sentence, tmp_path, monkeypatch):
    """No key is made, and the record takes entries as before."""
    monkeypatch.chdir(tmp_path)
    keys = sorted(tmp_path.rglob("*.key"))
    refused(run("rotate", "log", *words), sentence)
    assert sorted(tmp_path.rglob("*.key")) == keys
    assert run("append", "log", *KNOWN).exit_code == 0
