"""Facts that are drawn together: what one calibration says of several facts holds for them only jointly."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from varne.errors import BadFact
from varne.evidence import GRADES

_KEYS = ("says", "names", "correlation", "source", "grade", "date")
_ROUNDING = 1e-9  # by which a written matrix may miss its own symmetry; our choice


@dataclass(frozen=True, slots=True)
class Together:
    """Facts whose normal scores are correlated; each keeps the distribution that its own table gives it."""

    says: str
    names: tuple[str, ...]
    correlation: tuple[tuple[float, ...], ...]  # of the normal scores, (name, name) [1]
    source: str
    grade: str
    date: str

    def without(self, names: Collection[str]) -> "Together":
        """
        Return the same correlations with some facts left out: the others keep theirs among themselves.

        Parameters
        ----------
        names : collection of str
            Facts that are now known in another way. [1]

        Returns
        -------
        Together

        Examples
        --------
        >>> pair = Together("s", ("a.b", "c.d"), ((1.0, 0.5), (0.5, 1.0)), "x", "derived", "2026-11-25")
        >>> pair.without(["a.b"]).names
        ('c.d',)
        """
        kept = [place for place, name in enumerate(self.names) if name not in names]
        return replace(
            self,
            names=tuple(self.names[place] for place in kept),
            correlation=tuple(tuple(self.correlation[row][place] for place in kept) for row in kept),
        )

    def correlated(self, alone: Mapping[str, NDArray[np.float64]]) -> dict[str, NDArray[np.float64]]:
        """
        Turn independent uniform numbers of these facts into correlated ones.

        Parameters
        ----------
        alone : mapping of str to array, shape (draw,)
            By the name of the fact, uniform on (0, 1); all of them, others are not looked at. [1]

        Returns
        -------
        dict of arrays, shape (draw,)
            By the name of the fact, uniform on (0, 1). [1]

        References
        ----------
        Gaussian copula: Nelsen (2006), An Introduction to Copulas, section 2.

        Examples
        --------
        >>> pair = Together("s", ("a.b", "c.d"), ((1.0, 0.9), (0.9, 1.0)), "x", "derived", "2026-11-25")
        >>> drawn = pair.correlated({name: uniforms(name, 1000, 1) for name in pair.names})
        >>> bool(np.corrcoef(drawn["a.b"], drawn["c.d"])[0, 1] > 0.8)
        True
        """
        if not self.names:
            return {}
        scores = np.array([ndtri(alone[name]) for name in self.names])
        # Summed number by number in the order of the names: a product of matrices may round by how many are drawn.
        sums = np.zeros_like(scores)
        for column, one in zip(np.linalg.cholesky(np.array(self.correlation)).T, scores, strict=True):
            sums += column[:, np.newaxis] * one
        return dict(zip(self.names, _inside(ndtr(sums)), strict=True))

    def holding(
        self, name: str, chance: float, drawn: Mapping[str, NDArray[np.float64]]
    ) -> dict[str, NDArray[np.float64]]:
        """
        Hold one fact at a quantile: what is drawn together with it follows, as its correlation says.

        Parameters
        ----------
        name : str
            One of these facts. [1]
        chance : float
            Its quantile, on (0, 1). [1]
        drawn : mapping of str to array, shape (draw,)
            From :meth:`correlated`. [1]

        Returns
        -------
        dict of arrays, shape (draw,)
            Draws of the joint distribution given that number. [1]

        References
        ----------
        Conditioning of normal numbers by their residuals: Journel and Huijbregts (1978), Mining Geostatistics, VII.A.

        Examples
        --------
        >>> pair = Together("s", ("a.b", "c.d"), ((1.0, 0.9), (0.9, 1.0)), "x", "derived", "2026-11-25")
        >>> drawn = pair.correlated({name: uniforms(name, 1000, 1) for name in pair.names})
        >>> held = pair.holding("a.b", 0.95, drawn)
        >>> bool((held["a.b"] == 0.95).all()), bool(held["c.d"].mean() > 0.8)
        (True, True)
        """
        along = self.correlation[self.names.index(name)]
        moved = ndtri(chance) - ndtri(drawn[name])
        held = {
            other: _inside(ndtr(ndtri(drawn[other]) + weight * moved))
            for other, weight in zip(self.names, along, strict=True)
        }
        return {**held, name: np.full(len(moved), chance)}


def _inside(chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Never 0 or 1, at which a quantile may be infinite."""
    return np.clip(chances, np.nextafter(0.0, 1.0), np.nextafter(1.0, 0.0))


