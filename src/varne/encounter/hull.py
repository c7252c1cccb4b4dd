"""The boat of an encounter in each draw: its dimensions, how deep it floats by load, what can break."""

import numpy as np
from numpy.typing import NDArray

from varne.afloat.hydrostatics import draft
from varne.encounter.records import BOAT
from varne.encounter.scenario import Scenario
from varne.hazards.breaking import capsize_rate
from varne.sea.waves import breaking_chance, rayleigh_exceedance, steepness, wave_number

_MASSES = 96  # places in the table of drafts
# Streams along the waves for which breaking is tabulated: the fastest of the strait at springs and more. [m/s]
STREAMS = np.linspace(-2.5, 2.5, 21)


def draw_boats(scenario: Scenario, known: NDArray[np.void]) -> tuple[NDArray[np.void], NDArray[np.float64]]:
    """
    Draw the boat of each epistemic draw, with its table of drafts.

    Parameters
    ----------
    scenario : Scenario
        The question: length and people. [SI]
    known : structured array, shape (draw,)
        The drawn facts. [SI]

    Returns
    -------
    boats : structured array of BOAT, shape (draw,)
        [SI]
    drafts : array, shape (draw, mass)
        Draft at ``lightest + mass_step * index``; infinite where the boat sinks. [m]

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> question = Scenario.of({"position": "51N 1.5E", "time": 0, "people": 55, "length": 9})
    >>> boats, drafts = draw_boats(question, shipped_facts().drawn(3, 1))
    >>> drafts.shape
    (3, 96)
    """
    boats = np.zeros(len(known), BOAT)
    boats["length"] = scenario.length
    boats["diameter"] = scenario.length * known["boat_tube_over_length"]
    boats["inner_width"] = scenario.length * known["boat_inner_over_length"]
    boats["beam"] = boats["inner_width"] + 2.0 * boats["diameter"]
    boats["empty_mass"] = known["boat_hull_mass"] + known["boat_engine_mass"]
    boats["women"], boats["children"], worn = _crowd(scenario, known)
    boats["working_jackets"] = worn * known["people_jacket_works"]
    boats["person_mass"] = (
        boats["women"] * known["people_woman_mass"]
        + boats["children"] * known["people_child_mass"]
        + (1.0 - boats["women"] - boats["children"]) * known["people_man_mass"]
    )
    boats["leak"] = known["boat_leak"] * known["boat_condition"]
    boats["bailing"] = known["boat_bailing"]
    boats["stop_rate"] = known["boat_engine_stop_rate"] * known["boat_condition"]
    boats["structure_rate"] = known["structure_base_rate"] * known["boat_condition"]
    boats["lightest"] = boats["empty_mass"]
    # Tubes and hull full to the upper edge: no boat carries more.
    most = known["sea_water_density"] * boats["length"] * (boats["beam"] * boats["diameter"])
    boats["mass_step"] = (most - boats["lightest"]) / (_MASSES - 1)
    drafts = np.empty((len(known), _MASSES))
    for index, (boat, fact) in enumerate(zip(boats, known, strict=True)):
        for place in range(_MASSES):
            drafts[index, place] = draft(
                boat["lightest"] + place * boat["mass_step"],
                boat["length"],
                boat["diameter"],
                boat["inner_width"],
                fact["boat_floor_height"],
                2.0,
                fact["sea_water_density"],
            )
    return boats, drafts


def breaking_rates(
    boats: NDArray[np.void], weather: NDArray[np.void], known: NDArray[np.void], depth: float
) -> NDArray[np.float64]:
    """
    Tabulate how often a breaking wave capsizes the boat, by the stream along the waves.

    Parameters
    ----------
    boats, weather, known : structured array, shape (draw,)
        Boats, weather and drawn facts. [SI]
    depth : float
        Of the water. [m]

    Returns
    -------
    array, shape (draw, 2, stream)
        Under way, and adrift; for each of :data:`STREAMS`. [1/s]

    Examples
    --------
    >>> from varne.encounter.records import WEATHER
    >>> from varne.facts.tables import shipped_facts
    >>> known = shipped_facts().drawn(1, 1)
    >>> boats, weather = np.zeros(1, BOAT), np.zeros(1, WEATHER)
    >>> boats["length"], weather["wave_height"], weather["peak_period"], weather["zero_crossing_period"] = 9, 1, 4, 3
    >>> rates = breaking_rates(boats, weather, known, 30.0)
    >>> bool((rates[0, 1] >= rates[0, 0]).all())
    True
    """
    rates = np.empty((len(known), 2, len(STREAMS)))
    for index, (boat, air, fact) in enumerate(zip(boats, weather, known, strict=True)):
        critical = fact["breaking_critical_over_length"] * boat["length"]
        high_enough = rayleigh_exceedance(critical / max(air["wave_height"], 1e-6))
        for place, stream in enumerate(STREAMS):
            number = wave_number(air["peak_period"], depth, stream)
            breaks = breaking_chance(steepness(air["wave_height"], number))
            for adrift, share in enumerate(("breaking_beam_on_under_way", "breaking_beam_on_adrift")):
                rates[index, adrift, place] = capsize_rate(
                    high_enough, breaks, fact[share], air["zero_crossing_period"]
                )
    return rates


def _crowd(
    scenario: Scenario, known: NDArray[np.void]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Shares of women and children, and jackets worn; what is not given is drawn."""
    people = float(scenario.people)
    women = known["people_woman_share"] if scenario.women is None else np.full(len(known), scenario.women / people)
    children = (
        known["people_child_share"] if scenario.children is None else np.full(len(known), scenario.children / people)
    )
    if scenario.women is None:
        women = np.minimum(women, 1.0 - children)
    else:
        children = np.minimum(children, 1.0 - women)
    worn = known["people_jacket_share"] * people if scenario.jackets is None else np.full(len(known), scenario.jackets)
    return women, children, np.asarray(worn, dtype=np.float64)
