"""A designed experiment: two samples of everything unknown, and the first again with one input of the second."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from SALib.sample import sobol

from varne.draws import seed_of
from varne.encounter.options import Option
from varne.encounter.sample import Encounter, Sample
from varne.encounter.setting import Setting, lay_out_sample
from varne.errors import BadMembers
from varne.facts.subjects import subject_of
from varne.facts.tables import Facts
from varne.facts.uses import read_by_code

Array = NDArray[np.float64]
TOGETHER = "calibrated together"  # facts that one calibration fits at once are one input: they are not independent
WEATHER, RESPONDERS = "weather", "responders"  # what is drawn beside the facts
_FIXED = ("exact",)  # shapes without a spread to swap
_SMALLEST = 2  # rows


@dataclass(frozen=True, slots=True)
class Input:
    """What is swapped as one: some facts, or what is drawn beside them."""

    name: str
    facts: frozenset[str] = frozenset()
    beside: str = ""  # WEATHER or RESPONDERS
    options: frozenset[int] = field(default_factory=frozenset)  # places of the options that it can touch


@dataclass(frozen=True, slots=True)
class Design:
    """Two samples by quantile, and the seeds of what is drawn beside the facts in each."""

    encounter: Encounter
    chances: tuple[Mapping[str, Array], Mapping[str, Array]]  # by fact, (row,)
    seeds: tuple[int, int]
    replicates: int

    @property
    def rows(self) -> int:
        """
        Return how many rows each sample has.

        Returns
        -------
        int

        Examples
        --------
        >>> Design(Encounter(None, Facts({}), ()), ({"a": np.zeros(4)}, {"a": np.zeros(4)}), (1, 2), 3).rows
        4
        """
        return len(next(iter(self.chances[0].values())))


def facts_in_play(facts: Facts, options: Sequence[Option]) -> tuple[str, ...]:
    """
    Name the facts that can move an encounter: uncertain, and read by its code or by one of its options.

    A choice between two is among them.

    Parameters
    ----------
    facts : Facts
        Numbers about the world. [unit]
    options : sequence of Option
        To compare. [1]

    Returns
    -------
    tuple of str
        In alphabetical order.

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> play = facts_in_play(shipped_facts(), ())
    >>> "boat.condition" in play, "effect.jam_crowd" in play, "cost.lifeboat_hour" in play
    (True, False, False)
    """
    by_options = {name for option in options for name in option.facts}
    return tuple(
        sorted(
            fact.name
            for fact in facts
            if fact.shape not in _FIXED and (fact.name in by_options or fact.name in read_by_code())
        )
    )


def _varied(encounter: Encounter) -> tuple[str, ...]:
    """Facts in play, and those that are drawn together with one of them: a part of theirs is in it."""
    play = set(facts_in_play(encounter.facts, encounter.options))
    together = set(encounter.facts.together.names)
    return tuple(sorted(play | together if play & together else play))


def inputs_of(encounter: Encounter) -> tuple[Input, ...]:
    """
    Group what can move an encounter by its subject.

    Parameters
    ----------
    encounter : Encounter
        What is asked and read. [SI]

    Returns
    -------
    tuple of Input
        Each fact in play in one of them; then what is drawn beside the facts.

    Examples
    --------
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.facts.tables import shipped_facts
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> [one.name for one in inputs_of(Encounter(question, shipped_facts(), ()))][-3:]
    ['calibrated together', 'weather', 'responders']
    """
    together = set(encounter.facts.together.names)
    groups: dict[str, set[str]] = {}
    for name in _varied(encounter):
        groups.setdefault(TOGETHER if name in together else subject_of(name), set()).add(name)
    every = frozenset(range(len(encounter.options)))
    ordered = sorted(groups, key=lambda name: (name == TOGETHER, name))
    return (
        *(Input(name, frozenset(groups[name]), options=_touched(groups[name], encounter)) for name in ordered),
        Input(WEATHER, beside=WEATHER, options=every),
        Input(RESPONDERS, beside=RESPONDERS, options=every),
    )


def single_input(name: str, encounter: Encounter) -> Input:
    """
    Return one fact as an input of its own.

    Parameters
    ----------
    name : str
        Dotted name. [1]
    encounter : Encounter
        What is asked and read. [SI]

    Returns
    -------
    Input

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> sorted(single_input("effect.jam_crowd", Encounter(None, shipped_facts(), ())).options)
    []
    """
    return Input(name, frozenset({name}), options=_touched({name}, encounter))


def two_samples(encounter: Encounter, *, rows: int, replicates: int, seed: int) -> Design:
    """
    Lay the two samples out: quantiles from a scrambled Sobol sequence, everything else by two seeds.

    Parameters
    ----------
    encounter : Encounter
        What is asked and read. [SI]
    rows : int
        Of each sample; a power of two. [1]
    replicates : int
        Members of each row. [1]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    Design

    Raises
    ------
    BadMembers
        If the design would be empty or unbalanced.

    References
    ----------
    Saltelli et al. (2010), Computer Physics Communications 181:259; Owen (1998) for the scrambling.
    """
    if rows < _SMALLEST or rows & (rows - 1):
        raise BadMembers(f"design has {rows} rows; write a power of two of at least {_SMALLEST}, such as 256.")
    if replicates < _SMALLEST:
        raise BadMembers(f"design has {replicates} replicates; luck can be told from the rest only by 2 or more.")
    names = _varied(encounter)
    if not facts_in_play(encounter.facts, encounter.options):
        raise BadMembers("design is empty: none of the facts in use has a spread; give one a range.")
    bounds = [[0.0, 1.0]] * len(names)
    problem = {
        "num_vars": len(names),
        "names": list(names),
        "bounds": bounds,
        "groups": [subject_of(one) for one in names],
    }
    laid = sobol.sample(problem, rows, calc_second_order=False, seed=seed + 1)
    # Of each row the first sample, the swaps of the groups, and the second sample.
    inside = np.clip(laid.reshape(rows, -1, len(names)), np.finfo(float).eps, 1.0 - np.finfo(float).eps)
    others = encounter.facts.chances(rows, seed)
    first, second = (
        {**others, **dict(zip(names, np.ascontiguousarray(inside[:, place].T), strict=True))} for place in (0, -1)
    )
    return Design(encounter, (first, second), (seed, _other(seed)), replicates)


def first_sample(design: Design) -> Setting:
    """
    Lay out the first sample.

    Parameters
    ----------
    design : Design
        From :func:`two_samples`. [1]

    Returns
    -------
    Setting
    """
    return _laid_out(design, design.chances[0], design.seeds[0])


def second_sample(design: Design) -> Setting:
    """
    Lay out the second sample: nothing of it, luck included, is that of the first.

    Parameters
    ----------
    design : Design
        From :func:`two_samples`. [1]

    Returns
    -------
    Setting
    """
    return _laid_out(design, design.chances[1], design.seeds[1])


def swapped_sample(design: Design, one: Input) -> Setting:
    """
    Lay out the first sample with one input taken from the second; row by row with the same luck as the first.

    Parameters
    ----------
    design : Design
        From :func:`two_samples`. [1]
    one : Input
        What is swapped. [1]

    Returns
    -------
    Setting
    """
    (first, second), (seed, other) = design.chances, design.seeds
    return _laid_out(
        design,
        {**first, **{name: second[name] for name in one.facts}},
        seed,
        weather=other if one.beside == WEATHER else seed,
        responders=other if one.beside == RESPONDERS else seed,
    )


def _laid_out(
    design: Design,
    chances: Mapping[str, Array],
    seed: int,
    *,
    weather: int | None = None,
    responders: int | None = None,
) -> Setting:
    sample = Sample(
        design.encounter.facts.at(chances),
        seed if weather is None else weather,
        seed if responders is None else responders,
        seed,
    )
    return lay_out_sample(design.encounter, sample, design.replicates)


def only_options(setting: Setting, places: Sequence[int]) -> Setting:
    """
    Return the same encounter with some of its options.

    Parameters
    ----------
    setting : Setting
        With all options. [SI]
    places : sequence of int
        Of those to keep. [1]

    Returns
    -------
    Setting

    Examples
    --------
    >>> from varne.encounter.options import chosen, read_options
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.encounter.setting import lay_out
    >>> from varne.facts.option_tables import shipped_option_rows
    >>> from varne.facts.tables import shipped_facts
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> options = chosen(read_options(shipped_option_rows(), shipped_facts()), ["leave", "escort"])
    >>> only_options(lay_out(question, shipped_facts(), options, (2, 1), 1), [1]).world.phases.shape[1]
    1
    """
    world = setting.world
    phases = np.ascontiguousarray(world.phases[:, list(places)])
    return replace(setting, world=world._replace(senders=world.senders[list(places)], phases=phases))


def _other(seed: int) -> int:
    """A seed of its own for the second sample, within the range of seeds."""
    return int(seed_of(np.uint64(seed), np.uint64(1)) >> np.uint64(1))


def _touched(names: set[str] | frozenset[str], encounter: Encounter) -> frozenset[int]:
    """Options that some facts can move: all where the code reads one of them, else those whose phases do."""
    every = range(len(encounter.options))
    if not names.isdisjoint(read_by_code()):
        return frozenset(every)
    return frozenset(place for place in every if not names.isdisjoint(encounter.options[place].facts))
