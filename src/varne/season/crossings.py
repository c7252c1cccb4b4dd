"""All crossings of a season for some members under every policy, spread over threads; it knows that they can be."""

import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from varne.compiled import compiled
from varne.encounter.casualties import RESULTS
from varne.encounter.ensemble import SAFE_INTERVALS
from varne.encounter.fleet import MOST_RESPONDERS
from varne.encounter.options import MOST_PHASES, PHASE
from varne.encounter.records import BOAT, CLASSES, LUCK, OUTCOME, RESPONDER, STATE, WEATHER, Scratch
from varne.encounter.survival import moments
from varne.errors import BadMembers
from varne.season.attempts import MOST_PEOPLE
from varne.season.herd import Skies, air_of, draw_herd
from varne.season.ledger import Ledger, empty_ledger
from varne.season.plan import Plan
from varne.season.records import (
    ATTEMPT,
    MOST_ATTEMPTS,
    MOST_WAITING,
    PAST,
    WAITING,
    Books,
    Herd,
    Policies,
    Room,
)
from varne.season.shore import lay_out_map, vessels
from varne.season.stretch import HORIZON, lay_out_stretch
from varne.season.voyages import one_night

_ROWS = 4  # members given to a thread at once; few, so that no thread waits long for the last; our choice


@dataclass(frozen=True, slots=True)
class Course:
    """A block of members under way: what was drawn for it, and the books, which change."""

    plan: Plan
    herd: Herd
    skies: Skies
    books: Books
    ledger: Ledger


def begin(plan: Plan, members: NDArray[np.int64], *, workers: int | None = None) -> Course:
    """
    Begin a season for a block of members.

    Parameters
    ----------
    plan : Plan
        The season. [SI]
    members : array, shape (member,)
        Draw times replicates plus replicate. [1]
    workers : int, optional
        Threads; all cores when left out. [1]

    Returns
    -------
    Course

    Raises
    ------
    BadMembers
        If a member is not one of the plan's.
    """
    if len(members) and not (members.min() >= 0 and members.max() < plan.draws * plan.replicates):
        raise BadMembers(
            f"Members {members.min()} to {members.max()} are asked for; the season has {plan.draws * plan.replicates}, "
            "counted from 0."
        )
    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        herd, skies = draw_herd(plan, members, each=pool.map)
    ledger = empty_ledger(plan.levels.names, members, plan.replicates, plan.week_starts, plan.years)
    shape = len(plan.levels.names), len(members)
    books = Books(
        waiting=np.zeros((*shape, MOST_WAITING), WAITING),
        waits=np.zeros(shape, np.int64),
        free_at=np.zeros((*shape, len(vessels()))),
        overflow=np.zeros(shape, np.int64),
        weeks=ledger.weeks,
        severity=ledger.severity,
    )
    return Course(plan, herd, skies, books, ledger)


def go_on(course: Course, day: int, *, workers: int | None = None) -> int:
    """
    Take a block of members through the next days of its season.

    Each member is computed by one thread, and its numbers belong to its events: the books are the same, bit for bit,
    for any number of workers and any division into blocks.

    Parameters
    ----------
    course : Course
        Its books are changed in place. [1]
    day : int
        The first of the days, a multiple of DAYS. [1]
    workers : int, optional
        Threads; all cores when left out. [1]

    Returns
    -------
    int
        The day from which to go on.

    Raises
    ------
    BadMembers
        If more groups wait than there is room for.
    """
    plan, books = course.plan, course.books
    stretch = lay_out_stretch(plan, day)
    chart, air = lay_out_map(plan.options), air_of(course.skies, stretch)
    policies = Policies(plan.levels.period_of_day, plan.levels.levels)
    rows = len(course.herd.members)
    left = deque((first, min(first + _ROWS, rows)) for first in range(0, rows, _ROWS))

    def _take_turns() -> None:
        room = _room(len(plan.options), course.herd.known.dtype)
        while left:
            try:
                block = left.popleft()
            except IndexError:  # another thread took the last
                return
            _live(stretch, chart, course.herd, air, policies, books, room, block)

    following = day + stretch.days
    many = workers or os.cpu_count() or 1
    with ThreadPoolExecutor(many) as pool:
        waiting: list[Future[Any]] = [pool.submit(_take_turns) for _ in range(min(many, len(left)))]
        if following < plan.days:  # the next sea is laid out meanwhile
            waiting.append(pool.submit(lay_out_stretch, plan, following))
        try:
            for one in waiting:
                one.result()
        except BaseException:
            left.clear()
            raise
    if books.overflow.any():
        policy, row = np.argwhere(books.overflow)[0]
        raise BadMembers(
            f"Member {course.herd.members[row]} under {plan.levels.names[policy]!r} has more groups on the coast than "
            f"can be followed ({MOST_WAITING} waiting, {MOST_ATTEMPTS} in a day); fewer must set out or try again."
        )
    return following


