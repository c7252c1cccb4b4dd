"""The members of a season."""

import numpy as np
import pytest
from scipy import stats
from tests.season.small import START, fixed, plan

from varne.facts.climate_tables import climate_table
from varne.facts.launch_places import facts_between_boats, launch_places
from varne.facts.tables import column
from varne.sea.weather import generate
from varne.season.calm import calm_score
from varne.season.crossings import begin
from varne.season.herd import DAY_BEFORE, air_of, draw_herd
from varne.season.history import boats_per_active_day, dispersion
from varne.season.stretch import HORIZON, lay_out_stretch
from varne.units import DAY, HOUR

DAYS, DRAWS = 60, 60


def herd_of(preference, draws=DRAWS, **how):
    asked = plan({}, days=DAYS, draws=draws, facts=fixed(season_calm_preference=preference), **how)
    return asked, draw_herd(asked, np.arange(draws))[0]


def open_days(herd):
    return (herd.waves <= herd.limits[0]) & (herd.wind <= herd.limits[1])


def rank_correlation(preference):
    asked, herd = herd_of(preference)
    chances, scores = as_chances(asked, herd), calm_score(herd.waves, asked.day_starts)
    here = open_days(herd)
    return stats.spearmanr(chances[here], scores[here]).statistic


def as_chances(asked, herd):
    """Each count as the middle of its step in the negative binomial distribution from which it was drawn."""
    known = herd.known
    stopped, again = known["season_prevented_share"], known["season_prevented_retry"]
    back = known["season_brought_back"] * known["season_returned_retry"]
    each = known["season_boats_at_sea"] * (1.0 - again * stopped - back * (1.0 - stopped)) / (1.0 - stopped)
    mean = boats_per_active_day(asked.day_starts, asked.departures, draws=asked.draws, seed=asked.seed) * each[:, None]
    size = np.broadcast_to(dispersion(asked.departures, asked.draws, asked.seed)[:, None], mean.shape)
    below, upto = (stats.nbinom.cdf(herd.groups - less, size, size / (size + mean)) for less in (1, 0))
    return 0.5 * (below + upto)


def test_counts_follow_the_calm_as_much_as_the_fact_says():
    """The rank correlation of counts with calm rises with the preference, from none to nearly the fact itself."""
    found = [rank_correlation(preference) for preference in (1e-6, 0.3, 0.6, 0.9)]
    assert (np.diff(found) > 0.1).all()
    assert found[0] == pytest.approx(0.0, abs=0.08)
    assert found[-1] == pytest.approx(0.9, abs=0.1)


@pytest.mark.parametrize("preference", [1e-6, 0.8])
def test_over_days_with_a_window_counts_keep_their_distribution(preference):
    """However much they follow the calm, counts of open days are negative binomial with the mean and k of the fit."""
    asked, herd = herd_of(preference)
    chances = as_chances(asked, herd)[open_days(herd)]
    assert len(chances) > 500
    assert chances.mean() == pytest.approx(0.5, abs=0.05)
    assert np.histogram(chances, bins=4, range=(0.0, 1.0))[0] / len(chances) == pytest.approx(0.25, abs=0.08)


def test_arrivals_are_those_of_the_days_that_the_model_was_fitted_to():
    """Who sets out anew, is stopped, tries again and is brought back adds up to the boats at sea for each arrival."""
    _, herd = herd_of(0.5, draws=200)
    known = herd.known
    stopped, again = known["season_prevented_share"], known["season_prevented_retry"]
    back = known["season_brought_back"] * known["season_returned_retry"]
    asked = plan({}, days=DAYS, draws=200, facts=fixed(season_calm_preference=0.5))
    arriving = boats_per_active_day(asked.day_starts, asked.departures, draws=200, seed=asked.seed)
    here = open_days(herd)  # on days without a window nobody leaves: what is drawn for them says nothing
    new = (herd.groups * here).sum(axis=1) / (arriving * here).sum(axis=1)
    # Attempts in balance: new ones, those stopped that try again, those brought back that try again.
    attempts = new / (1.0 - stopped * again - (1.0 - stopped) * back)
    at_sea = attempts * (1.0 - stopped) / known["season_boats_at_sea"]
    assert at_sea.mean() == pytest.approx(1.0, abs=0.15)


