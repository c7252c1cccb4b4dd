"""The ledger of a season: what came of every week under every policy, for every member."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varne.encounter.records import CAUSES

# Counts are whole where chance decides them along the path (boats, attempts), expected numbers where a hazard does
# (deaths, and people by what became of them). [boats, people, events] but where a unit stands.
_COUNTED = (
    # before the sea
    "attempts", "people_attempting", "prevented", "people_prevented", "boats_lost", "people_deterred",
    "people_by_lorry",
    # at sea
    "boats_at_sea", "people_at_sea", "boats_attended", "interventions", "responder_hours",
    # what became of people: these and deaths add up to people_at_sea
    "arrivals", "brought_back", "ashore_elsewhere", "unresolved",
    "boats_arrived",
    # harm
    "deaths", "serious_injuries", "crew_deaths", "crew_injuries",
    "fatal_events",  # boats on which somebody dies
    "log_no_fatal_event",  # logarithm of the chance that nobody dies at sea in the week; adds up over weeks [1]
    "fatal_interventions",  # interventions after which somebody dies on that voyage
    "log_no_fatal_intervention",  # as above, for interventions [1]
)  # fmt: skip
WEEK = np.dtype(
    (
        np.record,
        [(name, np.float64) for name in _COUNTED]
        + [(f"deaths_{cause}", np.float64) for cause in CAUSES]
        + [(f"events_{cause}", np.float64) for cause in CAUSES],
    )
)
MOST_DEATHS = 120  # deaths in one event that are told apart; more count as so many


@dataclass(frozen=True, slots=True)
class Ledger:
    """
    Every week of every member under every policy, and how severe the fatal events of each year are.

    ``week_starts`` are Mondays at midnight UTC; the first and the last week may have fewer days of the season. Members
    are draw times replicates plus replicate.
    """

    policies: tuple[str, ...]
    members: NDArray[np.int64]  # (member,) which members these are
    replicates: int  # of each epistemic draw
    week_starts: NDArray[np.float64]  # (week,) since 1970 UTC [s]
    years: NDArray[np.int64]  # (year,) calendar years that the season touches
    weeks: NDArray[np.void]  # WEEK, (policy, member, week)
    severity: NDArray[
        np.float64
    ]  # (policy, member, year, deaths) expected events with so many deaths, 0 to MOST_DEATHS

    @property
    def draw_of_member(self) -> NDArray[np.int64]:
        """
        Return which epistemic draw each member belongs to.

        Returns
        -------
        array, shape (member,)
            [1]

        Examples
        --------
        >>> empty_ledger(("a",), np.arange(4), 2, np.zeros(1), np.array([2024])).draw_of_member
        array([0, 0, 1, 1])
        """
        return self.members // self.replicates


def empty_ledger(
    policies: tuple[str, ...],
    members: NDArray[np.int64],
    replicates: int,
    week_starts: NDArray[np.float64],
    years: NDArray[np.int64],
) -> Ledger:
    """
    Return a ledger in which nothing has happened yet.

    Parameters
    ----------
    policies : tuple of str
        Their names. [1]
    members : array, shape (member,)
        Which members. [1]
    replicates : int
        Of each epistemic draw. [1]
    week_starts : array, shape (week,)
        Mondays at midnight, since 1970 UTC. [s]
    years : array, shape (year,)
        Calendar years. [1]

    Returns
    -------
    Ledger

    Examples
    --------
    >>> empty_ledger(("a", "b"), np.arange(3), 1, np.zeros(5), np.array([2024])).weeks.shape
    (2, 3, 5)
    """
    shape = len(policies), len(members)
    return Ledger(
        policies,
        members,
        replicates,
        week_starts,
        years,
        np.zeros((*shape, len(week_starts)), WEEK),
        np.zeros((*shape, len(years), MOST_DEATHS + 1)),
    )
