"""The voyage kernel agrees with its slow readable twin."""

import numpy as np
import pytest
from verification.twin import Voyage, outcome

from varne.encounter.ensemble import run
from varne.encounter.options import chosen, read_options
from varne.encounter.scenario import Scenario
from varne.encounter.setting import Setting, lay_out
from varne.facts.option_tables import shipped_option_rows
from varne.facts.tables import shipped_facts

SCENARIOS = {
    "at sea, at night": {
        "position": "51 03.0N 001 38.0E", "time": "2026-03-14T02:30Z", "people": 80, "length": 10,
        "wind": "WSW 12 kn", "waves": "0.6 m", "water": 7,
        "responders": [{"vessel": "police_patrol_boat", "position": "51 02.5N 001 40.0E"}],
    },
    "from a beach, in winter": {
        "position": "51 00.9N 002 06.5E", "time": "2026-01-14T05:00Z", "people": 55, "length": 9, "waves": "0.5 m",
        "start": "beach",
    },
    "by day, in summer, nothing known of the weather": {
        "position": "50 56.0N 001 36.0E", "time": "2026-07-02T09:00Z", "people": 35, "length": 8, "women": 5,
        "children": 4, "jackets": 20, "horizon": 12,
    },
}  # fmt: skip
DRAWS = 30


def setting_of(name: str) -> Setting:
    facts = shipped_facts()
    options = chosen(read_options(shipped_option_rows(), facts), [])
    return lay_out(Scenario.of(SCENARIOS[name]), facts, options, (DRAWS, 1), 5)


def assert_same_hours(found: np.ndarray, expected: np.ndarray, where: str) -> None:
    """The same time to safety: rounding may put a time that lies on the edge of two intervals into either."""
    one, other = np.cumsum(found), np.cumsum(expected)
    assert one[-1] == pytest.approx(other[-1], abs=1e-10), where
    assert (one[1:] >= other[:-1] - 1e-10).all(), where
    assert (other[1:] >= one[:-1] - 1e-10).all(), where


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_kernel_agrees_with_its_twin(name: str) -> None:
    """Thirty members under nine options: every outcome, the distribution of deaths and the time to safety, to 1e-9."""
    setting = setting_of(name)
    kernel = run(setting)
    assert setting.world.senders.shape == (9,)
    for draw in range(DRAWS):
        for option in range(9):
            answer = Voyage(setting, draw, option, 0).follow()
            where = f"draw {draw}, option {option}"
            found = kernel.members[draw, 0, option]
            for field, value in outcome(answer, setting.world.known[draw]).items():
                assert found[field] == pytest.approx(value, rel=1e-9, abs=1e-12), f"{field}, {where}"
            np.testing.assert_allclose(kernel.deaths[draw, option], answer.distribution, atol=1e-10, err_msg=where)
            assert_same_hours(kernel.safe[draw, option], answer.safe, where)
