"""An assessment that was stored."""

import json
import shutil

import numpy as np
import pytest

from varne.errors import BadFile
from varne.facts.tables import column
from varne.files.folder import write_json
from varne.files.members import write_members
from varne.files.stored import deaths_and_more, drawn_numbers, follows_from_stored, read_stored


@pytest.fixture(scope="module")
def folder(small, tmp_path_factory):
    home = tmp_path_factory.mktemp("stored")
    write_json(small.as_json(), home / "assessment.json")
    write_members(small.dataset(), home / "assessment.nc")
    return home


def test_what_was_written_is_read(small, folder):
    """Outcomes and drawn numbers are those of the assessment, bit for bit."""
    stored = read_stored(folder)
    assert (stored.size, stored.seed) == ((20, 5), 3)
    assert (deaths_and_more(stored.members, ("deaths",), 20) == small.outcomes.members["deaths"]).all()
    drawn = drawn_numbers(stored.members)
    known = small.setting.world.known
    assert all((drawn[fact.name] == known[column(fact.name)]).all() for fact in small.encounter.facts)
    assert (drawn["weather wave height"] == small.setting.world.weather["wave_height"]).all()


@pytest.mark.parametrize("name", ["assessment.json", "assessment.nc"])
def test_either_file_names_the_folder(folder, name):
    """Whoever points at a file means its folder."""
    assert read_stored(folder / name).size == (20, 5)


@pytest.mark.parametrize("name", ["assessment.json", "assessment.nc"])
def test_half_an_assessment_is_refused(folder, tmp_path, name):
    """The missing file is named."""
    half = shutil.copytree(folder, tmp_path / "half")
    (half / name).unlink()
    with pytest.raises(BadFile, match=f"has no {name}"):
        read_stored(half)


@pytest.mark.parametrize("name", ["assessment.json", "assessment.nc"])
def test_a_broken_file_is_refused_in_one_sentence(folder, tmp_path, name):
    """Whatever is wrong with it."""
    broken = shutil.copytree(folder, tmp_path / "broken")
    (broken / name).write_bytes(b"{}" if name.endswith("json") else b"nothing")
    with pytest.raises(BadFile, match="cannot be read as an assessment"):
        read_stored(broken)


def test_two_files_of_different_assessments_are_refused(folder, tmp_path):
    """The draws of one are not explained with the question of another."""
    mixed = shutil.copytree(folder, tmp_path / "mixed")
    answer = json.loads((mixed / "assessment.json").read_text())
    answer["fingerprint"]["seed"] = 99
    write_json(answer, mixed / "assessment.json")
    with pytest.raises(BadFile, match="of different assessments"):
        read_stored(mixed)


def test_what_follows_from_assumption_does_so_both_ways():
    """A pair has no order there."""
    option = {"name": "monitor", "difference": {"reference": "escort", "follows_from": ["effect.a"]}}
    found = follows_from_stored({"options": [option, {"name": "shallow"}]})
    assert found == {("monitor", "escort"): ("effect.a",), ("escort", "monitor"): ("effect.a",)}


def test_outcomes_add_up_over_their_fields(small, folder):
    """Crew harmed is the sum of its two variables."""
    members = read_stored(folder).members
    both = deaths_and_more(members, ("responder_deaths", "responder_serious_injuries"), 20)
    each = [small.outcomes.members[name] for name in ("responder_deaths", "responder_serious_injuries")]
    assert np.allclose(both, each[0] + each[1], rtol=1e-12)
