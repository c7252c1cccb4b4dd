"""The files of a user's own sea that a question names."""

from pathlib import Path

import pytest

from tests.encounter.worlds import QUESTION
from varne.encounter.brought import SeaFiles, beside, sea_files
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
        ({"wind": 3}, r"sea\.wind is 3; write the name of a file, or a list of names\."),
        ({"waves": ""}, r"sea\.waves is ''; write the name of a file, or a list of names\."),
        ({"traffic": []}, r"sea\.traffic is \[\]; write the name of a file, or a list of names\."),
    ],
)
def test_a_wrong_table_is_one_sentence(sea, says):
    """What cannot be names of files is refused by field and value."""
    with pytest.raises(BadScenario, match=says):
        Scenario.of({**BARE, "sea": sea})


@pytest.mark.parametrize(
    ("written", "names"), [("a.nc", ("a.nc",)), (["a.nc", "b.nc"], ("a.nc", "b.nc")), ({"any": "a.nc"}, ("a.nc",))]
)
def test_names_without_a_quantity_are_for_any(written, names):
    """`sea = "a.nc"` is a file of whatever is understood in it."""
    assert SeaFiles.model_validate(sea_files(written)).any == names


@pytest.mark.parametrize("wrong", [3, "", [], ["a.nc", 3], None])
def test_a_sea_that_is_no_name_is_refused_as_it_was_written(wrong):
    """Field, value and remedy, also when the names come from a file in a folder."""
    with pytest.raises(BadScenario) as refused:
        sea_files(wrong if wrong else beside(wrong, Path("cases")))
    assert str(refused.value) == f"sea is {wrong!r}; write the name of a file, or a list of names."
