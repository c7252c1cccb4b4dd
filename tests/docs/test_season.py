"""Promises about docs/season.md: its queries run and say what the answer says."""

import re
from pathlib import Path

import duckdb
import numpy as np
import pytest
from tests.season.made import made

from varne.season.ledger import WEEK
from varne.simulation import simulate

PAGE = (Path(__file__).parents[2] / "docs" / "season.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, re.S)
POLICIES = ["as-it-was", "more-rescue"]


@pytest.fixture(scope="module")
def season(tmp_path_factory):
    found = simulate(POLICIES, dates=("2026-06-01", "2027-05-31"), members="10x3", spread=made)
    folder = tmp_path_factory.mktemp("season")
    found.write(folder)
    return found, folder


def ask(query, folder):
    return duckdb.sql(re.sub(r"'(\w+\.parquet)'", rf"'{folder.as_posix()}/\1'", query)).df()


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_a_query_of_the_page_runs(query, season):
    """Each gives rows, none of them empty."""
    rows = ask(query, season[1])
    assert len(rows) and not rows.isna().any().any()


def test_the_paired_query_is_the_paired_difference(season):
    """Mean, standard error of the draws' means and share of draws are those worked out by hand."""
    found, folder = season
    row = ask(QUERIES[0], folder).iloc[0]
    weeks = found.ledger.weeks["deaths"].sum(axis=2)
    means = (weeks[1] - weeks[0]).reshape(10, 3).mean(axis=1)
    assert row["deaths"] == pytest.approx(means.mean())
    assert row["deaths_standard_error"] == pytest.approx(means.std(ddof=1) / np.sqrt(10))
    assert row["share_of_draws_with_fewer_deaths"] == pytest.approx(found.answer.policies[1].contrast.p_fewer_deaths)


def test_the_weekly_quantiles_are_those_of_the_fan(season):
    """As many rows as policies and weeks, and the median of the first week is that of its members."""
    found, folder = season
    rows = ask(QUERIES[1], folder)
    assert len(rows) == 2 * len(found.ledger.week_starts)
    assert rows["quantiles"][0][2] == pytest.approx(np.median(found.ledger.weeks["arrivals"][0, :, 0]))


def test_the_chance_of_a_large_event_is_the_answers(season):
    """By year and policy, as in season.json."""
    found, folder = season
    for row in ask(QUERIES[2], folder).itertuples():
        summary = found.answer.policies[POLICIES.index(str(row.policy))].summary
        stretch = next(one for one in summary.stretches if one.name == str(row.year))
        assert row.chance == pytest.approx(stretch.in_one_event[9])


def test_causes_add_up(season):
    """The rows of a policy add up to its deaths."""
    found, folder = season
    total = ask(QUERIES[3], folder).groupby("policy", observed=True)["deaths"].sum()
    for one in found.answer.policies:
        assert total[one.name] == pytest.approx(one.summary.whole.counts["deaths"].known.mean)


@pytest.mark.parametrize("name", WEEK.names)
def test_every_column_is_described(name):
    """No column of the table is left without a word."""
    general = re.sub(r"^(deaths|events)_.*", r"\1_CAUSE", name)
    assert f"`{general}`" in PAGE
