"""Where the boat and its people are along the way: the same members, asked before the end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from varne.earth import Plane
from varne.encounter.ensemble import run
from varne.encounter.outcome import HIGH, LOW
from varne.encounter.records import OUTCOME
from varne.encounter.setting import Setting, few_members
from varne.errors import BadInput
from varne.units import HOUR

Array = NDArray[np.float64]
# Where people can be: with an answer's names, in an answer's order.
FATES = ("ashore_uk", "ashore_fr", "ashore_other", "aboard_boat", "aboard_responder", "in_water", "dead")


@dataclass(frozen=True, slots=True)
class Snapshots:
    """Members under every option at moments along the way."""

    moments: Array  # (moment,) since the start, rising [s]
    latitude: Array  # (moment, option, member) of the boat, where it came to rest once its voyage is over [deg]
    longitude: Array  # (moment, option, member) [deg]
    afloat: Array  # (moment, option, member) expected people still aboard the boat [people]
    people: Array  # (moment, option, fate) expected people by FATES, mean over members [people]
    met: Array  # (option, 3) 5, 50 and 95 % of when the first responder came to the boat; infinite for never [s]


def take_snapshots(
    setting: Setting, moments: Sequence[float] | Array, *, draws: int, replicates: int, workers: int | None = None
) -> Snapshots:
    """
    Follow a few members under every option as far as each moment.

    Up to a moment a path is that of the whole voyage, bit for bit: draws belong to events, not to how long a run is.
    What follows a foundering is evaluated in blocks of steps; a run that ends within a block evaluates what it has of
    it. At the end of a block people are therefore where the whole voyage has them; within one, those lost since it
    began are taken to fall in together at another mean time, which may move their fate a little. Whether it is dark
    for them is that of the step before, which differs only at twilight. Those who are in the water are followed to
    the moment: who is then neither out nor dead is in the water.

    Parameters
    ----------
    setting : Setting
        What is asked and read. [SI]
    moments : sequence of float
        Since the start, brought to whole steps; ends of blocks are best. [s]
    draws, replicates : int
        At most so many of each. [1]
    workers : int, optional
        Threads; all cores when left out. [1]

    Returns
    -------
    Snapshots
        At each moment once, in rising order.

    Raises
    ------
    BadInput
        If there is no moment, or one lies outside the voyage.

    Examples
    --------
    >>> from varne.encounter.options import chosen, read_options
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.encounter.setting import lay_out
    >>> from varne.facts.option_tables import shipped_option_rows
    >>> from varne.facts.tables import shipped_facts
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> options = chosen(read_options(shipped_option_rows(), shipped_facts()), ["leave", "escort"])
    >>> asked = lay_out(question, shipped_facts(), options, (2, 2), 1)
    >>> taken = take_snapshots(asked, [0.0, 3600.0], draws=2, replicates=1)
    >>> taken.afloat.shape, float(taken.people[0, 0].sum())
    ((2, 2, 2), 55.0)
    """
    few = few_members(setting, draws, replicates)
    steps = sorted({_whole_steps(few, moment) for moment in moments})
    if not steps:
        raise BadInput("moments are none; write at least one, in seconds since the start.")
    end = run(few, workers=workers).members
    seen = np.stack([_members_at(few, step, end, workers) for step in steps])
    members = end.shape[0] * end.shape[1]
    by_member = np.moveaxis(seen, -1, 1).reshape(len(steps), end.shape[2], members)
    plane = Plane(few.place.latitude, few.place.longitude)
    met = np.quantile(end["met_at"].reshape(members, end.shape[2]), [LOW, 0.5, HIGH], axis=0, method="inverted_cdf")
    return Snapshots(
        moments=few.question.step * np.array(steps, dtype=np.float64),
        latitude=np.asarray(plane.latitude + by_member["y"] / plane.metres_per_degree_north),
        longitude=np.asarray(plane.longitude + by_member["x"] / plane.metres_per_degree_east),
        afloat=by_member["aboard_boat"].copy(),
        people=np.stack([seen[fate].mean(axis=(1, 2)) for fate in FATES], axis=-1),
        met=np.asarray(met.T),
    )


def _whole_steps(setting: Setting, moment: float) -> int:
    question = setting.question
    horizon = question.step * question.steps
    if not 0.0 <= moment <= horizon:
        raise BadInput(
            f"moment is {moment / HOUR:g} h, outside the voyage; "
            f"write one from 0 to its horizon of {horizon / HOUR:g} h."
        )
    return round(moment / question.step)


def _members_at(setting: Setting, step: int, end: NDArray[np.void], workers: int | None) -> NDArray[np.void]:
    """Members followed for some steps only; none: where everyone is before anything has happened."""
    question = setting.question
    if step == question.steps:
        return end
    if step > 0:
        return run(replace(setting, question=question._replace(steps=step)), workers=workers).members
    start = np.zeros(end.shape, OUTCOME)
    start["aboard_boat"] = question.people
    start["x"], start["y"] = question.x, question.y
    return start
