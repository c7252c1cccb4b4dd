"""
How kernels are compiled: plain scalar functions, strict arithmetic, and a cache that never serves a stale one.

A compiled function has no types of its own for mypy: Numba infers those of its arguments at the call, and records of
structured arrays have no type that could be checked. Its docstring gives shapes and units, and the tests run it
compiled and interpreted.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numba

Function = TypeVar("Function", bound=Callable[..., object])

_SOURCES = Path(__file__).parent


def sources_hash() -> str:
    """
    Name the state of every source file of Varne: a kernel is compiled again when any of them changes.

    Numba stamps a cached kernel with the file it stands in, not with the files it calls, so an edit in a called file
    would run the old machine code. The cache of each state of the sources is therefore a folder of its own.

    Returns
    -------
    str
        16 hexadecimal digits. [1]

    Examples
    --------
    >>> len(sources_hash())
    16
    """
    digest = hashlib.blake2b(numba.__version__.encode(), digest_size=8)
    for path in sorted(_SOURCES.rglob("*.py")):
        digest.update(path.relative_to(_SOURCES).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def cache_folder() -> Path:
    """
    Return the folder in which this state of the sources keeps its machine code.

    Returns
    -------
    Path
        Below ``VARNE_CACHE``, else below the user's cache folder.

    Examples
    --------
    >>> cache_folder().name == sources_hash()
    True
    """
    home = os.environ.get("VARNE_CACHE") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "varne" / sources_hash()


numba.config.CACHE_DIR = str(cache_folder())  # type: ignore[attr-defined]  # its stubs do not know the folder of its cache


def compiled(function: Function) -> Function:
    """
    Compile a plain scalar function, with IEEE arithmetic in the order written, and keep the result on disk.

    A kernel allocates nothing: arrays are handed in. So Numba need not count references to them, which would cost more
    than the arithmetic (measured: the voyage kernel then took 2.4 times as long).

    Parameters
    ----------
    function : callable
        Takes numbers and arrays, calls only other compiled functions. [1]

    Returns
    -------
    callable
        The same function, fast; ``.py_func`` is the one written. [1]

    Examples
    --------
    >>> @compiled
    ... def twice(x):
    ...     return 2 * x
    >>> twice(3)
    6
    """
    in_a_file = Path(function.__code__.co_filename).exists()
    decorate: Callable[[Function], Function] = numba.njit(  # type: ignore[call-overload]  # its stubs do not know `_nrt`
        cache=in_a_file, error_model="numpy", fastmath=False, nogil=True, _nrt=False
    )
    return decorate(function)


def inlined(function: Function) -> Function:
    """
    Compile a function that is called at every step into the place that calls it: nothing is copied to call it.

    Parameters
    ----------
    function : callable
        As for :func:`compiled`. [1]

    Returns
    -------
    callable
        The same function, fast. [1]

    Examples
    --------
    >>> @inlined
    ... def thrice(x):
    ...     return 3 * x
    >>> thrice(3)
    9
    """
    in_a_file = Path(function.__code__.co_filename).exists()
    decorate: Callable[[Function], Function] = numba.njit(  # type: ignore[call-overload]  # its stubs do not know `_nrt`
        cache=in_a_file, error_model="numpy", fastmath=False, nogil=True, _nrt=False, forceinline=True
    )
    return decorate(function)
