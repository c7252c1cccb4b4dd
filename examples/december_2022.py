"""
14 December 2022: 47 people in the water with a fishing vessel alongside; 39 were saved, at least 8 died.

How many deaths does the model expect, and how many had the rescuer been able to lift people faster?
A calibration check, not a validation: the share of acute deaths was fitted to this night. See docs/replays.md.
"""

from dataclasses import replace
from pathlib import Path

from varne.encounter.in_water import Recovery, number_distribution, number_interval, what_if_in_water
from varne.encounter.scenario import Scenario
from varne.facts.tables import shipped_facts
from varne.units import MINUTE

DRAWS = 1000
# The factor of a child's body is that of a child of 8; the youngest here was 13.
crowd = Scenario.read(Path(__file__).with_suffix(".toml")).model_copy(update={"children": 0})
fitted = shipped_facts()
off = replace(fitted["immersion.fitted"], value=0.0, low=0.0, high=0.0)
published = fitted.replaced({"immersion.fitted": off})

alongside = Recovery("fishing_vessel", 4 * MINUTE)
lifeboat, helicopter = Recovery("severn", 35 * MINUTE), Recovery("sar_helicopter", 40 * MINUTE)

print(f"{crowd.people} people in the water at 03:00; at least 8 died. {DRAWS} draws, grade assumed")
for what, facts, ships in (
    ("the fitted law of survival", fitted, [alongside, lifeboat, helicopter]),
    ("published curves only", published, [alongside, lifeboat, helicopter]),
    ("fitted, two fishing vessels alongside", fitted, [alongside, alongside, lifeboat, helicopter]),
    ("fitted, a lifeboat alongside instead", fitted, [Recovery("severn", 4 * MINUTE), helicopter]),
    ("fitted, nobody alongside", fitted, [lifeboat, helicopter]),
):
    fate = what_if_in_water(crowd, ships, facts=facts, draws=DRAWS, seed=1)
    chances = number_distribution(fate.dead, crowd.people)
    low, high = number_interval(chances)
    print(f"{what:40} {fate.dead.mean():5.1f} ({low} to {high}) dead; 8 or more with chance {chances[8:].sum():.3f}")
