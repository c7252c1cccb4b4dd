"""The answer to why."""

import json
from importlib import resources

import jsonschema
import pytest
from tests.show.whys import why_answer


@pytest.mark.parametrize("effort", [True, False])
def test_it_is_published_as_its_schema_says(question, effort):
    """With designed runs and without, and without infinity."""
    schema = json.loads(resources.files("varne").joinpath("schema/why.json").read_text())
    written = json.loads(json.dumps(why_answer(question, effort=effort).as_json(), allow_nan=False))
    jsonschema.validate(written, schema, cls=jsonschema.Draft202012Validator)


def test_a_pair_that_follows_from_assumption_has_no_share(question):
    """Neither way round; every other pair has one."""
    pairs = why_answer(question).as_json()["ranking"]["pairs"]
    without = {(one["option"], one["than"]) for one in pairs if one["p_safer"] is None}
    assert without == {("monitor", "escort"), ("escort", "monitor")}
    assert all(bool(one["follows_from"]) == (one["p_safer"] is None) for one in pairs)


def test_an_open_interval_has_an_empty_end(question):
    """JSON has no infinity."""
    found = why_answer(question).as_json()["break_evens"]
    assert found[1]["value"] == {"mean": 6.1, "low": 5.0, "high": None}
    assert (found[1]["unit"], found[1]["grade"]) == ("kn", "assumed")
