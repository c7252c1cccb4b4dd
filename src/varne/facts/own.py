"""Files of a user's own numbers, which a season takes in place of those that Varne ships."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class OwnNumbers:
    """
    Where a user's own numbers stand; what is left out is as shipped.

    Examples
    --------
    >>> OwnNumbers(departures="mine.toml").facts is None
    True
    """

    facts: str | Path | None = None  # facts and options, as --facts takes them
    departures: str | Path | None = None  # written by `varne season fit`, with its levels beside it
