"""
24 November 2021: 33 people in the water in the dark, and nobody came for 9.6 hours.

How many does the model expect alive at dawn and at the find, and what if the warship 15 minutes away had answered?
A calibration check, not a validation: the law of survival was fitted to this night. See docs/replays.md.
"""

from pathlib import Path

import numpy as np

from varne.encounter.in_water import Recovery, number_distribution, number_interval, what_if_in_water
from varne.encounter.scenario import Scenario
from varne.facts.tables import shipped_facts
from varne.units import HOUR, MINUTE

DRAWS = 1000
crowd = Scenario.read(Path(__file__).with_suffix(".toml"))
facts = shipped_facts()


def say(what: str, expected: np.ndarray) -> None:
    """Print a number of people with the 90 % interval of what is not known and of chance together."""
    low, high = number_interval(number_distribution(expected, crowd.people))
    print(f"{what:44} {expected.mean():5.1f} ({low} to {high})")


found = Recovery("fishing_vessel", 9 * HOUR + 42 * MINUTE)  # 12:49, and five minutes until the first is aboard
as_it_was = what_if_in_water(crowd, [found], facts=facts, draws=DRAWS, seed=1)

print(f"{crowd.people} people in the water at 03:12, water {crowd.water:g} degC, {DRAWS} draws, grade assumed")
say("alive at dawn, 07:26 (expert: 8 to 15)", as_it_was.alive_at(4 * HOUR + 14 * MINUTE))
say("alive at the find, 12:49 (2)", as_it_was.alive_at(9 * HOUR + 37 * MINUTE))
say("survived (2)", as_it_was.rescued)

for wait in (20, 60, 180):  # minutes until the warship lifts out the first: found at once, or after a search
    answered = Recovery("navy_patrol_vessel", wait * MINUTE)
    would = what_if_in_water(crowd, [answered, found], facts=facts, draws=DRAWS, seed=1)
    low, high = np.quantile(would.rescued - as_it_was.rescued, [0.05, 0.95])
    say(f"would survive, warship there after {wait} min", would.rescued)
    print(f"{'  lives lost by no answer, same draws':44} {np.mean(would.rescued - as_it_was.rescued):5.1f}", end=" ")
    print(f"({low:.1f} to {high:.1f})")
