"""Where the boat and its people are along the way."""

import numpy as np
import pytest

from tests.encounter.worlds import NEAR, setting
from varne.encounter.ensemble import run
from varne.encounter.setting import few_members
from varne.encounter.snapshots import FATES, take_snapshots
from varne.errors import BadInput
from varne.show import answer

OPTIONS = ["leave", "rescue", "jam"]
HOUR = 3600.0
MOMENTS = [0.0, 0.5 * HOUR, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR]


@pytest.fixture(scope="module")
def asked():
    return setting(OPTIONS, members=(12, 4), responders=NEAR, waves="0.8 m")


@pytest.fixture(scope="module")
def taken(asked):
    return take_snapshots(asked, MOMENTS, draws=10, replicates=3)


def test_at_the_horizon_a_snapshot_is_the_run(asked, taken):
    """The last look is the answer itself, bit for bit."""
    end = run(few_members(asked, 10, 3)).members
    for place, fate in enumerate(FATES):
        assert np.array_equal(taken.people[-1, :, place], end[fate].mean(axis=(0, 1)))
    assert np.array_equal(taken.afloat[-1], end["aboard_boat"].transpose(2, 0, 1).reshape(len(OPTIONS), -1))
    met = np.sort(end["met_at"].reshape(-1, len(OPTIONS)), axis=0)
    assert np.array_equal(taken.met[:, 1], met[len(met) // 2 - 1])


def test_no_one_vanishes_at_any_moment(asked, taken):
    """At every moment everyone is ashore, aboard, in the water or dead."""
    assert np.allclose(taken.people.sum(axis=2), asked.question.people, rtol=0.0, atol=1e-9)


def test_the_dead_and_the_landed_never_become_fewer(taken):
    """Time takes nobody back: at ends of blocks deaths and people ashore never fall by more than rounding."""
    for fate in ("dead", "ashore_uk", "ashore_fr", "ashore_other"):
        assert np.all(np.diff(taken.people[:, :, FATES.index(fate)], axis=0) >= -1e-9), fate


def test_within_a_block_the_dead_fall_by_little(asked):
    """Where a moment cuts a block, those lost in it may be taken to fare otherwise: by less than 1 in 1000 people."""
    finely = take_snapshots(asked, np.arange(0.0, 2.0 * HOUR, 600.0), draws=10, replicates=3)
    assert np.all(np.diff(finely.people[:, :, FATES.index("dead")], axis=0) >= -1e-3 * asked.question.people)


def test_everyone_starts_aboard_where_the_boat_is(asked, taken):
    """The first look is the question."""
    assert np.all(taken.people[0, :, FATES.index("aboard_boat")] == asked.question.people)
    assert np.all(taken.latitude[0] == asked.place.latitude)
    assert np.all(taken.longitude[0] == asked.place.longitude)


def test_a_path_goes_on_from_where_it_was(taken):
    """Between two moments a boat moves no further than a boat can."""
    north = np.diff(taken.latitude, axis=0) * 111_195.0
    east = np.diff(taken.longitude, axis=0) * 69_977.0
    speed = np.hypot(north, east) / np.diff(taken.moments)[:, None, None]
    assert speed.max() < 15.0


def test_options_of_one_member_start_together(taken):
    """Until a responder comes to the boat all options are one voyage."""
    first = taken.met[:, 0].min()
    before = taken.moments < first
    assert before.sum() > 0
    assert np.all(taken.latitude[before] == taken.latitude[before][:, :1])


def test_snapshots_are_the_same_for_any_number_of_workers(asked):
    """One thread or five, bit for bit; and whatever order the moments are written in."""
    one = take_snapshots(asked, [HOUR, 0.5 * HOUR, HOUR], draws=9, replicates=2, workers=1)
    five = take_snapshots(asked, [0.5 * HOUR, HOUR], draws=9, replicates=2, workers=5)
    for name in ("moments", "latitude", "longitude", "afloat", "people", "met"):
        assert np.array_equal(getattr(one, name), getattr(five, name)), name


def test_fates_are_those_of_an_answer():
    """A picture along the way and the answer at its end speak of the same."""
    assert FATES == answer.FATES


def test_a_moment_outside_the_voyage_is_refused(asked):
    """One sentence with the horizon; no moment at all is refused as well."""
    with pytest.raises(BadInput, match=r"moment is 13 h, outside the voyage; .* 12 h"):
        take_snapshots(asked, [13 * HOUR], draws=2, replicates=1)
    with pytest.raises(BadInput, match="moments are none"):
        take_snapshots(asked, [], draws=2, replicates=1)
