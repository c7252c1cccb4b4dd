"""What becomes of people who are in the water already, by who comes and when: the same curves as in a voyage."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varne.afloat.responder import Responder
from varne.chance import add_binomial
from varne.compiled import compiled
from varne.earth import Plane
from varne.encounter.casualties import DEAD, INJURED, LEFT, RESCUED, RESULTS, body_shares, people_in_water
from varne.encounter.fleet import responder_table
from varne.encounter.outcome import HIGH, LOW
from varne.encounter.records import CLASSES, InWater
from varne.encounter.scenario import Scenario
from varne.encounter.setting import lay_out
from varne.errors import BadMembers
from varne.facts.responders import vessel_class, vessel_classes
from varne.facts.tables import Facts

Array = NDArray[np.float64]
_DARKNESS = 1.0  # delays only who lies in harbour, and these are at sea; our choice


@dataclass(frozen=True, slots=True)
class Recovery:
    """A responder of a class that takes people out of the water, from a time after they fell in, in each draw. [s]"""

    vessel: str
    begins: float | Array


@dataclass(frozen=True, slots=True)
class Fate:
    """What is expected of a group of people in the water, in each draw. [people]"""

    people: int
    moments: Array  # (moment,) after they fell in [s]
    alive: Array  # (draw, moment) if nobody comes
    rescued: Array  # (draw,) taken out and alive days later
    dead: Array  # (draw,)
    left: Array  # (draw,) still in the water at the horizon
    injured: Array  # (draw,) of those rescued

    def alive_at(self, time: float) -> Array:
        """
        Return how many are expected to live after a time in the water, if nobody comes.

        Parameters
        ----------
        time : float
            After they fell in. [s]

        Returns
        -------
        array, shape (draw,)
            [people]

        Examples
        --------
        >>> nobody = np.zeros(1)
        >>> fate = Fate(10, np.array([0.0, 60.0]), np.array([[10.0, 8.0]]), nobody, nobody, nobody, nobody)
        >>> fate.alive_at(30.0)
        array([9.])
        """
        return np.array([np.interp(time, self.moments, row) for row in self.alive])


def what_if_in_water(
    scenario: Scenario, recoveries: Sequence[Recovery], *, facts: Facts, draws: int, seed: int
) -> Fate:
    """
    Follow the people of a scenario as if all fell into the water at its start.

    Parameters
    ----------
    scenario : Scenario
        How many people, of what body, with how many jackets worn, in what water, for how long. [SI]
    recoveries : sequence of Recovery
        Who takes them out, from when; with none nobody comes. [s]
    facts : Facts
        Numbers about the world. [unit]
    draws : int
        Epistemic draws. [1]
    seed : int
        Names the experiment; the same draws hold whoever comes. [1]

    Returns
    -------
    Fate

    Raises
    ------
    BadMembers
        If the times of a recovery are not one for each draw.

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> crowd = Scenario.of({"position": "51 03N 1 38E", "time": 0, "people": 30, "length": 9, "horizon": 6})
    >>> soon = what_if_in_water(crowd, [Recovery("severn", 600.0)], facts=shipped_facts(), draws=50, seed=1)
    >>> late = what_if_in_water(crowd, [Recovery("severn", 7200.0)], facts=shipped_facts(), draws=50, seed=1)
    >>> bool((soon.rescued > late.rescued).all())
    True
    """
    setting = lay_out(scenario, facts, [], (draws, 1), seed)
    world = setting.world
    place = (setting.place.latitude, setting.place.longitude)
    ships = [_at(place, one.vessel) for one in recoveries]
    table = responder_table(ships, Plane(*place), world.weather["wave_height"], _DARKNESS, seed)
    world = world._replace(responders=table)
    arrivals = np.full((draws, len(ships) + 1), np.inf)  # no ship passes by chance
    for index, one in enumerate(recoveries):
        if np.shape(one.begins) not in ((), (draws,)):
            raise BadMembers(f"{one.vessel} begins at {np.shape(one.begins)} times; give one, or {draws}, one a draw.")
        arrivals[:, index] = one.begins
    results = np.zeros((draws, RESULTS))
    alive = np.zeros((draws, len(world.moments)))
    _follow(world, float(scenario.people), scenario.horizon, arrivals, np.zeros(CLASSES), alive, results)
    return Fate(
        scenario.people,
        world.moments,
        alive,
        results[:, RESCUED],
        results[:, DEAD],
        results[:, LEFT],
        results[:, INJURED],
    )


def number_distribution(expected: Array, people: int) -> Array:
    """
    Return the chance of each number of people, when each fares by the chance of the draw and by own luck.

    Parameters
    ----------
    expected : array, shape (draw,)
        How many are expected in each draw. [people]
    people : int
        Of how many. [people]

    Returns
    -------
    array, shape (people + 1,)
        From none to all. [1]

    Examples
    --------
    >>> number_distribution(np.array([0.0, 1.0]), 2)
    array([0.625, 0.25 , 0.125])
    """
    counts = np.zeros(people + 1)
    for number in expected:
        add_binomial(1.0 / len(expected), float(people), min(float(number) / people, 1.0), counts)
    return counts


def number_interval(distribution: Array) -> tuple[int, int]:
    """
    Return the 90 % interval of a number: of what is not known and of chance together.

    Parameters
    ----------
    distribution : array, shape (number,)
        Chance of each number from 0. [1]

    Returns
    -------
    tuple of int
        Lowest and highest number.

    Examples
    --------
    >>> number_interval(np.array([0.02, 0.1, 0.8, 0.06, 0.02]))
    (1, 3)
    """
    low, high = np.searchsorted(np.cumsum(distribution) / distribution.sum(), [LOW, HIGH])
    return int(low), int(high)


def _at(place: tuple[float, float], vessel: str) -> Responder:
    return Responder(vessel, vessel_class(vessel, vessel_classes()), *place, *place, "uk", False)


@compiled
def _follow(world, people, longest, arrivals, room, alive, results):  # type: ignore[no-untyped-def]  # Numba infers its types
    for draw in range(len(arrivals)):
        boat = world.boats[draw]
        working = min(boat.working_jackets / people, 1.0)
        group = InWater(people, working, 0.0, longest)
        body_shares(boat, working, room)
        for moment in range(len(world.moments)):
            for index in range(CLASSES):
                alive[draw, moment] += people * room[index] * world.alive[draw, index, moment]
        people_in_water(world, draw, group, arrivals[draw], room, results[draw])
