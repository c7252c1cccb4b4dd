"""What is asked of one encounter, and one sample of everything that is not known about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from varne.encounter.options import Option
from varne.encounter.scenario import Scenario
from varne.facts.tables import Facts
from varne.sea.field import Field
from varne.sea.traffic import TrafficGrid


@dataclass(frozen=True, slots=True)
class Encounter:
    """What is asked and read, before anything is drawn."""

    scenario: Scenario
    facts: Facts
    options: tuple[Option, ...]
    fields: Mapping[str, Field] = field(default_factory=lambda: MappingProxyType({}))  # forecasts that were brought
    traffic: TrafficGrid | None = None  # ships that were counted; the embedded ones when left out


@dataclass(frozen=True, slots=True)
class Sample:
    """
    One sample of epistemic draws: the facts as drawn, and the seeds of what is drawn beside them.

    Two samples that share a part share what is drawn from it, draw by draw and bit for bit.
    """

    known: NDArray[np.void]  # (draw,) a column for each fact [SI]
    weather: int  # seed of wind, waves, temperatures, and of errors of forecasts
    responders: int  # seed of the speed, readiness and room of those who come
    luck: int  # seed of what chance does to each member


def sample_of(facts: Facts, draws: int, seed: int) -> Sample:
    """
    Draw a sample.

    Parameters
    ----------
    facts : Facts
        Numbers about the world. [unit]
    draws : int
        How many. [1]
    seed : int
        Names the experiment. [1]

    Returns
    -------
    Sample

    Examples
    --------
    >>> from varne.facts.tables import shipped_facts
    >>> len(sample_of(shipped_facts(), 3, 1).known)
    3
    """
    return Sample(facts.drawn(draws, seed), seed, seed, seed)
