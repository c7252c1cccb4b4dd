"""
Regions of the sea: whose territorial sea, whose rescue region, which part of the traffic scheme a position lies in.

For orientation, and no statement of law: each answer says how far the nearest limit is and how well that is known; near
a limit the answer is that it cannot be told.
"""

import math
from dataclasses import dataclass

import numpy as np

from varne.atlas.charts import CoastMask, LaneGrid
from varne.atlas.embedded import coast_mask, lane_grid
from varne.earth import Plane, distance
from varne.facts.regions import Breadth, LimitLine, Limits, limits_at_sea
from varne.sea.coast import CONTINENT, FRENCH_BELGIAN_BORDER, GREAT_BRITAIN, check_at_sea, nearest_coast
from varne.sea.lanes import NONE, NORTH_EAST_GOING, SOUTH_WEST_GOING

HIGH_SEAS = "none"  # beyond every territorial sea
# Where the border of Belgium and the Netherlands meets the sea, at the Zwin [deg]: general knowledge, to some 500 m.
BELGIAN_DUTCH_BORDER = 3.364
_LANES = {SOUTH_WEST_GOING: "south-west lane", NORTH_EAST_GOING: "north-east lane"}
_STATES = {"uk": "the United Kingdom", "fr": "France", "be": "Belgium", "nl": "the Netherlands"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a position lies in, and how far the nearest limit of it is."""

    value: str
    limit: str  # what the limit is
    away: float  # distance of the limit [m]
    uncertainty: float  # of where the limit runs [m]
    grade: str

    @property
    def certain(self) -> bool:
        """
        Say whether the limit is further than it is uncertain.

        Returns
        -------
        bool

        Examples
        --------
        >>> Answer("uk", "a line", 90.0, 100.0, "derived").certain
        False
        """
        return self.away > self.uncertainty


@dataclass(frozen=True, slots=True)
class Region:
    """Where a position lies; for orientation, no statement of law."""

    latitude: float
    longitude: float
    territorial_sea: Answer  # a State, or HIGH_SEAS
    rescue_region: Answer  # a State
    rescue_centre: str
    traffic: Answer  # a lane, the separation zone, inshore of the lanes, or open sea
    shore_band: Answer  # "inside" or "outside"


def region_at(latitude: float, longitude: float) -> Region:
    """
    Say where a position at sea lies.

    Parameters
    ----------
    latitude, longitude : float
        Where. [deg]

    Returns
    -------
    Region

    Raises
    ------
    BadPosition
        If it is on land or outside the sea that Varne knows.

    References
    ----------
    Agreements of 1988 (France, United Kingdom) and 1990 (France, Belgium); UNCLOS article 3.

    Examples
    --------
    >>> here = region_at(51.05, 1.40)
    >>> here.territorial_sea.value, here.rescue_centre, here.traffic.value
    ('uk', 'HM Coastguard, Dover', 'south-west lane')
    """
    mask, limits = coast_mask(), limits_at_sea()
    check_at_sea(mask, latitude, longitude)
    britain = nearest_coast(mask, latitude, longitude, codes=(GREAT_BRITAIN,))[2]
    _, east, continent = nearest_coast(mask, latitude, longitude, codes=(CONTINENT,))
    state, lines = _side(latitude, longitude, "uk" if britain < continent else _continental(east), limits)
    banks = [distance(latitude, longitude, *bank) for bank in limits.banks[state]]
    own = min([britain if state == "uk" else continent, *banks])
    median = limits.breadths["median"]
    divides = [(line.says, away, line.uncertainty, line.grade) for line, away in lines if state in _parts(line)]
    if not any("uk" in _parts(line) for line, _ in lines):  # no point of the median is nearer than half the difference
        divides.append((median.says, abs(britain - continent) / 2.0, median.uncertainty, median.grade))
    nearest = min(divides, key=lambda one: one[1])
    rescue = limits.breadths["rescue_regions"]
    band = limits.breadths["shore_band"]
    shore = min(britain, continent)
    return Region(
        latitude,
        longitude,
        _territorial(state, own, nearest, limits.breadths["territorial_sea"]),
        Answer(state, nearest[0], nearest[1], max(nearest[2], rescue.uncertainty), rescue.grade),
        limits.rescue_centres[state],
        _traffic(latitude, longitude, shore, mask),
        _within("inside" if shore <= band.value else "outside", shore, band),
    )


def region_words(region: Region) -> list[str]:
    """
    Say it in sentences.

    Parameters
    ----------
    region : Region
        Where a position lies. [1]

    Returns
    -------
    list of str

    Examples
    --------
    >>> print(region_words(region_at(51.05, 1.40))[0])
    Territorial sea of the United Kingdom; nearest limit: the line of 1988 between British and French waters, ...
    """
    sea = region.territorial_sea
    whose = f"Territorial sea of {_STATES[sea.value]}" if sea.value in _STATES else "Beyond the territorial seas"
    rescue = f"Rescue region of {_STATES[region.rescue_region.value]} ({region.rescue_centre})"
    traffic = f"Traffic: {region.traffic.value}"
    words = [_sentence(whose, sea), _sentence(rescue, region.rescue_region), _sentence(traffic, region.traffic)]
    if region.shore_band.value == "inside" or not region.shore_band.certain:
        words.append(_sentence(f"The 300 m band along the shore: {region.shore_band.value}", region.shore_band))
    return [*words, "For orientation only; this is no statement of law."]


def _sentence(what: str, answer: Answer) -> str:
    if not answer.certain:
        return (
            f"{what}, or not: within {answer.away:.0f} m of the limit ({answer.limit}), which is known to "
            f"{answer.uncertainty:.0f} m ({answer.grade}): cannot tell."
        )
    return (
        f"{what}; nearest limit: {answer.limit}, {answer.away / 1000.0:.1f} km away, known to "
        f"{answer.uncertainty:.0f} m ({answer.grade})."
    )


def _continental(longitude: float) -> str:
    """Whose coast of the continent lies at a longitude."""
    if longitude < FRENCH_BELGIAN_BORDER:
        return "fr"
    return "be" if longitude < BELGIAN_DUTCH_BORDER else "nl"


def _parts(line: LimitLine) -> tuple[str, str]:
    return line.left, line.right


def _side(latitude: float, longitude: float, nearest: str, limits: Limits) -> tuple[str, list[tuple[LimitLine, float]]]:
    """On whose side of the lines a position lies, and the lines beside which it lies with their distances [m]."""
    state, found = nearest, []
    for line in limits.lines.values():
        to_left, beside = _beside(latitude, longitude, line)
        if beside and state in _parts(line):
            state = line.left if to_left > 0.0 else line.right
        if beside:
            found.append((line, abs(to_left)))
    return state, found


def _beside(latitude: float, longitude: float, line: LimitLine) -> tuple[float, bool]:
    """Distance to a line, positive on its left [m], and whether the position lies beside it and not beyond its ends."""
    plane = Plane(latitude, longitude)
    points = [plane.to_plane(*point) for point in line.points]
    best, beside = math.inf, False
    last = len(points) - 2
    for number in range(last + 1):
        (x_1, y_1), (x_2, y_2) = points[number], points[number + 1]
        along_x, along_y = x_2 - x_1, y_2 - y_1
        part = -(x_1 * along_x + y_1 * along_y) / (along_x**2 + along_y**2)
        held = min(max(part, 0.0), 1.0)
        away = math.hypot(x_1 + held * along_x, y_1 + held * along_y)
        if away < abs(best):
            best = math.copysign(away, along_y * x_1 - along_x * y_1)
            beside = not ((number == 0 and part < 0.0) or (number == last and part > 1.0))
    return best, beside


def _territorial(state: str, own: float, divides: tuple[str, float, float, str], breadth: Breadth) -> Answer:
    """Within twelve miles of its own coast or banks, on its own side of the line."""
    inside = own <= breadth.value
    outer = Answer(
        state if inside else HIGH_SEAS, "12 nautical miles from coast and drying banks", abs(own - breadth.value),
        breadth.uncertainty, breadth.grade,
    )  # fmt: skip
    line = Answer(outer.value, *divides)
    if not inside:
        return outer
    # What is less sure is said first; of two that are sure, the nearer.
    return min(outer, line, key=lambda one: (one.certain, one.away))


def _within(value: str, away: float, breadth: Breadth) -> Answer:
    limit = f"{breadth.value:.0f} m from the shore"
    return Answer(value, limit, abs(away - breadth.value), breadth.uncertainty, breadth.grade)


def _traffic(latitude: float, longitude: float, shore: float, mask: CoastMask) -> Answer:
    """In a lane, between two lanes, between a lane and the shore, or in the open sea."""
    lanes, between = lane_grid(), limits_at_sea().breadths["between_lanes"]
    plane = Plane(latitude, longitude)
    here = _lane_code(lanes, latitude, longitude)
    to = {code: _nearest_cell(lanes, plane, code) for code in (NONE, *_LANES)}
    limit = "the edge of a lane"
    if here != NONE:
        return Answer(_LANES[here], limit, math.hypot(*to[NONE]), between.uncertainty, between.grade)
    one, other = to[SOUTH_WEST_GOING], to[NORTH_EAST_GOING]
    away = min(math.hypot(*one), math.hypot(*other))
    opposite = one[0] * other[0] + one[1] * other[1] < 0.0
    value = "open sea"
    if opposite and max(math.hypot(*one), math.hypot(*other)) <= between.value:
        value = "separation zone"
    else:
        near = plane.to_earth(*min(one, other, key=lambda way: math.hypot(*way)))
        lane_shore = nearest_coast(mask, *near, codes=(GREAT_BRITAIN, CONTINENT))[2]
        if away <= limits_at_sea().breadths["inshore"].value and shore < lane_shore:
            value = "inshore of the lanes"
    return Answer(value, limit, away, between.uncertainty, between.grade)


def _lane_code(lanes: LaneGrid, latitude: float, longitude: float) -> int:
    row = int((latitude - lanes.south) * lanes.cells_per_degree)
    column = int((longitude - lanes.west) * lanes.cells_per_degree)
    return int(lanes.code[min(row, lanes.code.shape[0] - 1), min(column, lanes.code.shape[1] - 1)])


def _nearest_cell(lanes: LaneGrid, plane: Plane, code: int) -> tuple[float, float]:
    """Way to the nearest cell of a code, east and north [m]."""
    row, column = np.nonzero(lanes.code == code)
    y = (lanes.south + (row + 0.5) / lanes.cells_per_degree - plane.latitude) * plane.metres_per_degree_north
    x = (lanes.west + (column + 0.5) / lanes.cells_per_degree - plane.longitude) * plane.metres_per_degree_east
    nearest = int(np.argmin(x * x + y * y))
    return float(x[nearest]), float(y[nearest])
