"""Files of buoys and light vessels: NDBC text and CSV."""

import gzip
import math
import os
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from varne.errors import BadFile
from varne.files.buoys import read_observations
from varne.when import parse_time

# Headings as NDBC documents them; the numbers are made up.
REALTIME = """\
#YY  MM DD hh mm WDIR WSPD GST  WVHT   DPD   APD MWD   PRES  ATMP  WTMP  DEWP  VIS PTDY  TIDE
#yr  mo dy hr mn degT m/s  m/s     m   sec   sec degT   hPa  degC  degC  degC  nmi  hPa    ft
2026 03 14 06 00 240  8.2   MM   1.0     6   4.0 230 1010.2   8.5   8.2   6.0  7.0 -0.9    MM
2026 03 14 05 00 235  7.7   MM    MM    MM    MM  MM 1010.9   8.4   8.1   6.0  7.0 -0.8    MM
2026 03 14 04 00 350  7.2   MM   0.9     5   3.0 220 1011.3   8.4    MM   6.0  7.0 -0.7    MM
"""
HISTORICAL = """\
#YY  MM DD hh mm WDIR WSPD GST  WVHT   DPD   APD MWD   PRES  ATMP  WTMP  DEWP  VIS  TIDE
#yr  mo dy hr mn degT m/s  m/s     m   sec   sec degT   hPa  degC  degC  degC   mi    ft
2019 01 01 00 00 999 99.0 99.0 99.00 99.00 99.00 999 9999.0 999.0 999.0 999.0 99.0 99.00
2019 01 01 01 00  99  6.1 99.0  0.55  4.00 99.00 100 1020.1   7.0   9.9 999.0 99.0 99.00
"""
OLD = """\
YY MM DD hh WD   WSPD GST  WVHT  DPD   APD  MWD  BARO    ATMP  WTMP  DEWP  VIS
98 12 31 23 270  5.0  6.0  1.10  6.00  4.00 999 1013.0  10.0  11.0 999.0 99.0
99 01 01 00 280  5.5  6.5  1.20  6.00  4.00 999 1013.0  10.0  11.0 999.0 99.0
"""
SPECTRAL = """\
#YY  MM DD hh mm WVHT  SwH  SwP  WWH  WWP SwD WWD  STEEPNESS  APD MWD
#yr  mo dy hr mn    m    m  sec    m  sec  -  degT     -      sec degT
2026 03 14 06 00  1.0  0.4  9.1  0.9  4.5  SW WSW      STEEP  4.0 232
"""
CSV = """\
time,wind_speed [kn],wind_direction [deg],Hs (m),sst [degC]
2026-03-14T02:00Z,10,270,0.8,8.1
2026-03-14T03:00Z,12,280,,8.2
"""


