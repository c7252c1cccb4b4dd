"""What is known of a number: a distribution through its three quantiles, or a pool of several with equal weight."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from varne.errors import BadFact

Array = NDArray[np.float64]
SHAPES = ("exact", "normal", "lognormal", "logit", "uniform", "loguniform", "choice", "pool")
LOW, HIGH = 0.05, 0.95  # the quantiles that low and high are, by definition
_FIVE_PER_CENT = float(ndtri(HIGH))  # standard normal quantile to which low and high refer
_PART_KEYS = {"value", "low", "high", "shape", "source", "parts"}
_LARGEST = 1e15  # in its own unit; beyond, its extremes overflow; our choice
_ROUNDED = 1e-3  # by which a pool's written quantiles may miss its own, as a share of its range; our choice


@dataclass(frozen=True, slots=True)
class Distribution:
    """
    What is known of a number: ``value`` is the median, ``low`` and ``high`` the 5 % and 95 % quantiles.

    A pool is the mean of its ``parts`` (a linear opinion pool, each part with the same weight); its three numbers are
    the quantiles of that mean. ``source`` says whose view a part is.
    """

    value: float
    low: float
    high: float
    shape: str
    parts: tuple["Distribution", ...] = ()
    source: str = ""

    def quantile(self, chance: Array) -> Array:
        """
        Turn uniform numbers into draws.

        Parameters
        ----------
        chance : array, shape (draw,)
            Uniform on (0, 1). [1]

        Returns
        -------
        array, shape (draw,)
            In the unit of the three quantiles. [unit]

        References
        ----------
        Two-piece normal through three quantiles, on the scale its shape names: John (1982), Commun. Stat. 11:879.
        Linear opinion pool: Stone (1961), Ann. Math. Stat. 32:1339; O'Hagan et al. (2006), Uncertain Judgements, 9.2.

        Examples
        --------
        >>> Distribution(5.0, 3.5, 8.0, "lognormal").quantile(np.array([0.05, 0.5, 0.95])).round(9)
        array([3.5, 5. , 8. ])
        """
        match self.shape:
            case "exact":
                return np.full(chance.shape, self.value)
            case "choice":
                return np.where(chance < self.value, 1.0, 0.0)
            case "pool":
                return _pooled(self.parts, chance)
            case "uniform":
                return self.low + (self.high - self.low) * _stretched(chance)
            case "loguniform":
                return np.asarray(self.low * (self.high / self.low) ** _stretched(chance), dtype=np.float64)
            case "normal":
                return _two_piece(self.low, self.value, self.high, chance)
            case "lognormal":
                return np.exp(_two_piece(math.log(self.low), math.log(self.value), math.log(self.high), chance))
            case _:
                drawn = _two_piece(_logit(self.low), _logit(self.value), _logit(self.high), chance)
                return 1.0 / (1.0 + np.exp(-drawn))

    def reached(self, value: Array) -> Array:
        """
        Say how much of the distribution lies at or below a value: the inverse of :meth:`quantile`.

        Parameters
        ----------
        value : array, shape (draw,)
            In the unit of the three quantiles. [unit]

        Returns
        -------
        array, shape (draw,)
            From 0 to 1. [1]

        Examples
        --------
        >>> Distribution(5.0, 3.5, 8.0, "lognormal").reached(np.array([-1.0, 3.5, 5.0, 8.0])).round(9)
        array([0.  , 0.05, 0.5 , 0.95])
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            match self.shape:
                case "exact":
                    return np.where(value >= self.value, 1.0, 0.0)
                case "choice":
                    return np.where(value >= 1.0, 1.0, np.where(value >= 0.0, 1.0 - self.value, 0.0))
                case "pool":
                    return np.asarray(sum(part.reached(value) for part in self.parts) / len(self.parts))
                case "uniform":
                    return _unstretched((value - self.low) / (self.high - self.low))
                case "loguniform":
                    return _unstretched(_log(value / self.low) / math.log(self.high / self.low))
                case "normal":
                    return _below(self.low, self.value, self.high, value)
                case "lognormal":
                    return _below(math.log(self.low), math.log(self.value), math.log(self.high), _log(value))
                case _:
                    inside = np.clip(value, 0.0, 1.0)
                    odds = np.log(inside) - np.log1p(-inside)
                    return _below(_logit(self.low), _logit(self.value), _logit(self.high), odds)


