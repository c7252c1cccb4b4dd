"""Promises about what makes others see a record: `varne record timestamp|witness`."""

import os
import re
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from tests.record.authority import Authority, need_openssl, serve
from tests.recorded import new_record
from typer.testing import CliRunner

from varne.cli import app
from varne.record.keys import COSIGNER, new_signer, read_signer
from varne.record.lock import Lock
from varne.record.timestamp import read_certificates
from varne.record.witness_server import witness_server
from varne.record.witness_state import WitnessState

NOBODY = "http://127.0.0.1:9"
PEM = "certificates.pem"


def run(*words):
    return CliRunner().invoke(app, ["record", *[str(word) for word in words]], env={"COLUMNS": "80"})


def refused(said, sentence):
    assert said.exit_code == 2, said.output
    last = said.stderr.splitlines()[-1]
    assert last.startswith("varne: ") and sentence in last


@pytest.fixture
def record(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return new_record(tmp_path)


@pytest.fixture
def vkey(record):
    return read_signer(record.folder.parent / "log.key").verifier.text


@pytest.fixture
def witness(record):
    """Its public key; the secret one lies in witness.key."""
    said = run("witness", "init", "witness.key", "--name", "witness.example")
    assert said.exit_code == 0 and said.stdout.startswith("seen: its memory. Keep it")
    return said.stdout.splitlines()[-1].strip()


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    need_openssl()
    return Authority(tmp_path_factory.mktemp("authority"))


@contextmanager
def serving(record, folder):
    """A witness that answers on this computer, and where."""
    signer, known = read_signer(folder / "witness.key"), read_signer(folder / "log.key").verifier
    server = witness_server(WitnessState(folder / "seen"), logs={"varne.example/log": [known]}, signer=signer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def append():
    assert run("append", "log", "heartbeat", "--role", "recorder").exit_code == 0


def events(record, kind):
    return [event for event in record.events() if event["kind"] == kind]


def test_an_authority_that_is_not_reached_is_entered(record):
    """A gap in the stamps is explained by the record itself; the sentence says that the record is whole without."""
    said = run("timestamp", "log", "--authority", NOBODY, "--tries", "1")
    refused(said, "http://127.0.0.1:9 gave no time stamp in 1 tries")
    assert "recorded: entry 1 of log says that there is no stamp" in said.stderr
    (event,) = events(record, "heartbeat")
    assert (
        event["data"]["missing_token"]["authority"] == NOBODY
        and "no time stamp" in event["data"]["missing_token"]["why"]
    )
    assert list(record.folder.glob("*.tsr")) == []


@pytest.mark.parametrize("answer", [b"", b"<html>Log in to the network of the ship</html>", b"0\x03\x02\x01\x00"])
def test_what_is_no_stamp_is_not_kept(record, answer):
    """Though it comes with the code of success."""
    with serve(lambda _: answer) as url:
        refused(run("timestamp", "log", "--authority", url, "--tries", "1"), "time stamp")
    assert list(record.folder.glob("*.tsr")) == [] and len(events(record, "heartbeat")) == 1


def test_that_no_stamp_is_entered_does_not_hide_why_there_is_none(record):
    """Where the record cannot be written to, both are said."""
    (record.folder.parent / "log.key").chmod(0o644)
    said = run("timestamp", "log", "--authority", NOBODY, "--tries", "1")
    refused(said, "gave no time stamp")
    assert "that there is no stamp could not be entered: Key log.key can be used by others" in said.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--authority", "tsa.example"), "authority is 'tsa.example'; write its address as http://... or https://..."),
        (("--authority", NOBODY, "--certificates", "none.pem"), "none.pem cannot be read (No such file or directory)"),
        (
            ("--authority", NOBODY, "--certificates", "log/policy"),
            "The certificates cannot be read; give a file in PEM",
        ),
    ],
)
def test_a_wrong_call_asks_nobody(record, words, sentence):
    """And is not entered."""
    refused(run("timestamp", "log", *words), sentence)
    assert record.checkpoint().size == 1


