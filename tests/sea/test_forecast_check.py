"""A forecast beside observations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy.signal import lfilter
from scipy.stats import norm, ttest_1samp
from tests.sea.reports import field, noise, seen

from varne.errors import BadFile
from varne.sea.field import Field
from varne.sea.forecast_check import check, ensemble_score, independent, score

HOUR = 3600.0


def by_measure(found):
    return {one.measure: one for one in found.scores}


def test_independent_errors_have_the_interval_of_student():
    """Where errors have no memory, bias and interval are those of the t test (scipy)."""
    errors = np.array([1.0, -1.0] * 6) + 0.3
    one = score("speed", "m/s", errors)
    outside = ttest_1samp(errors, 0.0).confidence_interval(0.9)
    assert one.effective == errors.size
    assert (one.bias_low, one.bias_high) == pytest.approx((outside.low, outside.high))
    assert one.spread == pytest.approx(errors.std(ddof=1))
    assert one.rmse**2 == pytest.approx(one.bias**2 + errors.var())


def test_the_interval_of_the_spread_holds_the_truth_as_often_as_it_says():
    """Of 400 series of 30 normal errors about 90 % of the intervals of bias and spread hold 0 and 1."""
    scores = [score("x", "1", noise(30, seed)) for seed in range(400)]
    assert 0.84 < np.mean([one.bias_low < 0 < one.bias_high for one in scores]) < 0.96
    assert 0.84 < np.mean([one.spread_low < 1 < one.spread_high for one in scores]) < 0.96


@pytest.mark.parametrize("memory", [0.5, 0.8, 0.9])
def test_a_series_with_memory_is_worth_what_theory_says(memory):
    """A first-order series of n is worth n (1 - r) / (1 + r)."""
    worth = [independent(lfilter([1.0], [1.0, -memory], noise(4000, seed))[200:]) for seed in range(10)]
    assert np.median(worth) / 3800 == pytest.approx((1 - memory) / (1 + memory), rel=0.2)


def test_a_short_series_with_memory_is_not_oversold():
    """Where 100 errors have a memory of 0.8 intervals of 90 % hold the truth; of 24 with 0.9 most cannot tell."""

    def series(count, memory):
        for seed in range(200):
            drawn = lfilter([np.sqrt(1 - memory**2)], [1.0, -memory], noise(count + 200, seed))[200:]
            yield score("x", "1", drawn)

    assert np.mean([one.tells for one in series(24, 0.9)]) < 0.5
    assert np.mean([one.bias_low < 0 < one.bias_high for one in series(100, 0.8) if one.tells]) > 0.85


@pytest.mark.parametrize("errors", [[], [1.0], [1.0, 2.0], [2.0] * 50, [0.0, 1.0, 2.0, 3.0]])
def test_too_few_independent_pairs_say_nothing(errors):
    """None, one, two, fifty times the same, or a drift: cannot tell, never a number."""
    one = score("x", "1", np.asarray(errors, dtype=np.float64))
    assert not one.tells
    assert (one.bias, one.spread, one.rmse, one.bias_low, one.spread_high) == (None,) * 5


@given(some.lists(some.floats(-10, 10), max_size=30))
def test_there_are_never_more_independent_pairs_than_pairs(errors):
    """Nor fewer than none."""
    assert 0.0 <= independent(np.array(errors)) <= len(errors) + 1e-9


def test_a_known_error_comes_out():
    """A wind that is 2 m/s too strong and veered by 10 degrees; waves a fifth too high; water half a degree warm."""
    hours = np.arange(40.0)
    speed, start = 8.0 + np.sin(7 * hours), np.radians(355) + 0.02 * np.sin(5 * hours)
    one = seen(hours, wind_speed=speed, wind_from=start % (2 * np.pi), wave_height=1 + 0.1 * np.cos(9 * hours),
               peak_period=np.full(40, 5.0), water=9 + np.cos(3 * hours))  # fmt: skip
    jitter = 0.1 * np.where(hours % 2 == 0, 1.0, -1.0)
    turned, strong = start + np.radians(10) + 0.01 * jitter, speed + 2.0 + jitter
    wind = by_measure(
        check(one, field("wind", np.stack([-strong * np.sin(turned), -strong * np.cos(turned)], -1)[None]))
    )
    assert wind["speed"].bias == pytest.approx(2.0)
    assert wind["speed"].spread == pytest.approx(0.1, rel=0.05)
    assert np.degrees(wind["direction"].bias) == pytest.approx(10.0)
    waves = np.stack(
        [1.2 * one.wave_height * np.exp(jitter), np.full(40, 5.0) * np.exp(jitter), 0 * hours, 1 + 0 * hours], -1
    )
    found = by_measure(check(one, field("waves", waves[None])))
    assert found["log height"].bias == pytest.approx(np.log(1.2))
    assert found["log period"].bias == pytest.approx(0.0, abs=1e-9)
    assert check(one, field("water", (one.water + 0.5 + jitter)[None, :, None])).scores[0].bias == pytest.approx(0.5)


def test_direction_is_compared_across_north():
    """From 355 forecast 5 degrees is 10 degrees off, not 350."""
    hours = np.arange(20.0)
    jitter = np.radians(1.0) * np.where(hours % 2 == 0, 1.0, -1.0)
    one = seen(hours, wind_speed=np.full(20, 8.0), wind_from=np.full(20, np.radians(355)))
    turned = np.radians(5) + jitter
    found = by_measure(check(one, field("wind", np.stack([-8 * np.sin(turned), -8 * np.cos(turned)], -1)[None])))
    assert np.degrees(found["direction"].bias) == pytest.approx(10.0)


def test_scores_stand_by_lead_time_where_the_issue_is_known():
    """Each group holds its own pairs; without the time of issue there are none."""
    hours = np.arange(31.0)
    one = seen(hours, water=np.full(31, 9.0))
    values = (9.0 + np.where(hours < 6, 0.1, 1.0) + 0.01 * (-1.0) ** hours)[None, :, None]
    assert check(one, field("water", values)).by_lead == ()
    groups = check(one, field("water", values, issued=0.0)).by_lead
    assert [(first / HOUR, scores[0].pairs) for first, _, scores in groups] == [(0, 6), (6, 6), (12, 12), (24, 7)]
    assert groups[0][2][0].bias == pytest.approx(0.1)
    assert groups[1][2][0].bias == pytest.approx(1.0)


def test_an_honest_ensemble_is_called_honest_and_a_narrow_one_too_sure():
    """Members and truth from one law: ratio 1, coverage as expected; half the spread: half the ratio."""
    draw = np.random.default_rng(3).normal(size=(20, 600))
    honest = ensemble_score(draw[:19], draw[19])
    assert honest.spread_over_error == pytest.approx(1.0, abs=0.1)
    assert honest.coverage == pytest.approx(honest.expected_coverage, abs=0.05)
    assert sum(honest.ranks) == 600
    narrow = ensemble_score(0.5 * draw[:19], draw[19])
    assert narrow.spread_over_error == pytest.approx(0.5, abs=0.1)
    assert narrow.coverage < 0.7
    assert max(narrow.ranks[0], narrow.ranks[-1]) > 3 * 600 / 20


def test_the_ranked_probability_score_is_that_of_a_normal():
    """Fair for few members: the mean over observations is the closed form for a normal forecast."""
    draw = np.random.default_rng(4).normal(size=(6, 4000))
    truth = draw[5]
    closed = np.mean(truth * (2 * norm.cdf(truth) - 1) + 2 * norm.pdf(truth) - 1 / np.sqrt(np.pi))
    assert ensemble_score(draw[:5], truth).crps == pytest.approx(closed, abs=0.02)


def test_an_ensemble_is_scored_within_a_check():
    """The mean of the members is compared, and their spread."""
    hours = np.arange(60.0)
    draw = noise(600).reshape(10, 60)
    one = seen(hours, water=9.0 + draw[9])
    found = check(one, field("water", 9.0 + draw[:9, :, None]))
    assert found.ensemble.members == 9
    assert found.scores[0].pairs == 60
    assert check(one, field("water", 9.0 + draw[:1, :, None])).ensemble is None


def test_what_cannot_be_compared_is_refused():
    """No common times, a place outside, a quantity no buoy observes: each in one sentence."""
    water = field("water", np.full((1, 4, 1), 9.0))
    with pytest.raises(BadFile, match="has no water between"):
        check(seen((100.0, 101.0), water=[9, 9]), water)
    with pytest.raises(BadFile, match="has no water between"):
        check(seen(air=[9] * 4), water)
    with pytest.raises(BadFile, match="does not observe streams"):
        check(seen(water=[9] * 4), field("streams", np.zeros((1, 4, 2))))
    far = Field("water", water.values, 5.0, 50.6, 1.0, 1.0, 0.0, HOUR, None, water.source)
    with pytest.raises(BadFile, match="lies outside"):
        check(seen(water=[9] * 4), far)
