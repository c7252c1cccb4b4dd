"""What chance does to a member."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from varne.compiled import compiled
from varne.encounter.luck import draw_luck
from varne.encounter.records import BOAT, LUCK
from varne.facts.tables import shipped_facts

MEMBERS = 4000
RATE = 1.0 / 7200.0
KNOWN = shipped_facts().drawn(1, 1)
CHANCES = [  # uniform numbers, each of an event of its own
    "restarts", "call_stopped", "call_flooding", "call_water", "located", "believed", "answered", "tow",
    "stop_effect", "turn_effect", "ashore_effect",
]  # fmt: skip

DELAYS = [
    ("restart_after", "boat_engine_restart_time"),
    ("watch_delay", "alert_watch_delay"),
    ("call_delay", "alert_call_delay"),
]


@compiled
def _draw_all(seed, members, known, boat, luck):
    for place in range(len(members)):
        draw_luck(seed, members[place], known[0], boat[0], luck[place])


def lucks(members: NDArray[np.int64], *, seed: int = 1, stop_rate: float = RATE) -> NDArray[np.void]:
    boat, luck = np.zeros(1, BOAT), np.zeros(len(members), LUCK)
    boat["stop_rate"] = stop_rate
    _draw_all(np.uint64(seed), members, KNOWN, boat, luck)
    return luck


ALL = lucks(np.arange(MEMBERS))


def test_the_order_of_members_does_not_matter() -> None:
    """A member has the same luck whichever members are drawn before it, or none."""
    order = np.random.default_rng(1).permutation(MEMBERS)
    assert (lucks(order) == ALL[order]).all()
    assert (lucks(np.array([1234])) == ALL[1234]).all()


def test_another_seed_is_another_experiment() -> None:
    """Luck differs from member to member and from seed to seed."""
    assert len(np.unique(ALL["search"])) == MEMBERS
    assert not np.intersect1d(ALL["search"], lucks(np.arange(MEMBERS), seed=2)["search"]).size


@pytest.mark.parametrize("name", ["stop_after", "stop_again"])
def test_engines_stop_at_the_rate_of_the_boat(name: str) -> None:
    """The time until the engine stops is exponential with the boat's own rate."""
    assert stats.kstest(ALL[name], stats.expon(scale=1.0 / RATE).cdf).pvalue > 1e-3


def test_an_engine_that_never_stops() -> None:
    """An engine with a rate of nothing never stops."""
    assert np.isinf(lucks(np.arange(10), stop_rate=0.0)["stop_after"]).all()


def test_twice_the_rate_is_half_the_time() -> None:
    """Luck is common to all boats: at twice the rate the same member's engine stops in half the time."""
    assert np.allclose(2.0 * lucks(np.arange(MEMBERS), stop_rate=2.0 * RATE)["stop_after"], ALL["stop_after"])


@pytest.mark.parametrize("name", CHANCES)
def test_chances_are_uniform(name: str) -> None:
    """Each chance is uniform on (0, 1), never at its ends."""
    assert ((ALL[name] > 0.0) & (ALL[name] < 1.0)).all()
    assert stats.kstest(ALL[name], stats.uniform.cdf).pvalue > 1e-4


@pytest.mark.parametrize(("name", "fact"), DELAYS)
def test_delays_have_the_mean_of_their_fact(name: str, fact: str) -> None:
    """Delays are exponential about the drawn fact."""
    assert stats.kstest(ALL[name], stats.expon(scale=KNOWN[fact][0]).cdf).pvalue > 1e-3


def test_drift_has_no_side_of_its_own() -> None:
    """Boats drift to the left of the wind as often as to the right, and never against it."""
    assert set(ALL["leeway_side"]) == {-1.0, 1.0}
    assert stats.binomtest(int((ALL["leeway_side"] > 0).sum()), MEMBERS).pvalue > 1e-3
    assert (np.sign(ALL["leeway_crosswind"]) == ALL["leeway_side"] * np.sign(KNOWN["leeway_crosswind_slope"])).all()
    assert (ALL["leeway_downwind"] >= 0.0).all()


def test_readiness_is_a_factor_about_one() -> None:
    """A crew is as often quicker than usual as slower."""
    assert (ALL["readiness"] > 0.0).all()
    assert stats.binomtest(int((ALL["readiness"] > 1.0).sum()), MEMBERS).pvalue > 1e-3


def test_events_do_not_know_of_each_other() -> None:
    """Different events are independent: no two of a member's numbers go together."""
    names = [name for name in LUCK.names if name not in ("leeway_crosswind",)]
    ranks = stats.spearmanr(np.column_stack([ALL[name] for name in names])).statistic
    apart = np.abs(ranks - np.eye(len(names)))
    assert apart.max() < 5.0 / np.sqrt(MEMBERS)
