"""Why an answer is as it is: what drives it, who is safer in how many draws, what would have to be true for another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from varne.assessment import Assessment
from varne.compare.assumption import Neutral, without_assumptions
from varne.compare.breakeven import begin_search, break_evens
from varne.compare.design import facts_in_play, two_samples
from varne.compare.given import Given, given_drivers
from varne.compare.quantities import OUTCOMES, every_quantity
from varne.compare.ranking import rank
from varne.compare.runs import run_design
from varne.compare.sensitivity import Drives, drives_of
from varne.encounter.sample import Encounter, sample_of
from varne.encounter.scenario import Scenario
from varne.encounter.setting import lay_out_sample
from varne.errors import BadFact, BadFile
from varne.files.stored import deaths_and_more, drawn_numbers, follows_from_stored, read_stored
from varne.question import open_question
from varne.show.why_answer import Effort, WhyAnswer

Array = NDArray[np.float64]
Progress = Callable[[str, int, int], None] | None
_WEAK = ("assumed", "elicited")


@dataclass(frozen=True, slots=True)
class Size:
    """How much is computed; the more, the smaller the errors that are printed beside every number."""

    rows: int = 512  # of each of the two samples of the designed runs, a power of two
    replicates: int = 4  # members of each row
    facts: int = 40  # swapped one by one
    given: int = 8  # facts looked at closely for each quantity, in the stored draws
    search: int = 1  # members of each draw in the search for break-evens


def explain(
    assessment: Assessment, *, size: Size | None = None, facts: Sequence[str] = (), progress: Progress = None
) -> WhyAnswer:
    """
    Find out why an assessment is as it is.

    Parameters
    ----------
    assessment : Assessment
        From :func:`varne.assessment.assess`. [people]
    size : Size, optional
        How much is computed. [1]
    facts : sequence of str, optional
        Numbers whose break-even is sought; every assumed or elicited one in play when left out. [1]
    progress : callable, optional
        Told what is being done, how much of it is done, and of how much. [1]

    Returns
    -------
    WhyAnswer

    Raises
    ------
    BadFact
        If a fact is unknown, has no spread, or is used by no option.
    BadMembers
        If the design is empty.

    Examples
    --------
    >>> from varne.assessment import assess
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9,
    ...     "reference": "escort", "options": ["leave", "escort"]})
    >>> small = assess(question, members=(4, 2))
    >>> found = explain(small, size=Size(rows=4, replicates=2, facts=1), facts=["effect.crowd_escort"])
    >>> found.ranking.options, [one.fact for one in found.break_evens]
    (('leave', 'escort'), ['effect.crowd_escort'])
    """
    answer = assessment.answer
    work = _Work(
        assessment.encounter,
        Drawn.of(assessment.dataset(), (answer.draws, answer.replicates), answer.fingerprint),
        size or Size(),
        progress or _silently,
    )
    return work._explained(facts)


def explain_stored(
    path: Path,
    *,
    own_facts: Path | None = None,
    size: Size | None = None,
    facts: Sequence[str] = (),
    progress: Progress = None,
) -> WhyAnswer:
    """
    Find out why an assessment is as it is that was written to a folder; its draws are taken from there.

    Parameters
    ----------
    path : Path
        Written by ``varne assess --out``. [1]
    own_facts : Path, optional
        The facts file that it was computed with. [unit]
    size : Size, optional
        How much is computed. [1]
    facts : sequence of str, optional
        Numbers whose break-even is sought. [1]
    progress : callable, optional
        Told what is being done, how much of it is done, and of how much. [1]

    Returns
    -------
    WhyAnswer

    Raises
    ------
    BadFile
        If the folder is not whole, or was computed with other facts, another sea or other code.
    """
    stored = read_stored(path)
    scenario = Scenario.of(stored.answer["scenario"])
    opened = open_question(scenario, members=stored.size, seed=stored.seed, facts=own_facts)
    drawn = Drawn.of(stored.members, stored.size, stored.answer["fingerprint"])
    differs = [key for key, value in opened.fingerprint().items() if drawn.fingerprint.get(key) != value]
    if differs:
        raise BadFile(
            f"{path} was computed with other {' and '.join(differs)} than there are here, and what is computed now "
            "would not belong to it; give --facts with the file it was computed with, or --stored for its draws alone."
        )
    return _Work(opened.encounter, drawn, size or Size(), progress or _silently)._explained(facts)


def look_at_stored(path: Path, *, size: Size | None = None) -> WhyAnswer:
    """
    Find out what the stored draws of an assessment say, without computing any voyage.

    Parameters
    ----------
    path : Path
        Written by ``varne assess --out``. [1]
    size : Size, optional
        How many facts are looked at closely. [1]

    Returns
    -------
    WhyAnswer
        Without designed runs and break-evens; only pairs with the reference have a P(safer).

    Raises
    ------
    BadFile
        If the folder is not whole.
    """
    stored = read_stored(path)
    scenario = Scenario.of(stored.answer["scenario"])
    drawn = Drawn.of(stored.members, stored.size, stored.answer["fingerprint"])
    beside = scenario.reference
    pairs = [(one, other) for one in drawn.options for other in drawn.options if one != other]
    ranking = replace(
        rank(drawn.outcome("deaths"), drawn.options, follows_from_stored(stored.answer)),
        not_asked=frozenset(pair for pair in pairs if beside not in pair),
    )
    given = drawn.given(beside, drawn_numbers(stored.members), (size or Size()).given)
    return WhyAnswer(scenario, drawn.size, drawn.fingerprint, ranking, given, (), (), (), {}, None)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The draws of an assessment: what was drawn, and what came of it."""

    members: xr.Dataset
    options: tuple[str, ...]
    size: tuple[int, int]  # draws, and members of each
    fingerprint: Mapping[str, Any]

    @classmethod
    def of(cls, members: xr.Dataset, size: tuple[int, int], fingerprint: Mapping[str, Any]) -> "Drawn":
        """
        Take the draws of an assessment.

        Parameters
        ----------
        members : Dataset
            In the form of ``assessment.nc``. [SI]
        size : tuple of int
            Draws, and members of each. [1]
        fingerprint : mapping
            Of the assessment. [1]

        Returns
        -------
        Drawn

        Examples
        --------
        >>> Drawn.of(xr.Dataset(coords={"option": ["leave"]}), (4, 2), {"seed": 1}).options
        ('leave',)
        """
        names = tuple(str(one) for one in members["option"].values)
        return cls(members, names, size, dict(fingerprint))

    @property
    def seed(self) -> int:
        """
        Return the seed of the draws.

        Returns
        -------
        int

        Examples
        --------
        >>> Drawn(xr.Dataset(), (), (4, 2), {"seed": 7}).seed
        7
        """
        return int(self.fingerprint["seed"])

    def outcome(self, name: str) -> Array:
        """
        Return an outcome of each member under each option.

        Parameters
        ----------
        name : str
            A key of :data:`varne.compare.quantities.OUTCOMES`. [1]

        Returns
        -------
        array, shape (draw, replicate, option)
            [people, or 1]

        Examples
        --------
        >>> few = xr.Dataset({"deaths": (("member", "option"), np.zeros((8, 1)))}, {"option": ["leave"]})
        >>> Drawn.of(few, (4, 2), {}).outcome("deaths").shape
        (4, 2, 1)
        """
        return deaths_and_more(self.members, OUTCOMES[name], self.size[0])

    def given(self, reference: str, inputs: Mapping[str, Array], most: int) -> tuple[Given, ...]:
        """
        Find what drives deaths, from these draws alone.

        Parameters
        ----------
        reference : str
            Option that the others are compared to. [1]
        inputs : mapping of str to array, shape (draw,)
            Everything drawn that could matter. [SI]
        most : int
            How many are looked at closely. [1]

        Returns
        -------
        tuple of Given
            Of each difference to the reference, then of each option.

        Examples
        --------
        >>> few = xr.Dataset({"deaths": (("member", "option"), np.zeros((8, 1)))}, {"option": ["leave"]})
        >>> Drawn.of(few, (4, 2), {"seed": 1}).given("leave", {"a": np.arange(4.0)}, 1)[0].drivers
        ()
        """
        deaths = self.outcome("deaths")
        base = self.options.index(reference)
        values: dict[tuple[str, str, str | None], Array] = {
            ("deaths", name, reference): deaths[:, :, place] - deaths[:, :, base]
            for place, name in enumerate(self.options)
            if place != base
        }
        values |= {("deaths", name, None): deaths[:, :, place] for place, name in enumerate(self.options)}
        return given_drivers(inputs, values, most=most, seed=self.seed)


