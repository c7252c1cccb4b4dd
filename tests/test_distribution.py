"""Promises about distributions through three quantiles, and about pools of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.distribution import Distribution, pool, read_distribution
from varne.errors import BadFact

CHANCES = np.linspace(0.001, 0.999, 999)


@st.composite
def distributions(draw, shapes=("normal", "lognormal", "logit", "uniform", "loguniform", "exact")):
    """A distribution of a share, so that every shape can hold it."""
    low, value, high = sorted(draw(st.lists(st.integers(1, 99), min_size=3, max_size=3, unique=True)))
    shape = draw(st.sampled_from(shapes))
    low, value, high = low / 100, value / 100, high / 100
    middle = {"uniform": (low + high) / 2, "loguniform": (low * high) ** 0.5}
    if shape == "exact":
        low = high = value
    return Distribution(middle.get(shape, value), low, high, shape)


SMOOTH = distributions(("normal", "lognormal", "logit", "uniform", "loguniform"))
POOLS = st.lists(distributions(), min_size=1, max_size=4).map(lambda parts: pool(tuple(parts)))


@given(one=SMOOTH)
def test_what_is_reached_at_a_quantile_is_its_chance(one):
    """Quantiles and shares below are inverses of each other."""
    assert one.reached(one.quantile(CHANCES)) == pytest.approx(CHANCES, abs=1e-9)


@given(whole=POOLS)
def test_a_quantile_of_a_pool_never_falls(whole):
    """A larger number drawn is never a smaller number, but for the last digit."""
    drawn = whole.quantile(CHANCES)
    assert (np.diff(drawn) >= -1e-15 * np.abs(drawn[1:])).all()


@given(one=distributions(), times=st.integers(1, 4))
def test_a_pool_of_equal_parts_is_the_part(one, times):
    """Agreement is neither surer nor less sure than each of those who agree, to the last bit."""
    whole = pool((one,) * times)
    assert np.array_equal(whole.quantile(CHANCES), one.quantile(CHANCES))
    assert whole.low == one.quantile(np.array([0.05]))[0]


@given(parts=st.lists(distributions(), min_size=1, max_size=4))
def test_a_pool_lies_between_its_parts(parts):
    """No quantile of a pool is smaller than the smallest or larger than the largest of its parts'."""
    drawn = pool(tuple(parts)).quantile(CHANCES)
    each = np.array([part.quantile(CHANCES) for part in parts])
    assert (drawn >= each.min(axis=0)).all()
    assert (drawn <= each.max(axis=0)).all()


@given(parts=st.lists(SMOOTH, min_size=1, max_size=4))
def test_a_pool_is_the_mean_of_its_parts(parts):
    """At its own quantile the parts have reached that chance on average: the inversion is exact."""
    drawn = pool(tuple(parts)).quantile(CHANCES)
    mean = np.mean([part.reached(drawn) for part in parts], axis=0)
    gaps = np.mean([part.reached(np.nextafter(drawn, -np.inf)) for part in parts], axis=0)
    assert (mean >= CHANCES - 1e-12).all()
    assert (gaps <= CHANCES + 1e-12).all()


@given(parts=st.lists(distributions(), min_size=1, max_size=3))
def test_a_pool_of_pools_weighs_each_pool_once(parts):
    """Three people of one panel beside one person of another: each panel has half."""
    one = Distribution(0.5, 0.2, 0.8, "normal")
    inner = pool(tuple(parts))
    at = np.linspace(0.01, 0.99, 50)
    nested = pool((inner, one)).reached(at)
    assert nested == pytest.approx((inner.reached(at) + one.reached(at)) / 2)


def test_a_pool_does_not_depend_on_the_order_or_on_how_many_are_drawn():
    """Nobody comes first, and a draw is decided by its own uniform number alone."""
    parts = (
        Distribution(5.0, 3.5, 8.0, "lognormal"),
        Distribution(-2.0, -4.0, 7.0, "normal"),
        Distribution(1, 1, 1, "exact"),
    )
    drawn = pool(parts).quantile(CHANCES)
    assert pool(parts[::-1]).quantile(CHANCES) == pytest.approx(drawn, rel=1e-12)
    one_by_one = np.concatenate([pool(parts).quantile(CHANCES[[place]]) for place in range(len(CHANCES))])
    assert np.array_equal(one_by_one, drawn)


def test_two_that_disagree_make_a_pool_with_both():
    """Nothing is averaged away: where the parts do not meet, the pool holds the two of them and not the middle."""
    apart = pool((Distribution(1.0, 0.9, 1.1, "lognormal"), Distribution(100.0, 90.0, 110.0, "lognormal")))
    drawn = apart.quantile(CHANCES)
    assert np.mean(drawn < 2.0) == pytest.approx(0.5, abs=0.002)
    assert np.mean((drawn > 2.0) & (drawn < 50.0)) < 0.002


def test_a_pool_reaches_across_orders_of_magnitude():
    """Also a part next to nothing and one that is large are inverted to the last digits."""
    wide = pool((Distribution(1e-12, 1e-13, 1e-11, "lognormal"), Distribution(1e6, 1e5, 1e7, "lognormal")))
    assert wide.reached(wide.quantile(CHANCES)) == pytest.approx(CHANCES, abs=1e-9)


ROW = {"shape": "pool", "parts": [{"shape": "normal", "value": 2, "low": 1, "high": 4, "source": "one"}]}
PART = ROW["parts"][0]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"shape": "pool"}, "a pool without parts"),
        ({**ROW, "parts": []}, "a pool without parts"),
        ({**ROW, "parts": ["one"]}, "a pool without parts"),
        ({**ROW, "parts": [{**PART, "source": " "}]}, "part 1 has no source"),
        ({**ROW, "parts": [PART, {**PART, "low": 3}]}, "part 2 has low 3.0"),
        ({**ROW, "parts": [{**PART, "weight": 2}]}, "has a field 'weight'"),
        ({**ROW, "parts": [{"shape": "choice", "value": 0.5, "source": "one"}]}, "cannot be pooled"),
        ({**ROW, "parts": [{"shape": "pool", "source": "one"}]}, "part 1 is a pool without parts"),
        ({**ROW, "value": 3}, "a pool with value 3; that of its parts is 2"),
        ({**ROW, "high": "UNKNOWN"}, "high = 'UNKNOWN'"),
        ({**PART, "parts": []}, "has parts; take them away"),
        ({"shape": "normal", "low": 1, "high": 2}, "no value"),
    ],
)
def test_a_pool_that_is_wrong_is_refused(row, says):
    """One sentence that names the fact and says the remedy."""
    with pytest.raises(BadFact, match=r"Fact a\.b") as refused:
        read_distribution("a.b", row)
    assert says in str(refused.value)


def test_the_written_quantiles_of_a_pool_may_stand_beside_its_parts():
    """A reader sees them in the file; they are compared with the parts, never believed."""
    assert read_distribution("a.b", {**ROW, "value": 2.0, "low": 1.0, "high": 4.0}).high == pytest.approx(4.0)


def test_a_number_beyond_the_world_is_refused():
    """Its extremes would overflow somewhere far from where it was written."""
    row = {"value": 5.0, "low": 3.0, "high": 1e300, "shape": "lognormal"}
    with pytest.raises(BadFact, match=r"Fact a\.b has low 3, high 1e\+300; no number about the world is beyond 1e\+15"):
        read_distribution("a.b", row)
