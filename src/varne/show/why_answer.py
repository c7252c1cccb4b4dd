"""The answer to why: one set of numbers for screen, file, page and picture."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from varne.compare.assumption import Neutral
from varne.compare.breakeven import BreakEven
from varne.compare.given import Given
from varne.compare.paired import Difference
from varne.compare.ranking import Ranking
from varne.compare.sensitivity import Drives
from varne.encounter.scenario import Scenario
from varne.evidence import Fact


@dataclass(frozen=True, slots=True)
class Effort:
    """How much was computed."""

    design: int  # rows of the two samples of the designed runs
    replicates: int  # members of each
    voyages: int  # followed in the designed runs
    break_even: tuple[int, int]  # draws and replicates of each step of the search


@dataclass(frozen=True, slots=True)
class WhyAnswer:
    """Why an answer is as it is, and what would have to be true for another."""

    scenario: Scenario
    members: tuple[int, int]  # draws and replicates of the assessment
    fingerprint: Mapping[str, Any]
    ranking: Ranking
    given: tuple[Given, ...]
    drives: tuple[Drives, ...]  # empty where only the stored draws were asked
    break_evens: tuple[BreakEven, ...]
    neutral: tuple[Neutral, ...]  # each difference to the reference with and without the assumed effects
    facts: Mapping[str, Fact]  # those named above, by name
    effort: Effort | None

    def as_json(self) -> dict[str, Any]:
        """
        Return the answer in the published format.

        Returns
        -------
        dict
            As the schema ``varne/schema/why.json`` says.

        Examples
        --------
        >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
        >>> ranking = Ranking(("leave",), np.full((1, 1), 0.5), np.ones((1, 1)), np.ones(1), {})
        >>> WhyAnswer(question, (4, 2), {"seed": 1}, ranking, (), (), (), (), {}, None).as_json()["members"]
        {'draws': 4, 'replicates': 2}
        """
        return {
            "scenario": self.scenario.as_written(),
            "fingerprint": dict(self.fingerprint),
            "members": {"draws": self.members[0], "replicates": self.members[1]},
            "effort": None
            if self.effort is None
            else {**asdict(self.effort), "break_even": list(self.effort.break_even)},
            "ranking": _ranking_json(self.ranking),
            "drives": [_drives_json(one) for one in self.drives],
            "given": [_given_json(one) for one in self.given],
            "break_evens": [_break_even_json(one, self.facts[one.fact]) for one in self.break_evens],
            "assumptions": [_neutral_json(one) for one in self.neutral],
            "facts": {name: asdict(fact) for name, fact in self.facts.items()},
        }


def _ranking_json(one: Ranking) -> dict[str, Any]:
    pairs = [
        {
            "option": option,
            "than": than,
            "p_safer": float(one.p_safer[row, column]) if one.told(option, than) else None,
            "asked": (option, than) not in one.not_asked,
            "within_noise": float(one.within_noise[row, column]),
            "follows_from": list(one.follows_from.get((option, than), ())),
        }
        for row, option in enumerate(one.options)
        for column, than in enumerate(one.options)
        if row != column
    ]
    return {"options": list(one.options), "pairs": pairs}


def _drives_json(one: Drives) -> dict[str, Any]:
    return {
        "outcome": one.outcome,
        "option": one.option,
        "reference": one.reference,
        "scale": one.scale,
        "spread": one.spread,
        "luck": one.luck,
        "subjects": [asdict(driver) for driver in one.subjects],
        "facts": [asdict(driver) for driver in one.facts],
    }


def _given_json(one: Given) -> dict[str, Any]:
    return {
        "outcome": one.outcome,
        "option": one.option,
        "reference": one.reference,
        "noise": one.noise,
        "drivers": [asdict(driver) for driver in one.drivers],
    }


def _break_even_json(one: BreakEven, fact: Fact) -> dict[str, Any]:
    written = asdict(one)
    if one.value is not None:
        written["value"] = {name: _finite(value) for name, value in asdict(one.value).items()}
    return {**written, "unit": fact.unit, "grade": fact.grade}


def _neutral_json(one: Neutral) -> dict[str, Any]:
    return {
        "option": one.option,
        "reference": one.reference,
        "found": _difference_json(one.found),
        "left": _difference_json(one.left),
        "vanishes": one.vanishes,
        "follows_from": list(one.follows_from),
    }


def _difference_json(one: Difference) -> dict[str, float]:
    return asdict(one.expected_deaths)


def _finite(value: float) -> float | None:
    """Nothing where an interval is open: JSON has no infinity."""
    return float(value) if np.isfinite(value) else None
