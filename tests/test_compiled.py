"""How kernels are compiled: the cache is keyed by every source file."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from varne import compiled as module
from varne.compiled import cache_folder, compiled, sources_hash

SOURCES = Path(module.__file__).parent


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """Varne's sources, to be changed."""
    folder = tmp_path / "varne"
    shutil.copytree(SOURCES, folder, ignore=shutil.ignore_patterns("*.npz", "__pycache__"))
    monkeypatch.setattr(module, "_SOURCES", folder)
    return folder


def test_the_cache_key_changes_when_any_source_changes(copy):
    """One byte in any file, also in one that is only called, gives machine code of its own."""
    before = sources_hash()
    for path in sorted(copy.rglob("*.py")):
        text = path.read_bytes()
        path.write_bytes(text + b"#")
        assert sources_hash() != before, path
        path.write_bytes(text)
    assert sources_hash() == before


def test_the_cache_key_changes_with_names(copy):
    """A file that is renamed, added or taken away counts as a change."""
    before = sources_hash()
    (copy / "hazards" / "crush.py").rename(copy / "hazards" / "crash.py")
    renamed = sources_hash()
    (copy / "hazards" / "more.py").write_text('"""More."""\n')
    assert len({before, renamed, sources_hash()}) == 3


def test_the_cache_lies_where_it_is_told(monkeypatch, tmp_path):
    """VARNE_CACHE first, then the cache folder of the user."""
    monkeypatch.setenv("VARNE_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path / "varne" / sources_hash()
    monkeypatch.delenv("VARNE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "x"))
    assert cache_folder() == tmp_path / "x" / "varne" / sources_hash()


def test_an_edit_in_a_called_file_is_seen(tmp_path):
    """The promise itself: after an edit in a file that a kernel only calls, the kernel computes the new number."""
    folder = tmp_path / "src" / "varne"
    folder.mkdir(parents=True)
    shutil.copy(SOURCES / "compiled.py", folder / "compiled.py")
    (folder / "__init__.py").write_text("")
    (folder / "caller.py").write_text(
        "from varne.called import number\nfrom varne.compiled import compiled\n\n\n"
        "@compiled\ndef ask(x):\n    return number(x)\n"
    )
    found = []
    for factor in (2, 3):
        (folder / "called.py").write_text(
            f"from varne.compiled import compiled\n\n\n@compiled\ndef number(x):\n    return {factor} * x\n"
        )
        environment = {**os.environ, "PYTHONPATH": str(tmp_path / "src"), "VARNE_CACHE": str(tmp_path / "cache")}
        command = [sys.executable, "-B", "-c", "from varne.caller import ask; print(ask(10))"]
        found.append(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)
    assert found == ["20\n", "30\n"]


def test_arithmetic_is_strict():
    """No reordering, no flush to zero: the order written is the order computed, and dividing by zero is IEEE's."""

    @compiled
    def sums(a, b, c):
        return (a + b) + c, a + (b + c), a / (b + a)

    left, right, infinite = sums(1e16, -1e16, 1.0)
    assert (left, right) == (1.0, 0.0)
    assert infinite == float("inf")