@pytest.fixture
def put(tmp_path):
    def write(content, name="62304.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_a_realtime_file_is_read_in_order_of_time(put):
    """Newest first in the file, oldest first here; MM is missing; the known station has a position."""
    seen = read_observations(put(REALTIME))
    assert seen.times.tolist() == [parse_time(f"2026-03-14T0{hour}:00Z") for hour in (4, 5, 6)]
    assert seen.wind_speed.tolist() == [7.2, 7.7, 8.2]
    assert np.degrees(seen.wind_from) == pytest.approx([350, 235, 240])
    np.testing.assert_array_equal(seen.wave_height, [0.9, np.nan, 1.0])
    np.testing.assert_array_equal(seen.water, [np.nan, 8.1, 8.2])
    assert seen.place == (51.103, 1.8)
    assert "height that is not known" in seen.source.says
    assert (seen.source.grade, seen.anemometer) == ("measured", None)


def test_nines_of_a_historical_file_are_missing(put):
    """99, 999 and 9999 are missing, but a wind from 99 degrees is one."""
    seen = read_observations(put(HISTORICAL, "62305h2019.txt"))
    for name in ("wind_speed", "wind_from", "wave_height", "peak_period", "waves_from", "water", "air"):
        assert math.isnan(getattr(seen, name)[0])
    assert math.degrees(seen.wind_from[1]) == pytest.approx(99.0)
    assert seen.station.startswith("62305")


def test_an_old_file_without_units_and_minutes_is_metric(put):
    """Two-digit years from 70 on are of the last century; the usual units of NDBC hold."""
    seen = read_observations(put(OLD, "44000.txt"), at=(51.0, 1.5))
    assert seen.times.tolist() == [parse_time("1998-12-31T23:00Z"), parse_time("1999-01-01T00:00Z")]
    assert seen.wind_speed.tolist() == [5.0, 5.5]
    assert seen.place == (51.0, 1.5)


def test_a_spectral_summary_gives_heights_and_directions(put):
    """Swell and wind sea are not taken for the whole sea."""
    seen = read_observations(put(SPECTRAL, "62304.spec"))
    assert (seen.wave_height[0], round(math.degrees(seen.waves_from[0]))) == (1.0, 232)
    assert math.isnan(seen.peak_period[0])


def test_knots_of_the_line_of_units_are_knots(put):
    """A national form in knots is not read as metres a second."""
    metres = read_observations(put(REALTIME)).wind_speed
    knots = read_observations(put(REALTIME.replace("degT m/s  m/s ", "degT kts  kts "))).wind_speed
    assert knots == pytest.approx(metres * 1852 / 3600)


def test_gzip_is_read_as_the_text_in_it(put):
    """Compression changes nothing."""
    plain, packed = (
        read_observations(put(REALTIME)),
        read_observations(put(gzip.compress(REALTIME.encode()), "62304.gz")),
    )
    assert packed.wind_speed.tolist() == plain.wind_speed.tolist()


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_is_read_whatever_separates_it(put, mark):
    """Comma, semicolon and tab."""
    seen = read_observations(put(CSV.replace(",", mark), "buoy.csv"))
    assert seen.wind_speed == pytest.approx([10 * 1852 / 3600, 12 * 1852 / 3600])
    np.testing.assert_array_equal(seen.wave_height, [0.8, np.nan])
    assert seen.place is None


def test_decimal_commas_between_semicolons_are_points(put):
    """0,8 is 0.8."""
    text = CSV.replace(",", ";").replace(".8", ",8").replace(".1", ",1").replace(".2", ",2")
    assert read_observations(put(text, "buoy.csv")).water.tolist() == [8.1, 8.2]


def test_times_need_a_zone(put):
    """Its own, that of the heading, or the one given: three ways to the same moment, and a refusal without."""
    bare = CSV.replace("Z,", ",")
    with pytest.raises(BadFile, match=r"line 2, .* without a zone; write 'time \[UTC\]'"):
        read_observations(put(bare, "buoy.csv"))
    expected = read_observations(put(CSV, "buoy.csv")).times.tolist()
    assert read_observations(put(bare.replace("time,", "time [UTC],"), "buoy.csv")).times.tolist() == expected
    assert read_observations(put(bare, "buoy.csv"), zone="UTC").times.tolist() == expected
    assert read_observations(put(bare, "buoy.csv"), zone="+01:00").times.tolist() == [one - 3600 for one in expected]
    with pytest.raises(BadFile, match="'Paris'"):
        read_observations(put(bare, "buoy.csv"), zone="Paris")


def test_date_and_time_may_stand_apart(put):
    """Two columns make one moment."""
    seen = read_observations(put("date;time UTC;sst [degC]\n2026-03-14;02:30;8.1\n", "buoy.csv"))
    assert seen.times[0] == parse_time("2026-03-14T02:30Z")


def test_the_position_may_stand_in_the_columns(put):
    """A moored station has one; a ship under way is refused; --at comes before the columns."""
    text = "time [UTC],lat,lon,sst [degC]\n2026-03-14 02:00,51.0,1.50,8\n2026-03-14 03:00,51.0,1.52,8\n"
    assert read_observations(put(text, "buoy.csv")).place == pytest.approx((51.0, 1.51))
    assert read_observations(put(text, "buoy.csv"), at=(50.5, 1.0)).place == (50.5, 1.0)
    with pytest.raises(BadFile, match=r"line 3, lies more than"):
        read_observations(put(text.replace("1.52", "1.72"), "buoy.csv"))


def test_wind_is_brought_to_ten_metres_where_the_height_is_known(put):
    """The power law of Hsu and others: a wind at 10 m is itself, one from above is weaker."""
    assert read_observations(put(REALTIME), anemometer=10.0).wind_speed.tolist() == [7.2, 7.7, 8.2]
    high = read_observations(put(REALTIME), anemometer=14.0)
    assert high.wind_speed == pytest.approx(np.array([7.2, 7.7, 8.2]) * (10 / 14) ** 0.11)
    assert "from 14 to 10 m" in high.source.says
    with pytest.raises(BadFile, match="at 0 m"):
        read_observations(put(REALTIME), anemometer=0.0)


def test_lines_said_twice_are_one_and_contradictions_are_refused(put):
    """The same report twice counts once; two that differ are named with their lines."""
    lines = REALTIME.splitlines(keepends=True)
    assert read_observations(put("".join([*lines, lines[2]]))).times.size == 3
    with pytest.raises(BadFile, match=r"two lines for 2026-03-14T06:00Z that differ in wind speed, 3 and 6"):
        read_observations(put("".join([*lines, lines[2].replace("8.2", "9.2", 1)])))


@pytest.mark.parametrize("order", [[2, 3, 4], [4, 3, 2], [3, 2, 4]])
def test_the_order_of_lines_does_not_matter(put, order):
    """Up, down or shuffled."""
    lines = REALTIME.splitlines(keepends=True)
    assert read_observations(put("".join([*lines[:2], *(lines[k] for k in order)]))).water[1] == 8.1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "is empty"),
        ("\n \n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff", "not UTF-8"),
        ("time [UTC],luft\xb0\n".encode("latin-1"), "not UTF-8"),
        (b"time,\x00\n", "not text"),
        (b"\x1f\x8bbroken", "broken gzip"),
        ("Dear officer\nplease find", "no headings known"),
        ("time [UTC],pressure [hPa]\n2026-03-14 02:00,1013\n", "no column that is known"),
        ("sst [degC],air temp [degC]\n8,9\n", "no column of times"),
        ("time [UTC],sst [degC]\n", "no observations"),
        ("time [UTC],sst [degC]\n2026-03-14 02:00\n", "line 2, has 1 columns where the headings have 2"),
        ("time [UTC],sst [degC]\n2026-03-14 02:00;8\n", "line 2, has 1 columns"),
        ("time [UTC],sst [degC]\n2026-03-14 02:00,8,1\n", "line 2, has 3 columns"),
        ("time [UTC],sst [degC]\n2026-13-14 02:00,8\n", "'2026-13-14 02:00'"),
        ("time [UTC],sst [degC]\n2026-03-14 02:00,300\n", "line 2, has 'sst [degC]' 300"),
        ('time [UTC],sst [degC]\n"2026-03-14 02:00,8\n', "line 2, is broken"),
        ("time [UTC],sst [degC],water [degC]\n2026-03-14 02:00,8,8\n", "keep one"),
        ("station,time [UTC],sst [degC]\na,2026-03-14 02:00,8\nb,2026-03-14 03:00,8\n", "2 stations, a, b"),
        (REALTIME.replace("#yr  mo dy", "#yr  mo dy dz"), "19 headings and 20 units"),
        (REALTIME.replace("m/s", "Bft"), "'WSPD' in 'Bft'"),
        (REALTIME[:-40], "line 5, has 13 columns where the headings have 19"),
        (REALTIME.replace("2026 03 14 05", "2026 03 34 05"), "'2026 03 34 05 00'"),
        (REALTIME.replace(" 8.1 ", " 300 "), "line 4, has 'WTMP' 300"),
    ],
)  # fmt: skip
def test_a_broken_file_gets_one_sentence(put, content, says):
    """The file, the line and the value are named."""
    with pytest.raises(BadFile) as refused:
        read_observations(put(content, "buoy.csv"))
    assert says in str(refused.value)
    assert "buoy.csv" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    """Neither a missing file nor a folder raises anything else."""
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(BadFile, match="cannot be read"):
            read_observations(path)


