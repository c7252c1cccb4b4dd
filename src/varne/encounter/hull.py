"""The boat of an encounter in each draw: its dimensions, how deep it floats by load."""

import numpy as np
from numpy.typing import NDArray

from varne.afloat.hydrostatics import draft
from varne.compiled import compiled
from varne.encounter.records import BOAT, MASSES
from varne.encounter.scenario import Scenario


def draw_boats(scenario: Scenario, known: NDArray[np.void]) -> NDArray[np.void]:
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
    structured array of BOAT, shape (draw,)
        [SI]

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> question = Scenario.of({"position": "51N 1.5E", "time": 0, "people": 55, "length": 9})
    >>> boats = draw_boats(question, shipped_facts().drawn(3, 1))
    >>> bool((boats["drafts"][:, 1:] >= boats["drafts"][:, :-1]).all())  # heavier is deeper
    True
    """
    boats = np.zeros(len(known), BOAT)
    boats["length"] = scenario.length
    boats["women"], boats["children"], worn = _crowd(scenario, known)
    boats["working_jackets"] = worn * known["people_jacket_works"]
    _fit_out_all(boats, known)
    return boats


@compiled
def _fit_out_all(boats, known):  # type: ignore[no-untyped-def]  # Numba infers its types
    for draw in range(len(boats)):
        fit_out(boats[draw], known[draw])


@compiled
def fit_out(boat, fact):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Work out everything about one boat from its length and its people.

    Parameters
    ----------
    boat : record of BOAT
        With its length, shares of women and children, and jackets; all else is filled in. [SI]
    fact : record
        Drawn facts. [SI]

    Returns
    -------
    None
    """
    boat.diameter = boat.length * fact.boat_tube_over_length
    boat.inner_width = boat.length * fact.boat_inner_over_length
    boat.beam = boat.inner_width + 2.0 * boat.diameter
    boat.empty_mass = fact.boat_hull_mass + fact.boat_engine_mass
    boat.person_mass = (
        boat.women * fact.people_woman_mass
        + boat.children * fact.people_child_mass
        + (1.0 - boat.women - boat.children) * fact.people_man_mass
    )
    boat.leak = fact.boat_leak * fact.boat_condition
    boat.bailing = fact.boat_bailing
    boat.stop_rate = fact.boat_engine_stop_rate * fact.boat_condition
    boat.structure_rate = fact.structure_base_rate * fact.boat_condition
    boat.lightest = boat.empty_mass
    # Tubes and hull full to the upper edge: no boat carries more.
    most = fact.sea_water_density * boat.length * (boat.beam * boat.diameter)
    boat.mass_step = (most - boat.lightest) / (MASSES - 1)
    for place in range(MASSES):
        boat.drafts[place] = draft(
            boat.lightest + place * boat.mass_step,
            boat.length,
            boat.diameter,
            boat.inner_width,
            fact.boat_floor_height,
            2.0,
            fact.sea_water_density,
        )


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