def test_a_stamp_is_checked_and_kept_beside_its_checkpoint(record, vkey, authority, tmp_path):
    """Stamp after stamp, certificates too; whoever trusts the authority finds it when the record is checked."""
    certificates = tmp_path / PEM
    certificates.write_bytes(authority.bundle)
    with authority.serve() as url:
        for name in ("checkpoint.1.tsr", "checkpoint.1.2.tsr"):
            said = run("timestamp", "log", "--authority", url, "--certificates", certificates)
            assert said.exit_code == 0 and said.stdout.startswith(
                f"log/{name}: the checkpoint of 1 entries is stamped, at 2"
            )
        said = run("timestamp", "log", "--authority", url)
        assert said.exit_code == 0 and "not checked: give --certificates" in said.stdout
    (kept,) = (record.folder / "authorities").iterdir()
    assert read_certificates(kept.read_bytes()) == [authority.middle, authority.root]
    said = run("verify", "log", "--key", vkey, "--authority", certificates)
    assert said.exit_code == 0 and "stamped: 1 entries by " in said.stdout
    assert run("export", "log", "--out", "bundle", "--to", "the court", "--role", "clerk").exit_code == 0
    assert "test TSA" in (tmp_path / "bundle" / "README.en.md").read_text(encoding="utf-8")


def test_a_checkpoint_that_two_authorities_stamped_is_given_away_with_the_certificates_of_both(
    record, vkey, authority, tmp_path
):
    """Those of the second do not take the place of the first's; names that older records have are read as well."""
    other = Authority(tmp_path / "other", "another TSA")
    for one in (authority, other):
        (tmp_path / PEM).write_bytes(one.bundle)
        with one.serve() as url:
            assert run("timestamp", "log", "--authority", url, "--certificates", PEM).exit_code == 0
            assert run("timestamp", "log", "--authority", url, "--certificates", PEM).exit_code == 0
    (tmp_path / "both.pem").write_bytes(authority.bundle + other.bundle)
    home = record.folder / "authorities"
    assert len(list(home.iterdir())) == 2
    (home / "checkpoint.1.pem").write_bytes(authority.chain_pem)
    said = run("verify", "log", "--key", vkey, "--authority", "both.pem")
    assert said.exit_code == 0 and said.stdout.count("stamped: 1 entries") == 3
    said = run("export", "log", "--out", "bundle", "--to", "the court", "--role", "clerk")
    assert said.exit_code == 0 and "does not hold" not in said.stderr
    account = (tmp_path / "bundle" / "README.en.md").read_text(encoding="utf-8")
    assert "another TSA" in account and "test TSA" in account


@pytest.mark.parametrize(
    "content", [b"", b"-----BEGIN CERTIFICATE-----\nnone\n", b"\xff", b"-----BEGIN PRIVATE KEY-----"]
)
def test_certificates_that_are_none_are_refused_before_anybody_is_asked(record, content, tmp_path):
    """One sentence; nothing is entered."""
    (tmp_path / "none.pem").write_bytes(content)
    said = run("timestamp", "log", "--authority", NOBODY, "--certificates", "none.pem")
    refused(said, "none.pem: The certificates cannot be read; give a file in PEM, or one certificate in DER.")
    assert len(said.stderr.splitlines()) == 1 and record.checkpoint().size == 1


def test_a_stamp_that_the_certificates_do_not_bear_out_is_not_kept(record, authority, tmp_path):
    """Another authority's: it is entered that there is none."""
    other = Authority(tmp_path / "other", "another TSA")
    (tmp_path / PEM).write_bytes(other.bundle)
    with authority.serve() as url:
        refused(run("timestamp", "log", "--authority", url, "--certificates", PEM), "time stamp")
    assert list(record.folder.glob("*.tsr")) == [] and len(events(record, "heartbeat")) == 1


def test_a_witness_has_a_key_of_its_own(record, vkey, witness):
    """That of a log does not countersign, that of a witness signs no log, and neither is written over."""
    refused(run("witness", "init", "witness.key", "--name", "w"), "a key is never written over")
    refused(run("witness", "init", "w.key", "--name", "two words"), "Key name 'two words' holds a space")
    for command in (("serve",), ("sign", "log/policy")):
        words = (*command, "--state", "seen")
        refused(run("witness", *words, "--key", "log.key", "--log", vkey), "log.key is the key of a log; a witness has")
        refused(run("witness", *words, "--key", "witness.key", "--log", witness), "is the key of a witness; give that")
    refused(run("witness", "add", "log", "w", vkey), "is the key of a log; give that of the witness")