SOURCES = {"62304.txt": REALTIME, "h.txt": HISTORICAL, "o.txt": OLD, "s.spec": SPECTRAL, "b.csv": CSV}
quiet = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)


@quiet
@given(some.sampled_from(sorted(SOURCES)), some.data())
def test_damage_is_refused_or_missing_and_never_invented(tmp_path, name, data):
    """Cut, splice or overwrite a file anywhere: it is refused in one sentence, or every value is a possible one."""
    raw = SOURCES[name].encode()
    start = data.draw(some.integers(0, len(raw)))
    end = data.draw(some.integers(start, min(len(raw), start + 30)))
    broken = (
        raw[:start]
        + data.draw(some.binary(max_size=8) | some.sampled_from([b"", b"\n", b",", b" 0 ", b"99"]))
        + raw[end:]
    )
    path = tmp_path / name
    path.write_bytes(broken)
    try:
        seen = read_observations(path)
    except BadFile as refused:
        assert "\n" not in str(refused)
        return
    assert np.all(np.diff(seen.times) > 0)
    for quantity, most in (("wind_speed", 33.0), ("wave_height", 12.0), ("peak_period", 25.0), ("water", 26.0)):
        values = getattr(seen, quantity)
        assert np.all(np.isnan(values) | ((values >= -1.0) & (values <= most)))


