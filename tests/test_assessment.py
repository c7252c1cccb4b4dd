"""The assessment, from question to published answer."""

import json
from importlib import resources

import jsonschema
import numpy as np
import pytest

import varne
from varne.assessment import assess
from varne.errors import BadScenario, UnknownName


def test_the_answer_follows_the_published_schema(small):
    """What is written is what the schema promises, also after JSON."""
    schema = json.loads(resources.files("varne").joinpath("schema/assessment.json").read_text(encoding="utf-8"))
    answer = json.loads(json.dumps(small.as_json(), allow_nan=False))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(answer)
    answer["options"][0]["expected_deaths"].pop("low")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(answer)


def test_everyone_is_somewhere(small):
    """The people of every option add up to those aboard, on average and for each member."""
    for option in small.as_json()["options"]:
        if option["applies"]:
            assert sum(option["people"].values()) == pytest.approx(55, abs=1e-6)
            assert option["people"]["dead"] == pytest.approx(option["expected_deaths"]["mean"], rel=1e-9)
    members = small.outcomes.members
    fates = ("ashore_uk", "ashore_fr", "ashore_other", "aboard_boat", "aboard_responder", "in_water", "dead")
    assert sum(members[fate] for fate in fates) == pytest.approx(55, abs=1e-9)


def test_a_stop_in_shallow_water_is_left_out_in_deep_water(small):
    """An option that cannot be taken says why, and has no numbers."""
    shallow = next(one for one in small.as_json()["options"] if one["name"] == "shallow")
    assert shallow["applies"] is False
    assert "deep" in shallow["why_not"]
    assert "expected_deaths" not in shallow
    assert "shallow" not in small.exceedance()


def test_at_a_beach_it_applies():
    """The same option is compared at the moment of launch."""
    beach = varne.Scenario.of(
        {"position": "51 00.9N 002 06.5E", "time": "2026-06-14T02:30Z", "people": 50, "length": 9, "start": "beach"}
    )
    answer = assess(beach, members=(6, 2), options=["leave", "shallow"]).as_json()
    assert [one["applies"] for one in answer["options"]] == [True, True]
    ashore = answer["options"][1]["people"]["ashore_fr"]
    assert ashore > answer["options"][0]["people"]["ashore_fr"]


def test_the_same_question_has_the_same_answer(question, small):
    """A fingerprint is enough to compute an answer again, with any number of workers."""
    again = assess(question, members=(20, 5), seed=3, workers=1)
    assert again.as_json() == small.as_json()
    assert assess(question, members=(20, 5), seed=4, options=["leave"]).as_json() != small.as_json()


def test_an_option_compared_to_itself_differs_by_nothing(tmp_path, question):
    """Two options with the same effects give a difference of exactly zero, and neither is the safer."""
    own = tmp_path / "my.toml"
    own.write_text(
        '[options.shadow]\nsays = "As escort."\nresponder = "sent"\n'
        '[[options.shadow.phases]]\nname = "escort"\nstand_off = "100 m"\ncrowd_shift = "effect.crowd_escort"\n'
    )
    found = assess(question, members=(8, 3), options=["escort", "shadow", "leave"], facts=own)
    deaths = found.outcomes.members["deaths"]
    assert np.array_equal(deaths[:, :, 0], deaths[:, :, 1])


def test_what_follows_from_assumption_has_no_chance_of_being_safer(small):
    """Where a difference disappears without assumed effects, the effects are named and P(safer) is withheld."""
    for option in small.as_json()["options"]:
        if option["applies"] and option["difference"]["follows_from"]:
            assert option["difference"]["p_safer"] is None
            for name in option["difference"]["follows_from"]:
                assert small.encounter.facts[name].grade == "assumed"


def test_monitor_beside_escort_follows_from_the_assumed_crowd(question):
    """Without the assumed multipliers, watching from afar differs from escorting by the distance only."""
    asked = varne.Scenario.of({**question.as_written(), "options": ["escort", "board"], "reference": "escort"})
    found = assess(asked, members=(40, 5), seed=2).as_json()["options"][1]["difference"]
    assert all(name.startswith("effect.") for name in found["follows_from"])


def test_python_offers_tables_and_data_sets(small):
    """The answer is a data frame, the members are a CF data set with every drawn fact and the draw index."""
    frame = small.frame()
    assert frame.loc["leave", "expected_deaths.mean"] == small.as_json()["options"][0]["expected_deaths"]["mean"]
    data = small.dataset()
    assert {name: data.sizes[name] for name in ("member", "option", "draw")} == {"member": 100, "option": 8, "draw": 20}
    assert data["responder_speed"].dims == ("draw", "responder")
    assert data["weather_air_temperature"].std() > 0  # not given, so drawn, and kept
    assert data["deaths"].sel(option="leave").mean() == pytest.approx(frame.loc["leave", "expected_deaths.mean"])
    assert data["member_draw"].values[:6].tolist() == [0, 0, 0, 0, 0, 1]
    assert data["fact_boat_speed"].attrs["units"] == "m s-1"
    assert {f"fact_{fact.name.replace('.', '_')}" for fact in small.encounter.facts} <= set(data.data_vars)


def test_lazy_names_are_those_promised():
    """`import varne` offers the question, the computation and the answer."""
    assert {"Scenario", "assess", "Assessment"} <= set(dir(varne))
    assert varne.assess is assess


def test_unknown_options_and_references_are_refused(question):
    """A misspelt option gets a suggestion; a reference must be among the options and apply."""
    with pytest.raises(UnknownName, match="did you mean 'escort'"):
        assess(question, members=(2, 1), options=["escrot"])
    with pytest.raises(BadScenario, match="add it"):
        assess(question, members=(2, 1), options=["escort"])
    asked = varne.Scenario.of({**question.as_written(), "reference": "shallow"})
    with pytest.raises(BadScenario, match="does not apply here"):
        assess(asked, members=(2, 1))
