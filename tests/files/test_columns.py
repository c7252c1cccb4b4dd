"""Headings and cells of files of observations."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from varne.errors import BadFile
from varne.files.columns import cell_in_si, heading_of, in_unit


@pytest.mark.parametrize(
    ("written", "quantity", "unit"),
    [
        ("wind_speed [kn]", "wind_speed", "kn"), ("Wind speed (m/s)", "wind_speed", "m/s"),
        ("wspd_kn", "wind_speed", "kn"), ("wind direction", "wind_from", "deg"), ("WDIR [degT]", "wind_from", "degT"),
        ("Hs (m)", "wave_height", "m"), ("Hm0_m", "wave_height", "m"), ("VHM0 [m]", "wave_height", "m"),
        ("Significant wave height(m)", "wave_height", "m"), ("Tp", "peak_period", "s"),
        ("dominant wave period [s]", "peak_period", "s"), ("mwd [deg]", "waves_from", "deg"),
        ("sea_surface_temperature [°C]", "water", "°C"), ("water_c", "water", "c"),
        ("Air temp (degC)", "air", "degC"), ("lat", "latitude", "deg"), ("time [UTC]", "time", "UTC"),
        ("gust [kn]", "", "kn"), ("pressure", "", ""), ("wind_gust_speed [kn]", "", "kn"),
        ("Zero-up-crossing period(s)", "", "s"),
    ],
)  # fmt: skip
def test_usual_headings_are_understood(written, quantity, unit):
    """Names of Varne, of archives and of people; gusts and mean periods are not taken for something else."""
    found = heading_of(written, "a.csv")
    assert (found.quantity, found.unit) == (quantity, unit)


@pytest.mark.parametrize("written", ["wind_speed", "Hs", "sst", "wind_speed [m]", "Hs [kn]", "sst [furlong]"])
def test_a_unit_is_never_guessed(written):
    """A speed, height or temperature without a unit, or in one of something else, is refused with a remedy."""
    with pytest.raises(BadFile, match=r"write (it as|m/s|m\.|degC)"):
        heading_of(written, "a.csv")


@pytest.mark.parametrize(
    ("written", "cell", "expected"),
    [
        ("wind_speed [kn]", "10", 5.144444), ("wind_speed [km/h]", "36", 10.0), ("wind_speed [mph]", "10", 4.4704),
        ("Hs [ft]", "10", 3.048), ("Hs [cm]", "150", 1.5), ("sst [degF]", "50", 10.0), ("sst [K]", "283.15", 10.0),
        ("wind_direction", "270", 1.5 * math.pi), ("wind_direction", "360", 0.0),
        ("wind_direction", "99", math.radians(99)),
        ("Hs [m]", "1,25", 1.25), ("Tp", "1e1", 10.0),
    ],
)  # fmt: skip
def test_a_cell_becomes_si(written, cell, expected):
    """Units as BIPM defines them; a decimal comma is a point; 99 degrees is a direction."""
    assert cell_in_si(cell, heading_of(written, "a.csv"), "a.csv, line 2") == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("wind_speed [m/s]", "99.0"), ("wind_speed [kn]", "99"), ("wind_direction", "999"), ("Hs [m]", "99.00"),
        ("sst [degC]", "999.0"), ("air temp [degC]", "9999"), ("sst [degC]", "-999"), ("Tp", "99.0"), ("Tp", "0.0"),
        ("Hs [m]", "MM"), ("Hs [m]", ""), ("Hs [m]", "NaN"), ("Hs [m]", " - "),
    ],
)  # fmt: skip
def test_missing_is_never_a_number(written, cell):
    """What NDBC and others write for missing is NaN."""
    assert math.isnan(cell_in_si(cell, heading_of(written, "a.csv"), "a.csv, line 2"))


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("sst [degC]", "300"), ("wind_speed [m/s]", "75"), ("wind_speed [m/s]", "-1"), ("wind_direction", "400"),
        ("Hs [m]", "1e999"), ("Hs [m]", "1.234,5"), ("Hs [m]", "1_0"), ("Hs [m]", "inf"), ("Hs [m]", "calm"),
        ("Hs [m]", "\u0661"), ("lat", "95"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(written, cell):
    """File, line, heading and value are said."""
    with pytest.raises(BadFile, match=r"a\.csv, line 7, has") as refused:
        cell_in_si(cell, heading_of(written, "a.csv"), "a.csv, line 7")
    assert cell in str(refused.value)


@given(some.text(max_size=20), some.sampled_from(["wind_speed [m/s]", "wind_direction", "Hs [m]", "Tp", "sst [degC]"]))
def test_a_cell_is_a_possible_number_missing_or_refused(cell, written):
    """Whatever stands there."""
    try:
        value = cell_in_si(cell, heading_of(written, "a.csv"), "a.csv, line 2")
    except BadFile:
        return
    assert math.isnan(value) or -1.0 <= value < 64.0
    if value == 0.0 and cell:
        assert any(digit in cell for digit in "0") or "360" in cell


def test_a_unit_of_another_kind_in_the_second_line_is_refused():
    """Metres are no speed."""
    with pytest.raises(BadFile, match="'WSPD' in 'm'"):
        in_unit("WSPD", "wind_speed", "m", "62304.txt")
