"""Promises about `varne record` as a whole."""

import time

import pytest
from tests.recorded import new_record
from typer.testing import CliRunner

from varne.cli import app
from varne.record.opening import open_log

COMMANDS = (
    ("init",), ("append",), ("show",), ("checkpoint",), ("timestamp",), ("prove",), ("verify",), ("redact",),
    ("rotate",), ("export",), ("replay",), ("witness", "init"), ("witness", "serve"), ("witness", "sign"),
    ("witness", "add"), ("witness", "ask"), ("witness", "request"), ("witness", "accept"),
)  # fmt: skip
READING = (("show",), ("checkpoint",), ("verify",), ("prove", "0"), ("replay", "0"))
WRITING = (
    ("append", "heartbeat", "--role", "watch officer"),
    ("redact", "1", "--role", "records officer", "--reason", "asked for"),
    ("rotate", "new.key", "--role", "records officer", "--reason", "yearly"),
)


def run(*words):
    return CliRunner().invoke(app, ["record", *[str(word) for word in words]], env={"COLUMNS": "80"})


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(command):
    """In a sentence and more, without doing anything."""
    said = run(*command, "--help")
    assert said.exit_code == 0 and "Usage:" in said.output and len(said.output.split()) > 20


@pytest.mark.parametrize("command", [*READING, *WRITING])
@pytest.mark.parametrize("what", ["nothing", "an empty folder", "a file"])
def test_a_place_that_is_no_record_is_said(command, what, tmp_path, monkeypatch):
    """Exit code 2, one sentence with its name, and nothing is made there."""
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "log"
    if what == "an empty folder":
        place.mkdir()
    if what == "a file":
        place.write_text("text", encoding="utf-8")
    said = run(command[0], place, *command[1:], *(["--key", "log+00000000+AAAA"] if command[0] == "verify" else []))
    assert said.exit_code == 2 and said.stderr.startswith("varne: ") and said.stdout == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ([] if what == "nothing" else ["log"])


@pytest.mark.parametrize("command", WRITING)
def test_who_cannot_sign_is_told_how(command, tmp_path, monkeypatch):
    """A key that is lost, one that others can use: a sentence that names it, and nothing is entered or begun."""
    monkeypatch.chdir(tmp_path)
    record = new_record(tmp_path)
    key, settings = tmp_path / "log.key", (record.folder / "record.json").read_bytes()
    key.chmod(0o644)
    said = run(command[0], "log", *command[1:])
    assert said.exit_code == 2
    assert said.stderr == "varne: Key log.key can be used by others (mode 644); say: chmod 600 log.key\n"
    key.chmod(0o600)
    key.rename(tmp_path / "elsewhere")
    said = run(command[0], "log", *command[1:])
    assert said.exit_code == 2 and "Key log.key cannot be read (No such file or directory)" in said.stderr
    assert record.checkpoint().size == 1 and (record.folder / "record.json").read_bytes() == settings
    assert not (tmp_path / "new.key").exists()


@pytest.mark.parametrize("command", WRITING)
def test_a_second_writer_is_told_who_holds_the_record(command, tmp_path, monkeypatch):
    """And leaves nothing behind; when the first has ended it may."""
    monkeypatch.chdir(tmp_path)
    record = new_record(tmp_path)
    run("append", "log", "heartbeat", "--role", "recorder")
    with open_log(record.folder, now=time.time()):
        said = run(command[0], "log", *command[1:])
        assert said.exit_code == 2 and "is held by another writer (process " in said.stderr
    assert record.checkpoint().size == 2 and not (tmp_path / "new.key").exists()
    assert run(command[0], "log", *command[1:]).exit_code == 0
    assert record.checkpoint().size == 3


def test_a_disk_that_fails_is_a_sentence(tmp_path, monkeypatch):
    """Of any command, with the place: never a traceback."""
    record = new_record(tmp_path)

    def failing(self):
        raise PermissionError(13, "Permission denied", "log/tile")

    monkeypatch.setattr("varne.record.reader.Record.events", failing)
    said = run("show", record.folder)
    assert (said.exit_code, said.stderr) == (
        2, "varne: log/tile cannot be used (Permission denied); check it, and ask again.\n"
    )  # fmt: skip