@quiet
@given(
    some.lists(
        some.tuples(some.floats(0, 30), some.floats(0, 359), some.none() | some.floats(0.1, 10)), min_size=1, max_size=8
    )
)
def test_what_is_written_is_read_again(tmp_path, rows):
    """Numbers survive a round trip; what was left out is missing."""
    path = tmp_path / "buoy.csv"
    lines = [
        f"2026-03-14T{hour:02d}:00Z,{speed!r},{towards!r},{'' if height is None else repr(height)}"
        for hour, (speed, towards, height) in enumerate(rows)
    ]
    path.write_text("\n".join(["time,wind_speed [m/s],wind_from [deg],Hs [m]", *lines]))
    seen = read_observations(path)
    assert seen.wind_speed == pytest.approx([row[0] for row in rows])
    assert np.degrees(seen.wind_from) == pytest.approx([row[1] for row in rows])
    assert seen.wave_height == pytest.approx([np.nan if row[2] is None else row[2] for row in rows], nan_ok=True)


def test_a_real_year_of_hindcast_is_read(tmp_path):
    """coastDat-2: semicolons, units in brackets, a wind at 90 m; the published means come out."""
    top = Path(__file__).parents[2]
    usual = re.search(r"^DATA \?= (\S+)", (top / "Makefile").read_text(), re.MULTILINE)
    assert usual, "the Makefile names the folder of raw data"
    folder = Path(os.environ.get("VARNE_RAW_DATA", top / usual[1]))
    path = folder / "wave_sequence_coastdat2_2014.csv"
    if not path.exists():
        pytest.skip("needs the raw data sets: set VARNE_RAW_DATA to their folder")
    seen = read_observations(path, zone="UTC")
    assert seen.times.size == 8760
    assert seen.anemometer == 90.0
    assert seen.wave_height.mean() == pytest.approx(1.53, abs=0.005)
    assert seen.wind_speed.mean() == pytest.approx(10.74 * (1 / 9) ** 0.11, abs=0.01)
