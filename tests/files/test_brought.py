"""The sea that a user brings to a question."""

from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from tests.encounter.worlds import QUESTION
from varne.assessment import assess
from varne.encounter.scenario import Scenario
from varne.encounter.setting import window_around
from varne.errors import BadFile, BadScenario, NoData
from varne.facts.tables import shipped_facts
from varne.files.brought import bring

START = Scenario.of(QUESTION).time
ASKED = {**{key: QUESTION[key] for key in ("position", "time", "people", "length")}, "horizon": 6}
STANDARD = {"u10": "eastward_wind", "v10": "northward_wind", "uo": "eastward_sea_water_velocity",
            "vo": "northward_sea_water_velocity", "VHM0": "sea_surface_wave_significant_height",
            "VTPK": "sea_surface_wave_period_at_variance_spectral_density_maximum",
            "VMDR": "sea_surface_wave_from_direction"}  # fmt: skip
UNITS = {"VHM0": "m", "VTPK": "s", "VMDR": "degree"}


def forecast(path: Path, hours=range(-3, 15), east=2.9, issued=None, **values) -> str:
    """A file of quantities that are the same everywhere, or follow the hours, or have members."""
    latitude, longitude = np.arange(50.2, 51.95, 0.1), np.arange(0.4, east, 0.1)
    hours = np.asarray(list(hours), np.float64)
    data = {}
    for name, value in values.items():
        shape = (len(hours), len(latitude), len(longitude))
        given = np.asarray(value, np.float64)
        dims: tuple[str, ...] = ("time", "latitude", "longitude")
        if given.ndim == 1:  # members
            dims = ("realization", *dims)
            full = np.broadcast_to(given[:, None, None, None], (len(given), *shape))
        else:
            full = np.broadcast_to(given, shape)
        data[name] = (dims, full, {"standard_name": STANDARD[name], "units": UNITS.get(name, "m s-1")})
    coordinates = {
        "time": ("time", START + 3600.0 * hours, {"units": "seconds since 1970-01-01", "standard_name": "time"}),
        "latitude": ("latitude", latitude, {"units": "degrees_north"}),
        "longitude": ("longitude", longitude, {"units": "degrees_east"}),
    }
    if issued is not None:
        units = {"units": "seconds since 1970-01-01", "standard_name": "forecast_reference_time"}
        coordinates["forecast_reference_time"] = ((), START + 3600.0 * issued, units)
    xr.Dataset(data, coordinates).to_netcdf(path, engine="h5netcdf")
    return str(path)


def csv_buoy(path: Path, latitude: float, longitude: float, speed=6.0, hours=range(-48, 1)) -> str:
    """A CSV of a station anywhere that measured a west wind."""
    lines = ["time UTC,latitude,longitude,wind_speed [m/s],wind_from [deg]"]
    for hour, blows in zip(hours, np.broadcast_to(speed, len(hours)), strict=True):
        when = np.datetime64(int(START), "s") + np.timedelta64(hour * 3600, "s")
        lines.append(f"{when}Z,{latitude},{longitude},{blows:.2f},270")
    path.write_text("\n".join(lines) + "\n")
    return str(path)


def buoy(path: Path, speed, hours=range(-48, 1)) -> str:
    """An NDBC file of a light vessel that measured a west wind, hour by hour."""
    lines = ["#YY  MM DD hh mm WDIR WSPD GST  WVHT   DPD   APD MWD   PRES  ATMP  WTMP",
             "#yr  mo dy hr mn degT m/s  m/s     m   sec   sec degT   hPa  degC  degC"]  # fmt: skip
    speeds = np.broadcast_to(speed, len(hours))
    for hour, blows in zip(hours, speeds, strict=True):
        when = np.datetime64(int(START), "s") + np.timedelta64(hour * 3600, "s")
        date = str(when).replace("-", " ").replace("T", " ").replace(":", " ").rsplit(" ", 1)[0]
        lines.append(f"{date} 270 {blows:5.1f} MM MM MM MM MM MM MM MM")
    path.write_text("\n".join(lines) + "\n")
    return str(path)


