"""Folders written whole."""

import pytest

from varne.errors import BadInput
from varne.files.folder import need_folder, write_json, write_whole


def test_a_failure_leaves_what_was_there(tmp_path):
    """When one file cannot be written, no file has changed and no draft is left."""
    (tmp_path / "a.txt").write_text("before")

    def fail(path):
        raise RuntimeError("no ink")

    with pytest.raises(RuntimeError):
        write_whole(tmp_path, {"a.txt": lambda path: path.write_text("after"), "b.txt": fail})
    assert (tmp_path / "a.txt").read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_that_cannot_be_is_refused(tmp_path):
    """A file in the way is named, with the remedy."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadInput, match="name a folder"):
        write_whole(tmp_path / "file" / "out", {})


def test_json_refuses_what_json_has_not(tmp_path):
    """Not a number never reaches a file."""
    with pytest.raises(ValueError, match="JSON"):
        write_json({"a": float("nan")}, tmp_path / "a.json")


def test_a_folder_is_refused_before_the_work(tmp_path):
    """A file in the way, at any height, is told without anything being made; a folder to come is none in the way."""
    (tmp_path / "file").write_text("x")
    for way in (tmp_path / "file", tmp_path / "file" / "a" / "b"):
        with pytest.raises(BadInput, match="is no folder"):
            need_folder(way)
    need_folder(tmp_path / "new" / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
