"""The files of a user's own sea that a question names."""

from pathlib import Path

import pytest

from tests.encounter.worlds import QUESTION
from varne.encounter.scenario import Scenario
from varne.errors import BadScenario

BARE = {key: QUESTION[key] for key in ("position", "time", "people", "length")}


def test_names_are_kept_and_written_as_they_were_read():
    """One name or several, for each quantity; reading what was written gives the same question."""
    asked = Scenario.of({**BARE, "sea": {"wind": "arome.nc", "waves": ["a.nc", "b.nc"]}})
    assert asked.sea.wind == ("arome.nc",)
    assert Scenario.of(asked.as_written()) == asked
    assert "sea" not in Scenario.of(BARE).as_written()


def test_names_in_a_file_are_as_seen_from_that_file(tmp_path: Path):
    """A scenario can be moved with its forecasts: names are relative to it, addresses stay."""
    text = 'position = "51N 1.5E"\ntime = "2026-03-14T02:30Z"\npeople = 5\nlength = 9\n'
    text += '[sea]\nwind = "arome.nc"\nwaves = ["https://example.org/waves.zarr", "/data/waves.nc"]\n'
    (tmp_path / "case.toml").write_text(text)
    sea = Scenario.read(tmp_path / "case.toml").sea
    assert sea.wind == (str(tmp_path / "arome.nc"),)
    assert sea.waves == ("https://example.org/waves.zarr", "/data/waves.nc")


@pytest.mark.parametrize(
    ("sea", "says"),
    [
        ({"winds": "a.nc"}, "did you mean 'wind'"),
        ({"wind": 3}, "sea holds 3; write the name of a file"),
        ({"wind": []}, "write the name of a file"),
        ("a.nc", "sea is 'a.nc'"),
    ],
)
def test_a_wrong_table_is_one_sentence(sea, says):
    """What cannot be names of files is refused by field and value."""
    with pytest.raises(BadScenario, match=says):
        Scenario.of({**BARE, "sea": sea})
