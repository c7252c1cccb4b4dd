"""A season in blocks of members: one block after the other on the threads of this machine, kept as they go on."""

import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from varne.files.season_blocks import Block, Shelf, open_shelf
from varne.fingerprint import plan_fingerprint
from varne.season.crossings import Course, begin, go_on
from varne.season.ledger import Ledger, empty_ledger
from varne.season.plan import Plan

MOST_MEMBERS = 250  # of a block: its weather, books and streams take about 1 GB in three years; our choice
_KEPT_EVERY = 30.0  # what may be lost; a block of three years takes 80 MB on disk each time; our choice [s]

Progress = Callable[[int, int], None] | None
Spread = Callable[[Plan, Progress], Ledger]


def blocks_of(members: int, hands: int = 1) -> list[Block]:
    """
    Divide the members of a season into blocks of nearly the same size, as many for each worker.

    Parameters
    ----------
    members : int
        How many. [1]
    hands : int, optional
        Workers that are to have something to do. [1]

    Returns
    -------
    list of tuple of int
        First member, and the one after the last.

    Examples
    --------
    >>> blocks_of(1000), blocks_of(5, hands=2)
    ([(0, 250), (250, 500), (500, 750), (750, 1000)], [(0, 3), (3, 5)])
    >>> len(blocks_of(1001, hands=2))
    6
    """
    rounds = max(-(-members // (MOST_MEMBERS * hands)), 1)
    edges = [-(-members * number // (rounds * hands)) for number in range(rounds * hands + 1)]
    return [(first, last) for first, last in pairwise(edges) if last > first]


def live(
    plan: Plan,
    block: Block,
    *,
    threads: int | None = None,
    shelf: Shelf | None = None,
    told: Callable[[int], None] = lambda day: None,
) -> Ledger:
    """
    Take a block of members through its season, from where it was left.

    Parameters
    ----------
    plan : Plan
        The season. [SI]
    block : tuple of int
        First member, and the one after the last. [1]
    threads : int, optional
        All cores when left out. [1]
    shelf : Shelf, optional
        Where it is kept each half minute and at its end. [1]
    told : callable, optional
        Told how many days are done; what it raises ends the work. [1]

    Returns
    -------
    Ledger
        Of the block.

    Raises
    ------
    BadInput
        If it cannot be kept.
    """
    members = np.arange(*block)
    found = shelf.read(block) if shelf else None
    if found and found[0] >= plan.days:
        ledger = empty_ledger(plan.levels.names, members, plan.replicates, plan.week_starts, plan.years)
        told(plan.days)
        return replace(ledger, weeks=found[1]["weeks"].view(ledger.weeks.dtype), severity=found[1]["severity"])
    course = begin(plan, members, workers=threads)
    day, kept = _take_up(course, found), time.monotonic()
    told(day)
    while day < plan.days:
        day = go_on(course, day, workers=threads)
        if shelf and (day >= plan.days or time.monotonic() - kept >= _KEPT_EVERY):
            shelf.write(block, day, finished(course.ledger) if day >= plan.days else _under_way(course))
            kept = time.monotonic()
        told(day)
    return course.ledger


def finished(ledger: Ledger) -> dict[str, NDArray[Any]]:
    """
    Return what is kept of a block that is finished.

    Parameters
    ----------
    ledger : Ledger
        Of the block. [people, boats, events]

    Returns
    -------
    dict of str to array
    """
    return {"weeks": ledger.weeks, "severity": ledger.severity}


def _under_way(course: Course) -> dict[str, NDArray[Any]]:
    """What the coming days depend on and what is written down; places where nobody waits are left out."""
    books = course.books
    waiting = books.waiting[:, :, : int(books.waits.max(initial=0))]
    return {**finished(course.ledger), "waiting": waiting, "waits": books.waits, "free_at": books.free_at}


def _take_up(course: Course, found: tuple[int, dict[str, NDArray[Any]]] | None) -> int:
    """Fill in the books that were kept; the day from which to go on."""
    if not found:
        return 0
    day, kept = found
    books = course.books
    books.waiting[:, :, : kept["waiting"].shape[2]] = kept["waiting"]
    for name in ("weeks", "severity", "waits", "free_at"):
        getattr(books, name)[...] = kept[name]
    return day


def alone(threads: int | None = None, keep: Path | None = None) -> Spread:
    """
    Return how a season is computed on the threads of this machine, block after block.

    Parameters
    ----------
    threads : int, optional
        All cores when left out. [1]
    keep : Path, optional
        A folder in which it is kept until it is finished: the same season then goes on from there. [1]

    Returns
    -------
    callable
        Takes a plan and a progress, returns the books of all its members.

    Examples
    --------
    >>> callable(alone(2))
    True
    """

    def _spread(plan: Plan, progress: Progress) -> Ledger:
        shelf, blocks = on_shelf(plan, keep, blocks_of(plan.draws * plan.replicates))
        whole = Whole(plan, blocks, progress)
        for block in blocks:
            whole.take(block, live(plan, block, threads=threads, shelf=shelf, told=whole.told_of(block)))
        return whole.ledger

    return _spread


def on_shelf(plan: Plan, keep: Path | None, blocks: list[Block]) -> tuple[Shelf | None, list[Block]]:
    """
    Open the folder in which a season is kept, if it is.

    Parameters
    ----------
    plan : Plan
        The season. [SI]
    keep : Path, optional
        The folder. [1]
    blocks : list of tuple of int
        How its members are to be divided, if it is begun. [1]

    Returns
    -------
    Shelf or None
    list of tuple of int
        How they are divided.

    Raises
    ------
    BadInput
        If another season is unfinished there, or it cannot be written.

    Examples
    --------
    >>> from varne.facts.departures import departures
    >>> from varne.facts.tables import shipped_facts
    >>> from varne.season.levels import Levels, neutral_levels
    >>> levels = Levels(("a",), np.zeros((1, 3), np.int64), neutral_levels(1).reshape(1, 1, 1))
    >>> on_shelf(Plan(0.0, 3, 1, 1, 1, shipped_facts(), departures(), (), levels), None, [(0, 1)])
    (None, [(0, 1)])
    """
    return (None, blocks) if keep is None else open_shelf(keep, plan_fingerprint(plan), blocks)


class Whole:
    """The books of a whole season, put together from those of its blocks, and how far they are."""

    def __init__(self, plan: Plan, blocks: list[Block], progress: Progress) -> None:
        members = np.arange(plan.draws * plan.replicates)
        self.ledger = empty_ledger(plan.levels.names, members, plan.replicates, plan.week_starts, plan.years)
        self._days = dict.fromkeys(blocks, 0)
        self._all = plan.days * len(blocks)
        self._progress = progress

    def take(self, block: Block, ledger: Ledger) -> None:
        """
        Copy the books of a block.

        Parameters
        ----------
        block : tuple of int
            Which. [1]
        ledger : Ledger
            Its books. [people, boats, events]
        """
        rows = slice(*block)
        self.ledger.weeks[:, rows] = ledger.weeks
        self.ledger.severity[:, rows] = ledger.severity

    def told_of(self, block: Block) -> Callable[[int], None]:
        """
        Return what is to be told how many days of a block are done.

        Parameters
        ----------
        block : tuple of int
            Which. [1]

        Returns
        -------
        callable
        """

        def _told(day: int) -> None:
            self._days[block] = max(day, self._days[block])  # what is told from afar may come late
            if self._progress:
                self._progress(sum(self._days.values()), self._all)

        return _told