def pool(parts: tuple[Distribution, ...], source: str = "") -> Distribution:
    """
    Pool several distributions of one number, each with the same weight.

    Parameters
    ----------
    parts : tuple of Distribution
        One or more, in one unit. [unit]
    source : str, optional
        Whose view the pool is, where it is itself a part. [1]

    Returns
    -------
    Distribution
        With its own three quantiles.

    Examples
    --------
    >>> both = pool((Distribution(1.0, 0.5, 2.0, "lognormal"), Distribution(4.0, 2.0, 8.0, "lognormal")))
    >>> round(both.low, 2), round(both.value, 2), round(both.high, 2)
    (0.58, 2.0, 6.86)
    """
    low, value, high = _pooled(parts, np.array([LOW, 0.5, HIGH]))
    return Distribution(float(value), float(low), float(high), "pool", parts, source)


def read_distribution(name: str, row: Mapping[str, Any]) -> Distribution:
    """
    Read what is known of a number from a table of a facts file.

    Parameters
    ----------
    name : str
        Of the fact, for the errors. [1]
    row : mapping
        ``shape`` and ``value, low, high``, or the ``parts`` of a pool; other keys are left alone. [unit]

    Returns
    -------
    Distribution

    Raises
    ------
    BadFact
        If anything is missing or out of order.

    Examples
    --------
    >>> read_distribution("a.b", {"shape": "normal", "value": 2, "low": 1, "high": 4})
    Distribution(value=2.0, low=1.0, high=4.0, shape='normal', parts=(), source='')
    """
    shape = str(row["shape"])
    if shape not in SHAPES:
        raise BadFact(f"Fact {name} has shape {shape!r}; write one of {', '.join(SHAPES)}.")
    if shape == "pool":
        return _read_pool(name, row)
    if "parts" in row:
        raise BadFact(f'Fact {name} is {shape} and has parts; take them away, or write shape = "pool".')
    if "value" not in row:
        raise BadFact(f"Fact {name} has no value; a number about the world needs one. Add value = ...")
    value, low, high, shape = _quantiles(name, row, shape)
    return Distribution(value, low, high, shape)


def finite_number(name: str, key: str, value: object) -> float:
    """
    Read a number of a facts file.

    Parameters
    ----------
    name, key : str
        The fact and its field, for the error. [1]
    value : object
        As written. [unit]

    Returns
    -------
    float
        [unit]

    Raises
    ------
    BadFact
        If it is no finite number.

    Examples
    --------
    >>> finite_number("a.b", "low", 3)
    3.0
    >>> finite_number("a.b", "low", "three")
    Traceback (most recent call last):
    varne.errors.BadFact: Fact a.b has low = 'three'; write a finite number.
    """
    if not isinstance(value, bool) and isinstance(value, int | float):
        try:
            if math.isfinite(float(value)):
                return float(value)
        except OverflowError:
            pass
    raise BadFact(f"Fact {name} has {key} = {_shortly(value)}; write a finite number.")


def _shortly(value: object) -> str:
    return repr(value) if isinstance(value, str | float | bool) else f"{str(value)[:20]}..."


def _read_pool(name: str, row: Mapping[str, Any]) -> Distribution:
    rows = row.get("parts")
    if not isinstance(rows, list) or not rows or not all(isinstance(one, Mapping) for one in rows):
        raise BadFact(f"Fact {name} is a pool without parts; write parts = [{{value, low, high, shape, source}}, ...].")
    whole = pool(tuple(_read_part(name, number, one) for number, one in enumerate(rows, 1)))
    for key, own in (("value", whole.value), ("low", whole.low), ("high", whole.high)):
        if key in row and abs(finite_number(name, key, row[key]) - own) > _ROUNDED * max(
            whole.high - whole.low, abs(own)
        ):
            raise BadFact(f"Fact {name} is a pool with {key} {row[key]}; that of its parts is {own:g}: leave it out.")
    return whole