def test_a_witness_without_its_memory_neither_serves_nor_signs(record, vkey, witness, tmp_path):
    """It does not begin again from nothing: then it would sign a forked log."""
    run("witness", "request", "log", "--out", "request")
    (tmp_path / "seen").rename(tmp_path / "elsewhere")
    for command in (("serve", "--port", "0"), ("sign", "request")):
        words = ("--state", "seen", "--key", "witness.key", "--log", vkey)
        refused(run("witness", *command, *words), "seen is missing, so what was countersigned is not known; restore it")
        assert not (tmp_path / "seen").exists()
    said = run("witness", "init", "other.key", "--name", "witness.example", "--state", "other")
    assert said.exit_code == 0 and list((tmp_path / "other").iterdir())


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("two words", "KEY"), "The witness's name is 'two words'; write one word without spaces"),
        (("w", "KEY", "w.example"), "The witness's address is 'w.example'; write http://... or https://..., or leave"),
        (("w", "w.example"), "is not written as name+hash+base64"),
        (("none", "KEY"), "defines 'none', which is defined already"),
    ],
)
def test_a_witness_that_cannot_be_asked_is_not_put_into_the_policy(record, witness, words, sentence):
    """The policy stays as it is: it cannot be mended by the same command."""
    before = (record.folder / "policy").read_bytes()
    refused(run("witness", "add", "log", *[witness if word == "KEY" else word for word in words]), sentence)
    assert (record.folder / "policy").read_bytes() == before


def test_who_is_a_witness_must_have_seen_what_is_proved(record, vkey, witness, tmp_path):
    """Before that a proof and a bundle are refused, with the way to ask; then both hold, by the policy too."""
    append()
    with serving(record, tmp_path) as url:
        said = run("witness", "add", "log", "w", witness, url)
        assert said.exit_code == 0 and said.stdout == "log/policy: 1 witness, all of whom are asked for.\n"
        proof = ("prove", "log", 1, "--out", "one.tlog-proof")
        refused(run(*proof), "countersigned by nobody, not by w. Ask them: varne record witness ask log")
        refused(run("export", "log", "--out", "bundle", "--to", "court", "--role", "clerk"), "not by w")
        assert run("witness", "ask", "log").stdout == "w countersigned: log/checkpoint.2.cosig\n"
        assert run("witness", "ask", "log", "w").exit_code == 0
        refused(run("witness", "ask", "log", "v"), "The policy has no such witness with an address")
        assert run(*proof).exit_code == 0
        append()
        refused(run("prove", "log", 1), "not by w")
    assert (
        run("verify", "one.tlog-proof", "--policy", "log/policy").stdout.splitlines()[1].startswith("countersigned by")
    )
    said = run("verify", "log", "--key", vkey)
    assert said.exit_code == 0 and "countersigned: 2 entries by witness.example" in said.stdout


def test_all_witnesses_are_asked_though_one_does_not_answer(record, witness, tmp_path):
    """Who countersigned is kept; who did not is named."""
    silent = new_signer("silent.example", COSIGNER)
    assert run("witness", "add", "log", "silent", silent.verifier.text, NOBODY).exit_code == 0
    with serving(record, tmp_path) as url:
        assert "2 witnesses" in run("witness", "add", "log", "w", witness, url).stdout
        said = run("witness", "ask", "log")
    refused(said, "silent: The witness at http://127.0.0.1:9 does not answer")
    assert said.stdout == "w countersigned: log/checkpoint.1.cosig\n"


def test_all_witnesses_are_asked_though_the_answer_of_one_cannot_be_kept(record, witness, tmp_path):
    """As where another command adds a line at that moment: who is left is asked all the same."""
    with serving(record, tmp_path) as url, Lock((record.folder / ".cosig.lock",)):
        for name, key in (("w", witness), ("silent", new_signer("silent.example", COSIGNER).verifier.text)):
            run("witness", "add", "log", name, key, url if name == "w" else NOBODY)
        said = run("witness", "ask", "log")
    refused(said, "w: log is held by another writer")
    assert "silent: The witness at http://127.0.0.1:9 does not answer" in said.stderr


