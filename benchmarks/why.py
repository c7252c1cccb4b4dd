"""Measure `varne why` in full, and beside plain repeated runs: python -m benchmarks.why."""

import time
from collections.abc import Callable

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from varne.assessment import Assessment, assess
from varne.compare.breakeven import PLAUSIBLE, TIES, begin_search, break_evens
from varne.compare.design import first_sample, inputs_of, two_samples
from varne.compare.quantities import every_quantity
from varne.compare.runs import run_design
from varne.encounter.ensemble import run
from varne.encounter.sample import Sample
from varne.encounter.scenario import Scenario
from varne.encounter.setting import lay_out_sample
from varne.explanation import Size, explain, numbers_to_seek

# A launch, so that all nine options apply; the numbers of the demo otherwise.
QUESTION = {
    "position": "51 00.6N 002 05.0E", "time": "2026-03-14T02:30Z", "people": 80, "length": "10 m", "start": "beach",
    "wind": "SW 8 kn", "waves": "0.4 m", "water": 8, "reference": "escort",
    "responders": [{"vessel": "police_patrol_boat", "position": "51 02.9N 002 05.5E"}],
}  # fmt: skip
SIZE = Size()
NUMBERS = 4  # whose break-evens are sought in both ways


def _timed(work: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def _plain_break_even(found: Assessment, name: str, option: int, reference: int) -> int:
    """One number, one pair: whole runs of all options and members at each step of a root search. Returns the runs."""
    encounter, (draws, replicates) = found.encounter, (found.answer.draws, found.answer.replicates)
    chances = encounter.facts.chances(draws, 1)
    runs = 0

    def _apart(score: float) -> float:
        nonlocal runs
        runs += 1
        known = encounter.facts.at(chances, {name: float(ndtr(score))})
        deaths = run(lay_out_sample(encounter, Sample(known, 1, 1, 1), replicates)).members["deaths"].mean(axis=(0, 1))
        return float(deaths[option] - deaths[reference])

    ends = [float(ndtri(chance)) for chance in PLAUSIBLE]
    if np.sign(_apart(ends[0])) != np.sign(_apart(ends[1])):
        brentq(_apart, *ends, xtol=0.01)
    return runs


def rows() -> list[tuple[str, str, str]]:
    """Rows of the table: the whole, then its two costly parts beside plain repeated runs."""
    found = assess(Scenario.of(QUESTION))
    encounter = found.encounter
    options = [one.name for one in encounter.options]
    base = options.index("escort")
    explain(found, size=Size(rows=4, facts=1), facts=["boat.speed"])  # compiled
    whole, why = _timed(lambda: explain(found))
    sought = numbers_to_seek(encounter, ())
    listed = [
        (
            f"why in full: {len(options)} options, {SIZE.facts} single facts, break-evens of {len(sought)} numbers, "
            f"{why.effort.voyages:,} voyages in designed runs",
            f"{whole:.0f} s",
            "120 s",
        )
    ]
    return [*listed, _search_row(found, sought, base), _design_row(found, base)]


def _search_row(found: Assessment, sought: tuple[str, ...], base: int) -> tuple[str, str, str]:
    encounter, draws = found.encounter, found.answer.draws
    deaths = found.outcomes.members["deaths"]
    names = sought[:: len(sought) // NUMBERS][:NUMBERS]
    begun, search = _timed(lambda: begin_search(encounter, deaths, replicates=SIZE.search, seed=1))
    ours, ties = _timed(lambda: break_evens(search, names, base))
    shown = next((one for one in ties if one.status == TIES), ties[0])
    place = [one.name for one in encounter.options].index(shown.option)
    plain, runs = _timed(lambda: _plain_break_even(found, shown.fact, place, base))
    each = ours / len(ties) + begun / (len(sought) * (len(encounter.options) - 1))
    return (
        f"one break-even (of {len(ties)} on {len(names)} numbers) beside a root search on whole runs ({runs} runs of "
        f"{draws} x {found.answer.replicates})",
        f"{each:.2f} s beside {plain:.0f} s, {plain / each:.0f} x faster",
        "",
    )


def _design_row(found: Assessment, base: int) -> tuple[str, str, str]:
    encounter = found.encounter
    quantities = every_quantity(len(encounter.options), base)
    design = two_samples(encounter, rows=SIZE.rows, replicates=SIZE.replicates, seed=1)
    ours, runs = _timed(lambda: run_design(design, quantities, most_facts=SIZE.facts))
    one, _ = _timed(lambda: run(first_sample(design)))
    swaps = 2 + len(inputs_of(encounter)) + len(runs.facts)
    return (
        f"designed runs, {SIZE.rows} x {SIZE.replicates}, {swaps - 2} swaps, beside as many whole runs",
        f"{ours:.0f} s beside {swaps * one:.0f} s, {swaps * one / ours:.1f} x faster",
        "",
    )


if __name__ == "__main__":
    for row in rows():
        print(" | ".join(row))
