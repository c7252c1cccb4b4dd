"""Promises about the sampled scales."""

import numpy as np
from tests.season.test_arrivals import made

from varne.season.arrivals import past_of
from varne.season.scales import sample_scales


def test_the_dispersion_is_found_and_the_answer_is_always_the_same():
    """The dispersion put in lies within what is sampled; the same seed gives the same samples bit for bit."""
    past = past_of(made(), 1085, 0)
    activity, boats = sample_scales(past, 1, 64)
    low, high = np.quantile(np.exp(boats[:, 0]), [0.01, 0.99])
    assert low < 1.5 < high
    again = sample_scales(past, 1, 64)
    np.testing.assert_array_equal(activity, again[0])
    np.testing.assert_array_equal(boats, again[1])
