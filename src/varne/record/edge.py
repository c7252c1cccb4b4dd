"""
The edge of a growing log: the hashes that its next tiles continue.

    level 0   hashes of leaves after the last full tile       up to 255
    level 1   roots of full tiles after the last full one     up to 255
    ...

All that a log needs to take the next entry, and to know its root, is these few.
"""

from collections.abc import Callable

from varne.errors import BadRecord
from varne.record.tiles import WIDTH, Tile
from varne.record.tree import root_of

_HASH_SIZE = 32  # SHA-256


class Edge:
    """Hashes at the right edge of a log."""

    def __init__(self, size: int, levels: list[list[bytes]]) -> None:
        self.size = size
        self._levels = levels

    def copy(self) -> "Edge":
        """
        Return an edge that grows by itself.

        Returns
        -------
        Edge

        Examples
        --------
        >>> Edge(0, []).copy().size
        0
        """
        return Edge(self.size, [list(level) for level in self._levels])

    def root(self) -> bytes:
        """
        Return the root of the log.

        Returns
        -------
        bytes

        Examples
        --------
        >>> edge = Edge(0, [])
        >>> edge.grow([bytes(32)])
        [(Tile(level=0, index=0, width=1), b'...')]
        >>> edge.root() == bytes(32)
        True
        """
        last: list[bytes] = []
        for level in self._levels:
            hashes = [*level, *last]
            last = [root_of(hashes)] if hashes else []
        return last[0] if last else root_of([])

    def grow(self, leaves: list[bytes]) -> list[tuple[Tile, bytes]]:
        """
        Take more leaves, and return the tiles that hold them.

        Parameters
        ----------
        leaves : list of bytes
            Their hashes. [1]

        Returns
        -------
        list of (Tile, bytes)
            Every tile that is new, with its content, the lowest level first.

        Examples
        --------
        >>> [tile.path for tile, _ in Edge(0, []).grow([bytes(32)] * 257)]
        ['tile/0/000', 'tile/0/001.p/1', 'tile/1/000.p/1']
        """
        found: list[tuple[Tile, bytes]] = []
        level, rising, before = 0, leaves, self.size
        self.size += len(leaves)
        while rising:
            if level == len(self._levels):
                self._levels.append([])
            hashes = self._levels[level] + rising
            index = before // WIDTH
            full = len(hashes) // WIDTH
            tiles = [hashes[place * WIDTH : (place + 1) * WIDTH] for place in range(full)]
            rest = hashes[full * WIDTH :]
            found += [(Tile(level, index + place), b"".join(tile)) for place, tile in enumerate(tiles)]
            if rest:
                found.append((Tile(level, index + full, len(rest)), b"".join(rest)))
            self._levels[level] = rest
            level, rising, before = level + 1, [root_of(tile) for tile in tiles], index
        return found


def edge_of(size: int, read_tile: Callable[[Tile], bytes]) -> Edge:
    """
    Read the edge of a log from its tiles.

    Parameters
    ----------
    size : int
        Entries. [1]
    read_tile : callable
        Hashes of a tile, or more. [1]

    Returns
    -------
    Edge

    Raises
    ------
    BadRecord
        If a tile is cut off.

    Examples
    --------
    >>> edge_of(1, lambda tile: bytes(32)).root() == bytes(32)
    True
    """
    levels: list[list[bytes]] = []
    rest = size
    while rest:
        index, width = divmod(rest, WIDTH)
        levels.append(hashes_of(Tile(len(levels), index, width), read_tile) if width else [])
        rest = index
    return Edge(size, levels)


def hashes_of(tile: Tile, read_tile: Callable[[Tile], bytes]) -> list[bytes]:
    """
    Read the hashes of a tile.

    Parameters
    ----------
    tile : Tile
        [1]
    read_tile : callable
        Its content, or that of the full tile it became. [1]

    Returns
    -------
    list of bytes

    Raises
    ------
    BadRecord
        If it is cut off.

    Examples
    --------
    >>> hashes_of(Tile(0, 0, 2), lambda tile: bytes(64)) == [bytes(32), bytes(32)]
    True
    """
    content = read_tile(tile)
    if len(content) < tile.width * _HASH_SIZE:
        raise BadRecord(f"{tile.path} holds {len(content)} bytes; {tile.width * _HASH_SIZE} were expected.")
    return [content[place * _HASH_SIZE : (place + 1) * _HASH_SIZE] for place in range(tile.width)]


def subtree_from(size: int, read_tile: Callable[[Tile], bytes]) -> Callable[[int, int], bytes]:
    """
    Return the roots of ranges of leaves, read from as few tiles as there can be.

    Parameters
    ----------
    size : int
        Of the log. [1]
    read_tile : callable
        Content of a tile. [1]

    Returns
    -------
    callable
        From the first leaf of a range and the first after it, as proofs divide a tree, to the root of those between.

    Examples
    --------
    >>> subtree_from(1, lambda tile: bytes(32))(0, 1) == bytes(32)
    True
    """
    kept: dict[Tile, list[bytes]] = {}

    def _whole(start: int, height: int) -> bytes:
        level, within = divmod(height, WIDTH.bit_length() - 1)
        unit = WIDTH**level
        index, place = divmod(start // unit, WIDTH)
        full = (size // unit) // WIDTH
        tile = Tile(level, index, WIDTH if index < full else (size // unit) % WIDTH)
        if tile not in kept:
            kept[tile] = hashes_of(tile, read_tile)
        return root_of(kept[tile][place : place + 2**within])

    def _subtree(start: int, end: int) -> bytes:
        roots: list[bytes] = []
        while start < end:  # whole subtrees, the largest first
            height = (end - start).bit_length() - 1
            roots.append(_whole(start, height))
            start += 2**height
        return _joined(roots)

    return _subtree


def _joined(roots: list[bytes]) -> bytes:
    """Subtrees of falling size hang each to the right of the one before: fold from the right."""
    found = roots[-1]
    for root in reversed(roots[:-1]):
        found = root_of([root, found])
    return found
