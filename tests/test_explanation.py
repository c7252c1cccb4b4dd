"""Why an answer is as it is."""

import json
from importlib import resources

import jsonschema
import numpy as np
import pytest

from varne.assessment import assess
from varne.encounter.scenario import Scenario
from varne.errors import BadFact, BadFile, UnknownName
from varne.explanation import Size, explain, explain_stored, look_at_stored, numbers_to_seek
from varne.files.folder import write_json
from varne.files.members import write_members

SIZE = Size(rows=8, replicates=2, facts=4, given=3)
SOUGHT = ("effect.crowd_escort", "boat.speed")


@pytest.fixture(scope="module")
def asked(question):
    fields = {**question.as_written(), "reference": "escort", "options": ["leave", "monitor", "escort", "rescue"]}
    return assess(Scenario.of(fields), members=(40, 4), seed=3)


@pytest.fixture(scope="module")
def found(asked):
    return explain(asked, size=SIZE, facts=SOUGHT)


@pytest.fixture(scope="module")
def folder(asked, tmp_path_factory):
    home = tmp_path_factory.mktemp("explained")
    write_json(asked.as_json(), home / "assessment.json")
    write_members(asked.dataset(), home / "assessment.nc")
    return home


def test_the_ranking_is_that_of_the_assessment(asked, found):
    """P(safer) beside the reference is the number that assess prints: one computation."""
    base = found.ranking.options.index("escort")
    for place, option in enumerate(found.ranking.options):
        (shown,) = (one for one in asked.answer.options if one.name == option)
        assert found.ranking.p_safer[place, base] == shown.difference.p_safer


def test_pairs_without_a_share_are_those_of_the_assessment(asked, found):
    """What follows from assumption beside the reference does so in the matrix, with the same effects."""
    for option in asked.answer.options:
        if option.name != "escort":
            assert found.ranking.follows_from.get((option.name, "escort"), ()) == option.follows_from


def test_it_is_published_as_its_schema_says(found):
    """Whoever reads why.json can rely on its form; there is no infinity in it."""
    schema = json.loads(resources.files("varne").joinpath("schema/why.json").read_text())
    written = json.loads(json.dumps(found.as_json(), allow_nan=False))
    jsonschema.validate(written, schema, cls=jsonschema.Draft202012Validator)


def test_every_number_named_is_described(found):
    """Value, range, source and grade of each stand beside it."""
    named = {one.fact for one in found.break_evens} | {driver.name for one in found.drives for driver in one.facts}
    assert named <= set(found.facts)
    assert {one.fact for one in found.break_evens} == set(SOUGHT)


def test_a_stored_assessment_is_explained_as_the_one_in_memory(found, folder):
    """Its draws are used again, and every number is the same, bit for bit."""
    again = explain_stored(folder, size=SIZE, facts=SOUGHT)
    assert json.dumps(again.as_json(), sort_keys=True) == json.dumps(found.as_json(), sort_keys=True)


def test_stored_draws_alone_say_what_they_can(found, folder):
    """The ranking beside the reference and the given-data drivers are the same; other pairs are not asked."""
    alone = look_at_stored(folder, size=SIZE)
    base = alone.ranking.options.index("escort")
    assert (alone.ranking.p_safer == found.ranking.p_safer).all()
    assert np.array_equal(alone.ranking.within_noise[base], found.ranking.within_noise[base])
    assert not alone.ranking.told("leave", "rescue") and ("leave", "rescue") not in alone.ranking.follows_from
    assert (alone.drives, alone.break_evens, alone.effort) == ((), (), None)


def test_an_assessment_of_other_facts_is_not_explained_with_these(folder, tmp_path):
    """What would not belong to it is refused, with the remedy."""
    own = tmp_path / "own.toml"
    own.write_text(
        '[boat.speed]\nsays = "s"\nvalue = 5\nlow = 4\nhigh = 6\nshape = "normal"\nunit = "kn"\nsource = "x"\n'
        'grade = "assumed"\ndate = 2026-11-26\n'
    )
    with pytest.raises(BadFile, match=r"computed with other facts .* --stored"):
        explain_stored(folder, own_facts=own, size=SIZE)


def test_progress_is_told(asked):
    """Each kind of work says when it is done."""
    told = []
    explain(asked, size=SIZE, facts=SOUGHT[:1], progress=lambda what, done, of: told.append((what, done == of)))
    assert {what for what, done in told if done} == {"assumptions", "designed runs", "break-evens"}


def test_only_weak_numbers_are_sought_unless_one_is_named(asked):
    """Assumed and elicited ones; whoever names another gets it."""
    facts = asked.encounter.facts
    assert {facts[name].grade for name in numbers_to_seek(asked.encounter, ())} <= {"assumed", "elicited"}
    assert numbers_to_seek(asked.encounter, ["structure.base_rate"]) == ("structure.base_rate",)


@pytest.mark.parametrize(
    ("name", "error", "said"),
    [
        ("effect.board_crowd", BadFact, "used by none of the options compared"),
        ("cost.lifeboat_day", BadFact, "used by none of the options compared"),
        ("sea.water_density", BadFact, "exact, without a range"),
        ("boat.sped", UnknownName, "did you mean 'boat.speed'"),
    ],
)
def test_a_number_that_cannot_tie_anything_is_refused(asked, name, error, said):
    """One clear sentence each."""
    with pytest.raises(error, match=said):
        numbers_to_seek(asked.encounter, [name])