def brought(sea, facts=None, **asked):
    scenario = Scenario.of({**ASKED, **asked, "sea": sea})
    return bring(scenario, window_around(*scenario.position), facts or shipped_facts())


def test_each_quantity_comes_from_the_file_that_was_named_for_it(tmp_path):
    """Streams of one file, wind of another; what is not named is not there."""
    streams = forecast(tmp_path / "nws.nc", uo=0.4, vo=0.3)
    wind = forecast(tmp_path / "arome.nc", u10=5.0, v10=-2.0)
    found = brought({"streams": streams, "wind": wind}).fields
    assert set(found) == {"streams", "wind"}
    assert found["streams"].values[0, 0, 0, 0] == pytest.approx([0.4, 0.3])
    assert found["wind"].values[0, 0, 0, 0] == pytest.approx([5.0, -2.0])
    assert "arome.nc" in found["wind"].source.says


def test_a_file_for_any_gives_what_nothing_else_gives(tmp_path):
    """The wind of the scenario and the streams of the named file stand; the rest is taken."""
    everything = forecast(tmp_path / "all.nc", uo=0.4, vo=0.3, u10=5.0, v10=0.0, VHM0=0.7, VTPK=4.0, VMDR=270.0)
    streams = forecast(tmp_path / "streams.nc", uo=0.1, vo=0.1)
    found = brought({"any": everything, "streams": streams}, wind="W 10 kn").fields
    assert set(found) == {"streams", "waves"}
    assert found["streams"].values[0, 0, 0, 0] == pytest.approx([0.1, 0.1])
    assert found["waves"].values[0, 0, 0, 0] == pytest.approx([0.7, 4.0, 1.0, 0.0], abs=1e-9)


def test_the_answer_lists_where_everything_comes_from(tmp_path):
    """From file to screen: each part of the sea with source and grade, and a digest of what was used."""
    wind = forecast(tmp_path / "arome.nc", u10=5.0, v10=0.0)
    question = Scenario.of({**ASKED, "sea": {"wind": wind}})
    answer = assess(question, members=(4, 2), options=["leave"]).as_json()
    assert "arome.nc" in answer["sea"]["wind"]["source"]
    assert "raised by the wind" in answer["sea"]["waves"]["source"]
    assert "embedded" in answer["sea"]["streams"]["source"]
    without = assess(Scenario.of(ASKED), members=(4, 2), options=["leave"]).as_json()
    assert answer["fingerprint"]["sea"] != without["fingerprint"]["sea"]


def test_members_of_an_ensemble_become_draws(tmp_path):
    """Three members in the file, three realizations in the field."""
    ensemble = forecast(tmp_path / "eps.nc", u10=[2.0, 6.0, 11.0], v10=[0.0, 0.0, 0.0])
    assert brought({"wind": ensemble}).fields["wind"].values[:, 0, 0, 0, 0] == pytest.approx([2.0, 6.0, 11.0])


def test_ensembles_of_different_size_are_refused(tmp_path):
    """Three members of wind and two of waves do not belong together."""
    wind = forecast(tmp_path / "eps.nc", u10=[2.0, 6.0, 11.0], v10=[0.0, 0.0, 0.0])
    waves = forecast(tmp_path / "waves.nc", VHM0=[0.5, 0.7], VTPK=[4.0, 4.0], VMDR=[270.0, 270.0])
    with pytest.raises(BadFile, match="3"):
        brought({"wind": wind, "waves": waves})


@pytest.mark.parametrize(
    ("how", "asked", "error", "says"),
    [
        ({"hours": range(-3, 3)}, {}, BadFile, "horizon"),
        ({"hours": range(2, 15)}, {}, BadFile, "2026-03-14T04:30Z"),
        ({"east": 1.9}, {}, NoData, "1.8"),
        ({}, {"wind": "W 10 kn"}, BadScenario, "wind is given as a value and by the file"),
    ],
)
def test_a_forecast_that_does_not_cover_the_question_is_refused(tmp_path, how, asked, error, says):
    """Too short, too late, too small, or given twice: one sentence that says what is there."""
    wind = forecast(tmp_path / "arome.nc", **how, u10=5.0, v10=0.0)
    with pytest.raises(error, match=says):
        brought({"wind": wind}, **asked)


