"""The answer shown everywhere."""

import numpy as np


def test_exceedance_falls_and_agrees_with_the_means(small):
    """The chance of at least n deaths never rises with n; at n = 1 it is P(any death); it sums to the mean."""
    for one in small.answer.options:
        if one.exceedance is None:
            continue
        assert np.all(np.diff(one.exceedance) <= 1e-15)
        assert np.isclose(one.exceedance[0], one.p_any_death.mean)
        assert one.exceedance.sum() <= one.expected_deaths.mean + 1e-9
        assert np.isclose(one.exceedance.sum(), one.expected_deaths.mean, rtol=0.02)


def test_every_mean_lies_in_its_interval(small):
    """An interval holds its mean."""
    for one in small.answer.options:
        for found in (one.expected_deaths, one.p_any_death, one.serious_injuries, one.responder_deaths):
            if found is not None:
                assert found.low <= found.mean <= found.high


def test_no_infinity_reaches_json(small):
    """Times that never come are missing, not infinite."""
    text = str(small.as_json())
    assert "inf" not in text.replace("information", "")
    assert "nan" not in text
