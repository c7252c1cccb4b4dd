"""What follows from assumption alone: differences that vanish when assumed effects are taken away."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from varne.compare.paired import Difference, difference
from varne.encounter.ensemble import run
from varne.encounter.options import Option, phase_table
from varne.encounter.setting import Setting, few_members
from varne.facts.tables import Facts, column

_WEAK = ("assumed", "elicited")
LEFT_OVER = 0.1  # share of a difference, or of the strongest effect, that counts as nothing
ENOUGH = (100, 20)  # draws and replicates that show whether a difference disappears
FEWEST = (40, 10)  # and which effect moves it most


@dataclass(frozen=True, slots=True)
class Neutral:
    """
    The difference of two options as it is, and with every assumed effect of both at its neutral value. [people]

    Both are of the same first members of an assessment: some hundred draws of twenty.
    """

    option: str
    reference: str
    found: Difference
    left: Difference
    vanishes: bool  # its sign turns or is no longer sure, or less than a tenth of it is left
    follows_from: tuple[str, ...]  # the effects without which it does, the strongest first


def assumed_effects(option: Option, facts: Facts) -> tuple[str, ...]:
    """
    Name the assumed numbers of an option that have a neutral value.

    Parameters
    ----------
    option : Option
        A response. [1]
    facts : Facts
        Where its numbers stand. [unit]

    Returns
    -------
    tuple of str
        In alphabetical order.

    Examples
    --------
    >>> from varne.encounter.options import read_options
    >>> from varne.facts.option_tables import shipped_option_rows
    >>> from varne.facts.tables import shipped_facts
    >>> assumed_effects(read_options(shipped_option_rows(), shipped_facts())["monitor"], shipped_facts())
    ('effect.crowd_monitor', 'effect.crowd_rescue', 'effect.structure_standing')
    """
    return tuple(
        sorted(name for name in option.facts if facts[name].neutral is not None and facts[name].grade in _WEAK)
    )


def neutralised(setting: Setting, options: Sequence[Option], facts: Facts, names: Sequence[str]) -> Setting:
    """
    Return the same setting with some effects of the options taken away.

    Parameters
    ----------
    setting : Setting
        What is asked and read. [SI]
    options : sequence of Option
        In the order of its phases. [1]
    facts : Facts
        With the neutral values. [unit]
    names : sequence of str
        The effects to take away. [1]

    Returns
    -------
    Setting

    Examples
    --------
    >>> from varne.encounter.scenario import Scenario
    >>> from varne.encounter.setting import lay_out
    >>> from varne.facts.tables import shipped_facts
    >>> question = Scenario.of({"position": "51 03.0N 001 38.0E", "time": 0, "people": 55, "length": 9})
    >>> setting = lay_out(question, shipped_facts(), [], (2, 1), 1)
    >>> neutralised(setting, [], shipped_facts(), ["effect.jam_crowd"]).world.known["effect_jam_crowd"]
    array([1., 1.])
    """
    known = setting.world.known.copy()
    for name in names:
        fact = facts[name].made_neutral()
        known[column(name)] = fact.quantile(np.full(len(known), 0.5))
    return replace(setting, world=setting.world._replace(known=known, phases=phase_table(options, known)))


def without_assumptions(
    setting: Setting, options: Sequence[Option], facts: Facts, pairs: Sequence[tuple[int, int]]
) -> tuple[Neutral, ...]:
    """
    Compare pairs of options as they are, and when the assumed effects of both are neutral.

    A difference has disappeared when its sign turns or is no longer sure, or less than a tenth of it is left. The same
    first members are compared with and without the effects, so what nothing is taken from never disappears.

    Parameters
    ----------
    setting : Setting
        The encounter; its first members are enough. [SI]
    options : sequence of Option
        In the order of its phases. [1]
    facts : Facts
        Where their numbers stand. [unit]
    pairs : sequence of (int, int)
        Places of an option and of that which it is compared to. [1]

    Returns
    -------
    tuple of Neutral
        In the order of the pairs; those whose difference disappears with the effects without which it does, the
        strongest first.
    """
    few = few_members(setting, *ENOUGH)
    every = sorted({name for option in options for name in assumed_effects(option, facts)})
    bare = _deaths(neutralised(few, options, facts, every))
    seen, left = (
        {(one, other): difference(deaths[:, :, one], deaths[:, :, other]) for one, other in pairs}
        for deaths in (_deaths(few), bare)
    )
    gone = {pair for pair in pairs if _gone(seen[pair], left[pair])}
    effects = {
        pair: {*assumed_effects(options[pair[0]], facts), *assumed_effects(options[pair[1]], facts)} for pair in gone
    }
    means = _means_without(sorted(set().union(*effects.values())), few_members(setting, *FEWEST), options, facts)
    return tuple(
        Neutral(
            options[pair[0]].name,
            options[pair[1]].name,
            seen[pair],
            left[pair],
            pair in gone,
            _strongest(pair, effects[pair], means) if pair in gone else (),
        )
        for pair in pairs
    )


def follows_from(
    setting: Setting, options: Sequence[Option], facts: Facts, reference: int
) -> dict[int, tuple[str, ...]]:
    """
    Find the differences to the reference that disappear when the assumed effects of both options are neutral.

    Parameters
    ----------
    setting : Setting
        The encounter; its first members are enough. [SI]
    options : sequence of Option
        In the order of its phases. [1]
    facts : Facts
        Where their numbers stand. [unit]
    reference : int
        Place of the reference. [1]

    Returns
    -------
    dict of int to tuple of str
        For each option whose difference disappears, the effects without which it does, the strongest first.
    """
    places = [place for place in range(len(options)) if place != reference]
    compared = without_assumptions(setting, options, facts, [(place, reference) for place in places])
    return {place: one.follows_from for place, one in zip(places, compared, strict=True) if one.vanishes}


def _gone(seen: Difference, left: Difference) -> bool:
    if seen.expected_deaths.mean == 0.0:
        return False
    unsure = left.expected_deaths.low <= 0.0 <= left.expected_deaths.high
    was_sure = not seen.expected_deaths.low <= 0.0 <= seen.expected_deaths.high
    small = abs(left.expected_deaths.mean) < LEFT_OVER * abs(seen.expected_deaths.mean)
    turned = left.expected_deaths.mean * seen.expected_deaths.mean < 0.0
    return small or turned or (unsure and was_sure)


def _means_without(
    names: Sequence[str], setting: Setting, options: Sequence[Option], facts: Facts
) -> dict[str, NDArray[np.float64]]:
    """Mean deaths of each option as it is, under the empty name, and without each effect, one at a time."""
    if not names:
        return {}
    means = {"": _deaths(setting).mean(axis=(0, 1))}
    for name in names:
        touched = [place for place, option in enumerate(options) if name in option.facts]
        some = [options[place] for place in touched]
        cut = replace(setting, world=setting.world._replace(senders=setting.world.senders[touched]))
        means[name] = means[""].copy()
        means[name][touched] = _deaths(neutralised(cut, some, facts, [name])).mean(axis=(0, 1))
    return means


def _strongest(
    pair: tuple[int, int], names: Collection[str], means: Mapping[str, NDArray[np.float64]]
) -> tuple[str, ...]:
    """Effects by how far the mean difference of a pair moves when each is taken away."""
    one, other = pair
    apart = {name: means[name][one] - means[name][other] for name in ("", *names)}
    moved = {name: float(abs(apart[name] - apart[""])) for name in sorted(names)}
    largest = max(moved.values(), default=0.0)
    kept = (name for name in moved if moved[name] >= LEFT_OVER * largest > 0.0)
    return tuple(sorted(kept, key=lambda name: -moved[name]))


def _deaths(setting: Setting) -> NDArray[np.float64]:
    return np.asarray(run(setting).members["deaths"])
