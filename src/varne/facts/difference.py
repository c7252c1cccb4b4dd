"""What differs between two collections of facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from varne.evidence import Fact
from varne.units import in_si

_FIELDS = ("value", "low", "high", "shape", "neutral", "grade", "source")


@dataclass(frozen=True, slots=True)
class Changed:
    """One fact that is not the same in both."""

    name: str
    before: Fact
    after: Fact
    fields: tuple[str, ...]  # what differs, quantities compared in SI
    factor: float | None  # by which the median changed; none where it was 0


@dataclass(frozen=True, slots=True)
class Differences:
    """Facts and options that differ, and those that stand in one only."""

    changed: tuple[Changed, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    options: tuple[str, ...]  # names of options that differ or stand in one only


def differences(
    before: tuple[Mapping[str, Fact], Mapping[str, Any]], after: tuple[Mapping[str, Fact], Mapping[str, Any]]
) -> Differences:
    """
    Compare two collections of facts and options.

    Parameters
    ----------
    before, after : tuple of mapping
        Facts by name, and rows of options by name. [unit]

    Returns
    -------
    Differences

    Examples
    --------
    >>> speed = Fact("boat.speed", "s", 5.0, 3.5, 8.0, "lognormal", "kn", "x", "assumed", "2026-11-25")
    >>> faster = Fact("boat.speed", "s", 10.0, 7.0, 16.0, "lognormal", "kn", "x", "assumed", "2026-11-25")
    >>> found = differences(({"boat.speed": speed}, {}), ({"boat.speed": faster}, {}))
    >>> found.changed[0].fields, found.changed[0].factor
    (('value', 'low', 'high'), 2.0)
    """
    (ours, our_options), (theirs, their_options) = before, after
    changed = (_changed(ours[name], theirs[name]) for name in ours if name in theirs)
    names = [*our_options, *(name for name in their_options if name not in our_options)]
    return Differences(
        tuple(one for one in changed if one.fields),
        tuple(name for name in ours if name not in theirs),
        tuple(name for name in theirs if name not in ours),
        tuple(name for name in names if our_options.get(name) != their_options.get(name)),
    )


def _changed(before: Fact, after: Fact) -> Changed:
    one, other = _in_si(before), _in_si(after)
    fields = tuple(field for field in _FIELDS if one[field] != other[field])
    if before.parts != after.parts:
        fields = (*fields, "parts")
    factor = None if one["value"] == 0.0 else float(other["value"]) / float(one["value"])
    return Changed(before.name, before, after, fields, factor)


def _in_si(fact: Fact) -> dict[str, Any]:
    """The fields that are compared; the same amount in two units is the same, to the rounding of a conversion."""
    scale = in_si(1.0, fact.unit)
    amounts = {field: float(f"{getattr(fact, field) * scale:.9g}") for field in ("value", "low", "high")}
    return {**amounts, "neutral": fact.neutral, "shape": fact.shape, "grade": fact.grade, "source": fact.source}
