"""Promises about `--record` of `varne assess` and `varne season`."""

import json
import os
import shlex
import signal
import subprocess
import sys
import threading
import time

import pytest
from tests.recorded import FLAGS, holds_text, new_record, own_facts
from tests.season.made import made
from typer.testing import CliRunner

from varne import recording
from varne.cli import app, recorded
from varne.cli.recorded import Keeper, keeper_of
from varne.errors import BadInput, BadRecord, HeldRecord
from varne.record import asking
from varne.record.lock import Lock
from varne.record.opening import open_log
from varne.record.verify import verify
from varne.record.verify_kept import Believed

ROLES = ("--role", "watch officer", "--role", "patrol commander")
DAYS = ("--from", "2026-06-01", "--until", "2026-06-30", "--members", "4x2")


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "80"})


@pytest.fixture
def record(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return new_record(tmp_path)


def told(record):
    """Kinds and data of what was entered after the key."""
    return [(event["kind"], event["data"]) for event in record.events()[1:]]


def refused(said, sentence):
    assert said.exit_code == 2, said.output
    assert said.stdout == "" and sentence in said.stderr.splitlines()[-1]


@pytest.mark.parametrize("how", ["screen", "json"])
def test_figures_are_entered_before_they_are_shown_and_that_they_were_shown_after(record, monkeypatch, how):
    """Nothing of the answer is printed before its entry is there; nothing of it after the entry that it was shown."""
    enter, show = recording.record_assessment, asking.record_shown

    def entering(*words, **more):
        done = enter(*words, **more)
        print("<entered>", [kind for kind, _ in told(record)])
        return done

    def showing(*words, **more):
        print("<shown>", [kind for kind, _ in told(record)])
        return show(*words, **more)

    monkeypatch.setattr(recording, "record_assessment", entering)
    monkeypatch.setattr(asking, "record_shown", showing)
    said = run(*FLAGS, "--record", "log", *ROLES, "--case", "2026-31", *(["--json"] if how == "json" else []))
    assert said.exit_code == 0 and "recorded: entries 1 and 2 of log" in said.stderr
    lines = said.stdout.splitlines()
    assert lines[0] == "<entered> ['computed']" and lines[-1] == "<shown> ['computed']" and "escort" in said.stdout
    events = record.events()[1:]
    assert [event["kind"] for event in events] == ["computed", "shown"]
    assert events[1]["data"] == {
        "computed": events[0]["id"], "answer": events[0]["data"]["answer"], "to": ["watch officer", "patrol commander"],
        "how": how, "shown": True,
    }  # fmt: skip
    assert {(event["role"], event["case"]) for event in events} == {("watch officer", "2026-31")}
    assert events[0]["logged"] <= events[1]["time"]


def test_what_is_shown_is_what_is_entered(record):
    """The same numbers on standard output and in the record, and they come out again."""
    said = run(*FLAGS, "--json", "--record", "log", "--role", "watch officer")
    shown = json.loads(said.stdout)
    kept = json.loads(record.kept_file(told(record)[0][1]["answer"]))
    kept["fingerprint"]["seed"] = int(kept["fingerprint"]["seed"])
    assert kept == shown
    assert run("record", "replay", "log", 1).exit_code == 0
    assert verify(record, Believed(), now=time.time()).holds


def test_without_a_record_the_answer_is_the_same(record):
    """And nothing is entered."""
    plain, kept = run(*FLAGS, "--json"), run(*FLAGS, "--json", "--record", "log", "--role", "watch officer")
    assert plain.stdout == kept.stdout and plain.stderr == ""
    assert record.checkpoint().size == 3


def test_figures_that_nobody_saw_are_not_entered_as_shown(record):
    """Where the files cannot be written the command ends before the screen: computed, and not shown, with why."""
    refused(run(*FLAGS, "--out", "log.key/out", "--record", "log", "--role", "watch officer"), "cannot be written to")
    (_, _), (kind, shown) = told(record)
    assert (kind, shown["shown"], shown["to"]) == ("shown", False, [])
    assert shown["why"].startswith("before it was shown: ") and "cannot be written to" in shown["why"]


@pytest.mark.parametrize(
    ("where", "code", "why"),
    [(">/dev/full", 2, "No space left on device"), (">&-", 2, "There is no standard output"), ("| true", None, "")],
)
@pytest.mark.parametrize("json_too", [False, True])
def test_an_output_that_fails_is_entered_as_not_shown(record, where, code, why, json_too):
    """A full disk, no output at all, a reader that has gone: one sentence, no traceback, and nobody saw the figures."""
    words = [*FLAGS, "--record", "log", "--role", "watch officer", *(["--json"] if json_too else [])]
    command = f"{shlex.join([sys.executable, '-c', 'from varne.cli import app; app()', *words])} {where}"
    place = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, env=place)
    assert code is None or done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr, done.stderr
    (_, computed), (_, shown) = told(record)
    assert "answer" in computed
    if where != "| true":  # a reader that goes late has had all of it
        assert (shown["shown"], shown["to"]) == (False, []) and why in shown["why"]
        assert "which says that they were not shown" in done.stderr


