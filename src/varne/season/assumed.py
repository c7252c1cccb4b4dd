"""What a policy's effect rests on: the levers in which it differs from its reference, and which are assumed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from varne.encounter.options import weakest
from varne.season.levels import NEUTRAL
from varne.season.plan import Plan
from varne.season.policy import Policy, Setting

# What others do in answer: nobody sets them, so a policy that moves them says what it assumes.
ANSWERS = frozenset(
    {"prevention", "supply", "deterrence", "fuller", "southward", "rougher", "taxi", "lorries", "scarcity"}
)
_WEAK = ("assumed", "elicited")


@dataclass(frozen=True, slots=True)
class Ground:
    """One lever in which a policy differs from its reference. [SI]"""

    lever: str
    low: float
    high: float
    option: str  # what officers do, for every lever of an interception; empty for others
    source: str
    grade: str  # weakest of the lever's and, where officers act, of what is known of their option
    of_reference: bool  # the reference sets it and the policy does not


def grounds(policy: Policy, reference: Policy, plan: Plan) -> tuple[Ground, ...]:
    """
    Name the levers in which a policy differs from its reference on the days of a season.

    Parameters
    ----------
    policy, reference : Policy
        [SI]
    plan : Plan
        With its days, options and facts. [SI]

    Returns
    -------
    tuple of Ground
        Levers that only cost are not among them.

    Examples
    --------
    >>> from varne.facts.departures import departures
    >>> from varne.facts.tables import shipped_facts
    >>> from varne.season.policy import read_policy
    >>> from varne.season.policy_levels import levels_of
    >>> rows = {"name": "a", "says": "b", "start": "1970-01-01", "end": "1970-01-07", "source": "c", "grade": "assumed"}
    >>> change = {"deterrence": -0.5, "source": "d", "grade": "assumed"}
    >>> one, other = read_policy(rows, "a.toml"), read_policy({**rows, "change": [change]}, "b.toml")
    >>> levels = levels_of([], day_starts=np.zeros(0), draws=1, seed=1, option_names=())
    >>> found = grounds(other, one, Plan(0.0, 7, 1, 1, 1, shipped_facts(), departures(), (), levels))
    >>> follows_from(found)
    ('deterrence',)
    """
    ours, theirs = _acting(policy, plan), _acting(reference, plan)
    grades = {option.name: option.grade(plan.facts) for option in plan.options}
    found = []
    for held, other, of_reference in ((ours, theirs, False), (theirs, ours, True)):
        options = {one.place: one.option for one in held.values() if one.option}
        found += [
            _ground(one, options.get(one.place, ""), grades, of_reference=of_reference)
            for key, one in held.items()
            if key not in other
        ]
    return tuple(found)


def follows_from(found: Sequence[Ground]) -> tuple[str, ...]:
    """
    Name the assumptions from which a policy's effect follows.

    It does where a lever is one that others move in answer, or what officers do at sea, and is assumed: whatever else
    the policy sets, its effect then moves with that. Lifeboats, and boats watched or escorted, are the policy's own to
    set: their effect is computed.

    Parameters
    ----------
    found : sequence of Ground
        From :func:`grounds`. [SI]

    Returns
    -------
    tuple of str
        Empty where nothing of it rests on that.

    Examples
    --------
    >>> more = Ground("rescue_vessels", 4.0, 4.0, "", "a policy", "assumed", of_reference=False)
    >>> follows_from([more])
    ()
    """
    weak = [one for one in found if one.grade in _WEAK and (one.option or one.lever in ANSWERS)]
    names = [f"what {one.option!r} does" if one.option else one.lever for one in weak]
    if {"watched", "escorted"} <= {one.lever for one in found}:  # the one in place of the other: a crowd's answer to it
        names.append("what an escort does to a crowd")
    return tuple(dict.fromkeys(names))


def _acting(policy: Policy, plan: Plan) -> Mapping[tuple[object, ...], Setting]:
    days = plan.day_starts
    return {
        (one.lever, one.value.low, one.value.high, one.option, acts.tobytes()): one
        for one, acts in ((one, (days >= one.begins) & (days < one.ends)) for one in policy.acting)
        if one.lever in NEUTRAL and np.any(acts) and not _is_neutral(one)
    }


def _is_neutral(one: Setting) -> bool:
    """Whether it is set to what holds anyway."""
    return not one.option and one.value.low == one.value.high == NEUTRAL[one.lever]


def _ground(one: Setting, option: str, grades: Mapping[str, str], *, of_reference: bool) -> Ground:
    """How often officers act, and in which waves, rests on what they do as well."""
    option = option if one.lever.startswith("intercept") else ""
    grade = weakest((one.grade, grades.get(option, one.grade)))
    return Ground(one.lever, one.value.low, one.value.high, option, one.source, grade, of_reference)