def test_a_countersignature_over_a_checkpoint_that_is_gone_keeps_nobody_from_asking(record, witness, tmp_path):
    """Nor one that is torn; a check of the record names both."""
    with serving(record, tmp_path) as url:
        run("witness", "add", "log", "w", witness, url)
        assert run("witness", "ask", "log").exit_code == 0
        append()
        (record.folder / "checkpoint.1").unlink()
        assert run("witness", "ask", "log").exit_code == 0
        append()
        (record.folder / "checkpoint.2.cosig").write_bytes(b"torn")
        assert run("witness", "ask", "log").exit_code == 0
    assert (record.folder / "checkpoint.3.cosig").is_file()


def test_a_witness_refuses_a_log_it_does_not_know(record, witness, tmp_path):
    """The sentence is its own."""
    new_record(tmp_path, name="other")
    with serving(record, tmp_path) as url:
        run("witness", "add", "other", "w", witness, url)
        refused(run("witness", "ask", "other"), "refuses (404): The log 'varne.example/other' is not known here")


def test_a_witness_needs_no_network(record, vkey, witness, tmp_path):
    """A request goes there as a file and an answer comes back as one; what it saw last it remembers."""
    run("witness", "add", "log", "w", witness)
    sign = ("witness", "sign", "request", "--key", "witness.key", "--log", vkey, "--state", "seen")
    assert run("witness", "request", "log", "--out", "request").exit_code == 0
    signed = run(*sign)
    assert signed.exit_code == 0
    (tmp_path / "answer").write_text(signed.stdout, encoding="utf-8")
    refused(run("witness", "accept", "log", "answer", "--size", "2"), "log/checkpoint.2 is not kept; name the size")
    assert run("witness", "accept", "log", "answer", "--size", "1").stdout == "kept: log/checkpoint.1.cosig\n"
    assert run("prove", "log", 0).exit_code == 0
    append()
    run("witness", "request", "log", "--out", "request")
    refused(run(*sign), "The witness saw 1 entries of this log last; write the request again: --old 1")
    assert run("witness", "request", "log", "--out", "request", "--old", "1").exit_code == 0
    assert run(*sign).exit_code == 0
    refused(run("witness", "accept", "log", "answer", "--size", "2"), "is not over this checkpoint")
    refused(run("witness", "request", "log", "--out", "request", "--old", "3"), "seen 3 entries; the log has 2")
    (tmp_path / "answer").write_bytes(b"\xff\n")
    refused(run("witness", "accept", "log", "answer", "--size", "2"), "A line of signature is")
    (tmp_path / "request").write_bytes(b"\xff")
    refused(run(*sign), "The witness refuses (400)")
    refused(run(*(word if word != "request" else "none" for word in sign)), "none cannot be read (No such file")


def test_a_port_that_is_taken_is_said(record, vkey, witness, tmp_path):
    """With what to do."""
    with serving(record, tmp_path) as url:
        port = urlsplit(url).port
        words = ("serve", "--key", "witness.key", "--log", vkey, "--state", "seen", "--port", port)
        refused(run("witness", *words), f"127.0.0.1 port {port} cannot be listened at (Address already in use); name")


def test_a_witness_serves_until_it_is_interrupted(record, vkey, witness, tmp_path):
    """It says where; another shell has its record countersigned there; an interrupt ends it without a complaint."""
    words = ("record", "witness", "serve", "--key", "witness.key", "--log", vkey, "--state", "seen")
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from varne.cli import app; app()"
    place = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", code, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=place
    ) as served:
        try:
            where = re.search(r"http://\S+:\d+", served.stdout.readline())
            assert where is not None
            run("witness", "add", "log", "w", witness, where[0])
            assert run("witness", "ask", "log").exit_code == 0
            served.send_signal(signal.SIGINT)
            assert served.wait(timeout=20) == 0 and served.stderr.read() == ""
        finally:
            served.kill()
