"""A number about the world, with its spread, unit, source, date and grade."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from varne.draws import uniforms
from varne.errors import BadFact
from varne.units import UNITS, dimension, in_si

GRADES = ("measured", "published", "derived", "elicited", "assumed")  # from the strongest to the weakest
SHAPES = ("exact", "normal", "lognormal", "logit", "uniform", "loguniform", "choice")
_KEYS = {"says", "value", "low", "high", "shape", "unit", "source", "grade", "date", "neutral"}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIVE_PER_CENT = float(ndtri(0.95))  # standard normal quantile to which low and high refer


@dataclass(frozen=True, slots=True)
class Fact:
    """
    A number about the world: ``value`` is its median, ``low`` and ``high`` its 5 % and 95 % quantiles, in ``unit``.

    ``neutral`` is the value at which an option's number has no effect of its own, where there is one.
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

    @classmethod
    def read(cls, name: str, row: Mapping[str, Any]) -> "Fact":
        """
        Read one fact from a table of a facts file.

        Parameters
        ----------
        name : str
            Dotted name, for example ``"boat.speed"``. [1]
        row : mapping
            Keys ``says, value, low, high, shape, unit, source, grade, date`` and perhaps ``neutral``. [unit]

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
        for key in ("says", "value", "shape", "unit", "source", "grade", "date"):
            if key not in row or str(row[key]).strip() == "":
                raise BadFact(f"Fact {name} has no {key}; a number about the world needs one. Add {key} = ...")
        shape, unit, grade = str(row["shape"]), str(row["unit"]), str(row["grade"])
        if unit not in UNITS:
            raise BadFact(f"Fact {name} has unit {unit!r}; write one of {', '.join(sorted(UNITS))}.")
        if grade not in GRADES:
            raise BadFact(f"Fact {name} has grade {grade!r}; write one of {', '.join(GRADES)}.")
        if shape not in SHAPES:
            raise BadFact(f"Fact {name} has shape {shape!r}; write one of {', '.join(SHAPES)}.")
        if not _DATE.fullmatch(str(row["date"])[:10]):
            raise BadFact(
                f"Fact {name} has date {str(row['date'])!r}; write when it was last looked at, as 2026-11-25."
            )
        value, low, high, shape = _quantiles(name, row, shape)
        neutral = None if "neutral" not in row else _number(name, "neutral", row["neutral"])
        return cls(
            name, str(row["says"]), value, low, high, shape, unit, str(row["source"]), grade, str(row["date"]), neutral
        )

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

        References
        ----------
        Two-piece normal through three quantiles, on the scale its shape names: John (1982), Commun. Stat. 11:879.

        Examples
        --------
        >>> speed = Fact("boat.speed", "s", 5.0, 3.5, 8.0, "lognormal", "kn", "x", "assumed", "2026-11-25")
        >>> (speed.quantile(np.array([0.05, 0.5, 0.95])) / 0.514444).round(2)
        array([3.5, 5. , 8. ])
        """
        return in_si(1.0, self.unit) * self._in_unit(np.asarray(chance, dtype=np.float64))

    def _in_unit(self, chance: NDArray[np.float64]) -> NDArray[np.float64]:
        match self.shape:
            case "exact":
                return np.full(chance.shape, self.value)
            case "choice":
                return np.where(chance < self.value, 1.0, 0.0)
            case "uniform":
                return self.low + (self.high - self.low) * _stretched(chance)
            case "loguniform":
                return self.low * (self.high / self.low) ** _stretched(chance)
            case "normal":
                return _two_piece(self.low, self.value, self.high, chance)
            case "lognormal":
                return np.exp(_two_piece(math.log(self.low), math.log(self.value), math.log(self.high), chance))
            case _:
                drawn = _two_piece(_logit(self.low), _logit(self.value), _logit(self.high), chance)
                return 1.0 / (1.0 + np.exp(-drawn))

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
        return replace(self, value=self.neutral, low=self.neutral, high=self.neutral, shape="exact")


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


def _number(name: str, key: str, value: object) -> float:
    if not isinstance(value, bool) and isinstance(value, int | float):
        try:
            if math.isfinite(float(value)):
                return float(value)
        except OverflowError:
            pass
    raise BadFact(f"Fact {name} has {key} = {_shortly(value)}; write a finite number.")


def _shortly(value: object) -> str:
    return repr(value) if isinstance(value, str | float | bool) else f"{str(value)[:20]}..."


def _quantiles(name: str, row: Mapping[str, Any], shape: str) -> tuple[float, float, float, str]:
    unknown = row["value"] == "UNKNOWN"
    if shape in ("exact", "choice"):
        if unknown:
            raise BadFact(f"Fact {name} is {shape} and UNKNOWN; write its range with another shape.")
        if "low" in row or "high" in row:
            raise BadFact(f"Fact {name} is {shape} and has a range; take low and high away, or write another shape.")
        value = _number(name, "value", row["value"])
        if shape == "choice" and not 0.0 <= value <= 1.0:
            raise BadFact(f"Fact {name} is a choice with probability {value}; write a number from 0 to 1.")
        return value, value, value, shape
    for key in ("low", "high"):
        if key not in row:
            raise BadFact(f"Fact {name} has no {key}; a number that is not exact needs its 5 % and 95 % quantiles.")
    low, high = _number(name, "low", row["low"]), _number(name, "high", row["high"])
    if unknown:  # all that is known is the range: as wide as it can be
        shape = "loguniform" if shape in ("lognormal", "loguniform") else "uniform"
        value = math.sqrt(low * high) if shape == "loguniform" and low > 0 else (low + high) / 2
    else:
        value = _number(name, "value", row["value"])
        middle = math.sqrt(low * high) if shape == "loguniform" and low > 0 else (low + high) / 2
        if shape in ("uniform", "loguniform") and not math.isclose(value, middle, rel_tol=0.01):
            raise BadFact(f"Fact {name} is {shape} with value {value}; its median is {middle:g}: write that.")
    if not low <= value <= high or low == high:
        raise BadFact(f"Fact {name} has low {low}, value {value}, high {high}; they must rise in this order.")
    if shape in ("lognormal", "loguniform") and low <= 0:
        raise BadFact(f"Fact {name} is {shape} with low {low}; it must be above 0.")
    if shape == "logit" and not (low > 0 and high < 1):
        raise BadFact(f"Fact {name} is a share from {low} to {high}; both must lie between 0 and 1.")
    if shape in ("normal", "lognormal", "logit") and not low < value < high:
        raise BadFact(f"Fact {name} has low {low}, value {value}, high {high}; they must rise in this order.")
    return value, low, high, shape


def _logit(share: float) -> float:
    return math.log(share / (1.0 - share))


def _stretched(chance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Uniform numbers of which 5 % lie below 0 and 5 % above 1: low and high are quantiles of every shape."""
    return np.asarray(0.5 + (chance - 0.5) / 0.9, dtype=np.float64)


def _two_piece(low: float, middle: float, high: float, chance: NDArray[np.float64]) -> NDArray[np.float64]:
    score = ndtri(chance) / _FIVE_PER_CENT
    return np.asarray(middle + score * np.where(score < 0.0, middle - low, high - middle), dtype=np.float64)
