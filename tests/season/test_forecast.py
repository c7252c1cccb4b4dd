"""Promises about a forecast of arrivals."""

import numpy as np
import pytest
from scipy.stats import kstest
from tests.season.test_arrivals import made

from varne.season.arrivals import ACTIVITY_MIDDLE, BOATS_MIDDLE
from varne.season.forecast import forecast
from varne.season.load_level import LoadLevel, load_level
from varne.season.series import Daily, weeks_of

SCALES = ACTIVITY_MIDDLE[None], BOATS_MIDDLE[None]


def ahead_of(daily, known, ahead=7, members=1000):
    load = LoadLevel(np.log(45.0), 0.001, 0.2, 0.02, 0.01)
    return forecast(daily, known, ahead, scales=SCALES, load=load, members=members, seed=1)


@pytest.mark.parametrize("ahead", [7, 28])
def test_chances_add_up_and_agree_with_the_draws(ahead):
    """The chances of all counts add up to one, and draws and distribution agree at their quantiles."""
    made_ = ahead_of(made(), 1050, ahead, members=4000)
    assert made_.chance_below_or_at(1e6) == pytest.approx(1.0)
    for share in (0.1, 0.5, 0.9):
        assert made_.chance_below_or_at(np.quantile(made_.people, share)) == pytest.approx(share, abs=0.03)
    step = made_.chance_below_or_at(700.0) - made_.chance_below_or_at(699.0)
    assert np.exp(made_.log_chance(700.0)) == pytest.approx(step, abs=1e-9)


def test_a_forecast_never_looks_ahead():
    """What happens after the known days changes nothing, and the same question has the same answer."""
    series = made()
    later = np.arange(len(series.days)) >= 1050
    other = Daily(series.days, np.where(later, 9999.0, series.people), np.where(later, 99.0, series.boats))
    np.testing.assert_array_equal(ahead_of(series, 1050).people, ahead_of(other, 1050).people)


def test_pit_is_uniform_where_the_model_is_true():
    """On a series of the model itself what comes lies evenly in the forecast distributions."""
    series = made(seed=8)
    weeks = weeks_of(series)
    places = range(60, len(weeks.people) - 1, 2)
    luck = np.random.default_rng(1).random(len(weeks.people))
    pit = []
    for place in places:
        load = load_level(weeks_of(Daily(*(part[: place * 7] for part in (series.days, series.people, series.boats)))))
        one = forecast(series, place * 7, 7, scales=SCALES, load=load, members=400, seed=1)
        low, high = (one.chance_below_or_at(weeks.people[place] - less) for less in (1.0, 0.0))
        pit.append(low + luck[place] * (high - low))
    assert kstest(pit, "uniform").pvalue > 0.02


def test_an_active_day_makes_the_next_more_likely():
    """On a series in which active days follow each other the chance after one is higher."""
    one = ahead_of(made(after_active=1.5), 1050)
    quiet, active = (one.chance_of_active(np.full((7, 2), state)) for state in (0.0, 1.0))
    assert np.all(active > quiet)
