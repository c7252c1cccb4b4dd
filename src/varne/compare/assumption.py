"""What follows from assumption alone: differences that vanish when assumed effects are taken away."""

from collections.abc import Mapping, Sequence
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
    """The difference of two options as it is, and with every assumed effect of both at its neutral value. [people]"""

    option: str
    reference: str
    found: Difference
    left: Difference
    follows_from: tuple[str, ...]  # the effects without which the difference disappears; empty where it stays


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


def follows_from(
    setting: Setting, options: Sequence[Option], facts: Facts, reference: int, found: Mapping[int, Difference]
) -> dict[int, tuple[str, ...]]:
    """
    Find the differences to the reference that disappear when the assumed effects of both options are neutral.

    A difference has disappeared when its sign is no longer sure, or less than a tenth of it is left.

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
    found : mapping of int to Difference
        The differences by place of the option. [people]

    Returns
    -------
    dict of int to tuple of str
        For each option whose difference disappears, the effects without which it does, the strongest first.
    """
    every = [name for option in options for name in assumed_effects(option, facts)]
    bare = _deaths(neutralised(few_members(setting, *ENOUGH), options, facts, sorted(set(every))))
    fewest = few_members(setting, *FEWEST)
    full = _deaths(fewest)
    answer: dict[int, tuple[str, ...]] = {}
    for place, seen in found.items():
        left = difference(bare[:, :, place], bare[:, :, reference])
        if not _gone(seen, left):
            continue
        names = {*assumed_effects(options[place], facts), *assumed_effects(options[reference], facts)}
        pair = [options[reference], options[place]]
        moved = {
            name: _moved_by(name, fewest, pair, (reference, place), facts, full[:, :, place] - full[:, :, reference])
            for name in names
        }
        largest = max(moved.values(), default=0.0)
        answer[place] = tuple(
            sorted((name for name in names if moved[name] >= LEFT_OVER * largest > 0.0), key=lambda name: -moved[name])
        )
    return answer


def _gone(seen: Difference, left: Difference) -> bool:
    if seen.expected_deaths.mean == 0.0:
        return False
    unsure = left.expected_deaths.low <= 0.0 <= left.expected_deaths.high
    was_sure = not seen.expected_deaths.low <= 0.0 <= seen.expected_deaths.high
    small = abs(left.expected_deaths.mean) < LEFT_OVER * abs(seen.expected_deaths.mean)
    turned = left.expected_deaths.mean * seen.expected_deaths.mean < 0.0
    return small or turned or (unsure and was_sure)


def _moved_by(
    name: str,
    setting: Setting,
    pair: Sequence[Option],
    places: tuple[int, int],
    facts: Facts,
    before: NDArray[np.float64],
) -> float:
    """How far the mean difference moves when this one effect is taken away."""
    world = setting.world
    two = replace(setting, world=world._replace(senders=world.senders[list(places)]))
    after = _deaths(neutralised(two, pair, facts, [name]))
    return float(abs((after[:, :, 1] - after[:, :, 0]).mean() - before.mean()))


def _deaths(setting: Setting) -> NDArray[np.float64]:
    return np.asarray(run(setting).members["deaths"])
