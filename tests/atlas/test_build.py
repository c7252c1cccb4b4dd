"""Promises about building the embedded sea."""

import os
from pathlib import Path

import numpy as np
import pytest

from varne.atlas import build
from varne.atlas.embedded import DATA, depth_grid, tide_atlas
from varne.errors import NoData


def test_a_missing_input_is_named(tmp_path):
    """Without its inputs the build stops with the name of the file and what to do."""
    with pytest.raises(NoData, match=r"'gebco2014_channel.nc'.*make atlas"):
        build.checked(tmp_path, "gebco2014_channel.nc")


def test_another_input_is_refused(tmp_path):
    """A file with another checksum is refused before anything is written."""
    (tmp_path / "tides_ccby.csv").write_text("other")
    before = {path: path.stat().st_mtime_ns for path in DATA.iterdir()}
    assert build.main([str(tmp_path)]) == 2
    assert {path: path.stat().st_mtime_ns for path in DATA.iterdir()} == before


def test_packing_keeps_amplitudes():
    """Packed amplitudes are right to a quarter of a millimetre in each part, or a 65,000th of the greatest."""
    rng = np.random.default_rng(0)
    tides = [size * (rng.normal(size=500) + 1j * rng.normal(size=500)) for size in (0.01, 1.0, 100.0)]
    whole = build.packed("tide", tides)
    back = (whole["tide"][..., 0] + 1j * whole["tide"][..., 1]) * whole["tide_scale"][:, None]
    for tide, found in zip(tides, back, strict=True):
        allowed = max(build.FINEST / 2.0, np.abs(tide).max() / 65000)
        assert np.abs((found - tide).real).max() <= allowed
        assert np.abs((found - tide).imag).max() <= allowed


def test_depth_counts_from_mean_sea_level():
    """Chart datum is raised by 1.62 amplitudes of M2: about 3.6 m at Dover and 4.8 m at Boulogne."""
    atlas = tide_atlas()
    deep = atlas.depth > 10.0
    charted = atlas.depth - build.CHART_DATUM * np.abs(atlas.elevation[atlas.constituents.index("M2")])
    depth = depth_grid()
    row = np.rint((atlas.latitude - depth.south) * depth.cells_per_degree).astype(int)
    column = np.rint((atlas.longitude - depth.west) * depth.cells_per_degree).astype(int)
    assert np.median(np.abs(charted - depth.depth[row, column])[deep]) < 1.0


def test_the_shipped_sea_is_small_and_licensed():
    """Each file is below 3 MB, and what is under another licence says so beside it."""
    for name in ("tides", "depth", "coast", "lanes"):
        assert (DATA / f"{name}.npz").stat().st_size < 3e6
    assert "Lesser General Public License" in (DATA / "LICENSE.coast").read_text(encoding="utf-8")
    assert "Open Database License" in (DATA / "LICENSE.lanes").read_text(encoding="utf-8")
    assert "CC BY 4.0" in (DATA / "LICENSE.tides").read_text(encoding="utf-8")


def test_the_build_gives_the_shipped_files_again(tmp_path, monkeypatch):
    """Coast and lanes built from the raw data are the shipped ones, byte for byte."""
    raw = os.environ.get("VARNE_RAW_DATA")
    if not raw:
        pytest.skip("needs the raw data sets: set VARNE_RAW_DATA to their folder")
    monkeypatch.setattr(build, "DATA", tmp_path)
    build.build_coast()
    build.build_lanes(Path(raw))
    for name in ("coast.npz", "lanes.npz"):
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes()
