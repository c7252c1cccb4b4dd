"""Samples of what is not known."""

from dataclasses import replace

import numpy as np
import pytest

from varne.encounter.ensemble import run
from varne.encounter.options import chosen, read_options
from varne.encounter.sample import Encounter, sample_of
from varne.encounter.setting import lay_out, lay_out_sample
from varne.facts.option_tables import shipped_option_rows
from varne.facts.tables import shipped_facts

FACTS = shipped_facts()


@pytest.fixture(scope="module")
def encounter(question):
    return Encounter(question, FACTS, tuple(chosen(read_options(shipped_option_rows(), FACTS), ["leave", "escort"])))


def test_a_sample_laid_out_is_the_encounter_of_its_seed(question, encounter):
    """One computation, by whichever door."""
    sample = lay_out_sample(encounter, sample_of(FACTS, 6, 3), 2)
    assert (run(sample).members == run(lay_out(question, FACTS, encounter.options, (6, 2), 3)).members).all()


@pytest.mark.parametrize("part", ["weather", "responders", "luck"])
def test_each_part_has_a_seed_of_its_own(encounter, part):
    """What comes from another seed moves; what does not stays, draw by draw."""
    sample = sample_of(FACTS, 6, 3)
    one, other = (lay_out_sample(encounter, each, 2) for each in (sample, replace(sample, **{part: 4})))
    assert (one.world.known == other.world.known).all()
    same_sky = np.array_equal(one.world.charts.sky.wind_error.values, other.world.charts.sky.wind_error.values)
    assert same_sky == (part != "weather")
    assert (one.world.responders["capacity"] == other.world.responders["capacity"]).all() == (part != "responders")
    assert (one.question.seed == other.question.seed) == (part != "luck")
