"""The voyage, as a whole."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.encounter.worlds import NEAR, fixed, mean, outcomes, setting, voyage
from varne.encounter import ensemble
from varne.encounter.ensemble import run
from varne.encounter.perils import struck_rate
from varne.facts.option_tables import shipped_option_rows
from varne.facts.tables import shipped_facts

FATES = ("ashore_uk", "ashore_fr", "ashore_other", "aboard_boat", "aboard_responder", "in_water", "dead")
SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(
    people=st.integers(1, 120),
    length=st.floats(6, 12),
    waves=st.floats(0.0, 2.5),
    wind=st.floats(0, 35),
    water=st.floats(4, 20),
    start=st.sampled_from(["sea", "beach"]),
    month=st.integers(1, 12),
    near=st.booleans(),
)
def test_no_one_vanishes(people, length, waves, wind, water, start, month, near):
    """Ashore, aboard, in the water and dead add up to those who set out, for every member under every option."""
    found = outcomes(
        members=(3, 2),
        position="51 00.9N 002 06.5E" if start == "beach" else "51 03.0N 001 50.0E",
        people=people, length=length, waves=f"{waves:.2f} m", wind=f"SW {wind:.1f} kn", water=water, start=start,
        time=f"2026-{month:02d}-14T02:30Z", responders=NEAR if near else [],
    )  # fmt: skip
    total = sum(found.members[fate] for fate in FATES)
    assert total == pytest.approx(people, abs=1e-9 * people)
    assert all(np.all(found.members[fate] >= -1e-12) for fate in FATES)
    assert found.deaths.sum(axis=2) == pytest.approx(1.0, abs=1e-9)
    assert found.safe.sum(axis=2) == pytest.approx(1.0, abs=1e-9)


def test_the_distribution_has_the_expected_deaths_as_its_mean():
    """The exceedance curve and the expected deaths tell one story."""
    found = outcomes(members=(10, 4))
    numbers = np.arange(found.deaths.shape[2])
    assert (found.deaths * numbers).sum(axis=2) == pytest.approx(found.members["deaths"].mean(axis=1), rel=0.03)


def test_mass_is_kept_at_every_step():
    """Cut off after any number of steps, a voyage still accounts for everyone."""
    asked = setting(members=(2, 2), responders=NEAR, waves="1.0 m")
    for steps in (1, 2, 7, 15, 16, 31, 60, 120):
        found = run(replace(asked, question=asked.question._replace(steps=steps)))
        total = sum(found.members[fate] for fate in FATES)
        assert total == pytest.approx(50.0, abs=5e-8)


def test_a_member_sees_nothing_that_another_left_behind(monkeypatch):
    """Room that is handed in full of what is not a number gives the same answer, bit for bit."""
    room = ensemble._room

    def poisoned(world, question):
        luck, state, scratch = room(world, question)
        luck[:], state[:] = np.nan, np.nan
        for array in scratch:
            array[:] = np.nan
        return luck, state, scratch

    for fields in ({"responders": NEAR}, {"start": "beach", "position": "51 00.9N 002 06.5E"}):
        asked = setting(members=(5, 2), **fields)
        clean = run(asked)
        with monkeypatch.context() as patched:
            patched.setattr(ensemble, "_room", poisoned)
            found = run(asked, workers=1)
        for one, other in ((clean.members, found.members), (clean.deaths, found.deaths), (clean.safe, found.safe)):
            assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize("draws_at_once", [1, 3, 64])
def test_the_size_of_a_block_changes_nothing(monkeypatch, draws_at_once):
    """However the draws are handed to threads, the answer is the same, bit for bit."""
    asked = setting(["leave", "jam"], members=(7, 2), responders=NEAR)
    before = run(asked)
    monkeypatch.setattr(ensemble, "_DRAWS_AT_ONCE", draws_at_once)
    assert run(asked).members.tobytes() == before.members.tobytes()


SOON = fixed(alert_watch_delay=0.1)
OWN = {
    "says": "As escort.",
    "responder": "sent",
    "phases": [{"name": "near", "stand_off": "100 m", "crowd_shift": "effect.crowd_escort", "overboard": 1.5}],
}


def test_two_options_with_the_same_effects_differ_by_exactly_nothing():
    """The engine does not know an option's name: two rows with the same numbers have the same members."""
    found = outcomes(
        ["mine", "leave", "yours"], user={"mine": OWN, "yours": {**OWN, "says": "Other."}}, responders=NEAR
    )
    for field in found.members.dtype.names:
        assert np.array_equal(found.members[field][:, :, 0], found.members[field][:, :, 2])
    assert np.array_equal(found.deaths[:, 0], found.deaths[:, 2])
    assert not np.array_equal(found.members["deaths"][:, :, 0], found.members["deaths"][:, :, 1])


def neutral():
    """The shipped facts with every effect of an option made neutral."""
    facts = shipped_facts()
    return facts.replaced({fact.name: fact.made_neutral() for fact in facts if fact.neutral is not None})


def test_without_assumed_effects_escort_and_monitor_differ_by_the_distance_only():
    """At the same distance they are the same, bit for bit; at their own, nearer is never worse."""
    watch = dict(shipped_option_rows()["options"]["monitor"])
    close_by = {**watch, "phases": [{**watch["phases"][0], "stand_off": "100 m"}]}
    found = outcomes(["escort", "close_by", "monitor"], user={"close_by": close_by}, facts=neutral(), responders=NEAR)
    deaths = found.members["deaths"]
    assert np.array_equal(deaths[:, :, 0], deaths[:, :, 1])
    assert (deaths[:, :, 2] >= deaths[:, :, 0] - 1e-12).all()
    assert deaths[:, :, 2].sum() > deaths[:, :, 0].sum()


