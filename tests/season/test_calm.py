"""How calm a day is."""

import numpy as np
import pytest
from scipy import stats

from varne.facts.climate_tables import climate_table
from varne.season.calm import calm_ranks, calm_score, month_of
from varne.when import parse_time


def test_months_are_those_of_the_calendar():
    """The last second of a month and the first of the next, in a leap year and out of it."""
    for text, month in {
        "2024-02-29T23:59Z": 1,
        "2024-03-01T00:00Z": 2,
        "2023-12-31T23:59Z": 11,
        "1970-01-01T00:00Z": 0,
    }.items():
        assert month_of(np.array([parse_time(text)])).tolist() == [month], text


def test_ranks_are_of_days_with_a_window():
    """No day among them is rougher than the limit, none is calmer than nothing, and they rise."""
    limit = float(climate_table("window_wave_height").values[0])
    assert (calm_ranks() <= limit).all()
    assert (calm_ranks() > 0.0).all()
    assert (np.diff(calm_ranks(), axis=1) >= 0.0).all()


@pytest.mark.parametrize("month", [0, 3, 7, 10])
def test_scores_of_days_with_a_window_are_standard_normal(month):
    """Days drawn from the ranks of their month score as normal numbers do, and a calmer day never scores less."""
    time = parse_time(f"2024-{month + 1:02}-10T00:00Z")
    waves = np.interp((np.arange(1000) + 0.5) / 1000.0, np.linspace(0.0, 1.0, 101), calm_ranks()[month])[np.newaxis]
    scores = calm_score(waves, np.full(1000, time))[0]
    assert (np.diff(scores) <= 0.0).all()
    assert scores.mean() == pytest.approx(0.0, abs=0.02)
    assert scores.std() == pytest.approx(1.0, abs=0.03)
    assert stats.kstest(scores, "norm").statistic < 0.02


def test_the_roughest_and_the_calmest_day_have_finite_scores():
    """No day is infinitely calm or rough: both ends score alike, with opposite signs."""
    scores = calm_score(np.array([[0.0, 99.0]]), np.zeros(2))[0]
    assert np.isfinite(scores).all()
    assert scores[0] == pytest.approx(-scores[1])