NOTHING = Together("Every fact by itself", (), (), "none", "assumed", "2026-11-25")


def read_together(text: str, origin: str) -> Together:
    """
    Read a table of facts that are drawn together.

    Parameters
    ----------
    text : str
        TOML with ``says, names, correlation, source, grade, date``. [1]
    origin : str
        The file's name, for the errors. [1]

    Returns
    -------
    Together

    Raises
    ------
    BadFact
        If anything is missing, or if the matrix is no matrix of correlations.

    Examples
    --------
    >>> text = 'says = "s"\\nnames = ["a.b"]\\ncorrelation = [[2.0]]\\nsource = "x"\\ngrade = "derived"\\n'
    >>> read_together(text + "date = 2026-11-25", "together.toml")
    Traceback (most recent call last):
    varne.errors.BadFact: Table together.toml has a correlation of 2.0 of a.b with itself; it is 1.
    """
    try:
        row = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadFact(f"Table {origin} is not TOML: {error}. Mend that line.") from None
    for key in _KEYS:
        if not row.get(key):
            raise BadFact(f"Table {origin} has no {key}; facts that are drawn together need one. Add {key} = ...")
    if row["grade"] not in GRADES:
        raise BadFact(f"Table {origin} has grade {row['grade']!r}; write one of {', '.join(GRADES)}.")
    names = tuple(str(name) for name in row["names"])
    if len(set(names)) < len(names):
        raise BadFact(f"Table {origin} names {max(names, key=names.count)} twice; name each fact once.")
    correlation = _matrix(row, names, origin)
    return Together(str(row["says"]), names, correlation, str(row["source"]), str(row["grade"]), str(row["date"]))


def _matrix(row: Mapping[str, Any], names: tuple[str, ...], origin: str) -> tuple[tuple[float, ...], ...]:
    rows = row["correlation"]
    for name, one in zip(names, rows, strict=False):
        if len(one) != len(names):
            raise BadFact(
                f"Table {origin} has {len(one)} correlations of {name} for {len(names)} names; write them all."
            )
    if len(rows) != len(names):
        raise BadFact(
            f"Table {origin} has {len(rows)} rows of correlations for {len(names)} names; write one for each."
        )
    matrix = np.array(rows, dtype=np.float64)
    for place, name in enumerate(names):
        if matrix[place, place] != 1.0:
            raise BadFact(f"Table {origin} has a correlation of {matrix[place, place]} of {name} with itself; it is 1.")
    uneven = np.argwhere(~(np.abs(matrix - matrix.T) <= _ROUNDING))
    if len(uneven):
        one, other = uneven[0]
        raise BadFact(
            f"Table {origin} has {matrix[one, other]} for {names[one]} with {names[other]} and {matrix[other, one]} "
            "the other way round; write the same number twice."
        )
    lowest = float(np.linalg.eigvalsh(matrix).min())
    if lowest <= _ROUNDING:
        raise BadFact(
            f"Table {origin} has correlations that contradict each other (lowest eigenvalue {lowest:.3g}, it must be "
            "above 0); make them smaller."
        )
    return tuple(tuple(float(number) for number in one) for one in matrix)


@cache
def shipped_together() -> Together:
    """
    Read the facts that Varne draws together.

    Returns
    -------
    Together

    Examples
    --------
    >>> shipped_together().grade
    'derived'
    """
    text = resources.files("varne.facts").joinpath("together.toml").read_text(encoding="utf-8")
    return read_together(text, "together.toml")
