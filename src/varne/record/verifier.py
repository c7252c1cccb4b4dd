#!/usr/bin/env python3
"""
Checks a bundle of evidence with nothing but Python (3.8 or newer), its standard library, and this one file.

    python3 -I verify.py [FOLDER] --key 'name+0123abcd+BASE64'

With -I Python takes no file of the bundle for a module of its own. This file shares no code with the program that wrote
the bundle. It checks: every file against SHA256SUMS; the signature of the checkpoint (Ed25519, RFC 8032) by the key
that you name; that the list of all leaves leads to the signed root; that each entry is what its leaf commits to, stands
in that list, and is proved to be in the log; that entries follow one another; that the log only grew from every earlier
checkpoint; countersignatures, against the policy; time stamps, of which it reads over which bytes they are, while their
signatures are checked by openssl where that is installed.

Exit code 0: all of it was checked and holds. 1: something does not hold. 3: something could not be checked, or is not
here. 2: wrong call. Who asked for some entries alone says which: --entries 0,5-9. Keys and certificates that came with
the bundle prove nothing, since a forger can make a bundle that agrees with itself. From somebody you trust, by another
way, come: the key of the log (--key), or the policy with the keys of log and witnesses (--policy); the certificates of
the authority that stamped (--authority). This file came with the bundle too: where that matters, take it from somebody
you trust. Whether a certificate was revoked is not checked.

What it does not prove: that what was entered is true, that nothing was kept out of the log, or who typed an entry. Gaps
show by heartbeat entries, if they were kept. It proves that an entry existed in this form before the time of the stamp
over it, that the log only grew, and that those who countersigned saw the same log.
"""

import sys

if __name__ == "__main__" and not (sys.flags.isolated or getattr(sys.flags, "safe_path", False)):
    # Before anything else is imported, __future__ too: a shutil.py that lies in a bundle is not the one of Python.
    sys.path[:] = [place for place in sys.path[1:] if place not in ("", sys.path[0])]

import argparse
import base64
import binascii
import decimal
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # Python 3.8 knows the names of types in remarks only
    Key = tuple[str, bytes, int, bytes]  # name, the four bytes that name it, kind (1 a log, 4 a witness), the key
    Point = tuple[int, int, int, int]
    Seen = tuple[int, float, str]  # so many entries, when in seconds since 1970, and by whom
STRANGE = (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RuntimeError, MemoryError)
# Fields of an event that hold text, and kinds of event.
TEXTS = ("schema", "id", "time", "logged", "kind", "role", "case", "run", "code", "env", "prev")
KINDS = "known computed shown decided force duty export heartbeat correction redaction key"
LIMIT = 64 * 1024 * 1024  # bytes of a file that are read
CLOCKS = 300.0  # seconds by which clocks may differ
EXIT = {"ok": 0, "FAILED": 1, "not checked": 3}


class Wrong(Exception):
    """Something does not hold; the message says what was expected and what was found."""


# --- Ed25519, RFC 8032 section 5.1: points in extended coordinates (X, Y, Z, T), x = X/Z, y = Y/Z, xy = T/Z ----------
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
ZERO: "Point" = (0, 1, 1, 0)


def _add(a: "Point", b: "Point") -> "Point":
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    e = (y1 - x1) * (y2 - x2) % P
    f = (y1 + x1) * (y2 + x2) % P
    g, h = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    k, m, n, o = f - e, h - g, h + g, f + e
    return k * m % P, n * o % P, m * n % P, k * o % P


def _times(number: int, point: "Point") -> "Point":
    found = ZERO
    while number:
        if number & 1:
            found = _add(found, point)
        point, number = _add(point, point), number >> 1
    return found


def _same(a: "Point", b: "Point") -> bool:
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def _point(written: bytes) -> "Point | None":
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


def root_of(hashes: "list[bytes]") -> bytes:
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


def check_inclusion(index: int, size: int, leaf: bytes, proof: "list[bytes]", root: bytes) -> None:
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
    if not 0 <= index < size or {len(one) for one in (leaf, root, *proof)} != {32}:
        raise Wrong(f"entry {index} of a log of {size}, or a hash that has not 32 bytes")
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


def check_growth(old: int, size: int, old_root: bytes, root: bytes, proof: "list[bytes]") -> None:
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
    if not nodes or {len(one) for one in nodes} != {32}:
        raise Wrong("the proof of growth is empty, or a hash of it has not 32 bytes")
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
def _base64(text: str, size: "int | None" = None) -> bytes:
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        found = b""
    if not found or base64.b64encode(found).decode() != text or size not in (None, len(found)):
        raise Wrong(f"{text[:60]!r} is not the base64 that was expected")
    return found


