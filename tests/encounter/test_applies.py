"""Whether an option can be taken where the boat is."""

from dataclasses import replace

import pytest

from tests.encounter.worlds import QUESTION
from varne.encounter.applies import why_not_here
from varne.encounter.options import read_options
from varne.encounter.scenario import Scenario
from varne.encounter.setting import find_place
from varne.facts.option_tables import shipped_option_rows
from varne.facts.tables import shipped_facts

OPTIONS = read_options(shipped_option_rows(), shipped_facts())
HERE = find_place(Scenario.of(QUESTION))


@pytest.mark.parametrize(
    ("depth", "distance", "applies"), [(2.0, 300.0, True), (2.1, 300.0, False), (2.0, 301.0, False), (38.0, 9e3, False)]
)
def test_standing_depth_near_the_shore_only(depth, distance, applies):
    """Stopping a boat where people can stand needs such water, and a shore to walk to."""
    place = replace(HERE, depth=depth, shore_distance=distance)
    assert (why_not_here(OPTIONS["shallow"], Scenario.of(QUESTION), place) == "") == applies


def test_both_reasons_are_said():
    """A reason quotes the depth and the distance, and what is needed."""
    said = why_not_here(OPTIONS["shallow"], Scenario.of(QUESTION), replace(HERE, depth=38.0, shore_distance=9000.0))
    assert said == "the water is 38 m deep, and this option needs at most 2 m; the shore is 9000 m away, and this option needs at most 300 m."  # fmt: skip # noqa: E501 - one sentence


def test_all_others_apply_everywhere_and_all_at_a_beach():
    """Nothing else depends on the place; at a launch even the first can be taken."""
    for name, option in OPTIONS.items():
        if name != "shallow":
            assert why_not_here(option, Scenario.of(QUESTION), HERE) == ""
        assert why_not_here(option, Scenario.of({**QUESTION, "start": "beach"}), HERE) == ""
