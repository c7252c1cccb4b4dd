"""What an entry of computed figures holds: whatever has another shape is not read, and said not to be."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from varne.errors import BadTime
from varne.when import parse_time

_SOME_TIME = "1970-01-01T00:00Z"


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True)  # a number is no text


class _Figure(_Shape):
    mean: float
    low: float
    high: float


_SOME = _Figure(mean=0, low=0, high=0)  # stands where a figure is left out, which it may be; null is no figure


class _Option(_Shape):
    name: str
    grade: str = ""
    applies: bool = True
    why_not: str = ""
    expected_deaths: _Figure = _SOME
    p_any_death: _Figure = _SOME
    serious_injuries: _Figure = _SOME
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
    answer: str = ""
    question: _Question = _Question()
    members: _Members = _Members(draws=1, replicates=1)
    sea: dict[str, _Source] = {}
    options: list[_Option] = []
    not_arriving: _Figure = _SOME


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
        found = _Computed.model_validate(dict(figures))
        parse_time(found.question.time or _SOME_TIME)
    except (ValidationError, BadTime):
        return False
    return True
