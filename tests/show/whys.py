"""A small answer to why, by hand, for the tests of what is shown of it."""

import numpy as np

from varne.compare.assumption import Neutral
from varne.compare.breakeven import NEVER, TIES, UNTOLD, BreakEven
from varne.compare.given import Given, GivenDriver
from varne.compare.paired import Difference
from varne.compare.ranking import Ranking
from varne.compare.sensitivity import RANKS, VALUES, Driver, Drives
from varne.encounter.outcome import Interval
from varne.encounter.scenario import Scenario
from varne.facts.tables import shipped_facts
from varne.show.why_answer import Effort, WhyAnswer

OPTIONS = ("leave", "monitor", "escort")
NAMES = ("effect.crowd_escort", "effect.crowd_monitor", "boat.speed", "boat.condition")


def around(value, error=0.1):
    return Interval(value, value - error, value + error)


def why_answer(question, *, effort=True):
    question = Scenario.of({**question.as_written(), "reference": "escort"})
    p_safer = np.array([[0.5, 0.01, 0.02], [0.99, 0.5, 0.64], [0.98, 0.36, 0.5]])
    noise = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.25], [0.0, 0.25, 1.0]])
    follows = {("monitor", "escort"): NAMES[:2], ("escort", "monitor"): NAMES[:2]}
    ranking = Ranking(OPTIONS, p_safer, noise, np.array([0.0, 0.6, 0.4]), follows)
    drivers = (Driver("boat", around(0.3), around(0.6)), Driver("effects", around(0.1), around(0.2)))
    singles = (Driver("boat.condition", around(0.3), around(0.5)), Driver("boat.speed", around(0.0), around(0.01)))
    drives = tuple(
        Drives("deaths", option, reference, scale, drivers, singles, 0.4, 0.05)
        for option, reference in (("leave", "escort"), ("monitor", "escort"), ("escort", None))
        for scale in (RANKS, VALUES)
    )
    given = (
        Given("deaths", "leave", "escort", (GivenDriver("boat.condition", around(0.3), around(0.3), True, 0.4),), 0.15),
        Given("deaths", "monitor", "escort", (GivenDriver("boat.speed", around(0.1), around(0.1), False, -0.1),), 0.15),
    )
    infinite = float("inf")
    ends = (around(-1.0), around(1.0))
    break_evens = (
        BreakEven(NAMES[0], "monitor", "escort", TIES, Interval(1.0381, 1.0268, 1.0478), 0.1, "escort", *ends),
        BreakEven("boat.speed", "monitor", "escort", TIES, Interval(6.1, 5.0, infinite), 0.8, "escort", *ends),
        BreakEven("boat.condition", "leave", "escort", NEVER, None, None, None, around(1.0), around(2.0)),
        BreakEven("boat.speed", "leave", "escort", UNTOLD, None, None, None, around(0.0), around(0.05)),
    )
    neutral = (
        Neutral("leave", "escort", Difference(around(0.5), 0.0), Difference(around(0.6), 0.0), False, ()),
        Neutral("monitor", "escort", Difference(around(0.0), 0.5), Difference(around(0.0), 0.5), True, NAMES[:2]),
    )
    if not effort:
        return WhyAnswer(question, (400, 50), {"seed": 1}, ranking, given, (), (), (), {}, None)
    facts = {name: shipped_facts()[name] for name in NAMES}
    work = Effort(512, 4, 800_000, (400, 1))
    return WhyAnswer(question, (400, 50), {"seed": 1}, ranking, given, drives, break_evens, neutral, facts, work)
