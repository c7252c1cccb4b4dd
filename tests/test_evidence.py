"""A number about the world, with its spread, unit, source, date and grade."""

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varne.errors import BadFact
from varne.evidence import GRADES, Fact, draw
from varne.facts.tables import shipped_facts
from varne.units import in_si

ROW = {
    "says": "Speed of the boat",
    "value": 5.0,
    "low": 3.5,
    "high": 8.0,
    "shape": "lognormal",
    "unit": "kn",
    "source": "A report, page 3",
    "grade": "assumed",
    "date": datetime.date(2026, 11, 25),
}
three = st.lists(st.floats(0.01, 0.99), min_size=3, max_size=3, unique=True).map(sorted)
well_apart = three.filter(lambda found: min(np.diff(found)) > 1e-3)


@given(found=well_apart, shape=st.sampled_from(["normal", "lognormal", "logit"]))
def test_a_fact_hits_its_three_quantiles(found, shape):
    """What the table says of 5 %, 50 % and 95 % is what is drawn."""
    low, value, high = found
    fact = Fact.read("a.b", {**ROW, "value": value, "low": low, "high": high, "shape": shape, "unit": "1"})
    assert fact.quantile(np.array([0.05, 0.5, 0.95])) == pytest.approx([low, value, high], rel=1e-9)


@given(found=well_apart, shape=st.sampled_from(["normal", "lognormal", "logit", "uniform", "loguniform"]))
def test_a_quantile_never_falls(found, shape):
    """A larger number drawn is never a smaller fact, and shares stay shares."""
    low, value, high = found
    value = {"uniform": (low + high) / 2, "loguniform": (low * high) ** 0.5}.get(shape, value)
    fact = Fact.read("a.b", {**ROW, "value": value, "low": low, "high": high, "shape": shape, "unit": "1"})
    drawn = fact.quantile(np.linspace(1e-6, 1.0 - 1e-6, 101))
    assert (np.diff(drawn) >= 0.0).all()
    if shape == "logit":
        assert ((drawn > 0.0) & (drawn < 1.0)).all()


def test_exact_numbers_do_not_spread_and_choices_choose():
    """An exact fact is its value in every draw; a choice is 1 as often as it says."""
    alone = {key: value for key, value in ROW.items() if key not in ("low", "high")}
    exact = Fact.read("a.b", {**alone, "shape": "exact"})
    assert (draw(exact, 50, 1) == in_si(5.0, "kn")).all()
    choice = Fact.read("a.b", {**alone, "value": 0.25, "shape": "choice", "unit": "1"})
    drawn = draw(choice, 4000, 1)
    assert set(drawn) == {0.0, 1.0}
    assert drawn.mean() == pytest.approx(0.25, abs=0.03)


def test_unknown_is_a_value_and_widens_the_answer():
    """A number nobody knows is drawn from its whole range; it is never a zero and never its middle."""
    known = Fact.read("a.b", {**ROW, "value": 5.0})
    unknown = Fact.read("a.b", {**ROW, "value": "UNKNOWN"})
    middle = [np.ptp(np.quantile(np.log(draw(fact, 4000, 1)), [0.25, 0.75])) for fact in (known, unknown)]
    assert middle[1] > middle[0]
    ends = unknown.quantile(np.array([0.05, 0.95])) / in_si(1.0, "kn")
    assert np.allclose(ends, [ROW["low"], ROW["high"]])


