"""What is understood of files is said as it will be read, and what is missing comes from a named place."""

import numpy as np

from tests.files.forecasts import HOUR, START, regular, waves, written
from varne.files.cf_open import open_files
from varne.files.cf_report import ELSEWHERE, understand
from varne.sea.field import COMPONENTS


def test_every_quantity_is_found_or_comes_from_elsewhere(tmp_path):
    """Nothing falls between: streams from one file, waves from another, the rest named."""
    files = [written(regular(), tmp_path / "a.nc"), written(waves(), tmp_path / "b.nc")]
    with open_files(files) as opened:
        known = understand(opened)
    found = {one.quantity: one for one in known.found}
    assert set(found) == {"streams", "waves"}
    assert {*found, *(one.quantity for one in known.lacking)} == set(COMPONENTS)
    streams = found["streams"]
    assert streams.variables == ("uo", "vo") and streams.units == ("m s-1", "m s-1")
    assert (streams.first, streams.last, streams.shortest) == (START, START + 6 * HOUR, HOUR)
    assert (streams.times, streams.realizations, streams.issued, streams.files) == (7, 1, None, (files[0],))
    assert all(one.instead == ELSEWHERE[one.quantity] and not one.why for one in known.lacking)


def test_a_quantity_that_cannot_be_used_says_why(tmp_path):
    """Half a stream, and waves in an unknown unit, are lacking with a sentence."""
    one = waves()
    one["VHM0"].attrs["units"] = "fathom"
    one["uo"] = regular()["uo"]
    one["mask"] = regular()["uo"].assign_attrs(standard_name="sea_binary_mask")
    with open_files(written(one, tmp_path / "a.nc")) as opened:
        known = understand(opened)
    why = {one.quantity: one.why for one in known.lacking}
    assert "fathom" in why["waves"] and "(uo) of streams but no northward" in why["streams"]
    assert known.unused == ("mask",)


def test_gaps_and_coarse_steps_are_said(tmp_path):
    """A gap is named; what a step of three hours does to a tide is in per cent."""
    with open_files(written(regular([0, 3, 6, 9]), tmp_path / "a.nc")) as opened:
        assert "up to 27 %" in " ".join(understand(opened).found[0].notes)
    with open_files(written(regular([0, 1, 3, 4]), tmp_path / "b.nc")) as opened:
        assert "gap from 2026-03-14T01:00Z to 2026-03-14T03:00Z" in understand(opened).found[0].notes


def test_ensembles_of_different_sizes_are_warned_of(tmp_path):
    """Three of one and five of the other are not of one ensemble; one realization goes with any."""
    three, five = regular().expand_dims(number=np.arange(3)), waves().expand_dims(number=np.arange(5))
    files = [written(three, tmp_path / "a.nc"), written(five, tmp_path / "b.nc")]
    with open_files(files) as opened:
        assert "3 of streams, 5 of waves" in understand(opened).warnings[0]
