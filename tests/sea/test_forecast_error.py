"""Errors of a forecast have the size, the memory and the reach they were asked to have."""

import numpy as np
import pytest

from varne.atlas.charts import Window
from varne.sea.forecast_error import correlated_errors, spread_of_report, spread_with_lead

BOX = Window(1.0, 2.0, 50.5, 51.5)
DRAWS, KNOTS, STEP = 1500, 9, 1800.0


def errors(spread=None, length=40e3, memory=2 * 3600.0, seed=1, window=BOX, quantity="wind_error", draws=DRAWS):
    spread = np.full((draws, KNOTS), 1.0) if spread is None else spread
    return correlated_errors(
        quantity, spread, window=window, length=length, memory=np.full(draws, memory), interval=STEP, seed=seed
    )


def test_at_every_point_and_time_the_spread_is_the_one_asked_for():
    """Its standard deviation is that given, within what 1,500 draws can tell, at all knots and points."""
    spread = np.tile(np.linspace(0.5, 2.0, KNOTS), (DRAWS, 1))
    found = errors(spread).values.std(axis=0)
    assert found == pytest.approx(np.broadcast_to(spread[0][:, None, None, None], found.shape), rel=0.09)


def test_the_mean_is_nothing():
    """An error leans to no side: five standard errors."""
    assert abs(errors().values.mean(axis=0)).max() < 5.0 / np.sqrt(DRAWS)


def test_it_is_forgotten_in_time_as_an_exponential():
    """From knot to knot the correlation is exp(-t / memory), the known answer of a process of first order."""
    values = errors().values[:, :, 0, 0, 0]
    for lag in (1, 4, 8):
        found = np.corrcoef(values[:, 0], values[:, lag])[0, 1]
        assert found == pytest.approx(np.exp(-lag * STEP / 7200.0), abs=0.07)


def test_it_falls_with_distance_as_a_gaussian():
    """Two points have the correlation exp(-d² / 2 L²) of their distance."""
    field = errors(length=60e3)
    rows = field.values.shape[2]
    metres = 111.2e3 * field.step_north
    for away in range(1, rows):
        found = np.corrcoef(field.values[:, 0, 0, 0, 0], field.values[:, 0, away, 0, 0])[0, 1]
        assert found == pytest.approx(np.exp(-((away * metres) ** 2) / (2.0 * 60e3**2)), abs=0.08)


def test_between_its_points_little_of_the_spread_is_lost():
    """The points lie so close that half way between four of them the variance is at least 80 % of that at them."""
    corner = errors().values[:, 0, :2, :2, 0].mean(axis=(1, 2))
    assert corner.var() > 0.8


def test_components_are_independent_and_seeds_differ():
    """East says nothing of north, and another experiment has other errors."""
    one, other = errors(), errors(seed=2)
    assert abs(np.corrcoef(one.values[:, 0, 0, 0, 0], one.values[:, 0, 0, 0, 1])[0, 1]) < 0.1
    assert abs(np.corrcoef(one.values[:, 0, 0, 0, 0], other.values[:, 0, 0, 0, 0])[0, 1]) < 0.1


def test_a_draw_has_its_error_whatever_else_is_asked():
    """More draws do not change those there were."""
    few, many = errors(draws=5), errors(draws=9)
    assert (few.values == many.values[:5]).all()


def test_a_forecast_begins_with_its_own_error_and_a_report_with_that_of_its_instrument():
    """At lead 0 only the start counts; before the forecast was made as well."""
    grown = spread_with_lead([-9e4, 0.0, 1e5], start=[1.0], growth=[1e-5])[0]
    assert grown == pytest.approx([1.0, 1.0, np.sqrt(2.0)])
    held = spread_of_report([-1.0, 0.0, 3600.0, 1e9], start=[1.0], scatter=[3.0], memory=[3600.0])[0]
    assert held == pytest.approx([1.0, 1.0, np.sqrt(1.0 + 9.0 * (1.0 - np.exp(-1.0))), np.sqrt(10.0)])