def test_a_showing_that_is_interrupted_or_fails_is_entered_as_that(record, monkeypatch):
    """By Ctrl-C, or by an error of ours, without its words."""
    cases = ((KeyboardInterrupt(), "interrupted"), (ZeroDivisionError("somebody@example.org"), "ZeroDivisionError"))
    for error, why in cases:
        keeper = keeper_of(record.folder, ["watch officer"], "")
        with pytest.raises(type(error)), keeper.showing(asking.Recorded(1, "00", "sha256:00"), "screen"):
            raise error
        assert why in told(record)[-1][1]["why"] and told(record)[-1][1]["shown"] is False
        assert "somebody" not in told(record)[-1][1]["why"]


def test_figures_that_cannot_be_entered_are_not_shown(record, monkeypatch):
    """A record that fails in the meantime is no reason to show what it does not hold."""

    def full(*words, **more):
        raise BadRecord("log cannot be written to (No space left on device).")

    monkeypatch.setattr(recording, "record_assessment", full)
    said = run(*FLAGS, "--record", "log", "--role", "watch officer")
    refused(said, "No space left on device")
    assert record.checkpoint().size == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--people", "0"), "people is 0; write a value from 1 to 250"),
        (("--wind", "12"), "wind is '12'"),
        (("--responder", "navy"), "responder is 'navy'; write it as"),
        (("--facts", "nowhere.toml"), "Facts file nowhere.toml cannot be read"),
        (("--members", "many"), "members is 'many'"),
        (("--seed", "-1"), "seed is -1"),
        (("nowhere.toml",), "Scenario file nowhere.toml cannot be read"),
    ],
)
def test_a_question_that_fails_is_entered_as_failed(record, words, why):
    """With the question as it was understood and the sentence that was answered; nothing is entered as shown."""
    refused(run(*FLAGS, *words, "--record", "log", "--role", "watch officer"), why)
    ((kind, data),) = told(record)
    assert kind == "computed" and data["command"] == "assess" and why in data["failed"]
    assert data["question"]["length"] == "9" and data["question"]["options"] == ["leave", "escort"]
    assert "answer" not in data


def test_a_failure_says_where_it_is_entered(record):
    """On the error stream, beside the sentence."""
    said = run(*FLAGS, "--people", "0", "--record", "log", "--role", "watch officer")
    assert said.stderr.splitlines()[0] == "recorded: entry 1 of log says that no figure is given"


def test_a_question_that_failed_names_files_without_their_folders(record, tmp_path):
    """In the question, and in the sentence."""
    home = tmp_path / "folder-of-somebody"
    home.mkdir()
    scenario = home / "boat.toml"
    scenario.write_text(f'time = 2026-03-14T02:30:00Z\n[sea]\nstreams = "{home / "gone.nc"}"\n', encoding="utf-8")
    for words in (
        ("--sea", f"wind={home / 'wind.nc'}", "--sea", home / "any.nc"),
        ("--facts", home / "facts.toml"),
        (scenario,),
        (home / "nowhere.toml",),
    ):
        assert run(*FLAGS, *words, "--record", "log", "--role", "watch officer").exit_code == 2
    assert record.checkpoint().size == 5
    assert holds_text(record.folder, "folder-of-somebody") == []
    assert [data["failed"].split(" ")[:2] for _, data in told(record)][-2:] == [
        ["File", "gone.nc"],
        ["Scenario", "file"],
    ]


def test_that_a_failure_cannot_be_entered_does_not_hide_it(record, monkeypatch):
    """Both sentences are said."""

    def full(*words, **more):
        raise BadRecord("log cannot be written to.")

    monkeypatch.setattr(asking, "record_failure", full)
    said = run(*FLAGS, "--people", "0", "--record", "log", "--role", "watch officer")
    refused(said, "people is 0")
    assert "varne: that no figure is given could not be entered: log cannot be written to." in said.stderr


def test_an_error_of_ours_is_entered_without_its_words(record):
    """They may hold anything; that there was one is known all the same."""
    keeper = keeper_of(record.folder, ["watch officer"], "")
    with pytest.raises(ZeroDivisionError), keeper.failing("assess", {}):
        raise ZeroDivisionError("somebody@example.org")
    ((_, data),) = told(record)
    assert data["failed"] == "an error of Varne itself: ZeroDivisionError"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--record", "log"), "--record log needs who sees the answer: --role 'watch officer'."),
        (("--record", "log", "--role", " "), "--record log needs who sees the answer"),
        (("--record", "log", "--role", "a", "--role", ""), "--record log needs who sees the answer"),
        (("--role", "watch officer"), "--role and --case are of a record; name it with --record."),
        (("--case", "2026-31"), "--role and --case are of a record"),
        (
            ("--record", "nowhere", "--role", "watch officer"),
            "nowhere is no record; make one with: varne record init nowhere",
        ),
    ],
)
@pytest.mark.parametrize("command", [FLAGS, ("season", "as-it-was", *DAYS)])
def test_what_could_not_be_entered_is_refused_before_the_work(record, command, words, sentence):
    """Roles are needed, and a record; nothing is computed or entered."""
    refused(run(*command, *words), sentence)
    assert record.checkpoint().size == 1


