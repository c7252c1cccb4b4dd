"""What an entry of computed figures holds: whatever has another shape is not read, and said not to be."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True)  # a number is no text


class _Figure(_Shape):
    mean: float
    low: float
    high: float


class _Option(_Shape):
    name: str
    grade: str = ""
    applies: bool = True
    why_not: str = ""
    expected_deaths: _Figure | None = None
    p_any_death: _Figure | None = None
    serious_injuries: _Figure | None = None
    responders: dict[str, _Figure] = {}


class _Question(_Shape):
    people: int | None = None
    men: int | None = None
    women: int | None = None
    children: int | None = None
    jackets: int | None = None
    time: str | None = None
    horizon: float | None = None


class _Members(_Shape):
    draws: int
    replicates: int


class _Source(_Shape):
    source: str = ""


class _Computed(_Shape):
    command: str = ""
    failed: str = ""
    question: _Question = _Question()
    members: _Members | None = None
    sea: dict[str, _Source] = {}
    options: list[_Option] = []
    not_arriving: _Figure | None = None


def readable(figures: Mapping[str, Any]) -> bool:
    """
    Say whether the figures of an entry can be shown.

    Parameters
    ----------
    figures : mapping
        What an entry of kind computed holds. [unit]

    Returns
    -------
    bool

    Examples
    --------
    >>> readable({"command": "assess", "failed": "no forecast"}), readable({"options": "none"})
    (True, False)
    """
    try:
        _Computed.model_validate(dict(figures))
    except ValidationError:
        return False
    return True
