"""Promises about generated weather."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.errors import BadTime
from varne.sea.climate import monthly_value
from varne.sea.field import Source
from varne.sea.usual import usual_at
from varne.sea.weather import PAST, generate, wind_of, wind_score, with_waves_and_temperatures
from varne.when import parse_time

START = parse_time("2021-01-01T00:00Z")
YEARS = generate(START, 8760, members=np.arange(40), seed=1)
QUANTITIES = ("wind_east", "wind_north", "wave_height", "peak_period", "waves_east", "waves_north", "water", "air")


@given(st.integers(0, 8700), st.integers(1, 48), st.integers(0, 39))
def test_a_week_is_the_same_alone_as_in_its_year(first, hours, member):
    """Any hours of any member, asked for alone, are bit for bit those of the year."""
    alone = generate(START + 3600.0 * first, min(hours, 8760 - first), members=np.array([member]), seed=1)
    for name in (*QUANTITIES, "time"):
        inside = getattr(YEARS, name)[..., first : first + len(alone.time)]
        assert (getattr(alone, name) == (inside if name == "time" else inside[[member]])).all(), name


def test_members_and_seeds_differ():
    """Two possible years, and the same year of two seeds, share no hour and no correlation beyond the season."""
    other = generate(START, 8760, members=np.arange(2), seed=2)
    for one, two in ((YEARS.wind_east[0], YEARS.wind_east[1]), (YEARS.wind_east[0], other.wind_east[0])):
        assert not (one == two).any()
        assert abs(np.corrcoef(one, two)[0, 1]) < 0.35  # about a hundred independent winds in a year


def test_nothing_is_impossible():
    """Waves and periods are above zero, waves run somewhere, no wind is a hurricane of the tropics, all is a number."""
    for name in QUANTITIES:
        assert np.isfinite(getattr(YEARS, name)).all(), name
    assert YEARS.wave_height.min() >= 0.0
    assert YEARS.peak_period.min() > 0.0
    np.testing.assert_allclose(np.hypot(YEARS.waves_east, YEARS.waves_north), 1.0)
    assert np.hypot(YEARS.wind_east, YEARS.wind_north).max() < 45.0
    assert (YEARS.wave_height / (9.81 * YEARS.peak_period**2 / (2.0 * np.pi))).max() < 1.0 / 7.0  # breaking


def test_the_year_has_the_mean_of_its_climate():
    """Mean wind, waves and temperatures of 40 years lie within three sampling errors of the climate."""
    usual = usual_at()
    for found, table in (
        (np.hypot(YEARS.wind_east, YEARS.wind_north), usual.wind_speed),
        (YEARS.wave_height, usual.wave_height),
        (YEARS.water, usual.water),
        (YEARS.air, usual.air),
    ):
        annual = found.mean(axis=1)
        error = annual.std() / np.sqrt(len(annual)) + 0.01 * found.mean()  # the transformations are good to 1 %
        assert abs(annual.mean() - monthly_value(table, YEARS.time).mean()) < 3.0 * error


def test_waves_follow_the_wind():
    """The wind leads the waves by 0 to 4 hours, as at the Westhinder buoy and in coastDat-2."""
    speed = np.hypot(YEARS.wind_east, YEARS.wind_north)
    hours = range(-3, 9)
    found = [
        np.corrcoef(speed[:, 3:8740].ravel(), YEARS.wave_height[:, 3 + lag : 8740 + lag].ravel())[0, 1] for lag in hours
    ]
    assert 0 <= hours[int(np.argmax(found))] <= 4
    assert 0.65 < max(found) ** 2 < 0.85


def test_more_wind_never_lowers_the_waves():
    """With the same luck, a stronger wind gives higher waves at every hour."""
    times = np.arange(200) * 3600.0
    members = np.arange(3)
    usual = usual_at()
    east, north = wind_of(times, members=members, seed=4, usual=usual)
    weak, strong = (
        with_waves_and_temperatures(
            times, k * east, k * north, members=members, seed=4, usual=usual, source=Source("a test", "assumed")
        )
        for k in (1.0, 1.2)
    )
    assert (strong.wave_height >= weak.wave_height).all()
    assert weak.time[0] == times[PAST]


def test_afternoons_are_warmer_than_nights():
    """The air has its daily course."""
    by_hour = YEARS.air.reshape(40, 365, 24).mean(axis=(0, 1))
    assert 12 <= int(np.argmax(by_hour)) <= 16
    assert by_hour.max() - by_hour.min() == pytest.approx(1.4, abs=0.1)


def test_a_rank_is_monotone():
    """A stronger wind has a higher rank in its month, and no rank is infinite."""
    ranks = wind_score(np.linspace(0.0, 80.0, 50)[None, :], np.zeros(50), usual_at())
    assert (np.diff(ranks) >= 0).all()
    assert np.isfinite(ranks).all()


@pytest.mark.parametrize(
    ("start", "hours", "words"), [(1800.0, 5, "1800 s"), (0.0, 0, "0 hours"), (-1e9, 5, "1938"), (4.1e9, 99999, "2111")]
)
def test_a_time_that_cannot_be_is_refused(start, hours, words):
    """Half hours, no hours, and years outside the tables are refused with the value."""
    with pytest.raises(BadTime, match=words):
        generate(start, hours, members=np.arange(1), seed=1)
