"""An assessment: one encounter, every response compared, and all that is needed to compute it again."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd
import xarray as xr
from matplotlib.figure import Figure

from varne.compare.assumption import follows_from
from varne.compare.paired import Difference, difference
from varne.encounter.applies import why_not_here
from varne.encounter.ensemble import Outcomes, run
from varne.encounter.options import Option, chosen, read_options, weakest
from varne.encounter.scenario import Scenario
from varne.encounter.setting import Setting, find_place, lay_out, window_around
from varne.encounter.weather import sources
from varne.errors import BadMembers, BadScenario
from varne.evidence import Fact
from varne.facts.option_tables import shipped_option_rows, with_user_options
from varne.facts.tables import Facts, read_user_rows, shipped_facts
from varne.files.brought import Brought, bring
from varne.files.members import members_dataset, with_drawn
from varne.fingerprint import fingerprint
from varne.sea.field import Field, Source
from varne.sea.traffic import embedded_traffic
from varne.show.answer import Answer, Evidence, answer_of
from varne.show.picture import exceedance_picture, options_picture

DRAWS, REPLICATES = 400, 50
_MOST_MEMBERS = 10_000_000
_MOST_REPLICATES_FROM = 5000  # members; fewer have fewer replicates, so that there are draws enough


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer, with every member it comes from."""

    scenario: Scenario
    answer: Answer
    options: tuple[Option, ...]
    setting: Setting
    outcomes: Outcomes
    facts: Facts

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
        names = [one.name for one in self.options]
        world = self.setting.world
        members = members_dataset(self.outcomes, world.known, names, self.facts, self.answer.fingerprint)
        who = [*(one.name for one in self.setting.responders), "a ship passing by chance"]
        return with_drawn(members, world.weather, world.boats, world.responders).assign_coords(responder=who)

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
    draws, replicates = read_members(members)
    if not isinstance(seed, int) or isinstance(seed, bool) or not 0 <= seed < 2**63:
        raise BadMembers(f"seed is {seed}; write a whole number from 0 to 9223372036854775807.")
    known_facts, rows = with_user_file(facts)
    every = read_options(rows, known_facts)
    names = tuple(options) or scenario.options
    wanted = chosen(every, names)
    if scenario.reference not in {one.name for one in wanted}:
        chosen(every, [scenario.reference])
        raise BadScenario(
            f"reference is {scenario.reference!r}, which is not among the options "
            f"{', '.join(one.name for one in wanted)}; add it, or name another reference."
        )
    place = find_place(scenario)
    brought = bring(scenario, window_around(place.latitude, place.longitude), known_facts)
    known_facts, fields = brought.facts, {**brought.fields, **sea}
    why_not = {one.name: why_not_here(one, scenario, place) for one in wanted}
    if why_not[scenario.reference]:
        raise BadScenario(
            f"reference is {scenario.reference!r}, which does not apply here: {why_not[scenario.reference]} "
            "Name another reference."
        )
    applying = [one for one in wanted if not why_not[one.name]]
    setting = lay_out(scenario, known_facts, applying, (draws, replicates), seed, fields, brought.traffic)
    outcomes = run(setting, workers=workers, progress=progress)
    differences = _differences(applying, outcomes, scenario.reference)
    answer = answer_of(
        scenario=scenario,
        options=wanted,
        why_not=why_not,
        outcomes=outcomes,
        differences=differences,
        assumptions=_assumptions(setting, known_facts, applying, scenario.reference, differences),
        evidence=_evidence(known_facts, wanted, setting, {**sources(scenario, fields), **_ships(brought)}),
        fingerprint=fingerprint(scenario, known_facts, rows, seed, fields),
    )
    return Assessment(scenario, answer, tuple(applying), setting, outcomes, known_facts)


def read_members(members: int | str | tuple[int, int]) -> tuple[int, int]:
    """
    Read how many members are wanted.

    Parameters
    ----------
    members : int, str or tuple of int
        ``"400x50"``, ``(400, 50)``, or a number: 50 replicates a draw, fewer for small numbers. [1]

    Returns
    -------
    tuple of int
        Epistemic draws, and replicates of each.

    Raises
    ------
    BadMembers
        If it cannot be read or is too few or too many.

    Examples
    --------
    >>> read_members("400x50"), read_members(20000), read_members(2000)
    ((400, 50), (400, 50), (200, 10))
    """
    pair: tuple[int, int]
    if isinstance(members, tuple):
        pair = (int(members[0]), int(members[1]))
    elif match := re.fullmatch(r"\s*(\d+)\s*[x*]\s*(\d+)\s*", str(members)):
        pair = (int(match[1]), int(match[2]))
    elif re.fullmatch(r"\s*\d+\s*", str(members)):
        total = int(members)
        replicates = REPLICATES if total >= _MOST_REPLICATES_FROM else min(10, max(total // 20, 1))
        pair = (-(-total // replicates), replicates)
    else:
        raise BadMembers(f"members is {members!r}; write draws and replicates as 400x50, or a number such as 20000.")
    if min(pair) < 1 or pair[0] < 2 or pair[0] * pair[1] > _MOST_MEMBERS:
        raise BadMembers(
            f"members is {members!r}, that is {pair[0]} draws of {pair[1]}; "
            f"write at least 2 draws of 1 and at most {_MOST_MEMBERS} in all."
        )
    return pair


def with_user_file(path: str | Path | None) -> tuple[Facts, Any]:
    """
    Read the shipped facts and options with a user's own in their place.

    Parameters
    ----------
    path : str or Path or None
        A facts file. [1]

    Returns
    -------
    facts : Facts
    rows : mapping
        Of the options.

    Raises
    ------
    BadFact, UnknownName
        If the file has anything wrong: nothing of it is then used.

    Examples
    --------
    >>> facts, rows = with_user_file(None)
    >>> facts is shipped_facts()
    True
    """
    if path is None:
        return shipped_facts(), shipped_option_rows()
    rows = read_user_rows(Path(path))
    options = {name.split(".", 1)[1]: row for name, row in rows.items() if name.startswith("options.")}
    own = {name: Fact.read(name, row) for name, row in rows.items() if not name.startswith("options.")}
    return shipped_facts().replaced(own), with_user_options(shipped_option_rows(), options)


def _differences(options: Sequence[Option], outcomes: Outcomes, reference: str) -> dict[str, Difference]:
    deaths = outcomes.members["deaths"]
    base = [option.name for option in options].index(reference)
    return {option.name: difference(deaths[:, :, i], deaths[:, :, base]) for i, option in enumerate(options)}


def _assumptions(
    setting: Setting, facts: Facts, options: Sequence[Option], reference: str, found: Mapping[str, Difference]
) -> dict[str, tuple[str, ...]]:
    names = [option.name for option in options]
    base = names.index(reference)
    seen = {place: found[name] for place, name in enumerate(names) if place != base}
    return {names[place]: why for place, why in follows_from(setting, options, facts, base, seen).items()}


def _ships(brought: Brought) -> dict[str, Source]:
    return {"traffic": (brought.traffic or embedded_traffic()).source}


def _evidence(facts: Facts, options: Sequence[Option], setting: Setting, sea: Mapping[str, Source]) -> Evidence:
    """The weakest grade in use: of the sea, of what every option shares, and of the option's own numbers."""
    shared = [fact.grade for fact in facts if not fact.name.startswith("effect.")]
    return Evidence(
        sea={field: {"source": source.says, "grade": source.grade} for field, source in sea.items()},
        responders=tuple(one.name for one in setting.responders),
        grades={option.name: weakest([*shared, option.grade(facts)]) for option in options},
    )
