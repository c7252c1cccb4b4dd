"""What is explained: the outcomes of options, and their differences to the reference, member by member."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
# Each outcome, and the fields of a member that add up to it.
OUTCOMES = {
    "deaths": ("deaths",),
    "p_any_death": ("p_any_death",),
    "serious_injuries": ("serious_injuries",),
    "crew_harmed": ("responder_deaths", "responder_serious_injuries"),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """One thing to explain: an outcome of an option, or its difference to a reference."""

    outcome: str  # of OUTCOMES
    option: int  # place
    reference: int | None  # place; none: the outcome itself


def every_quantity(options: int, reference: int, outcomes: Sequence[str] = tuple(OUTCOMES)) -> tuple[Quantity, ...]:
    """
    List each outcome of each option and, for the options beside the reference, the difference to it.

    Parameters
    ----------
    options : int
        How many. [1]
    reference : int
        Place of the reference. [1]
    outcomes : sequence of str, optional
        All when left out. [1]

    Returns
    -------
    tuple of Quantity
        Differences first, deaths first among them.

    Examples
    --------
    >>> [(one.option, one.reference) for one in every_quantity(2, 0, ["deaths"])]
    [(1, 0), (0, None), (1, None)]
    """
    beside = [place for place in range(options) if place != reference]
    return (
        *(Quantity(outcome, place, reference) for outcome in outcomes for place in beside),
        *(Quantity(outcome, place, None) for outcome in outcomes for place in range(options)),
    )


def values_of(members: NDArray[np.void], quantity: Quantity) -> Array:
    """
    Return one quantity of each member.

    Parameters
    ----------
    members : structured array of OUTCOME, shape (draw, replicate, option)
        [people]
    quantity : Quantity
        Which. [1]

    Returns
    -------
    array, shape (draw, replicate)
        [people, or 1 for a chance]

    Examples
    --------
    >>> from varne.encounter.records import OUTCOME
    >>> members = np.zeros((2, 3, 2), OUTCOME)
    >>> members["deaths"][:, :, 1] = 4.0
    >>> values_of(members, Quantity("deaths", 1, 0)).max()
    np.float64(4.0)
    """
    fields = OUTCOMES[quantity.outcome]
    values = sum((members[field][:, :, quantity.option] for field in fields), start=np.zeros(members.shape[:2]))
    if quantity.reference is not None:
        values = values - sum(members[field][:, :, quantity.reference] for field in fields)
    return np.asarray(values)
