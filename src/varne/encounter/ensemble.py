"""All members of an encounter under all options, spread over threads; the only place that knows they can be."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from varne.compiled import compiled
from varne.encounter.casualties import RESULTS
from varne.encounter.causes import keep_causes
from varne.encounter.luck import draw_luck
from varne.encounter.records import CLASSES, LUCK, OUTCOME, STATE, WEATHER, Question, Scratch, World
from varne.encounter.setting import Setting
from varne.encounter.voyage import follow

SAFE_INTERVALS = 288  # into which the horizon is divided for the time until everyone is safe
_DRAWS_AT_ONCE = 4  # given to a thread; few, so that progress is seen


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What comes of every member under every option."""

    members: NDArray[np.void]  # OUTCOME, (draw, replicate, option) [people, s]
    deaths: NDArray[np.float64]  # (draw, option, number of deaths) probability
    safe: NDArray[np.float64]  # (draw, option, interval) share all of whose people are safe; the last: never


@compiled
def _follow_draws(world, question, first, last, members, deaths, safe, room):  # type: ignore[no-untyped-def]  # Numba infers its types
    options = world.senders.shape[0]
    places = deaths.shape[2]
    scratch = room[2]
    for draw in range(first, last):
        scratch.group[0] = world.known[draw].crush_deaths_per_event
        scratch.safe[:] = 0.0
        for replicate in range(question.replicates):
            member = draw * question.stride + replicate
            draw_luck(question.seed, member, world.known[draw], world.boats[draw], room[0][0])
            for option in range(options):
                follow(world, question, draw, option, member, room[0][0], room[1][0], scratch)
                keep(room[1][0], scratch, members[draw, replicate, option])
                for count in range(places):
                    deaths[draw, option, count] += scratch.deaths[count] / question.replicates
        for option in range(options):
            for interval in range(safe.shape[2]):
                safe[draw, option, interval] = scratch.safe[option, interval] / question.replicates


@compiled
def keep(state, scratch, outcome):  # type: ignore[no-untyped-def]  # Numba infers its types
    """
    Keep what is reported of one member under one option.

    Parameters
    ----------
    state : record of STATE
        The end of the voyage. [SI]
    scratch : Scratch
        With the distribution of its deaths. [1]
    outcome : record of OUTCOME
        Changed in place. [people, s]

    Returns
    -------
    None
    """
    outcome.deaths = state.dead
    outcome.p_any_death = 1.0 - scratch.deaths[0]
    outcome.serious_injuries = state.injured
    outcome.responder_deaths = state.crew_dead
    outcome.responder_serious_injuries = state.crew_injured
    outcome.ashore_uk = state.ashore_uk
    outcome.ashore_fr = state.ashore_fr
    outcome.ashore_other = state.ashore_other
    outcome.aboard_boat = state.mass * state.aboard
    outcome.aboard_responder = state.rescued
    outcome.in_water = state.in_water
    outcome.dead = state.dead
    outcome.safe_after = state.safe_at
    outcome.steps = state.steps
    outcome.x = state.x
    outcome.y = state.y
    outcome.arrived = state.arrived
    outcome.met_at = state.met_at
    outcome.nobody_before = state.nobody_before
    keep_causes(state, outcome)


def _room(world: World, question: Question) -> tuple[NDArray[np.void], NDArray[np.void], Scratch]:
    """Luck, state and scratch of one thread: arrays that Python keeps alive while the kernel points into them."""
    places = int(question.people) + 1
    scratch = Scratch(
        weather=np.zeros(1, WEATHER),
        arrivals=np.zeros(world.responders.shape[1]),
        alive=np.zeros(CLASSES),
        fate=np.zeros(RESULTS),
        counts=np.zeros(places),
        extra=np.zeros(places),
        deaths=np.zeros(places),
        group=np.zeros(1),
        safe=np.zeros((world.senders.shape[0], SAFE_INTERVALS + 1)),
    )
    return np.zeros(1, LUCK), np.zeros(1, STATE), scratch


def threads() -> int:
    """
    Return how many threads to use: all cores.

    Returns
    -------
    int

    Examples
    --------
    >>> threads() >= 1
    True
    """
    return os.cpu_count() or 1


def run(
    setting: Setting, *, workers: int | None = None, progress: Callable[[int, int], None] | None = None
) -> Outcomes:
    """
    Follow every member under every option.

    Each draw is computed by one thread, and its numbers belong to its events: the answer is the same, bit for bit, for
    any number of workers.

    Parameters
    ----------
    setting : Setting
        What is asked and read. [SI]
    workers : int, optional
        Threads; all cores when left out. [1]
    progress : callable, optional
        Told how many draws are done, and of how many. [1]

    Returns
    -------
    Outcomes

    Examples
    --------
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.encounter.options import chosen, read_options
    >>> from varne.encounter.setting import lay_out
    >>> from varne.facts.option_tables import shipped_option_rows
    >>> from varne.facts.tables import shipped_facts
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> options = chosen(read_options(shipped_option_rows(), shipped_facts()), ["leave", "escort"])
    >>> run(lay_out(question, shipped_facts(), options, (2, 2), 1)).members.shape
    (2, 2, 2)
    """
    world: World = setting.world
    question: Question = setting.question
    draws, options = world.phases.shape[:2]
    members = np.zeros((draws, question.replicates, options), OUTCOME)
    deaths = np.zeros((draws, options, int(question.people) + 1))
    safe = np.zeros((draws, options, SAFE_INTERVALS + 1))
    blocks = [(first, min(first + _DRAWS_AT_ONCE, draws)) for first in range(0, draws, _DRAWS_AT_ONCE)]
    with ThreadPoolExecutor(workers or threads()) as pool:
        waiting = {
            pool.submit(_follow_draws, world, question, first, last, members, deaths, safe, _room(world, question)): (
                last - first
            )
            for first, last in blocks
        }
        try:
            done = 0
            for block in as_completed(waiting):
                block.result()
                done += waiting[block]
                if progress:
                    progress(done, draws)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return Outcomes(members, deaths, safe)
