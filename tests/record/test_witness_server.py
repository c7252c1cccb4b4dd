"""Promises about a witness that is asked over HTTP."""

import http.client
import socket
import threading
from contextlib import contextmanager

import pytest
from tests.record.logs import begun
from tests.record.test_witness import FORKED, LEAVES, LOGS, WITNESS, checkpoint_of, request

from varne.record.cosignature import cosigned_by
from varne.record.keys import LOG, new_signer
from varne.record.note import parse_note
from varne.record.witness_server import witness_server
from varne.record.witness_state import WitnessState


@contextmanager
def serving(folder, logs=None):
    """Host and port of a witness, in a thread."""
    server = witness_server(begun(folder), logs=LOGS if logs is None else logs, signer=WITNESS)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_address[:2]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def post(place, body, path="/add-checkpoint"):
    connection = http.client.HTTPConnection(*place, timeout=30)
    try:
        connection.request("POST", path, body)
        found = connection.getresponse()
        return found.status, found.headers["Content-Type"], found.read().decode()
    finally:
        connection.close()


def speak(place, text):
    """What a server says to words that no client would send."""
    with socket.create_connection(place, timeout=30) as connection:
        connection.sendall(text)
        connection.shutdown(socket.SHUT_WR)
        found = b""
        while part := connection.recv(65536):
            found += part
    return found.decode()


def test_a_log_is_countersigned_over_http(tmp_path):
    """Its growth, again at the same size, not from an old one, and no fork."""
    with serving(tmp_path) as place:
        status, _, body = post(place, request(0, 5))
        assert status == 200
        signed = request(0, 5).partition(b"\n\n")[2]
        assert list(cosigned_by(parse_note(signed + body.encode()), [WITNESS.verifier])) == [WITNESS.verifier]
        assert post(place, request(0, 5)) == (409, "text/x.tlog.size", "5\n")
        assert post(place, request(5, 5))[0] == 200
        assert post(place, request(5, 8, leaves=FORKED))[0] == 422
        assert post(place, request(5, 5, leaves=FORKED)) == (409, "text/x.tlog.size", "5\n")
        assert post(place, request(5, 8), "/prefix/of/witness/add-checkpoint")[0] == 200
        assert post(place, request(5, 8))[0] == 409


def test_it_listens_to_this_computer_alone(tmp_path):
    """Unless it is told otherwise."""
    with serving(tmp_path) as (host, _):
        assert host == "127.0.0.1"


def test_a_restart_changes_nothing(tmp_path):
    """What was seen is seen still."""
    with serving(tmp_path) as place:
        assert post(place, request(0, 8))[0] == 200
    with serving(tmp_path) as place:
        assert post(place, request(0, 8))[2] == "8\n"
        assert post(place, request(8, 12, leaves=FORKED))[0] == 422
        assert post(place, request(8, 12))[0] == 200


def test_an_unknown_log_and_a_strange_key_are_refused(tmp_path):
    """With 404 and 403."""
    with serving(tmp_path) as place:
        assert post(place, request(0, 5, origin="example.org/unknown"))[0] == 404
        assert post(place, request(0, 5, signers=[new_signer("example.org/log", LOG)]))[0] == 403
        assert post(place, b"words")[0] == 400


def test_one_connection_carries_many_requests(tmp_path):
    """A log asks often; the connection stays open, also after a conflict."""
    with serving(tmp_path) as place:
        connection = http.client.HTTPConnection(*place, timeout=30)
        for old, size, status in ((0, 3, 200), (0, 5, 409), (3, 5, 200), (5, 9, 200)):
            connection.request("POST", "/add-checkpoint", request(old, size))
            found = connection.getresponse()
            assert (found.status, found.will_close) == (status, False)
            found.read()
        assert connection.sock is not None
        connection.close()


@pytest.mark.parametrize("number", range(3))
def test_of_many_requests_at_once_each_size_is_countersigned_once(number, tmp_path):
    """Two logs that forked race from the same size: one of them wins, and what is seen goes with it."""
    with serving(tmp_path) as place:
        assert post(place, request(0, 3))[0] == 200
        bodies = [request(3, size, leaves=leaves) for size in range(4, 12) for leaves in (LEAVES, FORKED)]
        found = [0] * len(bodies)

        def ask(at):
            found[at] = post(place, bodies[at])[0]

        threads = [threading.Thread(target=ask, args=(at,)) for at in range(len(bodies))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(found) == [200] + [409] * (len(bodies) - 1)
        won = found.index(200)
        leaves = (LEAVES, FORKED)[won % 2]
        assert WitnessState(tmp_path).seen()["example.org/log"] == checkpoint_of(4 + won // 2, leaves)


def test_sixteen_large_signatures_are_taken(tmp_path):
    """A checkpoint with as many signatures after quantum computers as the standard asks to take."""
    body = request(0, 5)
    large = "".join(f"\N{EM DASH} example.org/{number} {'A' * 6800}\n" for number in range(16))
    with serving(tmp_path) as place:
        assert post(place, body + large.encode())[0] == 200


def test_a_request_that_is_too_large_is_not_read(tmp_path):
    """It is refused by its length, before it is sent."""
    head = "POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n"
    with serving(tmp_path) as place:
        assert " 413 " in speak(place, head.format(10**8).encode())
        for length in ("9" * 5000, "-1", "+5", "5x", "\u0665", ""):
            assert " 411 " in speak(place, head.format(length).encode())


def test_what_is_no_request_is_refused(tmp_path):
    """Other paths and words, no length, pieces, a body that ends early: an answer, and the next one is served."""
    with serving(tmp_path) as place:
        for text, status in (
            (b"GET / HTTP/1.1\r\n\r\n", 404),
            (b"GET /add-checkpoint HTTP/1.1\r\n\r\n", 404),
            (b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nxx", 404),
            (b"POST /add-checkpoint HTTP/1.1\r\n\r\n", 411),
            (b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nxx", 411),
            (b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 20\r\n\r\nold 0\n", 400),
            (b"DELETE /add-checkpoint HTTP/1.1\r\n\r\n", 501),
            (b"\x16\x03\x01\r\n\r\n", 400),
        ):
            assert f" {status} " in speak(place, text)
        assert post(place, request(0, 5))[0] == 200


def test_a_memory_that_cannot_be_kept_is_no_answer(tmp_path):
    """Where what was seen is not readable, the witness says so and countersigns nothing; nothing more is told."""
    with serving(tmp_path) as place:
        assert post(place, request(0, 5))[0] == 200
        (path,) = tmp_path.glob("seen.*.checkpoint")
        path.write_bytes(b"\xff")
        status, _, body = post(place, request(5, 8))
        assert (status, body) == (500, "The witness cannot keep what it sees; ask again later.\n")


def test_nothing_is_said_of_who_asks(tmp_path, capfd):
    """Not on the screen, not in a file."""
    with serving(tmp_path) as place:
        post(place, request(0, 5))
        post(place, b"words")
        speak(place, b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 9999\r\n\r\n")
    assert capfd.readouterr() == ("", "")
    assert {path.name.partition(".")[0] for path in tmp_path.iterdir()} == {"seen", ""}
