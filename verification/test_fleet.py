"""What was counted in 2021 to 2024 lies within what the model expects of that fleet."""

import numpy as np
import pytest
from verification.fleet import CAUSES, Expected, Forecast, expected, forecasts, history, voyages

from varne.facts.tables import shipped_facts

DRAWS, EACH_YEAR, SEED = 120, 8, 11


@pytest.fixture(scope="module")
def results() -> dict[str, Expected]:
    return expected(shipped_facts(), voyages(EACH_YEAR), (DRAWS, 2), SEED, CAUSES)


@pytest.fixture(scope="module")
def made(results: dict[str, Expected]) -> dict[str, Forecast]:
    return {one.name: one for one in forecasts(results, SEED)}


def test_every_counted_event_stands_in_one_class() -> None:
    """Classes add up to the fatal events of the International Organization for Migration, year by year and in all."""
    counted, years = history()["counted"], history()["year"]
    assert sum(row["events"] for row in counted) == sum(row["events"] for row in years)
    corrected = (27 + 4 - 27) + (8 - 4)  # Cranston Inquiry and MAIB, where fewer were counted
    assert sum(row["deaths"] for row in counted) == sum(row["deaths"] for row in years) + corrected
    assert all(sum(row["by_year"]) == row["events"] for row in counted if "by_year" in row)


def test_the_fleet_carries_as_many_people_as_were_counted() -> None:
    """People to a boat by year are the Home Office's, and the share of boats with more than 60 that of its bands."""
    fleet = voyages(256)
    for row in history()["year"]:
        people = [voyage.people for voyage in fleet if voyage.year == row["year"]]
        assert np.mean(people) == pytest.approx(row["people_per_boat"], rel=0.03)
    over = [np.mean([voyage.people > 60 for voyage in fleet if voyage.year == year]) for year in (2021, 2023)]
    assert over[0] < 0.04  # 1.8 % in 2021-22
    assert 0.1 < over[1] < 0.3  # 22 % in 2023-24


@pytest.mark.parametrize("what", ["events", "deaths"])
def test_the_counts_lie_within_what_is_expected(made: dict[str, Forecast], what: str) -> None:
    """The fatal events and the deaths of four years lie within the 90 % interval of what could have been counted."""
    one = made[f"all, {what}"]
    assert one.low <= one.counted <= one.high


@pytest.mark.parametrize("name", [row["name"] for row in history()["counted"]])
def test_no_cause_is_expected_to_kill_more_often_than_was_counted(made: dict[str, Forecast], name: str) -> None:
    """No class of events is expected above its count by more than its uncertainty, nor below it."""
    one = made[f"{name}, events"]
    assert one.low <= one.counted <= one.high


def test_the_mean_over_the_draws_is_of_the_size_of_the_count(made: dict[str, Forecast]) -> None:
    """What an answer reports, the mean, is not carried away by the upper tail: within a factor of two of the count."""
    assert 0.5 < made["all, events"].mean / made["all, events"].counted < 2.0


def test_causes_alone_add_up_to_all_together(results: dict[str, Expected]) -> None:
    """Rare causes add: all together never exceed the sum of each alone by more than chance allows."""
    together = results["all"].events.sum(axis=1).mean()
    alone = sum(results[cause].events.sum(axis=1).mean() for cause in CAUSES)
    assert together == pytest.approx(alone, rel=0.2)
