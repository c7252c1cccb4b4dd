"""Some days of a season."""

import numpy as np
import pytest
from tests.season.small import START, plan

from varne.atlas.embedded import tide_atlas
from varne.encounter.outlook import chart_of
from varne.encounter.setting import darkness, embedded_streams, window_around
from varne.sea.streams import stream_at, streams, tide_height
from varne.season.attempts import BEFORE_MIDNIGHT, SLOT
from varne.season.shore import shore
from varne.season.stretch import DAYS, HORIZON, lay_out_stretch, light, streams_of, tides_around
from varne.units import DAY, HOUR


def read(chart, latitude, longitude, since):
    """The stream of a chart at a place, so long after the moment from which it counts. [m/s]"""
    x = (longitude - chart.west) * chart.columns_per_degree
    y = (latitude - chart.south) * chart.rows_per_degree
    return np.array(stream_at(chart.values[0], x, y, (since - chart.start) * chart.times_per_second))


@pytest.mark.parametrize("hours", [-3.7, 0.0, 8.25, 100.0, 192.0, 211.0])
@pytest.mark.parametrize("place", [(51.0, 1.5), (50.6, 1.4), (51.15, 2.2)])
def test_the_streams_are_those_of_an_encounter_then_and_there(place, hours):
    """As an encounter that begins then lays them out, and as the tides have them, but for the meshes in between."""
    here = read(streams_of(START, DAYS), *place, hours * HOUR)
    begins = START + hours * HOUR
    chart = chart_of(embedded_streams(begins, HORIZON, window_around(51.0, 1.5)), begins)
    assert here == pytest.approx(read(chart, *place, 0.0), abs=0.05)
    assert here == pytest.approx(streams(tide_atlas(), *place, times=[begins])[0], abs=0.05)


def test_it_is_dark_at_night_and_light_by_day():
    """1 at midnight, 0 at noon, and between them as in an encounter in the middle of the strait."""
    dark = light(START, 3)
    step = lay_out_stretch(plan({}, days=3, draws=1), 0).step
    for day in range(3):
        midnight, noon = ((BEFORE_MIDNIGHT + day * DAY + hour * HOUR) / step for hour in (0, 12))
        assert dark[round(midnight)] == 1.0
        assert dark[round(noon)] == 0.0
    times = START - BEFORE_MIDNIGHT + step * np.arange(len(dark))
    # Between two looks at the sun a straight line: where twilight begins or ends it is off by a quarter of the change
    # from one look to the next, ten minutes of the half hour and more that twilight lasts.
    assert dark == pytest.approx(darkness(50.8, 1.8, times), abs=0.25 * 10.0 / 30.0)


def test_light_reaches_from_the_first_launch_to_the_end_of_the_last_voyage():
    """No voyage looks beyond it."""
    stretch = lay_out_stretch(plan({}, days=5, draws=1), 0)
    last_launch = 4 * DAY - BEFORE_MIDNIGHT + 24 * SLOT
    first = int((last_launch + stretch.before) / stretch.step)
    assert first + stretch.steps <= len(stretch.darkness)
    assert stretch.steps * stretch.step == HORIZON


def test_tides_are_those_of_each_place_in_the_middle_of_each_half_hour():
    """As the tide is predicted there and then."""
    heights = tides_around(START, 3)
    for day, place, slot in ((0, 0, 0), (1, 5, 12), (2, 13, 23)):
        time = START + day * DAY - BEFORE_MIDNIGHT + (slot + 0.5) * SLOT
        there = shore().latitude[place], shore().longitude[place]
        assert heights[day, place, slot] == pytest.approx(float(tide_height(tide_atlas(), *there, times=[time])[0]))


def test_the_days_of_a_season_are_laid_out_once_each():
    """Stretches follow each other without a gap; each day knows its week, its year and its number since 1970."""
    asked = plan({}, days=20, draws=1, start=START + 142 * DAY)  # 25 December 2024
    day, numbers, weeks, years = 0, [], [], []
    while day < asked.days:
        stretch = lay_out_stretch(asked, day)
        numbers += [stretch.number + one for one in range(stretch.days)]
        weeks += [asked.week_starts[week] for week in stretch.weeks]
        years += [asked.years[year] for year in stretch.years]
        day += stretch.days
    days = asked.day_starts.astype("datetime64[s]")
    assert numbers == days.astype("datetime64[D]").astype(int).tolist()
    mondays = np.array(weeks).astype("datetime64[s]")
    assert years == (mondays.astype("datetime64[Y]").astype(int) + 1970).tolist()
    assert all(0.0 <= start - week < 7 * DAY for start, week in zip(asked.day_starts, weeks, strict=True))
    assert years[0] == 2024
    assert years[-1] == 2025


@pytest.mark.parametrize("days", [1, 3, 7])
def test_a_day_has_the_same_sea_however_many_follow(days):
    """Streams, tides and light of the first days are the same, bit for bit, when a season ends after them."""
    short = lay_out_stretch(plan({}, days=days, draws=1), 0)
    full = lay_out_stretch(plan({}, days=30, draws=1), 0)
    assert (short.streams.values == full.streams.values[:, : short.streams.values.shape[1]]).all()
    assert (short.tide == full.tide[:days]).all()
    assert (short.darkness == full.darkness[: len(short.darkness)]).all()
