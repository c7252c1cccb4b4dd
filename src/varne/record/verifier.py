#!/usr/bin/env python3
"""
Checks a bundle of evidence with nothing but Python (3.9 or newer), its standard library, and this one file.

    python3 verify.py [FOLDER] --key 'name+0123abcd+BASE64'

It shares no code with the program that wrote the bundle. It checks: every file against SHA256SUMS; the signature of the
checkpoint (Ed25519, RFC 8032) by the key that you name; that the list of all leaves leads to the signed root; that each
entry is what its leaf commits to, stands in that list, and is proved to be in the log; that entries follow one another;
that the log only grew from every earlier checkpoint; countersignatures, against the policy; time stamps, of which it
reads over which bytes they are, while their signatures are checked by openssl where that is installed.

Exit code 0: all of it was checked and holds. 1: something does not hold. 3: something could not be checked. 2: wrong
call. Without --key or --policy from somebody you trust, whose key it is could not be checked: a forger can make a
bundle that agrees with itself.

What it does not prove: that what was entered is true, that nothing was kept out of the log, or who typed an entry. Gaps
show by heartbeat entries, if they were kept. It proves that an entry existed in this form before the time of the stamp
over it, that the log only grew, and that those who countersigned saw the same log.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

FRENCH = {
    "ok": "juste",
    "FAILED": "FAUX",
    "not checked": "non vérifié",
    "Everything was checked and holds.": "Tout a été vérifié et est juste.",
    "Something does not hold.": "Quelque chose n’est pas juste.",
    "What could be checked holds; something could not be checked.": "Ce qui a pu être vérifié est juste ; "
    "le reste n’a pas pu être vérifié.",
    "Not proved: that what was entered is true, that nothing was kept out of the log, or who typed an entry.": "Non "
    "prouvé : que ce qui est inscrit est vrai, que rien n’a été omis, ni qui a tapé une inscription.",
    "The same without Python: bash COMMANDS.sh": "La même chose sans Python : bash COMMANDS.sh",
}
Key = tuple[str, bytes, int, bytes]  # name, the four bytes that name it, kind (1 a log, 4 a witness), the key
LIMIT = 64 * 1024 * 1024  # bytes of a file that are read
EXIT = {"ok": 0, "FAILED": 1, "not checked": 3}


class Wrong(Exception):
    """Something does not hold; the message says what was expected and what was found."""


# --- Ed25519, RFC 8032 section 5.1: points in extended coordinates (X, Y, Z, T), x = X/Z, y = Y/Z, xy = T/Z ----------
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]
ZERO: Point = (0, 1, 1, 0)


def _add(a: Point, b: Point) -> Point:
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    e = (y1 - x1) * (y2 - x2) % P
    f = (y1 + x1) * (y2 + x2) % P
    g, h = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    k, m, n, o = f - e, h - g, h + g, f + e
    return k * m % P, n * o % P, m * n % P, k * o % P


def _times(number: int, point: Point) -> Point:
    found = ZERO
    while number:
        if number & 1:
            found = _add(found, point)
        point, number = _add(point, point), number >> 1
    return found


def _same(a: Point, b: Point) -> bool:
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def _point(written: bytes) -> Point | None:
    """The point that 32 bytes say in the one canonical way; None where they say none."""
    number = int.from_bytes(written, "little")
    y, odd = number & (2**255 - 1), number >> 255
    if len(written) != 32 or y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and odd):
        return None
    x = P - x if x % 2 != odd else x
    return x, y, 1, x * y % P


BASE = _point(bytes.fromhex("58" + 31 * "66")) or ZERO


def ed25519_verifies(public: bytes, message: bytes, signature: bytes) -> bool:
    """
    Say whether a signature is that of a key over a message; a key that is weak or not canonical signs nothing.

    Parameters
    ----------
    public, message, signature : bytes
        32 of them, any, 64 of them. [1]

    Returns
    -------
    bool

    References
    ----------
    RFC 8032, section 5.1.7, without the cofactor, as openssl checks it.

    Examples
    --------
    >>> ed25519_verifies(bytes(32), b"", bytes(64))
    False
    """
    key = _point(public)
    number = int.from_bytes(signature[32:], "little")
    if key is None or _same(_times(8, key), ZERO) or len(signature) != 64 or number >= ORDER:
        return False
    start = signature[:32]
    hashed = int.from_bytes(hashlib.sha512(start + public + message).digest(), "little") % ORDER
    minus = (P - key[0], key[1], 1, P - key[3])
    x, y, z, _ = _add(_times(number, BASE), _times(hashed, minus))
    inverse = pow(z, P - 2, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == start


# --- Tree, RFC 9162 section 2.1 ---------------------------------------------------------------------------------------
def leaf_hash(leaf: bytes) -> bytes:
    """
    Hash a leaf.

    Parameters
    ----------
    leaf : bytes
        [1]

    Returns
    -------
    bytes

    Examples
    --------
    >>> leaf_hash(b"").hex()[:8]
    '6e340b9c'
    """
    return hashlib.sha256(b"\0" + leaf).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def root_of(hashes: list[bytes]) -> bytes:
    """
    Return the root of a tree.

    Parameters
    ----------
    hashes : list of bytes
        Of its leaves. [1]

    Returns
    -------
    bytes

    Examples
    --------
    >>> root_of([]).hex()[:8]
    'e3b0c442'
    """
    level = list(hashes)
    if not level:
        return hashlib.sha256(b"").digest()
    while len(level) > 1:
        above = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = above + level[2 * len(above) :]
    return level[0]


def check_inclusion(index: int, size: int, leaf: bytes, proof: list[bytes], root: bytes) -> None:
    """
    Check that a leaf is in a tree.

    Parameters
    ----------
    index, size : int
        Of the leaf, and of the tree. [1]
    leaf : bytes
        Its hash. [1]
    proof : list of bytes
        [1]
    root : bytes
        [1]

    Raises
    ------
    Wrong
        If it does not follow.

    Examples
    --------
    >>> check_inclusion(0, 1, leaf_hash(b""), [], leaf_hash(b""))
    """
    if not 0 <= index < size:
        raise Wrong(f"entry {index} of a log of {size}")
    place, last = index, size - 1
    for one in proof:
        if last == 0:
            raise Wrong("the proof is too long")
        if place % 2 or place == last:
            leaf = _node(one, leaf)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            leaf = _node(leaf, one)
        place, last = place // 2, last // 2
    if last or leaf != root:
        raise Wrong(f"the proof leads to {leaf.hex()}, the root is {root.hex()}")


def check_growth(old: int, size: int, old_root: bytes, root: bytes, proof: list[bytes]) -> None:
    """
    Check that a tree grew from a smaller one.

    Parameters
    ----------
    old, size : int
        Their sizes. [1]
    old_root, root : bytes
        [1]
    proof : list of bytes
        [1]

    Raises
    ------
    Wrong
        If it does not follow.

    Examples
    --------
    >>> check_growth(1, 1, leaf_hash(b""), leaf_hash(b""), [])
    """
    if not 0 < old <= size or (old == size and (proof or old_root != root)):
        raise Wrong(f"a log of {size} did not grow from one of {old} with another root")
    if old == size:
        return
    nodes = ([old_root] if old & (old - 1) == 0 else []) + list(proof)
    if not nodes:
        raise Wrong("the proof of growth is empty")
    place, last = old - 1, size - 1
    while place % 2:
        place, last = place // 2, last // 2
    before = after = nodes[0]
    for one in nodes[1:]:
        if last == 0:
            raise Wrong("the proof of growth is too long")
        if place % 2 or place == last:
            before, after = _node(one, before), _node(one, after)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            after = _node(after, one)
        place, last = place // 2, last // 2
    if last or before != old_root or after != root:
        raise Wrong("the proof of growth leads to other roots")


# --- Signed notes, checkpoints, policies (C2SP) -----------------------------------------------------------------------
def _base64(text: str, size: int | None = None) -> bytes:
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        found = b""
    if not found or base64.b64encode(found).decode() != text or size not in (None, len(found)):
        raise Wrong(f"{text[:60]!r} is not the base64 that was expected")
    return found


def read_key(text: str) -> Key:
    """
    Read a public key.

    Parameters
    ----------
    text : str
        ``name+hash+base64``. [1]

    Returns
    -------
    tuple
        Name, the four bytes that name it, kind (1 a log, 4 a witness), the key.

    Raises
    ------
    Wrong
        If it is malformed or weak.

    Examples
    --------
    >>> read_key("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")[:1]
    ('PeterNeumann',)
    """
    parts = text.split("+", 2)
    if len(parts) != 3 or not parts[0] or any(sign.isspace() for sign in parts[0]):
        raise Wrong(f"{text[:80]!r} is not written as name+hash+base64")
    key = _base64(parts[2], 33)
    named = hashlib.sha256(parts[0].encode() + b"\n" + key).digest()[:4]
    point = _point(key[1:])
    if named.hex() != parts[1] or key[0] not in (1, 4) or point is None or _same(_times(8, point), ZERO):
        raise Wrong(f"{text[:80]!r} is no key, does not match its own hash, or is weak")
    return parts[0], named, key[0], key[1:]


def _note(written: bytes) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """Text and lines (name, bytes that name the key, signature) of a signed note."""
    try:
        text, gap, under = written.decode("utf-8").rpartition("\n\n")
    except UnicodeDecodeError:
        raise Wrong("a checkpoint is no text") from None
    found = []
    for line in under.split("\n")[:-1]:
        match = re.fullmatch("— ([^\\s+]+) ([A-Za-z0-9+/=]+)", line)
        if not match:
            raise Wrong(f"{line[:60]!r} is no line of signature")
        both = _base64(match.group(2))
        found.append((match.group(1), both[:4], both[4:]))
    if not gap or not under.endswith("\n") or not found or len(found) > 100:
        raise Wrong("a checkpoint has an empty line and lines of signature under its text")
    return text + "\n", found


def open_checkpoint(written: bytes, keys: list[Key]) -> tuple[str, int, bytes, list[Key]]:
    """
    Check who signed a checkpoint, and read it.

    Parameters
    ----------
    written : bytes
        A signed note. [1]
    keys : list of tuple
        From :func:`read_key`, of logs and witnesses. [1]

    Returns
    -------
    tuple
        Origin, size, root, and the keys whose signatures are right.

    Raises
    ------
    Wrong
        If it is malformed, a known signature is wrong, or no log's key signed.

    Examples
    --------
    >>> open_checkpoint(b"", [])
    Traceback (most recent call last):
    varne.record.verifier.Wrong: a checkpoint has an empty line and lines of signature under its text
    """
    text, lines = _note(written)
    rows = text.split("\n")[:-1]
    if len(rows) < 3 or not all(rows) or not re.fullmatch("0|[1-9][0-9]{0,18}", rows[1]):
        raise Wrong("a checkpoint has an origin, a size and a root")
    signed = []
    for key in keys:
        name, named, kind, public = key
        for line in lines:
            if line[:2] == (name, named):
                message, signature = text.encode(), line[2]
                if kind == 4:
                    seconds = int.from_bytes(signature[:8], "big")
                    message = (f"cosignature/v1\ntime {seconds}\n").encode() + message
                    signature = signature[8:]
                if not ed25519_verifies(public, message, signature):
                    raise Wrong(f"the signature of {name} ({named.hex()}) is not over this checkpoint")
                signed += [] if key in signed else [key]  # a second line of a key must be right too
    if not any(key[2] == 1 for key in signed):
        raise Wrong(f"signed by {', '.join((f'{n} ({i.hex()})' for n, i, _ in lines))}, by no key that is known")
    return rows[0], int(rows[1]), _base64(rows[2], 32), signed


def _policy(text: str) -> tuple[list[Key], list[Key], Callable[[list[Key]], bool]]:
    """Keys of logs, witnesses by name, and a function that says whether keys meet the quorum."""
    logs: list[Key] = []
    witnesses: dict[str, Key] = {}
    groups: dict[str, tuple[int, list[str]]] = {}
    quorum = None
    for line in text.split("\n"):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if words[0] == "log" and len(words) in (2, 3):
            logs.append(read_key(words[1]))
        elif words[0] == "witness" and len(words) in (3, 4):
            witnesses[words[1]] = read_key(words[2])
        elif words[0] == "group" and len(words) > 3:
            least = {"any": 1, "all": len(words) - 3}.get(words[2]) or int(words[2])
            groups[words[1]] = (least, words[3:])
        elif words[0] == "quorum" and len(words) == 2 and quorum is None:
            quorum = words[1]
        else:
            raise Wrong(f"{line[:60]!r} is no line of a policy")

    def _met(signed: list[Key], name: str | None = quorum, deep: int = 0) -> bool:
        if name == "none":
            return True
        if name in witnesses:
            return witnesses[name] in signed
        if name not in groups or deep > 32:
            raise Wrong(f"the policy names {name!r}, which it does not define")
        least, members = groups[name]
        return sum(_met(signed, one, deep + 1) for one in members) >= least

    return logs, list(witnesses.values()), _met


# --- The bundle -------------------------------------------------------------------------------------------------------
class Bundle:
    """A folder, read without following links or leaving it; what was found is printed and counted."""

    def __init__(self, folder: Path, french: bool) -> None:
        self.folder, self.french, self.worst = folder, french, "ok"

    def say(self, sentence: str) -> str:
        """
        Say a sentence, in French where that is asked for and known.

        Parameters
        ----------
        sentence : str
            [1]

        Returns
        -------
        str

        Examples
        --------
        >>> Bundle(Path(), True).say("ok")
        'juste'
        """
        return FRENCH.get(sentence, sentence) if self.french else sentence

    def told(self, state: str, what: str) -> None:
        """
        Print what came of a check.

        Parameters
        ----------
        state : str
            ``ok``, ``FAILED`` or ``not checked``. [1]
        what : str
            [1]

        Examples
        --------
        >>> Bundle(Path(), False).told("ok", "nothing")
        ok           nothing
        """
        order = ("ok", "not checked", "FAILED")
        self.worst = max(self.worst, state, key=order.index)
        print(f"{self.say(state):<12} {what}")

    def read(self, name: str) -> bytes:
        """
        Return what a file holds.

        Parameters
        ----------
        name : str
            Within the bundle. [1]

        Returns
        -------
        bytes

        Raises
        ------
        Wrong
            If it is no file, too large, or reached by a link.

        Examples
        --------
        >>> Bundle(Path(), False).read("no such file")
        Traceback (most recent call last):
        varne.record.verifier.Wrong: no such file is missing, is no plain file, or is too large
        """
        parts = name.split("/")
        path = self.folder.joinpath(*parts)
        links = any(self.folder.joinpath(*parts[:depth]).is_symlink() for depth in range(1, len(parts) + 1))
        if ".." in parts or links or not path.is_file() or path.stat().st_size > LIMIT:
            raise Wrong(f"{name} is missing, is no plain file, or is too large")
        return path.read_bytes()

    def names(self, folder: str = "") -> list[str]:
        """
        Name the files of the bundle.

        Parameters
        ----------
        folder : str
            Those under it alone. [1]

        Returns
        -------
        list of str

        Examples
        --------
        >>> Bundle(Path("no such folder"), False).names()
        []
        """
        home = self.folder / folder
        walked = ((Path(place), names) for place, _, names in os.walk(home))
        return sorted((place / name).relative_to(self.folder).as_posix() for place, names in walked for name in names)


def _hashes(text: bytes) -> list[bytes]:
    return [_base64(line, 32) for line in text.decode("ascii", "replace").split("\n")[:-1]]


def _check_sums(bundle: Bundle) -> str:
    listed: dict[str, str] = {}
    for line in bundle.read("SHA256SUMS").decode("utf-8", "replace").split("\n")[:-1]:
        digest, _, name = line.partition("  ")
        listed[name] = digest
    there = set(bundle.names()) - {"SHA256SUMS"}
    for name in sorted(there ^ set(listed)):
        raise Wrong(f"{name} is {'not listed in SHA256SUMS' if name in there else 'missing'}")
    for name in sorted(listed):
        if hashlib.sha256(bundle.read(name)).hexdigest() != listed[name]:
            raise Wrong(f"{name} is not what SHA256SUMS says")
    return f"{len(listed)} files are what SHA256SUMS says"


def _event(bundle: Bundle, index: int, leaf: bytes) -> dict[str, Any]:
    """The event of an entry, checked against its leaf."""
    event, salt = bundle.read(f"entries/{index}.json"), bundle.read(f"entries/{index}.salt")
    commit = hashlib.sha256(salt + event).hexdigest()
    if leaf != f'{{"commit":"sha256:{commit}","schema":"varne.leaf/v1"}}'.encode():
        raise Wrong(f"entry {index}: its body is not what its leaf commits to")
    try:
        found = json.loads(event)
        for field in ("time", "logged"):
            datetime.strptime(found[field], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
        if not isinstance(found["data"], dict) or not isinstance(found["prev"], str):
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Wrong(f"entry {index}: its body is no event with times in UTC") from None
    return dict(found)


def _check_entries(bundle: Bundle, size: int, root: bytes, hashes: list[bytes]) -> dict[int, dict[str, Any] | None]:
    there = bundle.names("entries")
    wanted = sorted(int(name[8:-5]) for name in there if re.fullmatch(r"entries/\d{1,18}\.leaf", name))
    if json.loads(bundle.read("manifest.json")).get("entries") != wanted:
        raise Wrong("the entries that manifest.json names are not those that are here")
    bodies = {name for name in there if name.endswith(".json")}
    written = bundle.read("checkpoint")
    events: dict[int, dict[str, Any] | None] = {}
    commits: dict[int, str] = {}
    for index in wanted:
        leaf = bundle.read(f"entries/{index}.leaf")
        if index >= size or leaf_hash(leaf) != hashes[index]:
            raise Wrong(f"entry {index} is not in the list of leaves")
        head, _, checkpoint = bundle.read(f"entries/{index}.tlog-proof").partition(b"\n\n")
        lines = head.decode("ascii", "replace").split("\n")
        if lines[:2] != ["c2sp.org/tlog-proof@v1", f"index {index}"] or checkpoint != written:
            raise Wrong(f"entries/{index}.tlog-proof is no proof of entry {index} under this checkpoint")
        check_inclusion(index, size, leaf_hash(leaf), [_base64(line, 32) for line in lines[2:]], root)
        events[index] = _event(bundle, index, leaf) if f"entries/{index}.json" in bodies else None
        commits[index] = re.sub('.*"(sha256:[0-9a-f]{64})".*', r"\1", leaf.decode("utf-8", "replace"))
    for index, event in events.items():
        before = "" if index == 0 else commits.get(index - 1)
        if event is not None and before is not None and event["prev"] != before:
            raise Wrong(f"entry {index} does not follow the entry before it")
    return events


def _is_over(token: bytes, message: bytes) -> bool:
    """Whether a stamp is over these bytes: their digest stands in it, as an octet string of that length."""
    digests = (hashlib.new(name, message).digest() for name in ("sha256", "sha384", "sha512"))
    return any(bytes([4, len(digest)]) + digest in token for digest in digests)


def _check_token(bundle: Bundle, name: str, over: str, openssl: str | None) -> None:
    token, message = bundle.read(name), bundle.read(over)
    if not _is_over(token, message):
        raise Wrong(f"{name} is not over the bytes of {over}")
    if not openssl:
        bundle.told("not checked", f"{name}: its signature; openssl is not installed. See COMMANDS.sh")
        return
    chain = b"".join(bundle.read(one) for one in bundle.names("authorities") if one.endswith(".pem"))
    if not chain:
        bundle.told("not checked", f"{name}: its signature; the bundle has no certificates of the authority")
        return
    with tempfile.TemporaryDirectory() as home:
        files = {"token": token, "message": message, "chain": chain}
        paths = {key: str(Path(home, key)) for key in files}
        for key, content in files.items():
            Path(paths[key]).write_bytes(content)
        said = _run([openssl, "ts", "-reply", "-in", paths["token"], "-text"])
        stamp = re.search("Time stamp: (.*)", said[1])
        when = re.sub(r"\.\d+", "", stamp.group(1).strip()) if stamp else ""
        try:
            at = datetime.strptime(when, "%b %d %H:%M:%S %Y GMT").replace(tzinfo=timezone.utc)
        except ValueError:
            raise Wrong(f"{name} has no time that can be read") from None
        command = ["ts", "-verify", "-attime", str(int(at.timestamp())), "-data", paths["message"]]
        command += ["-in", paths["token"], "-CAfile", paths["chain"], "-untrusted", paths["chain"]]
        code, out = _run([openssl, *command])
        if code:
            raise Wrong(f"{name}: openssl refuses it: {' '.join(out.split())[-200:]}")
    bundle.told("ok", f"{name}: stamped {at.isoformat()} (openssl; whether the authority is to be trusted is for you)")


def _run(command: list[str]) -> tuple[int, str]:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False)
    return done.returncode, done.stdout.decode("utf-8", "replace")


def _check_earlier(bundle: Bundle, keys: list[Key], size: int, root: bytes, stamps: bool) -> None:
    """Every checkpoint that was published before: signed, grown into this one, stamped."""
    openssl = shutil.which("openssl")
    for name in bundle.names("checkpoints"):
        old = name[len("checkpoints/") :]
        try:
            if old.isdigit():
                _, length, head, _ = open_checkpoint(bundle.read(name), keys)
                if length != int(old):
                    raise Wrong(f"{name} is of {length} entries")
                check_growth(length, size, head, root, _hashes(bundle.read(name + ".consistency")))
                bundle.told("ok", f"the log of {size} entries grew from that of {length}")
            elif old.endswith(".cosig"):
                open_checkpoint(bundle.read(name[:-6]) + bundle.read(name), keys)
            elif old.endswith(".tsr") and stamps:
                _check_token(bundle, name, "checkpoints/" + old.split(".")[0], openssl)
        except Wrong as wrong:
            bundle.told("FAILED", f"{name}: {wrong}")


def check(bundle: Bundle, keys: list[str], policy: str | None, stamps: bool) -> None:
    """
    Check a bundle, and print what came of it.

    Parameters
    ----------
    bundle : Bundle
        [1]
    keys : list of str
        That are trusted for another reason than that they came with it. [1]
    policy : str or None
        Text of a policy that is trusted. [1]
    stamps : bool
        Whether time stamps are asked for. [1]

    Examples
    --------
    >>> check(Bundle(Path("no such folder"), False), [], None, True)
    FAILED       SHA256SUMS is missing, is no plain file, or is too large
    FAILED       policy is missing, is no plain file, or is too large
    """
    try:
        bundle.told("ok", _check_sums(bundle))
    except Wrong as wrong:
        bundle.told("FAILED", str(wrong))
    try:
        own = bundle.read("policy").decode("utf-8", "replace")
        logs, witnesses, met = _policy(own if policy is None else policy)
        pinned = [read_key(key) for key in keys] or ([] if policy is None else logs)
        written = bundle.read("checkpoint")
        hashes = [bytes.fromhex(line) for line in bundle.read("leaves").decode("ascii").split("\n")[:-1]]
        known = _known_keys(bundle, pinned or logs)
        origin, size, root, signed = open_checkpoint(written, known + witnesses)
        bundle.told("ok", f"the checkpoint of {origin}, {size} entries, is signed by {_written(signed)}")
        if not pinned:
            bundle.told("not checked", "whose key it is: it came with the bundle. Say --key, with one you trust")
        if not met(signed):
            raise Wrong("the witnesses that the policy asks for have not countersigned")
        if len(hashes) != size or root_of(hashes) != root:
            raise Wrong(f"the list of {len(hashes)} leaves does not lead to the root that is signed")
        bundle.told("ok", f"all {size} leaves lead to the root that is signed: nothing is left out")
        events = _check_entries(bundle, size, root, hashes)
        absent = sorted(index for index, event in events.items() if event is None)
        bundle.told("ok", f"{len(events) - len(absent)} entries are what their leaves commit to, and are in the log")
        if absent:
            bundle.told("ok", f"entries whose content is withheld or deleted: {', '.join(map(str, absent))}")
        _check_earlier(bundle, known + witnesses, size, root, stamps)
    except Wrong as wrong:
        bundle.told("FAILED", str(wrong))
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        OSError,
        subprocess.SubprocessError,
    ) as error:
        bundle.told("FAILED", f"the bundle cannot be read: {str(error) or type(error).__name__}")


def _known_keys(bundle: Bundle, start: list[Key]) -> list[Key]:
    """Keys that may sign: those we start from, and later ones whose first checkpoint both keys signed."""
    events: dict[int, Any] = {}
    for name in bundle.names("entries"):
        if re.fullmatch(r"entries/\d{1,18}\.json", name):
            try:
                events[int(name[8:-5])] = json.loads(bundle.read(name))
            except (ValueError, RecursionError):
                continue
    known = list(start)
    for index in sorted(events):
        event = events[index]
        data = event.get("data") if isinstance(event, dict) and event.get("kind") == "key" else None
        if not isinstance(data, dict) or "replaces" not in data:
            continue
        old, new = read_key(str(data["replaces"])), read_key(str(data.get("vkey")))
        if old in known and new not in known:
            both = bundle.read(f"checkpoints/{index + 1}")
            for key in (old, new):
                open_checkpoint(both, [key])
            known.append(new)
    return known


def _written(keys: list[Key]) -> str:
    return ", ".join(f"{key[0]} ({key[1].hex()})" for key in keys)


def main(words: list[str] | None = None) -> int:
    """
    Check a bundle from the command line.

    Parameters
    ----------
    words : list of str, optional
        Of the call. [1]

    Returns
    -------
    int
        0 all was checked and holds, 1 something does not hold, 3 something could not be checked.

    Examples
    --------
    >>> main(["no such folder"])
    FAILED       SHA256SUMS is missing, is no plain file, or is too large
    FAILED       policy is missing, is no plain file, or is too large
    <BLANKLINE>
    Something does not hold.
    Not proved: that what was entered is true, that nothing was kept out of the log, or who typed an entry.
    The same without Python: bash COMMANDS.sh
    1
    """
    call = argparse.ArgumentParser(description="Checks a bundle of evidence.")
    call.add_argument("folder", nargs="?", default=str(Path(__file__).resolve().parent))
    call.add_argument("--key", action="append", default=[], help="public key that you trust; may be repeated")
    call.add_argument("--policy", help="file of a policy that you trust")
    call.add_argument("--without-time-stamps", action="store_true", help="do not ask for time stamps")
    call.add_argument("--language", choices=("en", "fr"), default="en")
    asked = call.parse_args(words)
    bundle = Bundle(Path(asked.folder), asked.language == "fr")
    try:
        keys = [read_key(key) and key for key in asked.key]
        policy = Path(asked.policy).read_text(encoding="utf-8") if asked.policy else None
    except (Wrong, OSError, UnicodeDecodeError) as error:
        print(f"verify: {error}", file=sys.stderr)
        return 2
    check(bundle, keys, policy, not asked.without_time_stamps)
    verdicts = {
        "ok": "Everything was checked and holds.",
        "FAILED": "Something does not hold.",
        "not checked": "What could be checked holds; something could not be checked.",
    }
    print("\n" + bundle.say(verdicts[bundle.worst]))
    print(
        bundle.say(
            "Not proved: that what was entered is true, that nothing was kept out of the log, or who typed an entry."
        )
    )
    print(bundle.say("The same without Python: bash COMMANDS.sh"))
    return EXIT[bundle.worst]


if __name__ == "__main__":
    sys.exit(main())
