"""The answer as it is shown everywhere: one set of numbers for screen, file, page and picture."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from varne.compare.paired import Difference
from varne.encounter.ensemble import Outcomes
from varne.encounter.options import Option
from varne.encounter.outcome import HIGH, LOW, Interval, TimeToSafe, exceedance, interval, time_to_safe
from varne.encounter.scenario import Scenario
from varne.encounter.snapshots import FATES
from varne.units import MINUTE


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the numbers come from: the sea by field, who would answer, and the weakest grade of each option."""

    sea: Mapping[str, Mapping[str, str]]
    responders: tuple[str, ...]
    grades: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OptionAnswer:
    """What one option does; everything but its description is missing where it does not apply. [people, s]"""

    name: str
    says: str
    grade: str
    why_not: str
    expected_deaths: Interval | None = None
    p_any_death: Interval | None = None
    exceedance: NDArray[np.float64] | None = None  # chance of at least 1, 2, ... deaths
    exceedance_low: NDArray[np.float64] | None = None
    exceedance_high: NDArray[np.float64] | None = None
    serious_injuries: Interval | None = None
    crew_harmed: Interval | None = None  # dead or seriously injured
    responder_deaths: Interval | None = None
    responder_injuries: Interval | None = None
    safe: TimeToSafe | None = None
    people: Mapping[str, float] | None = None
    difference: Difference | None = None
    follows_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question."""

    scenario: Scenario
    options: tuple[OptionAnswer, ...]
    draws: int
    replicates: int
    evidence: Evidence
    fingerprint: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """
        Return the answer in the published format.

        Returns
        -------
        dict
            As the schema ``varne/schema/assessment.json`` says; times in minutes.

        Examples
        --------
        >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
        >>> Answer(question, (), 4, 2, Evidence({}, (), {}), {"seed": 1}).as_json()["members"]
        {'draws': 4, 'replicates': 2}
        """
        return {
            "scenario": self.scenario.as_written(),
            "fingerprint": dict(self.fingerprint),
            "members": {"draws": self.draws, "replicates": self.replicates},
            "sea": {field: dict(source) for field, source in self.evidence.sea.items()},
            "responders": list(self.evidence.responders),
            "options": [_option_json(one, self.scenario.reference) for one in self.options],
        }


def answer_of(
    scenario: Scenario,
    options: Sequence[Option],
    why_not: Mapping[str, str],
    outcomes: Outcomes,
    differences: Mapping[str, Difference],
    assumptions: Mapping[str, tuple[str, ...]],
    evidence: Evidence,
    fingerprint: Mapping[str, Any],
) -> Answer:
    """
    Put the answer together.

    Parameters
    ----------
    scenario : Scenario
        The question. [SI]
    options : sequence of Option
        As asked for; those that apply stand in the same order in the outcomes. [1]
    why_not : mapping of str to str
        Why an option does not apply; empty where it does. [1]
    outcomes : Outcomes
        Of the options that apply. [people, s]
    differences, assumptions : mapping by name
        Differences to the reference, and the assumptions they follow from. [people]
    evidence : Evidence
        Where the numbers come from. [1]
    fingerprint : mapping
        Names everything that is needed to compute the answer again. [1]

    Returns
    -------
    Answer

    Examples
    --------
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> none = Outcomes(np.zeros((1, 1, 0), []), np.zeros((1, 0, 56)), np.zeros((1, 0, 3)))
    >>> answer_of(question, [], {}, none, {}, {}, Evidence({}, (), {}), {}).options
    ()
    """
    answers = []
    place = 0
    for option in options:
        grade = evidence.grades[option.name]
        if why_not[option.name]:
            answers.append(OptionAnswer(option.name, option.says, grade, why_not[option.name]))
            continue
        found = _found(outcomes, place, scenario.horizon)
        answers.append(
            OptionAnswer(
                option.name,
                option.says,
                grade,
                "",
                **found,
                difference=differences[option.name],
                follows_from=assumptions.get(option.name, ()),
            )
        )
        place += 1
    draws, replicates = outcomes.members.shape[:2]
    return Answer(scenario, tuple(answers), draws, replicates, evidence, fingerprint)


def _found(outcomes: Outcomes, place: int, horizon: float) -> dict[str, Any]:
    members = outcomes.members[:, :, place]
    curves = exceedance(outcomes.deaths[:, place])
    means = curves.mean(axis=0)
    lows, highs = np.quantile(curves, [LOW, HIGH], axis=0)
    return {
        "expected_deaths": interval(members["deaths"]),
        "p_any_death": interval(members["p_any_death"]),
        "exceedance": means,
        "exceedance_low": np.minimum(lows, means),
        "exceedance_high": np.maximum(highs, means),
        "serious_injuries": interval(members["serious_injuries"]),
        "crew_harmed": interval(members["responder_deaths"] + members["responder_serious_injuries"]),
        "responder_deaths": interval(members["responder_deaths"]),
        "responder_injuries": interval(members["responder_serious_injuries"]),
        "safe": time_to_safe(outcomes.safe[:, place], horizon),
        "people": {fate: float(members[fate].mean()) for fate in FATES},
    }


def _option_json(one: OptionAnswer, reference: str) -> dict[str, Any]:
    described: dict[str, Any] = {"name": one.name, "says": one.says, "grade": one.grade, "applies": not one.why_not}
    if one.why_not:
        return {**described, "why_not": one.why_not}
    assert one.expected_deaths and one.p_any_death and one.exceedance is not None and one.people
    assert one.serious_injuries and one.responder_deaths and one.responder_injuries
    assert one.safe and one.difference, "an option that applies has every outcome"
    return {
        **described,
        "expected_deaths": asdict(one.expected_deaths),
        "p_any_death": asdict(one.p_any_death),
        "exceedance": [{"n": n, "p": float(p)} for n, p in enumerate(one.exceedance, 1)],
        "serious_injuries": asdict(one.serious_injuries),
        "responders": {
            "deaths": asdict(one.responder_deaths),
            "serious_injuries": asdict(one.responder_injuries),
        },
        "minutes_to_safe": {
            "median": _minutes(one.safe.median),
            "low": _minutes(one.safe.low),
            "high": _minutes(one.safe.high),
            "share_never": one.safe.share_never,
        },
        "people": dict(one.people),
        "difference": {
            "reference": reference,
            "expected_deaths": asdict(one.difference.expected_deaths),
            "p_safer": None if one.follows_from or one.name == reference else one.difference.p_safer,
            "follows_from": list(one.follows_from),
        },
    }


def _minutes(time: float) -> float | None:
    """Nothing where most members never come to safety: JSON has no infinity."""
    return time / MINUTE if np.isfinite(time) else None
