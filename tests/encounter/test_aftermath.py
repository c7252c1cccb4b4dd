"""What follows a foundering."""

import numpy as np

from tests.encounter.worlds import NEAR, fixed, mean, outcomes, setting
from varne.encounter.aftermath import expose_crew, mean_search, stand_up
from varne.encounter.casualties import DEAD, LEFT, RESCUED, RESULTS
from varne.encounter.records import STATE
from varne.facts.tables import shipped_facts

# Lost soon, whatever the response: what differs is who is there.
LOST = {"structure_base_rate": 0.05, "structure_exponent": 1.0}


def test_whoever_is_near_saves_lives():
    """After the same foundering fewer die with a responder standing by than watching, or than with none."""
    neutral = {"effect_crowd_escort": 1.0, "effect_crowd_monitor": 1.0, "effect_crowd_rescue": 1.0}
    found = outcomes(
        ["leave", "monitor", "escort"], facts=fixed(**LOST, **neutral, alert_watch_delay=0.1), responders=NEAR,
        members=(10, 4),
    )  # fmt: skip
    deaths = mean(found, "deaths")
    assert deaths[2] <= deaths[1] < deaths[0]


def test_where_people_can_stand_most_walk_ashore():
    """In shallow water a swamped boat drowns a few, not the many of deep water."""
    known = shipped_facts().drawn(1, 1)[0]
    fate = np.zeros(RESULTS)
    stand_up(known, 50.0, fate)
    assert fate[DEAD] == 50.0 * known["launch_drowning_share"]
    assert fate[DEAD] + fate[RESCUED] == 50.0
    assert fate[LEFT] == 0.0


def test_a_crew_at_work_runs_a_risk_by_time_waves_and_resistance():
    """Twice the time is twice the risk; waves and resistance raise it; deaths go with injuries."""
    known = shipped_facts().drawn(1, 1)[0]
    state = np.zeros(3, STATE)
    expose_crew(known, state[0], 0.5, 1e-6, 1.0, 60.0)
    expose_crew(known, state[1], 0.5, 1e-6, 1.0, 120.0)
    expose_crew(known, state[2], 1.5, 1e-6, 2.0, 60.0)
    hurt = state["crew_injured"]
    assert np.isclose(hurt[1], 2 * hurt[0])
    assert hurt[2] > 2 * hurt[0]
    assert np.allclose(state["crew_dead"], hurt * known["crew_death_share"])


def test_a_search_takes_longer_at_night_and_without_a_position():
    """Mean times of search: by day and located first."""
    world = setting([], members=(6, 1)).world
    for known, weather in zip(world.known, world.weather, strict=True):
        day, night, lost_by_day, lost_by_night = (
            mean_search(known, weather, located, dark) for located in (True, False) for dark in (0.0, 1.0)
        )
        assert day <= night
        assert day <= lost_by_day <= lost_by_night
