"""Every week of 2023 and 2024 is forecast from the days before it, and the forecasts beat those that any model must."""

from pathlib import Path

import numpy as np
import pytest

from varne.files.crossings import read_crossings
from varne.season.backtest import MODEL, Target, backtest, targets
from varne.season.series import weeks_of, year_of

SERIES = Path(__file__).parents[2] / "shared" / "policy" / "crossings_daily.csv"


@pytest.fixture(scope="module")
def scored() -> list[Target]:
    if not SERIES.exists():
        pytest.skip("the daily series of the Home Office is not beside the repository")
    daily = read_crossings(SERIES).daily
    assert daily is not None
    places = targets(weeks_of(daily).endings, np.datetime64("2023-01-01"), np.datetime64("2024-12-31"), horizon=1)
    return list(backtest(daily, places, horizon=1))


def mean(scored: list[Target], forecast: str, what: str) -> float:
    return float(
        np.mean([getattr(one, what) for target in scored for one in target.scores if one.forecast == forecast])
    )


def test_the_forecasts_beat_the_best_baselines(scored: list[Target]) -> None:
    """Over 105 weeks CRPS is below 289.8 and the log score below 7.342, those of the best baselines."""
    assert len(scored) == 105
    assert mean(scored, MODEL, "crps") < 289.8
    assert mean(scored, MODEL, "log_score") < 7.342


@pytest.mark.parametrize("year", [2023, 2024])
def test_intervals_hold_what_they_say(scored: list[Target], year: int) -> None:
    """In each year the central 90 % interval holds 85 to 95 % of the weeks."""
    inside = [one.scores[0].inside[1] for one in scored if year_of(np.array([one.ending]))[0] == year]
    assert 0.85 <= np.mean(inside) <= 0.95


def test_baselines_are_those_published(scored: list[Target]) -> None:
    """The baselines score as they were published for the same weeks, to one decimal."""
    for name, crps in (("same weeks +-3, earlier 3 years", 289.8), ("8-week level x past ratios", 294.3)):
        assert mean(scored, name, "crps") == pytest.approx(crps, abs=0.1)