@dataclass(frozen=True, slots=True)
class _Work:
    """One explanation: what is asked, the draws there are, how much to compute, who is told."""

    encounter: Encounter
    drawn: Drawn
    size: Size
    told: Callable[[str, int, int], None]

    def _explained(self, asked: Sequence[str]) -> WhyAnswer:
        encounter, drawn = self.encounter, self.drawn
        if len(drawn.options) < 2:
            only = ", ".join(drawn.options)
            raise BadFact(f"Only {only} is compared: with one option there is no difference to explain; name two.")
        sought = numbers_to_seek(encounter, asked)
        deaths = drawn.outcome("deaths")
        compared = self._neutral()
        follows = {pair: one.follows_from for pair, one in compared.items() if one.vanishes and one.follows_from}
        both_ways = {**follows, **{pair[::-1]: names for pair, names in follows.items()}}
        drives, effort = self._drives()
        search = begin_search(encounter, deaths, replicates=self.size.search, seed=drawn.seed)
        found = break_evens(search, sought, self._base, progress=partial(self.told, "break-evens"))
        given = drawn.given(drawn.options[self._base], self._inputs(), self.size.given)
        beside = tuple(one for pair, one in compared.items() if pair[1] == drawn.options[self._base])
        named = {one.fact for one in found} | {one.name for each in drives for one in each.facts}
        named |= {one.name for each in given for one in each.drivers}
        named |= {name for one in beside for name in one.follows_from}
        return WhyAnswer(
            encounter.scenario,
            drawn.size,
            drawn.fingerprint,
            rank(deaths, drawn.options, both_ways),
            given,
            drives,
            found,
            beside,
            {name: encounter.facts[name] for name in sorted(named) if name in encounter.facts.by_name},
            effort,
        )

    @property
    def _base(self) -> int:
        return self.drawn.options.index(self.encounter.scenario.reference)

    def _inputs(self) -> dict[str, Array]:
        """What was drawn and can move this encounter: facts in play, and what is drawn beside them."""
        play = facts_in_play(self.encounter.facts, self.encounter.options)
        every = drawn_numbers(self.drawn.members)
        return {name: values for name, values in every.items() if name in play or "." not in name}

    def _neutral(self) -> dict[tuple[str, str], Neutral]:
        """Each pair of options with and without the assumed effects; the reference stands second in its pairs."""
        self.told("assumptions", 0, 1)
        places = [place for place in range(len(self.drawn.options)) if place != self._base]
        pairs = [*((place, self._base) for place in places), *combinations(places, 2)]
        encounter, (draws, replicates) = self.encounter, self.drawn.size
        setting = lay_out_sample(encounter, sample_of(encounter.facts, draws, self.drawn.seed), replicates)
        compared = without_assumptions(setting, encounter.options, encounter.facts, pairs)
        self.told("assumptions", 1, 1)
        return {(one.option, one.reference): one for one in compared}

    def _drives(self) -> tuple[tuple[Drives, ...], Effort]:
        size, options = self.size, self.drawn.options
        design = two_samples(self.encounter, rows=size.rows, replicates=size.replicates, seed=self.drawn.seed)
        quantities = every_quantity(len(options), self._base)
        runs = run_design(design, quantities, most_facts=size.facts, progress=partial(self.told, "designed runs"))
        effort = Effort(size.rows, size.replicates, runs.voyages, (self.drawn.size[0], size.search))
        return drives_of(runs, options, seed=self.drawn.seed), effort


