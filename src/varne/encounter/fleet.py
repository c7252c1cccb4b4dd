"""The responders of an encounter: those given, those who lie near, and a ship that passes by chance."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from varne.afloat.responder import Responder, nearest, speed_in_waves
from varne.draws import uniforms
from varne.earth import Plane, format_position
from varne.encounter.records import RESPONDER
from varne.encounter.scenario import Scenario
from varne.errors import BadPosition
from varne.evidence import draw
from varne.facts.responders import stations, vessel_class, vessel_classes

MOST_RESPONDERS = 6  # of those that a call would reach, the first to arrive
PASSING_SHIP = "fishing_vessel"


def choose_responders(scenario: Scenario, darkness: float) -> list[Responder]:
    """
    Choose who would answer: those given and the stations from which help comes first.

    Parameters
    ----------
    scenario : Scenario
        The question. [SI]
    darkness : float
        1 at night, 0 by day. [1]

    Returns
    -------
    list of Responder
        The first to arrive first, all those given among them.

    Raises
    ------
    UnknownName
        If a class of vessel is not known.

    Examples
    --------
    >>> question = Scenario.of({"position": "51 03N 1 38E", "time": 0, "people": 5, "length": 9})
    >>> len(choose_responders(question, 1.0))
    6
    """
    given = []
    for number, one in enumerate(scenario.responders, 1):
        home = _home(one.vessel, *one.position)
        given.append(
            Responder(
                name=f"{one.vessel} {number}",
                vessel=vessel_class(one.vessel, vessel_classes()),
                latitude=one.position[0],
                longitude=one.position[1],
                home_latitude=home.home_latitude,
                home_longitude=home.home_longitude,
                country=home.country,
                in_harbour=one.moored,
            )
        )
    room = max(MOST_RESPONDERS - len(given), 0)
    near = nearest(stations().values(), *scenario.position, room, darkness=darkness)
    return sorted([*given, *near], key=lambda one: (one.arrival_time(*scenario.position, darkness), one.name))


def responder_table(
    responders: Sequence[Responder], plane: Plane, waves: NDArray[np.float64], darkness: float, seed: int
) -> NDArray[np.void]:
    """
    Lay the responders out for the kernel, with their numbers drawn; the last is a ship passing by chance.

    Parameters
    ----------
    responders : sequence of Responder
        The first to arrive first. [deg]
    plane : Plane
        On which boats move. [m]
    waves : array, shape (draw,)
        Significant height in each draw. [m]
    darkness : float
        1 at night, 0 by day. [1]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    structured array of RESPONDER, shape (draw, responder)
        [SI]

    Examples
    --------
    >>> table = responder_table([], Plane(51.0, 1.5), np.full(3, 0.5), 1.0, 1)
    >>> table.shape, bool((table["recovery_rate"] > 0).all())
    ((3, 1), True)
    """
    draws = len(waves)
    table = np.zeros((draws, len(responders) + 1), RESPONDER)
    classes = vessel_classes()
    for index, one in enumerate([*responders, None]):
        vessel = classes[PASSING_SHIP] if one is None else one.vessel
        numbers = {name: draw(fact, draws, seed) for name, fact in vessel.numbers.items()}
        row = table[:, index]
        row["speed"] = [
            speed_in_waves(calm, height, limit)
            for calm, height, limit in zip(numbers["speed"], waves, numbers["wave_limit"], strict=True)
        ]
        for name in ("recovery_rate", "lift_rate", "capacity"):
            row[name] = numbers[name]
        if one is None:
            continue
        if one.in_harbour:
            # A crew that is quick by day is quick by night.
            chance = uniforms(f"fact {vessel.name}.readiness", draws, seed)
            day, night = (vessel.numbers[f"readiness_{time}"].quantile(chance) for time in ("day", "night"))
            row["ready_after"] = day + darkness * (night - day)
        row["x"], row["y"] = plane.to_plane(one.latitude, one.longitude)
        row["attends"] = 1.0 if vessel.attends else 0.0
    return table


def _home(vessel: str, latitude: float, longitude: float) -> Responder:
    """Who lies where a responder given at sea would bring a boat: the nearest of its class, else the nearest."""
    every = sum(len(one.vessels) for one in stations().values())
    near = nearest(stations().values(), latitude, longitude, every)
    same = [one for one in near if one.vessel.name == vessel] or [one for one in near if one.vessel.attends]
    if not same:
        raise BadPosition(
            f"The responder {vessel} is at {format_position(latitude, longitude)}, out of reach of every harbour that "
            "Varne knows; give a position in the sea it knows."
        )
    return same[0]
