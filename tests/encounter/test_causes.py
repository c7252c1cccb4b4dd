"""Deaths by cause."""

import numpy as np
import pytest

from varne.encounter.ensemble import run
from varne.encounter.options import chosen, read_options
from varne.encounter.records import CAUSES
from varne.encounter.scenario import Scenario
from varne.encounter.setting import Setting, lay_out
from varne.facts.option_tables import shipped_option_rows
from varne.facts.tables import shipped_facts


@pytest.fixture(scope="module")
def setting() -> Setting:
    facts = shipped_facts()
    question = Scenario.of(
        {
            "position": "51 00.9N 002 06.5E", "time": "2026-01-14T05:00Z", "people": 70, "length": 10,
            "waves": "0.6 m", "start": "beach", "horizon": 10,
        }
    )  # fmt: skip
    options = chosen(read_options(shipped_option_rows(), facts), ["leave", "escort", "shallow", "jam"])
    return lay_out(question, facts, options, (40, 2), 3)


def test_deaths_by_cause_are_all_deaths(setting):
    """Every death has one cause: they add up to the deaths, member by member and option by option."""
    members = run(setting).members
    total = sum(members[f"deaths_{cause}"] for cause in CAUSES)
    np.testing.assert_allclose(total, members["deaths"], rtol=1e-9, atol=1e-15)


def test_a_fatal_event_is_at_most_all_causes_together(setting):
    """The chance that anybody dies lies between that of the likeliest cause and the sum of all."""
    members = run(setting).members
    events = np.stack([members[f"events_{cause}"] for cause in CAUSES])
    assert (members["p_any_death"] <= events.sum(axis=0) + 1e-9).all()
    assert (members["p_any_death"] >= events.max(axis=0) - 1e-9).all()


@pytest.mark.parametrize("cause", CAUSES)
def test_a_cause_that_kills_is_an_event(setting, cause):
    """Without deaths no event, and an event costs at most everybody aboard."""
    members = run(setting).members
    deaths, events = members[f"deaths_{cause}"], members[f"events_{cause}"]
    assert ((deaths > 0) == (events > 0)).all()
    assert (deaths <= 70 * events * (1 + 1e-9)).all()


def test_without_crowding_and_launch_these_causes_are_empty(setting):
    """A hazard that is switched off kills nobody, and its column stays empty."""
    known = setting.world.known.copy()
    known["crush_rate"] = known["crush_at_boarding"] = known["launch_base"] = 0.0
    changed = Setting(setting.question, setting.world._replace(known=known), setting.place, setting.responders)
    members = run(changed).members
    for cause in ("crush", "boarding", "launch"):
        assert not members[f"deaths_{cause}"].any()
    assert members["deaths_structure"].any()


def test_a_boat_that_fills_is_lost_to_water(setting):
    """A leak no crew can bail sinks every boat that nobody takes off in time, and water is what killed."""
    boats = setting.world.boats.copy()
    boats["leak"] = 0.02
    changed = Setting(setting.question, setting.world._replace(boats=boats), setting.place, setting.responders)
    members = run(changed).members
    total = sum(members[f"deaths_{cause}"] for cause in CAUSES)
    np.testing.assert_allclose(total, members["deaths"], rtol=1e-9)
    assert members["deaths_water"].sum() > 0.5 * members["deaths"].sum()


def test_nobody_is_met_before_a_responder_has_come(setting):
    """Under every option a boat is met when the first responder comes to it; officers ashore are no such responder."""
    members = run(setting).members
    assert (np.isinf(members["met_at"]) == (members["arrived"] == 0)).all()
    assert (members["met_at"] > 0.0).all()


def test_who_had_died_before_someone_came_is_not_counted_to_those_who_came(setting):
    """A crush at boarding kills before anyone comes: what may happen after a responder came is as it was."""
    after = []
    for crushed in (1e-6, 0.5):
        known = setting.world.known.copy()
        known["crush_at_boarding"] = crushed
        changed = setting.world._replace(known=known)
        members = run(Setting(setting.question, changed, setting.place, setting.responders)).members
        met = np.isfinite(members["met_at"])
        nobody = 1.0 - members["p_any_death"]
        assert ((nobody <= members["nobody_before"] + 1e-12) & (members["nobody_before"] <= 1.0)).all()
        assert (members["nobody_before"][~met] == 1.0).all()
        after.append((met, members["nobody_before"], 1.0 - nobody / members["nobody_before"], members["p_any_death"]))
    both = after[0][0] & after[1][0]
    assert both.sum() > 100
    assert (after[1][1][both] < after[0][1][both] - 0.05).all()
    assert after[1][2][both].mean() == pytest.approx(after[0][2][both].mean(), rel=0.1)
    assert after[1][3][both].mean() > 2.0 * after[0][3][both].mean()


def test_a_cause_that_takes_no_part_is_exactly_nothing(setting):
    """Where only ships can sink a boat and cold or a fall can kill, every other cause has not even rounding dust."""
    known = setting.world.known.copy()
    for name in (
        "swamping_water_per_wave", "crowd_movement_rate", "launch_base", "crush_rate", "crush_at_boarding",
        "breaking_beam_on_under_way", "breaking_beam_on_adrift",
    ):  # fmt: skip
        known[name] = 0.0
    boats = setting.world.boats.copy()
    boats["structure_rate"] = boats["leak"] = 0.0
    world = setting.world._replace(known=known, boats=boats)
    members = run(Setting(setting.question, world, setting.place, setting.responders)).members
    assert members["deaths_collision"].any()
    for cause in ("water", "structure", "crowd", "breaking", "launch", "crush", "boarding"):
        assert not members[f"deaths_{cause}"].any(), cause
        assert not members[f"events_{cause}"].any(), cause