def test_a_new_fact_never_moves_the_draws_of_another():
    """The name decides the numbers."""
    one, other = Fact.read("a.b", ROW), Fact.read("a.c", ROW)
    assert not np.array_equal(draw(one, 20, 1), draw(other, 20, 1))
    assert np.array_equal(draw(one, 20, 1), draw(Fact.read("a.b", ROW), 40, 1)[:20])
    assert abs(np.corrcoef(draw(one, 4000, 1), draw(other, 4000, 1))[0, 1]) < 0.08


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"unit": "knots"}, "unit 'knots'"),
        ({"source": ""}, "no source"),
        ({"source": "  "}, "no source"),
        ({"grade": "sure"}, "grade 'sure'"),
        ({"shape": "beta"}, "shape 'beta'"),
        ({"value": True}, "value = True"),
        ({"value": float("nan")}, "value = nan"),
        ({"high": float("inf")}, "high = inf"),
        ({"value": "five"}, "value = 'five'"),
        ({"low": 6.0}, "must rise"),
        ({"low": 5.0}, "must rise"),
        ({"low": -1.0}, "must be above 0"),
        ({"shape": "logit"}, "between 0 and 1"),
        ({"shape": "choice"}, "take low and high away"),
        ({"shape": "exact", "value": "UNKNOWN"}, "write its range with another shape"),
        ({"shape": "uniform"}, "its median is"),
        ({"value": 10**400}, "finite number"),
        ({"date": "yesterday"}, "date 'yesterday'"),
        ({"colour": "red"}, "field 'colour'"),
        ({"neutral": "one"}, "neutral = 'one'"),
    ],
)
def test_a_fact_that_is_wrong_is_refused(change, says):
    """One sentence that names the fact, quotes the value and says the remedy."""
    with pytest.raises(BadFact, match=r"Fact a\.b ") as refused:
        Fact.read("a.b", {**ROW, **change})
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("field", sorted(ROW))
def test_a_fact_that_lacks_something_is_refused(field):
    """A number about the world has all of its fields."""
    with pytest.raises(BadFact, match=f"no {field}"):
        Fact.read("a.b", {key: value for key, value in ROW.items() if key != field})


def test_neutral_facts_have_no_effect_and_no_spread():
    """Where a fact has a neutral value it can be taken away; where it has none it stays."""
    neutral = Fact.read("a.b", {**ROW, "neutral": 1.0, "unit": "1"}).made_neutral()
    assert (draw(neutral, 10, 1) == 1.0).all()
    plain = Fact.read("a.b", ROW)
    assert plain.made_neutral() == plain


def test_every_shipped_fact_is_in_order():
    """Each has a source, a grade, a date, and draws that are finite numbers; multipliers are neutral at 1 or 0."""
    for fact in shipped_facts():
        assert fact.source.strip()
        assert fact.grade in GRADES
        assert datetime.date.fromisoformat(fact.date[:10])
        assert np.isfinite(draw(fact, 200, 1)).all(), fact.name
        assert fact.neutral in (None, 0.0, 1.0), fact.name


POOL = {
    **{key: value for key, value in ROW.items() if key not in ("value", "low", "high")},
    "shape": "pool",
    "parts": [
        {"value": 4.0, "low": 3.0, "high": 6.0, "shape": "lognormal", "source": "Panel one"},
        {"value": 8.0, "low": 5.0, "high": 9.0, "shape": "normal", "source": "Panel two"},
    ],
}


def test_a_fact_may_be_a_pool_of_views():
    """Its three numbers are the pool's own, its draws are in SI, its name decides them, and it can be made neutral."""
    fact = Fact.read("a.b", {**POOL, "neutral": 1.0})
    assert 3.0 < fact.low < fact.value < fact.high < 9.0
    ends = fact.quantile(np.array([0.05, 0.5, 0.95]))
    assert ends == pytest.approx([in_si(one, "kn") for one in (fact.low, fact.value, fact.high)])
    assert np.array_equal(draw(fact, 20, 1), draw(fact, 40, 1)[:20])
    assert fact.made_neutral().parts == ()
    assert (draw(fact.made_neutral(), 5, 1) == in_si(1.0, "kn")).all()


def test_a_pool_takes_the_place_of_a_fact():
    """It is in the fingerprint with each of its views, and is drawn like any other."""
    shipped = shipped_facts()
    facts = [
        shipped.replaced({"boat.speed": Fact.read("boat.speed", row)})
        for row in (POOL, {**POOL, "parts": POOL["parts"][:1]})
    ]
    assert len({one.fingerprint() for one in (shipped, *facts)}) == 3
    assert np.array_equal(facts[0].drawn(30, 1)["boat_speed"], draw(facts[0]["boat.speed"], 30, 1))