def cross(
    plan: Plan,
    members: NDArray[np.int64],
    *,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Ledger:
    """
    Follow some members through a season under every policy: who tries, who is stopped, every voyage, what comes of it.

    Parameters
    ----------
    plan : Plan
        The season. [SI]
    members : array, shape (member,)
        Draw times replicates plus replicate. [1]
    workers : int, optional
        Threads; all cores when left out. [1]
    progress : callable, optional
        Told how many days are done, and of how many. [1]

    Returns
    -------
    Ledger

    Examples
    --------
    >>> from varne.encounter.options import chosen, read_options
    >>> from varne.facts.departures import departures
    >>> from varne.facts.launch_places import as_it_was
    >>> from varne.facts.option_tables import shipped_option_rows, with_user_options
    >>> from varne.facts.tables import shipped_facts
    >>> from varne.season.levels import Levels, neutral_levels
    >>> every = read_options(with_user_options(shipped_option_rows(), as_it_was()), shipped_facts())
    >>> options = tuple(chosen(every, ["leave", "watched", "escorted"]))
    >>> levels = Levels(("as it was",), np.zeros((1, 7), np.int64), neutral_levels(1).reshape(1, 1, 1))
    >>> plan = Plan(1725235200.0, 7, 1, 1, 1, shipped_facts(), departures(), options, levels)
    >>> week = cross(plan, np.arange(1)).weeks[0, 0, 0]
    >>> bool(week["people_at_sea"] >= week["arrivals"])
    True
    """
    course = begin(plan, members, workers=workers)
    day = 0
    while day < plan.days:
        day = go_on(course, day, workers=workers)
        if progress:
            progress(day, plan.days)
    return course.ledger


@compiled
def _live(stretch, chart, herd, air, policies, books, room, rows):  # type: ignore[no-untyped-def]  # Numba infers its types
    for row in range(rows[0], rows[1]):
        for day in range(stretch.days):
            remembered = 0
            for policy in range(policies.period_of_day.shape[0]):
                place = (policy, row, day, remembered)
                remembered = one_night(stretch, chart, herd, air, policies, books, room, place)


def _room(options: int, facts: np.dtype[np.void]) -> Room:
    """Room for one thread: arrays that Python keeps alive while the kernel points into them."""
    responders, places = MOST_RESPONDERS + 1, MOST_PEOPLE + 1
    times = len(moments(HORIZON))
    known = np.zeros(1, facts)
    weather = np.zeros(1, WEATHER)
    scratch = Scratch(
        weather=weather.copy(),
        arrivals=np.zeros(responders),
        alive=np.zeros(CLASSES),
        fate=np.zeros(RESULTS),
        counts=np.zeros(places),
        extra=np.zeros(places),
        deaths=np.zeros(places),
        group=np.zeros(1),
        safe=np.zeros((options, SAFE_INTERVALS + 1)),
    )
    return Room(
        attempts=np.zeros(MOST_ATTEMPTS, ATTEMPT),
        known=known,
        flat=known.view(np.float64).reshape(1, -1),
        boat=np.zeros(1, BOAT),
        weather=weather,
        phases=np.zeros((1, options, MOST_PHASES), PHASE),
        responders=np.zeros((1, responders), RESPONDER),
        vessel=np.zeros(responders, np.int64),
        which=np.zeros(1, np.int64),
        none=np.zeros(1, np.int64),
        alive=np.zeros((1, CLASSES, times)),
        lives_on=np.zeros((1, CLASSES, times)),
        after_recovery=np.zeros((1, times)),
        luck=np.zeros(1, LUCK),
        state=np.zeros(1, STATE),
        outcome=np.zeros(1, OUTCOME),
        scratch=scratch,
        past=np.zeros(MOST_ATTEMPTS, PAST),
        past_outcome=np.zeros(MOST_ATTEMPTS, OUTCOME),
        past_deaths=np.zeros((MOST_ATTEMPTS, places)),
    )
