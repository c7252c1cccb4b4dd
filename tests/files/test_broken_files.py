"""However a file is broken, it gives a field that is true, or one sentence."""

import h5py
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.files.forecasts import HOUR, START, WINDOW, regular, worst, written
from varne.errors import VarneError
from varne.files.cf_open import open_files
from varne.files.cf_window import read_window

# h5netcdf closes what it could not open, and fails at that too.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
# A library in C that meets damaged bytes is no place for luck: the same examples each time.
FOLDER = [HealthCheck.function_scoped_fixture]  # each example writes its file anew
STEADY = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=FOLDER)


def asked(path):
    """The field, or the sentence."""
    try:
        with open_files(str(path)) as opened:
            return read_window(opened, "streams", WINDOW, start=START + 0.5 * HOUR, duration=3.0 * HOUR)
    except VarneError as error:
        text = str(error)
        assert "\n" not in text and text.endswith(".") and path.name in text
        return None


def is_true(field):
    assert np.all(np.isfinite(field.values))
    assert worst(field) < 1e-6


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A folder with files that are in order, in NetCDF 4 and 3."""
    folder = tmp_path_factory.mktemp("whole")
    written(regular(), folder / "a.nc")
    regular().to_netcdf(folder / "a3.nc", engine="scipy")
    return folder


@STEADY
@given(share=some.floats(0.0, 0.9999), name=some.sampled_from(["a", "a3"]))
def test_a_truncated_file_is_refused(whole, tmp_path, share, name):
    """Wherever a NetCDF file ends too early, nothing is read from it that is not true."""
    path = tmp_path / "broken.nc"
    content = (whole / f"{name}.nc").read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    field = asked(path)
    if field is not None:
        is_true(field)


@STEADY
@given(which=some.sampled_from(["uo", "vo"]), place=some.floats(0.0, 0.999), bit=some.integers(0, 7))
def test_a_flipped_bit_in_the_values_is_refused(whole, tmp_path, which, place, bit):
    """With the checksums of HDF5 a change of a single bit of the numbers is noticed."""
    path = tmp_path / "broken.nc"
    with h5py.File(whole / "a.nc", "r") as file:
        chunk = file[which].id.get_chunk_info(0)
    content = bytearray((whole / "a.nc").read_bytes())
    content[chunk.byte_offset + int(place * chunk.size)] ^= 1 << bit
    path.write_bytes(content)
    field = asked(path)
    if field is not None:
        is_true(field)


@STEADY
@given(place=some.floats(0.0, 0.999), bit=some.integers(0, 7))
def test_a_flipped_bit_anywhere_is_believable_or_refused(whole, tmp_path, place, bit):
    """What describes the numbers has no checksum; a change there is met with a sentence or believable numbers."""
    content = bytearray((whole / "a.nc").read_bytes())
    content[int(place * len(content))] ^= 1 << bit
    path = tmp_path / "broken.nc"
    path.write_bytes(content)
    field = asked(path)
    if field is not None:
        assert np.all(np.isfinite(field.values)) and np.all(np.abs(field.values) <= 6.0)


ATTRIBUTES = [("uo", "units"), ("uo", "standard_name"), ("time", "units"), ("time", "standard_name"),
              ("latitude", "units"), ("latitude", "standard_name"), ("longitude", "units"),
              ("longitude", "standard_name")]  # fmt: skip
STRANGE = ["", "m", "furlong", "K", "days since 1-1-1", "hours since", 7, np.arange(3), "\N{SNOWMAN}", "m s-1"]


@STEADY
@given(which=some.sampled_from(ATTRIBUTES), strange=some.sampled_from([None, *STRANGE]))
def test_a_changed_attribute_is_harmless_or_refused(tmp_path, which, strange):
    """Without an attribute, or with nonsense in it, the field is the same or there is none."""
    one = regular()
    name, attribute = which
    if strange is None:
        del one[name].attrs[attribute]
    else:
        one[name].attrs[attribute] = strange
    path = tmp_path / "broken.nc"
    one.to_netcdf(path, engine="h5netcdf")
    field = asked(path)
    if field is not None:
        is_true(field)


@STEADY
@given(
    order=some.permutations(["time", "latitude", "longitude"]),
    backwards=some.booleans(),
    holes=some.lists(some.tuples(some.integers(0, 6), some.integers(0, 10), some.integers(0, 10)), max_size=30),
    kept=some.sets(some.integers(0, 6), min_size=1),
)
def test_holes_and_orders_are_mended_near_by_or_refused(tmp_path, order, backwards, holes, kept):
    """Values missing here and there take a neighbour's, at most two cells away; times missing are refused."""
    one = regular()
    for time, row, column in holes:
        one["uo"].values[time, row, column] = np.nan
    one = one.isel(time=sorted(kept)).transpose(*order)
    if backwards:
        one = one.isel(latitude=slice(None, None, -1))
    path = tmp_path / "broken.nc"
    one.to_netcdf(path, engine="h5netcdf")
    field = asked(path)
    if field is not None:
        assert np.all(np.isfinite(field.values))
        # Two cells of 0.1 degree away the streams differ by less than 0.07 m/s.
        assert worst(field) < (0.1 if holes else 1e-6)
