"""Names and units are those of the providers, and the periods those of a JONSWAP sea."""

import numpy as np
import pytest

from varne.files.cf_names import (
    BELIEVED,
    NAMES,
    PEAK_OVER,
    RECIPES,
    REMEDY,
    SPELLINGS,
    into_si,
    precedence,
    recognise,
    spellings,
    written,
)
from varne.sea.field import COMPONENTS


def test_every_quantity_of_a_field_can_be_found_and_remedied():
    """Recipes use roles that have names, and each quantity says what to give."""
    roles = {(one.quantity, one.role) for one in NAMES}
    for quantity in COMPONENTS:
        assert all((quantity, role) in roles for recipe in RECIPES[quantity] for role in recipe
                   if not (quantity == "swell" and role == "crossing_period"))  # fmt: skip
        assert REMEDY[quantity].startswith("standard_name")
        assert any(key[0] == quantity for key in BELIEVED)


@pytest.mark.parametrize(
    ("name", "attributes", "what"),
    [
        ("uo", {}, ("streams", "east")),
        ("VTPK", {}, ("waves", "peak_period")),
        ("VMDR_SW1", {}, ("swell", "from")),
        ("anything", {"GRIB_shortName": "10u"}, ("wind", "east")),
        ("u10", {"standard_name": "unknown"}, ("wind", "east")),
        ("UGRD_10maboveground", {}, ("wind", "east")),
        ("pp1d", {"standard_name": "unknown"}, ("waves", "peak_period")),
        ("x", {"standard_name": "Sea_Surface_Temperature"}, ("water", "temperature")),
    ],
)
def test_the_providers_names_are_known(name, attributes, what):
    """By standard name, by short name, by the name of the variable."""
    assert [(one.quantity, one.role) for one in recognise(name, attributes)] == [what]


def test_a_standard_name_outranks_the_name_of_a_variable():
    """A variable that says what it is, is that and nothing else; of two the more usual comes first."""
    assert recognise("uo", {"standard_name": "eastward_sea_ice_velocity"}) == ()
    surface = NAMES[0]
    barotropic = {"standard_name": "barotropic_eastward_sea_water_velocity"}
    usual = {"standard_name": "eastward_sea_water_velocity"}
    assert precedence("a", usual, as_what=surface) < precedence("b", barotropic, as_what=surface)


def test_no_alias_means_two_things():
    """A name of a provider belongs to one role of one quantity."""
    every = [alias for one in NAMES for alias in one.aliases]
    assert len(every) == len(set(every))
    assert all(alias == alias.casefold() for alias in every)


@pytest.mark.parametrize(
    ("units", "role", "value", "expected"),
    [
        ("m s**-1", "east", 3.0, 3.0),
        ("kt", "speed", 1.0, 0.514444),
        ("km/h", "speed", 36.0, 10.0),
        ("ft", "height", 10.0, 3.048),
        ("K", "temperature", 273.15, 0.0),
        ("degF", "temperature", 50.0, 10.0),
        ("Degree true", "from", 90.0, 90.0),
        ("radian", "from", np.pi, 180.0),
    ],
)
def test_units_become_si(units, role, value, expected):
    """Exact factors, however the unit is spelled."""
    factor, offset = into_si(units, role=role)
    assert value * factor + offset == pytest.approx(expected, rel=1e-5)


def test_a_unit_of_something_else_is_none():
    """Metres are no speed, and a fathom is nothing that Varne knows."""
    assert into_si("m", role="east") is None
    assert into_si("fathom", role="height") is None
    assert all(into_si(text, role="height") is None for text, (what, *_) in SPELLINGS.items() if what != "length")
    assert spellings("from") == "degree or radian"
    assert written({"units": np.array([1, 2])}, "units") == "[1 2]"


def test_mean_periods_are_those_of_the_spectrum():
    """Moments of a JONSWAP spectrum of enhancement 3.3, integrated here, give the factors to half a per cent."""
    frequency = np.linspace(0.1, 60.0, 600_000)
    width = np.where(frequency <= 1.0, 0.07, 0.09)
    peak = 3.3 ** np.exp(-0.5 * ((frequency - 1.0) / width) ** 2)
    spectrum = frequency**-5 * np.exp(-1.25 * frequency**-4) * peak

    def moment(power):
        return np.trapezoid(spectrum * frequency**power, frequency)

    assert PEAK_OVER["crossing_period"] == pytest.approx(np.sqrt(moment(2) / moment(0)), rel=5e-3)
    assert PEAK_OVER["mean_period"] == pytest.approx(moment(1) / moment(0), rel=5e-3)
    assert PEAK_OVER["energy_period"] == pytest.approx(moment(0) / moment(-1), rel=5e-3)
