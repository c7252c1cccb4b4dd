"""The limits of what a scenario may say."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from varne.units import in_si


@dataclass(frozen=True, slots=True)
class Limit:
    """A range outside which a number in a scenario is refused."""

    name: str
    says: str
    low: float
    high: float
    unit: str

    def holds(self, value: float) -> bool:
        """
        Tell whether a value lies within the range.

        Parameters
        ----------
        value : float
            In SI, temperatures in degrees Celsius. [SI]

        Returns
        -------
        bool

        Examples
        --------
        >>> limits()["water"].holds(50.0)
        False
        """
        return in_si(self.low, self.unit) <= value <= in_si(self.high, self.unit)


@cache
def limits() -> dict[str, Limit]:
    """
    Read the limits.

    Returns
    -------
    dict of str to Limit

    Examples
    --------
    >>> limits()["length"].high
    20
    """
    rows = tomllib.loads(resources.files("varne.facts").joinpath("limits.toml").read_text(encoding="utf-8"))
    return {name: Limit(name, **row) for name, row in rows.items()}
