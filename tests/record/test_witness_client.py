"""Promises about asking a witness."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from tests.record.authority import serve
from tests.record.logs import begun
from tests.record.test_witness import WITNESS
from tests.record.test_witness_server import serving

import varne.record.witness_client as client
from varne.errors import BadInput, BadNote
from varne.record.cosignature import cosign, cosigned_by
from varne.record.entry import Draft
from varne.record.keep import keep_checkpoint, kept_checkpoints
from varne.record.keys import COSIGNER, new_signer, read_signer
from varne.record.note import parse_note
from varne.record.opening import example_log, open_log
from varne.record.reader import Record
from varne.record.witness_client import accept, ask_witness, request_from
from varne.record.witness_state import WitnessState


@pytest.fixture
def record():
    return Record(example_log())


def grow(record, count):
    with open_log(record.folder, now=0.0) as log:
        log.append([Draft("heartbeat", "recorder", {"number": one}, 0.0) for one in range(count)], now=0.0)


def logs_of(record):
    return {"varne.example/test": [_key(record)]}


def _key(record):
    return read_signer(record.folder / record.settings()["key"]).verifier


def cosigned(record, path):
    """Who countersigned the checkpoint beside which these lines stand."""
    return list(cosigned_by(parse_note(path.with_suffix("").read_bytes() + path.read_bytes()), [WITNESS.verifier]))


def url(place):
    return f"http://{place[0]}:{place[1]}"


def test_each_new_checkpoint_is_countersigned(record, tmp_path):
    """The first from nothing, the next from where the witness was; the lines stand beside the checkpoint."""
    with serving(tmp_path, logs_of(record)) as place:
        for count in (0, 1, 300, 5):
            if count:
                grow(record, count)
            path = ask_witness(record, url(place), [WITNESS.verifier])
            assert path.name == f"checkpoint.{record.checkpoint().size}.cosig"
            assert cosigned(record, path) == [WITNESS.verifier]
        assert WitnessState(tmp_path).seen()["varne.example/test"] == record.checkpoint()
    assert [size for size, _ in kept_checkpoints(record)] == [1, 2, 302, 307]


def test_a_witness_that_saw_more_or_less_than_we_know_is_followed(record, tmp_path):
    """It says what it saw last, and is asked from there: also when its countersignature was lost on the way."""
    with serving(tmp_path, logs_of(record)) as place:
        ask_witness(record, url(place), [WITNESS.verifier]).unlink()
        grow(record, 3)
        assert cosigned(record, ask_witness(record, url(place) + "/", [WITNESS.verifier]))
    grow(record, 3)
    with serving(tmp_path / "another", logs_of(record)) as place:
        assert cosigned(record, ask_witness(record, url(place), [WITNESS.verifier]))


def test_asked_again_a_witness_is_kept_once(record, tmp_path):
    """However often: a note with a hundred lines of one witness is read by nobody."""
    with serving(tmp_path, logs_of(record)) as place:
        kept = {ask_witness(record, url(place), [WITNESS.verifier]).read_bytes() for _ in range(4)}
    assert len(kept) == 1
    assert kept.pop().count(b"\n") == 1


def test_a_second_witness_stands_beside_the_first(record):
    """Lines that are there stay."""
    path = keep_checkpoint(record)
    second = new_signer("second.example.org", COSIGNER)
    text = parse_note(path.read_bytes()).text
    lines = [cosign(text, one, 1700000000).line for one in (WITNESS, second)]
    for line in lines:
        beside = accept(record, path, line, [WITNESS.verifier, second.verifier])
    assert beside.read_text(encoding="utf-8") == "".join(lines)


def test_a_log_that_shrank_is_told(record, tmp_path):
    """The witness has seen more than there is."""
    with serving(tmp_path, logs_of(record)) as place:
        old = {path: path.read_bytes() for path in record.folder.rglob("*") if path.is_file()}
        grow(record, 5)
        ask_witness(record, url(place), [WITNESS.verifier]).unlink()
        for path in record.folder.rglob("*"):
            if path.is_file() and path not in old:
                path.unlink()
        for path, content in old.items():
            path.write_bytes(content)
        with pytest.raises(BadNote, match="has seen 6 entries of this log; 1 are here: it has shrunk"):
            ask_witness(record, url(place), [WITNESS.verifier])


def test_a_forked_log_is_told(record, tmp_path):
    """Another root of the size that the witness saw."""
    other = Record(example_log())
    logs = {"varne.example/test": [_key(record), _key(other)]}
    with serving(tmp_path, logs) as place:
        ask_witness(record, url(place), [WITNESS.verifier])
        with pytest.raises(BadNote, match=r"another log of 1 entries: they are forked\. Keep both"):
            ask_witness(other, url(place), [WITNESS.verifier])
        grow(other, 4)
        with pytest.raises(BadNote, match=r"refuses \(422\)"):
            ask_witness(other, url(place), [WITNESS.verifier])


def test_a_refusal_is_said_with_its_reason(record, tmp_path):
    """A log that the witness does not know, and an answer by another key than the one that is believed."""
    with serving(tmp_path, {}) as place, pytest.raises(BadNote, match=r"refuses \(404\): The log .* is not known here"):
        ask_witness(record, url(place), [WITNESS.verifier])
    stranger = new_signer("witness.example.org", COSIGNER).verifier
    with (
        serving(tmp_path / "two", logs_of(record)) as place,
        pytest.raises(BadNote, match="no countersignature by a witness that is known"),
    ):
        ask_witness(record, url(place), [stranger])


@pytest.mark.parametrize(
    "answer", [b"", b"words", b"\xff\xfe", b"<html>", "\N{EM DASH} witness.example.org AAAA\n".encode()]
)
def test_an_answer_that_is_none_is_refused(record, answer):
    """Whatever a server says with 200."""
    with serve(lambda _: answer) as there, pytest.raises(BadNote):
        ask_witness(record, there, [WITNESS.verifier])


def test_a_server_that_is_not_there_or_speaks_no_http_is_told(record):
    """And what follows: the record is whole without it."""
    listener = socket.create_server(("127.0.0.1", 0))
    place = listener.getsockname()

    def speak():
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"220 mail.example.org ready\r\n")

    thread = threading.Thread(target=speak)
    thread.start()
    with listener, pytest.raises(BadNote, match=r"does not answer \(.+\); the record is whole without it"):
        ask_witness(record, url(place), [WITNESS.verifier])
    thread.join()
    with pytest.raises(BadNote, match=r"does not answer \(.*refused\)"):
        ask_witness(record, url(place), [WITNESS.verifier])


@pytest.mark.parametrize("body", [b"9" * 5000, b"-1\n", b"5", b"", b"words", "\u0665\n".encode()])
def test_a_size_that_is_none_is_refused(record, body):
    """A conflict must say a number; anything else is a refusal that is shown."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(409)
            self.send_header("Content-Type", "text/x.tlog.size")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        with pytest.raises(BadNote, match=r"refuses \(409\)|it has shrunk"):
            ask_witness(record, url(server.server_address), [WITNESS.verifier])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_log_that_grows_meanwhile_is_countersigned_as_it_was_kept(record, tmp_path, monkeypatch):
    """What was sent is what the line is kept beside, though another writer came between."""
    with serving(tmp_path, logs_of(record)) as place:
        post = client.post

        def slow(*words, **more):
            found = post(*words, **more)
            grow(record, 2)
            return found

        ask_witness(record, url(place), [WITNESS.verifier]).unlink()
        grow(record, 2)
        monkeypatch.setattr(client, "post", slow)
        path = ask_witness(record, url(place), [WITNESS.verifier])
        assert path.name == "checkpoint.3.cosig"
        assert cosigned(record, path) == [WITNESS.verifier]


def test_without_a_network_a_request_goes_by_file(record, tmp_path):
    """Written here, countersigned there, taken here; the second time from where the witness was."""
    state = begun(tmp_path)
    for old, count in ((0, 0), (1, 4)):
        if count:
            grow(record, count)
        path = keep_checkpoint(record)
        (tmp_path / "request").write_bytes(request_from(record, path.read_bytes(), old))
        found = state.answer((tmp_path / "request").read_bytes(), logs=logs_of(record), signer=WITNESS, time=1700000000)
        assert found.status == 200
        assert cosigned(record, accept(record, path, found.body, [WITNESS.verifier])) == [WITNESS.verifier]


@pytest.mark.parametrize("old", [-1, 2])
def test_a_request_from_more_than_there_is_is_refused(record, old):
    """Both numbers are said."""
    with pytest.raises(BadInput, match=f"said to have seen {old} entries; the log has 1"):
        request_from(record, record.written_checkpoint(), old)


@pytest.mark.parametrize("there", ["file:///etc", "witness.example.org", ""])
def test_only_addresses_of_the_web_are_asked(record, there):
    """No file is read in place of a witness."""
    with pytest.raises(BadInput, match="write its address as http"):
        ask_witness(record, there, [WITNESS.verifier])
