"""What a season comes to under each policy: means, how sure we are of them, and what one future may bring."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varne.compare.paired import difference
from varne.encounter.outcome import HIGH, LOW, Interval, interval_of_draws
from varne.encounter.records import CAUSES
from varne.season.economics import by_draw, known_draws, paired_interval, place_of
from varne.season.ledger import Ledger
from varne.season.plan import year_of
from varne.season.toll import bound, quantiles, toll

Array = NDArray[np.float64]

# Counts that are shown, in words. [people, boats, attempts, events]
COUNTS = {
    "attempts": "attempts to leave the beach, each group each time",
    "people_attempting": "people in these attempts, each time counted",
    "prevented": "attempts stopped on the beach",
    "people_prevented": "people in attempts stopped on the beach",
    "people_deterred": "people who do not set out for the coast",
    "people_by_lorry": "people who try lorries instead, of these and of those who give up",
    "boats_at_sea": "boats at sea",
    "people_at_sea": "people at sea",
    "boats_attended": "boats that a responder attends",
    "interventions": "interventions of officers at sea",
    "arrivals": "people who arrive in England",
    "boats_arrived": "boats that arrive in England",
    "brought_back": "people brought back to the continent",
    "ashore_elsewhere": "people ashore elsewhere",
    "unresolved": "people still at sea when the voyage is no longer followed",
    "deaths": "deaths of people aboard",
    "serious_injuries": "serious injuries of people aboard",
    "fatal_events": "boats on which somebody dies",
    "fatal_interventions": "interventions after which somebody dies on that voyage",
    "crew_deaths": "deaths in responders' crews",
    "crew_injuries": "serious injuries in responders' crews",
}
# Expected numbers along a path: what one future brings is their Poisson count, or (deaths) their compound.
_EXPECTED = ("fatal_events", "fatal_interventions")
# Expected numbers without a distribution: only their means are known.
_MEANS_ONLY = ("serious_injuries", "crew_deaths", "crew_injuries")
WHOLE = "season"


@dataclass(frozen=True, slots=True)
class Estimate:
    """
    A count: its mean with the 90 % interval of what is not known, and the 90 % interval of one future.

    The first has luck taken out; the second holds what is not known and luck. None where only the mean is modelled.
    """

    known: Interval
    future: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """The whole season or one calendar year under one policy; weeks count to the year in which they begin."""

    name: str  # "season", or the year
    counts: Mapping[str, Estimate]
    p_any_death: Interval  # chance that somebody dies at sea [1]
    by_cause: Mapping[str, Interval]  # deaths of people aboard [people]
    in_one_event: Array  # chance of at least one event with 1, 2, ... deaths or more [1]
    in_one_event_low: Array
    in_one_event_high: Array
    deaths: Array  # chance of 0, 1, 2, ... deaths: one future [1]
    deaths_bound: float  # by how much a chance in `deaths` can be off [1]


@dataclass(frozen=True, slots=True)
class Summary:
    """One policy: the whole season first, then each year that it touches."""

    policy: str
    stretches: tuple[Stretch, ...]

    @property
    def whole(self) -> Stretch:
        """
        Return the whole season.

        Returns
        -------
        Stretch

        Examples
        --------
        >>> from varne.season.ledger import empty_ledger
        >>> ledger = empty_ledger(("a",), np.arange(4), 2, np.zeros(1), np.array([1970]))
        >>> summary_of(ledger, "a").whole.name
        'season'
        """
        return self.stretches[0]


@dataclass(frozen=True, slots=True)
class Contrast:
    """A policy less its reference, the same members under both."""

    policy: str
    reference: str
    counts: Mapping[str, Interval]
    by_cause: Mapping[str, Interval]  # [people]
    p_fewer_deaths: float  # share of draws; ties count half [1]


def summary_of(ledger: Ledger, policy: str) -> Summary:
    """
    Summarise a season under one policy.

    Parameters
    ----------
    ledger : Ledger
        Whole draws. [people]
    policy : str
        Its name. [1]

    Returns
    -------
    Summary

    Raises
    ------
    UnknownName
        If the ledger has no such policy.
    BadMembers
        If the ledger holds parts of a draw.

    Examples
    --------
    >>> from varne.season.ledger import empty_ledger
    >>> ledger = empty_ledger(("a",), np.arange(4), 2, np.zeros(1), np.array([1970]))
    >>> summary_of(ledger, "a").whole.counts["deaths"]
    Estimate(known=Interval(mean=0.0, low=0.0, high=0.0), future=(0.0, 0.0))
    """
    place = place_of(ledger, policy)
    weeks, severity = ledger.weeks[place], ledger.severity[place]
    year_of_week = np.clip(year_of(ledger.week_starts), ledger.years[0], ledger.years[-1])
    found = [_stretch(WHOLE, weeks, severity.sum(axis=1), ledger.replicates)]
    for number, year in enumerate(ledger.years):
        held = weeks[:, year_of_week == year]
        found.append(_stretch(str(year), held, severity[:, number], ledger.replicates))
    return Summary(policy, tuple(found))


def contrast_of(ledger: Ledger, policy: str, reference: str) -> Contrast:
    """
    Compare a policy with its reference, member by member.

    Parameters
    ----------
    ledger : Ledger
        Whole draws. [people]
    policy, reference : str
        Their names. [1]

    Returns
    -------
    Contrast
        Negative where the policy has fewer.

    Raises
    ------
    UnknownName
        If the ledger has no such policy.

    Examples
    --------
    >>> from varne.season.ledger import empty_ledger
    >>> ledger = empty_ledger(("a", "b"), np.arange(4), 2, np.zeros(1), np.array([1970]))
    >>> contrast_of(ledger, "b", "a").p_fewer_deaths
    0.5
    """
    one, other = (ledger.weeks[place_of(ledger, name)] for name in (policy, reference))

    def _less(name: str) -> Interval:
        return paired_interval(by_draw(one[name].sum(axis=1) - other[name].sum(axis=1), ledger.replicates))

    deaths = [by_draw(weeks["deaths"].sum(axis=1), ledger.replicates) for weeks in (one, other)]
    return Contrast(
        policy,
        reference,
        {name: _less(name) for name in COUNTS},
        {cause: _less(f"deaths_{cause}") for cause in CAUSES},
        difference(deaths[0], deaths[1]).p_safer,
    )


def in_words(one: Interval) -> str:
    """
    Say what a paired difference tells.

    Parameters
    ----------
    one : Interval
        A policy less its reference. [unit]

    Returns
    -------
    str

    Examples
    --------
    >>> in_words(Interval(-1.0, -3.0, 0.5)), in_words(Interval(-1.0, -3.0, -0.5)), in_words(Interval(0.0, 0.0, 0.0))
    ('cannot be told apart from zero', 'fewer', 'no difference')
    """
    if one.low == one.high == 0.0:
        return "no difference"
    if one.low <= 0.0 <= one.high:
        return "cannot be told apart from zero"
    return "fewer" if one.high < 0.0 else "more"


def _stretch(name: str, weeks: NDArray[np.void], severity: Array, replicates: int) -> Stretch:
    def _known(values: Array) -> Interval:
        return interval_of_draws(known_draws(by_draw(values, replicates)))

    counts = {count: weeks[count].sum(axis=1) for count in COUNTS}
    log_none = weeks["log_no_fatal_event"].sum(axis=1)
    deaths = toll(severity)
    rates = np.asarray(severity[:, :0:-1].cumsum(axis=1)[:, ::-1])  # events with at least 1, 2, ... deaths
    curves = -np.expm1(-rates.reshape(-1, replicates, rates.shape[1])).mean(axis=1)
    means = curves.mean(axis=0)
    lows, highs = np.quantile(curves, [LOW, HIGH], axis=0)
    estimates = {count: _estimate(_known(values), _future(count, values, deaths)) for count, values in counts.items()}
    return Stretch(
        name,
        estimates,
        _known(-np.expm1(log_none)),
        {cause: _known(weeks[f"deaths_{cause}"].sum(axis=1)) for cause in CAUSES},
        means,
        np.minimum(lows, means),
        np.maximum(highs, means),
        deaths,
        bound(counts["fatal_events"], log_none),
    )


def _estimate(known: Interval, future: tuple[float, float] | None) -> Estimate:
    """One future is never surer than what is known: a few members may say so."""
    return Estimate(known, None if future is None else (min(future[0], known.low), max(future[1], known.high)))


def _future(count: str, values: Array, deaths: Array) -> tuple[float, float] | None:
    """One future: chance within the path is added where the books hold an expected number."""
    if count in _MEANS_ONLY:
        return None
    if count == "deaths":
        low, high = quantiles(deaths, (LOW, HIGH))
    elif count in _EXPECTED:
        low, high = quantiles(toll(np.stack([np.zeros_like(values), values], axis=1)), (LOW, HIGH))
    else:
        low, high = (float(value) for value in np.quantile(values, [LOW, HIGH]))
    return low, high
