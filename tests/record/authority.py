"""A time-stamp authority made by openssl: a root, the authority below it, and answers to requests, also over HTTP."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography.x509 import Certificate, load_pem_x509_certificate

CONFIGURATION = """[tsa]
default_tsa=t
[t]
serial=./serial
signer_cert=./tsa.pem
signer_key=./tsa.key
signer_digest=sha256
default_policy=1.2.3.4.1
digests=sha256,sha512
accuracy=secs:1, millisecs:500
ordering=yes
tsa_name=yes
"""
MAY_STAMP = "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n"
IS_AUTHORITY = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n"


def need_openssl() -> str:
    """Its place; without one the test is skipped, or fails where everything is required."""
    found = shutil.which("openssl")
    if found is None:
        if os.environ.get("VARNE_REQUIRE_ALL") == "1":
            pytest.fail("There is no openssl, and VARNE_REQUIRE_ALL=1 requires it: apt-get install openssl.")
        pytest.skip("there is no openssl on this machine: apt-get install openssl")
    return found


class Authority:
    """An authority, in a folder of its own: root, one certificate between, and the one that stamps."""

    def __init__(self, folder: Path, name: str = "test TSA", *, days: int = 3650, more: str = "") -> None:
        """
        Make its keys and certificates.

        ``more`` are further lines of its configuration: ``certs=./middle.pem`` puts a second certificate into stamps,
        ``clock_precision_digits=3`` parts of seconds.
        """
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._root(days)
        self.issue("middle", "test middle", IS_AUTHORITY, by="ca", days=days)
        self.issue("tsa", name, MAY_STAMP, by="middle", days=days)
        (folder / "tsa.cnf").write_text(CONFIGURATION + more)
        (folder / "serial").write_text("01\n")
        self.root_pem, self.chain_pem = (folder / "ca.pem").read_bytes(), (folder / "middle.pem").read_bytes()
        self.root, self.middle, self.certificate = (self.read(one) for one in ("ca", "middle", "tsa"))
        self.bundle = self.chain_pem + self.root_pem

    def openssl(self, *words: str | Path) -> bytes:
        """What a command of openssl says; that it fails fails the test."""
        done = subprocess.run(
            [need_openssl(), *map(str, words)], cwd=self.folder, capture_output=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return done.stdout

    def read(self, name: str) -> Certificate:
        """A certificate of ours."""
        return load_pem_x509_certificate((self.folder / f"{name}.pem").read_bytes())

    def issue(self, name: str, subject: str, extensions: str, *, by: str, days: int) -> None:
        """Make a key, and a certificate of it signed by another; a key that is there is used again."""
        key = self.folder / f"{name}.key"
        if not key.exists():
            self.openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key)
        (self.folder / f"{name}.ext").write_text(extensions)
        self.openssl("req", "-new", "-key", key, "-out", f"{name}.csr", "-subj", f"/CN={subject}")
        self.openssl(
            "x509", "-req", "-in", f"{name}.csr", "-CA", f"{by}.pem", "-CAkey", f"{by}.key", "-CAcreateserial",
            "-days", str(days), "-extfile", f"{name}.ext", "-out", f"{name}.pem",
        )  # fmt: skip

    def reply(self, request: bytes) -> bytes:
        """Stamp; a request that it does not understand gets an answer that says so."""
        (self.folder / "q.tsq").write_bytes(request)
        self.openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "q.tsq", "-out", "reply.tsr")
        return (self.folder / "reply.tsr").read_bytes()

    @contextmanager
    def serve(self, *failures: int) -> Iterator[str]:
        """Its address while it answers over HTTP; the first answers are these failures."""
        with serve(self.reply, *failures) as url:
            yield url

    def _root(self, days: int) -> None:
        self.openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "ca.key")
        self.openssl(
            "req", "-x509", "-new", "-key", "ca.key", "-out", "ca.pem", "-subj", "/CN=test root", "-days", str(days)
        )


@contextmanager
def serve(reply, *failures: int) -> Iterator[str]:
    """An address of this computer where POST is answered; the first answers are these failures."""
    left, lock = list(failures), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with lock:
                status = left.pop(0) if left else 200
                answer = reply(body) if status == 200 else b"not now"
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/tsr"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def openssl_verifies(folder: Path, token: bytes, message: bytes, roots: bytes, chain: bytes, when: int) -> bool:
    """Whether openssl takes a stamp at a time; roots and chain in PEM."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {"token.tsr": token, "message": message, "roots.pem": roots, "chain.pem": chain or roots}
    for name, content in names.items():
        (folder / name).write_bytes(content)
    words = ["ts", "-verify", "-attime", str(when), "-data", "message", "-in", "token.tsr", "-CAfile", "roots.pem",
             "-untrusted", "chain.pem"]  # fmt: skip
    done = subprocess.run([need_openssl(), *words], cwd=folder, capture_output=True, check=False, timeout=60)
    return done.returncode == 0
