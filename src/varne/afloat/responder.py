"""Those who come to help: where they are, and when they can be there."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from varne.compiled import compiled
from varne.earth import distance
from varne.errors import BadInput
from varne.facts.responders import Station, VesselClass
from varne.units import in_si


@dataclass(frozen=True, slots=True)
class Responder:
    """A vessel or aircraft that can answer: where it is, and where it lies when it is in harbour. [deg]"""

    name: str
    vessel: VesselClass
    latitude: float
    longitude: float
    home_latitude: float
    home_longitude: float
    country: str
    in_harbour: bool

    def usual(self, number: str) -> float:
        """
        Return the median of one of the numbers of its class.

        Parameters
        ----------
        number : str
            One of :data:`varne.facts.responders.NUMBERS`. [1]

        Returns
        -------
        float
            [SI]

        Examples
        --------
        >>> from varne.facts.responders import stations
        >>> round(lying_at(stations()["dover"])[0].usual("speed"), 2)
        12.86
        """
        fact = self.vessel.numbers[number]
        return in_si(fact.value, fact.unit)

    def ready_time(self, darkness: float) -> float:
        """
        Return the usual time from the call until it is under way; nothing when it is at sea.

        Parameters
        ----------
        darkness : float
            0 by day, 1 by night, between them in twilight. [1]

        Returns
        -------
        float
            [s]

        Examples
        --------
        >>> from varne.facts.responders import stations
        >>> lying_at(stations()["lydd_helicopter"])[0].ready_time(1.0) / 60
        40.0
        """
        if not self.in_harbour:
            return 0.0
        day = self.usual("readiness_day")
        return day + darkness * (self.usual("readiness_night") - day)

    def arrival_time(self, latitude: float, longitude: float, darkness: float) -> float:
        """
        Return the usual time from the call until it is at a position, in a calm and on a straight course.

        Parameters
        ----------
        latitude, longitude : float
            Where it is called to; north and east positive. [deg]
        darkness : float
            0 by day, 1 by night. [1]

        Returns
        -------
        float
            [s]

        Examples
        --------
        >>> from varne.facts.responders import stations
        >>> round(lying_at(stations()["dover"])[0].arrival_time(51.05, 1.6, 0.0) / 60)
        38
        """
        away = distance(self.latitude, self.longitude, latitude, longitude)
        return float(arrival_time(self.ready_time(darkness), away, self.usual("speed")))


def lying_at(station: Station) -> tuple[Responder, ...]:
    """
    Return what lies ready at a station, one for each of its vessels.

    Parameters
    ----------
    station : Station
        From :func:`varne.facts.responders.stations`. [deg]

    Returns
    -------
    tuple of Responder
        In harbour, named after the station; after station and class where it has several.

    Examples
    --------
    >>> from varne.facts.responders import stations
    >>> [responder.name for responder in lying_at(stations()["walmer"])]
    ['walmer atlantic85', 'walmer d_class']
    """
    place = (station.latitude, station.longitude)
    several = len(station.vessels) > 1
    return tuple(
        Responder(
            f"{station.name} {vessel.name}" if several else station.name, vessel, *place, *place, station.country, True
        )
        for vessel in station.vessels
    )


def nearest(
    stations: Iterable[Station], latitude: float, longitude: float, count: int, *, darkness: float = 0.0
) -> tuple[Responder, ...]:
    """
    Choose who can usually be at a position first: readiness, then the way at usual speed in a calm.

    Parameters
    ----------
    stations : iterable of Station
        Those that may be called; each of their vessels is a candidate, unless the way is beyond its reach. [deg]
    latitude, longitude : float
        Where help is needed; north and east positive. [deg]
    count : int
        How many responders at most. [1]
    darkness : float
        0 by day, 1 by night. [1]

    Returns
    -------
    tuple of Responder
        The first to arrive first; equal times in the order of their names. Fewer where fewer reach so far.

    Raises
    ------
    BadInput
        If the count is negative.

    Examples
    --------
    >>> from varne.facts.responders import stations
    >>> [responder.name for responder in nearest(stations().values(), 51.05, 1.6, 3)]
    ['lydd_helicopter', 'le_touquet_helicopter', 'koksijde_helicopter']
    >>> boats = [station for station in stations().values() if "helicopter" not in station.name]
    >>> [responder.name for responder in nearest(boats, 51.05, 1.6, 3)]
    ['dover', 'snsm_calais', 'calais_patrol police_patrol_boat']
    """
    if count < 0:
        raise BadInput(f"Number of responders is {count}; ask for 0 or more.")
    candidates = [
        (responder.arrival_time(latitude, longitude, darkness), responder.name, responder)
        for station in stations
        for responder in lying_at(station)
        if distance(station.latitude, station.longitude, latitude, longitude) <= responder.usual("reach")
    ]
    return tuple(responder for _, _, responder in sorted(candidates, key=lambda candidate: candidate[:2])[:count])


@compiled
def speed_in_waves(calm_speed, wave_height, wave_limit):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return the speed that waves leave a vessel.

    Parameters
    ----------
    calm_speed : float
        In a calm. [m/s]
    wave_height : float
        Significant wave height. [m]
    wave_limit : float
        Significant wave height at which half its calm speed is left. [m]

    Returns
    -------
    float
        Never more than in a calm, never quite nothing. [m/s]

    References
    ----------
    The form is Varne's: added resistance, and the speed a crew gives up, grow with the square of the wave height.

    Examples
    --------
    >>> speed_in_waves(12.0, 4.0, 4.0), speed_in_waves(12.0, 0.0, 4.0)
    (6.0, 12.0)
    """
    return calm_speed / (1.0 + (wave_height / wave_limit) ** 2)


@compiled
def arrival_time(ready_time, distance, speed):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Return when a responder is there.

    Parameters
    ----------
    ready_time : float
        When it gets under way. [s]
    distance : float
        Its way. [m]
    speed : float
        On the way. [m/s]

    Returns
    -------
    float
        Infinite when it makes no speed and is not there already. [s]

    Examples
    --------
    >>> arrival_time(600.0, 12000.0, 10.0)
    1800.0
    """
    if distance <= 0.0:
        return ready_time
    if speed <= 0.0:
        return math.inf
    return ready_time + distance / speed


@compiled
def reaches(now, ready_time, speed, distance):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Say whether a responder that makes a boat's present distance its way is there by now.

    Parameters
    ----------
    now : float
        The moment in question. [s]
    ready_time : float
        When it gets under way. [s]
    speed : float
        On the way. [m/s]
    distance : float
        From where it set out to where the boat is now. [m]

    Returns
    -------
    bool
        True from the moment of :func:`arrival_time`.

    Examples
    --------
    >>> reaches(1799.0, 600.0, 10.0, 12000.0), reaches(1800.0, 600.0, 10.0, 12000.0)
    (False, True)
    """
    return now >= arrival_time(ready_time, distance, speed)
