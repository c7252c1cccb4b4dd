"""Levels of the policies: for each stretch of days and each epistemic draw, the numbers that the policies set."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from varne.draws import uniforms
from varne.errors import BadPolicy
from varne.season.levels import NEUTRAL, Levels, neutral_levels
from varne.season.policy import BESIDE, Policy, Setting, near_option

Array = NDArray[np.float64]


def levels_of(
    policies: Sequence[Policy],
    *,
    day_starts: Array,
    draws: int,
    seed: int,
    option_names: Sequence[str],
) -> Levels:
    """
    Lay out what policies set for the days of a season.

    A range is drawn once for each epistemic draw; the name of the lever decides the draw, so the same range of the
    same lever has the same draw under every policy and at every time.

    Parameters
    ----------
    policies : sequence of Policy
        In the order of the answer. [SI]
    day_starts : array, shape (day,)
        Midnights, since 1970 UTC. [s]
    draws : int
        Epistemic draws. [1]
    seed : int
        Names the experiment. [1]
    option_names : sequence of str
        Of the table to which ``intercept_option`` points. [1]

    Returns
    -------
    Levels
        A policy with fewer stretches than another ends in neutral levels that no day points to. [SI]

    Raises
    ------
    BadPolicy
        If a policy intercepts by an option that the table lacks, or two policies have one name.

    Examples
    --------
    >>> from varne.season.policy import read_policy
    >>> rows = {"name": "a", "says": "b", "start": "1970-01-01", "end": "1970-01-03", "source": "c"}
    >>> change = {"from": "1970-01-02", "until": "1970-01-02", "prevention": 0.5, "source": "d", "grade": "assumed"}
    >>> policy = read_policy({**rows, "grade": "assumed", "change": [change]}, "a.toml")
    >>> found = levels_of([policy], day_starts=86400.0 * np.arange(3), draws=1, seed=1, option_names=())
    >>> found.levels["prevention"][0, found.period_of_day[0], 0]
    array([1. , 0.5, 1. ])
    """
    names = tuple(option_names)
    called = [policy.name for policy in policies]
    if twice := sorted({name for name in called if called.count(name) > 1}):
        raise BadPolicy(f"Two policies are called {twice[0]!r}; give one another name.")
    stretches = [_stretches(policy, day_starts) for policy in policies]
    most = max((len(firsts) for firsts, _ in stretches), default=0)
    levels = np.broadcast_to(neutral_levels(draws), (len(policies), most, draws)).copy()
    for one, policy, (firsts, _) in zip(levels, policies, stretches, strict=True):
        for period, first in enumerate(firsts):
            for setting in _held(policy, day_starts[first]):
                one[setting.lever][period] = _value(setting, draws, seed, names)
    periods = np.array([of_day for _, of_day in stretches], dtype=np.int64).reshape(len(policies), len(day_starts))
    return Levels(tuple(policy.name for policy in policies), periods, levels)


def beside(policy: Policy, lever: str, *, day_starts: Array, draws: int, seed: int) -> Array:
    """
    Return a lever that changes no level of the season, day by day.

    Parameters
    ----------
    policy : Policy
        What sets it. [SI]
    lever : str
        One of those in ``BESIDE``. [1]
    day_starts : array, shape (day,)
        Midnights, since 1970 UTC. [s]
    draws : int
        Epistemic draws. [1]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    array, shape (draw, day)
        [SI]

    Examples
    --------
    >>> from varne.season.policy import read_policy
    >>> rows = {"name": "a", "says": "b", "start": "1970-01-01", "end": "1970-01-03", "source": "c"}
    >>> change = {"from": "1970-01-02", "returns": 12, "source": "d", "grade": "assumed"}
    >>> policy = read_policy({**rows, "grade": "assumed", "change": [change]}, "a.toml")
    >>> beside(policy, "returns", day_starts=86400.0 * np.arange(3), draws=1, seed=1)
    array([[ 0., 12., 12.]])
    """
    values = np.full((draws, len(day_starts)), BESIDE[lever])
    for setting in policy.acting:
        if setting.lever == lever:
            held = (day_starts >= setting.begins) & (day_starts < setting.ends)
            values[:, held] = _value(setting, draws, seed, ())[:, np.newaxis]
    return values


def options_intercepting(policies: Sequence[Policy]) -> tuple[str, ...]:
    """
    Name the options by which policies intercept.

    Parameters
    ----------
    policies : sequence of Policy
        Any. [SI]

    Returns
    -------
    tuple of str
        Each once, in the order of their names.

    Examples
    --------
    >>> options_intercepting([])
    ()
    """
    return tuple(sorted({one.option for policy in policies for one in policy.settings if one.option}))


def idle_changes(policy: Policy, day_starts: Array) -> tuple[str, ...]:
    """
    Say which changes of a policy act on no day of a season, so that nobody reads their absence as their effect.

    Parameters
    ----------
    policy : Policy
        [SI]
    day_starts : array, shape (day,)
        Midnights, since 1970 UTC. [s]

    Returns
    -------
    tuple of str
        A sentence for each change that its dates or its doctrine keep from acting.

    Examples
    --------
    >>> from varne.season.policy import read_policy
    >>> rows = {"name": "a", "says": "b", "start": "1970-01-01", "end": "1970-01-03", "source": "c"}
    >>> change = {"from": "1970-02-01", "supply": 0.5, "source": "d", "grade": "assumed"}
    >>> policy = read_policy({**rows, "grade": "assumed", "change": [change]}, "a.toml")
    >>> idle_changes(policy, 86400.0 * np.arange(3))
    ('a.toml: change 1 acts on no day of this season.',)
    """
    acting = {one.place for one in policy.acting if np.any((day_starts >= one.begins) & (day_starts < one.ends))}
    idle = dict.fromkeys(one.place for one in policy.settings if one.place not in acting)
    return tuple(f"{place} acts on no day of this season." for place in idle)


def _stretches(policy: Policy, day_starts: Array) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first day of each stretch in which nothing changes, and the stretch of every day."""
    edges = np.unique([moment for one in policy.acting for moment in (one.begins, one.ends)])
    _, firsts, of_day = np.unique(
        np.searchsorted(edges, day_starts, side="right"), return_index=True, return_inverse=True
    )
    return firsts, of_day.reshape(-1)


def _held(policy: Policy, moment: float) -> list[Setting]:
    return [one for one in policy.acting if one.lever in NEUTRAL and one.begins <= moment < one.ends]


def _value(setting: Setting, draws: int, seed: int, names: tuple[str, ...]) -> Array:
    if setting.option:
        return np.full(draws, float(near_option(setting.option, names, setting.place)))
    low, high = setting.value.low, setting.value.high
    if not setting.value.is_range:
        return np.full(draws, low)
    return np.asarray(low + (high - low) * uniforms(f"policy {setting.lever}", draws, seed))
