"""Promises about the constituents of the tide."""

import numpy as np
import pytest

from varne.atlas.constituents import CONSTITUENTS, angular_speed, constituent
from varne.errors import UnknownName

# Degrees an hour: Schureman (1958), table 2.
SPEEDS = {
    "M2": 28.9841042,
    "S2": 30.0,
    "N2": 28.4397295,
    "K2": 30.0821373,
    "K1": 15.0410686,
    "O1": 13.9430356,
    "P1": 14.9589314,
    "Q1": 13.3986609,
    "M4": 57.9682084,
    "MS4": 58.9841042,
    "MN4": 57.4238337,
    "M6": 86.9523127,
    "L2": 29.5284789,
    "NU2": 28.5125831,
    "MU2": 27.9682084,
    "2N2": 27.8953548,
    "LAMBDA2": 29.4556253,
    "T2": 29.9589333,
    "R2": 30.0410667,
    "J1": 15.5854433,
    "OO1": 16.1391017,
    "MM": 0.5443747,
    "MF": 1.0980331,
    "SSA": 0.0821373,
}


@pytest.mark.parametrize("name", SPEEDS)
def test_speeds_are_those_of_the_tables(name):
    """Each constituent turns as fast as Schureman's table says."""
    assert np.degrees(angular_speed(name)) * 3600.0 == pytest.approx(SPEEDS[name], abs=2e-6)


def test_every_gauge_constituent_is_known():
    """All 50 constituents of the gauges have arguments, and the mean stream has one more."""
    assert len(CONSTITUENTS) == 51


def test_an_unknown_constituent_is_refused():
    """A constituent without arguments is an error that names it, never a zero."""
    with pytest.raises(UnknownName, match="'M99'"):
        constituent("M99")
