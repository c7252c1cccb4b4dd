"""A witness that is asked over HTTP: POST add-checkpoint, and nothing else."""

import re
import threading
import time as clock
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from varne.errors import VarneError
from varne.record.keys import SignerKey, VerifierKey
from varne.record.witness import Answer
from varne.record.witness_state import WitnessState

_LARGEST = 256 * 1024  # bytes of a request: 63 hashes, and signatures of 5 kB, of which sixteen must be taken
_LENGTH = re.compile(r"[0-9]{1,9}")
_PATIENCE = 30.0  # [s] for a request to arrive
_PATH = "/add-checkpoint"


def witness_server(
    state: WitnessState,
    *,
    logs: Mapping[str, Sequence[VerifierKey]],
    signer: SignerKey,
    address: tuple[str, int] = ("127.0.0.1", 0),
) -> ThreadingHTTPServer:
    """
    Make a server of a witness; ``serve_forever`` runs it, ``shutdown`` ends it.

    Parameters
    ----------
    state : WitnessState
        What it remembers. [1]
    logs : mapping of str to sequence of VerifierKey
        Known logs and their keys, by origin. [1]
    signer : SignerKey
        Its key. [1]
    address : tuple of (str, int), optional
        Host and port; of this computer alone, a free one, when left out. [1]

    Returns
    -------
    ThreadingHTTPServer

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from varne.record.keys import COSIGNER, new_signer
    >>> signer = new_signer("witness.example", COSIGNER)
    >>> server = witness_server(WitnessState(Path(tempfile.mkdtemp())), logs={}, signer=signer)
    >>> server.server_address[0]
    '127.0.0.1'
    >>> server.server_close()
    """
    one_at_a_time = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        """One request."""

        protocol_version = "HTTP/1.1"
        server_version = "varne-witness"
        sys_version = ""
        timeout = _PATIENCE

        def do_POST(self) -> None:
            """Answer a checkpoint."""
            length = self.headers.get("Content-Length", "")
            if self.path.rpartition("/")[2] != _PATH[1:]:
                self._refuse(404, f"POST a request to {_PATH}.\n")
                return
            if not _LENGTH.fullmatch(length) or "Transfer-Encoding" in self.headers:
                self._refuse(411, "Say the length of the request.\n")
                return
            if int(length) > _LARGEST:
                self._refuse(413, f"A request has {_LARGEST} bytes at most.\n")
                return
            body = self.rfile.read(int(length))
            try:
                with one_at_a_time:
                    found = state.answer(body, logs=logs, signer=signer, time=int(clock.time()))
            except (VarneError, OSError):
                found = Answer(500, "The witness cannot keep what it sees; ask again later.\n")
            self._send(found)

        def do_GET(self) -> None:
            """Say what is served here."""
            self._send(Answer(404, f"POST a request to {_PATH}.\n"))

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: who asks is nobody's business."""

        def _refuse(self, status: int, why: str) -> None:
            """What was not read cannot be told from the next request: the connection ends."""
            self.close_connection = True
            self._send(Answer(status, why))

        def _send(self, answer: Answer) -> None:
            body = answer.body.encode()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(body)))
            if self.close_connection:
                self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)

    return _Server(address, Handler)


class _Server(ThreadingHTTPServer):
    request_queue_size = 128  # connections that wait: with the library's five, logs that ask together are cut off

    def handle_error(self, request: object, client_address: object) -> None:
        """
        Say nothing: whoever asked has gone, and what was asked is nobody's business.

        request : object
            The connection. [1]
        client_address : object
            Whose it was. [1]
        """
