"""Promises about swell."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.facts.climate_tables import climate_table
from varne.sea.swell import (
    FROM_NORTH_TOWARDS,
    FROM_WEST_TOWARDS,
    NORTH_ENTRY,
    NOTED_RUN,
    WEST_ENTRY,
    swell_left,
    swell_run,
    usual_swell,
)
from varne.when import parse_time


def test_gravelines_keeps_what_was_noted():
    """Swell from off Hastings has at Gravelines the share of its height that was noted, to 1 %."""
    assert swell_left(swell_run(51.02, 2.10, *WEST_ENTRY, FROM_WEST_TOWARDS), 0.55) == pytest.approx(0.55, abs=0.01)


@given(st.floats(-2e5, 2e5), st.floats(0.0, 1e5), st.floats(0.05, 0.95))
def test_swell_only_falls(run, more, keeps):
    """Further into the strait there is never more; before the entry nothing is lost; two legs multiply."""
    assert swell_left(run + more, keeps) <= swell_left(run, keeps) <= 1.0
    if run >= 0.0:
        both = swell_left(run, keeps) * swell_left(more, keeps)
        assert swell_left(run + more, keeps) == pytest.approx(both)


def test_swell_from_the_north_is_lost_towards_the_strait():
    """From the northern line to mid strait it runs a hundred kilometres, and at the entry it has all its height."""
    assert swell_run(51.0, 1.45, *NORTH_ENTRY, FROM_NORTH_TOWARDS) == pytest.approx(105e3, rel=0.1)
    assert swell_left(swell_run(*NORTH_ENTRY, *NORTH_ENTRY, FROM_NORTH_TOWARDS), 0.55) == 1.0
    assert swell_run(51.02, 2.10, *WEST_ENTRY, FROM_WEST_TOWARDS) == pytest.approx(NOTED_RUN, rel=0.01)


def test_the_seasons_swell_has_its_mean():
    """Over all members the mean is the month's, and January has more than July."""
    chance = (np.arange(20000) + 0.5) / 20000
    january, july = (usual_swell(chance, [parse_time(f"2024-{month}-16T00:00Z")]) for month in ("01", "07"))
    assert january.mean() == pytest.approx(climate_table("swell_height").values[0], rel=0.02)
    assert (july < january).all()
    assert july.min() >= 0.0
