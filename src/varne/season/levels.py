"""Levels: what a policy sets, as numbers for each stretch of time and each epistemic draw."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Every lever, and the value at which it changes nothing. Behaviour that may adapt stands in the third group: off.
NEUTRAL: dict[str, float] = {
    # on the beach and before
    "prevention": 1.0,  # factor on the odds that an attempt is stopped before launch [1]
    "supply": 1.0,  # boats that reach the coast, over those that would [1]
    "deterrence": 0.0,  # relative change of those who set out for the coast; assumed wherever it is not 0 [1]
    # at sea
    "watched": 0.35,  # share of boats at sea that a responder watches from a distance [1]
    "escorted": 0.5,  # share that a responder escorts close by; the rest are alone until they call [1]
    "intercept_option": -1.0,  # place in the table of options of what officers do; -1: nothing [1]
    "intercept_share": 0.0,  # share of the boats within the limits for which it is ordered [1]
    "intercept_teams": 0.0,  # teams on duty in a night [1]
    "intercept_waves": np.inf,  # significant height above which it is not done [m]
    "intercept_people": np.inf,  # people aboard above which it is not done [people]
    "intercept_by_day": 0.0,  # 1: only in daylight [1]
    "rescue_vessels": 0.0,  # lifeboats more than there are, on station in the strait [1]
    "rescue_readiness": 1.0,  # factor on the time until a crew is ready [1]
    # how smugglers and passengers may adapt: switches, each off
    "fuller": 0.0,  # share of the places lost with boats that is made up by fuller boats [1]
    "southward": 0.0,  # launches move to longer routes: tilt of the shares of places along the coast [1]
    "rougher": 0.0,  # relative rise of the wind and waves in which boats still leave [1]
    "taxi": 0.0,  # share of boats that pick their people up from the water, beyond the share there is [1]
    "lorries": 0.0,  # share of those who are deterred or give up that try lorries instead [1]
    "scarcity": 0.0,  # boats lost to prevention that are not replaced, as a share of those lost [1]
}
LEVEL = np.dtype((np.record, [(name, np.float64) for name in NEUTRAL]))


@dataclass(frozen=True, slots=True)
class Levels:
    """What each policy sets and when; a draw has one value of every range that a policy leaves open."""

    names: tuple[str, ...]  # of the policies
    period_of_day: NDArray[np.int64]  # (policy, day) which stretch of time a day of the season lies in
    levels: NDArray[np.void]  # LEVEL, (policy, period, draw)


def neutral_levels(draws: int) -> NDArray[np.void]:
    """
    Return the levels of a policy that changes nothing.

    Parameters
    ----------
    draws : int
        Epistemic draws. [1]

    Returns
    -------
    structured array of LEVEL, shape (draw,)
        [SI]

    Examples
    --------
    >>> neutral_levels(2)["prevention"]
    array([1., 1.])
    """
    return np.full(draws, np.array(tuple(NEUTRAL.values()), dtype=LEVEL))
