"""Promises about the edge of a growing log."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record import twin

from varne.errors import BadRecord
from varne.record.edge import Edge, edge_of, hashes_of, subtree_from
from varne.record.tiles import Tile, new_tiles, tiles_of
from varne.record.tree import subtree_of

MOST = 70_000  # three levels of tiles
LEAVES = [hashlib.sha256(b"%d" % number).digest() for number in range(MOST)]


def grown(*batches):
    """An edge that has taken batches of leaves, and all the tiles that it gave."""
    edge, tiles, size = Edge(0, []), {}, 0
    for batch in batches:
        new = edge.grow(LEAVES[size : size + batch])
        assert [tile for tile, _ in new] == list(new_tiles(size, size + batch))
        tiles |= new
        size += batch
    return edge, tiles


def reader(tiles):
    """Content of a tile, or of the full one that it became."""
    return lambda tile: tiles.get(tile) or tiles[Tile(tile.level, tile.index)]


@given(st.lists(st.integers(0, 600), max_size=6))
def test_the_root_of_the_edge_is_the_root_of_the_tree(batches):
    """However the leaves came: RFC 6962 word for word, over all of them."""
    edge, _ = grown(*batches)
    assert edge.size == sum(batches)
    assert edge.root() == twin.root(LEAVES[: edge.size])


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 65_535, 65_536, 65_537, MOST])
def test_tiles_fill_on_three_levels(size):
    """At the sizes where a level begins; all at once, or the last by itself."""
    edge, tiles = grown(size)
    assert edge.root() == twin.root(LEAVES[:size])
    assert set(tiles) == set(tiles_of(size))
    assert all(len(content) == 32 * tile.width for tile, content in tiles.items())
    if size:
        assert grown(size - 1, 1)[0].root() == edge.root()


def test_tiles_of_every_level_go_on_where_they_were():
    """The second tile at level 1 begins with entry 65,536."""
    edge, tiles = grown(65_500, 36, 300, 300)
    assert edge.root() == twin.root(LEAVES[: edge.size])
    assert {Tile(1, 0), Tile(1, 1, 1), Tile(1, 1, 2), Tile(2, 0, 1)} <= tiles.keys()


@given(st.lists(st.integers(0, 600), max_size=6))
def test_the_edge_is_read_again_from_the_tiles_that_it_gave(batches):
    """After a crash the tiles are all there is; what was read grows on as what was in memory."""
    edge, tiles = grown(*batches)
    again = edge_of(edge.size, reader(tiles))
    assert again.root() == edge.root()
    more = LEAVES[edge.size : edge.size + 300]
    assert again.grow(more) == edge.grow(more)
    assert again.root() == edge.root()


def test_a_copy_grows_by_itself():
    """A batch that fails leaves the edge as it was."""
    edge, _ = grown(300)
    root, copy = edge.root(), edge.copy()
    copy.grow(LEAVES[300:700])
    assert (edge.size, edge.root()) == (300, root)
    assert (copy.size, copy.root()) == (700, twin.root(LEAVES[:700]))


@given(st.integers(1, 2000), st.data())
def test_roots_of_ranges_are_those_of_the_leaves(size, data):
    """Any range that proofs ask for: it begins at a multiple of a power of two no smaller than its length."""
    _, tiles = grown(size)
    height = data.draw(st.integers(0, 10))
    start = data.draw(st.integers(0, (size - 1) >> height)) << height
    end = data.draw(st.integers(start + 1, min(start + 2**height, size)))
    assert subtree_from(size, reader(tiles))(start, end) == subtree_of(LEAVES)(start, end)


def test_a_large_tree_is_proved_from_few_tiles():
    """The root of 70,000 leaves needs the five tiles at its edge, not the 275 of all."""
    _, tiles = grown(MOST)
    asked = []
    subtree = subtree_from(MOST, lambda tile: asked.append(tile) or tiles[tile])
    assert subtree(0, MOST) == twin.root(LEAVES[:MOST])
    assert len(asked) <= 5


def test_a_tile_that_is_cut_off_is_refused_by_name():
    """With how long it is and should be."""
    with pytest.raises(BadRecord, match=r"tile/1/002\.p/3 holds 95 bytes; 96 were expected\."):
        hashes_of(Tile(1, 2, 3), lambda tile: bytes(95))
    with pytest.raises(BadRecord, match="holds 0 bytes"):
        edge_of(257, lambda tile: b"")
