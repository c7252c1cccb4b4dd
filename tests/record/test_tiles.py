"""Promises about the tiles of a tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.errors import BadProof
from varne.record.tiles import WIDTH, Tile, new_tiles, tiles_of

SIZES = st.integers(0, 300_000)


@pytest.mark.parametrize(
    ("index", "path"),
    [
        (0, "000"),
        (7, "007"),
        (999, "999"),
        (1000, "x001/000"),
        (1234067, "x001/x234/067"),
        (10**9, "x001/x000/x000/000"),
    ],
)
def test_numbers_are_written_in_groups_of_three(index, path):
    """C2SP tlog-tiles gives 1,234,067 as x001/x234/067."""
    assert Tile(0, index).path == f"tile/0/{path}"


def test_a_tree_of_seventy_thousand_has_the_tiles_of_the_specification():
    """273 full and one of 112 at level 0, one full and one of 17 at level 1, one of width 1 at level 2."""
    widths = {level: [one.width for one in tiles_of(70_000) if one.level == level] for level in range(4)}
    assert widths == {0: [256] * 273 + [112], 1: [256, 17], 2: [1], 3: []}


@given(SIZES)
def test_every_entry_lies_in_one_tile_and_every_full_tile_in_one_above(size):
    """Widths of a level add up to the full tiles of the level below; no tile is empty."""
    below = size
    for level in range(5):
        widths = [one.width for one in tiles_of(size) if one.level == level]
        assert sum(widths) == below
        assert all(0 < width <= WIDTH for width in widths)
        below = sum(width == WIDTH for width in widths)


@given(SIZES, SIZES)
def test_what_is_new_and_what_was_there_are_all_there_is(one, other):
    """Full tiles stay as they are; only partial ones are left behind."""
    old, size = sorted((one, other))
    before, after, new = set(tiles_of(old)), set(tiles_of(size)), set(new_tiles(old, size))
    assert new == after - before
    assert all(tile.width < WIDTH for tile in before - after)


def test_a_log_only_grows():
    """A smaller log is no later state of a larger one."""
    with pytest.raises(BadProof, match="only grows"):
        new_tiles(5, 4)