def numbers_to_seek(encounter: Encounter, asked: Sequence[str]) -> tuple[str, ...]:
    """
    Choose the numbers whose break-even is sought.

    Parameters
    ----------
    encounter : Encounter
        What is asked and read. [SI]
    asked : sequence of str
        By name; every assumed or elicited number in play when empty. [1]

    Returns
    -------
    tuple of str

    Raises
    ------
    UnknownName
        If there is no such fact.
    BadFact
        If it has no spread, or no option uses it.

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> numbers_to_seek(Encounter(None, shipped_facts(), ()), ["effect.jam_crowd"])
    Traceback (most recent call last):
    varne.errors.BadFact: Fact effect.jam_crowd is used by none of the options compared (none); its value changes ...
    """
    play = facts_in_play(encounter.facts, encounter.options)
    if twice := [name for name in asked if asked.count(name) > 1]:
        raise BadFact(f"Fact {twice[0]} is asked twice; name each fact once.")
    for name in asked:
        fact = encounter.facts[name]
        if fact.shape == "choice" or name not in play:
            if fact.shape in ("exact", "choice"):
                raise BadFact(f"Fact {name} is {fact.shape}, without a range; give it one in a facts file.")
            compared = ", ".join(one.name for one in encounter.options) or "none"
            raise BadFact(
                f"Fact {name} is used by none of the options compared ({compared}); its value changes nothing here."
            )
    if asked:
        return tuple(asked)
    known = [encounter.facts[name] for name in play]
    return tuple(fact.name for fact in known if fact.grade in _WEAK and fact.shape != "choice")


def _silently(_what: str, _done: int, _of: int) -> None:
    """Nobody asked to be told."""