def test_colder_water_never_helps_on_the_same_path():
    """Neither engine, helm nor stream feels the temperature: member by member, colder is never safer."""
    warm, cold = (outcomes(water=water, responders=NEAR).members["deaths"] for water in (14, 6))
    assert (cold >= warm - 1e-12).all()


@pytest.mark.parametrize("field", ["recovery_rate", "capacity"])
def test_halving_how_fast_or_how_many_responders_take_out_costs_lives(field):
    """What a responder can do enters the deaths, not only whether it comes."""
    asked = setting(["leave", "escort"], people=90, length=10, responders=NEAR, facts=fixed(structure_base_rate=1e-4))
    responders = asked.world.responders.copy()
    responders[field] /= 2.0
    halved = replace(asked, world=asked.world._replace(responders=responders))
    whole, half = run(asked).members["deaths"], run(halved).members["deaths"]
    assert (half.mean(axis=(0, 1)) > whole.mean(axis=(0, 1))).all()
    if field == "recovery_rate":
        assert (half >= whole - 1e-12).all()


JAMMED = {
    "effect_jam_success": 1.0, "effect_jam_time": 2.0, "effect_jam_crowd": 1.0, "effect_jam_overboard": 1.0,
    "effect_crowd_escort": 1.0, "effect_crowd_rescue": 1.0, "alert_watch_delay": 0.1, "rescue_tow_share": 1e-9,
    "boat_engine_stop_rate": 1e-9, "people_accept_stopped": 1e-9, "people_refusal_time": 1e6,
}  # fmt: skip


def test_jam_changes_heading_drift_exposure_and_time():
    """Stopping the propeller moves the boat elsewhere, across other traffic, for longer: more than a multiplier."""
    asked = setting(["escort", "jam"], facts=fixed(**JAMMED), responders=NEAR, position="50 56.5N 001 30.0E")
    velocities, rates = [], []
    for option in (0, 1):
        _, before = voyage(asked, 0, option, steps=30)
        case, after = voyage(asked, 0, option, steps=31)
        moved = np.array([after["x"] - before["x"], after["y"] - before["y"]]) / asked.question.step
        velocities.append(moved)
        rates.append(struck_rate(case, asked.world.charts.traffic, after, *moved, 1.0))
    escorted, jammed = velocities
    turned = np.degrees(np.arccos(escorted @ jammed / np.linalg.norm(escorted) / np.linalg.norm(jammed)))
    assert turned > 10.0
    assert np.linalg.norm(escorted - jammed) > 1.0  # its own way through the water is gone [m/s]
    assert rates[0] != pytest.approx(rates[1], rel=0.05)
    assert voyage(asked, 0, 1)[1]["steps"] > 1.3 * voyage(asked, 0, 0)[1]["steps"]


def test_jam_changes_where_people_end_up():
    """Fewer land; those who accept are taken aboard; those who refuse still drift at the horizon."""
    willing = fixed(**{**JAMMED, "people_accept_stopped": 0.9})
    found, adrift = (outcomes(["escort", "jam"], facts=facts, responders=NEAR) for facts in (willing, fixed(**JAMMED)))
    assert mean(found, "ashore_uk")[1] < mean(found, "ashore_uk")[0]
    assert mean(found, "aboard_responder")[1] > mean(found, "aboard_responder")[0] + 10
    assert mean(adrift, "aboard_boat")[1] > mean(adrift, "aboard_boat")[0] + 20
    assert np.median(adrift.members["safe_after"][:, :, 1]) > np.median(adrift.members["safe_after"][:, :, 0])


def sent_from(asked, seconds):
    """The same encounter with every responder that can be sent so far away, on the side the boat leaves."""
    responders = asked.world.responders.copy()
    attends = responders["attends"] > 0.0
    responders["x"] = np.where(attends, np.sqrt(0.5) * seconds * responders["speed"], responders["x"])
    responders["y"] = np.where(attends, -np.sqrt(0.5) * seconds * responders["speed"], responders["y"])
    responders["ready_after"] = np.where(attends, 0.0, responders["ready_after"])
    return replace(asked, world=asked.world._replace(responders=responders))


def test_a_responder_an_hour_away_leaves_the_first_hour_as_it_is_without_one():
    """Until the responder is there the boat is under `leave`, exactly; afterwards it is not."""
    first_hour = run(sent_from(setting(["leave", "escort"], horizon=1, waves="0.8 m"), 3600.0)).members
    assert first_hour["deaths"].sum() > 0.0
    for field in first_hour.dtype.names:
        assert np.array_equal(first_hour[field][:, :, 0], first_hour[field][:, :, 1]), field
    afterwards = run(sent_from(setting(["leave", "escort"], waves="0.8 m"), 3600.0)).members["deaths"]
    assert not np.array_equal(afterwards[:, :, 0], afterwards[:, :, 1])
    near = run(sent_from(setting(["leave", "escort"], horizon=1, waves="0.8 m", facts=SOON), 60.0)).members["deaths"]
    assert not np.array_equal(near[:, :, 0], near[:, :, 1])


def test_everyone_is_safe_sooner_or_never_within_the_horizon():
    """A path that ends safely ends within the horizon; one that does not is reported as never."""
    found = outcomes(members=(10, 4))
    safe = found.members["safe_after"]
    assert np.all((safe <= 12 * 3600.0) | np.isinf(safe))
    assert np.all(found.members["aboard_boat"][np.isfinite(safe)] < 1e-6)


def test_a_boat_too_heavy_to_float_takes_everyone_into_the_water_at_once():
    """A state that crosses its threshold takes all the mass that is left."""
    found = outcomes(["leave"], people=200, length=5, members=(4, 2))
    assert np.all(found.members["steps"] <= 1)
    assert np.all(found.members["p_any_death"] > 0.9)