def test_a_file_that_gives_nothing_new_is_refused(tmp_path):
    """Nothing is silently left out: a file of which nothing is used is named."""
    wind = forecast(tmp_path / "arome.nc", u10=5.0, v10=0.0)
    with pytest.raises(BadFile, match="Nothing is taken from"):
        brought({"any": wind}, wind="W 10 kn")


def test_a_buoy_is_a_source_until_its_last_report(tmp_path):
    """Without a forecast the report is used and held; the field says from when."""
    found = brought({"observations": buoy(tmp_path / "62304.txt", 6.0)}).fields["wind"]
    assert found.values[0, 0, 0, 0] == pytest.approx([6.0, 0.0], abs=1e-9)
    assert found.held_after == pytest.approx(START, abs=1800.0)


def test_a_buoy_checks_the_forecast(tmp_path):
    """A forecast 2 m/s too strong for two days loses part of that, and is drawn less surely; the answer says so."""
    noise = np.random.default_rng(1).normal(0.0, 0.8, 49)
    seen = buoy(tmp_path / "62304.txt", 6.0 + noise)
    wind = forecast(tmp_path / "arome.nc", hours=range(-49, 15), u10=8.0, v10=0.0)
    found = brought({"wind": wind, "observations": seen})
    blows = found.fields["wind"].values[0, 0, 0, 0]
    assert 6.0 < blows[0] < 7.5
    assert blows[1] == pytest.approx(0.0, abs=0.05)
    assert "checked against" in found.fields["wind"].source.says
    before, after = (facts["forecast.wind_error_start"] for facts in (shipped_facts(), found.facts))
    assert after.grade == "derived"
    assert after.low < after.value < after.high
    assert after.value != before.value


def test_observations_that_cannot_check_are_said_not_used(tmp_path):
    """A buoy of another year leaves forecast and errors as they were, and the source says why."""
    seen = buoy(tmp_path / "62304.txt", 6.0, hours=range(-9000, -8950))
    wind = forecast(tmp_path / "arome.nc", u10=8.0, v10=0.0)
    waves = forecast(tmp_path / "w.nc", VHM0=0.7, VTPK=4.0, VMDR=270.0)
    found = brought({"wind": wind, "waves": waves, "observations": seen}, water=7, air=7)
    assert "not checked against" in found.fields["wind"].source.says
    assert found.fields["wind"].values[0, 0, 0, 0] == pytest.approx([8.0, 0.0])
    assert found.facts.fingerprint() == shipped_facts().fingerprint()


def test_what_is_begun_in_a_file_is_not_left_out_without_a_word(tmp_path):
    """Waves without a period cannot be used: the file is refused with the reason, not replaced by computed waves."""
    both = forecast(tmp_path / "both.nc", u10=5.0, v10=0.0, VHM0=0.7)
    with pytest.raises(BadFile, match="period"):
        brought({"any": both})
    assert set(brought({"any": both}, waves="0.7 m").fields) == {"wind"}


def test_waves_and_swell_are_not_counted_twice():
    """A swell that is typed beside all waves is refused."""
    with pytest.raises(BadScenario, match="swell too"):
        brought({}, waves="0.7 m", swell="W 1 m 9 s")


def test_a_buoy_far_away_is_no_source_and_no_check(tmp_path):
    """Norway's wind is not the strait's: refused as a source, said and not used as a check."""
    norway = csv_buoy(tmp_path / "norway.csv", 60.5, 4.0)
    with pytest.raises(BadFile, match="km from the boat"):
        brought({"observations": norway})
    wind = forecast(tmp_path / "arome.nc", u10=8.0, v10=0.0)
    waves = forecast(tmp_path / "w.nc", VHM0=0.7, VTPK=4.0, VMDR=270.0)
    found = brought({"wind": wind, "waves": waves, "observations": norway}, water=7, air=7)
    assert "not checked against norway" in found.fields["wind"].source.says
    assert found.fields["wind"].values[0, 0, 0, 0] == pytest.approx([8.0, 0.0])