def read_key(text: str) -> "Key":
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
    if len(parts) != 3 or not parts[0] or any(one.isspace() or "\ud800" <= one <= "\udfff" for one in parts[0]):
        raise Wrong(f"{text[:80]!r} is not written as name+hash+base64")
    key = _base64(parts[2], 33)
    named = hashlib.sha256(parts[0].encode() + b"\n" + key).digest()[:4]
    point = _point(key[1:])
    if named.hex() != parts[1] or key[0] not in (1, 4) or point is None or _same(_times(8, point), ZERO):
        raise Wrong(f"{text[:80]!r} is no key, does not match its own hash, or is weak")
    return parts[0], named, key[0], key[1:]


def _note(written: bytes) -> "tuple[str, list[tuple[str, bytes, bytes]]]":
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
        if len(both) < 5:
            raise Wrong(f"{line[:60]!r} is no line of signature")
        found.append((match.group(1), both[:4], both[4:]))
    if not gap or not under.endswith("\n") or not found or len(found) > 100 or min({*text, *under} - {"\n"}) < " ":
        raise Wrong("a checkpoint has an empty line and lines of signature under its text")
    return text + "\n", found


def open_checkpoint(written: bytes, keys: "list[Key]") -> "tuple[str, int, bytes, list[Key]]":
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
    if len(rows) < 3 or not all(rows) or not re.fullmatch("0|[1-9][0-9]{0,18}", rows[1]) or int(rows[1]) >= 2**63:
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


