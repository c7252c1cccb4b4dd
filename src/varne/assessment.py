"""An assessment: one encounter, every response compared, and all that is needed to compute it again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.figure import Figure
from numpy.typing import NDArray

from varne.compare.assumption import follows_from
from varne.compare.paired import Difference, difference
from varne.encounter.ensemble import Outcomes, run
from varne.encounter.options import Option, weakest
from varne.encounter.outcome import Interval, interval
from varne.encounter.sample import Encounter, sample_of
from varne.encounter.scenario import Scenario
from varne.encounter.setting import Setting, lay_out_sample
from varne.encounter.weather import sources
from varne.files.members import members_dataset, with_drawn
from varne.question import DRAWS, REPLICATES, Opened, open_question
from varne.sea.field import Field, Source
from varne.sea.traffic import embedded_traffic
from varne.show.answer import Answer, Evidence, answer_of
from varne.show.picture import exceedance_picture, options_picture

WITHOUT_HELP = "leave"  # the option under which nobody is sent: what the boat does by itself
ARRIVED = "ashore_uk"  # people of a member who reach the side that boats are bound for


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer, with every member it comes from."""

    scenario: Scenario
    answer: Answer
    encounter: Encounter
    setting: Setting
    outcomes: Outcomes

    def as_json(self) -> dict[str, Any]:
        """
        Return the answer in the published format, ``assessment.json``.

        Returns
        -------
        dict
            As the schema ``varne/schema/assessment.json`` says.

        Examples
        --------
        >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
        >>> small = assess(question, members=(4, 2), options=["leave"])
        >>> small.as_json()["members"]
        {'draws': 4, 'replicates': 2}
        """
        return self.answer.as_json()

    def frame(self) -> pd.DataFrame:
        """
        Return the answer as a table, a row for each option.

        Returns
        -------
        DataFrame
            Columns named as in ``assessment.json``, nested names joined by dots. [people, minutes]

        Examples
        --------
        >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
        >>> "expected_deaths.mean" in assess(question, members=(4, 2), options=["leave"]).frame()
        True
        """
        rows = [{**row, "exceedance": None} for row in self.answer.as_json()["options"]]
        return pd.json_normalize(rows).drop(columns="exceedance").set_index("name")

    def exceedance(self) -> pd.DataFrame:
        """
        Return the chance of at least so many deaths, a column for each option that applies.

        Returns
        -------
        DataFrame
            [1]

        Examples
        --------
        >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
        >>> len(assess(question, members=(4, 2), options=["leave"]).exceedance())
        55
        """
        curves = {one.name: one.exceedance for one in self.answer.options if one.exceedance is not None}
        index = pd.RangeIndex(1, self.scenario.people + 1, name="at_least")
        return pd.DataFrame(curves, index=index)

    def dataset(self) -> xr.Dataset:
        """
        Return every member under every option, with every drawn fact and the draw index.

        Returns
        -------
        Dataset
            CF conventions; dimensions member, option and draw.

        Examples
        --------
        >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
        >>> assess(question, members=(4, 2), options=["leave"]).dataset().sizes["member"]
        8
        """
        names = [one.name for one in self.encounter.options]
        world = self.setting.world
        members = members_dataset(self.outcomes, world.known, names, self.encounter.facts, self.answer.fingerprint)
        who = [*(one.name for one in self.setting.responders), "a ship passing by chance"]
        return with_drawn(members, world.weather, world.boats, world.responders).assign_coords(responder=who)

    def not_arriving(self) -> Interval | None:
        """
        Return the chance that a person aboard does not reach England when nobody is sent, where that was computed.

        Returns
        -------
        Interval or None
            [1]

        Examples
        --------
        >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
        >>> chance = assess(question, members=(4, 2), options=["leave"]).not_arriving()
        >>> 0.0 <= chance.low <= chance.mean <= chance.high <= 1.0
        True
        """
        names = [one.name for one in self.encounter.options]
        if WITHOUT_HELP not in names:
            return None
        arrived = self.outcomes.members[ARRIVED][:, :, names.index(WITHOUT_HELP)]
        return chance_of_not_arriving(np.asarray(arrived, dtype=np.float64), self.scenario.people)

    def options_figure(self) -> Figure:
        """
        Draw the options with their intervals.

        Returns
        -------
        Figure

        Examples
        --------
        >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
        >>> len(assess(question, members=(4, 2), options=["leave"]).options_figure().axes) > 0
        True
        """
        return options_picture(self.answer)

    def exceedance_figure(self) -> Figure:
        """
        Draw the chance of at least so many deaths.

        Returns
        -------
        Figure

        Examples
        --------
        >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
        >>> len(assess(question, members=(4, 2), options=["leave"]).exceedance_figure().axes) > 0
        True
        """
        return exceedance_picture(self.answer)