def test_growth_with_lead_is_not_drawn_twice(tmp_path):
    """Errors of four days that are as large as the facts say leave the error at the start about as it was."""
    facts = shipped_facts()
    start, growth = facts["forecast.wind_error_start"].value, facts["forecast.wind_error_growth"].value
    hours = np.arange(-96, 1)
    lead = (hours + 96) / 24.0
    errors = np.random.default_rng(5).normal(size=len(hours)) * np.hypot(start, growth * lead)
    seen = csv_buoy(tmp_path / "near.csv", 51.05, 1.64, np.maximum(10.0 - errors, 0.0), hours)
    wind = forecast(tmp_path / "arome.nc", hours=range(-96, 15), issued=-96, u10=10.0, v10=0.0)
    after = brought({"wind": wind, "observations": seen}).facts["forecast.wind_error_start"]
    assert 0.5 * start < after.value < 1.6 * start


def test_the_spread_of_an_ensemble_is_not_drawn_twice(tmp_path):
    """Observations as scattered as the members add little to an error that the members already carry."""
    members = 10.0 + 2.0 * np.random.default_rng(7).normal(size=20)
    observed = 10.0 + 2.0 * np.random.default_rng(8).normal(size=49)
    seen = csv_buoy(tmp_path / "near.csv", 51.05, 1.64, observed)
    wind = forecast(tmp_path / "eps.nc", hours=range(-49, 15), u10=members, v10=np.zeros(20))
    after = brought({"wind": wind, "observations": seen}).facts["forecast.wind_error_start"]
    together = np.hypot(after.value, members.std(ddof=1))
    assert together == pytest.approx(np.sqrt(np.mean((observed - members.mean()) ** 2)), rel=0.2)


def test_two_buoys_of_one_weather_are_not_two_proofs(tmp_path):
    """The nearer one corrects the forecast; the other is named and not used, so that no bias is taken off twice."""
    wind = forecast(tmp_path / "arome.nc", hours=range(-49, 15), u10=8.0, v10=0.0)
    noise = np.random.default_rng(1).normal(0.0, 0.8, 49)
    near = csv_buoy(tmp_path / "near.csv", 51.05, 1.64, 6.0 + noise)
    other = csv_buoy(tmp_path / "other.csv", 51.1, 1.8, 6.0 + noise)
    one = brought({"wind": wind, "observations": near}).fields["wind"]
    both = brought({"wind": wind, "observations": [other, near]}).fields["wind"]
    assert (one.values == both.values).all()
    assert "not checked against other: a nearer one checks it" in both.source.says


def test_a_station_or_file_that_adds_nothing_is_refused(tmp_path):
    """Nothing that was brought is left out without a word."""
    wind = forecast(tmp_path / "arome.nc", u10=8.0, v10=0.0)
    near = csv_buoy(tmp_path / "near.csv", 51.05, 1.64)
    with pytest.raises(BadFile, match="Nothing is taken from near"):
        brought({"observations": near}, wind="W 10 kn")
    waves = forecast(tmp_path / "w.nc", VHM0=0.7, VTPK=4.0, VMDR=270.0)
    with pytest.raises(BadFile, match=r"Nothing is taken from .*arome\.nc"):
        brought({"any": [wind, waves]}, wind="W 10 kn")


def test_waves_of_any_source_and_swell_of_any_source_are_refused(tmp_path):
    """One rule for values, files and files named for any."""
    waves = forecast(tmp_path / "w.nc", VHM0=0.7, VTPK=4.0, VMDR=270.0)
    for sea in ({"waves": waves}, {"any": waves}):
        with pytest.raises(BadScenario, match="swell too"):
            brought(sea, swell="W 1 m 9 s")


def test_too_few_pairs_are_said_not_to_check(tmp_path):
    """Three reports change nothing, and the answer does not claim that they did."""
    wind = forecast(tmp_path / "arome.nc", hours=range(-49, 15), u10=8.0, v10=0.0)
    few = csv_buoy(tmp_path / "few.csv", 51.05, 1.64, 14.0, hours=range(-2, 1))
    found = brought({"wind": wind, "observations": few}).fields["wind"]
    assert found.values[0, 0, 0, 0, 0] == 8.0
    assert "not checked against few: too few independent pairs" in found.source.says