def _policy(written: bytes) -> "tuple[list[Key], list[Key], Callable[[list[Key]], bool]]":
    """Keys of logs, keys of witnesses, and a function that says whether keys meet the quorum."""
    logs: list[Key] = []
    witnesses: dict[str, Key] = {}
    groups: dict[str, tuple[int, list[str]]] = {}
    free: set[str] = set()  # names that are in no group yet: a line names what stands above it, and no one counts twice
    quorum = ""
    *lines, rest_of_it = written.decode("utf-8", "surrogateescape").split("\n")  # names are bytes, whatever they say
    if rest_of_it or not re.fullmatch(rb"[\t\n\x20-\x7e\x80-\xff]*", written):
        raise Wrong("a policy is text that ends in a newline, without other control signs than tabs")
    for line in lines:
        words = re.findall("[^ \t]+", line)
        if not words or words[0].startswith("#"):
            continue
        name, rest = "".join(words[1:2]), words[2:]
        new = name not in {"none", *witnesses, *groups}
        if words[0] == "log" and len(words) in (2, 3) and read_key(name)[3] not in {key[3] for key in logs}:
            logs.append(read_key(name))
        elif words[0] == "witness" and len(words) in (3, 4) and new:
            witnesses[name] = read_key(rest[0])
            free.add(name)
        elif words[0] == "group" and new and len(set(rest[1:]) & free) == len(rest) - 1 > 0:
            least = {"any": "1", "all": str(len(rest) - 1)}.get(rest[0], rest[0])
            if not re.fullmatch("[1-9][0-9]{0,8}", least) or int(least) >= len(rest):
                raise Wrong(f"{line[:60]!r} asks for a number of members that it has not")
            groups[name] = (int(least), rest[1:])
            free = free - set(rest[1:]) | {name}
        elif words[0] == "quorum" and not rest and not quorum and name in {"none", *witnesses, *groups}:
            quorum = name
        else:
            raise Wrong(f"{line[:60]!r} is no line of a policy, or names what does not stand above it")
    if len({key[3] for key in witnesses.values()}) < len(witnesses):  # a countersignature does not say under which name
        raise Wrong("a policy names the key of a witness once: under two names it would count twice")
    if not quorum or any(key[2] != 1 for key in logs) or any(key[2] != 4 for key in witnesses.values()):
        raise Wrong("a policy has a quorum, and keys of the right kind for logs and witnesses")

    def _met(signed: "list[Key]", name: str = quorum) -> bool:
        if name in groups:
            return sum(_met(signed, one) for one in groups[name][1]) >= groups[name][0]
        return name == "none" or witnesses[name] in signed

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
        >>> Bundle(Path(), False).say("ok")
        'ok'
        """
        return _in_french(sentence) if self.french else sentence

    def told(self, state: str, what: str) -> None:
        """
        Print what came of a check.

        Parameters
        ----------
        state : str
            ``ok``, ``FAILED``, ``not checked``, or ``note`` for what was not asked and should be known. [1]
        what : str
            [1]

        Examples
        --------
        >>> Bundle(Path(), False).told("ok", "nothing")
        ok           nothing
        """
        order = ("note", "ok", "not checked", "FAILED")
        self.worst = max(self.worst, state, key=order.index)
        shown = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in what)  # nothing for a terminal
        print(f"{self.say(state):<12} {self.say(shown)}")

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

    def names(self, folder: str = "") -> "list[str]":
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


def _hashes(text: bytes) -> "list[bytes]":
    return [_base64(line, 32) for line in text.decode("ascii", "replace").split("\n")[:-1]]


def _check_sums(bundle: Bundle) -> None:
    listed: dict[str, str] = {}
    for line in bundle.read("SHA256SUMS").decode("utf-8", "replace").split("\n")[:-1]:
        digest, _, name = line.partition("  ")
        if name in listed:
            raise Wrong(f"SHA256SUMS lists {name} twice")
        listed[name] = digest
    there = set(bundle.names()) - {"SHA256SUMS"}
    for name in sorted(there ^ set(listed)):
        raise Wrong(f"{name} is {'not listed in SHA256SUMS' if name in there else 'missing'}")
    for name in sorted(listed):
        if hashlib.sha256(bundle.read(name)).hexdigest() != listed[name]:
            raise Wrong(f"{name} is not what SHA256SUMS says")
    bundle.told("ok", f"{len(listed)} files are what SHA256SUMS says")


def _json(written: bytes) -> Any:
    """What JSON says, if it says it once: of two values under one name, two readers could take two."""

    def _once(pairs: "list[tuple[str, Any]]") -> "dict[str, Any]":
        if len(dict(pairs)) < len(pairs):
            raise ValueError("a name stands twice")
        return dict(pairs)

    return json.loads(written, object_pairs_hook=_once, parse_int=_whole)


def _whole(text: str) -> "int | float":
    """A number without a point: whole, or one so large that RFC 8785 writes it like that."""
    return int(text) if len(text) < 17 and abs(int(text)) < 2**53 else float(text)


def _canonical(value: Any) -> str:
    """JSON in the one way that RFC 8785 allows."""
    if isinstance(value, dict):
        pairs = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be"))
        return "{" + ",".join([f"{_canonical(name)}:{_canonical(one)}" for name, one in pairs]) + "}"
    if isinstance(value, list):
        return "[" + ",".join([_canonical(one) for one in value]) + "]"
    if isinstance(value, float):  # as ECMAScript writes it
        number = decimal.Decimal(repr(value + 0.0)).normalize()
        return format(number, "f" if -7 < number.adjusted() < 21 else "e")
    return json.dumps(value, ensure_ascii=False)


def _event(bundle: Bundle, index: int, leaf: bytes) -> "dict[str, Any]":
    """The event of an entry, checked against its leaf."""
    event, salt = bundle.read(f"entries/{index}.json"), bundle.read(f"entries/{index}.salt")
    commit = hashlib.sha256(salt + event).hexdigest()
    if len(salt) != 32 or leaf != f'{{"commit":"sha256:{commit}","schema":"varne.leaf/v1"}}'.encode():
        raise Wrong(f"entry {index}: its body is not what its leaf commits to")
    try:
        found = _json(event)
        wrong = _misformed(found)
        if not wrong and _canonical(found).encode() != event:
            wrong = "RFC 8785"
    except (ValueError, TypeError, ArithmeticError, RecursionError):
        wrong = "JSON"
    if wrong:
        raise Wrong(f"entry {index}: its body is no event in the form that FORMATS.md describes ({wrong})")
    return dict(found)


def _misformed(event: Any) -> str:
    """Name of the first field of an event that is not as FORMATS.md says; empty where there is none."""
    fields = {*TEXTS, "data", "inputs", "outputs"}
    if not isinstance(event, dict) or set(event) != fields:
        return ", ".join(sorted(set(event) ^ fields)) if isinstance(event, dict) else "JSON"
    sound = {name: isinstance(event[name], str) for name in TEXTS}
    sound["schema"] = event["schema"] == "varne.event/v1"
    sound["kind"] = event["kind"] in KINDS.split()
    sound["data"] = isinstance(event["data"], dict)
    for name in ("time", "logged"):
        sound[name] = sound[name] and _moment(event[name]) is not None
    for name in ("inputs", "outputs"):
        named = [one if isinstance(one, dict) else {} for one in event[name]] if isinstance(event[name], list) else [{}]
        sound[name] = all(set(one) == {"name", "sha256"} and set(map(type, one.values())) == {str} for one in named)
    return next((name for name in sorted(sound) if not sound[name]), "")


def _moment(written: str) -> "datetime | None":
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z", written):
        return None
    try:
        return datetime.strptime(written, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
    except ValueError:
        return None


def _read_events(bundle: Bundle) -> "dict[int, dict[str, Any]]":
    """All contents that are here, in order, each checked against its leaf, and that leaf later against the log."""
    found = {}
    for name in bundle.names("entries"):
        number = re.fullmatch(r"entries/(0|[1-9][0-9]{0,17})\.json", name)
        if number:
            index = int(number.group(1))
            found[index] = _event(bundle, index, bundle.read(f"entries/{index}.leaf"))
    return dict(sorted(found.items()))


def _check_entries(
    bundle: Bundle, events: "dict[int, dict[str, Any]]", root: bytes, hashes: "list[bytes]"
) -> "list[int]":
    """Numbers of the entries that are here, with content or without; each is proved to be in the log."""
    there = bundle.names("entries")
    wanted = sorted(int(name[8:-5]) for name in there if re.fullmatch(r"entries/(0|[1-9][0-9]{0,17})\.leaf", name))
    absent = [index for index in wanted if f"entries/{index}.json" not in there]
    manifest = _json(bundle.read("manifest.json"))
    if [manifest.get("entries"), manifest.get("withheld")] != [wanted, absent]:
        raise Wrong("the entries, or those without content, that manifest.json names are not those that are here")
    ours = {f"entries/{index}.{ending}" for index in wanted for ending in ("leaf", "tlog-proof")}
    ours |= {f"entries/{index}.{ending}" for index in set(wanted) - set(absent) for ending in ("json", "salt")}
    if strange := sorted(set(there) - ours):
        raise Wrong(f"{strange[0]} belongs to no entry, or to none with content")
    written = bundle.read("checkpoint")
    commits: dict[int, str] = {}
    size = len(hashes)
    for index in wanted:
        leaf = bundle.read(f"entries/{index}.leaf")
        if index >= size or leaf_hash(leaf) != hashes[index]:
            raise Wrong(f"entry {index} is not in the list of leaves")
        head, _, checkpoint = bundle.read(f"entries/{index}.tlog-proof").partition(b"\n\n")
        lines = head.decode("ascii", "replace").split("\n")
        if lines[:2] != ["c2sp.org/tlog-proof@v1", f"index {index}"] or checkpoint != written:
            raise Wrong(f"entries/{index}.tlog-proof is no proof of entry {index} under this checkpoint")
        check_inclusion(index, size, leaf_hash(leaf), [_base64(line, 32) for line in lines[2:]], root)
        commits[index] = _commit(leaf)
    for index, event in events.items():
        before = "" if index == 0 else commits.get(index - 1)
        if before is not None and event["prev"] != before:
            raise Wrong(f"entry {index} does not follow the entry before it")
    return wanted


def _commit(leaf: bytes) -> str:
    return re.sub('.*"(sha256:[0-9a-f]{64})".*', r"\1", leaf.decode("utf-8", "replace"))


def _elements(written: bytes) -> "list[tuple[int, bytes]]":
    """Tag and content of each element of DER (X.690) in these bytes."""
    found, at = [], 0
    while at < len(written):
        tag, length, at = written[at], int.from_bytes(written[at + 1 : at + 2], "big"), at + 2
        if length >= 128:  # the length itself takes so many bytes more
            octets, at = length - 128, at + length - 128
            length = int.from_bytes(written[at - octets : at], "big") if 0 < octets < 5 else len(written)
        if at + length > len(written):
            raise Wrong("a stamp is cut off, or is not DER")
        found.append((tag, written[at : at + length]))
        at += length
    return found


def _signed_stamp(token: bytes) -> "tuple[bytes, datetime]":
    """
    Digest and time that a time-stamp response holds, from the part of it that is signed, and no other (RFC 3161, 2.4).

    TimeStampResp: status, token; token: type, [0] SignedData: version, algorithms, content: type, [0] octets: TSTInfo:
    version, policy, imprint: algorithm, digest; serial, genTime. What the status says in words is not signed.
    """
    found = token
    if len(_elements(token)) > 1:
        raise Wrong("bytes stand after the end of a stamp")
    for place, wanted in ((0, 0x30), (1, 0x30), (1, 0xA0), (0, 0x30), (2, 0x30), (1, 0xA0), (0, 0x04), (0, 0x30)):
        parts = _elements(found)
        if len(parts) <= place or parts[place][0] != wanted:
            raise Wrong("a stamp is no time-stamp response with a token in it")
        found = parts[place][1]
    fields = _elements(found)
    imprint = _elements(fields[2][1]) if len(fields) > 4 else []
    when = re.fullmatch(rb"([0-9]{14})(?:\.[0-9]{1,9})?Z", fields[4][1]) if len(imprint) == 2 else None
    try:
        at = datetime.strptime(when.group(1).decode() if when else "", "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
    except ValueError:
        raise Wrong("a stamp has no digest or no time that can be read") from None
    return imprint[1][1], at


def _check_token(bundle: Bundle, name: str, over: str, roots: bytes) -> "list[Seen]":
    """Whether openssl takes a stamp over a checkpoint, at the time of the stamp: certificates end, evidence stays."""
    token, message, openssl = bundle.read(name), bundle.read(over), shutil.which("openssl")
    digest, at = _signed_stamp(token)
    expected = hashlib.new({48: "sha384", 64: "sha512"}.get(len(digest), "sha256"), message).digest()
    if digest != expected:
        raise Wrong(f"it is over the digest {digest[:64].hex()}, that of {over} is {expected.hex()}")
    chain = b"".join(bundle.read(one) for one in bundle.names("authorities") if one.endswith(".pem"))
    able = openssl is not None and "-attime" in _run([openssl, "ts", "-help"])[1]  # LibreSSL, as on a Mac, has it not
    if not openssl or not able or not (roots or chain):
        why = "no certificates of the authority are here" if able else "no openssl is here that judges it at its time"
        bundle.told("not checked", f"{name}: the signature of a stamp of {at.isoformat()}; {why}. See COMMANDS.sh")
        return []
    files = {"token": token, "message": message, "roots": roots or chain, "chain": chain or roots}
    why = _refused(openssl, at, files)
    strange = re.compile("unable to (get|verify)|self.signed")
    if strange.match(why) and roots and chain:  # certificates come first: with those of the bundle, the rest is seen
        why = _refused(openssl, at, {**files, "roots": chain}) or why
    if strange.match(why):
        bundle.told("not checked", f"{name}: stamped by an authority that you did not name")
        return []
    if why:
        raise Wrong(f"openssl refuses it: {why}")
    _check_past(at.timestamp())
    size = over.partition("/")[2]
    bundle.told("ok", f"{name}: openssl takes it; the first {size} entries existed on {at.isoformat()}")
    if not roots:
        what = "whose certificates those are: they came with the bundle. Say --authority, with ones you trust"
        bundle.told("not checked", f"{name}: {what}")
    return [(int(size), at.timestamp(), name)]


def _refused(openssl: str, at: datetime, files: "dict[str, bytes]") -> str:
    """Why openssl does not take a stamp, in its own words; nothing where it does."""
    with tempfile.TemporaryDirectory() as home:
        paths = {key: str(Path(home, key)) for key in files}
        for key, content in files.items():
            Path(paths[key]).write_bytes(content)
        command = ["ts", "-verify", "-attime", str(int(at.timestamp())), "-data", paths["message"]]
        command += ["-in", paths["token"], "-CAfile", paths["roots"], "-untrusted", paths["chain"]]
        code, out = _run([openssl, *command])
    found = re.search("Verify error: ?([^\n]+)", out) or re.search(" routines:[^:\n]*:([^:\n]+)", out)
    return "" if code == 0 else found.group(1).strip() if found else f"exit code {code}"


def _check_past(seconds: float) -> None:
    if seconds > datetime.now(timezone.utc).timestamp() + CLOCKS:
        raise Wrong(f"it is of {_utc(seconds)}, which lies in the future: a clock was wrong")


def _utc(seconds: float) -> str:
    return datetime.fromtimestamp(min(seconds, 2**37), timezone.utc).isoformat()


def _run(command: "list[str]") -> "tuple[int, str]":
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False)
    return done.returncode, done.stdout.decode("utf-8", "replace")


def _check_earlier(
    bundle: Bundle, keys: "list[Key]", newest: "tuple[str, int, bytes]", roots: "bytes | None"
) -> "list[Seen]":
    """Every checkpoint that was published before: signed, grown into this one, countersigned, stamped."""
    origin, size, root = newest
    there = bundle.names("checkpoints")
    seen: list[Seen] = []
    if not any(name.split("/")[1].isdigit() for name in there):
        bundle.told("not checked", "that the log only grew: no earlier checkpoint is here")
    for name in ["checkpoint", *there]:
        over = name.split(".")[0]
        try:
            if name == "checkpoint":
                seen += _tell_witnesses(bundle, name, bundle.read(name), open_checkpoint(bundle.read(name), keys))
            elif name == over:
                whose, length, head, _ = open_checkpoint(bundle.read(name), keys)
                if (whose, f"checkpoints/{length}") != (origin, name):
                    raise Wrong(f"it is of {length} entries of {whose}")
                check_growth(length, size, head, root, _hashes(bundle.read(name + ".consistency")))
                bundle.told("ok", f"the log of {size} entries grew from that of {length}")
            elif name.endswith(".cosig"):
                written = bundle.read(over) + bundle.read(name)
                seen += _tell_witnesses(bundle, name, written, open_checkpoint(written, keys))
            elif name.endswith(".tsr") and roots is not None:
                seen += _check_token(bundle, name, over, roots)
            elif not name.endswith((".tsr", ".consistency")) or over not in there:
                raise Wrong("it belongs to no checkpoint that is here")
        except Wrong as wrong:
            bundle.told("FAILED", f"{name}: {wrong}")
    return seen


def _tell_witnesses(
    bundle: Bundle, name: str, written: bytes, opened: "tuple[str, int, bytes, list[Key]]"
) -> "list[Seen]":
    """Who countersigned and when; lines of those whom the policy does not know prove nothing."""
    known, seen = {key[:2]: key for key in opened[3]}, []
    for who, named, signature in _note(written)[1]:
        if (who, named) not in known and name != "checkpoint":
            bundle.told("not checked", f"{name}: {who} ({named.hex()}) countersigned, whom the policy does not name")
        elif (who, named) in known and known[who, named][2] == 4:
            seconds = int.from_bytes(signature[:8], "big")
            _check_past(seconds)
            bundle.told("ok", f"{name}: countersigned by {who} ({named.hex()}) at {_utc(seconds)}")
            seen.append((opened[1], float(seconds), f"{who} ({named.hex()})"))
    return seen


def _check_times(bundle: Bundle, events: "dict[int, dict[str, Any]]", seen: "list[Seen]") -> None:
    """
    When entries say that they were entered: not in the future, and not after others had seen them.

    Earlier than others saw the log without it an entry may be, for a stamp can come late: that is told.
    """
    wrong, back, latest, before = [], [], 0.0, 0
    for index, event in events.items():
        moment = _moment(event["logged"])
        seconds = moment.timestamp() if moment else 0.0
        what = f"entry {index} says that it was entered at {event['logged']}"
        last = max([(when, who, size) for size, when, who in seen if size <= index], default=(seconds, "", 0))
        first = min([(when, who) for size, when, who in seen if size > index], default=(seconds, ""))
        if seconds > datetime.now(timezone.utc).timestamp() + CLOCKS:
            wrong.append(f"{what}, which lies in the future: a clock was wrong")
        elif seconds > first[0] + CLOCKS:
            wrong.append(f"{what}; {first[1]} had seen it at {_utc(first[0])}")
        if seconds < latest - CLOCKS:
            back.append(
                f"{what}, entry {before} before it at {events[before]['logged']}: the clock was set back, or one of "
                "the times is not true"
            )
        elif seconds < last[0] - CLOCKS:
            back.append(f"{what}; it was not among the first {last[2]} entries, which {last[1]} saw at {_utc(last[0])}")
        latest, before = max((latest, before), (seconds, index))
    for state, found in (("FAILED", wrong), ("note", back)):
        for sentence in found[:3]:
            bundle.told(state, sentence)
        if found[3:]:
            bundle.told(state, f"the same is to be said of {len(found) - 3} more entries")


def check(
    bundle: Bundle, keys: "list[str]", policy: "bytes | None", roots: "bytes | None", asked: "list[range] | None" = None
) -> None:
    """
    Check a bundle, and print what came of it.

    Parameters
    ----------
    bundle : Bundle
        [1]
    keys : list of str
        That are trusted for another reason than that they came with it. [1]
    policy : bytes or None
        A policy that is trusted. [1]
    roots : bytes or None
        Certificates that are trusted, in PEM; empty where none are, nothing where time stamps are not asked for. [1]
    asked : list of range, optional
        Entries that were asked for; all where it is not given. [1]

    Examples
    --------
    >>> check(Bundle(Path("no such folder"), False), [], None, None)
    FAILED       SHA256SUMS is missing, is no plain file, or is too large
    FAILED       policy is missing, is no plain file, or is too large
    """
    for part in (_check_sums, partial(_check_log, keys=keys, policy=policy, roots=roots, asked=asked)):
        try:
            part(bundle)
        except Wrong as wrong:
            bundle.told("FAILED", str(wrong))
        except (*STRANGE, subprocess.SubprocessError) as error:
            bundle.told("FAILED", f"the bundle cannot be read: {str(error) or type(error).__name__}")


def _check_log(
    bundle: Bundle, keys: "list[str]", policy: "bytes | None", roots: "bytes | None", asked: "list[range] | None"
) -> None:
    logs, witnesses, met = _policy(bundle.read("policy") if policy is None else policy)
    written = bundle.read("checkpoint")
    origin = _note(written)[0].split("\n")[0]
    given, own = [read_key(key) for key in keys], [key for key in logs if key[0] == origin]  # as tlog-policy asks for
    if not given and not own:
        raise Wrong(f"the policy names no key of the log {origin}: there a key signs for the log of its own name alone")
    there = _read_events(bundle)
    known, older, newest = _known_keys(bundle, there, given or own, origin)
    size, root, signed = open_checkpoint(written, known + witnesses)[1:]
    if newest and newest not in signed:
        raise Wrong(f"the checkpoint is signed by {_written(signed)}, not by the newest key {_written([newest])}")
    bundle.told("ok", f"the checkpoint of {origin}, {size} entries, is signed by {_written(signed)}")
    for name in sorted({key[0] for key in signed if key[2] == 1 and key[0] != origin}):
        bundle.told("note", f"the key {name} that you named has signed for the log of another name, {origin}")
    if not given and policy is None:
        bundle.told("not checked", "whose key it is: it came with the bundle. Say --key, with one you trust")
    manifest = json.loads(bundle.read("manifest.json"))
    if (manifest.get("origin"), manifest.get("size")) != (origin, size):
        raise Wrong("manifest.json names another log or another number of entries")
    bundle.told("note", "README, LISEZMOI and manifest.json are signed by nobody; what counts stands in entries/")
    if policy is None:
        bundle.told(
            "note", "which witnesses are asked for came with the bundle; --policy asks for those that you trust"
        )
    if witnesses and policy is None:
        bundle.told("not checked", "whose keys those of the witnesses are: they came with the bundle. Say --policy")
    if not met(signed):
        raise Wrong("the witnesses that the policy asks for have not countersigned")
    hashes = [_leaf_line(line) for line in bundle.read("leaves").decode("ascii", "replace").split("\n")[:-1]]
    if len(hashes) != size or root_of(hashes) != root:
        raise Wrong(f"the list of {len(hashes)} leaves does not lead to the root that is signed")
    bundle.told("ok", f"the list of all {size} leaves leads to the root that is signed: no leaf is left out of it")
    indices = _check_entries(bundle, there, root, hashes)
    bundle.told("ok", f"{len(there)} entries are what their leaves commit to, and are in the log")
    _tell_absent(bundle, there, hashes, asked)
    _tell_files(bundle, list(there.values()))
    for name in bundle.names("files"):
        if name != f"files/{hashlib.sha256(bundle.read(name)).hexdigest()}":
            raise Wrong(f"{name} is not what its name says")
    seen = _check_earlier(bundle, known + older + witnesses, (origin, size, root), roots)
    _check_times(bundle, there, seen)
    stamped = max([one[0] for one in seen if one[2].endswith(".tsr")], default=0)
    late = {one for one in indices if one >= stamped and (not stamped or there.get(one, {}).get("kind") != "key")}
    if roots is not None and (late or not stamped):
        bundle.told(
            "not checked",
            f"when it was: no stamp that openssl takes is over entries {_ranges(late)}. --without-time-stamps asks for "
            "none",
        )
    if not any(key[2] == 4 for key in signed):
        bundle.told(
            "note", "nobody has countersigned: a log written anew is seen only with a checkpoint kept elsewhere"
        )


def _tell_absent(
    bundle: Bundle, there: "dict[int, dict[str, Any]]", hashes: "list[bytes]", asked: "list[range] | None"
) -> None:
    """Contents that are not here: an entry says why, or whoever made the bundle chose, as a reader may have asked."""
    said: dict[object, set[int]] = {"redaction": set(), "correction": set()}
    for index, event in there.items():
        kind, one = event["kind"], event["data"]
        about = one.get("redacts" if kind == "redaction" else "withholds")
        leaf = f'{{"commit":"{one.get("commit")}","schema":"varne.leaf/v1"}}'.encode()
        if kind in said and type(about) is int and 0 <= about < index and hashes[about] == leaf_hash(leaf):
            said[kind].add(about)
    deleted = said["redaction"] - set(there)
    apart = said["correction"] - deleted - set(there)
    if deleted:
        bundle.told("ok", f"entries whose content was deleted, as other entries say: {_ranges(deleted)}")
    if apart:
        bundle.told("ok", f"entries whose content is withheld, as other entries say: {_ranges(apart)}")
    absent = set(range(len(hashes))) - set(there) - deleted - apart
    if asked is None and absent:
        here = _ranges({*there, *deleted, *apart}).replace(" ", "")
        bundle.told(
            "not checked",
            f"the content of entries {_ranges(absent)} is not in this bundle: whoever made it chose; "
            f"if you asked for these alone, say --entries {here}",
        )
        return
    wanted = {index for one in asked or () for index in range(one.start, min(one.stop, len(hashes)))}
    if asked is not None and max(one[-1] for one in asked) >= len(hashes):
        raise Wrong(
            f"entry {max(one[-1] for one in asked)} was asked for, and the log has {len(hashes)}, counted from 0"
        )
    if absent & wanted:
        bundle.told("FAILED", f"the content of entries {_ranges(absent & wanted)} was asked for, and is not here")
    if absent - wanted:
        bundle.told(
            "note",
            f"the content of entries {_ranges(absent - wanted)} was not asked for: what they say was not checked, "
            "a change of key too",
        )


def _ranges(numbers: "set[int]") -> str:
    """Numbers in order, those that follow one another as 7-9."""
    ordered = sorted(numbers)
    first = [one for one in ordered if one - 1 not in numbers]
    last = [one for one in ordered if one + 1 not in numbers]
    return ", ".join(map(lambda one, end: f"{one}" if one == end else f"{one}-{end}", first, last))


def _read_ranges(text: str) -> "list[range]":
    found = []
    for part in text.split(","):
        match = re.fullmatch(r"\s*(0|[1-9][0-9]{0,17})(?:-([1-9][0-9]{0,17}))?\s*", part, re.ASCII)
        one = range(int(match.group(1)), int(match.group(2) or match.group(1)) + 1) if match else range(0)
        if not one:
            raise Wrong(f"{text[:60]!r} is not written as numbers and ranges of entries, such as 0,5-9")
        found.append(one)
    return found


def _tell_files(bundle: Bundle, events: "list[dict[str, Any]]") -> None:
    """Files that entries name: no other is here, and answers with their numbers are."""
    files = [one for event in events for one in (*event["inputs"], *event["outputs"])]
    held = {name.split("/")[1] for name in bundle.names("files")}
    if strange := held - {one["sha256"] for one in files}:
        raise Wrong(f"files/{min(strange)} is named by no entry")
    for name in ("answer.json", "numbers.json"):
        if missing := {one["sha256"] for one in files if one["name"] == name} - held:
            bundle.told("not checked", f"{name}, which entries name by its hash, is not here: {min(missing)}")


def _leaf_line(line: str) -> bytes:
    if not re.fullmatch("[0-9a-f]{64}", line):
        raise Wrong(f"{line[:70]!r} in leaves is no hash in hexadecimal")
    return bytes.fromhex(line)


def _known_keys(
    bundle: Bundle, events: "dict[int, dict[str, Any]]", start: "list[Key]", origin: str
) -> "tuple[list[Key], list[Key], Key | None]":
    """
    Keys that may sign the newest checkpoint, keys that may have signed earlier ones, and the newest of all.

    The entries must tell one unbroken line of keys. From a key that is trusted to the next: only by a checkpoint that
    both signed. Keys before it count for earlier checkpoints alone, which must have grown into the newest.
    """
    line: list[Key] = []
    changes: list[tuple[int, Key, Key]] = []
    for index, event in events.items():
        if event["kind"] != "key":
            continue
        new, old = read_key(str(event["data"].get("vkey"))), event["data"].get("replaces")
        if line and (old is None or read_key(str(old)) != line[-1]):
            raise Wrong(
                f"entry {index} introduces a key that does not replace {_written(line[-1:])}, the key before it"
            )
        line += [new] if old is None or line else [read_key(str(old)), new]
        if {key[0] for key in line} != {origin}:
            raise Wrong(f"entry {index} introduces a key of another name than that of the log, {origin}")
        changes += [] if old is None else [(index, line[-2], new)]
    if not line:
        return start, [], None
    places = [place for place, key in enumerate(line) if key in start]
    if not places:
        raise Wrong(f"the log never had the key {_written(start)}; it tells of {_written(line)}")
    known = list(start)
    for index, old, new in changes:  # whichever key is trusted, a change that is here is one that both keys signed
        both = bundle.read(f"checkpoints/{index + 1}")
        for key in (old, new):
            open_checkpoint(both, [key])
    known += [new for _, _, new in changes if line.index(new) > max(places)]
    return known, line[: max(places)], line[-1]


def _written(keys: "list[Key]") -> str:
    return ", ".join(f"{key[0]} ({key[1].hex()})" for key in keys)


def main(words: "list[str] | None" = None) -> int:
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
    Not proved: that what was entered is true, that nothing was kept out, or who typed an entry.
    The same without Python: bash COMMANDS.sh
    1
    """
    call = argparse.ArgumentParser(prog="python3 -I verify.py", description="Checks a bundle of evidence.")
    call.add_argument("folder", nargs="?", default=str(Path(__file__).resolve().parent))
    call.add_argument("--key", action="append", default=[], help="public key that you trust; may be repeated")
    call.add_argument("--policy", help="file of a policy that you trust")
    call.add_argument("--authority", help="file with certificates (PEM) of a time-stamp authority that you trust")
    call.add_argument("--entries", help="numbers of the entries that you asked for, such as 0,5-9; all where not said")
    call.add_argument("--without-time-stamps", action="store_true", help="do not ask for time stamps")
    call.add_argument("--language", choices=("en", "fr"), default="en")
    asked = call.parse_args(words)
    bundle = Bundle(Path(asked.folder), asked.language == "fr")
    try:
        keys = [read_key(key) and key for key in asked.key]
        policy = Path(asked.policy).read_bytes() if asked.policy is not None else None
        roots = b"" if asked.authority is None else Path(asked.authority).read_bytes()
        if asked.authority is not None and b"-----BEGIN CERTIFICATE-----" not in roots:
            raise Wrong(f"{asked.authority} holds no certificate (PEM)")
        if zipfile.is_zipfile(bundle.folder):
            raise Wrong(f"{asked.folder} is a zip archive; unpack it first, and name the folder that comes out of it")
        entries = None if asked.entries is None else _read_ranges(asked.entries)
    except (Wrong, OSError, ValueError) as error:
        print(f"verify: {bundle.say(str(error))}", file=sys.stderr)
        return 2
    check(bundle, keys, policy, None if asked.without_time_stamps else roots, entries)
    verdicts = {
        "ok": "Everything was checked and holds.",
        "FAILED": "Something does not hold.",
        "not checked": "What could be checked holds; something could not be checked.",
    }
    print("\n" + bundle.say(verdicts[bundle.worst]))
    print(bundle.say("Not proved: that what was entered is true, that nothing was kept out, or who typed an entry."))
    print(bundle.say("The same without Python: bash COMMANDS.sh"))
    return EXIT[bundle.worst]


# --- What it says, in French: a line of English, the same in French; {} stands for what changes -----------------------
FRENCH: "dict[str, str]" = {}  # in a bundle: the sentences of verifier_fr.json
SAID = [
    (re.compile(re.escape(english).replace(r"\{\}", "(.*?)"), re.DOTALL), french) for english, french in FRENCH.items()
]


def _in_french(sentence: str, deep: int = 0) -> str:
    """A sentence in French, with the sentences that stand in it; what is not known stays as it is."""
    for english, french in SAID:
        found = english.fullmatch(sentence)
        if found and deep < 3:
            return french.format(*(_in_french(one, deep + 1) for one in found.groups()))
    return sentence


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that has not all signs is no fault of the bundle
    sys.exit(main())