def test_members_of_a_draw_share_what_is_not_known_and_differ_in_chance():
    """Facts, vessels, shares and load are those of the draw; weather and counts are each member's own."""
    asked = plan({}, days=10, draws=2, replicates=3)
    herd, _ = draw_herd(asked, np.arange(6))
    assert herd.draws.tolist() == [0, 0, 0, 1, 1, 1]
    for shared in (herd.known, herd.vessels, herd.shares, herd.load, herd.phases):
        assert shared[0].tobytes() == shared[2].tobytes()
        assert shared[0].tobytes() != shared[3].tobytes()
    assert (herd.waves[0] != herd.waves[1]).any()
    assert (herd.groups[:3] != herd.groups[0]).any()


def test_a_member_is_drawn_alike_in_any_block():
    """Also across the members whose weather is made at once."""
    asked = plan({}, days=5, draws=30)
    herd, skies = draw_herd(asked, np.arange(30))
    some = np.array([28, 3])
    other, clear = draw_herd(asked, some)
    for name in ("groups", "waves", "wind", "load", "shares"):
        assert (getattr(other, name) == getattr(herd, name)[some]).all(), name
    assert other.known.tobytes() == herd.known[some].tobytes()
    assert other.boats.tobytes() == herd.boats.tobytes()
    assert (clear.wave_height == skies.wave_height[some]).all()


def test_shares_of_places_are_shares_about_the_table():
    """They add up to 1 for every member; over many draws each place has about its share."""
    herd, _ = draw_herd(plan({}, days=1, draws=2000), np.arange(2000))
    assert herd.shares.sum(axis=1) == pytest.approx(1.0)
    table = np.array([place.share for place in launch_places().values()])
    assert herd.shares.mean(axis=0) == pytest.approx(table, abs=0.02)


def test_boats_have_facts_of_their_own_and_share_the_rest():
    """The columns that differ are those of the table, and each of the many boats has other numbers there."""
    herd, _ = draw_herd(plan({}, days=1, draws=2), np.arange(2))
    names = herd.known.dtype.names
    assert {names[place] for place in herd.differs} == {column(name) for name in facts_between_boats()}
    speed = names.index(column("boat.speed"))
    assert len(set(herd.boats[:, speed])) > 0.9 * len(herd.boats)


def test_posts_are_ready_and_reach_everywhere():
    """A lifeboat in waiting needs no time to be manned; one in harbour does, more by night."""
    vessels = draw_herd(plan({}, days=1, draws=50), np.arange(50))[0].vessels
    posts = vessels["post"] > 0.0
    assert (vessels["ready_day"][posts] == 0.0).all()
    assert np.isinf(vessels["reach"][posts]).all()
    assert (vessels["ready_night"][~posts] >= vessels["ready_day"][~posts]).mean() > 0.99
    assert (vessels["capacity"] > 0.0).all()


def test_the_weather_of_a_stretch_is_that_of_its_hours():
    """Hour by hour the charts hold what is generated for these members and hours, the same all over the strait."""
    asked = plan({}, days=12, draws=2)
    course = begin(asked, np.arange(2))
    stretch = lay_out_stretch(asked, 8)
    air = air_of(course.skies, stretch)
    hours = DAY_BEFORE + 24 * stretch.days + round(HORIZON / HOUR) + 1
    assert air.wind.values.shape[:2] == (2, hours)
    weather = generate(START + 8 * DAY - DAY_BEFORE * HOUR, hours, members=np.arange(2), seed=asked.seed)
    assert air.wind.values[:, :, 1, 0, 0] == pytest.approx(weather.wind_east, abs=1e-5)
    assert air.waves.values[:, :, 0, 1, 0] == pytest.approx(weather.wave_height, abs=1e-6)
    assert air.water == pytest.approx(weather.water, abs=1e-5)
    assert air.wind.start == -DAY_BEFORE * HOUR


def test_a_day_with_a_window_is_one_of_the_climate():
    """The limits are those of the tables, and about as many days are open in August as the waves allow."""
    _, herd = herd_of(0.8)
    limits = [climate_table(f"window_{name}").values[0] for name in ("wave_height", "wind_speed")]
    assert herd.limits == pytest.approx(limits)
    assert 0.2 < open_days(herd).mean() < 0.9
