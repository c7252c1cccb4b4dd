"""Whether an option can be taken where the boat is."""

from varne.encounter.options import Option
from varne.encounter.scenario import Scenario
from varne.encounter.setting import Place


def why_not_here(option: Option, scenario: Scenario, place: Place) -> str:
    """
    Say why an option does not apply; nothing when it does.

    Parameters
    ----------
    option : Option
        With the depth and the distance from the shore within which it applies. [m]
    scenario : Scenario
        The question; at a launch from a beach every option applies. [SI]
    place : Place
        Depth and distance from the shore. [m]

    Returns
    -------
    str
        A sentence, or empty.

    Examples
    --------
    >>> from varne.encounter.options import Phase
    >>> from varne.encounter.setting import find_place
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> here = Option("shallow", "Stop it.", "ashore", (), Phase("x", {}, {}), applies_depth=2.0)
    >>> why_not_here(here, question, find_place(question))
    'the water is 38 m deep, and this option needs at most 2 m.'
    """
    if scenario.start == "beach":
        return ""
    reasons = []
    if place.depth > option.applies_depth:
        reasons.append(
            f"the water is {place.depth:.0f} m deep, and this option needs at most {option.applies_depth:g} m"
        )
    if place.shore_distance > option.applies_within:
        reasons.append(
            f"the shore is {place.shore_distance:.0f} m away, and this option needs at most {option.applies_within:g} m"
        )
    return "; ".join(reasons) + "." if reasons else ""
