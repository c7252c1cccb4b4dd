"""Curves of the chance of at least so many deaths."""

import warnings

import numpy as np
import pytest
from matplotlib.figure import Figure

from varne.show.language import language
from varne.show.report_exceedance import Curve, draw_exceedance

FALLING = 10.0 ** -np.arange(1.0, 6.0)


def _curves(count):
    return [Curve(f"way {place}", FALLING, FALLING / 3.0, FALLING * 3.0, place == 2) for place in range(count)]


def test_no_two_of_twenty_curves_look_alike():
    """Colour, dash and sign together tell them apart, however many of a user's own options there are."""
    axes = Figure().add_subplot()
    draw_exceedance(axes, _curves(20), 5, language("en"))
    looks = [(one.get_color(), one.get_linestyle(), repr(one._dash_pattern), one.get_marker()) for one in axes.lines]
    assert len(set(looks)) == 20


def test_the_band_is_that_of_the_reference():
    """It lies between the low and the high curve of the reference alone."""
    axes = Figure().add_subplot()
    signs = draw_exceedance(axes, _curves(4), 5, language("en"))
    assert [sign.get_label() for sign in signs if "90" in sign.get_label()] == ["90 % of way 2"]
    (band,) = axes.collections
    edges = band.get_paths()[0].vertices[:, 1]
    assert (edges.min(), edges.max()) == pytest.approx((FALLING[-1] / 3.0, FALLING[0] * 3.0))


def test_chances_of_nothing_are_drawn_without_a_warning():
    """Where nobody can die there is an empty picture, not a failed one."""
    axes, nothing = Figure().add_subplot(), np.zeros(5)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        draw_exceedance(axes, [Curve("way", nothing, nothing, nothing, True)], 5, language("en"))
        axes.figure.canvas.draw()
    assert axes.get_ylim()[1] == 1.0


def test_the_scale_ends_at_the_power_of_ten_above_the_highest():
    """Nothing is cut off at the top."""
    axes = Figure().add_subplot()
    draw_exceedance(axes, _curves(3), 5, language("en"))
    assert axes.get_ylim()[1] == pytest.approx(1.0)  # above 0.3
    assert axes.get_xlim() == (1.0, 5.0)
