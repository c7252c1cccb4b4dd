"""Tides that work on each other: what friction, changing depth and carried momentum of some do to others."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varne.atlas.harmonic import Elements, Push, at_nodes

# Constituents as whole turns of M2, S2 and N2, and the sign of their arguments beside the sum of these turns: L2 has
# 180 degrees of its own.
TURNS = {
    "Z0": (0, 0, 0, 1.0),
    "M2": (1, 0, 0, 1.0),
    "S2": (0, 1, 0, 1.0),
    "N2": (0, 0, 1, 1.0),
    "MU2": (2, -1, 0, 1.0),
    "L2": (2, 0, -1, -1.0),
    "2SM2": (-1, 2, 0, 1.0),
    "M4": (2, 0, 0, 1.0),
    "MS4": (1, 1, 0, 1.0),
    "MN4": (1, 0, 1, 1.0),
    "S4": (0, 2, 0, 1.0),
    "M6": (3, 0, 0, 1.0),
    "2MS6": (2, 1, 0, 1.0),
    "M8": (4, 0, 0, 1.0),
}
_SAMPLES = (12, 6, 6)  # of a turn of M2, S2 and N2: twice the highest number of turns of each and more
_TOGETHER = 108  # samples computed at once: memory
_SMOOTHINGS = 2  # of the streams before their gradients are taken: they step from triangle to triangle


@dataclass(frozen=True, slots=True)
class Streams:
    """Complex amplitudes of the constituents of :data:`TURNS`, in their order. [m, m/s]"""

    elevation: NDArray[np.complex128]  # (constituent, node) [m]
    east: NDArray[np.complex128]  # (constituent, triangle) [m/s]
    north: NDArray[np.complex128]  # (constituent, triangle) [m/s]


def still(elements: Elements) -> Streams:
    """
    Return a sea without tides.

    Parameters
    ----------
    elements : Elements
        The triangles. [1]

    Returns
    -------
    Streams
        All zero. [m, m/s]

    Examples
    --------
    >>> still.__name__
    'still'
    """
    here = (len(TURNS), len(elements.area))
    return Streams(np.zeros((len(TURNS), elements.nodes), np.complex128), *(np.zeros(here, np.complex128),) * 2)


def pushes(
    elements: Elements, streams: Streams, *, drag: float, counted: NDArray[np.float64]
) -> tuple[dict[str, Push], NDArray[np.float64]]:
    """
    Find what all constituents together do to each, by following M2, S2 and N2 through all their phases.

    Quadratic friction at the bottom of a depth that rises and falls, the carrying of momentum by the stream, and of
    water by the stream on top of the mean depth.

    Parameters
    ----------
    elements : Elements
        The triangles. [1]
    streams : Streams
        Elevations and streams of all. [m, m/s]
    drag : float
        Drag coefficient of the bottom. [1]
    counted : array, shape (triangle,)
        How much of the changing depth and of the momentum counts, from 0 to 1. [1]

    Returns
    -------
    pushes : dict of Push
        On each constituent. [m/s², m²/s]
    mean_speed : array, shape (triangle,)
        Of the stream over all phases. [m/s]

    References
    ----------
    Le Provost (1991), in Parker (ed.), Tidal Hydrodynamics, for spectral models of the English Channel; Pugh and
    Woodworth (2014), Sea-Level Science, chapter 6, for the terms.

    Examples
    --------
    >>> pushes.__name__  # against closed forms in tests/atlas/test_balance.py
    'pushes'
    """
    sign = np.array([row[3] for row in TURNS.values()])[:, None]
    turning = _turning()
    east, north = sign * streams.east, sign * streams.north
    level = (sign * streams.elevation)[:, elements.triangles].mean(axis=-1)
    slopes = [slope for part in (east, north) for slope in _slopes(elements, part)]
    total = np.zeros((4, len(TURNS), len(elements.area)), np.complex128)
    mean_speed = np.zeros(len(elements.area))
    for first in range(0, turning.shape[1], _TOGETHER):
        part = turning[:, first : first + _TOGETHER]
        u, v, z, u_x, u_y, v_x, v_y = (_at_phases(part, field) for field in (east, north, level, *slopes))
        speed = np.hypot(u, v)
        mean_speed += speed.sum(axis=0)
        resisting = drag * speed / np.maximum(elements.depth + counted * z, elements.depth / 2.0)
        total[0] += part.conj() @ (-resisting * u - counted * (u * u_x + v * u_y))
        total[1] += part.conj() @ (-resisting * v - counted * (u * v_x + v * v_y))
        total[2] += part.conj() @ (counted * z * u)
        total[3] += part.conj() @ (counted * z * v)
    total *= 2.0 * sign / turning.shape[1]
    total[:, 0] = total[:, 0].real / 2.0  # the mean is counted once
    return {name: Push(*total[:, place]) for place, name in enumerate(TURNS)}, mean_speed / turning.shape[1]


def _turning() -> NDArray[np.complex128]:
    """Each constituent at each phase of M2, S2 and N2: (constituent, sample)."""
    axes = np.meshgrid(*(np.arange(count) / count for count in _SAMPLES), indexing="ij")
    turns = np.array([row[:3] for row in TURNS.values()], np.float64)
    return np.asarray(np.exp(2j * np.pi * turns @ np.stack([axis.ravel() for axis in axes])))


def _at_phases(turning: NDArray[np.complex128], amplitude: NDArray[np.complex128]) -> NDArray[np.float64]:
    """Values at some phases, (sample, triangle)."""
    return np.asarray(turning.real.T @ amplitude.real - turning.imag.T @ amplitude.imag)


def _slopes(
    elements: Elements, amplitude: NDArray[np.complex128]
) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """Gradients of what is constant in triangles, after smoothing."""
    nodes = [at_nodes(elements, row) for row in amplitude]
    for _ in range(_SMOOTHINGS):
        nodes = [at_nodes(elements, row[elements.triangles].mean(axis=1)) for row in nodes]
    corners = np.array(nodes)[:, elements.triangles]
    return (elements.slope_east * corners).sum(axis=-1), (elements.slope_north * corners).sum(axis=-1)