def _read_part(name: str, number: int, row: Mapping[str, Any]) -> Distribution:
    part = f"{name}, part {number}"
    if extra := sorted(set(row) - _PART_KEYS):
        raise BadFact(f"Fact {part} has a field {extra[0]!r}; the fields are {', '.join(sorted(_PART_KEYS))}.")
    for key in ("shape", "source"):
        if str(row.get(key, "")).strip() == "":
            raise BadFact(f"Fact {part} has no {key}; each view in a pool needs one. Add {key} = ...")
    if row["shape"] == "choice":
        raise BadFact(f"Fact {part} is a choice, which cannot be pooled; write its range with another shape.")
    found = read_distribution(part, row)
    return Distribution(found.value, found.low, found.high, found.shape, found.parts, str(row["source"]))


def _quantiles(name: str, row: Mapping[str, Any], shape: str) -> tuple[float, float, float, str]:
    unknown = row["value"] == "UNKNOWN"
    if shape in ("exact", "choice"):
        if unknown:
            raise BadFact(f"Fact {name} is {shape} and UNKNOWN; write its range with another shape.")
        if "low" in row or "high" in row:
            raise BadFact(f"Fact {name} is {shape} and has a range; take low and high away, or write another shape.")
        value = finite_number(name, "value", row["value"])
        if shape == "choice" and not 0.0 <= value <= 1.0:
            raise BadFact(f"Fact {name} is a choice with probability {value}; write a number from 0 to 1.")
        return value, value, value, shape
    for key in ("low", "high"):
        if key not in row:
            raise BadFact(f"Fact {name} has no {key}; a number that is not exact needs its 5 % and 95 % quantiles.")
    low, high = finite_number(name, "low", row["low"]), finite_number(name, "high", row["high"])
    if unknown:  # all that is known is the range: as wide as it can be
        shape = "loguniform" if shape in ("lognormal", "loguniform") else "uniform"
        value = math.sqrt(low * high) if shape == "loguniform" and low > 0 else (low + high) / 2
    else:
        value = finite_number(name, "value", row["value"])
        middle = math.sqrt(low * high) if shape == "loguniform" and low > 0 else (low + high) / 2
        if shape in ("uniform", "loguniform") and not math.isclose(value, middle, rel_tol=0.01):
            raise BadFact(f"Fact {name} is {shape} with value {value}; its median is {middle:g}: write that.")
    if max(abs(low), abs(high)) > _LARGEST:
        raise BadFact(f"Fact {name} has low {low:g}, high {high:g}; no number about the world is beyond {_LARGEST:g}.")
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


def _log(value: Array) -> Array:
    return np.log(np.maximum(value, 0.0))


def _stretched(chance: Array) -> Array:
    """Uniform numbers of which 5 % lie below 0 and 5 % above 1: low and high are quantiles of every shape."""
    return np.asarray(0.5 + (chance - 0.5) / 0.9, dtype=np.float64)


def _unstretched(place: Array) -> Array:
    return np.asarray(np.clip(0.5 + (place - 0.5) * 0.9, 0.0, 1.0), dtype=np.float64)


def _two_piece(low: float, middle: float, high: float, chance: Array) -> Array:
    score = ndtri(chance) / _FIVE_PER_CENT
    return np.asarray(middle + score * np.where(score < 0.0, middle - low, high - middle), dtype=np.float64)


def _below(low: float, middle: float, high: float, value: Array) -> Array:
    width = np.where(value < middle, middle - low, high - middle)
    return np.asarray(ndtr(_FIVE_PER_CENT * (value - middle) / width), dtype=np.float64)


def _pooled(parts: tuple[Distribution, ...], chance: Array) -> Array:
    """
    Invert the mean of the parts' distributions by halving, until no number lies between the two ends.

    The smallest and the largest of the parts' own quantiles are the first ends, so a pool never leaves its parts. Each
    draw is halved by itself: how many are drawn never moves one of them.
    """
    ends = np.array([part.quantile(chance) for part in parts])
    low, high = ends.min(axis=0), ends.max(axis=0)
    whole = Distribution(0.0, 0.0, 0.0, "pool", parts)
    while True:
        middle = 0.5 * (low + high)
        between = (low < middle) & (middle < high)
        if not between.any():
            return np.asarray(high)
        enough = whole.reached(middle) >= chance
        high = np.where(between & enough, middle, high)
        low = np.where(between & ~enough, middle, low)
