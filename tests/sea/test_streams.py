"""Promises about tidal streams, against published text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.atlas.charts import DOMAIN, Window
from varne.atlas.embedded import gauges, tide_atlas
from varne.errors import BadTime
from varne.sea.streams import at_place, stream_at, stream_grid, streams, tide_height
from varne.sea.tides import height, turns
from varne.units import HOUR, KNOT
from varne.when import parse_time

STRAIT = Window(1.0, 2.4, 50.6, 51.5)
START = parse_time("2024-06-01T00:00Z")


def dover():
    """Times of high water at Dover through a fortnight, by the gauge's own constants."""
    times = np.arange(START, START + 15 * 24 * HOUR, 360.0)
    constants = gauges()["dover-dov-gbr-bodc"].constants
    return [turn for turn in turns(times, height(tuple(constants), list(constants.values()), times)) if turn.high]


def turning_hours(latitude, longitude, towards):
    """Median hours from high water Dover at which the stream towards a bearing begins and ends in a fortnight."""
    begins, ends = [], []
    for high in dover():
        times = high.time + np.arange(-5.0, 7.0, 0.05) * HOUR
        east, north = streams(tide_atlas(), latitude, longitude, times=times).T
        along = east * np.sin(np.radians(towards)) + north * np.cos(np.radians(towards))
        rising = np.flatnonzero((along[:-1] < 0) & (along[1:] >= 0))
        falling = np.flatnonzero((along[:-1] >= 0) & (along[1:] < 0))
        begins += [(times[i] - high.time) / HOUR for i in rising[:1]]
        ends += [(times[i] - high.time) / HOUR for i in falling[-1:]]
    return np.median(begins), np.median(ends)


# Published begin and end of the north-east-going stream, in hours from high water Dover, and how far off the atlas is
# at most: verification/streams_published.toml says whose, docs/tides.md how far.
@pytest.mark.parametrize(
    ("latitude", "longitude", "towards", "begins", "ends", "most"),
    [
        (51.153, 1.513, 35.0, -2.0, 4.0, 0.55),  # 5.4 miles 082 of South Foreland
        (51.274, 1.455, 20.0, -1.58, 4.58, 0.2),  # 3.5 miles 159 of Ramsgate
        (51.0, 1.5, 35.0, -1.5, 4.5, 0.3),  # mid strait, the rule of Channel swimmers
    ],
)
def test_streams_turn_as_published(latitude, longitude, towards, begins, ends, most):
    """The median turn of a fortnight is within the stated hours of the published one."""
    found = turning_hours(latitude, longitude, towards)
    assert found[0] == pytest.approx(begins, abs=most)
    assert found[1] == pytest.approx(ends, abs=most)


def test_mean_streams_are_within_the_stated_error():
    """Mean spring and neap streams off South Foreland are within 25 % of the published 2.3 and 1.3 kn."""
    atlas = tide_atlas()
    east, north = (at_place(atlas, 51.153, 1.513, amplitude=part)[:2, 0] for part in (atlas.east, atlas.north))
    moon, sun = np.abs(east * np.sin(np.radians(35.0)) + north * np.cos(np.radians(35.0)))
    assert (moon + sun) / KNOT == pytest.approx(2.3, rel=0.25)
    assert (moon - sun) / KNOT == pytest.approx(1.3, rel=0.25)


@pytest.mark.parametrize(
    ("latitude", "longitude", "speed", "towards"),
    [(51.00, 1.45, 1.08, 34), (51.103, 1.80, 1.01, 53), (50.90, 1.50, 1.17, 33), (51.12, 2.30, 0.68, 69)],
)
def test_ellipses_are_near_those_of_a_linear_model(latitude, longitude, speed, towards):
    """In mid strait, at Sandettie, off Gris-Nez and off Dunkirk M2 runs along the axis of an independent linear model
    with less drag, and up to 15 % slower."""
    atlas = tide_atlas()
    east, north = (at_place(atlas, latitude, longitude, amplitude=part)[0, 0] for part in (atlas.east, atlas.north))
    anticlockwise, clockwise = (east + 1j * north) / 2.0, np.conj(east - 1j * north) / 2.0
    assert 0.85 < (abs(anticlockwise) + abs(clockwise)) / speed < 1.0
    axis = 90.0 - np.degrees(np.angle(anticlockwise) + np.angle(clockwise)) / 2.0
    assert (axis - towards + 90.0) % 180.0 - 90.0 == pytest.approx(0.0, abs=5.0)


def test_the_mean_stream_is_slow():
    """What never turns is nowhere faster than 0.35 m/s, found off Gris-Nez, and has no height."""
    atlas = tide_atlas()
    place = atlas.constituents.index("Z0")
    speed = np.hypot(atlas.east[place].real, atlas.north[place].real)
    assert np.median(speed) < 0.03
    assert speed.max() < 0.35
    assert not atlas.elevation[place].any()
    assert not atlas.east[place].imag.any()


