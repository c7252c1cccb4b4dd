"""The stock tools that a court has: a shell and openssl, where they are there."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

TOOLS = ("bash", "openssl", "awk", "grep", "cut", "base64", "tail", "head", "od")
# From RECORD, section 10: the public key as DER, the text up to the empty line, the signature out of its line.
CHECK = r"""
set -eu
NAME=${VKEY%%+*}
{ printf '\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00'
  printf %s "$VKEY" | cut -d+ -f3- | base64 -d | tail -c 32; } > pk.der
awk '/^$/ {exit} {print}' "$CP" > body
grep -F "— $NAME " "$CP" | cut -d' ' -f3 | base64 -d > line
tail -c 64 line > sig
"""
# Seconds are bytes 5 to 12 of the decoded line; the message has two lines more than the text.
COSIGNED = r"""
TIME=$((0x$(head -c 12 line | tail -c 8 | od -An -tx1 | tr -d ' \n')))
{ printf 'cosignature/v1\ntime %s\n' "$TIME"; cat body; } > message
mv message body
echo "time $TIME"
"""
VERIFY = "openssl pkeyutl -verify -pubin -keyform DER -inkey pk.der -rawin -in body -sigfile sig\n"


def need_tools() -> None:
    """Without them the test is skipped, or fails where everything is required."""
    missing = [name for name in TOOLS if shutil.which(name) is None]
    if missing and os.environ.get("VARNE_REQUIRE_ALL") == "1":
        pytest.fail(f"VARNE_REQUIRE_ALL=1 requires {', '.join(missing)}: apt-get install openssl.")
    if missing:
        pytest.skip(f"there is no {', '.join(missing)} on this machine: apt-get install openssl")


def checked_by_openssl(written: bytes, vkey: str, folder: Path) -> bool:
    """Say whether openssl takes the signature of a key under a checkpoint."""
    return _run(CHECK + VERIFY, written, vkey, folder).returncode == 0


def cosigned_by_openssl(written: bytes, vkey: str, folder: Path) -> str:
    """The line of the time that openssl takes the cosignature for; nothing where it refuses it."""
    done = _run(CHECK + COSIGNED + VERIFY, written, vkey, folder)
    return done.stdout.splitlines()[0] if done.returncode == 0 else ""


def _run(script: str, written: bytes, vkey: str, folder: Path) -> subprocess.CompletedProcess[str]:
    need_tools()
    (folder / "checkpoint").write_bytes(written)
    place = {**os.environ, "VKEY": vkey, "CP": "checkpoint"}
    return subprocess.run(
        ["bash", "-c", script], cwd=folder, env=place, capture_output=True, text=True, check=False, timeout=60
    )
