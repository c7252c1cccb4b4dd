"""A number about the world, with its spread, unit, source, date and grade."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from varne.distribution import Distribution, finite_number, read_distribution
from varne.draws import uniforms
from varne.errors import BadFact
from varne.units import UNITS, dimension, in_si

GRADES = ("measured", "published", "derived", "elicited", "assumed")  # from the strongest to the weakest
_KEYS = {"says", "value", "low", "high", "shape", "unit", "source", "grade", "date", "neutral", "parts"}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Fact:
    """
    A number about the world: ``value`` is its median, ``low`` and ``high`` its 5 % and 95 % quantiles, in ``unit``.

    ``neutral`` is the value at which an option's number has no effect of its own, where there is one. ``parts`` are
    the views of which a pool is made, each in ``unit``.
    """

    name: str
    says: str
    value: float
    low: float
    high: float
    shape: str
    unit: str
    source: str
    grade: str
    date: str
    neutral: float | None = None
    parts: tuple[Distribution, ...] = ()

    @classmethod
    def read(cls, name: str, row: Mapping[str, Any]) -> "Fact":
        """
        Read one fact from a table of a facts file.

        Parameters
        ----------
        name : str
            Dotted name, for example ``"boat.speed"``. [1]
        row : mapping
            Keys ``says, value, low, high, shape, unit, source, grade, date`` and perhaps ``neutral``; a pool has
            ``parts`` in place of the three numbers. [unit]

        Returns
        -------
        Fact
            Checked.

        Raises
        ------
        BadFact
            If anything is missing, unknown, or out of order.

        Examples
        --------
        >>> Fact.read("boat.speed", {"says": "s", "value": 5, "low": 3.5, "high": 7, "shape": "lognormal",
        ...     "unit": "kn", "source": "Expert prior", "grade": "assumed", "date": "2026-11-25"}).high
        7.0
        """
        if extra := sorted(set(row) - _KEYS):
            raise BadFact(f"Fact {name} has a field {extra[0]!r}; the fields are {', '.join(sorted(_KEYS))}.")
        for key in ("says", "shape", "unit", "source", "grade", "date"):
            if key not in row or str(row[key]).strip() == "":
                raise BadFact(f"Fact {name} has no {key}; a number about the world needs one. Add {key} = ...")
        unit, grade = str(row["unit"]), str(row["grade"])
        if unit not in UNITS:
            raise BadFact(f"Fact {name} has unit {unit!r}; write one of {', '.join(sorted(UNITS))}.")
        if grade not in GRADES:
            raise BadFact(f"Fact {name} has grade {grade!r}; write one of {', '.join(GRADES)}.")
        if not _DATE.fullmatch(str(row["date"])[:10]):
            raise BadFact(
                f"Fact {name} has date {str(row['date'])!r}; write when it was last looked at, as 2026-11-25."
            )
        known = read_distribution(name, row)
        neutral = None if "neutral" not in row else finite_number(name, "neutral", row["neutral"])
        return cls(
            name=name, says=str(row["says"]), value=known.value, low=known.low, high=known.high, shape=known.shape,
            unit=unit, source=str(row["source"]), grade=grade, date=str(row["date"]), neutral=neutral,
            parts=known.parts,
        )  # fmt: skip

    @property
    def distribution(self) -> Distribution:
        """
        Return what is known of the number, in its own unit.

        Returns
        -------
        Distribution

        Examples
        --------
        >>> Fact("a.b", "s", 5.0, 3.5, 8.0, "lognormal", "kn", "x", "assumed", "2026-11-25").distribution.high
        8.0
        """
        return Distribution(self.value, self.low, self.high, self.shape, self.parts)

    def quantile(self, chance: NDArray[np.float64]) -> NDArray[np.float64]:
        """
        Turn uniform numbers into draws of this fact.

        Parameters
        ----------
        chance : array, shape (draw,)
            Uniform on (0, 1). [1]

        Returns
        -------
        array, shape (draw,)
            In SI, temperatures in degrees Celsius. [SI]

        Examples
        --------
        >>> speed = Fact("boat.speed", "s", 5.0, 3.5, 8.0, "lognormal", "kn", "x", "assumed", "2026-11-25")
        >>> (speed.quantile(np.array([0.05, 0.5, 0.95])) / 0.514444).round(2)
        array([3.5, 5. , 8. ])
        """
        return in_si(1.0, self.unit) * self.distribution.quantile(np.asarray(chance, dtype=np.float64))

    def made_neutral(self) -> "Fact":
        """
        Return this fact without an effect of its own.

        Returns
        -------
        Fact
            Exactly its neutral value; unchanged where it has none.

        Examples
        --------
        >>> Fact("a.b", "s", 5.0, 3.5, 8.0, "lognormal", "1", "x", "assumed", "2026", neutral=1.0).made_neutral().value
        1.0
        """
        if self.neutral is None:
            return self
        return replace(self, value=self.neutral, low=self.neutral, high=self.neutral, shape="exact", parts=())


def draw(fact: Fact, draws: int, seed: int) -> NDArray[np.float64]:
    """
    Draw a fact once for each epistemic draw; its name decides the numbers, so other facts never move them.

    Parameters
    ----------
    fact : Fact
        What is not known. [unit]
    draws : int
        How many. [1]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    array, shape (draw,)
        In SI. [SI]

    Examples
    --------
    >>> speed = Fact("boat.speed", "s", 5.0, 3.5, 8.0, "lognormal", "kn", "x", "assumed", "2026-11-25")
    >>> bool((draw(speed, 3, 1) == draw(speed, 5, 1)[:3]).all())
    True
    """
    return fact.quantile(uniforms(f"fact {fact.name}", draws, seed))


def check_same_dimension(name: str, unit: str, expected: str) -> None:
    """
    Refuse a fact whose unit measures something else than the number it replaces.

    Parameters
    ----------
    name : str
        The fact. [1]
    unit, expected : str
        Its unit, and the unit of the number it replaces. [1]

    Raises
    ------
    BadFact
        If they measure different things.

    Examples
    --------
    >>> check_same_dimension("boat.speed", "kg", "kn")
    Traceback (most recent call last):
    varne.errors.BadFact: Fact boat.speed has unit 'kg', which measures mass; it must be a speed, for example 'kn'.
    """
    if dimension(unit) != dimension(expected):
        raise BadFact(
            f"Fact {name} has unit {unit!r}, which measures {dimension(unit)}; "
            f"it must be a {dimension(expected)}, for example {expected!r}."
        )
