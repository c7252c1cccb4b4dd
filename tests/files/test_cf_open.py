"""Files of every format are opened without being read, and what cannot be opened is refused in one sentence."""

import builtins
import importlib
import time
import tracemalloc

import numpy as np
import pytest
from benchmarks.read_forecast import write_ensemble

from tests.files import grib
from tests.files.forecasts import HOUR, START, WINDOW, regular, written
from varne.errors import BadFile
from varne.files.cf_open import Opened, Part, first_line, open_files
from varne.files.cf_window import read_window


def wind(name, latitude, longitude, hour, member):
    """Eastward and northward wind [m/s], and air temperature [K]."""
    plain = {"10u": 5.0 + latitude - 51.0, "10v": -3.0 + longitude - 1.5, "2t": 281.0 + 0 * latitude}[name]
    return plain + 0.1 * hour + (member or 0)


def test_opening_a_large_ensemble_reads_nothing(tmp_path):
    """A file of more than 5 GB is opened in a moment and a few megabytes."""
    write_ensemble(tmp_path / "large.nc")
    open_files(written(regular(), tmp_path / "small.nc")).close()
    tracemalloc.start()
    start = time.perf_counter()
    with open_files(str(tmp_path / "large.nc")) as opened:
        taken, (_, peak) = time.perf_counter() - start, tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert sum(one.nbytes for one in opened.parts[0].dataset.data_vars.values()) > 5e9
    assert peak < 20e6
    assert taken < 5.0  # far more than it takes; a busy machine is no failure


@pytest.mark.parametrize("many", [False, True])
def test_grib_is_read(tmp_path, many):
    """One file, or one file a step: the wind and when it was issued; the temperature at 2 m beside it."""
    names = ("10u", "10v", "2t")
    if many:
        for hour in range(4):
            grib.write(tmp_path / f"f{hour:03d}.grib2", [hour], wind, names=names)
        source = str(tmp_path / "f*.grib2")
    else:
        source = grib.write(tmp_path / "a.grib2", range(4), wind, names=names)
    with open_files(source) as opened:
        field = read_window(opened, "wind", WINDOW, start=START, duration=3 * HOUR)
        air = read_window(opened, "air", WINDOW, start=START, duration=3 * HOUR)
    latitude = field.south + field.step_north * np.arange(field.values.shape[2])
    assert np.allclose(field.values[0, :, :, 0, 0], 4.0 + 0.1 * np.arange(4)[:, None] + latitude - 50.0, atol=1e-3)
    assert field.issued == START
    assert np.allclose(air.values[0, :, 0, 0, 0], 281.0 - 273.15 + 0.1 * np.arange(4), atol=1e-3)


def test_a_grib_ensemble_has_its_members(tmp_path):
    """Members of an ensemble are realizations in their order."""
    source = grib.write(tmp_path / "a.grib2", range(3), wind, members=(0, 1, 2))
    with open_files(source) as opened:
        field = read_window(opened, "wind", WINDOW, start=START, duration=HOUR)
    assert np.allclose(np.diff(field.values, axis=0), 1.0, atol=1e-3)


@pytest.mark.parametrize("share", [0.3, 0.55, 0.999])
def test_a_truncated_grib_is_refused(tmp_path, share):
    """A file that ends within a message is not read as a shorter forecast."""
    path = tmp_path / "a.grib2"
    grib.write(path, range(3), wind)
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    with pytest.raises(BadFile, match="ends within a GRIB message"):
        open_files(str(path))


def test_grib_without_its_library_says_what_to_install(tmp_path, monkeypatch):
    """cfgrib is an extra, looked for only when a GRIB file is opened."""
    path = grib.write(tmp_path / "a.grib2", [0], wind)
    real = importlib.import_module

    def refuse(name, *rest):
        if name == "cfgrib":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(importlib, "import_module", refuse)
    with pytest.raises(BadFile, match=r'pip install "varne\[grib\]"'):
        open_files(path)
    assert builtins


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.nc", b"", "is empty"),
        ("a.nc", b"hello, sea", "neither NetCDF, Zarr nor GRIB"),
        ("a.nc", b"\x89HDF\r\n\x1a\n and nothing", "damaged or incomplete"),
        ("a.nc", b"CDF\x01 and nothing", "damaged or incomplete"),
        ("a.nc", b"CDF\x05....", "nccopy -k nc4"),
        ("a.nc.gz", b"\x1f\x8b....", "gunzip"),
        ("a.zip", b"PK\x03\x04....", "damaged or incomplete"),
    ],
)
def test_what_is_no_forecast_is_refused(tmp_path, name, content, words):
    """By its first bytes, whatever its name; one sentence with the remedy."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadFile, match=words) as refused:
        open_files(str(tmp_path / name))
    assert name in str(refused.value) and "\n" not in str(refused.value)


def test_a_folder_that_is_no_store_is_refused(tmp_path):
    """With the pattern that would name its files."""
    with pytest.raises(BadFile, match=r"\*\.nc"):
        open_files(str(tmp_path))


@pytest.mark.parametrize("source", ["nowhere.nc", "nowhere_*.nc", "memory://nowhere.zarr", "memory://nowhere_*.nc", []])
def test_files_that_are_not_there_are_refused(source):
    """A name, a pattern, an address, or nothing at all."""
    with pytest.raises(BadFile):
        open_files(source)


def test_an_unknown_kind_of_address_is_refused():
    """The sentence says which."""
    for address in ("gopher://sea/a.nc", "gopher://sea/*.nc"):
        with pytest.raises(BadFile, match=r"'gopher', which is not known; known are https, http, s3"):
            open_files(address)


@pytest.mark.parametrize("address", ["https://sea.invalid/a.nc", "s3://sea/a.zarr", "simplecache::https://sea/a.nc"])
def test_an_address_without_its_library_says_what_to_install(monkeypatch, address):
    """They are an extra, as for GRIB."""

    def refuse(kind):
        if kind != "simplecache":
            raise ImportError("requires aiohttp to be installed")

    monkeypatch.setattr("fsspec.get_filesystem_class", refuse)
    with pytest.raises(BadFile, match=r'pip install "varne\[remote\]"'):
        open_files(address)


def test_files_are_named_once_and_closed(tmp_path):
    """Several parts of one file are one file."""
    path = written(regular(), tmp_path / "a.nc")
    with open_files([path]) as opened:
        assert opened.files == (path,)
        assert all(isinstance(part, Part) for part in opened.parts)
    assert Opened(()).files == ()
    assert first_line(ValueError("")) == "ValueError"
