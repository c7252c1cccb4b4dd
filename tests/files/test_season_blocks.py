"""Promises about what is kept of an unfinished season."""

import json

import numpy as np
import pytest

from varne.errors import BadInput
from varne.files.season_blocks import Shelf, clear_shelf, open_shelf

BLOCKS = [(0, 3), (3, 5)]
BOOKS = {"weeks": np.arange(6.0).reshape(2, 3), "waits": np.array([[1, 2]])}


@pytest.fixture
def shelf(tmp_path):
    return open_shelf(tmp_path / "unfinished", "a season", BLOCKS)[0]


def the_file(shelf):
    (path,) = shelf.folder.glob("*.block")
    return path


def test_what_is_kept_comes_back(shelf):
    """Day and books, bit for bit; of a block of which nothing is kept, nothing."""
    shelf.write((0, 3), 32, BOOKS)
    day, books = shelf.read((0, 3))
    assert day == 32 and books.keys() == BOOKS.keys()
    assert all(np.array_equal(books[name], values) for name, values in BOOKS.items())
    assert shelf.read((3, 5)) is None


def test_the_last_counts(shelf):
    """A block is kept in place of what was kept before, and nothing else is left in the folder."""
    for day in (8, 16):
        shelf.write((0, 3), day, BOOKS)
    assert shelf.read((0, 3))[0] == 16
    assert {path.name for path in shelf.folder.iterdir()} == {"plan.json", "members-0-2.block"}


@pytest.mark.parametrize("length", [0, 1, 31, 40, 100, -1])
def test_what_is_half_written_is_not_there(shelf, length):
    """A file cut at any place is as if it had not been written."""
    shelf.write((0, 3), 32, BOOKS)
    path = the_file(shelf)
    path.write_bytes(path.read_bytes()[:length])
    assert shelf.read((0, 3)) is None


def test_what_was_changed_is_not_there(shelf):
    """One bit is enough."""
    shelf.write((0, 3), 32, BOOKS)
    whole = bytearray(the_file(shelf).read_bytes())
    for place in (0, len(whole) // 2, len(whole) - 1):
        other = bytearray(whole)
        other[place] ^= 1
        the_file(shelf).write_bytes(other)
        assert shelf.read((0, 3)) is None


def test_a_block_of_another_season_is_not_there(shelf):
    """A file that was copied from elsewhere is not taken for this season's, nor for another block."""
    shelf.write((0, 3), 32, BOOKS)
    assert Shelf(shelf.folder, "another").read((0, 3)) is None
    the_file(shelf).rename(shelf.folder / "members-3-4.block")
    assert shelf.read((3, 5)) is None


def test_a_season_is_divided_as_it_was_begun(shelf):
    """Whoever goes on may have more workers; the blocks stay."""
    assert open_shelf(shelf.folder, "a season", [(0, 5)])[1] == BLOCKS


def test_another_season_is_not_overwritten(shelf):
    """One sentence, and the folder as it was."""
    shelf.write((0, 3), 32, BOOKS)
    with pytest.raises(BadInput, match="holds another unfinished season"):
        open_shelf(shelf.folder, "another", BLOCKS)
    assert shelf.read((0, 3))[0] == 32


@pytest.mark.parametrize("text", ["", "[]", "{}", "no JSON", json.dumps({"blocks": []})])
def test_a_folder_of_somebody_else_is_left(tmp_path, text):
    """A plan.json that is not ours is neither read nor overwritten nor deleted."""
    (tmp_path / "plan.json").write_text(text)
    with pytest.raises(BadInput):
        open_shelf(tmp_path, "a season", BLOCKS)
    clear_shelf(tmp_path, "a season")
    assert (tmp_path / "plan.json").read_text() == text


def test_it_is_seen_where_it_is(shelf, tmp_path):
    """A computer that has not the same disk does not see the folder."""
    assert shelf.is_here()
    assert not Shelf(tmp_path / "elsewhere", "a season").is_here()


def test_a_full_disk_is_told(shelf):
    """A folder that has gone is one sentence."""
    clear_shelf(shelf.folder, "a season")
    with pytest.raises(BadInput, match="cannot keep what is computed"):
        shelf.write((0, 3), 32, BOOKS)
