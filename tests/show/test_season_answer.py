"""Promises about the answer of a season."""

import pytest
from tests.season.made import made

from varne.simulation import simulate


@pytest.fixture(scope="module")
def answer():
    days = ("2026-01-01", "2026-12-31")
    return simulate(["as-it-was", "rwanda-style-scheme", "more-rescue"], dates=days, members="6x2", spread=made).answer


def test_the_label_says_what_is_assumed(answer):
    """Estimates; the levers that are assumed; the score of the forecast, and what has none."""
    label = " ".join(answer.label)
    assert "Estimates" in label and "deterrence" in label
    assert "CRPS" in label and "has no score" in label


def test_chances_of_the_distribution_add_up(answer):
    """What is left out of the file is next to nothing."""
    for policy in answer.as_json()["policies"]:
        for period in policy["periods"]:
            assert sum(row["p"] for row in period["deaths"]["distribution"]) == pytest.approx(1.0, abs=1e-3)


def test_a_difference_says_whether_it_can_be_told(answer):
    """The words are those of the interval."""
    counts = answer.as_json()["policies"][2]["difference"]["counts"]
    for one in counts.values():
        if one["says"] == "fewer":
            assert one["high"] < 0.0
        if one["says"] == "cannot be told apart from zero":
            assert one["low"] <= 0.0 <= one["high"]
    assert {one["says"] for one in counts.values()} > {"fewer", "no difference"}


def test_a_lever_without_a_limit_is_no_number(answer):
    """JSON has no infinity."""
    rests = answer.as_json()["policies"][1]["difference"]["rests_on"]
    assert [one["lever"] for one in rests] == ["deterrence"]
    assert rests[0]["grade"] == "assumed" and rests[0]["source"]