def assess(
    scenario: Scenario,
    *,
    members: int | str | tuple[int, int] = (DRAWS, REPLICATES),
    seed: int = 1,
    options: Sequence[str] = (),
    facts: str | Path | None = None,
    sea: Mapping[str, Field] = MappingProxyType({}),
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Assessment:
    """
    Compare the ways to respond to one boat.

    Parameters
    ----------
    scenario : Scenario
        The question. [SI]
    members : int, str or tuple of int, optional
        How many; or epistemic draws and replicates, ``(400, 50)`` or ``"400x50"``. [1]
    seed : int, optional
        Names the experiment. [1]
    options : sequence of str, optional
        To compare instead of the scenario's; all when neither says. [1]
    facts : str or Path, optional
        A facts file with your own numbers and options. [unit]
    sea : mapping of str to Field, optional
        Forecasts and observations of your own, by quantity, beside the files that the scenario names. [SI]
    workers : int, optional
        Threads; all cores when left out. [1]
    progress : callable, optional
        Told how many draws are done, and of how many. [1]

    Returns
    -------
    Assessment

    Raises
    ------
    BadInput
        If the question cannot be answered as it was put.

    Examples
    --------
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": "2026-03-14T02:30Z",
    ...     "people": 55, "length": 9, "wind": "WSW 12 kn", "waves": "0.8 m", "water": 7})
    >>> answer = assess(question, members=(10, 5), options=["leave", "escort"]).answer
    >>> [option.name for option in answer.options]
    ['leave', 'escort']
    """
    opened = open_question(scenario, members=members, seed=seed, options=options, facts=facts, sea=sea)
    encounter = opened.encounter
    setting = lay_out_sample(encounter, sample_of(encounter.facts, opened.members[0], seed), opened.members[1])
    outcomes = run(setting, workers=workers, progress=progress)
    differences = _differences(encounter.options, outcomes, scenario.reference)
    answer = answer_of(
        scenario=scenario,
        options=opened.wanted,
        why_not=opened.why_not,
        outcomes=outcomes,
        differences=differences,
        assumptions=_assumptions(setting, encounter),
        evidence=_evidence(opened, setting),
        fingerprint=opened.fingerprint(),
    )
    return Assessment(scenario, answer, encounter, setting, outcomes)


def chance_of_not_arriving(arrived: NDArray[np.float64], people: int) -> Interval:
    """
    Turn people who arrive into the chance that one does not.

    Parameters
    ----------
    arrived : array, shape (draw, replicate)
        [people]
    people : int
        Aboard at the start. [people]

    Returns
    -------
    Interval
        [1]

    Examples
    --------
    >>> chance_of_not_arriving(np.array([[55.0, 55.0], [0.0, 0.0]]), 55).mean
    0.5
    """
    found = interval(1.0 - arrived / people)
    return Interval(*(min(max(value, 0.0), 1.0) for value in (found.mean, found.low, found.high)))


def _differences(options: Sequence[Option], outcomes: Outcomes, reference: str) -> dict[str, Difference]:
    deaths = outcomes.members["deaths"]
    base = [option.name for option in options].index(reference)
    return {option.name: difference(deaths[:, :, i], deaths[:, :, base]) for i, option in enumerate(options)}


def _assumptions(setting: Setting, encounter: Encounter) -> dict[str, tuple[str, ...]]:
    names = [option.name for option in encounter.options]
    base = names.index(encounter.scenario.reference)
    gone = follows_from(setting, encounter.options, encounter.facts, base)
    return {names[place]: why for place, why in gone.items()}


def _evidence(opened: Opened, setting: Setting) -> Evidence:
    """The weakest grade in use: of the sea, of what every option shares, and of the option's own numbers."""
    encounter = opened.encounter
    facts = encounter.facts
    ships = {"traffic": (encounter.traffic or embedded_traffic()).source}
    sea: Mapping[str, Source] = {**sources(encounter.scenario, encounter.fields), **ships}
    shared = [fact.grade for fact in facts if not fact.name.startswith("effect.")]
    return Evidence(
        sea={field: {"source": source.says, "grade": source.grade} for field, source in sea.items()},
        responders=tuple(one.name for one in setting.responders),
        grades={option.name: weakest([*shared, option.grade(facts)]) for option in opened.wanted},
    )
