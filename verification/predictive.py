"""
What the shipped facts expect of the boats of 2019 to 2024, beside what was counted: by year, kind and number of deaths.

    python -m verification.predictive
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from verification.counted import FIRST_OF_BIN, FITTED, YEARS, all_others, counts, design_facts, history, priors, score
from verification.expected import expected

from varne.facts.tables import column, shipped_facts

Array = NDArray[np.float64]
SAMPLES, SEED = 20_000, 3  # of the shipped facts, each with one count
_LARGEST = 40  # deaths in the largest class, for drawing a number inside it
CROWDING = ("crush", "boarding", "crowd")
LAUNCH = ("launch", "boarding")


@dataclass(frozen=True, slots=True)
class Could:
    """What could have been counted."""

    mean: Array  # (sample, year, kind, bin) expected number of counted events, without discrepancy
    events: Array  # (sample, year, kind, bin) counts, with chance and the discrepancy of history.toml
    deaths: Array  # (sample, year)


@cache
def could_be_counted(*without: str) -> Could:
    """Draw counts under the shipped facts; ``without``: causes that are left out."""
    known, random = shipped_facts().drawn(SAMPLES, SEED), np.random.default_rng(SEED)
    logarithms = {name: np.log(known[column(name)]) for name in priors()}
    scores = {name: np.asarray(score(design_facts()[name], known[column(name)])) for name in all_others()}
    means = expected(logarithms, scores, without)
    factor = np.exp(history()["discrepancy"]["year"] * random.standard_normal((SAMPLES, len(YEARS))))
    counted = random.poisson(means * factor[..., np.newaxis, np.newaxis])
    return Could(means, counted, _deaths(counted, random))


def _deaths(events: NDArray[np.int64], random: np.random.Generator) -> Array:
    """Deaths in the events of each class: even on the logarithm between its bounds."""
    edges = np.log(np.array([*FIRST_OF_BIN, _LARGEST + 1.0]))
    total = np.zeros(events.shape[:2])
    for place in range(len(FIRST_OF_BIN)):
        numbers = events[..., place].sum(axis=2)
        for _ in range(int(numbers.max())):
            size = np.floor(np.exp(random.uniform(edges[place], edges[place + 1], numbers.shape)))
            total += np.where(numbers > 0, size, 0.0)
            numbers = numbers - 1
    return total


def row(name: str, counted: float, drawn: Array, means: Array | None = None) -> str:
    low, middle, high = np.quantile(drawn, [0.05, 0.5, 0.95])
    mean = np.mean(drawn if means is None else means)
    beyond = f"{np.mean(drawn >= counted):.3f}"
    return f"| {name} | {counted:.0f} | {mean:.1f} | {middle:.0f} ({low:.0f} to {high:.0f}) | {beyond} |"


def table() -> str:
    """The comparison, as rows of a page."""
    fitted, could = len(FITTED), could_be_counted()
    lines = ["| 2019 to 2023 | counted | mean | median (90 %) | chance of as many |", "|---|---|---|---|---|"]

    def add(name: str, counted: float, years: slice, kinds: slice, bins: slice) -> None:
        drawn, means = (one[:, years, kinds, bins].sum(axis=(1, 2, 3)) for one in (could.events, could.mean))
        lines.append(row(name, counted, drawn, means))

    every = slice(None)
    for place, year in enumerate(FITTED):
        add(f"events of {year}", counts()[place].sum(), slice(place, place + 1), every, every)
    for place, kind in enumerate(history()["kinds"]):
        add(f"events by {kind}", counts()[:, place].sum(), slice(fitted), slice(place, place + 1), every)
    for place, first in enumerate(FIRST_OF_BIN):
        last = FIRST_OF_BIN[place + 1] - 1 if place + 1 < len(FIRST_OF_BIN) else 0
        deaths = f"{first} and more" if last == 0 else f"{first}" if first == last else f"{first} to {last}"
        add(
            f"events with {deaths} death{'' if deaths == '1' else 's'}",
            counts()[..., place].sum(),
            slice(fitted),
            every,
            slice(place, place + 1),
        )
    add("**all events**", counts().sum(), slice(fitted), every, every)
    lines.append(row("**all deaths**", dead(), could.deaths[:, :fitted].sum(axis=1)))
    return "\n".join(lines)


def dead() -> float:
    """Dead and missing in the events of 2019 to 2023."""
    return float(sum(event["deaths"] for event in history()["event"]))


def look_back() -> str:
    """2024 beside what the facts fitted to 2019 to 2023 expect, with and without crowding and the launch."""
    year, back = history()["year"][-1], history()["look_back"]
    lines = ["| 2024 | counted | mean | median (90 %) | chance of as many |", "|---|---|---|---|---|"]
    crush = list(history()["kinds"]).index("crush")
    for name, without in (
        ("everything", ()),
        ("without crowding", CROWDING),
        ("without the launch", LAUNCH),
        ("without both", tuple(sorted({*CROWDING, *LAUNCH}))),
    ):
        could = could_be_counted(*without)
        drawn, means = (one[:, -1].sum(axis=(1, 2)) for one in (could.events, could.mean))
        lines.append(row(f"{name}: events", year["events"], drawn, means))
        of_crush = could.events[:, -1, crush].sum(axis=1)
        lines.append(row("crushes among them", back["crush"], of_crush, could.mean[:, -1, crush].sum(axis=1)))
        lines.append(row("deaths", year["deaths"], could.deaths[:, -1]))
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
    print()
    print(look_back())
