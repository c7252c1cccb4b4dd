"""Launch places, and how boats were met."""

import pytest

from varne.encounter.options import read_options
from varne.errors import BadFact
from varne.facts.launch_places import LaunchPlace, as_it_was, launch_places, rescue_posts
from varne.facts.option_tables import shipped_option_rows, with_user_options
from varne.facts.responders import vessel_classes
from varne.facts.tables import shipped_facts

ROW = {"says": "s", "latitude": 51.0, "longitude": 2.0, "share": 0.1, "source": "x", "grade": "assumed", "date": "2026"}


def test_places_run_from_the_belgian_border_to_the_somme():
    """The longitudes of the first and the last are those of Bray-Dunes and the Somme, and shares add up to 1."""
    places = list(launch_places().values())
    assert places[0].longitude > 2.5
    assert places[-1].latitude < 50.3
    assert sum(place.share for place in places) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"share": 1.5}, "has share 1.5; write a number up to 1"),
        ({"share": -0.1}, "has share -0.1; write a number from 0 to 1"),
        ({"latitude": "north"}, "has latitude 'north'; write a number up to 90"),
        ({"grade": "sure"}, "has grade 'sure'; write one of measured"),
        ({"tide": 1}, "has a field 'tide'"),
    ],
)
def test_a_bad_row_is_refused_in_one_sentence(change, says):
    """The sentence names the place, the field and the value."""
    with pytest.raises(BadFact, match=says):
        LaunchPlace.read("creek", {**ROW, **change})


def test_the_ways_boats_were_met_are_options_like_any_other():
    """They read as options, and their first phase ends."""
    options = read_options(with_user_options(shipped_option_rows(), as_it_was()), shipped_facts())
    for name in as_it_was():
        assert options[name].phases[0].numbers["lasts"] > 0.0


def test_added_lifeboats_are_of_a_class_that_exists():
    """A post needs a vessel, and lies in the strait."""
    vessel, posts = rescue_posts()
    assert vessel in vessel_classes()
    assert all(50.0 < latitude < 51.6 and 0.8 < longitude < 2.9 for latitude, longitude in posts)
