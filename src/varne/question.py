"""A question of one encounter, read and checked: how many members, whose numbers, which options apply."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from varne.encounter.applies import why_not_here
from varne.encounter.options import Option, chosen, read_options
from varne.encounter.sample import Encounter
from varne.encounter.scenario import Scenario
from varne.encounter.setting import find_place, window_around
from varne.errors import BadMembers, BadScenario
from varne.evidence import Fact
from varne.facts.option_tables import shipped_option_rows, with_user_options
from varne.facts.tables import Facts, read_user_rows, shipped_facts
from varne.files.brought import bring
from varne.fingerprint import fingerprint
from varne.sea.field import Field

DRAWS, REPLICATES = 400, 50
_MOST_MEMBERS = 10_000_000
_MOST_REPLICATES_FROM = 5000  # members; fewer have fewer replicates, so that there are draws enough


@dataclass(frozen=True, slots=True)
class Opened:
    """A question that was read and checked, with everything it needs, before anything is drawn."""

    encounter: Encounter  # with the options that apply
    wanted: tuple[Option, ...]  # all that were asked for
    why_not: Mapping[str, str]  # why an option does not apply; empty where it does
    rows: Mapping[str, Any]  # of all options, shipped and the user's
    members: tuple[int, int]
    seed: int

    def fingerprint(self) -> dict[str, Any]:
        """
        Name facts, scenario, code, platform and seed.

        Returns
        -------
        dict
            From :func:`varne.fingerprint.fingerprint`.

        Examples
        --------
        >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
        >>> open_question(question, members=(4, 2), seed=3).fingerprint()["seed"]
        3
        """
        one = self.encounter
        return fingerprint(one.scenario, one.facts, self.rows, self.seed, one.fields)


def open_question(
    scenario: Scenario,
    *,
    members: int | str | tuple[int, int] = (DRAWS, REPLICATES),
    seed: int = 1,
    options: Sequence[str] = (),
    facts: str | Path | None = None,
    sea: Mapping[str, Field] = MappingProxyType({}),
) -> Opened:
    """
    Read and check a question, without computing anything.

    Parameters
    ----------
    scenario : Scenario
        The question. [SI]
    members : int, str or tuple of int, optional
        Epistemic draws and replicates. [1]
    seed : int, optional
        Names the experiment. [1]
    options : sequence of str, optional
        To compare instead of the scenario's; all when neither says. [1]
    facts : str or Path, optional
        A facts file with your own numbers and options. [unit]
    sea : mapping of str to Field, optional
        Forecasts and observations of your own, by quantity. [SI]

    Returns
    -------
    Opened

    Raises
    ------
    BadInput
        If the question cannot be answered as it was put.

    Examples
    --------
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> [name for name, why in open_question(question).why_not.items() if why]
    ['shallow']
    """
    size = read_members(members)
    if not isinstance(seed, int) or isinstance(seed, bool) or not 0 <= seed < 2**63:
        raise BadMembers(f"seed is {seed}; write a whole number from 0 to 9223372036854775807.")
    known_facts, rows = with_user_file(facts)
    every = read_options(rows, known_facts)
    wanted = chosen(every, tuple(options) or scenario.options)
    if scenario.reference not in {one.name for one in wanted}:
        chosen(every, [scenario.reference])
        raise BadScenario(
            f"reference is {scenario.reference!r}, which is not among the options "
            f"{', '.join(one.name for one in wanted)}; add it, or name another reference."
        )
    place = find_place(scenario)
    brought = bring(scenario, window_around(place.latitude, place.longitude), known_facts)
    why_not = {one.name: why_not_here(one, scenario, place) for one in wanted}
    if why_not[scenario.reference]:
        raise BadScenario(
            f"reference is {scenario.reference!r}, which does not apply here: {why_not[scenario.reference]} "
            "Name another reference."
        )
    applying = tuple(one for one in wanted if not why_not[one.name])
    encounter = Encounter(scenario, brought.facts, applying, {**brought.fields, **sea}, brought.traffic)
    return Opened(encounter, tuple(wanted), why_not, rows, size, seed)


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
