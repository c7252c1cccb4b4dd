"""Uncorrected sweep widths by target, lookout and visibility, as the US Coast Guard tabulated them."""

import csv
import difflib
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib import resources
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from varne.errors import BadInput, UnknownName
from varne.units import FOOT, KNOT, NAUTICAL_MILE

PERSON = "Person in Water"
_BOAT = re.compile(r"^Power Boat \D*(\d+)ft$")

Floats = NDArray[np.float64]


def targets() -> tuple[str, ...]:
    """
    List what can be searched for.

    Returns
    -------
    tuple of str
        As the tables name it, in their order.

    Examples
    --------
    >>> targets()[0]
    'Person in Water'
    """
    return tuple(dict.fromkeys(target for target, _ in _widths()))


def platforms() -> tuple[str, ...]:
    """
    List from what a lookout can search.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> platforms()
    ('Aircraft', 'Helicopter', 'Boat', 'Merchant ship')
    """
    return tuple(dict.fromkeys(platform for _, platform in _widths()))


def tabulated_width(target: str, platform: str, height: float, visibility: ArrayLike) -> Floats:
    """
    Return the sweep width by daylight in good weather, before any correction.

    Between the heights and visibilities of the table it is interpolated; above and below its heights, and above its
    visibilities, it keeps the value at the end; below the lowest visibility it falls to nothing in no visibility.

    Parameters
    ----------
    target : str
        One of :func:`targets`. [1]
    platform : str
        One of :func:`platforms`. [1]
    height : float
        Of the lookout's eye, or of the aircraft; a merchant ship has one row for any height. [m]
    visibility : array_like, shape (place,)
        Meteorological visibility. [m]

    Returns
    -------
    array, shape (place,)
        Sweep width. [m]

    Raises
    ------
    UnknownName
        If the table has no such target or platform.
    BadInput
        If a height or visibility is negative.

    References
    ----------
    US Coast Guard Addendum to the SAR Supplement, COMDTINST M16130.2F, tables of uncorrected visual sweep widths, as
    collected in the package marine-sweep-width-data 0.2.0 (PDDL-1.0). Merchant ships: the search and rescue plan of
    the Danish Maritime Authority's e-Navigation Prototype Display (EPD).

    Examples
    --------
    >>> (tabulated_width("Power Boat 33ft", "Boat", 8 * 0.3048, [5 * 1852.0]) / 1852).round(2)
    array([2.9])
    """
    seen = np.asarray(visibility, dtype=np.float64)
    if not np.all(seen >= 0) or not height >= 0:
        lowest = min(float(np.min(seen)), height)
        raise BadInput(f"Height and visibility are never negative; the lowest given is {lowest} m.")
    table = _widths()
    if (target, platform) not in table:
        raise UnknownName(_unknown(target, platform))
    by_height = table[target, platform]
    heights = sorted(by_height)
    widths = np.array([_at_visibility(by_height[tabulated], seen) for tabulated in heights])
    position = float(np.interp(height, heights, np.arange(len(heights))))
    below = min(int(position), len(heights) - 1)
    above = min(below + 1, len(heights) - 1)
    return np.asarray(widths[below] + (position - below) * (widths[above] - widths[below]), dtype=np.float64)


def boat_width(length: float, platform: str, height: float, visibility: ArrayLike) -> Floats:
    """
    Return the sweep width for a power boat of any length, interpolated in length between those of the table.

    Parameters
    ----------
    length : float
        Of the boat that is searched for; the table's shortest and longest stand for those beyond. [m]
    platform : str
        One of :func:`platforms`. [1]
    height : float
        Of the lookout's eye, or of the aircraft. [m]
    visibility : array_like, shape (place,)
        Meteorological visibility. [m]

    Returns
    -------
    array, shape (place,)
        Sweep width by daylight in good weather. [m]

    Raises
    ------
    UnknownName
        If the table has no such platform.
    BadInput
        If the length is not above zero, or a height or visibility is negative.

    References
    ----------
    As for :func:`tabulated_width`; the interpolation is Varne's.

    Examples
    --------
    >>> (boat_width(30 * 0.3048, "Boat", 8 * 0.3048, [5 * 1852.0]) / 1852).round(5)
    array([2.73846])
    """
    if not length > 0:
        raise BadInput(f"Boat length is {length} m; a boat is longer than 0 m.")
    lengths = _boat_lengths(platform)
    if not lengths:
        raise UnknownName(_unknown("Power Boat", platform))
    known = sorted(lengths)
    below = max((tabulated for tabulated in known if tabulated <= length), default=known[0])
    above = min((tabulated for tabulated in known if tabulated >= length), default=known[-1])
    shorter = tabulated_width(lengths[below], platform, height, visibility)
    if above == below:
        return shorter
    longer = tabulated_width(lengths[above], platform, height, visibility)
    return np.asarray(shorter + (length - below) / (above - below) * (longer - shorter), dtype=np.float64)