def test_a_key_that_others_can_use_is_refused_before_the_work(record, tmp_path, monkeypatch):
    """Not after it."""
    monkeypatch.setattr("varne.cli.assess._compute", lambda *_: pytest.fail("computed"))
    (tmp_path / "log.key").chmod(0o640)
    refused(run(*FLAGS, "--record", "log", "--role", "watch officer"), "say: chmod 600 log.key")


def test_a_role_that_seems_to_name_a_person_is_warned_of(record):
    """And taken all the same."""
    said = run(*FLAGS, "--record", "log", "--role", "somebody@example.org", "--json")
    assert said.exit_code == 0 and "role.0: it holds an e-mail address" in said.stderr
    assert record.checkpoint().size == 3


def test_another_writer_is_waited_for(record, monkeypatch):
    """An answer is not lost to one who enters something at that moment; a record that stays held is refused."""
    keeper = keeper_of(record.folder, ["watch officer"], "")
    held = open_log(record.folder, now=time.time())
    threading.Timer(0.5, held.close).start()
    with pytest.raises(BadInput), keeper.failing("assess", {}):
        raise BadInput("no")
    assert record.checkpoint().size == 2
    monkeypatch.setattr(recorded, "_PATIENCE", 0.2)
    with Lock((record.folder / ".lock",)), pytest.raises(HeldRecord, match="is held by another writer"):
        keeper_of(record.folder, ["watch officer"], "")


def test_who_names_no_record_is_asked_for_nothing():
    """All of it does nothing."""
    keeper = keeper_of(None, None, "")
    assert keeper == Keeper(None, (), "")
    with pytest.raises(BadInput), keeper.failing("assess", {}):
        raise BadInput("no")


def test_a_question_that_is_interrupted_is_entered_as_that(record):
    """Exit code 130, no traceback, nothing shown."""
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from varne.cli import app; app()"
    words = [*FLAGS, "--members", "20000x50", "--record", "log", "--role", "watch officer"]
    place = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", code, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=place
    ) as asked:
        try:
            memory = record.folder.parent / "log.key.lock"
            until = time.monotonic() + 60
            while memory.read_text(encoding="utf-8") != str(asked.pid) and time.monotonic() < until:
                time.sleep(0.05)  # until it has seen that the record can be written to
            time.sleep(1.0)
            asked.send_signal(signal.SIGINT)
            out, err = asked.communicate(timeout=60)
        finally:
            asked.kill()
    assert (asked.returncode, out) == (130, ""), err
    assert err.splitlines()[-2:] == [
        "recorded: entry 1 of log says that no figure is given", "varne: interrupted."
    ]  # fmt: skip
    ((kind, data),) = told(record)
    assert (kind, data["failed"]) == ("computed", "interrupted")


@pytest.fixture
def quick(monkeypatch):
    """Books that are made up: the voyages are tested elsewhere."""
    monkeypatch.setattr("varne.spread.alone", lambda threads=None, keep=None: made)


@pytest.mark.parametrize("how", ["screen", "json"])
def test_a_season_is_entered_and_shown_likewise(record, quick, tmp_path, monkeypatch, how):
    """With numbers of one's own, and it comes out again from the record alone."""
    own = own_facts(tmp_path)
    words = ("season", "as-it-was", "more-rescue", *DAYS, "--facts", own, "--record", "log", *ROLES)
    said = run(*words, *(["--json"] if how == "json" else []))
    assert said.exit_code == 0 and "recorded: entries 1 and 2 of log" in said.stderr
    (_, computed), (_, shown) = told(record)
    assert computed["command"] == "season" and computed["question"]["names"] == ["as-it-was", "more-rescue"]
    assert (shown["how"], shown["to"]) == (how, ["watch officer", "patrol commander"])
    own.unlink()
    monkeypatch.setattr("varne.simulation.alone", lambda *_: made)
    assert run("record", "replay", "log", 1).exit_code == 0


def test_a_season_that_fails_is_entered_as_failed(record, quick, tmp_path):
    """Policies by name, without the folders of their files."""
    home = tmp_path / "folder-of-somebody"
    refused(run("season", home / "mine.toml", *DAYS, "--record", "log", "--role", "analyst"), "mine.toml")
    ((_, data),) = told(record)
    assert data["command"] == "season" and "mine.toml" in data["failed"]
    assert data["question"]["policies"] == ["mine.toml"] and holds_text(record.folder, "folder-of-somebody") == []


def test_an_interrupted_season_is_entered_as_failed(record, monkeypatch):
    """Also where its folder keeps what is done."""

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("varne.simulation.simulate", interrupted)
    for words in ((), ("--out", "season")):
        assert run("season", "as-it-was", *DAYS, *words, "--record", "log", "--role", "analyst").exit_code == 130
    assert [data["failed"] for _, data in told(record)] == ["interrupted", "interrupted"]
