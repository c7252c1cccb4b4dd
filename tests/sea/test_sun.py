"""Promises about light."""

import numpy as np
import pytest

from varne.errors import BadTime
from varne.sea.sun import is_dark, sun_altitude
from varne.when import parse_time

DOVER = 51.13, 1.31


def altitude(text):
    return np.degrees(sun_altitude(*DOVER, times=[parse_time(text)]))[0]


def test_the_sun_stands_highest_by_its_declination():
    """At noon the sun stands 90 degrees less latitude plus declination: 23.44 at the solstices, 0 at an equinox."""
    assert max(altitude(f"2024-06-20T11:{m:02d}Z") for m in range(40, 60)) == pytest.approx(
        90 - 51.13 + 23.44, abs=0.05
    )
    assert max(altitude(f"2024-12-21T11:{m:02d}Z") for m in range(40, 60)) == pytest.approx(
        90 - 51.13 - 23.44, abs=0.05
    )
    assert max(altitude(f"2024-03-20T12:{m:02d}Z") for m in range(0, 10)) == pytest.approx(90 - 51.13, abs=0.3)


def test_known_nights_and_days():
    """The night of 24 November 2021 was dark at 02:30 UTC, and at noon it was day; in June it is light at 03:30."""
    night = sun_altitude(51.2, 1.4, times=[parse_time("2021-11-24T02:30Z"), parse_time("2021-11-24T12:00Z")])
    assert is_dark(night).tolist() == [True, False]
    assert not is_dark(sun_altitude(*DOVER, times=[parse_time("2024-06-21T03:30Z")]))[0]


def test_midsummer_sunrise_and_sunset_in_london():
    """On 21 June 2024 the sun rises in London at 03:43 and sets at 20:22 UTC: its middle is then 0.83 degrees down."""
    times = [parse_time("2024-06-21T03:43Z"), parse_time("2024-06-21T20:22Z")]
    assert np.degrees(sun_altitude(51.507, -0.128, times=times)) == pytest.approx([-0.83, -0.83], abs=0.2)


def test_a_time_outside_the_tables_is_refused():
    """The sun of another century is refused like its tides."""
    with pytest.raises(BadTime):
        sun_altitude(*DOVER, times=[1e11])