def speed_correction(target: str, platform: str, speed: float) -> float:
    """
    Return what the speed of an aircraft leaves of its sweep width.

    Parameters
    ----------
    target : str
        One of :func:`targets`. [1]
    platform : str
        One of :func:`platforms`; boats and ships have no correction. [1]
    speed : float
        Over the ground; between the speeds of the table it is interpolated, beyond them the ends hold. [m/s]

    Returns
    -------
    float
        Factor on the sweep width. [1]

    Raises
    ------
    UnknownName
        If the table has no such target or platform.

    References
    ----------
    As for :func:`tabulated_width`, tables of search aircraft speed correction.

    Examples
    --------
    >>> round(speed_correction("Person in Water", "Helicopter", 120 * 1852 / 3600), 6)
    0.8
    """
    if (target, platform) not in _widths():
        raise UnknownName(_unknown(target, platform))
    corrections = _speed_corrections().get((target, platform))
    if corrections is None:
        return 1.0
    speeds = sorted(corrections)
    return float(np.interp(speed, speeds, [corrections[tabulated] for tabulated in speeds]))


def _at_visibility(tabulated: Mapping[float, float], seen: Floats) -> Floats:
    # The file leaves out a visibility whose value equals that of the next lower one: it means "as before", not "none".
    grid = _visibilities()
    first = min(tabulated)
    visibilities, widths = [0.0], [0.0]
    for visibility in (step for step in grid if step >= first):
        visibilities.append(visibility)
        widths.append(tabulated.get(visibility, widths[-1]))
    return np.asarray(np.interp(seen, visibilities, widths), dtype=np.float64)


@cache
def _visibilities() -> tuple[float, ...]:
    curves = (curve for by_height in _widths().values() for curve in by_height.values())
    return tuple(sorted({visibility for curve in curves for visibility in curve}))


@cache
def _widths() -> Mapping[tuple[str, str], Mapping[float, Mapping[float, float]]]:
    table: dict[tuple[str, str], dict[float, dict[float, float]]] = defaultdict(lambda: defaultdict(dict))
    for row in (*_rows("sweep_width.csv"), *_rows("sweep_width_merchant.csv")):
        curve = table[row["target"], row["platform"]][float(row["height_ft"]) * FOOT]
        curve[float(row["visibility_nmi"]) * NAUTICAL_MILE] = float(row["uncorrected_sweep_width_nmi"]) * NAUTICAL_MILE
    return table


@cache
def _speed_corrections() -> Mapping[tuple[str, str], Mapping[float, float]]:
    table: dict[tuple[str, str], dict[float, float]] = defaultdict(dict)
    for row in _rows("speed_correction.csv"):
        table[row["target"], row["platform"]][float(row["speed_kt"]) * KNOT] = float(row["velocity_correction"])
    # A speed left out has the factor of the next lower one, as in the file of widths.
    for platform in {platform for _, platform in table}:
        curves = [factors for (_, known), factors in table.items() if known == platform]
        for lower, speed in pairwise(sorted({speed for factors in curves for speed in factors})):
            for factors in curves:
                factors.setdefault(speed, factors[lower])
    return table


@cache
def _boat_lengths(platform: str) -> Mapping[float, str]:
    matches = ((target, _BOAT.match(target)) for target, known in _widths() if known == platform)
    return {float(match[1]) * FOOT: target for target, match in matches if match}


def _rows(file_name: str) -> list[dict[str, str]]:
    text = resources.files("varne.facts").joinpath(file_name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _unknown(target: str, platform: str) -> str:
    if platform not in platforms():
        return f"Platform {platform!r} is not known; write one of {', '.join(platforms())}."
    known = [name for name, lookout in _widths() if lookout == platform]
    near = difflib.get_close_matches(target, known, n=1)
    remedy = f"did you mean {near[0]!r}?" if near else f"write one of {', '.join(known)}."
    return f"Target {target!r} is not known for {platform}; {remedy}"
