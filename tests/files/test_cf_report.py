"""What is understood of files is said as it will be read, and what is missing comes from a named place."""

import numpy as np
import pytest

from tests.files.forecasts import HOUR, START, projected, regular, waves, written
from varne.files.cf_open import open_files
from varne.files.cf_report import ELSEWHERE, missing_at_first, understand
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


def test_what_says_where_and_when_is_not_unused(tmp_path):
    """The time of issue, bounds, the grid mapping and places serve the others; a mask and a name of no use do not."""
    one = regular()
    one["forecast_reference_time"] = (
        (),
        0.0,
        {"standard_name": "forecast_reference_time", "units": "hours since 2026"},
    )
    one["time_bnds"] = (("time", "bnds"), np.zeros((7, 2)))
    one["crs"] = ((), 0, {"grid_mapping_name": "latitude_longitude"})
    one["plain_crs"] = ((), 0)
    one["uo"].attrs["grid_mapping"] = "plain_crs: latitude longitude"
    one["mask"] = regular()["uo"].assign_attrs(standard_name="sea_binary_mask")
    one["time"].attrs["bounds"] = "time_bnds"
    with open_files(written(one, tmp_path / "a.nc")) as opened:
        assert understand(opened).unused == ("mask",)
    mapping = {"grid_mapping_name": "polar_stereographic", "straight_vertical_longitude_from_pole": 58.0,
               "latitude_of_projection_origin": 90.0, "standard_parallel": 60.0, "earth_radius": 6371000.0}  # fmt: skip
    with open_files(written(projected(mapping, 2000.0, with_places=True), tmp_path / "b.nc")) as opened:
        assert understand(opened).unused == ()


@pytest.mark.parametrize("longitude", [np.arange(4.0, 6.0, 0.1), np.arange(200.0, 202.0, 0.1)])
def test_a_file_of_another_sea_is_warned_of(tmp_path, longitude):
    """Its area and that of the sea that is known are said; nothing of it is read."""
    with open_files(written(regular(longitude=longitude), tmp_path / "a.nc")) as opened:
        known = understand(opened)
        assert missing_at_first(opened, known.found[0]) == ""
    assert len(known.warnings) == 1
    assert "does not touch the sea that Varne knows, 49.70 N to 52.10 N, 0.10 W to 3.60 E" in known.warnings[0]


def test_a_file_that_is_all_missing_is_noticed(tmp_path):
    """At its first time, within the sea that is known; one value is enough to be quiet, and so is too much to read."""
    one = regular()
    one["uo"].values[0] = np.nan
    with open_files(written(one, tmp_path / "a.nc")) as opened:
        found = understand(opened).found[0]
        assert "uo of" in missing_at_first(opened, found) and "no value at 2026-03-14T00:00Z" in missing_at_first(
            opened, found
        )
    one["uo"].values[0, 5, 5] = 1.0
    with open_files(written(one, tmp_path / "b.nc")) as opened:
        assert missing_at_first(opened, understand(opened).found[0]) == ""


def test_streams_in_long_steps_are_said_to_be_refused(tmp_path):
    """Before a question meets them."""
    with open_files(written(regular([0, 6, 12]), tmp_path / "a.nc")) as opened:
        assert "steps of 6 h cannot show the tide" in " ".join(understand(opened).found[0].notes)
