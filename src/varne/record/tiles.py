"""
Tiles: the hashes of a tree in files of up to 256, which never change once they are full (C2SP tlog-tiles v0.1.0).

A tile at level 0 holds hashes of leaves, one at level n the roots of full tiles of the level below. The last tile of a
level may be partial, and then says how wide it is; a partial tile is never hashed into the level above.

    70,000 entries    level 0: 273 full, one of 112      tile/0/000 to tile/0/272, tile/0/273.p/112
                      level 1: one full, one of 17       tile/1/000, tile/1/001.p/17
                      level 2: one of 1                  tile/2/000.p/1
"""

import re
from dataclasses import dataclass

from varne.errors import BadProof

WIDTH = 256  # hashes in a full tile
_GROUP = 1000  # of a number in a path: three digits
_PATH = re.compile(r"((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")
_HIGHEST = 63  # level of a tile


@dataclass(frozen=True, slots=True)
class Tile:
    """Which hashes a file holds: the level, the place in it, and how many there are."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """
        Return the path of the file within the log.

        Returns
        -------
        str

        References
        ----------
        C2SP tlog-tiles v0.1.0, "Merkle tree".

        Examples
        --------
        >>> Tile(0, 1234067).path, Tile(1, 1, 17).path
        ('tile/0/x001/x234/067', 'tile/1/001.p/17')
        """
        return f"tile/{self.level}/{number_path(self.index)}{_partial(self.width)}"

    @property
    def entries_path(self) -> str:
        """
        Return the path of the bundle of entries whose hashes a tile at level 0 holds.

        Returns
        -------
        str

        Examples
        --------
        >>> Tile(0, 0, 3).entries_path
        'tile/entries/000.p/3'
        """
        return f"tile/entries/{number_path(self.index)}{_partial(self.width)}"


def tiles_of(size: int) -> tuple[Tile, ...]:
    """
    Name the tiles of a tree, the lowest level first.

    Parameters
    ----------
    size : int
        Entries. [1]

    Returns
    -------
    tuple of Tile
        None of them empty.

    Examples
    --------
    >>> [(one.level, one.index, one.width) for one in tiles_of(257)]
    [(0, 0, 256), (0, 1, 1), (1, 0, 1)]
    """
    return new_tiles(0, size)


def new_tiles(old: int, size: int) -> tuple[Tile, ...]:
    """
    Name the tiles that a tree has and a smaller one had not; a partial tile that grows is another.

    Parameters
    ----------
    old, size : int
        Entries before and after. [1]

    Returns
    -------
    tuple of Tile
        The lowest level first.

    Raises
    ------
    BadProof
        If the tree shrinks.

    Examples
    --------
    >>> [one.path for one in new_tiles(255, 257)]
    ['tile/0/000', 'tile/0/001.p/1', 'tile/1/000.p/1']
    """
    if not 0 <= old <= size:
        raise BadProof(f"A log of {old} cannot become one of {size}; a log only grows.")
    found: list[Tile] = []
    level = 0
    while size:
        full, width = divmod(size, WIDTH)
        found += [Tile(level, index) for index in range(old // WIDTH, full)]
        if width and size != old:
            found.append(Tile(level, full, width))
        old, size, level = old // WIDTH, full, level + 1
    return tuple(found)


def _partial(width: int) -> str:
    return "" if width == WIDTH else f".p/{width}"


def number_path(index: int) -> str:
    """
    Write a number as files of a log are named: groups of three digits, all but the last with an x before it.

    Parameters
    ----------
    index : int
        From 0. [1]

    Returns
    -------
    str

    Examples
    --------
    >>> number_path(7), number_path(1234067)
    ('007', 'x001/x234/067')
    """
    groups = [f"{index % _GROUP:03d}"]
    while index >= _GROUP:
        index //= _GROUP
        groups.insert(0, f"x{index % _GROUP:03d}")
    return "/".join(groups)


def read_path(path: str) -> Tile | None:
    """
    Say which tile, or which bundle of entries, a path names.

    Parameters
    ----------
    path : str
        Within the log. [1]

    Returns
    -------
    Tile or None
        With level -1 where it is a bundle of entries; nothing where the path names neither.

    Examples
    --------
    >>> read_path("tile/0/x001/x234/067"), read_path("tile/entries/000.p/3"), read_path("tile/0/67")
    (Tile(level=0, index=1234067, width=256), Tile(level=-1, index=0, width=3), None)
    """
    start, _, rest = path.partition("/")
    level, _, number = rest.partition("/")
    found = _PATH.fullmatch(number)
    if start != "tile" or not found or not (level == "entries" or re.fullmatch("0|[1-9][0-9]?", level)):
        return None
    index = int(found[1].replace("/", "").replace("x", ""))
    width = int(found[2] or WIDTH)
    numbered = -1 if level == "entries" else int(level)
    plain = number_path(index) == found[1] and (width < WIDTH or not found[2]) and numbered <= _HIGHEST
    return Tile(numbered, index, width) if plain else None
