"""A log read by the specification alone, as slowly and plainly as it can be, to hold the fast code against."""

import base64
import hashlib
import json
import re
import struct
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

WIDTH = 256


@dataclass
class Found:
    """What a folder holds, once all of it was checked."""

    size: int
    leaves: list[bytes]
    bodies: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)  # given away
    withheld: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)


_parsed = lru_cache(10_000)(json.loads)  # the same entries are read again and again


def root(hashes: list[bytes]) -> bytes:
    return _root(tuple(hashes))


@lru_cache(10_000)
def _root(hashes: tuple[bytes, ...]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while 2 * split < len(hashes):
        split *= 2
    return hashlib.sha256(b"\x01" + _root(hashes[:split]) + _root(hashes[split:])).digest()


def leaf_hashes(leaves: list[bytes]) -> list[bytes]:
    return [hashlib.sha256(b"\x00" + leaf).digest() for leaf in leaves]


def read_log(disk, folder: Path, verifier) -> Found:
    """Read all of a log and check it; an AssertionError says what is wrong."""
    written = disk.read(folder / "checkpoint").decode()
    text, signature = written.split("\n\n")
    _, size, hashed = text.split("\n")
    name, signed = signature.removeprefix("— ").removesuffix("\n").split(" ")
    assert name == verifier.name
    assert verifier.verifies(f"{text}\n".encode(), base64.b64decode(signed)[4:]), "the signature is not the key's"
    files = {path.relative_to(folder).as_posix(): disk.read(path) for path in disk.files(folder)}
    assert not [path for path in files if path.endswith(".writing")], "a draft is left"
    leaves = _leaves(files, int(size))
    hashes = leaf_hashes(leaves)
    assert root(hashes) == base64.b64decode(hashed), "the leaves do not lead to the root"
    _check_tiles(files, hashes)
    found = Found(int(size), leaves, _bodies(files, "bodies/"), _bodies(files, "withheld/"))
    _check_bodies(found)
    return found


def _leaves(files: dict[str, bytes], size: int) -> list[bytes]:
    """Of the widest bundles; narrower ones must begin alike, and none may hold more than the log has."""
    found: dict[int, list[bytes]] = {}
    for path, content in files.items():
        match = re.fullmatch(r"tile/entries/([x0-9/]+)(?:\.p/(\d+))?", path)
        if match:
            index, width = _number(match[1]), int(match[2] or WIDTH)
            bundle = _unpacked(content)
            assert len(bundle) == width, f"{path} holds {len(bundle)}"
            assert index * WIDTH + width <= size, f"{path} is beyond {size}"
            wide, narrow = sorted((bundle, found.get(index, [])), key=len, reverse=True)
            assert wide[: len(narrow)] == narrow, f"{path} is not how it was before"
            found[index] = wide
    leaves = [leaf for index in sorted(found) for leaf in found[index]]
    assert [len(found[index]) for index in sorted(found)[:-1]] == [WIDTH] * (len(found) - 1)
    assert len(leaves) == size, f"{len(leaves)} leaves of {size}"
    return leaves


def _unpacked(content: bytes) -> list[bytes]:
    found = []
    while content:
        (length,) = struct.unpack(">H", content[:2])
        found.append(content[2 : 2 + length])
        assert len(found[-1]) == length
        content = content[2 + length :]
    return found


def _check_tiles(files: dict[str, bytes], hashes: list[bytes]) -> None:
    """Every tile holds what it should, and the widest of each are there."""
    there: dict[tuple[int, int], int] = {}
    levels = [hashes]
    while levels[-1]:
        full = len(levels[-1]) // WIDTH
        levels.append([root(levels[-1][place * WIDTH : (place + 1) * WIDTH]) for place in range(full)])
    for path, content in files.items():
        match = re.fullmatch(r"tile/(\d+)/([x0-9/]+)(?:\.p/(\d+))?", path)
        if match:
            level, index, width = int(match[1]), _number(match[2]), int(match[3] or WIDTH)
            expected = levels[level][index * WIDTH : index * WIDTH + width]
            assert len(expected) == width, f"{path} is beyond {len(hashes)}"
            assert content == b"".join(expected), f"{path} holds other hashes"
            there[level, index] = max(width, there.get((level, index), 0))
    wanted = {
        (level, place // WIDTH): min(WIDTH, len(every) - place)
        for level, every in enumerate(levels)
        for place in range(0, len(every), WIDTH)
    }
    assert there == wanted


def _bodies(files: dict[str, bytes], home: str) -> dict[int, tuple[bytes, bytes]]:
    """A part that became one with others may still lie beside them: then it says the same."""
    found: dict[int, tuple[bytes, bytes]] = {}
    for path, content in files.items():
        if path.startswith(home):
            assert content.endswith(b"\n"), f"{path} is cut off"
            for line in content.splitlines():
                number, salt, event = line.split(b" ", 2)
                body = bytes.fromhex(salt.decode()), event
                assert found.setdefault(int(number), body) == body, f"two bodies of entry {int(number)}"
    return found


def _check_bodies(found: Found) -> None:
    """Every leaf commits to its body, and every event names the one before it."""
    assert not found.bodies.keys() & found.withheld.keys()
    bodies = found.bodies | found.withheld
    assert sorted(bodies) == list(range(found.size)), "bodies are missing, or there are too many"
    before = ""
    for index, leaf in enumerate(found.leaves):
        commit = _parsed(leaf)["commit"]
        salt, event = bodies[index]
        assert commit == "sha256:" + hashlib.sha256(salt + event).hexdigest(), f"body {index} is another"
        assert _parsed(event)["prev"] == before, f"entry {index} does not follow on the one before it"
        before = commit


def _number(path: str) -> int:
    return int(path.replace("x", "").replace("/", ""))