@pytest.mark.parametrize("station", ["dover-dov-gbr-bodc", "calais-55-fra-refmar", "dunkerque-2-fra-refmar"])
def test_high_water_on_the_mesh_is_that_of_the_gauge(station):
    """For a fortnight high waters on the mesh come within 15 minutes and 0.25 m of those by a gauge's constants."""
    gauge = gauges()[station]
    times = np.arange(START, START + 15 * 24 * HOUR, 360.0)
    own = turns(times, height(tuple(gauge.constants), list(gauge.constants.values()), times))
    mesh = turns(times, tide_height(tide_atlas(), gauge.latitude, gauge.longitude, times=times))
    pairs = [(a, b) for a in own for b in mesh if abs(a.time - b.time) < 2 * HOUR and a.high and b.high]
    assert len(pairs) == 29 or len(pairs) == 28
    assert max(abs(a.time - b.time) for a, b in pairs) < 900.0
    assert max(abs(a.height - b.height) for a, b in pairs) < 0.25


def test_a_grid_agrees_with_the_stream_at_its_points():
    """On the points of a grid the interpolated stream is the predicted one, to rounding."""
    grid = stream_grid(tide_atlas(), STRAIT, start=START, duration=6 * HOUR)
    for x, y, t in ((10, 40, 3), (50, 50, 20), (98, 0, 36)):
        place = grid.south + y * grid.step_north, grid.west + x * grid.step_east
        truth = streams(tide_atlas(), *place, times=[grid.start + t * grid.interval])[0]
        assert stream_at(grid.velocity, float(x), float(y), float(t)) == pytest.approx(tuple(truth), abs=1e-12)


def test_interpolation_in_a_grid_is_close():
    """Between the points of a 1 km, 10 min grid in mid strait the stream is right to 2 cm/s."""
    grid = stream_grid(tide_atlas(), STRAIT, start=START, duration=12 * HOUR)
    rng = np.random.default_rng(3)
    for latitude, longitude, hours in rng.uniform([50.9, 1.4, 0.0], [51.1, 1.6, 12.0], size=(100, 3)):
        x, y = (longitude - grid.west) / grid.step_east, (latitude - grid.south) / grid.step_north
        found = stream_at(grid.velocity, x, y, hours * HOUR / grid.interval)
        truth = streams(tide_atlas(), latitude, longitude, times=[START + hours * HOUR])[0]
        assert found == pytest.approx(tuple(truth), abs=0.02)


def test_streams_are_never_missing():
    """Every point of a grid over the whole domain has a stream, on land that of the nearest water, and none is wild."""
    grid = stream_grid(tide_atlas(), DOMAIN, start=START, duration=HOUR, spacing=3000.0, interval=HOUR)
    assert grid.velocity.flags.c_contiguous
    assert np.isfinite(grid.velocity).all()
    speed = np.hypot(grid.velocity[..., 0], grid.velocity[..., 1])
    assert speed.min() > 0.0
    assert speed.max() < 4.0


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_interpolation_never_leaves_its_values(x, y, t):
    """Wherever it is asked, an interpolated stream lies between the least and the greatest of the grid."""
    velocity = np.random.default_rng(0).uniform(-1.0, 1.0, size=(3, 4, 5, 2))
    east, north = stream_at(velocity, x, y, t)
    assert velocity[..., 0].min() - 1e-12 <= east <= velocity[..., 0].max() + 1e-12
    assert velocity[..., 1].min() - 1e-12 <= north <= velocity[..., 1].max() + 1e-12


def test_the_kernel_agrees_with_its_readable_twin():
    """The compiled interpolation gives the numbers of the function as written."""
    velocity = np.random.default_rng(0).uniform(-1.0, 1.0, size=(3, 4, 5, 2))
    for x, y, t in np.random.default_rng(1).uniform(-1.0, 5.0, size=(50, 3)):
        assert stream_at(velocity, x, y, t) == pytest.approx(stream_at.py_func(velocity, x, y, t), abs=1e-15)


def test_the_last_time_covers_the_duration():
    """A grid reaches at least to its start plus its duration."""
    for duration in (600.0, 601.0, 1199.0, 1200.0):
        grid = stream_grid(tide_atlas(), Window(1.4, 1.5, 51.0, 51.1), start=START, duration=duration)
        assert (len(grid.velocity) - 1) * grid.interval >= duration
        assert len(grid.velocity) >= 2


def test_a_time_outside_the_tables_is_refused():
    """A voyage that runs past 2100 is refused."""
    with pytest.raises(BadTime):
        stream_grid(tide_atlas(), STRAIT, start=parse_time("2099-12-31T20:00Z"), duration=12 * HOUR)
