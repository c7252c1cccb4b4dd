"""A picture of one fact."""

import numpy as np
import pytest

from varne.distribution import pool
from varne.evidence import Fact
from varne.facts.tables import shipped_facts
from varne.show.fact_picture import density, fact_picture, on_a_log_scale, sketch

FACTS = [fact for fact in shipped_facts() if fact.shape not in ("exact", "choice")]


@pytest.mark.parametrize("shape", sorted({fact.shape for fact in FACTS}))
def test_nine_tenths_lie_between_the_marks(shape):
    """The area under the curve from the 5 % to the 95 % mark is nine tenths of all of it, whatever the shape."""
    fact = next(one for one in FACTS if one.shape == shape)
    values, heights = density(fact, 2000)
    inside = (values >= fact.low) & (values <= fact.high)
    assert heights[inside].sum() / heights.sum() == pytest.approx(0.9, abs=0.01)


def test_every_shipped_fact_can_be_drawn_in_text():
    """Blocks of one width, and three marks in their order; none where there is no spread."""
    for fact in shipped_facts():
        blocks, marks = sketch(fact, 40)
        assert (len(blocks), bool(marks)) == ((0, False) if fact not in FACTS else (40, True))
        assert 1 <= marks.count("^") <= 3 or fact not in FACTS


def test_a_pool_of_two_views_has_two_hills():
    """Views that do not agree are not smoothed into one."""
    views = tuple(one.distribution for one in (_seen(1.0, 1.2, 1.4), _seen(10.0, 12.0, 14.0)))
    both = pool(views)
    fact = Fact("a.b", "s", both.value, both.low, both.high, "pool", "1", "x", "elicited", "2026-11-26", parts=views)
    _, heights = density(fact, 200)
    hills = np.flatnonzero((heights[1:-1] > heights[:-2]) & (heights[1:-1] >= heights[2:]) & (heights[1:-1] > 0.3))
    assert len(hills) == 2
    assert on_a_log_scale(fact)


def _seen(low, value, high):
    return Fact("a.b", "s", value, low, high, "lognormal", "1", "x", "elicited", "2026-11-26")


@pytest.mark.parametrize("name", ["boat.speed", "sea.water_density", "alert.located"])
def test_the_picture_says_what_it_shows(name):
    """Its title is what the number is, under it grade and source; exact ones too."""
    fact = shipped_facts()[name]
    figure = fact_picture(fact)
    assert figure.get_suptitle().replace("\n", " ") == fact.says
    assert fact.grade in figure.axes[0].get_title(loc="left")
