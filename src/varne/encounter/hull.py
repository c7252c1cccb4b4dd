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
    boats["mass_step"] = (most - boats["lightest"]) / (MASSES - 1)
    _fill_drafts(boats, known)
    return boats


@compiled
def _fill_drafts(boats, known):  # type: ignore[no-untyped-def]
    for draw in range(len(boats)):
        boat = boats[draw]
        for place in range(MASSES):
            boat.drafts[place] = draft(
                boat.lightest + place * boat.mass_step,
                boat.length,
                boat.diameter,
                boat.inner_width,
                known[draw].boat_floor_height,
                2.0,
                known[draw].sea_water_density,
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
